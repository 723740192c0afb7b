//! Plain text as paragraphs, lists and quotations; nothing but `- ` and `>` at the beginning of a line is a mark in it.

use maud::{Markup, html};

use crate::web::markdown::addresses::{Piece, pieces};
use crate::web::markdown::outgoing::QUOTED;

/// Quotations within each other; what is quoted deeper keeps its marks.
const DEEPEST: usize = 8;

/// Lines that belong together.
enum Block<'a> {
    Paragraph(Vec<&'a str>),
    /// The lines of each entry.
    List(Vec<Vec<&'a str>>),
    Quotation(Vec<&'a str>),
}

/// The text with every word as it stands; an address is a link where `leads` says yes.
pub(super) fn plain(text: &str, leads: &dyn Fn(&str) -> bool) -> Markup {
    shown(&text.lines().collect::<Vec<_>>(), leads, 0)
}

fn shown(lines: &[&str], leads: &dyn Fn(&str) -> bool, depth: usize) -> Markup {
    html! {
        @for block in blocks(lines, depth) {
            @match block {
                Block::Paragraph(lines) => { p { (broken(&lines, leads)) } }
                Block::List(entries) => { ul { @for lines in &entries { li { (broken(lines, leads)) } } } }
                Block::Quotation(lines) => { blockquote style=(QUOTED) { (shown(&lines, leads, depth + 1)) } }
            }
        }
    }
}

fn blocks<'a>(lines: &[&'a str], depth: usize) -> Vec<Block<'a>> {
    let mut out: Vec<Block<'a>> = Vec::new();
    let mut is_apart = true;
    for line in lines {
        let last = out.last_mut().filter(|_| !is_apart);
        is_apart = line.trim().is_empty();
        if is_apart {
            continue;
        }
        let quoted = line.strip_prefix('>').filter(|_| depth < DEEPEST);
        let indented = line.strip_prefix("  ");
        match (last, quoted, line.strip_prefix("- "), indented) {
            (Some(Block::Quotation(lines)), Some(quoted), ..) => lines.push(unspaced(quoted)),
            (_, Some(quoted), ..) => out.push(Block::Quotation(vec![unspaced(quoted)])),
            (Some(Block::List(entries)), _, Some(entry), _) => entries.push(vec![entry]),
            // The mark of a signature has nothing behind it.
            (_, _, Some(entry), _) if !entry.trim().is_empty() => {
                out.push(Block::List(vec![vec![entry]]));
            }
            (Some(Block::List(entries)), _, _, Some(more)) => {
                if let Some(entry) = entries.last_mut() {
                    entry.push(more);
                }
            }
            (Some(Block::Paragraph(lines)), ..) => lines.push(line),
            _ => out.push(Block::Paragraph(vec![line])),
        }
    }
    out
}

fn unspaced(quoted: &str) -> &str {
    quoted.strip_prefix(' ').unwrap_or(quoted)
}

fn broken(lines: &[&str], leads: &dyn Fn(&str) -> bool) -> Markup {
    html! {
        @for (at, line) in lines.iter().enumerate() {
            @if at > 0 { br; }
            @for piece in pieces(line.trim()) {
                @match piece {
                    Piece::Address(address) => {
                        @if leads(address) { a href=(address) { (address) } } @else { (address) }
                    }
                    Piece::Text(text) => { (text) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        plain(text, &|address| {
            address.starts_with("https://desk.example/")
        })
        .into_string()
    }

    #[test]
    fn lines_become_paragraphs_lists_and_quotations() {
        assert_eq!(
            html("Neues:\n- eins\n- zwei\n  weiter\nEnde\n\n1. <b>*fett*</b>\n-- \nAnna"),
            "<p>Neues:</p><ul><li>eins</li><li>zwei<br>weiter</li></ul><p>Ende</p>\
             <p>1. &lt;b&gt;*fett*&lt;/b&gt;<br>--<br>Anna</p>"
        );
        let quoted = html("> a\n>\n> > b\n>c");
        let quote = format!("<blockquote style=\"{QUOTED}\">");
        assert_eq!(
            quoted,
            format!("{quote}<p>a</p>{quote}<p>b</p></blockquote><p>c</p></blockquote>")
        );
    }

    #[test]
    fn only_what_is_ours_becomes_a_link() {
        assert_eq!(
            html("https://desk.example/tickets/1?a=1&b=2 und https://x.example"),
            "<p><a href=\"https://desk.example/tickets/1?a=1&amp;b=2\">https://desk.example/tickets/1?a=1&amp;b=2</a> und \
             https://x.example</p>"
        );
        assert!(html(&">".repeat(100_000)).contains("&gt;"));
    }
}
