//! One's own tickets along the line of the day: what is overdue, now, what comes next, and the rest.

use chrono::{DateTime, Utc};
use entities::ticket::list::Row;
use maud::{Markup, html};

use crate::tickets::reminder_mark::nearness;
use crate::web::cx::Cx;
use crate::web::parts::{Words, due_mark, due_time, empty, foreign, glyph, icon, state_sign, tile};
use crate::web::url;

/// Why a ticket has its place on the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cause {
    Deadline,
    Reminder,
}

/// The instant at which a ticket must be looked at: its deadline or its reminder, whichever comes first.
fn moment(row: &Row) -> Option<(DateTime<Utc>, Cause)> {
    let due = row.due_at.map(|at| (at, Cause::Deadline));
    let reminder = row.reminder_at.map(|at| (at, Cause::Reminder));
    match (due, reminder) {
        (Some(due), Some(reminder)) if reminder.0 < due.0 => Some(reminder),
        (due, reminder) => due.or(reminder),
    }
}

/// The first of two orders of the same tickets, as one: by what comes next, those without anything last.
pub fn merged(by_due: Vec<Row>, by_reminder: Vec<Row>, most: usize) -> Vec<Row> {
    let mut rows = by_due;
    for row in by_reminder {
        if !rows.iter().any(|known| known.id == row.id) {
            rows.push(row);
        }
    }
    rows.sort_by_key(|row| {
        let moment = moment(row).map(|(at, _)| at);
        (moment.is_none(), moment, row.id)
    });
    rows.truncate(most);
    rows
}

/// The sheet `#mine`. `all` is how many there are, `today` how many of them must be looked at today, `rows` the
/// first of them in the order of the day.
pub fn mine(cx: &Cx, all: i64, today: i64, rows: &[Row]) -> Markup {
    html! {
        section id="mine" class="sheet" aria-labelledby="mine-title" {
            @if rows.is_empty() {
                (empty("mine-title", &cx.t("start-mine-empty"), &cx.t("start-mine-empty-text"), &html! {}))
            } @else {
                div class="sheet__head" {
                    h2 id="mine-title" { (cx.t("start-mine")) }
                    span class="tally" { (cx.locale.number(all)) }
                    span class="right" { (next_ticket(cx, rows)) }
                }
                @if today == 0 { p class="pad small muted day__none" { (cx.t("start-nothing-today")) } }
                (day(cx, rows))
                @if all > rows.len() as i64 {
                    p class="sheet__foot" {
                        a href=(url::tickets().with("owner", "me").with("sort", "due")) {
                            (cx.locale.t_with("start-all-mine", &[("count", all.into())]))
                        }
                    }
                }
            }
        }
    }
}

fn next_ticket(cx: &Cx, rows: &[Row]) -> Markup {
    html! {
        @if let Some(first) = rows.first() {
            a class="kern-btn kern-btn--secondary" href=(url::ticket(&first.number)) data-key="n" aria-keyshortcuts="n" {
                span class="kern-label" { (cx.t("start-next")) } kbd aria-hidden="true" { "N" }
            }
        }
    }
}

fn day(cx: &Cx, rows: &[Row]) -> Markup {
    let placed: Vec<_> = rows.iter().map(|row| (row, moment(row))).collect();
    let passed = |at: &Option<(DateTime<Utc>, Cause)>| at.is_some_and(|(at, _)| at <= cx.now.at);
    // They stand in the order of their moments.
    let (passed, coming) = placed.split_at(placed.partition_point(|(_, at)| passed(at)));
    let has_line = placed.first().is_some_and(|(_, at)| at.is_some());
    let clock = cx.locale.time_of_day(cx.now.local(cx.now.at).time());
    html! {
        ol class="day" role="list" {
            @if !passed.is_empty() {
                li class="day__mark day__mark--late" { span { (cx.t("start-passed")) } }
                @for (row, at) in passed { (job(cx, row, *at)) }
            }
            @if has_line {
                li class="day__mark day__mark--now" { span { (cx.t("start-now")) " " time { (clock) } } }
            }
            @for (row, at) in coming { (job(cx, row, *at)) }
        }
    }
}

fn job(cx: &Cx, row: &Row, moment: Option<(DateTime<Utc>, Cause)>) -> Markup {
    let class = if row.is_unread() {
        "job is-unread"
    } else {
        "job"
    };
    let is_reminder = moment.is_some_and(|(_, cause)| cause == Cause::Reminder);
    html! {
        li id={ "job-" (row.id.simple()) } class=(class) {
            span class="job__t num" { @if let Some((at, _)) = moment { (clock(cx, at)) } }
            a class="job__link" href=(url::ticket(&row.number)) {
                span class="job__title" {
                    (state_sign(cx.locale, row.state, row.waiting_for))
                    span { (foreign(&row.title)) }
                }
                span class="job__meta" {
                    span class="no" { (row.number) }
                    @if let Some(short) = &row.district_short_name {
                        (tile(short, row.district_name.as_deref().unwrap_or(short)))
                    }
                    @if let Some(service) = &row.service_name { span { (service) } }
                    @if is_reminder { span class="tag tag--line" { (cx.t("fact-reminder")) } }
                }
            }
            (due(cx, row, moment))
        }
    }
}

/// The time alone today, otherwise the day above it.
fn clock(cx: &Cx, at: DateTime<Utc>) -> Markup {
    let local = cx.now.local(at);
    let time = cx.locale.time_of_day(local.time());
    html! {
        @if local.date_naive() != cx.now.today() { (cx.locale.day(local.date_naive(), &cx.now)) br; }
        (time)
    }
}

fn due(cx: &Cx, row: &Row, moment: Option<(DateTime<Utc>, Cause)>) -> Markup {
    let outlook = row.outlook();
    match moment {
        Some((at, Cause::Reminder)) => {
            let sign = nearness(&cx.now, at);
            html! { span class="due" data-due=(sign) { (glyph(sign)) (due_time(cx.locale, &cx.now, at, Words::Full)) } }
        }
        None if outlook.goal().is_none() => html! {
            span class="due" data-due="hold" {
                (icon("mail"))
                span { (cx.locale.ago(row.last_message_at, &cx.now)) }
            }
        },
        _ => due_mark(cx.locale, &cx.now, &outlook, None, Words::Full),
    }
}
