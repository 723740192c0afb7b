//! Tables and definitions of a page.

use scraper::ElementRef;

use super::block::{Block, Inline, Mark, Table, is_blank};
use super::html::{Flow, Walker};
use super::report::What;

/// Columns and cells beyond which a table is none that anybody reads as one.
const MOST_COLUMNS: usize = 60;
const MOST_CELLS: usize = 20_000;

impl Walker {
    pub(super) fn table(&mut self, element: ElementRef<'_>, depth: usize, flow: &mut Flow) {
        let rows = rows_of(element);
        let cells = || rows.iter().flat_map(|(_, cells)| cells);
        let width = rows
            .iter()
            .map(|(_, cells)| cells.iter().map(|c| spans(*c).0).sum::<usize>());
        let width = width.max().unwrap_or(0);
        let is_layout = matches!(element.attr("role"), Some("presentation" | "none"))
            || cells().count() == 1
            || width > MOST_COLUMNS
            || width * rows.len() > MOST_CELLS;
        let captions = children(element, "caption");
        for caption in captions {
            self.note_place(caption);
            let mut line = Vec::new();
            self.inline(caption, depth + 1, &mut line);
            flow.line.push(Inline::Marked(Mark::Strong, line));
            self.end_line(flow);
        }
        if is_layout {
            for cell in cells() {
                self.remarks.count(What::TableCellsUnfolded, 1);
                self.note_place(*cell);
                self.flow(*cell, depth + 2, flow);
                self.end_line(flow);
            }
            return;
        }
        let table = self.cells(&rows, depth);
        if !table.head.is_empty() || !table.rows.is_empty() {
            self.push(flow, Block::Table(table));
        }
    }

    fn cells(&mut self, rows: &[(bool, Vec<ElementRef<'_>>)], depth: usize) -> Table {
        let mut table = Table::default();
        // How many rows below each column is still taken.
        let mut taken: Vec<usize> = Vec::new();
        let mut given = 0;
        for (place, (in_head, cells)) in rows.iter().enumerate() {
            let is_head = place == 0
                && !cells.is_empty()
                && (*in_head || cells.iter().all(|cell| cell.value().name() == "th"));
            let mut row: Vec<Vec<Inline>> = Vec::new();
            let skip = |row: &mut Vec<Vec<Inline>>, taken: &mut Vec<usize>| {
                while let Some(rows) = taken.get_mut(row.len()).filter(|rows| **rows > 0) {
                    *rows -= 1;
                    row.push(vec![]);
                }
            };
            for cell in cells {
                skip(&mut row, &mut taken);
                self.note_place(*cell);
                let mut line = Vec::new();
                self.inline(*cell, depth + 2, &mut line);
                if cell.value().name() == "th" && !is_head && !is_blank(&line) {
                    self.remarks.count(What::RowHeads, 1);
                    line = vec![Inline::Marked(Mark::Strong, line)];
                }
                given += 1;
                let (columns, below) = spans(*cell);
                for column in 0..columns {
                    let at = row.len();
                    if taken.len() <= at {
                        taken.resize(at + 1, 0);
                    }
                    taken[at] = below - 1;
                    row.push(if column == 0 {
                        std::mem::take(&mut line)
                    } else {
                        vec![]
                    });
                }
            }
            skip(&mut row, &mut taken);
            // A head that says nothing is not shown.
            match is_head && row.iter().any(|cell| !is_blank(cell)) {
                true => table.head = row,
                false => table.rows.push(row),
            }
        }
        let width = table
            .rows
            .iter()
            .map(Vec::len)
            .chain([table.head.len()])
            .max();
        let rows = table.rows.len() + usize::from(!table.head.is_empty());
        let added = (width.unwrap_or(0) * rows).saturating_sub(given);
        self.remarks.count(What::CellsAdded, added);
        table
    }

    /// Terms and what they mean as a list: each term in bold, below it what it means.
    pub(super) fn definitions(&mut self, element: ElementRef<'_>, depth: usize, flow: &mut Flow) {
        let mut parts = Vec::new();
        for child in element.children().filter_map(ElementRef::wrap) {
            match child.value().name() {
                "div" => parts.extend(child.children().filter_map(ElementRef::wrap)),
                _ => parts.push(child),
            }
        }
        let is_outline = is_outline(&parts);
        self.nested += 1;
        let mut items: Vec<Vec<Block>> = Vec::new();
        // Terms of the item that still lacks its meaning.
        let mut terms: Vec<Inline> = Vec::new();
        for part in parts {
            if self.is_dropped(part) {
                continue;
            }
            self.note_place(part);
            let mut inner = Flow::default();
            if part.value().name() == "dt" {
                let mut line = Vec::new();
                self.inline(part, depth + 1, &mut line);
                if is_blank(&line) {
                    continue;
                }
                if !terms.is_empty() {
                    terms.push(Inline::Break);
                }
                if is_outline {
                    inner.line = line;
                    self.end_line(&mut inner);
                    items.push(inner.blocks);
                } else {
                    terms.push(Inline::Marked(Mark::Strong, line));
                }
                continue;
            }
            let had_terms = !terms.is_empty();
            inner.line = std::mem::take(&mut terms);
            self.end_line(&mut inner);
            match part.value().name() {
                "dd" => self.flow(part, depth + 1, &mut inner),
                // What stands between terms belongs to the one before it.
                _ => self.element(part, depth + 1, &mut inner),
            }
            self.end_line(&mut inner);
            match items.last_mut().filter(|_| !had_terms) {
                Some(last) => last.extend(inner.blocks),
                None if inner.blocks.is_empty() => {}
                None => items.push(inner.blocks),
            }
        }
        if !terms.is_empty() {
            let mut inner = Flow {
                line: terms,
                ..Flow::default()
            };
            self.end_line(&mut inner);
            items.push(inner.blocks);
        }
        self.nested -= 1;
        if !items.is_empty() {
            self.remarks.count(What::DefinitionLists, 1);
            self.remarks.count(What::DefinitionItems, items.len());
            self.push(flow, Block::List(None, items));
        }
    }
}

/// Whether it is a table of contents or an index: terms under terms, and nothing said of them.
fn is_outline(parts: &[ElementRef<'_>]) -> bool {
    parts
        .iter()
        .filter(|part| part.value().name() == "dd")
        .all(|meaning| {
            meaning.children().all(|node| match ElementRef::wrap(node) {
                Some(element) => element.value().name() == "dl",
                None => match node.value() {
                    scraper::Node::Text(text) => text.trim().is_empty(),
                    _ => true,
                },
            })
        })
}

fn children<'a>(of: ElementRef<'a>, name: &'static str) -> impl Iterator<Item = ElementRef<'a>> {
    let elements = of.children().filter_map(ElementRef::wrap);
    elements.filter(move |element| element.value().name() == name)
}

/// The rows of a table with their cells, and whether each stands in its head.
pub fn rows_of(table: ElementRef<'_>) -> Vec<(bool, Vec<ElementRef<'_>>)> {
    let mut rows = Vec::new();
    for part in table.children().filter_map(ElementRef::wrap) {
        match part.value().name() {
            "tr" => rows.push((false, cells_of(part))),
            "thead" => rows.extend(children(part, "tr").map(|row| (true, cells_of(row)))),
            "tbody" | "tfoot" => {
                rows.extend(children(part, "tr").map(|row| (false, cells_of(row))))
            }
            _ => {}
        }
    }
    rows
}

fn cells_of(row: ElementRef<'_>) -> Vec<ElementRef<'_>> {
    let elements = row.children().filter_map(ElementRef::wrap);
    elements
        .filter(|cell| matches!(cell.value().name(), "td" | "th"))
        .collect()
}

/// Over how many columns and rows a cell goes.
fn spans(cell: ElementRef<'_>) -> (usize, usize) {
    let number = |name: &str, most: usize| {
        let number = cell.attr(name).and_then(|text| text.trim().parse().ok());
        number.unwrap_or(1_usize).clamp(1, most)
    };
    (number("colspan", MOST_COLUMNS), number("rowspan", 1_000))
}
