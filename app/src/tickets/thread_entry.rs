//! One entry of the thread: who wrote what to whom by which way, its files, and what became of it.

use entities::Permission;
use entities::outgoing::answers::Occasion;
use entities::ticket::attachment::Model as File;
use entities::ticket::message::{Address, ThreadedBy};
use entities::ticket::thread::ThreadEntry;
use entities::ticket::{Audience, Channel, Delivery, Direction, Ticket};
use maud::{Markup, html};

use super::mail_remarks;
use super::mention;
use super::message_menu::message_menu;
use super::message_text::message_text;
use super::redaction;
use super::words;
use crate::web::cx::Cx;
use crate::web::form;
use crate::web::parts::{Look, foreign, icon, icon_small, moment, submit};
use crate::web::url;

/// Whether an entry has just come in while the page was open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    Known,
    Fresh,
    /// On paper everything is unfolded that is not said elsewhere.
    Printed,
}

/// The entry `#message-ID`.
pub fn thread_entry(cx: &Cx, ticket: &Ticket, entry: &ThreadEntry, age: Age) -> Markup {
    let message = &entry.message;
    let who = who(cx, entry);
    let folded = match is_receipt(entry) {
        true => Some(cx.t("message-receipt-show")),
        false => mail_remarks::folded_as(cx, entry, &who),
    };
    let body = html! {
        (mail_remarks::above(cx, ticket, entry))
        @if message.delivery == Delivery::Withdrawn {
            p class="entry__to" { (cx.t("message-withdrawn-text")) }
        }
        div class="entry__text" {
            @if entry.named.is_empty() { (message_text(cx, ticket, message, &entry.files, age)) }
            @else { (mention::text_of_note(&message.body, &entry.named)) }
        }
        (mail_remarks::below(cx, ticket, entry))
        (redaction::marks(cx, ticket, entry))
        (foot(cx, ticket, entry))
    };
    html! {
        li id={ "message-" (message.id) } class={ "entry " (class(entry)) @if age == Age::Fresh { " is-fresh" } } {
            span class={ "entry__node" @if is_failed(message.delivery) { " entry__node--failed" } } { (icon_small(sign(entry))) }
            article class="entry__card" aria-label=(cx.locale.t_with("message-by", &[("name", who.as_str().into())])) {
                header class="entry__head" {
                    span class="who" { (foreign(&who)) }
                    span class="entry__kind" { (foreign(&kind(cx, entry))) }
                    span class="right cluster" {
                        (moment(cx.locale, &cx.now, message.created_at))
                        (menu(cx, ticket, entry))
                    }
                }
                (recipients(cx, entry))
                @if let Some(line) = folded {
                    details class="quote quote--mail" open[age == Age::Printed] { summary { (foreign(&line)) } (body) }
                } @else { (body) }
            }
        }
    }
}

fn is_receipt(entry: &ThreadEntry) -> bool {
    entry.outbound.as_ref().is_some_and(|mail| mail.automatic)
}

fn is_failed(delivery: Delivery) -> bool {
    matches!(delivery, Delivery::Failed | Delivery::Bounced)
}

fn class(entry: &ThreadEntry) -> &'static str {
    let message = &entry.message;
    match (message.channel, message.direction, message.audience) {
        (Channel::Note, ..) => "entry--note",
        (Channel::Phone, ..) => "entry--phone",
        (_, _, Audience::Vendor) => "entry--vendor",
        (_, Direction::In, _) => "entry--in",
        _ => "entry--out",
    }
}

fn sign(entry: &ThreadEntry) -> &'static str {
    match (entry.message.channel, entry.message.direction) {
        (Channel::Note, _) => "note",
        (Channel::Phone, _) => "phone",
        (Channel::Portal, _) => "factory",
        (Channel::Mail, Direction::In) => "mailin",
        (Channel::Mail, _) => "mailout",
    }
}

fn named(address: &Address) -> &str {
    address
        .name
        .as_deref()
        .filter(|name| !name.trim().is_empty())
        .unwrap_or(&address.address)
}

/// Who wrote it, with the vendor they wrote for.
fn who(cx: &Cx, entry: &ThreadEntry) -> String {
    let writer = writer(cx, entry);
    match (&entry.vendor, entry.message.direction) {
        (Some(vendor), Direction::In) if *vendor != writer => format!("{vendor} · {writer}"),
        _ => writer,
    }
}

fn writer(cx: &Cx, entry: &ThreadEntry) -> String {
    if let Some(author) = &entry.author {
        return author.clone();
    }
    if is_receipt(entry) {
        return cx.t("message-from-system");
    }
    let parties = entry.message.parties();
    match &parties.from {
        Some(from) => named(from).to_owned(),
        None => cx.t("message-from-unknown"),
    }
}

fn kind(cx: &Cx, entry: &ThreadEntry) -> String {
    let message = &entry.message;
    let parties = message.parties();
    match (message.channel, message.direction) {
        (Channel::Note, _) => cx.t("message-kind-note"),
        (Channel::Phone, direction) => {
            let minutes = message.call_minutes.unwrap_or(0);
            let key = match direction {
                Direction::Out => "message-kind-call-out",
                _ => "message-kind-call-in",
            };
            match (key, minutes) {
                ("message-kind-call-out", 0) => cx.t("message-kind-call-out"),
                ("message-kind-call-out", _) => cx.locale.t_with(
                    "message-kind-call-out-minutes",
                    &[("minutes", minutes.into())],
                ),
                (_, 0) => cx.t("message-kind-call-in"),
                _ => cx.locale.t_with(
                    "message-kind-call-in-minutes",
                    &[("minutes", minutes.into())],
                ),
            }
        }
        (Channel::Portal, Direction::In) => cx.t("message-kind-portal-in"),
        (Channel::Portal, _) => match &entry.vendor {
            Some(vendor) => cx.locale.t_with(
                "message-kind-portal-to",
                &[("name", vendor.as_str().into())],
            ),
            None => cx.t("message-kind-portal-out"),
        },
        (Channel::Mail, Direction::In) => match &parties.from {
            Some(from) => cx.locale.t_with(
                "message-kind-mail-from",
                &[("address", from.address.as_str().into())],
            ),
            None => cx.t("message-kind-mail"),
        },
        (Channel::Mail, _) if is_receipt(entry) => cx.t(match entry.occasion {
            Some(Occasion::ClosingNote) => "message-kind-closing-note",
            Some(Occasion::Receipt) | None => "message-kind-receipt",
        }),
        (Channel::Mail, _) => cx.locale.t_with(
            match message.audience {
                Audience::Internal if message.raw_sha256.is_some() => "message-kind-passed-on",
                Audience::Internal => "message-kind-forwarded",
                Audience::Requester | Audience::Vendor => "message-kind-reply-to",
            },
            &[("name", list(&parties.to).into())],
        ),
    }
}

fn list(addresses: &[Address]) -> String {
    addresses.iter().map(named).collect::<Vec<_>>().join(", ")
}

/// Everybody beyond the obvious, and why the mail stands in this ticket.
fn recipients(cx: &Cx, entry: &ThreadEntry) -> Markup {
    let parties = entry.message.parties();
    let line = |words: String, addresses: &[Address]| {
        html! { @if !addresses.is_empty() { span { (words) " " (foreign(&list(addresses))) } " " } }
    };
    let is_in = entry.message.direction == Direction::In;
    let why = entry.message.reason().and_then(|reason| why(cx, &reason));
    let origin = origin(cx, entry);
    let touches = entry.message.touched_by();
    let is_empty = parties.cc.is_empty()
        && parties.bcc.is_empty()
        && why.is_none()
        && origin.is_none()
        && touches.is_empty();
    html! {
        @if !is_empty {
            p class="entry__to" {
                @if is_in && !parties.cc.is_empty() { (line(cx.t("message-to"), &parties.to)) }
                (line(cx.t("message-cc"), &parties.cc))
                (line(cx.t("message-bcc"), &parties.bcc))
                @if let Some(why) = why { span class="entry__why" { (why) } " " }
                @if let Some(origin) = origin { span class="entry__why" { (origin) } " " }
                @for touch in &touches { span class="entry__why" { (words::touch(cx.locale, touch)) } " " }
            }
        }
    }
}

/// The ticket it was moved or merged from.
fn origin(cx: &Cx, entry: &ThreadEntry) -> Option<String> {
    entry.message.origin_id?;
    Some(match &entry.origin {
        Some(number) => cx
            .locale
            .t_with("message-origin", &[("number", number.as_str().into())]),
        None => cx.t("message-origin-hidden"),
    })
}

fn why(cx: &Cx, reason: &ThreadedBy) -> Option<String> {
    Some(match reason {
        ThreadedBy::NewTicket => return None,
        ThreadedBy::Token => cx.t("threaded-token"),
        ThreadedBy::Bounce => cx.t("threaded-bounce"),
        ThreadedBy::References { .. } => cx.t("threaded-references"),
        ThreadedBy::Number => cx.t("threaded-number"),
        ThreadedBy::VendorNumber { .. } => cx.t("threaded-vendor-number"),
        ThreadedBy::NumberFromStranger { number } => cx
            .locale
            .t_with("threaded-stranger", &[("number", number.as_str().into())]),
        ThreadedBy::ClosedTooLong { number } => cx
            .locale
            .t_with("threaded-closed", &[("number", number.as_str().into())]),
        ThreadedBy::ByHand => cx.t("threaded-by-hand"),
    })
}

fn menu(cx: &Cx, ticket: &Ticket, entry: &ThreadEntry) -> Markup {
    html! {
        (mail_remarks::original_link(cx, ticket, entry))
        @if entry.message.raw_sha256.is_some() {
            a class="iconbtn" href=(url::ticket_part(&ticket.number, format!("messages/{}/raw", entry.message.id)))
                download aria-label=(cx.t("message-raw")) title=(cx.t("message-raw")) { (icon("download")) }
        }
        (message_menu(cx, ticket, entry))
    }
}

fn foot(cx: &Cx, ticket: &Ticket, entry: &ThreadEntry) -> Markup {
    let files: Vec<&File> = entry
        .files
        .iter()
        .filter(|file| !file.inline && !mail_remarks::is_signature(file))
        .collect();
    let has_delivery = entry.message.delivery != Delivery::None;
    html! {
        @if !files.is_empty() || has_delivery {
            footer class="entry__foot" {
                @for file in &files { (file_link(cx, ticket, file)) }
                @if has_delivery { (delivery(cx, ticket, entry)) }
            }
        }
    }
}

/// A file with its sign and size.
pub fn file_link(cx: &Cx, ticket: &Ticket, file: &File) -> Markup {
    let size = cx.locale.size(u64::try_from(file.size_bytes).unwrap_or(0));
    html! {
        a class="file" href=(url::ticket_part(&ticket.number, format!("files/{}", file.id))) download {
            (icon_small(file_sign(&file.content_type, &file.name)))
            (foreign(&file.name)) " " span class="muted" { (packed(cx, file)) (size) }
        }
    }
}

/// What a file is that only Outlook opens.
pub fn packed(cx: &Cx, file: &File) -> Markup {
    let kind = file.content_type.to_ascii_lowercase();
    let is_tnef = matches!(
        kind.as_str(),
        "application/ms-tnef" | "application/vnd.ms-tnef"
    );
    html! { @if is_tnef { (cx.t("file-tnef")) " · " } }
}

/// The icon for a type of file.
pub fn file_sign(content_type: &str, name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase());
    match (content_type, ending.as_deref()) {
        (kind, _) if kind.starts_with("image/") => "image",
        ("text/csv", _) | (_, Some("xls" | "xlsx" | "ods" | "csv")) => "table",
        ("message/rfc822", _) | (_, Some("eml" | "msg")) => "mail",
        ("application/pdf", _) | (_, Some("pdf" | "doc" | "docx" | "odt")) => "file",
        (kind, _) if kind.starts_with("text/") => "text",
        _ => "clip",
    }
}

fn delivery(cx: &Cx, ticket: &Ticket, entry: &ThreadEntry) -> Markup {
    let message = &entry.message;
    let state = |sign: &str, tone: &'static str, words: &str, at: Option<entities::Instant>| {
        html! {
            span class="cluster right badge" data-state=(tone) {
                (icon_small(sign)) (words)
                @if let Some(at) = at { " " (moment(cx.locale, &cx.now, at)) }
            }
        }
    };
    let error = entry
        .outbound
        .as_ref()
        .and_then(|mail| mail.last_error.as_deref());
    let limited = entry.outbound.as_ref().and_then(|mail| mail.limited_until);
    html! {
        @match message.delivery {
            Delivery::None => {}
            Delivery::Queued if limited.is_some() => { (state("clock", "info", &cx.t("delivery-limited"), limited)) (withdraw(cx, ticket, entry)) }
            Delivery::Queued => { (state("clock", "info", &cx.t("delivery-queued"), None)) @if let Some(error) = error { span class="small muted" { (error) } } (withdraw(cx, ticket, entry)) }
            Delivery::Sent => { (state("check", "closed", &cx.t("delivery-sent"), message.delivered_at)) }
            Delivery::Withdrawn => { (state("undo", "closed", &cx.t("delivery-withdrawn"), None)) }
            Delivery::Failed => { (state("warn", "error", &cx.t("delivery-failed"), None)) (failed(cx, ticket, entry, error)) }
            Delivery::Bounced => { (state("warn", "error", &cx.t("delivery-bounced"), None)) (failed(cx, ticket, entry, error)) }
        }
    }
}

/// The way back while the mail has not left, also without the toast.
fn withdraw(cx: &Cx, ticket: &Ticket, entry: &ThreadEntry) -> Markup {
    let part = format!("messages/{}/withdraw", entry.message.id);
    html! {
        @if !is_receipt(entry) && cx.may(Permission::Reply, ticket.place()) {
            form action=(url::ticket_part(&ticket.number, &part)) method="post" hx-post=(url::ticket_part(&ticket.number, &part)) hx-swap="none" {
                (form::csrf(&cx.session.csrf))
                (submit(Look::Secondary, &cx.t("reply-withdraw")))
            }
        }
    }
}

fn failed(cx: &Cx, ticket: &Ticket, entry: &ThreadEntry, error: Option<&str>) -> Markup {
    let part = format!("messages/{}/send-again", entry.message.id);
    html! {
        @if let Some(error) = error { span class="small muted" { (error) } }
        @if cx.may(Permission::Reply, ticket.place()) {
            form action=(url::ticket_part(&ticket.number, &part)) method="post" hx-post=(url::ticket_part(&ticket.number, &part)) hx-swap="none" {
                (form::csrf(&cx.session.csrf))
                (submit(Look::Secondary, &cx.t("message-send-again")))
            }
        }
    }
}
