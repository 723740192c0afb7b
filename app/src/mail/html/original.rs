//! The mail as its sender wanted it to look, for a frame in which nothing can act.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use ammonia::{Builder, UrlRelative};

use super::picture::{self, Source};
use super::{css, cut, guard, host, tree};

/// So much of a page is shown.
const MOST_BYTES: usize = 8_000_000;

/// Whether pictures from the net are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Images {
    Blocked,
    /// The reader asked for them; the browser loads them, never the server.
    Remote,
}

/// Addresses of the pictures of a mail as `data:`, by Content-ID.
pub type Pictures = Arc<HashMap<String, String>>;

/// A whole document.
#[must_use]
pub fn original(html: &str, images: Images, pictures: &Pictures) -> String {
    let html = cut(html, MOST_BYTES);
    let (page, sheets) = take_styles(html);
    let styles: String = sheets
        .iter()
        .map(|sheet| css::clean(sheet, images))
        .collect::<Vec<_>>()
        .join("\n");
    let body = without_pixels(
        &cleaner(images, pictures)
            .clean(&guard::within_bounds(&page).0)
            .to_string(),
    );
    format!(
        "<!doctype html>\n<html><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <meta name=\"referrer\" content=\"no-referrer\">\
         <style>body{{margin:12px;background:#fff;color:#000;font-family:sans-serif;overflow-wrap:break-word}}\
         img{{max-width:100%}}</style><style>{styles}</style></head><body>{body}</body></html>"
    )
}

/// Pictures that only count who reads stay away, also when the others are wanted.
fn without_pixels(cleaned: &str) -> String {
    let mut out = String::with_capacity(cleaned.len());
    let mut rest = cleaned;
    while let Some(at) = rest.find("<img") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let (image, after) = tree::opening(&from[1..]);
        let is_pixel = match picture::source(&image) {
            Source::Remote(address) => picture::is_pixel(&image, address),
            Source::Own(_) | Source::None => false,
        };
        if !is_pixel {
            out.push_str(&from[..from.len() - after.len()]);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The style sheets of a page, and the page without them. Its body becomes a box, so that its colours stay.
fn take_styles(html: &str) -> (String, Vec<String>) {
    let lower = html.to_ascii_lowercase();
    let mut page = String::with_capacity(html.len());
    let mut sheets = Vec::new();
    let mut at = 0;
    while let Some(start) = lower[at..].find("<style").map(|found| at + found) {
        page.push_str(&html[at..start]);
        let Some(open) = lower[start..].find('>').map(|end| start + end + 1) else {
            at = html.len();
            break;
        };
        let end = lower[open..]
            .find("</style")
            .map_or(html.len(), |end| open + end);
        sheets.push(html[open..end].to_owned());
        at = lower[end..]
            .find('>')
            .map_or(html.len(), |close| end + close + 1);
    }
    page.push_str(&html[at..]);
    (body_as_box(&page), sheets)
}

fn body_as_box(page: &str) -> String {
    let lower = page.to_ascii_lowercase();
    let mut out = String::with_capacity(page.len());
    let mut copied = 0;
    for (at, _) in lower.match_indices("body") {
        let before = &lower[..at];
        let is_tag = before.ends_with('<') || before.ends_with("</");
        let ends = lower[at + 4..].starts_with(|c: char| c == '>' || c.is_whitespace());
        if is_tag && ends {
            out.push_str(&page[copied..at]);
            out.push_str("div");
            copied = at + 4;
        }
    }
    out.push_str(&page[copied..]);
    out
}

const DROPPED: [&str; 17] = [
    "script",
    "title",
    "template",
    "noscript",
    "iframe",
    "object",
    "embed",
    "svg",
    "math",
    "select",
    "textarea",
    "button",
    "audio",
    "video",
    "xmp",
    "plaintext",
    "noembed",
];

const LOOKS: [&str; 14] = [
    "style",
    "class",
    "id",
    "dir",
    "lang",
    "align",
    "valign",
    "width",
    "height",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "nowrap",
];

fn cleaner(images: Images, pictures: &Pictures) -> Builder<'static> {
    let pictures = Arc::clone(pictures);
    let mut builder = Builder::default();
    builder
        .add_tags([
            "font", "big", "tfoot", "section", "main", "address", "fieldset", "legend",
        ])
        .add_generic_attributes(LOOKS)
        .add_tag_attributes("font", ["color", "face", "size"])
        .add_tag_attributes("td", ["background", "colspan", "rowspan"])
        .add_tag_attributes("th", ["background", "colspan", "rowspan"])
        .add_tag_attributes("table", ["background"])
        .add_tag_attributes("tr", ["background"])
        .add_tag_attributes("div", ["background", "text"])
        .clean_content_tags(HashSet::from(DROPPED))
        .url_schemes(HashSet::from([
            "http", "https", "mailto", "tel", "cid", "data",
        ]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"))
        .set_tag_attribute_value("a", "target", "_blank")
        .attribute_filter(move |element, attribute, value| {
            filter(element, attribute, value, images, &pictures)
        });
    builder
}

fn filter<'u>(
    element: &str,
    attribute: &str,
    value: &'u str,
    images: Images,
    pictures: &HashMap<String, String>,
) -> Option<Cow<'u, str>> {
    let lower = value.trim().to_ascii_lowercase();
    match (element, attribute) {
        (_, "style") => Some(Cow::Owned(css::clean(value, images))),
        ("img", "src") if lower.starts_with("cid:") => pictures
            .get(&content_id(value.trim()))
            .cloned()
            .map(Cow::Owned),
        ("img", "src") if is_safe_data(&lower) => Some(Cow::Borrowed(value)),
        (_, "src" | "background") => {
            let is_wanted = images == Images::Remote && host(value).is_some();
            is_wanted.then_some(Cow::Borrowed(value))
        }
        (_, "href" | "cite") => ["http:", "https:", "mailto:", "tel:"]
            .iter()
            .any(|scheme| lower.starts_with(scheme))
            .then_some(Cow::Borrowed(value)),
        _ => Some(Cow::Borrowed(value)),
    }
}

fn is_safe_data(lower: &str) -> bool {
    ["png", "jpeg", "jpg", "gif", "webp"]
        .iter()
        .any(|kind| lower.starts_with(&format!("data:image/{kind};base64,")))
}

/// The Content-ID in a `cid:` address; some senders escape its at sign.
#[must_use]
pub(crate) fn content_id(address: &str) -> String {
    let id = address.get(4..).unwrap_or_default();
    crate::mail::read::percent_decoded(id)
}
