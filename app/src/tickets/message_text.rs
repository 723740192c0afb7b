//! The text of a message as it may be shown: reduced HTML, Markdown of ours, or plain text with its history folded.

use std::borrow::Cow;

use entities::ticket::Ticket;
use entities::ticket::attachment::Model as File;
use entities::ticket::message::Model as Message;
use entities::ticket::{Channel, Direction};
use maud::{Markup, PreEscaped, html};

use super::thread_entry::Age;
use crate::mail::inline::{self, History, Loading, Look};
use crate::mail::{answer, quote};
use crate::web::cx::Cx;
use crate::web::{markdown, url};

/// Longer texts are cut; the original holds them whole.
const MOST_BYTES: usize = 200_000;

/// What was written.
pub fn message_text(
    cx: &Cx,
    ticket: &Ticket,
    message: &Message,
    files: &[File],
    age: Age,
) -> Markup {
    if message.direction == Direction::Out
        && message.channel == Channel::Mail
        && let Some((fresh, quoted)) = quote::answered(&message.body)
    {
        return html! {
            (markdown::render(fresh))
            details class="quote" {
                summary { (cx.t("message-quoted")) }
                (markdown::render(quoted))
            }
        };
    }
    if !is_mail_in(message) {
        return markdown::render(&message.body);
    }
    let history = if forwards(message) {
        History::Open
    } else {
        History::Folded
    };
    match reduced(message) {
        Some(page) if !page.trim().is_empty() => rich(cx, ticket, &page, files, age, history),
        _ => plain(cx, &message.body, history),
    }
}

pub(super) fn is_mail_in(message: &Message) -> bool {
    message.channel == Channel::Mail && message.direction == Direction::In
}

fn reduced(message: &Message) -> Option<Cow<'_, str>> {
    let stored = message.html.as_deref()?;
    Some(match message.mail_facts {
        Some(_) => Cow::Borrowed(stored),
        None => Cow::Owned(inline::reduced_late(stored)),
    })
}

/// What was forwarded is what the mail is about; it is not folded.
fn forwards(message: &Message) -> bool {
    message.subject.as_deref().is_some_and(answer::is_forward)
}

fn rich(
    cx: &Cx,
    ticket: &Ticket,
    page: &str,
    files: &[File],
    age: Age,
    history: History,
) -> Markup {
    let quoted = cx.t("message-quoted");
    let table = cx.t("message-table");
    let look = Look {
        quoted: &quoted,
        table: &table,
        history,
        pictures: match age {
            Age::Printed => Loading::Eager,
            Age::Known | Age::Fresh => Loading::Lazy,
        },
    };
    let shown = inline::shown(page, files, look, |file| {
        url::ticket_part(&ticket.number, format!("files/{}", file.id))
            .with("inline", file.sha256.get(..16).unwrap_or_default())
            .to_string()
    });
    html! {
        div class="mailtext" {
            // XSS: written by `mail::html`, which knows its elements and attributes; only addresses of our own files
            // and our own words are put in.
            (PreEscaped(shown))
        }
    }
}

fn plain(cx: &Cx, body: &str, history: History) -> Markup {
    let end = (0..=body.len().min(MOST_BYTES))
        .rev()
        .find(|end| body.is_char_boundary(*end));
    let shown = &body[..end.unwrap_or(0)];
    let parts = quote::split(shown);
    html! {
        div class="plaintext" dir="auto" { (parts.fresh) }
        @if !parts.quoted.is_empty() {
            details class="quote" open[history == History::Open] {
                summary { (cx.t("message-quoted")) }
                div class="plaintext" dir="auto" { (parts.quoted) }
            }
        }
        @if shown.len() < body.len() { p class="muted" { (cx.t("message-text-cut")) } }
    }
}
