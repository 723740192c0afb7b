//! The message an answer goes below: shown folded in the composer, sent along unless somebody takes it out.

use entities::Uuid;
use entities::ticket::Ticket;
use entities::ticket::message::Model as Message;
use entities::ticket::thread;
use entities::ticket::thread::ThreadEntry;
use maud::{Markup, html};

use super::state::Composer;
use crate::error::Result;
use crate::mail::answer;
use crate::web::cx::Cx;

/// A message as it is quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    pub message_id: Uuid,
    pub text: String,
}

impl Quoted {
    fn of(cx: &Cx, message: &Message, author: Option<&str>) -> Quoted {
        Quoted {
            message_id: message.id,
            text: answer::quotation(message, author, cx.locale, &cx.now),
        }
    }

    /// The mail of the requester that came last; none when there is none to quote.
    pub fn newest(cx: &Cx, entries: &[ThreadEntry]) -> Option<Quoted> {
        thread::newest_received(entries)
            .map(|entry| Quoted::of(cx, &entry.message, entry.author.as_deref()))
    }

    /// The message a form names, as long as it stands in this thread.
    pub async fn named(cx: &Cx, ticket: &Ticket, name: &str) -> Result<Option<Quoted>> {
        let Ok(id) = Uuid::try_parse(name) else {
            return Ok(None);
        };
        let entry = thread::quotable(&cx.db, ticket, id).await?;
        Ok(entry.map(|entry| Quoted::of(cx, &entry.message, entry.author.as_deref())))
    }

    /// An answer with this below it.
    pub fn below(&self, text: &str) -> String {
        format!("{text}\n\n{}", self.text.trim_end())
    }

    /// What stood above this in an answer, if this is how it ends.
    pub fn above<'a>(&self, body: &'a str) -> Option<&'a str> {
        body.strip_suffix(self.text.trim_end()).map(str::trim_end)
    }
}

/// The box in `#composer-quoted`; empty when there is nothing to quote.
pub fn quoted(cx: &Cx, composer: &Composer) -> Markup {
    html! {
        div id="composer-quoted" class="composer__quoted" {
            @if let Some(quoted) = &composer.quoted {
                label class="tick" {
                    input type="checkbox" name="quote" value=(quoted.message_id.simple()) checked[!composer.written.quote.is_empty()];
                    span { (cx.t("composer-quoted")) }
                }
                details class="quote" {
                    summary { (cx.t("composer-quoted-show")) }
                    div class="plaintext" { (quoted.text.trim_end()) }
                }
            }
        }
    }
}
