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

/// Reads an address that stands on the page of that path.
pub fn target(page: &str, address: &str) -> Target {
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
        return Target::Inside(page.to_owned(), place);
    }
    let path = decoded(path).replace('\\', "/");
    let folder = match path.starts_with('/') {
        true => "",
        false => page.rsplit_once('/').map_or("", |(folder, _)| folder),
    };
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.pop().is_none() => return Target::Beyond,
            ".." => {}
            part => parts.push(part),
        }
    }
    Target::Inside(parts.join("/"), place)
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
            assert_eq!(target("de/a.html", address), to, "{address}");
        }
    }
}
