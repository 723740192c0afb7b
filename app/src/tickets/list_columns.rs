//! Choosing the columns of the list.

use entities::view::ListColumn;
use maud::{Markup, html};

use super::list_cell::{column_words, columns};
use super::list_fields::ListFields;
use super::list_query::ListQuery;
use crate::web::cx::Cx;
use crate::web::parts::{Look, icon, submit};
use crate::web::url;

/// The menu `#list-columns`: what can have a column, in the order in which the columns stand.
pub fn list_columns(cx: &Cx, query: &ListQuery, fields: &ListFields) -> Markup {
    let shown = columns(query, fields);
    let own = fields
        .all
        .iter()
        .map(|f| ListColumn::Field(f.row.key.clone()));
    let offered: Vec<ListColumn> = ListColumn::FACTS.into_iter().chain(own).collect();
    let rest = ListQuery {
        column: Vec::new(),
        ..query.first_page()
    };
    html! {
        details class="menu" id="list-columns" {
            summary class="iconbtn" aria-label=(cx.t("list-columns")) title=(cx.t("list-columns")) { (icon("table")) }
            form class="pop menu__list columnmenu" action=(url::tickets()) method="get" {
                @for (name, value) in rest.pairs() { input type="hidden" name=(name) value=(value); }
                fieldset {
                    legend class="label" { (cx.t("list-columns")) }
                    @for column in &offered {
                        label class="tick" {
                            // What a ticket is opened by always has its column.
                            input type="checkbox" name="column" value=(column.name()) checked[shown.contains(column)] disabled[*column == ListColumn::Title];
                            span { (column_words(cx, column, fields)) }
                        }
                    }
                    input type="hidden" name="column" value=(ListColumn::Title.name());
                }
                p class="columnmenu__foot" { (submit(Look::Secondary, &cx.t("list-columns-apply"))) }
            }
        }
    }
}
