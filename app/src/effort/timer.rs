//! The timer: starting and stopping it on a ticket, throwing away what it measured.

use entities::effort::{Book, BookApart, timer};
use entities::ticket::number;
use poem::handler;
use serde::Deserialize;

use crate::error::Result;
use crate::tickets::fact_form::refreshed;
use crate::tickets::list_from::From;
use crate::web::cx::Cx;
use crate::web::form::{Form, Query};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;
use crate::web::url;

/// What to do: `start`, `stop` or `discard`, and on which ticket's page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Act {
    act: String,
    ticket: String,
}

/// `POST /tickets/:key/timer`. Starting stops the one that ran on another ticket; it waits there to be booked.
#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<Book>,
    Query(from): Query<From>,
    Form(form): Form<Act>,
) -> Result<Swap> {
    let ticket = permit.on().clone();
    match form.act.as_str() {
        "start" => timer::start(&cx.db, permit.into_permit()).await?,
        "stop" => {
            timer::stop(&cx.db, &cx.actor).await?;
        }
        _ => {}
    }
    refreshed(&cx, &ticket, &from).await
}

/// `POST /effort/timers/:sub`: throws one of the reader's own away, or stops the one that runs.
#[handler]
pub async fn update(
    cx: Cx,
    _permit: Permitted<BookApart>,
    Sub(id): Sub,
    Form(form): Form<Act>,
) -> Result<Swap> {
    match form.act.as_str() {
        "discard" => timer::discard(&cx.db, &cx.actor, id).await?,
        "stop" => {
            timer::stop(&cx.db, &cx.actor).await?;
        }
        _ => {}
    }
    let back = number::parse(&form.ticket).map_or_else(url::effort, url::ticket);
    Ok(Swap::go_to(cx.asks, back))
}
