//! Notes and warnings of a page, however DocBook, Sphinx and others box them.

use scraper::{ElementRef, Node};

use super::block::{Block, Inline, Mark, is_blank, words};
use super::html::{Flow, Walker};
use super::report::What;
use super::table::rows_of;

/// Kinds of notes: how pages call them, and how Markdown does.
const KINDS: [(&str, &str); 10] = [
    ("note", "NOTE"),
    ("tip", "TIP"),
    ("hint", "TIP"),
    ("important", "IMPORTANT"),
    ("warning", "WARNING"),
    ("attention", "WARNING"),
    ("caution", "CAUTION"),
    ("danger", "CAUTION"),
    ("error", "CAUTION"),
    ("seealso", "NOTE"),
];

/// What notes are titled when nobody thought of a title; callouts are named by themselves.
const USUAL: [&str; 16] = [
    "note",
    "tip",
    "hint",
    "important",
    "warning",
    "attention",
    "caution",
    "danger",
    "error",
    "anmerkung",
    "hinweis",
    "tipp",
    "wichtig",
    "warnung",
    "achtung",
    "vorsicht",
];

impl Walker {
    /// Takes a note as what it is; false when it is none.
    pub(super) fn callout(
        &mut self,
        element: ElementRef<'_>,
        depth: usize,
        flow: &mut Flow,
    ) -> bool {
        let class = |class: &str| KINDS.iter().find(|(name, _)| *name == class);
        let Some((_, kind)) = element.value().classes().find_map(class) else {
            return false;
        };
        let mut parts = element.children().filter(|node| match node.value() {
            Node::Text(text) => !text.trim().is_empty(),
            Node::Element(_) => true,
            _ => false,
        });
        // A table and nothing else.
        let only = parts.next().filter(|_| parts.next().is_none());
        let boxed = only.and_then(ElementRef::wrap);
        let boxed = boxed
            .filter(|part| part.value().name() == "table")
            .map(rows_of);
        let boxed = boxed.filter(|rows| rows.len() > 1);
        let mut inner = Flow::default();
        self.nested += 1;
        match boxed {
            Some(rows) => self.boxed(&rows, depth, &mut inner),
            None => self.titled(element, depth, &mut inner),
        }
        self.nested -= 1;
        self.end_line(&mut inner);
        if !inner.blocks.is_empty() {
            self.remarks.count(What::Callouts, 1);
            self.push(flow, Block::Quote(Some(kind), inner.blocks));
        }
        true
    }

    /// A note that DocBook lays out as a table: a sign, a title, and what it says in the last cell.
    fn boxed(&mut self, rows: &[(bool, Vec<ElementRef<'_>>)], depth: usize, inner: &mut Flow) {
        let cells: Vec<ElementRef<'_>> = rows.iter().flat_map(|(_, c)| c.clone()).collect();
        self.remarks.count(What::CalloutCells, cells.len());
        let mut sign = None;
        for (place, cell) in cells.iter().enumerate() {
            self.note_place(*cell);
            if place + 1 == cells.len() {
                self.flow(*cell, depth + 3, inner);
                continue;
            }
            let mut line = Vec::new();
            self.inline(*cell, depth + 3, &mut line);
            line.retain(|inline| match inline {
                Inline::Image { text, .. } => {
                    sign = Some(text.trim_matches(['[', ']']).to_owned());
                    self.remarks.count(What::CalloutImages, 1);
                    false
                }
                _ => true,
            });
            if is_blank(&line) {
                continue;
            }
            self.titled_by(line, sign.as_deref(), inner);
        }
    }

    fn titled(&mut self, element: ElementRef<'_>, depth: usize, inner: &mut Flow) {
        let is_title = |part: &ElementRef<'_>| {
            let mut classes = part.value().classes();
            let name = part.value().name();
            matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
                || classes.any(|class| matches!(class, "title" | "admonition-title"))
        };
        let title = element
            .children()
            .filter_map(ElementRef::wrap)
            .next()
            .filter(is_title);
        let Some(title) = title else {
            return self.flow(element, depth, inner);
        };
        self.note_place(title);
        let mut line = Vec::new();
        self.inline(title, depth + 1, &mut line);
        if title.value().name().len() == 2 {
            self.remarks.count(What::CalloutHeadings, 1);
        }
        self.titled_by(line, None, inner);
        self.flow_after(title, depth, inner);
    }

    fn titled_by(&mut self, line: Vec<Inline>, sign: Option<&str>, inner: &mut Flow) {
        let said = words(&line);
        let is_usual = sign == Some(said.as_str()) || USUAL.contains(&said.to_lowercase().as_str());
        if is_usual {
            self.remarks.count(What::CalloutTitles, 1);
            return;
        }
        inner.line.push(Inline::Marked(Mark::Strong, line));
        self.end_line(inner);
    }

    fn flow_after(&mut self, title: ElementRef<'_>, depth: usize, inner: &mut Flow) {
        for node in title.next_siblings() {
            match ElementRef::wrap(node) {
                Some(part) => self.element(part, depth + 1, inner),
                None => {
                    if let Node::Text(text) = node.value() {
                        inner.line.push(Inline::Text(text.to_string()));
                    }
                }
            }
        }
    }
}
