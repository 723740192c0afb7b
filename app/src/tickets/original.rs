//! The original view of a mail: its own look, in a frame where nothing acts and nothing loads that was not asked for.

use entities::ticket::mail_facts::MailFacts;
use entities::ticket::message::Model as Message;
use entities::ticket::{Ticket, thread};
use entities::{DeskError, Uuid};
use maud::{Markup, html};
use poem::handler;
use sha2::{Digest as _, Sha256};

use super::mail_remarks::left_out;
use super::message_text::is_mail_in;
use crate::error::{Error, Result};
use crate::mail::html::Images;
use crate::web::cx::Cx;
use crate::web::form;
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{Look, foreign, submit};
use crate::web::permitted::{Seen, Sub};
use crate::web::url;

/// What the frame may do: its links open in windows of their own.
pub(super) const SANDBOX: &str = "allow-popups allow-popups-to-escape-sandbox";

/// `GET /tickets/:key/messages/:sub/original`: the page around the frame.
#[handler]
pub async fn show(cx: Cx, Seen(ticket): Seen<Ticket>, Sub(id): Sub) -> Result<Markup> {
    page(&cx, &ticket, id, Images::Blocked).await
}

/// `POST /tickets/:key/messages/:sub/original`: the same with pictures from the net. A form and not an address,
/// so that no link of a mail can ask for them.
#[handler]
pub async fn update(cx: Cx, Seen(ticket): Seen<Ticket>, Sub(id): Sub) -> Result<Markup> {
    page(&cx, &ticket, id, Images::Remote).await
}

async fn page(cx: &Cx, ticket: &Ticket, id: Uuid, images: Images) -> Result<Markup> {
    let message = page_of(cx, ticket, id).await?;
    let facts = message.facts().unwrap_or_default();
    let part = format!("messages/{id}");
    let here = url::ticket_part(&ticket.number, format!("{part}/original"));
    let mut frame = url::ticket_part(&ticket.number, format!("{part}/frame"));
    if images == Images::Remote {
        frame = frame.with("images", pass(cx, id));
    }
    let back = format!("{}#message-{id}", url::ticket(&ticket.number));
    let subject = message
        .subject
        .clone()
        .unwrap_or_else(|| ticket.title.clone());
    let content = html! {
        div class="sheet original" {
            header class="ticket__head" {
                div class="spread ticket__nav" { a class="back" href=(back) { (cx.t("original-back")) } }
                h1 { (foreign(&subject)) }
                @if images == Images::Remote {
                    p class="muted small cluster" {
                        span { (cx.t("original-remote-shown")) }
                        (left_out(cx, &MailFacts { remote_images: 0, ..facts.clone() }))
                    }
                } @else {
                    div class="muted small cluster" {
                        (left_out(cx, &facts))
                        @if facts.remote_images > 0 || message.mail_facts.is_none() {
                            form action=(here) method="post" {
                                (form::csrf(&cx.session.csrf))
                                (submit(Look::Secondary, &cx.t("original-load-images")))
                            }
                        }
                    }
                    @if facts.remote_images > 0 { p class="muted small" { (cx.t("original-load-images-hint")) } }
                }
            }
            iframe class="original__frame" src=(frame) title=(cx.t("original-frame")) sandbox=(SANDBOX) referrerpolicy="no-referrer" {}
        }
    };
    let title = format!("{} {}", ticket.number, cx.t("message-original"));
    Ok(cx
        .frame(Area::Tickets)
        .await?
        .page(&title, Stage::Plain, &content))
}

/// A mail that came in as HTML and lies in the store.
pub(super) async fn page_of(cx: &Cx, ticket: &Ticket, id: Uuid) -> Result<Message> {
    let message = thread::message(&cx.db, ticket, id).await?;
    let is_page = is_mail_in(&message) && message.html.is_some() && message.raw_sha256.is_some();
    is_page
        .then_some(message)
        .ok_or(Error::Desk(DeskError::Hidden))
}

/// What lets pictures in for one message and one session; nobody else can write such an address.
pub(super) fn pass(cx: &Cx, id: Uuid) -> String {
    let mut hash = Sha256::new();
    hash.update(b"remote images\0");
    hash.update(cx.session.csrf.as_bytes());
    hash.update(id.as_bytes());
    hex::encode(&hash.finalize()[..16])
}
