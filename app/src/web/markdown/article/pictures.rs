//! Files in the text of an article: `![Text](files/name.png)` shows one, `[Text](files/name.pdf)` leads to one, and
//! what is not among the files of the article, or lies elsewhere, is never loaded.

use std::collections::HashMap;

pub use entities::article::FILES;
pub use entities::article::decoded;
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use crate::locale::Locale;
use crate::web::bytes::shown_inline;

/// Where the files of an article are, by name.
#[derive(Clone, Debug, Default)]
pub struct Pictures(HashMap<String, Picture>);

#[derive(Clone, Debug)]
struct Picture {
    address: String,
    is_shown: bool,
}

impl Pictures {
    /// Adds a file with the address of its bytes.
    #[must_use]
    pub fn with(mut self, name: &str, content_type: &str, address: String) -> Pictures {
        let is_shown = is_picture(content_type);
        self.0
            .insert(name.to_owned(), Picture { address, is_shown });
        self
    }

    /// Whether one of them lies there.
    pub(super) fn lies_at(&self, address: &str) -> bool {
        self.0.values().any(|picture| picture.address == address)
    }

    fn at(&self, address: &str) -> Option<&Picture> {
        let name = address.strip_prefix(FILES)?;
        self.0.get(name).or_else(|| self.0.get(&decoded(name)))
    }
}

/// Whether a file of that type is shown in a text; others are links.
pub fn is_picture(content_type: &str) -> bool {
    shown_inline(content_type).is_some_and(|kind| kind.starts_with("image/"))
}

/// The name of a file as it stands in the text of an article.
pub fn encoded(name: &str) -> String {
    let mut encoded = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            ' ' | '(' | ')' | '<' | '>' | '\\' | '%' | '"' | '#' | '?' | '&' | '*' | '_' | '['
            | ']' | '`' | '|' | '~' | '\'' => encoded.push_str(&format!("%{:02X}", u32::from(c))),
            c => encoded.push(c),
        }
    }
    encoded
}

/// What became of an image.
enum Became {
    Shown,
    Link,
    /// It is not there; its text is.
    Gone,
}

/// Images of the article with their addresses, others as links or as their text.
pub(super) fn placed<'a>(
    locale: Locale,
    events: impl Iterator<Item = Event<'a>>,
    pictures: &Pictures,
) -> Vec<Event<'a>> {
    let mut open: Vec<Became> = Vec::new();
    let mut out = Vec::new();
    for event in events {
        match event {
            Event::Start(Tag::Image {
                dest_url, title, ..
            }) => {
                let became = became(&dest_url, pictures);
                let found = pictures.at(&dest_url);
                let dest_url = found.map_or(dest_url, |found| found.address.clone().into());
                let (link_type, id) = (LinkType::Inline, CowStr::from(""));
                match became {
                    Became::Shown => out.push(Event::Start(Tag::Image {
                        link_type,
                        dest_url,
                        title,
                        id,
                    })),
                    Became::Link => out.push(Event::Start(Tag::Link {
                        link_type,
                        dest_url,
                        title,
                        id,
                    })),
                    Became::Gone => {}
                }
                open.push(became);
            }
            Event::End(TagEnd::Image) => match open.pop() {
                Some(Became::Shown) => out.push(event),
                Some(Became::Link) | None => out.push(Event::End(TagEnd::Link)),
                Some(Became::Gone) => {
                    let note = format!(" ({})", locale.t("article-picture-gone"));
                    out.push(Event::Start(Tag::Emphasis));
                    out.push(Event::Text(note.into()));
                    out.push(Event::End(TagEnd::Emphasis));
                }
            },
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            }) => {
                let found = pictures.at(&dest_url);
                out.push(Event::Start(Tag::Link {
                    link_type,
                    dest_url: found.map_or(dest_url, |found| found.address.clone().into()),
                    title,
                    id,
                }));
            }
            other => out.push(other),
        }
    }
    out
}

fn became(address: &str, pictures: &Pictures) -> Became {
    let leads_out = ["https://", "http://"];
    match pictures.at(address) {
        Some(found) if found.is_shown => Became::Shown,
        Some(_) => Became::Link,
        // Whoever wants to see it goes there; the page loads nothing from elsewhere.
        None if leads_out.iter().any(|scheme| address.starts_with(scheme)) => Became::Link,
        None => Became::Gone,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_survives_its_way_through_an_address() {
        for name in ["Maske 1 (neu).png", "50 %25.png", "größe_a*b.png", "a%"] {
            assert_eq!(decoded(&encoded(name)), name);
        }
        assert_eq!(decoded("%ff.png"), "%ff.png");
        assert_eq!(decoded("a%4"), "a%4");
    }
}
