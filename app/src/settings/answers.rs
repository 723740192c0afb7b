//! Automatic answers: what was sent, what was not and why, how far the limits are used up, and going on after a stop.

use chrono::{Days, NaiveDate, NaiveTime};
use entities::outgoing::answers::{self, Filter, Occasion, Outcome};
use entities::outgoing::limits;
use entities::outgoing::stop::{self, ResumeAnswers, Stop};
use entities::page::Cursor;
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::area::Area;
use super::page::ROWS;
use super::wide::{self, Back, Wide};
use crate::error::Result;
use crate::tickets::words::suppressed as suppressed_words;
use crate::web::cx::Cx;
use crate::web::form::{Query, csrf};
use crate::web::parts::{
    Choice, Look, Pager, Tone, column, foreign, moment, notice, pager, submit,
};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;
use crate::web::url;

const AREA: Area = Area::Answers;

/// What the list is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// `sent`, `suppressed`, or a reason.
    outcome: String,
    /// `2026-11-25`.
    day: String,
    after: String,
}

impl Asked {
    fn filter(&self, cx: &Cx) -> Filter {
        let day: Option<NaiveDate> = self.day.trim().parse().ok();
        let begin = |day| cx.now.instant(day, NaiveTime::MIN);
        Filter {
            outcome: match self.outcome.as_str() {
                "" => None,
                "sent" => Some(Outcome::Sent),
                "suppressed" => Some(Outcome::Suppressed),
                by => Some(Outcome::SuppressedBy(by.to_owned())),
            },
            from: day.map(begin),
            until: day
                .and_then(|day| day.checked_add_days(Days::new(1)))
                .map(begin),
        }
    }
}

/// `GET /settings/answers`.
#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let after = Cursor::decode(&asked.after);
    let filter = asked.filter(&cx);
    let found = answers::list(&cx.db, &cx.actor, &filter, after.as_ref(), ROWS).await?;
    let levels = limits::levels(&cx.db).await?;
    let stop = stop::current(&cx.db).await?;
    let tools = tools(&cx, &asked).await?;
    let content = html! {
        div class="form form--wide" {
            @if let Some(stop) = &stop { (stopped(&cx, stop)) }
            (limits_table(&cx, &levels))
        }
        @if found.rows.is_empty() { p class="form muted" { (cx.t("answers-none")) } } @else { (table(&cx, &found.rows)) }
    };
    let here = || {
        AREA.url()
            .with("outcome", &asked.outcome)
            .with("day", &asked.day)
    };
    let pages = Pager {
        first: (!asked.after.is_empty()).then(here),
        previous: None,
        next: found
            .next
            .map(|cursor| here().with("after", cursor.encode())),
    };
    let sheet = Wide {
        area: AREA,
        back: Back::None,
        title: AREA.words(&cx),
        head: html! {},
        content: html! { (tools) (content) },
        foot: pager(cx.locale, &pages),
    };
    wide::page(&cx, sheet).await
}

async fn tools(cx: &Cx, asked: &Asked) -> Result<Markup> {
    let mut outcomes = vec![
        Choice::new("", cx.t("answers-all")),
        Choice::new("sent", cx.t("answers-sent")),
        Choice::new("suppressed", cx.t("answers-suppressed")),
    ];
    for by in answers::reasons(&cx.db).await? {
        let words = suppressed_words(cx.locale, &by);
        outcomes.push(Choice::new(by, words));
    }
    Ok(html! {
        form class="filterbar" method="get" action=(AREA.url()) role="search" aria-label=(cx.t("answers-find")) {
            label {
                (cx.t("answers-outcome"))
                select class="input" name="outcome" {
                    @for choice in &outcomes { option value=(choice.value) selected[choice.value == asked.outcome] { (choice.label) } }
                }
            }
            label { (cx.t("answers-day")) input class="input" type="date" name="day" value=(asked.day); }
            button class="kern-btn kern-btn--secondary" type="submit" { span class="kern-label" { (cx.t("settings-show")) } }
        }
    })
}

/// What stopped them, and the way to let them go on.
fn stopped(cx: &Cx, stop: &Stop) -> Markup {
    let why = cx.locale.t_with(
        "answers-stopped-why",
        &[
            ("most", stop.most.into()),
            ("minutes", stop.minutes.into()),
            ("at", cx.locale.moment(stop.stopped_at, &cx.now).into()),
        ],
    );
    let more = html! {
        p { (why) } p { (cx.t("answers-stopped-more")) }
        form method="post" action=(AREA.act(stop.id, "resume")) {
            (csrf(&cx.session.csrf)) (submit(Look::Primary, &cx.t("answers-resume")))
        }
    };
    notice(Tone::Error, &cx.t("settings-mail-stopped"), &more)
}

fn limits_table(cx: &Cx, levels: &[limits::Level]) -> Markup {
    html! {
        section class="stack" aria-labelledby="limits-title" {
            h2 id="limits-title" { (cx.t("answers-limits")) }
            ul class="levels" role="list" {
                @for level in levels {
                    @let counts = [("sent", level.sent.into()), ("most", level.most.into()), ("minutes", level.minutes.into())];
                    @let words = cx.locale.t_with("answers-level", &counts);
                    li {
                        meter min="0" max=(level.most) value=(level.sent) aria-label=(words) {}
                        span { (words) }
                    }
                }
            }
            p class="hint" { (cx.t("answers-limits-hint")) }
        }
    }
}

fn table(cx: &Cx, rows: &[answers::Row]) -> Markup {
    html! {
        table class="grid grid--plain" {
            caption class="sr" { (AREA.words(cx)) }
            thead {
                tr {
                    (column(&cx.t("answers-at"))) (column(&cx.t("answers-occasion"))) (column(&cx.t("answers-ticket")))
                    (column(&cx.t("answers-outcome"))) (column(&cx.t("settings-mail-to")))
                }
            }
            tbody {
                @for row in rows {
                    tr {
                        td { (moment(cx.locale, &cx.now, row.at)) }
                        td { (occasion(cx, row.occasion)) }
                        td class="words" { a class="subject" href=(url::ticket(&row.number)) { span class="no" { (row.number) } " " (foreign(&row.title)) } }
                        td class="words" {
                            @match &row.suppressed_by {
                                None => { (cx.t("answers-row-sent")) }
                                Some(by) => { (cx.t("answers-row-suppressed")) " " (suppressed_words(cx.locale, by)) }
                            }
                        }
                        td { (recipients(row)) }
                    }
                }
            }
        }
    }
}

fn occasion(cx: &Cx, occasion: Occasion) -> String {
    cx.t(match occasion {
        Occasion::Receipt => "rule-receipt",
        Occasion::ClosingNote => "rule-closing-note",
    })
}

fn recipients(row: &answers::Row) -> String {
    let stored = row.recipients.as_deref().unwrap_or("[]");
    let all: Vec<String> = serde_json::from_str(stored).unwrap_or_default();
    all.join(", ")
}

/// `POST /settings/answers/:sub/resume`.
#[handler]
pub async fn update(cx: Cx, permit: Permitted<ResumeAnswers>, Sub(id): Sub) -> Result<Swap> {
    let permit = permit.into_permit();
    cx.db.change(permit, ResumeAnswers { id }).await?;
    Ok(Swap::go_to(cx.asks, AREA.url()))
}
