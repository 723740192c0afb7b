//! One's own tickets along the line of the day: passed reminders, now, what comes, and the rest.

use chrono::{DateTime, TimeDelta, Utc};
use entities::ticket::list::Row;
use maud::{Markup, html};

use crate::web::cx::Cx;
use crate::web::parts::{empty, foreign, glyph, icon, state_sign, tile};
use crate::web::url;

/// A reminder nearer than this is marked as near.
const NEAR: TimeDelta = TimeDelta::hours(4);

/// The sheet `#mine`. `all` is how many there are, `rows` the first of them by reminder.
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
                @if today == 0 { p class="pad small muted day__none" { (cx.t("start-no-reminders")) } }
                (day(cx, rows))
                @if all > rows.len() as i64 {
                    p class="sheet__foot" {
                        a href=(url::tickets().with("owner", "me")) {
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
    let (passed, coming): (Vec<&Row>, Vec<&Row>) = rows
        .iter()
        .filter(|row| row.reminder_at.is_some())
        .partition(|row| row.reminder_at.is_some_and(|at| at <= cx.now.at));
    let others: Vec<&Row> = rows.iter().filter(|r| r.reminder_at.is_none()).collect();
    let clock = cx.locale.time_of_day(cx.now.local(cx.now.at).time());
    html! {
        ol class="day" role="list" {
            @if !passed.is_empty() {
                li class="day__mark day__mark--late" { span { (cx.t("start-passed")) } }
                @for row in &passed { (job(cx, row)) }
            }
            @if !passed.is_empty() || !coming.is_empty() {
                li class="day__mark day__mark--now" { span { (cx.t("start-now")) " " time { (clock) } } }
            }
            @for row in &coming { (job(cx, row)) }
            @for row in &others { (job(cx, row)) }
        }
    }
}

fn job(cx: &Cx, row: &Row) -> Markup {
    let class = if row.is_unread() {
        "job is-unread"
    } else {
        "job"
    };
    html! {
        li id={ "job-" (row.id.simple()) } class=(class) {
            span class="job__t num" { @if let Some(at) = row.reminder_at { (clock(cx, at)) } }
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
                }
            }
            (due(cx, row))
        }
    }
}

/// The time alone today, otherwise the day.
fn clock(cx: &Cx, at: DateTime<Utc>) -> String {
    let local = cx.now.local(at);
    if local.date_naive() == cx.now.today() {
        cx.locale.time_of_day(local.time())
    } else {
        cx.locale.day(local.date_naive(), &cx.now)
    }
}

fn due(cx: &Cx, row: &Row) -> Markup {
    let Some(at) = row.reminder_at else {
        return html! {
            span class="due" data-due="hold" {
                (icon("mail"))
                span { (cx.locale.ago(row.last_message_at, &cx.now)) }
            }
        };
    };
    let distance = at - cx.now.at;
    let (sign, key) = if distance <= TimeDelta::zero() {
        ("late", "start-since")
    } else if distance < NEAR {
        ("soon", "start-left")
    } else {
        ("ok", "start-left")
    };
    let words = if distance >= TimeDelta::hours(24) {
        cx.locale.moment(at, &cx.now)
    } else if distance <= -TimeDelta::hours(24) {
        let day = cx.locale.day(cx.now.local(at).date_naive(), &cx.now);
        cx.locale.t_with("start-since-day", &[("day", day.into())])
    } else {
        let duration = cx.locale.duration(distance);
        cx.locale.t_with(key, &[("duration", duration.into())])
    };
    html! { span class="due" data-due=(sign) { (glyph(sign)) span { (words) } } }
}
