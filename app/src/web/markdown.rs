//! The one place where text of people becomes HTML: Markdown without raw HTML, then cleaned.

pub mod article;
pub mod message;
pub mod plain;

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use maud::{Markup, PreEscaped};
use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(cleaner);

/// What text of people may hold, wherever it is shown.
fn cleaner() -> Builder<'static> {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from([
            "p",
            "br",
            "strong",
            "em",
            "del",
            "code",
            "pre",
            "blockquote",
            "ul",
            "ol",
            "li",
            "a",
            "hr",
            "h3",
            "h4",
            "h5",
            "h6",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
        ]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("ol", HashSet::from(["start"])),
        ]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"));
    builder
}

/// Renders text that a person wrote. A single line break stays one; addresses become links; HTML shows as it was typed.
pub fn render(text: &str) -> Markup {
    let events = Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES);
    let mut out = String::with_capacity(text.len() * 2);
    pulldown_cmark::html::push_html(&mut out, autolinked(events.map(plain)).into_iter());
    // XSS: cleaned on this line by an allow-list of tags, attributes and schemes.
    PreEscaped(CLEANER.clean(&out).to_string())
}

/// Raw HTML becomes text, images become links, headings start below the page's own.
fn plain(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Html(html) | Event::InlineHtml(html) => Event::Text(html),
        Event::SoftBreak => Event::HardBreak,
        Event::Start(Tag::Image {
            dest_url,
            title,
            id,
            ..
        }) => Event::Start(Tag::Link {
            link_type: LinkType::Inline,
            dest_url,
            title,
            id,
        }),
        Event::End(TagEnd::Image) => Event::End(TagEnd::Link),
        Event::Start(Tag::Heading {
            level,
            id,
            classes,
            attrs,
        }) => Event::Start(Tag::Heading {
            level: lowered(level),
            id,
            classes,
            attrs,
        }),
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lowered(level))),
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        other => other,
    }
}

fn lowered(level: pulldown_cmark::HeadingLevel) -> pulldown_cmark::HeadingLevel {
    use pulldown_cmark::HeadingLevel::{H3, H4, H5, H6};
    [H3, H4, H5].get(level as usize - 1).copied().unwrap_or(H6)
}

/// Turns bare addresses into links, outside of links and code.
fn autolinked<'a>(events: impl Iterator<Item = Event<'a>>) -> Vec<Event<'a>> {
    let mut out: Vec<Event<'a>> = Vec::new();
    let mut closed = 0_u32;
    for event in events {
        match event {
            Event::Start(Tag::Link { .. } | Tag::CodeBlock(_)) => closed += 1,
            Event::End(TagEnd::Link | TagEnd::CodeBlock) => closed = closed.saturating_sub(1),
            Event::Text(text) if closed == 0 => {
                // The parser cuts text at characters that might be marks, so an address may arrive in pieces.
                if let Some(Event::Text(before)) = out.last_mut() {
                    *before = CowStr::from(format!("{before}{text}"));
                } else {
                    out.push(Event::Text(text));
                }
                continue;
            }
            _ => {}
        }
        out.push(event);
    }
    let mut closed = 0_u32;
    out.into_iter()
        .flat_map(|event| {
            match &event {
                Event::Start(Tag::Link { .. } | Tag::CodeBlock(_)) => closed += 1,
                Event::End(TagEnd::Link | TagEnd::CodeBlock) => closed = closed.saturating_sub(1),
                _ => {}
            }
            match event {
                Event::Text(text) if closed == 0 => linked(&text),
                other => vec![other],
            }
        })
        .collect()
}

fn linked<'a>(text: &str) -> Vec<Event<'a>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(start) = ["https://", "http://"]
        .iter()
        .filter_map(|scheme| rest.find(scheme))
        .min()
    {
        let end = rest[start..]
            .find(|c: char| c.is_whitespace() || "<>\"“”„".contains(c))
            .map_or(rest.len(), |at| start + at);
        let address = trimmed(&rest[start..end]);
        let end = start + address.len();
        if start > 0 {
            out.push(Event::Text(rest[..start].to_owned().into()));
        }
        out.push(Event::Start(Tag::Link {
            link_type: LinkType::Autolink,
            dest_url: address.to_owned().into(),
            title: "".into(),
            id: "".into(),
        }));
        out.push(Event::Text(address.to_owned().into()));
        out.push(Event::End(TagEnd::Link));
        rest = &rest[end..];
    }
    if !rest.is_empty() {
        out.push(Event::Text(rest.to_owned().into()));
    }
    out
}

/// A full stop or closing bracket at the end belongs to the sentence.
fn trimmed(address: &str) -> &str {
    let mut address = address;
    loop {
        let shorter = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']);
        let shorter = match shorter.strip_suffix(')') {
            Some(inner) if inner.matches('(').count() <= inner.matches(')').count() => inner,
            _ => shorter,
        };
        if shorter.len() == address.len() {
            return address;
        }
        address = shorter;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        render(text).into_string().trim().to_owned()
    }

    #[test]
    fn marks_become_elements() {
        assert_eq!(
            html("Bitte **heute**\nprüfen"),
            "<p>Bitte <strong>heute</strong><br>\nprüfen</p>"
        );
        assert_eq!(html("# Titel"), "<h3>Titel</h3>");
        assert_eq!(html("- a\n- b"), "<ul>\n<li>a</li>\n<li>b</li>\n</ul>");
    }

    #[test]
    fn html_shows_as_it_was_typed() {
        assert_eq!(
            html("a <script>alert(1)</script>"),
            "<p>a &lt;script&gt;alert(1)&lt;/script&gt;</p>"
        );
        assert!(!html("<img src=x onerror=alert(1)>").contains("<img"));
        assert!(!html("<div onclick=x>\n\ntext").contains("<div"));
    }

    #[test]
    fn dangerous_addresses_lose_their_target() {
        for text in [
            "[a](javascript:alert(1))",
            "[a](data:text/html,x)",
            "[a](/sign-out)",
            "![a](javascript:x)",
        ] {
            assert!(!html(text).contains("href"), "{text}");
        }
        assert!(!html("![a](https://example.org/pixel.gif)").contains("<img"));
    }

    #[test]
    fn bare_addresses_become_links() {
        let link = |href: &str| {
            format!("<a href=\"{href}\" rel=\"noopener noreferrer nofollow\">{href}</a>")
        };
        assert_eq!(
            html("Siehe https://example.org/a_b_c?x=1."),
            format!("<p>Siehe {}.</p>", link("https://example.org/a_b_c?x=1"))
        );
        assert_eq!(
            html("(https://example.org/a)"),
            format!("<p>({})</p>", link("https://example.org/a"))
        );
        assert_eq!(
            html("`https://example.org`"),
            "<p><code>https://example.org</code></p>"
        );
        assert_eq!(
            html("[Ziel](https://example.org)").matches("<a ").count(),
            1
        );
    }
}
