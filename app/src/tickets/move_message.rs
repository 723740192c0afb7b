//! Moving a message into the ticket it belongs to.

use entities::text::beginning;
use entities::ticket::message::Model as Message;
use entities::ticket::thread::ThreadEntry;
use entities::ticket::{MoveMessage, Ticket, thread};
use entities::{DeskError, Permission, Permit, Rejected, Uuid};
use maud::{Markup, html};
use poem::handler;

use super::pick::{Pick, Picked, page, pick};
use crate::error::{Result, rejected};
use crate::web::cx::Cx;
use crate::web::form::{self, Form};
use crate::web::parts::{Look, button_link, moment, submit};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;
use crate::web::url;

/// How much of the message the form shows.
const MOST_CHARS: usize = 400;

/// `GET /tickets/:key/messages/:sub/move`.
#[handler]
pub async fn edit(cx: Cx, permit: Permitted<MoveMessage>, Sub(id): Sub) -> Result<Markup> {
    let ticket = permit.on();
    let entry = thread::entry(&cx.db, ticket, id).await?;
    let form = match is_alone(&cx, ticket, id).await? {
        true => only_message(&cx, ticket),
        false => move_form(&cx, ticket, &entry.message, &Pick::empty(), None),
    };
    page(&cx, ticket, &cx.t("move-title"), &form).await
}

/// `POST /tickets/:key/messages/:sub/move`.
#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<MoveMessage>,
    Sub(id): Sub,
    Form(picked): Form<Picked>,
) -> Result<Swap> {
    let ticket = permit.on().clone();
    let message = thread::message(&cx.db, &ticket, id).await?;
    let chosen = Pick::read(&cx, &ticket, picked).await?;
    let fault = match &chosen.found {
        Err(fault) => fault.words(&cx),
        Ok(to) if !cx.may(Permission::MergeTickets, to.place()) => cx.t("move-forbidden"),
        Ok(to) => {
            let other = Permit::ask(&cx.actor, to.as_ref().clone())?;
            let command = MoveMessage {
                message: message.clone(),
            };
            match cx
                .db
                .change_pair(permit.into_permit(), other, command)
                .await
            {
                Ok(_) => return Ok(Swap::go_to(cx.asks, url::ticket(&to.number))),
                Err(DeskError::Rejected(why)) => rejected(cx.locale, why),
                Err(error) => return Err(error.into()),
            }
        }
    };
    let form = match is_alone(&cx, &ticket, id).await? {
        true => only_message(&cx, &ticket),
        false => move_form(&cx, &ticket, &message, &chosen, Some(&fault)),
    };
    let fragment = html! { hx-partial hx-target="#move-form" hx-swap="outerHTML" { (form) } };
    let page = page(&cx, &ticket, &cx.t("move-title"), &form).await?;
    Ok(Swap::invalid(cx.asks, fragment, page))
}

/// Whether nothing else was written in the ticket but what was answered by itself.
pub async fn is_alone(cx: &Cx, ticket: &Ticket, id: Uuid) -> Result<bool> {
    let entries = thread::thread(&cx.db, ticket).await?;
    let is_automatic = |entry: &ThreadEntry| entry.outbound.as_ref().is_some_and(|o| o.automatic);
    Ok(!entries
        .iter()
        .any(|entry| entry.message.id != id && !is_automatic(entry)))
}

/// In place of the form: the whole ticket goes along with its only message.
fn only_message(cx: &Cx, ticket: &Ticket) -> Markup {
    let merge = url::ticket_part(&ticket.number, "merge");
    html! {
        div class="stack" id="move-form" {
            p { (rejected(cx.locale, Rejected::OnlyMessage)) }
            div class="cluster" {
                (button_link(Look::Primary, &cx.t("merge-title"), &merge, Some("merge")))
                (button_link(Look::Tertiary, &cx.t("merge-cancel"), &url::ticket(&ticket.number), None))
            }
        }
    }
}

/// The form `#move-form`.
fn move_form(
    cx: &Cx,
    ticket: &Ticket,
    message: &Message,
    chosen: &Pick,
    fault: Option<&str>,
) -> Markup {
    let part = format!("messages/{}/move", message.id);
    let action = url::ticket_part(&ticket.number, &part);
    let intro = cx
        .locale
        .t_with("move-intro", &[("number", ticket.number.as_str().into())]);
    html! {
        form id="move-form" class="factform actform" action=(action) method="post" hx-post=(action) hx-swap="none" {
            (form::csrf(&cx.session.csrf))
            p { (intro) }
            blockquote class="quoted" {
                p class="small muted" { (moment(cx.locale, &cx.now, message.created_at)) }
                p class="plaintext" { (beginning(&message.body, MOST_CHARS)) }
            }
            (pick(cx, ticket, chosen, fault))
            div class="cluster" {
                (submit(Look::Primary, &cx.t("move-save")))
                (button_link(Look::Tertiary, &cx.t("merge-cancel"), &url::ticket(&ticket.number), None))
            }
        }
    }
}
