//! Tables that hold data, told from those that only place things side by side.

use super::css;
use super::tree::{Element, Node, is_blank, text_of};

/// A cell with more text is no cell of a table of data.
const LONGEST_CELL: usize = 600;

/// Rows with their cells, of the table itself and not of tables in it.
pub(super) fn rows(table: &Element) -> Vec<&Element> {
    let mut rows = Vec::new();
    for part in table.children.iter().filter_map(Node::as_element) {
        match part.name.as_str() {
            "tr" => rows.push(part),
            "thead" | "tbody" | "tfoot" => rows.extend(
                part.children
                    .iter()
                    .filter_map(Node::as_element)
                    .filter(|row| row.name == "tr"),
            ),
            _ => {}
        }
    }
    rows
}

pub(super) fn cells(row: &Element) -> impl Iterator<Item = &Element> {
    let elements = row.children.iter().filter_map(Node::as_element);
    elements.filter(|cell| matches!(cell.name.as_str(), "td" | "th"))
}

/// Whether rows and columns mean something.
pub(super) fn is_data(table: &Element) -> bool {
    let role = table.attribute("role").unwrap_or_default();
    if role.eq_ignore_ascii_case("presentation") || role.eq_ignore_ascii_case("none") {
        return false;
    }
    if holds_table(&table.children) {
        return false;
    }
    let rows = rows(table);
    let filled: Vec<usize> = rows
        .iter()
        .map(|row| cells(row).filter(|cell| !is_blank(&cell.children)).count())
        .collect();
    let widest = filled.iter().copied().max().unwrap_or(0);
    if widest < 2 {
        return false;
    }
    let is_headed = table
        .children
        .iter()
        .any(|part| part.is("thead") || part.is("caption"))
        || rows
            .iter()
            .any(|row| cells(row).any(|cell| cell.name == "th"));
    if is_headed || is_ruled(table) {
        return true;
    }
    let longest = rows
        .iter()
        .flat_map(|row| cells(row))
        .map(|cell| text_of(&cell.children, LONGEST_CELL).len())
        .max()
        .unwrap_or(0);
    let wide_rows = filled.iter().filter(|n| **n >= 2).count();
    rows.len() >= 2 && wide_rows * 2 > rows.len() && longest < LONGEST_CELL
}

/// Lines around the cells are drawn for data.
fn is_ruled(table: &Element) -> bool {
    let class = table.attribute("class").unwrap_or_default();
    let border = table.attribute("border").unwrap_or_default().trim();
    let has_border = border.parse::<f32>().is_ok_and(|n| n > 0.0);
    let style = table.attribute("style").unwrap_or_default();
    let is_drawn = css::value(style, "border")
        .is_some_and(|line| line.contains("solid") && !line.starts_with('0'));
    class.contains("MsoTableGrid") || has_border || is_drawn
}

fn holds_table(nodes: &[Node]) -> bool {
    nodes
        .iter()
        .filter_map(Node::as_element)
        .any(|element| element.name == "table" || holds_table(&element.children))
}
