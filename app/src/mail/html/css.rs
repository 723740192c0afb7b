//! Style sheets of strangers: read for what they hide, cleaned for the original view.

use super::Images;

/// Whether a style attribute hides its element.
pub(super) fn hides(style: &str) -> bool {
    declarations(style).any(|(name, value)| {
        let zero = || number(&value).is_some_and(|n| n <= 0.01);
        match name.as_str() {
            "display" => value.starts_with("none"),
            "visibility" => value.starts_with("hidden"),
            "mso-hide" => value.starts_with("all"),
            "opacity" | "max-height" | "font-size" => zero(),
            _ => false,
        }
    })
}

/// A length in pixels that a style attribute sets.
pub(super) fn pixels(style: &str, wanted: &str) -> Option<f32> {
    declarations(style)
        .find(|(name, _)| name == wanted)
        .and_then(|(_, value)| {
            let is_relative = value.ends_with('%') || value.ends_with("em");
            number(&value).filter(|_| !is_relative)
        })
}

/// The value of a property, in lower case.
pub(super) fn value(style: &str, wanted: &str) -> Option<String> {
    declarations(style)
        .find(|(name, _)| name == wanted)
        .map(|(_, value)| value)
}

/// Whether it would load something from the net.
pub(super) fn loads(style: &str) -> bool {
    let lower = style.to_ascii_lowercase();
    lower.split("url(").skip(1).any(|rest| {
        rest.trim_start_matches(['"', '\'', ' '])
            .starts_with("http")
    })
}

fn declarations(style: &str) -> impl Iterator<Item = (String, String)> + '_ {
    style.split(';').filter_map(|one| {
        let (name, value) = one.split_once(':')?;
        Some((
            name.trim().to_ascii_lowercase(),
            value.trim().to_ascii_lowercase(),
        ))
    })
}

fn number(value: &str) -> Option<f32> {
    let end = value
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(value.len());
    value[..end].parse().ok()
}

/// A style sheet or attribute that loads nothing that was not asked for. The policy of the frame is the wall;
/// this is the second one.
pub(super) fn clean(css: &str, images: Images) -> String {
    let plain = without_comments(css)
        .replace("<!--", "")
        .replace("-->", "")
        // Escapes hide words; `<` could end the element.
        .replace(['\\', '<'], "");
    let lower = plain.to_ascii_lowercase();
    let mut out = String::with_capacity(plain.len());
    let (mut at, mut copied) = (0, 0);
    while at < lower.len() {
        let here = &lower.as_bytes()[at..];
        let Some(word) = LOADING
            .iter()
            .find(|word| here.starts_with(word.as_bytes()))
        else {
            at += 1;
            continue;
        };
        out.push_str(&plain[copied..at]);
        at += word.len();
        let after = &plain[at..];
        match *word {
            "@import" | "@charset" => {
                at += after.find(';').map_or(after.len(), |end| end + 1);
            }
            "url(" => {
                let end = after.find(')').unwrap_or(after.len());
                let address = after[..end].trim().trim_matches(['"', '\'']);
                at += (end + 1).min(after.len());
                let is_asked = images == Images::Remote && super::host(address).is_some();
                if is_asked && !address.contains(['"', '\'', '(']) {
                    out.push_str(&format!("url(\"{address}\")"));
                } else {
                    out.push_str("none");
                }
            }
            word => {
                out.push_str("x-");
                out.push_str(word);
            }
        }
        copied = at;
    }
    out.push_str(&plain[copied..]);
    out
}

/// Words by which styles load or act.
const LOADING: [&str; 7] = [
    "@import",
    "@charset",
    "url(",
    "image-set(",
    "expression(",
    "-moz-binding",
    "behavior:",
];

fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_loaded_by_styles_however_it_is_written() {
        for css in [
            "p{background:url(https://x.example/a)}",
            "p{background:URL( 'https://x.example/a' )}",
            "p{background:u\\72l(https://x.example/a)}",
            "p{background:ur/**/l(https://x.example/a)}",
            "@import 'https://x.example/a'; p{color:red}",
            "@im\\port url(https://x.example/a); p{color:red}",
            "p{background:image-set('https://x.example/a' 1x)}",
        ] {
            let clean = clean(css, Images::Blocked).to_ascii_lowercase();
            assert!(!clean.contains("url("), "{clean}");
            assert!(!clean.contains("@import"), "{clean}");
            assert!(
                !clean.replace("x-image-set(", "").contains("image-set("),
                "{clean}"
            );
        }
        assert_eq!(
            clean("a{}</style><script>", Images::Blocked),
            "a{}/style>script>"
        );
    }

    #[test]
    fn what_a_style_hides_is_known() {
        for style in [
            "display:none",
            "DISPLAY : NONE !important",
            "max-height:0",
            "opacity:0.0",
            "font-size:0px",
        ] {
            assert!(hides(style), "{style}");
        }
        for style in [
            "display:block",
            "opacity:0.5",
            "max-height:100px",
            "color:red",
        ] {
            assert!(!hides(style), "{style}");
        }
    }
}
