//! Articles as HTML: headings that have addresses, callouts, tables that roll, links into the desk. Nothing is loaded by itself.

use std::borrow::Cow;
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use entities::{article, text};
use maud::{Markup, PreEscaped, html};
use pulldown_cmark::{BlockQuoteKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{autolinked, cleaner};
use crate::locale::Locale;

/// Before the ids of headings, so that none is that of something else on the page.
const SECTION: &str = "s-";

/// Quotations and lists within each other.
const MOST_DEPTH: usize = 40;

/// Where links of an article may lead within the desk.
const WITHIN: [&str; 2] = ["/knowledge/", "/tickets/"];

/// As of messages, with addresses of headings, callouts, boxes for tables and links into the desk.
static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = cleaner();
    builder
        .add_tags(["h2", "div"])
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

/// A heading of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Two below the title of the page, three below that.
    pub level: u8,
    /// Its id on the page.
    pub id: String,
    pub text: String,
}

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

/// Renders an article that a person wrote; HTML shows as it was typed, images are links. Its own words are in `locale`.
pub fn render(locale: Locale, text: &str, anchors: Anchors) -> Rendered {
    let mut headings = Vec::new();
    let mut out = Vec::new();
    for passage in article::passages(text) {
        if passage.is_internal {
            out.push(Event::Html("<div class=\"internbox\">".into()));
            out.extend(label(locale.t("article-internal")));
        }
        events(locale, passage.text, anchors, &mut headings, &mut out);
        if passage.is_internal {
            out.push(Event::Html("</div>".into()));
        }
    }
    let mut written = String::with_capacity(text.len() * 2);
    pulldown_cmark::html::push_html(&mut written, out.into_iter());
    Rendered {
        // XSS: cleaned on this line by an allow-list of tags, attributes and schemes.
        html: PreEscaped(CLEANER.clean(&written).to_string()),
        headings,
    }
}

/// What a passage is made of, after what those before it are made of.
fn events<'a>(
    locale: Locale,
    text: &'a str,
    anchors: Anchors,
    headings: &mut Vec<Heading>,
    out: &mut Vec<Event<'a>>,
) {
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES | Options::ENABLE_GFM;
    let events = Parser::new_ext(text, options)
        .map(plain)
        .map(within_article);
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
                let heading = Heading {
                    level: (level as u8).max(2),
                    text: said(&inner),
                    id: String::new(),
                };
                let heading = with_id(heading, headings);
                out.extend(shown(locale, &heading, inner, anchors));
                headings.push(heading);
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
            Event::End(TagEnd::Table) => {
                out.push(event);
                out.push(Event::Html("</div>".into()));
            }
            other => out.push(other),
        }
    }
}

/// As in messages, save that a line break within a paragraph is none, and headings wait for their addresses.
fn plain(event: Event<'_>) -> Event<'_> {
    match event {
        Event::SoftBreak | Event::Start(Tag::Heading { .. }) | Event::End(TagEnd::Heading(_)) => {
            event
        }
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

/// What stands in a heading, without its marks.
fn said(inner: &[Event<'_>]) -> String {
    let mut text = String::new();
    for event in inner {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(part),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text.trim().to_owned()
}

/// The heading with an id that none of the others has.
fn with_id(heading: Heading, others: &[Heading]) -> Heading {
    let slug = slug(&heading.text);
    let is_taken = |id: &str| others.iter().any(|other| other.id == id);
    let mut id = format!("{SECTION}{slug}");
    let mut count = 1;
    while is_taken(&id) {
        count += 1;
        id = format!("{SECTION}{slug}-{count}");
    }
    Heading { id, ..heading }
}

/// A heading as part of an address.
fn slug(heading: &str) -> String {
    let folded = text::fold(heading);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("-")
}

fn shown<'a>(
    locale: Locale,
    heading: &Heading,
    inner: Vec<Event<'a>>,
    anchors: Anchors,
) -> Vec<Event<'a>> {
    let level = HeadingLevel::try_from(usize::from(heading.level)).unwrap_or(HeadingLevel::H6);
    let is_linked = anchors == Anchors::Shown;
    let mut out = vec![Event::Start(Tag::Heading {
        level,
        id: is_linked.then(|| CowStr::from(heading.id.clone())),
        classes: vec![],
        attrs: vec![],
    })];
    out.extend(inner);
    if is_linked {
        let label = locale.t_with(
            "article-anchor",
            &[("heading", heading.text.as_str().into())],
        );
        let link = html! { a class="anchor" href={ "#" (heading.id) } aria-label=(label) { "#" } };
        out.push(Event::InlineHtml(link.into_string().into()));
    }
    out.push(Event::End(TagEnd::Heading(level)));
    out
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

/// The part of a relative address that is kept: headings of the same article, other articles, tickets.
fn within(address: &str) -> Option<Cow<'_, str>> {
    let heading = address.strip_prefix('#');
    if heading.is_some_and(|heading| heading.starts_with(SECTION)) {
        return Some(Cow::Borrowed(address));
    }
    let is_plain =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '#' | '?' | '=' | '_');
    let is_within = WITHIN.iter().any(|start| address.starts_with(start));
    (is_within && address.chars().all(is_plain)).then_some(Cow::Borrowed(address))
}

#[cfg(test)]
mod tests;
