//! What stands in a column of the list: its heading, and a cell of each row.

use entities::deadline::Rules;
use entities::ticket::list::{Direction, Row, Sort, SortBy};
use entities::ticket::share::read::Mark;
use entities::view::ListColumn;
use maud::{Markup, html};

use super::list_fields::ListFields;
use super::list_query::ListQuery;
use super::reminder_mark::reminder_mark;
use super::shares::panel::vendor_clock;
use super::shares::words::repair;
use super::state::standing_words;
use crate::fields::typed::PREFIX;
use crate::fields::words::label;
use crate::web::cx::Cx;
use crate::web::parts::{
    Words, due_mark, face, foreign, icon_small, kind_words, prio_sign, state_sign, tile, time_ago,
};
use crate::web::url;

/// The columns of a list: those that were chosen, or the usual ones with the fields the list is about.
pub fn columns(query: &ListQuery, fields: &ListFields) -> Vec<ListColumn> {
    let chosen = query.columns();
    if !chosen.is_empty() {
        let known = |column: &ListColumn| match column {
            ListColumn::Field(key) => fields.find(key).is_some(),
            _ => true,
        };
        return chosen.into_iter().filter(known).collect();
    }
    let mut all = match query.repair.as_str() {
        "" => ListColumn::USUAL.to_vec(),
        _ => ListColumn::OF_REPAIRS.to_vec(),
    };
    let named = fields
        .columns()
        .map(|f| ListColumn::Field(f.row.key.clone()));
    let times = [ListColumn::Changed, ListColumn::Owner];
    let before = all.iter().position(|column| times.contains(column));
    let before = before.unwrap_or(all.len());
    all.splice(before..before, named);
    all
}

/// What a column is called, in full.
pub fn column_words(cx: &Cx, column: &ListColumn, fields: &ListFields) -> String {
    cx.t(match column {
        ListColumn::Number => "list-number",
        ListColumn::Title => "list-subject",
        ListColumn::State => "fact-state",
        ListColumn::Kind => "fact-kind",
        ListColumn::District => "fact-district",
        ListColumn::Service => "fact-service-short",
        ListColumn::Module => "list-module",
        ListColumn::Team => "fact-team",
        ListColumn::Priority => "fact-priority",
        ListColumn::Due => "deadline",
        ListColumn::Vendor => "share-vendor",
        ListColumn::Repair => "share-repair",
        ListColumn::VendorDue => "list-vendor-due",
        ListColumn::Reminder => "fact-reminder",
        ListColumn::Requester => "facts-requester",
        ListColumn::Channel => "fact-channel",
        ListColumn::Created => "list-created",
        ListColumn::Changed => "list-changed",
        ListColumn::Owner => "fact-owner",
        ListColumn::Field(key) => {
            let field = fields.find(key);
            return field.map_or_else(|| cx.t("fact-unknown"), |f| label(cx.locale, f));
        }
    })
}

/// The heading of a column; one that the list can be sorted by is a link.
pub fn head(cx: &Cx, query: &ListQuery, column: &ListColumn, fields: &ListFields) -> Markup {
    let words = column_words(cx, column, fields);
    let short = |key: &str| html! { abbr title=(words) { (cx.t(key)) } };
    match column {
        ListColumn::Number => sorted(query, column, SortBy::Created, &html! { (words) }),
        ListColumn::Priority => sorted(
            query,
            column,
            SortBy::Priority,
            &short("list-priority-short"),
        ),
        ListColumn::Due => sorted(query, column, SortBy::Due, &html! { (words) }),
        ListColumn::Reminder => sorted(query, column, SortBy::Reminder, &html! { (words) }),
        ListColumn::Changed => sorted(query, column, SortBy::Changed, &html! { (words) }),
        ListColumn::District => {
            html! { th scope="col" data-col=(place(column)) { (short("list-district-short")) } }
        }
        ListColumn::Owner => {
            html! { th scope="col" data-col=(place(column)) { span class="sr" { (words) } (icon_small("user")) } }
        }
        _ => html! { th scope="col" data-col=(place(column)) { (words) } },
    }
}

/// The cell of a row in a column.
pub fn cell(
    cx: &Cx,
    query: &ListQuery,
    row: &Row,
    column: &ListColumn,
    (fields, rules): (&ListFields, &Rules),
) -> Markup {
    let col = place(column);
    let text = |words: Option<&String>| html! { td data-col=(col) { @if let Some(words) = words { (words) } } };
    match column {
        ListColumn::Number => html! { td class="no" data-col=(col) { (row.number) } },
        ListColumn::Title => subject(cx, query, row),
        ListColumn::State => {
            let standing = entities::ticket::filter::Standing::of(row.state, row.waiting_for);
            html! { td class="muted" data-col=(col) { (standing_words(cx, standing)) } }
        }
        ListColumn::Kind => {
            html! { td class="muted" data-col=(col) { (kind_words(cx.locale, row.kind)) } }
        }
        ListColumn::District => html! {
            td data-col=(col) { @if let (Some(short), Some(name)) = (&row.district_short_name, &row.district_name) { (tile(short, name)) } }
        },
        ListColumn::Service => text(
            row.parent_service_name
                .as_ref()
                .or(row.service_name.as_ref()),
        ),
        ListColumn::Module => text(
            row.service_name
                .as_ref()
                .filter(|_| row.parent_service_name.is_some()),
        ),
        ListColumn::Team => {
            html! { td class="muted" data-col=(col) { @if let Some(team) = &row.team_name { (team) } } }
        }
        ListColumn::Priority => {
            html! { td data-col=(col) { (prio_sign(cx.locale, row.priority)) } }
        }
        ListColumn::Due => due(cx, col, row, rules),
        ListColumn::Vendor | ListColumn::Repair | ListColumn::VendorDue => {
            html! { td data-col=(col) { @for mark in fields.shares(row.id) { (shared(cx, mark, column)) } } }
        }
        ListColumn::Reminder => html! {
            td data-col=(col) { @if let Some(at) = row.reminder_at { (reminder_mark(cx.locale, &cx.now, at)) } }
        },
        ListColumn::Requester => {
            html! { td data-col=(col) { @if let Some(name) = &row.requester_name { (foreign(name)) } } }
        }
        ListColumn::Channel => {
            let words = match row.channel {
                entities::ticket::Channel::Phone => cx.t("channel-phone"),
                entities::ticket::Channel::Mail => cx.t("channel-mail"),
                _ => String::new(),
            };
            html! { td class="muted" data-col=(col) { (words) } }
        }
        ListColumn::Created => time(cx, col, row.created_at),
        ListColumn::Changed => time(cx, col, row.changed_at),
        ListColumn::Owner => {
            html! { td data-col=(col) { @if let Some(name) = &row.owner_name { (face(name)) } } }
        }
        ListColumn::Field(key) => html! {
            td data-col=(col) { @if let Some(field) = fields.find(key) { (foreign(&fields.cell(cx, row.id, field))) } }
        },
    }
}

fn due(cx: &Cx, col: &str, row: &Row, rules: &Rules) -> Markup {
    let outlook = row.outlook();
    let used = outlook.used(rules, cx.now.at);
    html! { td data-col=(col) { (due_mark(cx.locale, &cx.now, &outlook, used, Words::Brief)) } }
}

/// What one share puts into a column; those of several vendors stand below each other in the same order.
fn shared(cx: &Cx, mark: &Mark, column: &ListColumn) -> Markup {
    let what = match column {
        ListColumn::Vendor => foreign(&mark.vendor),
        ListColumn::Repair => html! { (repair(cx.locale, mark.repair)) },
        _ => match mark.due_at() {
            Some(at) => vendor_clock(cx, at),
            None => html! { span class="muted" { "–" } },
        },
    };
    html! { span class="lineof" { (what) } }
}

fn time(cx: &Cx, col: &str, at: entities::Instant) -> Markup {
    html! { td class="muted small" data-col=(col) { (time_ago(cx.locale, &cx.now, at)) } }
}

fn subject(cx: &Cx, query: &ListQuery, row: &Row) -> Markup {
    let address = url::ticket(&row.number).with("from", query.encoded());
    html! {
        td data-col=(place(&ListColumn::Title)) {
            div class="rowlink" {
                (state_sign(cx.locale, row.state, row.waiting_for))
                a class="subject" href=(address) data-row {
                    @if row.is_unread() { span class="sr" { (cx.t("ticket-unread")) " " } }
                    (foreign(&row.title))
                }
                span class="heres" data-present=(row.id.simple()) {}
            }
        }
    }
}

/// Where a column goes when the table becomes a list on narrow screens.
fn place(column: &ListColumn) -> &'static str {
    match column {
        ListColumn::Number => "number",
        ListColumn::Title => "subject",
        ListColumn::District => "organisation",
        ListColumn::Service => "service",
        ListColumn::Team => "team",
        ListColumn::Priority => "priority",
        ListColumn::Due => "due",
        ListColumn::Vendor | ListColumn::Repair | ListColumn::VendorDue => "shared",
        ListColumn::Reminder => "reminder",
        ListColumn::Changed => "changed",
        ListColumn::Owner => "owner",
        ListColumn::Field(_) => "field",
        ListColumn::State
        | ListColumn::Kind
        | ListColumn::Module
        | ListColumn::Requester
        | ListColumn::Channel
        | ListColumn::Created => "more",
    }
}

/// The name of a column in the address.
fn name(by: SortBy) -> &'static str {
    match by {
        SortBy::Changed => "changed",
        SortBy::Created => "created",
        SortBy::Priority => "priority",
        SortBy::Reminder => "reminder",
        SortBy::Due => "due",
        // Chosen beside the list, not by a heading.
        SortBy::Field(_) => "field",
    }
}

fn sorted(query: &ListQuery, column: &ListColumn, by: SortBy, words: &Markup) -> Markup {
    let now = query.plain_sort();
    // While a field orders the list, no heading does.
    let is_field = query.sort.trim_start_matches('-').starts_with(PREFIX);
    let direction = (now.by == by && !is_field).then_some(now.direction);
    // The next reminder comes first; otherwise the newest and the most urgent.
    let next = match (direction, by) {
        (Some(Direction::Ascending), _) => Direction::Descending,
        (Some(Direction::Descending), _) => Direction::Ascending,
        (None, SortBy::Reminder | SortBy::Due) => Direction::Ascending,
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
        th scope="col" data-col=(place(column)) aria-sort=[aria] {
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
