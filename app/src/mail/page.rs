//! The HTML part of a mail, made of its text: the same words for programs that show marks, lists and links.

mod plain;

use maud::{DOCTYPE, Markup, html};

use super::quote;
use crate::locale::Locale;
use crate::web::markdown::outgoing;

/// Longer texts leave as plain text alone.
pub const MOST_BYTES: usize = 500_000;

/// The reader's own colours, and lines that fit into a narrow window.
const BODY: &str = "margin:0;padding:8px;font-family:Arial,Helvetica,sans-serif;font-size:15px;line-height:1.5;\
                    overflow-wrap:anywhere;word-wrap:break-word";
const COLUMN: &str = "max-width:45em";
const SIGNATURE: &str = "margin:1em 0;font-size:14px";

/// Who wrote a text; that is how it is read.
pub enum By<'a> {
    /// A person, in Markdown. What they answer or send on is quoted below it, as it was written.
    Person,
    /// The desk, in plain words. Titles that others wrote stand in them, so links are what this says yes to.
    Desk(&'a dyn Fn(&str) -> bool),
}

/// The page of a text in that language; none of one that is too long.
#[must_use]
pub fn page(text: &str, locale: Locale, by: &By<'_>) -> Option<String> {
    if text.len() > MOST_BYTES {
        return None;
    }
    let content = match by {
        By::Person => person(text),
        By::Desk(leads) => plain::plain(text, *leads),
    };
    let page = html! {
        (DOCTYPE)
        html lang=(locale.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                // Programs that know it leave dark to the reader, and do not turn colours around by themselves.
                meta name="color-scheme" content="light dark";
                meta name="supported-color-schemes" content="light dark";
            }
            body style=(BODY) { div style=(COLUMN) { (content) } }
        }
    };
    Some(page.into_string())
}

fn person(text: &str) -> Markup {
    let (own, quoted) = match quote::answered(text) {
        Some((own, quoted)) => (own, quoted),
        None => sent_on(text),
    };
    let (said, signature) = signed(own);
    html! {
        (outgoing::render(said))
        @if !signature.is_empty() { div style=(SIGNATURE) { (plain::plain(signature, &|_| true)) } }
        (plain::plain(quoted, &|_| true))
    }
}

/// A text and the quoted lines that it ends with.
fn sent_on(text: &str) -> (&str, &str) {
    let mut start = 0;
    let mut cut = None;
    for line in text.split_inclusive('\n') {
        if line.starts_with('>') {
            cut = cut.or(Some(start));
        } else if !line.trim().is_empty() {
            cut = None;
        }
        start += line.len();
    }
    text.split_at(cut.unwrap_or(text.len()))
}

/// A text and the signature behind it, from its mark on.
fn signed(text: &str) -> (&str, &str) {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_end() == "--" && line.starts_with('-') {
            return text.split_at(start);
        }
        start += line.len();
    }
    (text, "")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn content(text: &str) -> String {
        let page = page(text, Locale::De, &By::Person).unwrap();
        let (_, content) = page.split_once("max-width:45em\">").unwrap();
        content
            .strip_suffix("</div></body></html>")
            .unwrap()
            .to_owned()
    }

    #[test]
    fn what_is_quoted_says_what_was_written_and_the_signature_stands_by_itself() {
        let text = "Guten Tag **Frau Groß**\n\n-- \nAnnika Brandt\nhttps://amt.example\n\nAm 1.3.2026 schrieb Jan:\n\
                    > 2 * 3 * 4 [Klick](https://x.example)\n>\n> > älter\n";
        let shown = content(text);
        let link = "<a href=\"https://amt.example\">https://amt.example</a>";
        assert!(shown.contains("<strong>Frau Groß</strong>"), "{shown}");
        assert!(
            shown.contains(&format!("--<br>Annika Brandt<br>{link}</p></div>")),
            "{shown}"
        );
        assert!(shown.contains("2 * 3 * 4 [Klick]("), "{shown}");
        assert_eq!(shown.matches("<blockquote").count(), 2, "{shown}");
        assert!(shown.contains("<p>Am 1.3.2026 schrieb Jan:</p>"), "{shown}");
    }

    #[test]
    fn what_a_person_quotes_between_their_own_lines_stays_there() {
        let shown = content("> Geht das?\n\n**Ja.**\n\nGesendet:\n\n> *alt*\n");
        let (first, rest) = shown.split_once("<strong>Ja.</strong>").unwrap();
        assert!(first.contains("<blockquote"), "{shown}");
        assert!(rest.contains("*alt*"), "{shown}");
    }

    #[test]
    fn a_text_that_is_too_long_has_no_page() {
        let long = "Wort ".repeat(100_001);
        assert!(page(&long, Locale::De, &By::Person).is_none());
        let marks = "> ".repeat(50_000) + &"[".repeat(100_000);
        assert!(page(&marks, Locale::De, &By::Person).is_some());
    }
}
