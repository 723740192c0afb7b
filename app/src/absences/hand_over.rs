//! What somebody hands over while they are away: open and waiting tickets, what was promised, and what was begun.

use chrono::{DateTime, Utc};
use entities::absence::Absentee;
use entities::ticket::State;
use entities::ticket::covered::{Left, left};
use maud::{Markup, html};
use poem::handler;

use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{column, foreign, icon_small, moment, prio, state};
use crate::web::permitted::{Readers, Seen};
use crate::web::url;

/// The most tickets on a sheet.
const MOST: u64 = 300;

/// `GET /absences/of/:key/hand-over`
#[handler]
pub async fn show(cx: Cx, _: Readers, Seen(absentee): Seen<Absentee>) -> Result<Markup> {
    let (all, more) = left(&cx.db, &cx.actor, &absentee, MOST).await?;
    let (waiting, open): (Vec<Left>, Vec<Left>) = all
        .into_iter()
        .partition(|one| one.row.state == State::Waiting);
    let name = [("name", absentee.name.as_str().into())];
    let title = cx.locale.t_with("hand-over-of", &name);
    let day = [("at", cx.locale.moment(cx.now.at, &cx.now).into())];
    let content = html! {
        div class="sheet hand-over" {
            div class="sheet__head" {
                a class="back" href=(url::absences()) { (icon_small("left")) (cx.t("absences-title")) }
                h1 id="hand-over-title" class="h2" { (title) }
                span class="muted" { (cx.locale.t_with("hand-over-as-of", &day)) }
            }
            div class="scroll" tabindex="0" role="region" aria-labelledby="hand-over-title" {
                @if open.is_empty() && waiting.is_empty() { p class="sheet__body muted" { (cx.t("hand-over-nothing")) } }
                (part(&cx, "hand-over-open", &open))
                (part(&cx, "hand-over-waiting", &waiting))
                @if more { p class="sheet__body muted" { (cx.locale.t_with("hand-over-more", &[("count", MOST.into())])) } }
            }
        }
    };
    let frame = cx.frame(Area::None).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}

fn part(cx: &Cx, words: &'static str, all: &[Left]) -> Markup {
    html! {
        @if !all.is_empty() {
            section aria-labelledby=(words) {
                h2 id=(words) class="sheet__body" { (cx.t(words)) " " span class="tally" { (cx.locale.number(all.len() as i64)) } }
                table class="grid grid--plain" {
                    caption class="sr" { (cx.t(words)) }
                    thead { tr {
                        (column(&cx.t("hand-over-ticket"))) (column(&cx.t("fact-state"))) (column(&cx.t("fact-priority")))
                        (column(&cx.t("hand-over-promised"))) (column(&cx.t("hand-over-begun")))
                    } }
                    tbody { @for one in all { (line(cx, one)) } }
                }
            }
        }
    }
}

fn line(cx: &Cx, one: &Left) -> Markup {
    let row = &one.row;
    html! {
        tr {
            td {
                a class="subject" href=(url::ticket(&row.number)) { (foreign(&row.title)) }
                br;
                span class="small muted" {
                    span class="no" { (row.number) }
                    @if let Some(name) = &row.requester_name { " · " (name) }
                    @if let Some(service) = &row.service_name { " · " (service) }
                }
            }
            td { (state(cx.locale, row.state, row.waiting_for)) }
            td { (prio(cx.locale, row.priority)) }
            td { (promised(cx, one)) }
            td { @if one.is_begun { (cx.t("hand-over-draft")) } }
        }
    }
}

/// Dates that others count on.
fn promised(cx: &Cx, one: &Left) -> Markup {
    let row = &one.row;
    let first_answer = row
        .first_answer_due_at
        .filter(|_| row.first_reply_at.is_none());
    let dates: [(&str, Option<DateTime<Utc>>); 3] = [
        ("hand-over-first-answer", first_answer),
        ("hand-over-solution", row.solution_due_at),
        ("fact-reminder", row.reminder_at),
    ];
    html! {
        @for (index, (words, at)) in dates.iter().filter_map(|(words, at)| Some((words, (*at)?))).enumerate() {
            @if index > 0 { br; }
            (cx.t(words)) ": " (moment(cx.locale, &cx.now, at))
        }
    }
}
