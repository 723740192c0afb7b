//! The print view of a ticket: everything on one sheet, with the internal notes only where they are asked for.

use entities::ticket::Ticket;
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::facts::{Around, facts};
use super::head::ticket_title;
use super::list_from::From;
use super::thread::{Thread, thread_list};
use super::thread_entry::Age;
use crate::error::Result;
use crate::text_blocks::letterhead::{Letterhead, letterhead};
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::permitted::Seen;
use crate::web::url;

/// Whether internal notes are printed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PrintQuery {
    notes: Option<String>,
}

/// Whose paper it is.
fn paper_head(head: &Letterhead) -> Markup {
    html! {
        div class="spread letterhead" {
            p class="prewrap" { (head.sender.join("\n")) }
            @if !head.contact.is_empty() { p class="prewrap small muted" { (head.contact.join("\n")) } }
        }
    }
}

/// `GET /tickets/:key/print`.
#[handler]
pub async fn show(
    cx: Cx,
    Seen(ticket): Seen<Ticket>,
    Query(asked): Query<PrintQuery>,
) -> Result<Markup> {
    let from = From::default();
    let thread = Thread::read(&cx, &ticket).await?;
    let mut around = Around::read(&cx, &ticket).await?;
    // Paper has no buttons.
    around.suggestions.clear();
    let is_internal = asked.notes.is_some();
    let here = url::ticket_part(&ticket.number, "print");
    let head = letterhead(&cx, &ticket, cx.locale).await?;
    let content = html! {
        div class={ "printview" @if is_internal { " internal-print" } } {
            div class="sheet ticket" id="ticket" {
                header class="ticket__head" {
                    div class="spread ticket__nav" {
                        a class="back" href=(url::ticket(&ticket.number)) { (cx.t("print-back")) }
                        span class="cluster" {
                            span class="muted" { (cx.t("print-how")) }
                            @if is_internal { a href=(here) { (cx.t("print-without-notes")) } }
                            @else { a href=(here.with("notes", "1")) { (cx.t("print-with-notes")) } }
                        }
                    }
                    (paper_head(&head))
                    (ticket_title(&cx, &ticket, &around, &from))
                }
                (thread_list(&cx, &ticket, &thread, Age::Printed))
            }
            (facts(&cx, &ticket, &around, &from))
        }
    };
    let title = format!("{} {}", ticket.number, ticket.title);
    Ok(cx
        .frame_with(Area::Tickets, html! {})
        .page(&title, Stage::Plain, &content))
}
