//! HTML of strangers: reduced to what a thread needs, or kept with its styles for a frame of its own.

mod css;
mod guard;
mod history;
mod original;
mod picture;
mod simplify;
mod table;
mod tidy;
mod tree;
mod write;

pub(crate) use original::content_id;
pub use original::{Images, Pictures, original};
pub use picture::{Picture, size_of};

use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

/// The scheme of a picture that lies in the file store. No sender's HTML can hold it: intake lets `cid:` and
/// `data:` through alone, and the writer puts nothing else in.
pub const STORED: &str = "lotse-file:";

/// What stands in the reduced HTML before the digest of a picture.
pub(crate) const PICTURE_MARK: &str = "<img src=\"lotse-file:";

/// Where the words of a folded history go.
pub(crate) const FOLD_MARK: &str = "<details class=\"quote\"><summary></summary>";

/// Where the words of a wide table's box go.
pub(crate) const TABLE_MARK: &str = "<div class=\"wide\" tabindex=\"0\">";

/// So much of a page is read; the rest only the original view shows.
const MOST_BYTES: usize = 2_000_000;

/// HTML without styles, scripts and remote content, and what was left out of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reduced {
    /// Only allowed elements, closed and nested as a browser reads them; pictures and folds as marks.
    pub html: String,
    /// Pictures on the net that were not loaded, without tracking pixels.
    pub remote_images: u32,
    pub pixels: u32,
    /// Whom the tracking pixels report to; each once.
    pub pixel_hosts: Vec<String>,
    /// The page was longer than is read.
    pub is_cut: bool,
}

/// Reduces a page; `picture` finds the stored file of an address in `cid:`, `data:` or [`STORED`].
#[must_use]
pub fn reduce(html: &str, picture: &mut dyn FnMut(&str) -> Option<Picture>) -> Reduced {
    let (page, embedded) = picture::take_embedded(html);
    let read = cut(&page, MOST_BYTES);
    let (bounded, is_stopped) = guard::within_bounds(read);
    let tree = history::fold(tree::parse(&READER.clean(&bounded).to_string()));
    let mut found = |address: &str| match address.strip_prefix("data:") {
        Some(place) => picture(embedded.get(place.parse::<usize>().ok()?)?),
        None => picture(address),
    };
    let mut reader = simplify::Reader::new(&mut found);
    let nodes = tidy::tidy(reader.nodes(&tree));
    let mut pixel_hosts = std::mem::take(&mut reader.pixel_hosts);
    pixel_hosts.sort_unstable();
    pixel_hosts.dedup();
    Reduced {
        remote_images: reader.remote_images,
        pixels: reader.pixels,
        pixel_hosts,
        is_cut: is_stopped || read.len() < page.len(),
        html: write::write(&nodes),
    }
}

/// Elements whose content is no text of the mail.
const NO_TEXT: [&str; 15] = [
    "script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math",
    "select", "textarea", "button", "audio", "video", "xmp",
];

/// Keeps what tells quotes, tables and hidden parts apart; the writer lets none of it out.
static READER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .add_tags([
            "font", "big", "tfoot", "section", "main", "address", "fieldset",
        ])
        .add_generic_attributes([
            "style", "dir", "lang", "id", "class", "name", "type", "role", "width", "height",
            "border", "hidden",
        ])
        .add_tag_attributes("blockquote", ["cite"])
        .add_tag_attributes("td", ["background", "colspan", "rowspan"])
        .add_tag_attributes("th", ["background", "colspan", "rowspan", "scope"])
        .add_tag_attributes("table", ["background"])
        .add_tag_attributes("ol", ["start", "reversed"])
        .add_tag_attributes("img", ["srcset"])
        .clean_content_tags(HashSet::from(NO_TEXT))
        .url_schemes(HashSet::from([
            "http",
            "https",
            "mailto",
            "tel",
            "cid",
            "mid",
            "data",
            "lotse-file",
        ]))
        .url_relative(UrlRelative::Deny)
        .link_rel(None);
    builder
});

fn cut(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The host of a web address, in lower case.
fn host(address: &str) -> Option<String> {
    let (scheme, rest) = address.trim().split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?;
    let host = host.split(':').next()?;
    (!host.is_empty()).then(|| host.to_ascii_lowercase())
}
