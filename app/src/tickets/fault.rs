//! A fault and the tickets that hang on it: shown, added by their numbers, and their requesters told of the repair.

use entities::bulk::{self, Act, Verb};
use entities::ticket::fault::{self, Concerned, Hanging};
use entities::ticket::share::read::{self, Row};
use entities::ticket::show::by_number;
use entities::ticket::{Link, State, Ticket, number};
use entities::{DeskError, Permission, Uuid};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::bulk::answer::{After, after_toast};
use super::shares::words::repair;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{self, Form, Query};
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{
    Field, Input, Look, Tone, column, foreign, icon, moment, notice, state, submit,
};
use crate::web::permitted::{Permitted, Seen, Sub};
use crate::web::swap::Swap;
use crate::web::url::{self, Url};

/// Stands before the number of a fault where a bulk keeps the list it was chosen from.
const FAULT: &str = "fault/";

/// The most numbers of one form.
const MOST_NUMBERS: usize = 100;

/// What a bulk that begins at a fault keeps for the way back.
pub fn list_of(fault: &Ticket) -> String {
    format!("{FAULT}{}", fault.number)
}

/// The page of the fault a bulk began at; none when it began at a list.
pub fn page_of(list: &str) -> Option<Url> {
    list.strip_prefix(FAULT).map(fault_url)
}

/// The page of a fault.
pub fn fault_url(number: &str) -> Url {
    url::ticket_part(number, "fault")
}

/// `GET /tickets/:key/fault`.
#[handler]
pub async fn show(
    cx: Cx,
    Seen(ticket): Seen<Ticket>,
    Query(after): Query<After>,
) -> Result<Markup> {
    let toast = after_toast(&cx, &after).await?;
    page(&cx, &ticket, "", None, toast).await
}

/// The numbers that were typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Numbers {
    numbers: String,
}

/// `POST /tickets/:key/fault`: what the numbers mean is looked at before it is done, like any bulk.
#[handler]
pub async fn add(cx: Cx, permit: Permitted<Link>, Form(typed): Form<Numbers>) -> Result<Swap> {
    let ticket = permit.on().clone();
    let staged = match found(&cx, &typed.numbers).await? {
        Err(words) => Err(words),
        Ok(ids) => {
            let list = list_of(&ticket);
            let staged = bulk::stage(&cx.db, &cx.actor, Verb::Hang, &list, &ids).await?;
            staged.ok_or_else(|| cx.t("bulk-nothing-more"))
        }
    };
    match staged {
        Ok(id) => {
            let act = Act::Hang {
                fault_id: ticket.id,
            };
            bulk::choose(&cx.db, &cx.actor, id, &act).await?;
            Ok(Swap::go_to(cx.asks, url::bulk(id)))
        }
        Err(words) => {
            let page = page(&cx, &ticket, &typed.numbers, Some(&words), html! {}).await?;
            Ok(Swap::invalid(cx.asks, html! {}, page))
        }
    }
}

/// The tickets behind the numbers, or the sentence that says which are none.
async fn found(cx: &Cx, typed: &str) -> Result<Result<Vec<Uuid>, String>> {
    let words = typed.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        return Ok(Err(cx.t("fault-numbers-missing")));
    }
    if words.len() > MOST_NUMBERS {
        let said = [("count", MOST_NUMBERS.into())];
        return Ok(Err(cx.locale.t_with("fault-numbers-many", &said)));
    }
    let (mut ids, mut unknown) = (Vec::new(), Vec::new());
    for word in words {
        let ticket = match number::parse(word) {
            Some(number) => by_number(&cx.db, &cx.actor, &number).await,
            None => Err(DeskError::Hidden),
        };
        match ticket {
            Ok(ticket) => ids.push(ticket.id),
            Err(DeskError::Hidden) => unknown.push(word),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(match unknown.is_empty() {
        true => Ok(ids),
        false => {
            let said = [("numbers", unknown.join(", ").into())];
            Err(cx.locale.t_with("fault-numbers-unknown", &said))
        }
    })
}

/// `POST /tickets/:key/shares/:sub/tell`: keeps whom it concerns and goes to what they are to be told.
#[handler]
pub async fn tell(cx: Cx, Seen(ticket): Seen<Ticket>, Sub(id): Sub) -> Result<Swap> {
    let share = read::one(&cx.db, &ticket, id).await?;
    let list = list_of(&ticket);
    let staged = bulk::stage_fault(&cx.db, &cx.actor, &ticket, &share, &list).await?;
    let to = staged.map_or_else(|| fault_url(&ticket.number), url::bulk);
    Ok(Swap::go_to(cx.asks, to))
}

/// `POST /tickets/:key/fault/tell`: the same for a fault that has ended, whoever repaired it.
#[handler]
pub async fn tell_ended(cx: Cx, Seen(ticket): Seen<Ticket>) -> Result<Swap> {
    let list = list_of(&ticket);
    let staged = bulk::stage_ended(&cx.db, &cx.actor, &ticket, &list).await?;
    let to = staged.map_or_else(|| fault_url(&ticket.number), url::bulk);
    Ok(Swap::go_to(cx.asks, to))
}

/// The offer to answer all that still hang open on a fault that has ended; nothing while it has not.
pub fn answer_all(cx: &Cx, ticket: &Ticket, open: usize) -> Markup {
    let is_over = matches!(ticket.state, State::Solved | State::Closed);
    if !is_over || open == 0 || !cx.actor.may_somewhere(Permission::Reply) {
        return html! {};
    }
    let action = url::ticket_part(&ticket.number, "fault/tell");
    let words = cx
        .locale
        .t_with("fault-ended-open", &[("count", open.into())]);
    notice(
        Tone::Info,
        &words,
        &html! {
            form class="cluster" action=(action) method="post" hx-post=(action) hx-swap="none" {
                (form::csrf(&cx.session.csrf))
                (submit(Look::Secondary, &cx.t("fault-answer-all")))
            }
        },
    )
}

async fn page(
    cx: &Cx,
    ticket: &Ticket,
    typed: &str,
    wrong: Option<&str>,
    toast: Markup,
) -> Result<Markup> {
    let concerned = fault::concerned(&cx.db, &cx.actor, ticket).await?;
    let mut shares = read::rows(&cx.db, ticket).await?;
    shares.retain(|row| row.share.withdrawn_at.is_none());
    let hangs_open = |one: &&Hanging| one.id != ticket.id && one.state.is_active();
    let open = concerned.tickets.iter().filter(hangs_open).count();
    let title = cx.t("fault-title");
    let content = html! {
        div class="sheet" {
            div class="sheet__head" {
                h1 id="fault-title" class="h2" { (title) }
                a href=(url::ticket(&ticket.number)) { (ticket.number) " " (foreign(&ticket.title)) }
            }
            div class="sheet__body scroll form form--wide fault" tabindex="0" role="region" aria-labelledby="fault-title" {
                @for row in &shares { (repaired(cx, ticket, row)) }
                @if shares.iter().all(|row| row.share.live_at.is_none()) { (answer_all(cx, ticket, open)) }
                (tickets(cx, ticket, &concerned))
                @if ticket.state != State::Merged && cx.may(Permission::LinkTickets, ticket.place()) {
                    (more(cx, ticket, typed, wrong))
                }
            }
        }
    };
    let mut frame = cx.frame(Area::Tickets).await?;
    frame.toasts = html! { (toast) (frame.toasts) };
    Ok(frame.page(&title, Stage::Plain, &content))
}

/// Where the repair of one vendor stands; once it is live, the button that tells everybody.
fn repaired(cx: &Cx, ticket: &Ticket, row: &Row) -> Markup {
    let share = &row.share;
    let action = url::ticket_part(&ticket.number, format!("shares/{}/tell", share.id));
    html! {
        div class="fault__repair" {
            p {
                span class="chip" { (repair(cx.locale, share.repair)) } " " (foreign(&row.organisation))
                @if let Some(at) = share.live_at { " · " span class="muted" { (cx.t("fault-live-since")) " " (moment(cx.locale, &cx.now, at)) } }
            }
            @if share.live_at.is_none() { p class="small muted" { (cx.t("fault-not-live")) } }
            @else if cx.actor.may_somewhere(Permission::Reply) {
                form action=(action) method="post" { (form::csrf(&cx.session.csrf)) (submit(Look::Primary, &cx.t("tell-all"))) }
            }
        }
    }
}

fn tickets(cx: &Cx, ticket: &Ticket, concerned: &Concerned) -> Markup {
    let caption = cx.t("fault-tickets");
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(caption) {
            table class="grid grid--plain" {
                caption class="sr" { (caption) }
                thead { tr {
                    (column(&cx.t("list-subject")))
                    (column(&cx.t("fact-state")))
                    (column(&cx.t("facts-requester")))
                    (column(&cx.t("fault-told")))
                } }
                tbody { @for one in &concerned.tickets { (line(cx, ticket, one)) } }
            }
        }
        @if concerned.hidden > 0 {
            p class="small muted" { (icon("lock")) (cx.locale.t_with("fault-hidden", &[("count", concerned.hidden.into())])) }
        }
    }
}

fn line(cx: &Cx, ticket: &Ticket, one: &Hanging) -> Markup {
    html! {
        tr {
            td {
                a class="subject" href=(url::ticket(&one.number)) { (foreign(&one.title)) }
                br; span class="small muted num" { (one.number) }
                @if one.id == ticket.id { " " span class="chip" { (cx.t("fault-own")) } }
            }
            td { (state(cx.locale, one.state, one.waiting_for)) }
            td { @match &one.requester { Some(name) => { (name) } None => { span class="muted" { (cx.t("fact-unknown")) } } } }
            td { @match one.told_at { Some(at) => { (moment(cx.locale, &cx.now, at)) } None => { span class="muted" { (cx.t("fault-not-told")) } } } }
        }
    }
}

/// The form that hangs more tickets on it.
fn more(cx: &Cx, ticket: &Ticket, typed: &str, wrong: Option<&str>) -> Markup {
    let (label, hint) = (cx.t("fault-numbers"), cx.t("fault-numbers-hint"));
    let input = Input::Line {
        kind: "text",
        value: typed,
        autocomplete: Some("off"),
    };
    html! {
        form action=(fault_url(&ticket.number)) method="post" class="formpart fault__more" {
            (form::csrf(&cx.session.csrf))
            h2 class="h3" { (cx.t("fault-more")) }
            (Field::new("numbers", &label).hint(&hint).fault(wrong).render(cx.locale, input))
            div class="cluster" { (submit(Look::Secondary, &cx.t("fault-add"))) }
        }
    }
}
