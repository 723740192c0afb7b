//! What there is to know of a mail beside its words: seals, what its reader found odd, pictures that were not loaded.

use entities::ticket::Ticket;
use entities::ticket::attachment::Model as File;
use entities::ticket::mail_facts::{Machine, MailFacts, Seal};
use entities::ticket::thread::ThreadEntry;
use maud::{Markup, html};

use super::message_text::is_mail_in;
use crate::web::cx::Cx;
use crate::web::parts::{Tone, icon, icon_small, notice};
use crate::web::url::{self, Url};

/// The address of the original view of a mail; none when there is nothing to see there.
pub fn original(ticket: &Ticket, entry: &ThreadEntry) -> Option<Url> {
    let message = &entry.message;
    let is_page = is_mail_in(message) && message.html.is_some() && message.raw_sha256.is_some();
    is_page.then(|| url::ticket_part(&ticket.number, format!("messages/{}/original", message.id)))
}

/// The link to the original view, as a sign.
pub fn original_link(cx: &Cx, ticket: &Ticket, entry: &ThreadEntry) -> Markup {
    html! {
        @if let Some(address) = original(ticket, entry) {
            a class="iconbtn" href=(address) aria-label=(cx.t("message-original")) title=(cx.t("message-original")) { (icon("eye")) }
        }
    }
}

/// Above the text: how the mail is sealed, and what was odd about it.
pub fn above(cx: &Cx, ticket: &Ticket, entry: &ThreadEntry) -> Markup {
    let facts = entry.message.facts().unwrap_or_default();
    let seal_file = entry.files.iter().find(|file| is_signature(file));
    let mut warnings: Vec<String> = Vec::new();
    for code in entry.message.warnings() {
        // That it is encrypted is said above already.
        let is_said = code == "encrypted" && facts.encrypted.is_some();
        let words = warning(cx, &code);
        if !is_said && !warnings.contains(&words) {
            warnings.push(words);
        }
    }
    html! {
        @if let Some(seal) = facts.signed {
            p class="entry__to cluster" {
                span class="badge" data-state="info" { (icon_small("shield")) (signed(cx, seal)) }
                @if let Some(file) = seal_file {
                    a href=(url::ticket_part(&ticket.number, format!("files/{}", file.id))) download { (cx.t("message-signature-file")) }
                }
            }
        }
        @if let Some(seal) = facts.encrypted {
            div class="entry__to" {
                (notice(Tone::Info, &encrypted(cx, seal), &html! { (cx.t("message-encrypted-what-to-do")) }))
            }
        }
        @if !warnings.is_empty() {
            div class="entry__to" {
                (notice(Tone::Warn, &cx.t("message-warning"), &html! {
                    ul { @for words in &warnings { li { (words) } } }
                    @if entry.message.raw_sha256.is_some() { (cx.t("message-warning-raw")) }
                }))
            }
        }
    }
}

/// Below the text: what was not loaded from the net.
pub fn below(cx: &Cx, ticket: &Ticket, entry: &ThreadEntry) -> Markup {
    let facts = entry.message.facts().unwrap_or_default();
    html! {
        @if facts.remote_images > 0 || facts.pixels > 0 {
            p class="entry__to cluster" {
                (icon_small("image"))
                (left_out(cx, &facts))
                @if facts.remote_images > 0 && let Some(address) = original(ticket, entry) {
                    a href=(address) { (cx.t("message-original-link")) }
                }
            }
        }
    }
}

/// Pictures and pixels that were not loaded, in words.
pub fn left_out(cx: &Cx, facts: &MailFacts) -> Markup {
    html! {
        @if facts.remote_images > 0 {
            span { (cx.locale.t_with("message-remote-images", &[("count", facts.remote_images.into())])) }
        }
        @if facts.pixels > 0 {
            span {
                (cx.locale.t_with("message-pixels", &[
                    ("count", facts.pixels.into()),
                    ("hosts", facts.pixel_hosts.join(", ").into()),
                ]))
            }
        }
    }
}

/// The line that stands for a folded mail of a machine; none for what is shown whole.
pub fn folded_as(cx: &Cx, entry: &ThreadEntry, who: &str) -> Option<String> {
    let message = &entry.message;
    // A ticket begins with what it is about, whoever wrote it.
    let machine = message.facts().filter(|_| message.number > 1)?.machine?;
    let key = match machine {
        Machine::Absence => cx.locale.t_with("message-absence", &[("name", who.into())]),
        Machine::Report => cx.t("message-report"),
        Machine::Other => cx
            .locale
            .t_with("message-automatic", &[("name", who.into())]),
    };
    Some(key)
}

/// A signature is told of the mail, not listed among its files.
pub fn is_signature(file: &File) -> bool {
    let kind = file.content_type.to_ascii_lowercase();
    matches!(
        kind.as_str(),
        "application/pkcs7-signature"
            | "application/x-pkcs7-signature"
            | "application/pgp-signature"
    )
}

fn signed(cx: &Cx, seal: Seal) -> String {
    match seal {
        Seal::Smime => cx.t("message-signed-smime"),
        Seal::Pgp => cx.t("message-signed-pgp"),
    }
}

fn encrypted(cx: &Cx, seal: Seal) -> String {
    match seal {
        Seal::Smime => cx.t("message-encrypted-smime"),
        Seal::Pgp => cx.t("message-encrypted-pgp"),
    }
}

/// A warning of the reader in words.
pub fn warning(cx: &Cx, code: &str) -> String {
    match code {
        "missing-from" => cx.t("warning-missing-from"),
        "several-from" => cx.t("warning-several-from"),
        "missing-date" => cx.t("warning-missing-date"),
        "missing-message-id" => cx.t("warning-missing-message-id"),
        "undeclared-header-bytes" => cx.t("warning-undeclared-header-bytes"),
        "charset-guessed" => cx.t("warning-charset-guessed"),
        "charset-unknown" => cx.t("warning-charset-unknown"),
        "broken-base64" | "broken-encoding" => cx.t("warning-broken-encoding"),
        "missing-closing-boundary" => cx.t("warning-missing-closing-boundary"),
        "nested-too-deep" => cx.t("warning-nested-too-deep"),
        "nul-removed" => cx.t("warning-nul-removed"),
        "invisible-removed" => cx.t("warning-invisible-removed"),
        "header-cut" => cx.t("warning-header-cut"),
        "file-name-cleaned" => cx.t("warning-file-name-cleaned"),
        "tnef" => cx.t("warning-tnef"),
        "html-cut" => cx.t("warning-html-cut"),
        "message-id-seen-before" => cx.t("warning-message-id-seen-before"),
        "encrypted" => cx.t("warning-encrypted"),
        _ => cx.t("warning-other"),
    }
}
