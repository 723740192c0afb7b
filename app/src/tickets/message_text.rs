//! The text of a message as it may be shown: cleaned HTML, Markdown of ours, or plain text with its history folded.

use entities::ticket::attachment::Model as File;
use entities::ticket::message::Model as Message;
use entities::ticket::{Channel, Direction};
use maud::{Markup, PreEscaped, html};

use crate::mail::quote;
use crate::web::cx::Cx;
use crate::web::{markdown, url};

/// What was written.
pub fn message_text(cx: &Cx, ticket_number: &str, message: &Message, files: &[File]) -> Markup {
    let is_mail_in = message.channel == Channel::Mail && message.direction == Direction::In;
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
    if !is_mail_in {
        return markdown::render(&message.body);
    }
    let parts = quote::split(&message.body);
    match &message.html {
        // Folding works on text; a mail whose text ends with its history is read more easily so.
        Some(rich) if parts.quoted.is_empty() => {
            let shown = with_files(rich, ticket_number, files);
            html! {
                // XSS: cleaned by `mail::read::sanitise` when it came in; only addresses of our own files are put in.
                (PreEscaped(shown))
            }
        }
        _ => html! {
            div class="plaintext" { (parts.fresh) }
            @if !parts.quoted.is_empty() {
                details class="quote" {
                    summary { (cx.t("message-quoted")) }
                    div class="plaintext" { (parts.quoted) }
                }
            }
        },
    }
}

fn with_files(rich: &str, ticket_number: &str, files: &[File]) -> String {
    crate::mail::inline::shown(rich, files, |file| {
        url::ticket_part(ticket_number, format!("files/{}", file.id))
            .with("inline", "1")
            .to_string()
    })
}
