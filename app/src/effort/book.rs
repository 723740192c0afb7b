//! Booking effort on a ticket: the form in its panel, and what sending it does.

use entities::effort::{Book, Standing, timer};
use entities::ticket::Ticket;
use entities::{DeskError, Uuid};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::form::{EffortForm, Faults, refusal};
use super::minutes::clock_words;
use super::panel::left_words;
use crate::error::Result;
use crate::tickets::fact_form::refreshed;
use crate::tickets::facts::facts_still;
use crate::tickets::list_from::From;
use crate::tickets::pick::page;
use crate::web::cx::Cx;
use crate::web::form::{self, Form, Query};
use crate::web::parts::{Look, submit};
use crate::web::permitted::{Permitted, Seen};
use crate::web::swap::Swap;
use crate::web::url;

/// What the form begins with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// A timer of the reader's own.
    timer: String,
}

/// The form `#effort-form`.
async fn effort_form(
    cx: &Cx,
    ticket: &Ticket,
    from: &From,
    form: &EffortForm,
    (told, faults): (&str, &Faults),
) -> Result<Markup> {
    let action = from.keep(url::ticket_part(&ticket.number, "effort"));
    let back = from.keep(url::ticket(&ticket.number));
    let again = from.keep(url::ticket_part(&ticket.number, "facts"));
    Ok(html! {
        form id="effort-form" class="factform linkform" action=(action) method="post" hx-post=(action) hx-swap="none" {
            (form::csrf(&cx.session.csrf)) (form::once())
            @if !told.is_empty() { p class="small" { (told) } }
            (form.fields(cx, faults, true).await?)
            div class="cluster" {
                (submit(Look::Primary, &cx.t("effort-book")))
                a class="kern-btn kern-btn--tertiary" href=(back) hx-get=(again) hx-target="#facts" hx-swap="outerHTML" data-cancel {
                    span class="kern-label" { (cx.t("fact-cancel")) }
                }
            }
        }
    })
}

/// `GET /tickets/:key/effort/new`: with the minutes of a timer, unless it was left running: then they are for its person
/// to say.
#[handler]
pub async fn new(
    cx: Cx,
    Seen(ticket): Seen<Ticket>,
    Query(from): Query<From>,
    Query(asked): Query<Asked>,
) -> Result<Markup> {
    let mut form = EffortForm::empty(&cx).await?;
    let mut told = String::new();
    let wanted = Uuid::try_parse(&asked.timer).ok();
    let own = timer::own(&cx.db, &cx.actor).await?;
    let timer = own
        .iter()
        .find(|timer| Some(timer.row.id) == wanted && timer.row.ticket_id == ticket.id);
    if let Some(timer) = timer {
        form.timer = timer.row.id.to_string();
        form.day = cx.now.local(timer.row.started_at).date_naive().to_string();
        match timer.standing(cx.now.at) {
            Standing::Running(minutes) | Standing::Stopped(minutes) => {
                form.minutes = clock_words(minutes.max(1).into());
            }
            Standing::LeftRunning => told = left_words(&cx, timer),
        }
    }
    let form = effort_form(&cx, &ticket, &from, &form, (&told, &vec![])).await?;
    Ok(match cx.wants_fragment() {
        true => html! { (form) (facts_still()) },
        false => page(&cx, &ticket, &cx.t("effort-add"), &form).await?,
    })
}

/// `POST /tickets/:key/effort`.
#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<Book>,
    Query(from): Query<From>,
    Form(form): Form<EffortForm>,
) -> Result<Swap> {
    let ticket = permit.on().clone();
    let faults = match form.read(&cx, 1) {
        Err(faults) => faults,
        Ok(booking) => {
            let command = Book {
                ticket_id: ticket.id,
                booking,
            };
            match cx.db.change(permit.into_permit(), command).await {
                Ok(_) | Err(DeskError::AlreadyDone(_)) => {
                    return refreshed(&cx, &ticket, &from).await;
                }
                Err(DeskError::Rejected(why)) => refusal(&cx, why),
                Err(other) => return Err(other.into()),
            }
        }
    };
    let form = effort_form(&cx, &ticket, &from, &form, ("", &faults)).await?;
    let fragment = html! { hx-partial hx-target="#effort-form" hx-swap="outerHTML" { (form) } };
    let page = page(&cx, &ticket, &cx.t("effort-add"), &form).await?;
    Ok(Swap::invalid(cx.asks, fragment, page))
}
