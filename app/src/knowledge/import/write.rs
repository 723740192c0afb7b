//! Blocks as Markdown, so that reading it gives the same blocks again.

use super::block::{Block, Inline, Table};
use super::escape::longest_run;
use super::line::{At, line};

/// The Markdown of a page, with a line break at its end unless it is empty.
pub fn markdown(blocks: &[Block]) -> String {
    let mut text = lines(blocks).join("\n");
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

fn lines(blocks: &[Block]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut other_marker = false;
    let mut before: Option<&Block> = None;
    for block in blocks {
        // Two lists one after the other would be one, were they marked alike.
        other_marker = match (before, block) {
            (Some(Block::List(a, _)), Block::List(b, _)) if a.is_some() == b.is_some() => {
                !other_marker
            }
            _ => false,
        };
        let written = match block {
            Block::Heading(level, text) => heading(*level, text),
            Block::Paragraph(text) => paragraph(text),
            Block::List(start, items) => list(*start, items, other_marker),
            Block::Quote(kind, inner) => quote(*kind, inner),
            Block::Code(language, text) => code(language, text),
            Block::Table(shown) => table(shown),
            // Of dashes it could underline a heading, of stars begin a list.
            Block::Rule => vec!["___".to_owned()],
        };
        if written.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(String::new());
        }
        out.extend(written);
        before = Some(block);
    }
    out
}

fn heading(level: u8, text: &[Inline]) -> Vec<String> {
    let text = line(text, At::Heading);
    match text.is_empty() {
        true => vec![],
        false => vec![format!("{} {text}", "#".repeat(level.clamp(1, 6).into()))],
    }
}

fn paragraph(text: &[Inline]) -> Vec<String> {
    let text = line(text, At::Paragraph);
    match text.is_empty() {
        true => vec![],
        false => text.split('\n').map(str::to_owned).collect(),
    }
}

fn list(start: Option<u64>, items: &[Vec<Block>], other: bool) -> Vec<String> {
    let is_tight = items.iter().all(|item| is_tight(item));
    let mut out = Vec::new();
    for (place, item) in (0_u64..).zip(items) {
        let marker = match (start, other) {
            (None, false) => "-".to_owned(),
            (None, true) => "*".to_owned(),
            // Longer numbers than these begin no list.
            (Some(start), false) => format!("{}.", (start + place).min(999_999_999)),
            (Some(start), true) => format!("{})", (start + place).min(999_999_999)),
        };
        if !is_tight && place > 0 {
            out.push(String::new());
        }
        let inner = match is_tight {
            true => close_lines(item),
            false => lines(item),
        };
        let indent = " ".repeat(marker.len() + 1);
        if inner.is_empty() {
            out.push(marker);
            continue;
        }
        for (place, text) in inner.into_iter().enumerate() {
            out.push(match (place, text.is_empty()) {
                (0, _) => format!("{marker} {text}"),
                (_, true) => String::new(),
                (_, false) => format!("{indent}{text}"),
            });
        }
    }
    out
}

/// Whether an item needs no empty lines: a line, or a line and a list below it.
fn is_tight(item: &[Block]) -> bool {
    match item {
        [] | [Block::Paragraph(_)] => true,
        [Block::Paragraph(text), Block::List(start, items)] => {
            let may_follow = start.is_none_or(|start| start == 1);
            may_follow && !paragraph(text).is_empty() && items.iter().all(|item| is_tight(item))
        }
        _ => false,
    }
}

fn close_lines(item: &[Block]) -> Vec<String> {
    item.iter()
        .flat_map(|block| match block {
            Block::Paragraph(text) => paragraph(text),
            Block::List(start, items) => list(*start, items, false),
            _ => vec![],
        })
        .collect()
}

fn quote(kind: Option<&str>, inner: &[Block]) -> Vec<String> {
    let kind = kind.map(|kind| format!("> [!{kind}]"));
    let inner = lines(inner).into_iter().map(|text| match text.is_empty() {
        true => ">".to_owned(),
        false => format!("> {text}"),
    });
    let inner: Vec<String> = inner.collect();
    match inner.is_empty() {
        true => vec![],
        false => kind.into_iter().chain(inner).collect(),
    }
}

fn code(language: &str, text: &str) -> Vec<String> {
    let fence = "`".repeat((longest_run(text) + 1).max(3));
    let mut out = vec![format!("{fence}{language}")];
    out.extend(text.split('\n').map(str::to_owned));
    out.push(fence);
    out
}

fn table(table: &Table) -> Vec<String> {
    let rows = table.rows.iter().map(Vec::len);
    let width = rows.chain([table.head.len()]).max().unwrap_or(0);
    if width == 0 {
        return vec![];
    }
    let row = |cells: &[Vec<Inline>]| {
        let cells = (0..width).map(|place| cells.get(place).map(Vec::as_slice));
        let texts = cells.map(|cell| line(cell.unwrap_or_default(), At::Cell));
        format!("| {} |", texts.collect::<Vec<_>>().join(" | "))
    };
    let mut out = vec![row(&table.head), format!("|{}", " --- |".repeat(width))];
    out.extend(table.rows.iter().map(|cells| row(cells)));
    out
}
