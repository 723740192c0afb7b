//! The sheet of the list: its name, the filters in force, the table, and the bar for chosen rows.

use std::collections::HashMap;
use std::sync::Arc;

use entities::Uuid;
use entities::deadline::Rules;
use entities::page::Page;
use entities::ticket::filter::Filter;
use entities::ticket::group::Head;
use entities::ticket::{list, number};
use entities::watching::Thing;
use maud::{Markup, html};

use super::bulk::bar::bulk_bar;
use super::list::{counted, stamp};
use super::list_chips::{asked, list_chips};
use super::list_columns::list_columns;
use super::list_fields::ListFields;
use super::list_query::ListQuery;
use super::list_table::list_table;
use super::list_view::{Opened, list_told, save_link};
use super::presence;
use crate::export::menu::export_menu;
use crate::views::watch::watch_button;
use crate::web::cx::Cx;
use crate::web::form;
use crate::web::parts::{Look, Pager, Tone, button_link, empty, icon, notice, pager};
use crate::web::url;

/// What the sheet shows.
#[derive(Debug)]
pub struct Sheet {
    pub query: ListQuery,
    /// What it selects.
    pub filter: Filter,
    /// What the list is called.
    pub name: String,
    /// The view it begins with.
    pub opened: Option<Opened>,
    /// Names of what it asks for and that was retired since.
    pub gone: Vec<String>,
    pub page: Page<list::Row>,
    /// Headings of groups, each before one of the rows.
    pub heads: Vec<Head>,
    pub count: i64,
    /// Names behind the ids in the query.
    pub names: HashMap<Uuid, String>,
    pub fields: ListFields,
    pub rules: Arc<Rules>,
    /// What it stands for that can be watched, and whether the reader does.
    pub watching: Option<(Thing, bool)>,
}

/// The sheet `#list`.
pub fn list_sheet(cx: &Cx, sheet: &Sheet) -> Markup {
    let query = &sheet.query;
    html! {
        section class="sheet" id="list" aria-labelledby="list-title" {
            div class="sheet__head" {
                h1 id="list-title" class="h2" { (sheet.name) " " span class="tally tally--l" { (counted(cx, sheet.count)) } }
                (list_chips(cx, &asked(cx, query, &sheet.names, &sheet.fields)))
                (save_link(cx, query, sheet.opened.as_ref()))
                span class="right cluster" {
                    span id="list-news" role="status" {}
                    @if let Some((thing, is_watched)) = &sheet.watching { (watch_button(cx, thing, *is_watched)) }
                    (list_columns(cx, query, &sheet.fields))
                    (export_menu(cx, query))
                    a class="iconbtn only-s" href="#filter" aria-label=(cx.t("list-to-filter")) { (icon("filter")) }
                }
            }
            (left(cx, sheet))
            (list_told(cx, query, sheet.opened.as_ref(), &sheet.gone))
            (list_live(cx, sheet))
            (presence::in_rows(cx))
            @if sheet.page.rows.is_empty() {
                (nothing(cx, query))
            } @else {
                form class="bulkform" id="bulk-form" action=(query.action("bulk")) method="post" {
                    (form::csrf(&cx.session.csrf))
                    div class="scroll" tabindex="0" role="region" aria-label=(cx.t("list-region")) {
                        (list_table(cx, sheet))
                        (pager(cx.locale, &pages(sheet)))
                    }
                    (bulk_bar(cx, sheet))
                }
            }
        }
    }
}

/// Asks for news when tickets change, telling which rows are chosen, so that those are never moved.
pub fn list_live(cx: &Cx, sheet: &Sheet) -> Markup {
    let again = sheet
        .query
        .action("news")
        .with("since", cx.now.at.timestamp_micros())
        .with("stamp", stamp(cx, &sheet.page.rows, &sheet.heads));
    html! {
        span id="list-live" hidden hx-get=(again) hx-trigger="tickets from:#events" hx-include="#bulk-form input:checked" hx-swap="none" {}
    }
}

/// Where a ticket went that has just left the reader's sight.
fn left(cx: &Cx, sheet: &Sheet) -> Markup {
    let Some(number) = number::parse(&sheet.query.left) else {
        return html! {};
    };
    let team = Uuid::try_parse(&sheet.query.to)
        .ok()
        .and_then(|id| sheet.names.get(&id));
    let words = match team {
        Some(team) => cx.locale.t_with(
            "list-left-to",
            &[("number", number.into()), ("team", team.as_str().into())],
        ),
        None => cx.locale.t_with("list-left", &[("number", number.into())]),
    };
    html! { div class="sheet__note" { (notice(Tone::Ok, &words, &html! {})) } }
}

fn nothing(cx: &Cx, query: &ListQuery) -> Markup {
    let is_filtered = query.first_page() != ListQuery::default();
    let actions = html! {
        @if is_filtered { (button_link(Look::Secondary, &cx.t("list-show-all"), &url::tickets(), None)) }
        (button_link(Look::Tertiary, &cx.t("nav-new-ticket"), &url::new_ticket(), Some("plus")))
    };
    if is_filtered {
        empty(
            "list-empty",
            &cx.t("list-empty-filtered-title"),
            &cx.t("list-empty-filtered-text"),
            &actions,
        )
    } else {
        empty(
            "list-empty",
            &cx.t("list-empty-title"),
            &cx.t("list-empty-text"),
            &actions,
        )
    }
}

fn pages(sheet: &Sheet) -> Pager {
    let query = &sheet.query;
    let first = (!query.after.is_empty()).then(|| query.first_page().url());
    let next = sheet.page.next.as_ref().map(|cursor| {
        let mut next = query.first_page();
        next.back.clone_from(&query.back);
        if !query.after.is_empty() {
            next.back.push(query.after.clone());
        }
        next.after = cursor.encode();
        next.url()
    });
    let previous = (!query.back.is_empty()).then(|| {
        let mut previous = query.first_page();
        previous.back.clone_from(&query.back);
        previous.after = previous.back.pop().unwrap_or_default();
        previous.url()
    });
    Pager {
        first,
        previous,
        next,
    }
}
