//! What stands within a line of a page, and what has to: headings, cells and terms hold no blocks in Markdown.

use scraper::{ElementRef, Node};

use super::block::{Inline, Mark, is_blank, one_line, words};
use super::element::is_block;
use super::html::Walker;
use super::report::What;

/// Elements within each other in one line.
const MOST_DEPTH: usize = 100;

impl Walker {
    /// What an element holds, in one line.
    pub fn inline(&mut self, of: ElementRef<'_>, depth: usize, line: &mut Vec<Inline>) {
        if depth > MOST_DEPTH {
            self.remarks.count(What::TooDeep, 1);
            line.push(Inline::Text(of.text().collect()));
            return;
        }
        for node in of.children() {
            match node.value() {
                Node::Text(text) => line.push(Inline::Text(text.to_string())),
                Node::Element(_) => {
                    if let Some(element) = ElementRef::wrap(node)
                        && !self.is_dropped(element)
                    {
                        self.note_place(element);
                        self.inline_element(element, depth + 1, line);
                    }
                }
                _ => {}
            }
        }
    }

    /// An element within a line; whether it belongs to the text was asked.
    pub fn inline_element(
        &mut self,
        element: ElementRef<'_>,
        depth: usize,
        line: &mut Vec<Inline>,
    ) {
        let name = element.value().name();
        let inner = |walker: &mut Walker| {
            let mut inner = Vec::new();
            walker.inline(element, depth, &mut inner);
            inner
        };
        match name {
            "b" | "strong" => line.push(Inline::Marked(Mark::Strong, inner(self))),
            "i" | "em" | "cite" | "dfn" | "var" => {
                line.push(Inline::Marked(Mark::Emphasis, inner(self)));
            }
            "s" | "del" | "strike" => line.push(Inline::Marked(Mark::Struck, inner(self))),
            "code" | "kbd" | "samp" | "tt" => line.extend(as_code(inner(self))),
            "q" => {
                line.push(Inline::Text("\u{201e}".to_owned()));
                line.extend(inner(self));
                line.push(Inline::Text("\u{201c}".to_owned()));
            }
            "sup" => line.extend(raised(inner(self), &SUPERSCRIPT)),
            "sub" => line.extend(raised(inner(self), &SUBSCRIPT)),
            "br" => line.push(Inline::Break),
            "img" => line.push(Inline::Image {
                from: element.attr("src").unwrap_or_default().trim().to_owned(),
                text: one_line(element.attr("alt").unwrap_or_default()),
            }),
            "a" => match element.attr("href") {
                Some(to) => {
                    let inner = inner(self);
                    self.link(to, inner, line);
                }
                None => line.extend(inner(self)),
            },
            _ if is_block(name) || matches!(name, "td" | "th" | "tr" | "caption") => {
                self.block_in_line(name, element, inner, line);
            }
            _ => line.extend(inner(self)),
        }
    }

    fn link(&mut self, to: &str, inner: Vec<Inline>, line: &mut Vec<Inline>) {
        if is_blank(&inner) {
            self.remarks.count(What::EmptyLinks, 1);
            line.extend(inner);
            return;
        }
        line.push(Inline::Link(to.trim().to_owned(), inner));
    }

    /// Its words, apart from those around it.
    fn block_in_line(
        &mut self,
        name: &str,
        element: ElementRef<'_>,
        inner: impl Fn(&mut Walker) -> Vec<Inline>,
        line: &mut Vec<Inline>,
    ) {
        let space = || Inline::Text(" ".to_owned());
        line.push(space());
        match name {
            "li" => {
                self.remarks.count(What::ListsInCells, 1);
                line.push(Inline::Text("\u{2022} ".to_owned()));
                line.extend(inner(self));
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.remarks.count(What::HeadingsInCells, 1);
                line.push(Inline::Marked(Mark::Strong, inner(self)));
            }
            "td" | "th" => {
                self.remarks.count(What::TablesInCells, 1);
                line.extend(inner(self));
            }
            "pre" | "listing" | "xmp" | "plaintext" => {
                self.remarks.count(What::CodeInCells, 1);
                self.look_into_code(element);
                let text: String = element.text().collect();
                line.push(Inline::Code(one_line(&text)));
            }
            "hr" => {}
            _ => line.extend(inner(self)),
        }
        line.push(space());
    }
}

/// Words as code; what is no words stays.
fn as_code(inner: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for inline in inner {
        match (inline, out.last_mut()) {
            (Inline::Text(text), Some(Inline::Code(last))) => last.push_str(&text),
            (Inline::Code(text), Some(Inline::Code(last))) => last.push_str(&text),
            (Inline::Text(text) | Inline::Code(text), _) => out.push(Inline::Code(text)),
            (Inline::Link(to, inner), _) => out.push(Inline::Link(to, as_code(inner))),
            (Inline::Marked(_, inner), _) => {
                let mut inner = as_code(inner).into_iter();
                if let Some(Inline::Code(last)) = out.last_mut()
                    && let Some(first) = inner.next()
                {
                    match first {
                        Inline::Code(text) => last.push_str(&text),
                        other => out.push(other),
                    }
                }
                out.extend(inner);
            }
            (other, _) => out.push(other),
        }
    }
    // A space at the edge of code belongs to the sentence around it.
    let apart = |inline: Inline| match inline {
        Inline::Code(text) => {
            let space = |is_there: bool| is_there.then(|| Inline::Text(" ".to_owned()));
            let before = space(text.starts_with(|c: char| c.is_ascii_whitespace()));
            let after = space(text.ends_with(|c: char| c.is_ascii_whitespace()));
            let words = text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
            let code = (!words.is_empty()).then_some(Inline::Code(words));
            before.into_iter().chain(code).chain(after).collect()
        }
        other => vec![other],
    };
    out.into_iter().flat_map(apart).collect()
}

const SUPERSCRIPT: [(char, char); 13] = [
    ('0', '\u{2070}'),
    ('1', '\u{b9}'),
    ('2', '\u{b2}'),
    ('3', '\u{b3}'),
    ('4', '\u{2074}'),
    ('5', '\u{2075}'),
    ('6', '\u{2076}'),
    ('7', '\u{2077}'),
    ('8', '\u{2078}'),
    ('9', '\u{2079}'),
    ('+', '\u{207a}'),
    ('-', '\u{207b}'),
    ('n', '\u{207f}'),
];

const SUBSCRIPT: [(char, char); 12] = [
    ('0', '\u{2080}'),
    ('1', '\u{2081}'),
    ('2', '\u{2082}'),
    ('3', '\u{2083}'),
    ('4', '\u{2084}'),
    ('5', '\u{2085}'),
    ('6', '\u{2086}'),
    ('7', '\u{2087}'),
    ('8', '\u{2088}'),
    ('9', '\u{2089}'),
    ('+', '\u{208a}'),
    ('-', '\u{208b}'),
];

/// Raised or lowered where there are such letters for all of it; Markdown knows neither.
fn raised(inner: Vec<Inline>, letters: &[(char, char)]) -> Vec<Inline> {
    let has_more = inner
        .iter()
        .any(|inline| !matches!(inline, Inline::Text(_)));
    let text = words(&inner);
    let find = |c: char| {
        letters
            .iter()
            .find(|(plain, _)| *plain == c)
            .map(|(_, to)| *to)
    };
    let raised: Option<String> = text.chars().map(find).collect();
    match raised {
        Some(raised) if !has_more && !raised.is_empty() => vec![Inline::Text(raised)],
        _ => inner,
    }
}
