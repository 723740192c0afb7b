//! HTML of strangers made safe to show: nothing runs, nothing loads, nothing leaves its frame.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

/// Marks an image address that must not load by itself until the attribute is renamed.
const REMOTE: &str = "x-remote:";

/// Marks an image of the mail itself until its stored address is known.
const INLINE: &str = "x-inline:";

/// Safe HTML, and whether images wait for a click in `data-remote-src`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sanitised {
    pub html: String,
    pub remote_images: usize,
}

static STYLES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    HashSet::from([
        "color",
        "background-color",
        "font-weight",
        "font-style",
        "text-align",
        "text-decoration",
        "vertical-align",
        "white-space",
        "border",
        "border-top",
        "border-bottom",
        "border-left",
        "border-right",
        "border-collapse",
        "padding",
        "padding-left",
        "padding-right",
        "padding-top",
        "padding-bottom",
        "list-style-type",
    ])
});

/// Cleans `html`; `inline` turns a Content-ID into the address of the stored file.
#[must_use]
pub fn sanitise(html: &str, inline: &dyn Fn(&str) -> Option<String>) -> Sanitised {
    let cleaned = Builder::default()
        .add_tags(["font", "u", "big", "tt"])
        .add_tag_attributes("font", ["color"])
        .add_tag_attributes("td", ["bgcolor", "valign"])
        .add_tag_attributes("th", ["bgcolor", "valign"])
        .add_generic_attributes(["style", "dir"])
        .filter_style_properties(STYLES.clone())
        .clean_content_tags(HashSet::from([
            "script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math",
            "select", "textarea", "button",
        ]))
        .url_schemes(HashSet::from([
            "http", "https", "mailto", "tel", "cid", "data", "x-remote", "x-inline",
        ]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer"))
        .set_tag_attribute_value("a", "target", "_blank")
        .attribute_filter(filter)
        .clean(html)
        .to_string();
    let marked = format!(" src=\"{REMOTE}");
    let remote_images = cleaned.matches(&marked).count();
    let cleaned = cleaned.replace(&marked, " data-remote-src=\"");
    Sanitised {
        remote_images,
        html: with_inline(&cleaned, inline),
    }
}

/// Quotes in attributes are escaped, so the mark behind an open quote can only be our own.
fn with_inline(html: &str, inline: &dyn Fn(&str) -> Option<String>) -> String {
    let marked = format!(" src=\"{INLINE}");
    let mut pieces = html.split(&marked);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (address, rest) = piece.split_once('"').unwrap_or((piece, ""));
        let id = content_id(&address.replace("&amp;", "&"));
        if let Some(stored) = inline(&id) {
            let escaped = stored
                .replace('&', "&amp;")
                .replace('"', "&quot;")
                .replace('<', "&lt;");
            out.push_str(&format!(" src=\"{escaped}\""));
        }
        out.push_str(rest);
    }
    out
}

fn filter<'u>(tag: &str, name: &str, value: &'u str) -> Option<Cow<'u, str>> {
    let lower = value.trim().to_ascii_lowercase();
    match (tag, name) {
        ("img", "src") => image(value.trim(), &lower),
        (_, "style") => {
            let escapes = ["url", "expression", "image", "\\", "@", "var(", "/*"];
            let is_tame = !escapes.iter().any(|word| lower.contains(word));
            is_tame.then_some(Cow::Borrowed(value))
        }
        (_, "href" | "cite") => {
            let is_web = ["http:", "https:", "mailto:", "tel:"]
                .iter()
                .any(|scheme| lower.starts_with(scheme));
            is_web.then_some(Cow::Borrowed(value))
        }
        _ => Some(Cow::Borrowed(value)),
    }
}

fn image<'u>(value: &'u str, lower: &str) -> Option<Cow<'u, str>> {
    if lower.starts_with("cid:") {
        return Some(Cow::Owned(format!("{INLINE}{value}")));
    }
    if lower.starts_with("http:") || lower.starts_with("https:") {
        return Some(Cow::Owned(format!("{REMOTE}{value}")));
    }
    ["png", "jpeg", "jpg", "gif", "webp"]
        .iter()
        .any(|kind| lower.starts_with(&format!("data:image/{kind};base64,")))
        .then_some(Cow::Borrowed(value))
}

/// The Content-ID in a `cid:` address; some senders escape its at sign.
pub(super) fn content_id(address: &str) -> String {
    let id = address.get(4..).unwrap_or_default();
    let bytes = super::words::percent_like(id.as_bytes(), b'%');
    String::from_utf8_lossy(&bytes).into_owned()
}
