//! Articles for readers outside of the desk: without what stays in the house, and with links to what is there for them alone.

use std::collections::HashSet;

use entities::{Uuid, article};
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

use super::pictures::Pictures;
use super::{ARTICLES, Anchors, Rendered, rendered};
use crate::locale::Locale;

/// A site outside of the desk.
#[derive(Debug)]
pub struct Outside<'a> {
    /// What stands before the ids of articles in their addresses.
    pub at: &'a str,
    /// The articles there are for whoever reads.
    pub articles: &'a HashSet<Uuid>,
    /// The files that are given out to them.
    pub files: &'a Pictures,
}

/// Renders an article for them; links into the desk are none.
pub fn render_outside(locale: Locale, text: &str, outside: &Outside<'_>) -> Rendered {
    let text = article::outside(text);
    rendered(locale, &text, Anchors::Shown, outside.files, Some(outside))
}

/// The articles a text links to.
pub fn linked(text: &str) -> Vec<Uuid> {
    let to = |event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => article_at(&dest_url).map(|(id, _)| id),
        _ => None,
    };
    Parser::new_ext(text, Options::ENABLE_TABLES)
        .filter_map(to)
        .collect()
}

/// The article at an address within the desk, and what follows in the address.
fn article_at(address: &str) -> Option<(Uuid, &str)> {
    let rest = address.strip_prefix(ARTICLES)?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (id, rest) = rest.split_at(end);
    Some((Uuid::try_parse(id).ok()?, rest))
}

/// Links into the desk lead to the site, or are none; those to files of the article are as they should be.
pub(super) fn led_outside<'a>(events: Vec<Event<'a>>, outside: &Outside<'_>) -> Vec<Event<'a>> {
    let mut is_dropped = false;
    let led = |event| match event {
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) if dest_url.starts_with('/') && !outside.files.lies_at(&dest_url) => {
            let to = article_at(&dest_url).filter(|(id, _)| outside.articles.contains(id));
            let to = to.map(|(id, rest)| {
                let heading = rest.find('#').map_or("", |at| &rest[at..]);
                CowStr::from(format!("{}{id}{heading}", outside.at))
            });
            is_dropped = to.is_none();
            to.map(|dest_url| {
                Event::Start(Tag::Link {
                    link_type,
                    dest_url,
                    title,
                    id,
                })
            })
        }
        Event::End(TagEnd::Link) if std::mem::take(&mut is_dropped) => None,
        other => Some(other),
    };
    events.into_iter().filter_map(led).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str, there: Uuid) -> String {
        let outside = Outside {
            at: "/help/articles/",
            articles: &HashSet::from([there]),
            files: &Pictures::default().with("m.png", "image/png", picture_of(there)),
        };
        let rendered = render_outside(Locale::De, text, &outside);
        rendered.html.into_string().trim().to_owned()
    }

    #[test]
    fn links_lead_to_articles_that_are_there_and_others_are_words() {
        let (there, hidden) = (Uuid::from_u128(7), Uuid::from_u128(8));
        let text = format!(
            "[a](/knowledge/{there}#s-b), [c](/knowledge/{hidden}), [d](/tickets/2026-000001-1), [e](https://e.example)"
        );
        let html = html(&text, there);
        let to = format!("href=\"/help/articles/{there}#s-b\"");
        assert!(html.contains(&to), "{html}");
        assert!(!html.contains(&hidden.to_string()), "{html}");
        assert!(
            !html.contains("/tickets/") && html.contains(">a</a>, c, d, "),
            "{html}"
        );
        assert!(html.contains("https://e.example"), "{html}");
        assert_eq!(linked(&text), [there, hidden]);
    }

    fn picture_of(there: Uuid) -> String {
        format!("/help/articles/{there}/files/m.png?inline=0123456789abcdef")
    }

    #[test]
    fn files_that_are_given_out_are_shown_and_led_to_and_others_are_not() {
        let there = Uuid::from_u128(7);
        let text = format!(
            "![M](files/m.png) [m](files/m.png) ![X](files/x.png) [y](/knowledge/{there}/files/m.png)"
        );
        let html = html(&text, there);
        let at = picture_of(there);
        assert!(html.contains(&format!("src=\"{at}\"")), "{html}");
        assert!(html.contains(&format!("href=\"{at}\"")), "{html}");
        assert!(
            !html.contains("x.png") && !html.contains("/knowledge/"),
            "{html}"
        );
    }

    #[test]
    fn what_stays_in_the_house_is_not_there() {
        let html = html("Alle.\n\n:::intern\nNur wir.\n:::\n", Uuid::nil());
        assert_eq!(html, "<p>Alle.</p>");
    }
}
