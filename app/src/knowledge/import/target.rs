//! Where an address of a page leads: out of the source, to a place in it, or nowhere it may.

use crate::web::markdown::article::pictures::decoded;

/// Schemes that a reader may follow out of an article.
const OUTWARD: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Where an address leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Out of the source.
    Outward,
    /// What it shows stands in the address itself.
    Embedded,
    /// By a scheme that is not allowed.
    Refused(String),
    /// To a path within the source, and a place on it.
    Inside(String, Option<String>),
    /// Above the source.
    Beyond,
}

/// A page on which addresses stand.
#[derive(Clone, Copy, Debug, Default)]
pub struct From<'a> {
    /// Its path within the source.
    pub page: &'a str,
    /// From where it says that its addresses lead on, seen from itself.
    pub base: Option<&'a str>,
    /// The name of the folder that is imported: what leads out of it may lead back in.
    pub root: &'a str,
}

impl From<'_> {
    /// A path within the source; none where it leads out.
    fn within(&self, path: &str) -> Option<String> {
        let mut parts = vec![self.root];
        for (folder, names_page) in [
            (self.page, true),
            (self.base.unwrap_or_default(), true),
            (path, false),
        ] {
            if folder.starts_with('/') {
                parts = vec![self.root];
            }
            let folder = match names_page {
                true => folder.rsplit_once('/').map_or("", |(folder, _)| folder),
                false => folder,
            };
            for part in folder.split('/') {
                match part {
                    "" | "." => {}
                    ".." => {
                        parts.pop()?;
                    }
                    part => parts.push(part),
                }
            }
        }
        let (first, inside) = parts.split_first()?;
        (*first == self.root).then(|| inside.join("/"))
    }
}

/// Reads an address that stands on a page.
pub fn target(from: From<'_>, address: &str) -> Target {
    let address = address.trim();
    if address.starts_with("//") {
        return Target::Outward;
    }
    if let Some((scheme, _)) = address.split_once(':')
        && !scheme.is_empty()
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.\t\n".contains(c))
    {
        let scheme = scheme.replace(['\t', '\n'], "").to_ascii_lowercase();
        return match scheme.as_str() {
            "data" => Target::Embedded,
            known if OUTWARD.contains(&known) => Target::Outward,
            _ => Target::Refused(scheme),
        };
    }
    let (path, place) = match address.split_once('#') {
        Some((path, place)) => (path, Some(decoded(place)).filter(|place| !place.is_empty())),
        None => (address, None),
    };
    let path = path.split('?').next().unwrap_or_default();
    if path.is_empty() {
        return Target::Inside(from.page.to_owned(), place);
    }
    let path = decoded(path).replace('\\', "/");
    match from.within(&path) {
        Some(path) => Target::Inside(path, place),
        None => Target::Beyond,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_out_in_or_nowhere() {
        let inside = |path: &str, place: Option<&str>| {
            Target::Inside(path.to_owned(), place.map(str::to_owned))
        };
        for (address, to) in [
            ("b.html#x", inside("de/b.html", Some("x"))),
            ("../en/b.html?a=1", inside("en/b.html", None)),
            ("#Gr%C3%B6%C3%9Fe", inside("de/a.html", Some("Größe"))),
            ("/images/a%20b.png", inside("images/a b.png", None)),
            ("../../b.html", Target::Beyond),
            ("https://example.org", Target::Outward),
            ("//example.org/x.png", Target::Outward),
            (
                "java\tscript:alert(1)",
                Target::Refused("javascript".to_owned()),
            ),
            ("data:image/png;base64,AA", Target::Embedded),
            ("12:30.html", Target::Refused("12".to_owned())),
            ("", inside("de/a.html", None)),
        ] {
            let from = From {
                page: "de/a.html",
                root: "help",
                ..From::default()
            };
            assert_eq!(target(from, address), to, "{address}");
        }
    }

    #[test]
    fn a_page_may_say_from_where_its_addresses_lead_on() {
        let inside = |path: &str| Target::Inside(path.to_owned(), None);
        for (root, page, base, address, to) in [
            (
                "help",
                "de/text/a.html",
                "../../",
                "de/text/b.html",
                inside("de/text/b.html"),
            ),
            (
                "help",
                "de/text/a.html",
                "../../",
                "de//x/b.html",
                inside("de/x/b.html"),
            ),
            (
                "help",
                "de/text/a.html",
                "../../index.html",
                "b.png",
                inside("b.png"),
            ),
            (
                "help",
                "de/text/a.html",
                "/media/",
                "b.png",
                inside("media/b.png"),
            ),
            // Its base lies above what is imported, and leads back in or does not.
            (
                "de",
                "text/a.html",
                "../../",
                "de/text/b.html",
                inside("text/b.html"),
            ),
            ("de", "text/a.html", "../../", "media/b.png", Target::Beyond),
            (
                "de",
                "text/a.html",
                "../../../",
                "de/text/b.html",
                Target::Beyond,
            ),
        ] {
            let base = Some(base);
            let from = From { page, base, root };
            assert_eq!(target(from, address), to, "{address}");
        }
    }
}
