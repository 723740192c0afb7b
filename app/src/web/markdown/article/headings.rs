//! Headings of an article and the addresses they have.

use std::collections::{HashMap, HashSet};

use entities::text;
use maud::html;
use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::Anchors;
use crate::locale::Locale;

/// Before the ids of headings, so that none is that of something else on the page.
pub(super) const SECTION: &str = "s-";

/// A heading of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Two below the title of the page, three below that.
    pub level: u8,
    /// Its id on the page.
    pub id: String,
    pub text: String,
}

/// What stands in a heading, without its marks.
pub(super) fn said(inner: &[Event<'_>]) -> String {
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

/// The id of a heading that reads like this.
pub fn id_of(heading: &str) -> String {
    format!("{SECTION}{}", slug(heading))
}

/// The headings of a text as far as it was read, each with an id that none before it has.
#[derive(Debug, Default)]
pub(super) struct Headings {
    pub all: Vec<Heading>,
    taken: HashSet<String>,
    /// How often each slug was tried, so that a thousand of one name do not ask for each other.
    tried: HashMap<String, usize>,
}

impl Headings {
    /// The next one.
    pub fn add(&mut self, level: u8, text: String) -> &Heading {
        let id = self.free(&text);
        self.all.push(Heading { level, id, text });
        &self.all[self.all.len() - 1]
    }

    fn free(&mut self, text: &str) -> String {
        let slug = slug(text);
        let tried = self.tried.entry(slug.clone()).or_insert(0);
        loop {
            *tried += 1;
            let id = match *tried {
                1 => format!("{SECTION}{slug}"),
                count => format!("{SECTION}{slug}-{count}"),
            };
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// A heading as part of an address.
pub(super) fn slug(heading: &str) -> String {
    let folded = text::fold(heading);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// A heading with its address, and a link to it.
pub(super) fn shown<'a>(
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
