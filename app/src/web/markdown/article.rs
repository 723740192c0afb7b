//! Articles as HTML: headings that have addresses, callouts, tables that roll, links into the desk, images that lie
//! with the article. Nothing is loaded from elsewhere.

pub mod addresses;
pub mod contents;
pub mod headings;
pub mod outside;
pub mod pictures;

use std::borrow::Cow;
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use entities::article;
use maud::{Markup, PreEscaped, html};
use pulldown_cmark::{BlockQuoteKind, CowStr, Event, Options, Parser, Tag, TagEnd};

use self::outside::{Outside, led_outside};
use super::{autolinked, cleaner};
use crate::locale::Locale;
pub use headings::{Heading, id_of};
use headings::{Headings, SECTION, said, shown, slug};
use pictures::Pictures;

/// What articles know beside plain Markdown.
const OPTIONS: Options = Options::ENABLE_STRIKETHROUGH
    .union(Options::ENABLE_TABLES)
    .union(Options::ENABLE_GFM);

/// Quotations and lists within each other.
const MOST_DEPTH: usize = 40;

/// Where links of an article may lead within the desk.
const WITHIN: [&str; 4] = [
    ARTICLES,
    "/tickets/",
    "/help/articles/",
    "/portal/knowledge/",
];

/// Where articles with files lie.
const FILES_AT: [&str; 3] = [ARTICLES, "/help/articles/", "/portal/knowledge/"];

/// Where other articles lie.
const ARTICLES: &str = "/knowledge/";

/// As of messages, with addresses of headings, callouts, boxes for tables, links into the desk, and images out of it.
static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = cleaner();
    builder
        .add_tags(["h2", "div", "img"])
        .add_tag_attributes("img", ["src", "alt", "title"])
        .set_tag_attribute_value("img", "loading", "lazy")
        .attribute_filter(only_own)
        .add_tag_attributes("a", ["aria-label"])
        .add_tag_attributes("div", ["tabindex", "role", "aria-label"])
        .add_allowed_classes("blockquote", KINDS.map(|(_, class, _)| class))
        .add_allowed_classes("a", ["anchor"])
        .add_allowed_classes("div", ["article__t", "internbox"])
        .url_relative(UrlRelative::Custom(Box::new(within)));
    for heading in ["h2", "h3", "h4", "h5", "h6"] {
        builder.add_tag_attributes(heading, ["id"]);
    }
    builder
});

/// Kinds of callouts: how they are written, the class they get, and the key of their name.
const KINDS: [(BlockQuoteKind, &str, &str); 5] = [
    (BlockQuoteKind::Note, "markdown-alert-note", "callout-note"),
    (BlockQuoteKind::Tip, "markdown-alert-tip", "callout-tip"),
    (
        BlockQuoteKind::Important,
        "markdown-alert-important",
        "callout-important",
    ),
    (
        BlockQuoteKind::Warning,
        "markdown-alert-warning",
        "callout-warning",
    ),
    (
        BlockQuoteKind::Caution,
        "markdown-alert-caution",
        "callout-caution",
    ),
];

/// An article as it is shown.
#[derive(Debug)]
pub struct Rendered {
    pub html: Markup,
    pub headings: Vec<Heading>,
}

/// Whether headings are links to themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchors {
    Shown,
    /// A preview beside a form has no addresses.
    None,
}

/// Renders an article that a person wrote; HTML shows as it was typed. Its own words are in `locale`.
pub fn render(locale: Locale, text: &str, anchors: Anchors, pictures: &Pictures) -> Rendered {
    rendered(locale, text, anchors, pictures, None)
}

fn rendered(
    locale: Locale,
    text: &str,
    anchors: Anchors,
    pictures: &Pictures,
    outside: Option<&Outside<'_>>,
) -> Rendered {
    let mut headings = Headings::default();
    let mut out = Vec::new();
    for passage in article::passages(text) {
        if passage.is_internal {
            out.push(Event::Html("<div class=\"internbox\">".into()));
            out.extend(label(locale.t("article-internal")));
        }
        let found = pictures::placed(locale, events(passage.text), pictures);
        blocks(locale, found, anchors, &mut headings, &mut out);
        if passage.is_internal {
            out.push(Event::Html("</div>".into()));
        }
    }
    if let Some(outside) = outside {
        out = led_outside(out, outside);
    }
    let mut written = String::with_capacity(text.len() * 2);
    pulldown_cmark::html::push_html(&mut written, out.into_iter());
    // A table whose head says nothing has none.
    let written = written.replace("<thead><tr></tr></thead>", "");
    Rendered {
        // XSS: cleaned on this line by an allow-list of tags, attributes and schemes.
        html: PreEscaped(CLEANER.clean(&written).to_string()),
        headings: headings.all,
    }
}

/// What a passage is made of.
fn events(text: &str) -> impl Iterator<Item = Event<'_>> {
    let events = Parser::new_ext(text, OPTIONS);
    events.map(plain).map(within_article)
}

/// What a passage is made of, as it is shown after those before it.
fn blocks<'a>(
    locale: Locale,
    events: Vec<Event<'a>>,
    anchors: Anchors,
    headings: &mut Headings,
    out: &mut Vec<Event<'a>>,
) {
    let events = events.into_iter();
    let mut depth = 0_usize;
    let events = autolinked(events.filter(move |event| is_shallow(&mut depth, event)));
    let mut events = events.into_iter();
    while let Some(event) = events.next() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let inner: Vec<Event<'_>> = events
                    .by_ref()
                    .take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))))
                    .collect();
                let heading = headings.add((level as u8).max(2), said(&inner));
                out.extend(shown(locale, heading, inner, anchors));
            }
            Event::Start(Tag::BlockQuote(Some(kind))) => {
                out.push(Event::Start(Tag::BlockQuote(Some(kind))));
                out.extend(named(locale, kind));
            }
            Event::Start(Tag::Table(columns)) => {
                let label = html! { (locale.t("article-table")) }.into_string();
                let open = format!(
                    "<div class=\"article__t\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\">"
                );
                out.push(Event::Html(open.into()));
                out.push(Event::Start(Tag::Table(columns)));
            }
            Event::Start(Tag::TableHead) => {
                let is_end = |event: &Event<'_>| matches!(event, Event::End(TagEnd::TableHead));
                let cells: Vec<Event<'_>> = events.by_ref().take_while(|e| !is_end(e)).collect();
                out.push(Event::Start(Tag::TableHead));
                if cells.iter().any(|event| !is_cell(event)) {
                    out.extend(cells);
                }
                out.push(Event::End(TagEnd::TableHead));
            }
            Event::End(TagEnd::Table) => {
                out.push(event);
                out.push(Event::Html("</div>".into()));
            }
            other => out.push(other),
        }
    }
}

fn is_cell(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Start(Tag::TableCell) | Event::End(TagEnd::TableCell)
    )
}

/// As in messages, save that a line break within a paragraph is none, and headings and images wait for their addresses.
fn plain(event: Event<'_>) -> Event<'_> {
    match event {
        Event::SoftBreak
        | Event::Start(Tag::Heading { .. } | Tag::Image { .. })
        | Event::End(TagEnd::Heading(_) | TagEnd::Image) => event,
        other => super::plain(other),
    }
}

/// A link to a heading of the same article leads to its address.
fn within_article(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) => {
            let heading = dest_url.strip_prefix('#');
            let heading = heading.filter(|heading| !heading.starts_with(SECTION));
            let to = heading.map(|heading| CowStr::from(format!("#{SECTION}{}", slug(heading))));
            Event::Start(Tag::Link {
                link_type,
                dest_url: to.unwrap_or(dest_url),
                title,
                id,
            })
        }
        other => other,
    }
}

/// Whether it is no quotation or list within so many others that nobody reads it; cleaning takes long for those.
fn is_shallow(depth: &mut usize, event: &Event<'_>) -> bool {
    match event {
        Event::Start(Tag::BlockQuote(_) | Tag::List(_) | Tag::Item) => {
            *depth += 1;
            *depth <= MOST_DEPTH
        }
        Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item) => {
            *depth = depth.saturating_sub(1);
            *depth < MOST_DEPTH
        }
        _ => true,
    }
}

/// The name of a callout, before what it says.
fn named<'a>(locale: Locale, kind: BlockQuoteKind) -> Vec<Event<'a>> {
    let key = KINDS.iter().find(|(of, _, _)| *of == kind);
    label(key.map_or_else(String::new, |(_, _, key)| locale.t(key)))
}

/// What a box is called, as its first line.
fn label<'a>(name: String) -> Vec<Event<'a>> {
    vec![
        Event::Start(Tag::Paragraph),
        Event::Start(Tag::Strong),
        Event::Text(name.into()),
        Event::End(TagEnd::Strong),
        Event::End(TagEnd::Paragraph),
    ]
}

/// What an image may show: a file of an article and nothing else, wherever it lies.
fn only_own<'a>(element: &str, attribute: &str, value: &'a str) -> Option<Cow<'a, str>> {
    let is_source = element == "img" && attribute == "src";
    (!is_source || is_file(value)).then_some(Cow::Borrowed(value))
}

/// Whether an address is that of a file of an article.
fn is_file(address: &str) -> bool {
    let inside = FILES_AT.iter().find_map(|at| address.strip_prefix(at));
    let place = inside.and_then(|inside| inside.split_once("/files"));
    let is_key = |key: &str| key == "new" || entities::Uuid::try_parse(key).is_ok();
    let is_name = |name: &str| {
        let is_fair = |b: u8| b.is_ascii_alphanumeric() || b"-._~%?=&".contains(&b);
        let name = name.strip_prefix('/').unwrap_or(name);
        !name.is_empty() && name != ".." && name.bytes().all(is_fair)
    };
    place.is_some_and(|(key, name)| is_key(key) && is_name(name))
}

/// The part of a relative address that is kept: headings of the same article, other articles and their files, tickets.
fn within(address: &str) -> Option<Cow<'_, str>> {
    let heading = address.strip_prefix('#');
    if heading.is_some_and(|heading| heading.starts_with(SECTION)) {
        return Some(Cow::Borrowed(address));
    }
    let is_plain =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '#' | '?' | '=' | '_');
    let is_within = WITHIN.iter().any(|start| address.starts_with(start));
    let is_kept = is_within && address.chars().all(is_plain) || is_file(address);
    is_kept.then_some(Cow::Borrowed(address))
}

#[cfg(test)]
mod tests;
