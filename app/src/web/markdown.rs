//! The one place where text of people becomes HTML: Markdown without raw HTML, then cleaned.

pub mod addresses;
pub mod article;
pub mod message;
pub mod outgoing;
pub mod plain;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use maud::{Markup, PreEscaped};
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream};

use addresses::{Piece, pieces};

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
    let text = kept(text);
    let mut out = String::with_capacity(text.len() * 2);
    pulldown_cmark::html::push_html(&mut out, autolinked(parsed(&text)).into_iter());
    // XSS: cleaned on this line by an allow-list of tags, attributes and schemes.
    PreEscaped(CLEANER.clean(&out).to_string())
}

fn parsed(text: &str) -> impl Iterator<Item = Event<'_>> {
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES;
    Parser::new_ext(text, options).map(plain)
}

/// The text with the lines that Markdown would swallow as words: `[1]: address`, and the mark of a signature, which would make
/// a heading of the line above it.
pub fn kept(text: &str) -> Cow<'_, str> {
    if !text.lines().any(|line| swallowed(line).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut is_code = false;
    for line in text.split_inclusive('\n') {
        let start = line.trim_start();
        if start.starts_with("```") || start.starts_with("~~~") {
            is_code = !is_code;
        }
        match swallowed(line).filter(|_| !is_code) {
            Some(at) => out.extend([&line[..at], "\\", &line[at..]]),
            None => out.push_str(line),
        }
    }
    Cow::Owned(out)
}

/// Where the words of such a line begin, behind the marks of a quotation.
fn swallowed(line: &str) -> Option<usize> {
    if line.starts_with("    ") || line.starts_with('\t') {
        return None;
    }
    let words = line.trim_start_matches(['>', ' ']);
    let is_definition = || {
        let (_, after) = words.strip_prefix('[')?.split_once(']')?;
        after.starts_with(':').then_some(())
    };
    let is_signature = words.trim_end() == "--";
    (is_signature || is_definition().is_some()).then(|| line.len() - words.len())
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
    let mut closed = 0_u32;
    // The parser cuts text at characters that might be marks, so an address may arrive in pieces.
    TextMergeStream::new(events)
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
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => out.push(Event::Text(text.to_owned().into())),
            Piece::Address(address) => out.extend(link(LinkType::Autolink, address)),
        }
    }
    out
}

/// A link that says where it leads.
fn link<'a>(link_type: LinkType, address: &str) -> [Event<'a>; 3] {
    [
        Event::Start(Tag::Link {
            link_type,
            dest_url: address.to_owned().into(),
            title: "".into(),
            id: "".into(),
        }),
        Event::Text(address.to_owned().into()),
        Event::End(TagEnd::Link),
    ]
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
    fn no_line_is_swallowed_as_a_mark() {
        assert_eq!(html("Grüße\n-- \nAnna"), "<p>Grüße<br>\n--<br>\nAnna</p>");
        let shown = html("Siehe [1].\n\n[1]: Dienstanweisung\n> [2]: Anlage");
        assert!(shown.contains("[1]: Dienstanweisung"), "{shown}");
        assert!(shown.contains("[2]: Anlage"), "{shown}");
        let code = html("```\n[1]: x\n```");
        assert!(code.contains("<code>[1]: x"), "{code}");
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
