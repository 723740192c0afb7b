//! The table of the list: one row a ticket, columns that sort as links.

use entities::ticket::list::{Direction, Row, Sort, SortBy};
use maud::{Markup, html};

use super::list_fields::ListFields;
use super::list_name::list_name;
use super::list_query::ListQuery;
use super::list_sheet::Sheet;
use super::reminder_mark::reminder_mark;
use crate::fields::typed::PREFIX;
use crate::fields::words::label;
use crate::web::cx::Cx;
use crate::web::parts::{face, foreign, icon_small, prio_sign, state_sign, tile, time_ago};
use crate::web::url;

/// The table `#list-table`.
pub fn list_table(cx: &Cx, sheet: &Sheet) -> Markup {
    let query = &sheet.query;
    let plain =
        |column: &str, words: String| html! { th scope="col" data-col=(column) { (words) } };
    let short = |column: &str, words: String, long: String| html! { th scope="col" data-col=(column) { abbr title=(long) { (words) } } };
    let sorted = |column: &str, by: SortBy, words: String| sorted(query, column, by, &words);
    html! {
        table class="grid" id="list-table" {
            caption class="sr" { (list_name(cx, query)) }
            thead { tr {
                th scope="col" data-col="check" { input class="check" type="checkbox" data-all aria-label=(cx.t("list-choose-all")); }
                (sorted("number", SortBy::Created, cx.t("list-number")))
                (plain("subject", cx.t("list-subject")))
                (short("organisation", cx.t("list-district-short"), cx.t("fact-district")))
                (plain("service", cx.t("fact-service-short")))
                (plain("team", cx.t("fact-team")))
                (sorted("priority", SortBy::Priority, cx.t("list-priority-short")))
                (sorted("due", SortBy::Reminder, cx.t("fact-reminder")))
                @for field in sheet.fields.columns() { (plain("field", label(cx.locale, field))) }
                (sorted("changed", SortBy::Changed, cx.t("list-changed")))
                th scope="col" data-col="owner" { span class="sr" { (cx.t("fact-owner")) } (icon_small("user")) }
            } }
            tbody data-rows { @for row in &sheet.page.rows { (list_row(cx, query, row, &sheet.fields)) } }
        }
    }
}

fn list_row(cx: &Cx, query: &ListQuery, row: &Row, fields: &ListFields) -> Markup {
    let address = url::ticket(&row.number).with("from", query.encoded());
    let choose = cx
        .locale
        .t_with("list-choose", &[("number", row.number.as_str().into())]);
    let service = row
        .parent_service_name
        .as_ref()
        .or(row.service_name.as_ref());
    html! {
        tr id={ "row-" (row.id) } class=[row.is_unread().then_some("is-unread")] {
            td data-col="check" { input class="check" type="checkbox" name="id" value=(row.id) aria-label=(choose); }
            td class="no" data-col="number" { (row.number) }
            td data-col="subject" {
                div class="rowlink" {
                    (state_sign(cx.locale, row.state, row.waiting_for))
                    a class="subject" href=(address) data-row {
                        @if row.is_unread() { span class="sr" { (cx.t("ticket-unread")) " " } }
                        (foreign(&row.title))
                    }
                }
            }
            td data-col="organisation" { @if let (Some(short), Some(name)) = (&row.district_short_name, &row.district_name) { (tile(short, name)) } }
            td data-col="service" { @if let Some(service) = service { (service) } }
            td class="muted" data-col="team" { @if let Some(team) = &row.team_name { (team) } }
            td data-col="priority" { (prio_sign(cx.locale, row.priority)) }
            td data-col="due" { @if let Some(at) = row.reminder_at { (reminder_mark(cx.locale, &cx.now, at)) } }
            @for field in fields.columns() { td data-col="field" { (foreign(&fields.cell(cx, row.id, field))) } }
            td class="muted small" data-col="changed" { (time_ago(cx.locale, &cx.now, row.changed_at)) }
            td data-col="owner" { @if let Some(name) = &row.owner_name { (face(name)) } }
        }
    }
}

/// The name of a column in the address.
fn name(by: SortBy) -> &'static str {
    match by {
        SortBy::Changed => "changed",
        SortBy::Created => "created",
        SortBy::Priority => "priority",
        SortBy::Reminder => "reminder",
        // Chosen beside the list, not by a heading.
        SortBy::Field(_) => "field",
    }
}

fn sorted(query: &ListQuery, column: &str, by: SortBy, words: &str) -> Markup {
    let now = query.plain_sort();
    // While a field orders the list, no heading does.
    let is_field = query.sort.trim_start_matches('-').starts_with(PREFIX);
    let direction = (now.by == by && !is_field).then_some(now.direction);
    // The next reminder comes first; otherwise the newest and the most urgent.
    let next = match (direction, by) {
        (Some(Direction::Ascending), _) => Direction::Descending,
        (Some(Direction::Descending), _) => Direction::Ascending,
        (None, SortBy::Reminder) => Direction::Ascending,
        (None, _) => Direction::Descending,
    };
    let mut to = query.first_page();
    to.sort = written(Sort {
        by,
        direction: next,
    });
    let aria = direction.map(|direction| match direction {
        Direction::Ascending => "ascending",
        Direction::Descending => "descending",
    });
    html! {
        th scope="col" data-col=(column) aria-sort=[aria] {
            a href=(to.url()) {
                (words)
                @match direction {
                    Some(Direction::Ascending) => (icon_small("up")),
                    Some(Direction::Descending) => (icon_small("down")),
                    None => {}
                }
            }
        }
    }
}

fn written(sort: Sort) -> String {
    let name = name(sort.by);
    match sort.direction {
        Direction::Ascending => name.to_owned(),
        Direction::Descending => format!("-{name}"),
    }
}
