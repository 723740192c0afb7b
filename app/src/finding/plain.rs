//! Texts as an index takes them in: without marks, and without what was only quoted.

use pulldown_cmark::{Event, Options, Parser, TagEnd};

/// The most characters of one text; what lies behind is not found.
const MOST: usize = 200_000;

/// Markdown as words.
pub fn of_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_GFM;
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Text(part) | Event::Code(part) | Event::Html(part) | Event::InlineHtml(part) => {
                out.push_str(&part);
            }
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::TableCell) => out.push(' '),
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::CodeBlock
                | TagEnd::TableRow
                | TagEnd::TableHead,
            ) => out.push('\n'),
            _ => {}
        }
        if out.len() > MOST {
            break;
        }
    }
    out
}

/// A message without the lines it quotes of those before it, which are found themselves.
pub fn of_message(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(MOST));
    let lines = text.lines().filter(|line| !line.starts_with('>'));
    for line in lines {
        out.push_str(line);
        out.push('\n');
        if out.len() > MOST {
            break;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_found_by_its_words() {
        let text = "## Ablauf\n\n1. Erst **sichern**\n2. dann `löschen`\n\n| A | B |\n|---|---|\n| c | d |\n";
        let words: Vec<String> = of_markdown(text)
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        assert_eq!(
            words,
            [
                "Ablauf", "Erst", "sichern", "dann", "löschen", "A", "B", "c", "d"
            ]
        );
    }

    #[test]
    fn what_is_quoted_is_found_where_it_was_written() {
        assert_eq!(
            of_message("Danke!\n> Guten Tag\n>> alt\nGruß"),
            "Danke!\nGruß\n"
        );
    }
}
