//! Keeping an eye on a ticket: the star in its head, and what pressing it does.

use entities::ledger::Command;
use entities::ticket::{State, Ticket, Unwatch, Watch};
use entities::{Permission, Permit};
use maud::{Markup, html};
use poem::handler;

use super::fact_form::{refreshed, went_through};
use super::facts::Around;
use super::list_from::From;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{self, Query};
use crate::web::parts::icon;
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;
use crate::web::url;

/// The star `#ticket-watch`, filled for whoever watches.
pub fn star(cx: &Cx, ticket: &Ticket, around: &Around, from: &From) -> Markup {
    let me = cx.actor.person_id();
    let is_watched = around.watchers.iter().any(|w| Some(w.person_id) == me);
    let may = ticket.state != State::Merged && cx.may(Permission::Watch, ticket.place());
    let part = if is_watched { "unwatch" } else { "watch" };
    let action = from.keep(url::ticket_part(&ticket.number, part));
    let label = cx.t("ticket-watch");
    html! {
        @if may {
            form id="ticket-watch" action=(action) method="post" hx-post=(action) hx-swap="none" {
                (form::csrf(&cx.session.csrf))
                button id="ticket-star" class="iconbtn iconbtn--star" type="submit" aria-pressed=(is_watched) aria-label=(label) title=(label)
                    data-key="w" aria-keyshortcuts="w" { (icon("star")) }
            }
        }
    }
}

/// `POST /tickets/:key/watch`.
#[handler]
pub async fn create(cx: Cx, permit: Permitted<Watch>, Query(from): Query<From>) -> Result<Swap> {
    turned(&cx, permit.into_permit(), Watch, &from).await
}

/// `POST /tickets/:key/unwatch`.
#[handler]
pub async fn remove(cx: Cx, permit: Permitted<Unwatch>, Query(from): Query<From>) -> Result<Swap> {
    turned(&cx, permit.into_permit(), Unwatch, &from).await
}

async fn turned<C>(cx: &Cx, permit: Permit<C>, command: C, from: &From) -> Result<Swap>
where
    C: Command<Target = Ticket, On = Ticket>,
{
    let ticket = permit.on().clone();
    went_through(cx.db.change(permit, command).await)?;
    refreshed(cx, &ticket, from).await
}
