//! One's own effort: a week day by day with its sums, what timers measured, and booking apart from any ticket.

use chrono::{Datelike, Days, NaiveDate};
use entities::DeskError;
use entities::activity::{self, Activity};
use entities::effort::list::Row;
use entities::effort::{self, BookApart, Standing, Timer, monday, timer};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::form::{EffortForm, Faults, activity_words, refusal};
use super::minutes::{clock_words, words};
use super::panel::{discard, left_words};
use crate::error::Result;
use crate::settings::form::date;
use crate::web::cx::Cx;
use crate::web::form::{self, Form, Query};
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{
    Look, button_link, column, column_of_numbers, error_summary, foreign, icon, submit,
};
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;
use crate::web::url::{self, Url};

/// Which week, by one of its days.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    week: String,
}

impl Asked {
    fn monday(&self, cx: &Cx) -> NaiveDate {
        monday(date(&self.week).unwrap_or_else(|| cx.now.today()))
    }
}

/// The week of a day; this week's address says nothing of it.
pub fn week_url(cx: &Cx, day: NaiveDate) -> Url {
    match monday(day) {
        this if this == monday(cx.now.today()) => url::effort(),
        other => url::effort().with("week", other),
    }
}

/// `GET /effort`.
#[handler]
pub async fn show(
    cx: Cx,
    _permit: Permitted<BookApart>,
    Query(asked): Query<Asked>,
) -> Result<Markup> {
    let form = EffortForm::empty(&cx).await?;
    page(&cx, asked.monday(&cx), &form, &vec![]).await
}

/// `POST /effort`: work that belongs to no ticket.
#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<BookApart>,
    Query(asked): Query<Asked>,
    Form(form): Form<EffortForm>,
) -> Result<Swap> {
    let faults = match form.read(&cx, 1) {
        Err(faults) => faults,
        Ok(booking) => {
            let back = week_url(&cx, booking.day);
            let done = cx.db.change(permit.into_permit(), BookApart { booking });
            match done.await {
                Ok(_) | Err(DeskError::AlreadyDone(_)) => return Ok(Swap::go_to(cx.asks, back)),
                Err(DeskError::Rejected(why)) => refusal(&cx, why),
                Err(other) => return Err(other.into()),
            }
        }
    };
    let page = page(&cx, asked.monday(&cx), &form, &faults).await?;
    Ok(Swap::invalid(cx.asks, page.clone(), page))
}

async fn page(cx: &Cx, from: NaiveDate, form: &EffortForm, faults: &Faults) -> Result<Markup> {
    let (rows, timers, activities) = tokio::try_join!(
        effort::week(&cx.db, &cx.actor, from),
        timer::own(&cx.db, &cx.actor),
        activity::list::every_one(&cx.db),
    )?;
    let title = cx.t("effort-own");
    let content = html! {
        section class="sheet effortweek" {
            (head(cx, from, &title))
            div class="scroll" tabindex="0" role="region" aria-labelledby="effort-title" {
                @if !timers.is_empty() { (measured(cx, &timers)) }
                (week(cx, from, &rows, &activities))
            }
        }
        section class="sheet" aria-labelledby="effort-apart" {
            div class="sheet__head" { h2 id="effort-apart" { (cx.t("effort-apart")) } }
            form class="form" action=(week_url(cx, from)) method="post" {
                (form::csrf(&cx.session.csrf)) (form::once())
                (error_summary(cx.locale, faults))
                p class="hint" { (cx.t("effort-apart-hint")) }
                (form.fields(cx, faults, !faults.is_empty()).await?)
                div { (submit(Look::Primary, &cx.t("effort-book"))) }
            }
        }
    };
    let frame = cx.frame(Area::None).await?;
    Ok(frame.page(&title, Stage::Side, &content))
}

fn head(cx: &Cx, from: NaiveDate, title: &str) -> Markup {
    let said = [
        ("week", i64::from(from.iso_week().week()).into()),
        ("from", cx.locale.date(from).into()),
        ("to", cx.locale.date(from + Days::new(6)).into()),
    ];
    let before = week_url(cx, from - Days::new(7));
    let next = from + Days::new(7);
    html! {
        div class="sheet__head" {
            h1 id="effort-title" class="h2" { (title) }
            span class="muted" { (cx.locale.t_with("effort-week", &said)) }
            span class="right cluster" {
                a class="iconbtn" href=(before) aria-label=(cx.t("effort-week-before")) title=(cx.t("effort-week-before")) { (icon("left")) }
                @if next <= cx.now.today() {
                    a class="iconbtn" href=(week_url(cx, next)) aria-label=(cx.t("effort-week-after")) title=(cx.t("effort-week-after")) { (icon("right")) }
                }
            }
        }
    }
}

/// What timers measured and nobody has booked yet.
fn measured(cx: &Cx, timers: &[Timer]) -> Markup {
    html! {
        ul class="sheet__body plainlist timers" role="list" {
            @for timer in timers { li class="timerwait" { (one_timer(cx, timer)) } }
        }
    }
}

fn one_timer(cx: &Cx, timer: &Timer) -> Markup {
    let standing = timer.standing(cx.now.at);
    let said = match standing {
        Standing::Running(minutes) => {
            let time = words(cx.locale, minutes.into());
            cx.locale.t_with("timer-runs", &[("time", time.into())])
        }
        Standing::Stopped(minutes) => {
            let time = words(cx.locale, minutes.into());
            cx.locale.t_with("timer-measured", &[("time", time.into())])
        }
        Standing::LeftRunning => left_words(cx, timer),
    };
    let stop = url::effort_timer(timer.row.id.simple());
    html! {
        p {
            @match &timer.ticket {
                Some((number, title)) => { a href=(url::ticket(number)) { span class="no" { (number) } " " (foreign(title)) } }
                None => { span class="muted" { (cx.t("effort-ticket-hidden")) } }
            }
            br; span class="small" { (said) }
        }
        div class="cluster" {
            @if let (Some((number, _)), false) = (&timer.ticket, matches!(standing, Standing::Running(_))) {
                @let book = url::ticket_part(number, "effort/new").with("timer", timer.row.id.simple());
                (button_link(Look::Secondary, &cx.t("timer-book"), &book, None))
            }
            @if matches!(standing, Standing::Running(_)) {
                form action=(stop) method="post" {
                    (form::csrf(&cx.session.csrf))
                    button class="kern-btn kern-btn--secondary" type="submit" name="act" value="stop" {
                        span class="kern-label" { (cx.t("timer-stop")) }
                    }
                }
            }
            (discard(cx, timer, ""))
        }
    }
}

fn week(cx: &Cx, from: NaiveDate, rows: &[Row], activities: &[Activity]) -> Markup {
    let sum = |rows: &[&Row]| -> i64 { rows.iter().map(|row| i64::from(row.effort.minutes)).sum() };
    let all: Vec<&Row> = rows.iter().collect();
    html! {
        @if rows.is_empty() { p class="sheet__body muted" { (cx.t("effort-week-empty")) } }
        @else {
            table class="grid grid--plain" {
                caption class="sr" { (cx.t("effort-own")) }
                thead { tr {
                    (column(&cx.t("effort-of")))
                    (column(&cx.t("activity")))
                    (column_of_numbers(&cx.t("effort-time")))
                } }
                @for day in from.iter_days().take(7) {
                    @let of_day: Vec<&Row> = rows.iter().filter(|row| row.effort.day == day).collect();
                    @if !of_day.is_empty() {
                        tbody {
                            tr class="effortday" {
                                th scope="rowgroup" colspan="2" { (cx.locale.dated_day(day, &cx.now)) }
                                td class="n" { strong class="num" { (clock_words(sum(&of_day))) } }
                            }
                            @for row in &of_day { (booked(cx, row, activities)) }
                        }
                    }
                }
                tfoot {
                    tr {
                        th scope="row" colspan="2" { (cx.t("effort-week-sum")) }
                        td class="n" { strong class="num" { (clock_words(sum(&all))) } }
                    }
                }
            }
        }
    }
}

fn booked(cx: &Cx, row: &Row, activities: &[Activity]) -> Markup {
    let effort = &row.effort;
    let activity = activities.iter().find(|one| one.id == effort.activity_id);
    html! {
        tr class=[(effort.minutes == 0).then_some("is-retired")] {
            td {
                @match (&row.ticket, effort.ticket_id) {
                    (Some((number, title)), _) => { a href=(url::ticket(number)) { span class="no" { (number) } " " (foreign(title)) } }
                    (None, Some(_)) => { span class="muted" { (cx.t("effort-ticket-hidden")) } }
                    (None, None) => { (cx.t("effort-no-ticket")) }
                }
                @if let Some(remark) = &effort.remark { br; span class="small muted" { (remark) } }
            }
            td { @if let Some(activity) = activity { (activity_words(cx.locale, activity)) } }
            td class="n" {
                a href=(url::effort_of(effort.id.simple())) title=(cx.t("effort-correct")) {
                    span class="num" { (clock_words(effort.minutes.into())) }
                    span class="sr" { " " (cx.t("effort-correct")) }
                }
                @if effort.minutes == 0 { br; span class="small" { (cx.t("effort-cancelled")) } }
                @else if effort.corrected_at.is_some() { br; span class="small muted" { (cx.t("effort-corrected")) } }
            }
        }
    }
}
