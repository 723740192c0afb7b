//! The effort of a ticket in its panel: what each person booked, and the reader's timer.

use entities::effort::{self, Standing, Timer};
use entities::ticket::{State, Ticket};
use entities::{Actor, Db, Permission};
use maud::{Markup, html};

use super::minutes::{clock_words, words};
use crate::tickets::list_from::From;
use crate::web::cx::Cx;
use crate::web::form;
use crate::web::parts::{icon, icon_small};
use crate::web::url;

/// What the panel shows of effort.
#[derive(Debug)]
pub struct Efforts {
    people: Vec<effort::list::OfPerson>,
    /// The reader's own on this ticket.
    pub timers: Vec<Timer>,
    /// The reader's timer that runs, on whichever ticket.
    pub running: Option<Timer>,
}

impl Efforts {
    /// Reads it for a ticket the reader has already found.
    pub async fn read(db: &Db, actor: &Actor, ticket: &Ticket) -> entities::Result<Efforts> {
        let timers = async {
            match actor.may_somewhere(Permission::BookEffort) {
                true => effort::timer::own(db, actor).await,
                false => Ok(vec![]),
            }
        };
        let (people, mut timers) = tokio::try_join!(effort::of_ticket(db, ticket), timers)?;
        let mut running = timers.iter();
        let running = running.find(|timer| timer.row.stopped_at.is_none());
        let running = running.cloned();
        timers.retain(|timer| timer.row.ticket_id == ticket.id);
        Ok(Efforts {
            people,
            timers,
            running,
        })
    }
}

/// The section `#facts-effort` of the panel.
pub fn efforts(cx: &Cx, ticket: &Ticket, efforts: &Efforts, from: &From) -> Markup {
    let may = ticket.state != State::Merged && cx.may(Permission::BookEffort, ticket.place());
    if efforts.people.is_empty() && !may {
        return html! {};
    }
    let sum: i64 = efforts.people.iter().map(|one| one.minutes).sum();
    let add = from.keep(url::ticket_part(&ticket.number, "effort/new"));
    html! {
        details open id="facts-effort" {
            summary {
                h2 { (cx.t("effort")) }
                @if sum > 0 { span class="tally num" { (words(cx.locale, sum)) } }
            }
            div class="facts__in" {
                @if sum > 0 {
                    dl class="bars" {
                        @for one in &efforts.people {
                            div {
                                dt { (one.name) }
                                dd aria-hidden="true" { meter min="0" max=(sum) value=(one.minutes) {} }
                                dd class="num" { (clock_words(one.minutes)) }
                            }
                        }
                    }
                }
                @if may {
                    @for timer in &efforts.timers { (waiting(cx, timer, from, ticket)) }
                    div id="effort-form-place" {}
                    div class="cluster links__ways" {
                        (clock(cx, ticket, efforts, from))
                        a class="kern-btn kern-btn--tertiary" href=(add) hx-get=(add) hx-target="#effort-form-place" hx-swap="innerHTML" {
                            (icon("plus")) span class="kern-label" { (cx.t("effort-add")) }
                        }
                    }
                }
            }
        }
    }
}

/// The button that starts the timer, or stops it.
fn clock(cx: &Cx, ticket: &Ticket, efforts: &Efforts, from: &From) -> Markup {
    let mut standings = efforts.timers.iter().map(|timer| timer.standing(cx.now.at));
    let running = standings.find_map(|standing| match standing {
        Standing::Running(minutes) => Some(minutes),
        Standing::Stopped(_) | Standing::LeftRunning => None,
    });
    let action = from.keep(url::ticket_part(&ticket.number, "timer"));
    let (act, sign, label) = match running {
        Some(_) => ("stop", "pause", cx.t("timer-stop")),
        None => ("start", "play", cx.t("timer-start")),
    };
    html! {
        form action=(action) method="post" hx-post=(action) hx-swap="none" {
            (form::csrf(&cx.session.csrf))
            button id="ticket-timer" class="kern-btn kern-btn--tertiary" type="submit" name="act" value=(act) data-key="z" aria-keyshortcuts="z" {
                (icon(sign))
                span class="kern-label" {
                    (label)
                    @if let Some(minutes) = running { " · " span class="num" { (clock_words(minutes.into())) } }
                }
            }
        }
    }
}

/// What a timer measured and nobody has booked, with what can be done with it; nothing of one that runs as it should.
pub fn waiting(cx: &Cx, timer: &Timer, from: &From, ticket: &Ticket) -> Markup {
    let book = url::ticket_part(&ticket.number, "effort/new").with("timer", timer.row.id.simple());
    let book = from.keep(book);
    let said = match timer.standing(cx.now.at) {
        Standing::Running(_) => return html! {},
        Standing::Stopped(minutes) => {
            let time = words(cx.locale, minutes.into());
            cx.locale.t_with("timer-measured", &[("time", time.into())])
        }
        Standing::LeftRunning => left_words(cx, timer),
    };
    html! {
        div class="timerwait" {
            p class="small" { (icon_small("clock")) " " (said) }
            div class="cluster" {
                a class="kern-btn kern-btn--secondary" href=(book) hx-get=(book) hx-target="#effort-form-place" hx-swap="innerHTML" {
                    span class="kern-label" { (cx.t("timer-book")) }
                }
                (discard(cx, timer, &ticket.number))
            }
        }
    }
}

/// That a timer was left running, and since when.
pub fn left_words(cx: &Cx, timer: &Timer) -> String {
    let since = cx.locale.moment(timer.row.started_at, &cx.now);
    cx.locale.t_with("timer-left", &[("since", since.into())])
}

/// The button that throws away what a timer measured; it goes on at that ticket, or at one's own effort.
pub fn discard(cx: &Cx, timer: &Timer, ticket: &str) -> Markup {
    let action = url::effort_timer(timer.row.id.simple());
    html! {
        form action=(action) method="post" {
            (form::csrf(&cx.session.csrf))
            input type="hidden" name="ticket" value=(ticket);
            button class="kern-btn kern-btn--tertiary" type="submit" name="act" value="discard" {
                span class="kern-label" { (cx.t("timer-discard")) }
            }
        }
    }
}
