//! Markdown of a mail that leaves: links say where they lead, and what little style there is stands at the elements.

use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::Builder;
use maud::{Markup, PreEscaped};
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::{autolinked, cleaner, kept, link, parsed};

/// Mail programs drop style sheets. Greys that are seen on white and on black, and no colours of text: the reader's own hold.
const STYLES: [(&str, &str); 8] = [
    ("blockquote", QUOTED),
    ("pre", "white-space:pre-wrap"),
    ("table", "border-collapse:collapse"),
    ("th", CELL),
    ("td", CELL),
    ("h3", HEADING),
    ("h4", HEADING),
    ("h5", HEADING),
];

/// A quotation.
pub const QUOTED: &str = "margin:0 0 1em;padding:0 0 0 .8em;border-left:2px solid #808080";

const CELL: &str = "padding:2px 8px;border:1px solid #808080;text-align:left;vertical-align:top";
const HEADING: &str = "font-size:1.1em;margin:1em 0 .3em";

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = cleaner();
    builder
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .link_rel(None);
    for (tag, style) in STYLES {
        builder.set_tag_attribute_value(tag, "style", style);
    }
    builder
});

/// Renders what a person wrote, with every word of it.
pub fn render(text: &str) -> Markup {
    cleaned(text, &CLEANER)
}

/// The same for paper, where nobody can follow a link and style sheets hold.
pub fn on_paper(text: &str) -> Markup {
    cleaned(text, &super::CLEANER)
}

fn cleaned(text: &str, cleaner: &Builder<'static>) -> Markup {
    let text = kept(text);
    let mut out = String::with_capacity(text.len() * 2);
    let events = autolinked(spoken(parsed(&text)).into_iter());
    pulldown_cmark::html::push_html(&mut out, events.into_iter());
    // XSS: cleaned on this line by an allow-list of tags, attributes and schemes; styles are ours.
    PreEscaped(cleaner.clean(&out).to_string())
}

/// What was behind words stands after them in brackets: nobody is led where they did not read that they go.
fn spoken<'a>(events: impl Iterator<Item = Event<'a>>) -> Vec<Event<'a>> {
    let mut out: Vec<Event<'a>> = Vec::new();
    // Of each link that is open where its words begin; none for one whose words are the address.
    let mut open: Vec<Option<(usize, CowStr<'a>)>> = Vec::new();
    for event in events {
        match event {
            Event::Start(Tag::Link {
                link_type: LinkType::Autolink | LinkType::Email,
                ..
            }) => {
                open.push(None);
                out.push(event);
            }
            Event::Start(Tag::Link { dest_url, .. }) => open.push(Some((out.len(), dest_url))),
            Event::End(TagEnd::Link) => match open.pop().flatten() {
                Some((at, address)) => say(&mut out, at, &address),
                None => out.push(event),
            },
            other => out.push(other),
        }
    }
    out
}

fn say(out: &mut Vec<Event<'_>>, at: usize, address: &str) {
    let words = out[at..].iter().filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(&**text),
        _ => None,
    });
    let words = words.collect::<String>();
    let words = words.trim();
    match address.strip_prefix("mailto:") {
        Some(mail) if words == mail => {
            out.truncate(at);
            out.extend(link(LinkType::Email, mail));
        }
        Some(mail) => {
            out.push(Event::Text(" (".into()));
            out.extend(link(LinkType::Email, mail));
            out.push(Event::Text(")".into()));
        }
        // Addresses of pages become links by themselves.
        None if words == address || address.is_empty() => {}
        None => out.push(Event::Text(format!(" ({address})").into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        render(text).into_string().trim().to_owned()
    }

    #[test]
    fn links_say_where_they_lead() {
        let link = |to: &str| format!("<a href=\"{to}\">{to}</a>");
        let amt = link("https://amt.example/a");
        assert_eq!(
            html("[Amt](https://amt.example/a)"),
            format!("<p>Amt ({amt})</p>")
        );
        assert_eq!(
            html("[https://amt.example/a](https://amt.example/a) und <https://amt.example/a>"),
            format!("<p>{amt} und {amt}</p>")
        );
        let mail = "<a href=\"mailto:a@amt.example\">a@amt.example</a>";
        assert_eq!(
            html(
                "<a@amt.example>, [uns](mailto:a@amt.example), [a@amt.example](mailto:a@amt.example)"
            ),
            format!("<p>{mail}, uns ({mail}), {mail}</p>")
        );
        assert_eq!(
            html("![Bild](https://amt.example/a)"),
            format!("<p>Bild ({amt})</p>")
        );
        assert_eq!(
            html("[a](javascript:alert(1)) [b](/tickets/1)"),
            "<p>a (javascript:alert(1)) b (/tickets/1)</p>"
        );
    }

    #[test]
    fn html_arrives_as_it_was_typed_and_quotations_have_their_line() {
        assert_eq!(
            html("<script>alert(1)</script><img src=x>"),
            "<p>&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x&gt;</p>"
        );
        assert!(html("> a").starts_with(&format!("<blockquote style=\"{QUOTED}\">")));
    }
}
