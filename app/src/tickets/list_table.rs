//! The table of the list: one row a ticket, in the columns that were chosen.

use entities::ticket::group::{Group, Head};
use entities::ticket::list::Row;
use entities::view::ListColumn;
use maud::{Markup, html};

use super::list_cell::{cell, columns, head};
use super::list_few_facets::due_words;
use super::list_sheet::Sheet;
use crate::web::cx::Cx;
use crate::web::parts::foreign;

/// The table `#list-table`.
pub fn list_table(cx: &Cx, sheet: &Sheet) -> Markup {
    let query = &sheet.query;
    let columns = columns(query, &sheet.fields);
    let is_usual = query.column.is_empty();
    html! {
        table class={ "grid" @if is_usual { " grid--usual" } } id="list-table" {
            caption class="sr" { (sheet.name) }
            thead { tr {
                th scope="col" data-col="check" { input class="check" type="checkbox" data-all aria-label=(cx.t("list-choose-all")); }
                @for column in &columns { (head(cx, query, column, &sheet.fields)) }
            } }
            tbody data-rows {
                @for (place, row) in sheet.page.rows.iter().enumerate() {
                    @for head in sheet.heads.iter().filter(|head| head.at == place) { (group(cx, head, columns.len() + 1)) }
                    (list_row(cx, sheet, row, &columns))
                }
            }
        }
    }
}

/// The heading of a group across all columns.
fn group(cx: &Cx, head: &Head, width: usize) -> Markup {
    html! {
        tr class="group" {
            th colspan=(width) scope="colgroup" {
                @match (head.group, &head.name) {
                    (Group::Due(due), _) => (due_words(cx, due)),
                    (_, Some(name)) => (foreign(name)),
                    (_, None) => (cx.t("list-group-none")),
                }
                " " span class="muted" { (cx.locale.number(head.count)) }
            }
        }
    }
}

fn list_row(cx: &Cx, sheet: &Sheet, row: &Row, columns: &[ListColumn]) -> Markup {
    let choose = cx
        .locale
        .t_with("list-choose", &[("number", row.number.as_str().into())]);
    html! {
        tr id={ "row-" (row.id) } class=[row.is_unread().then_some("is-unread")] {
            td data-col="check" { input class="check" type="checkbox" name="id" value=(row.id) aria-label=(choose); }
            @for column in columns { (cell(cx, &sheet.query, row, column, (&sheet.fields, &sheet.rules))) }
        }
    }
}
