//! One mail that came in: what was understood of it, its original, what was decided, and what can be done.

use entities::inbound::decision::{self, Told};
use entities::inbound::list::{self, Content, Row};
use entities::inbound::{Fate, Ignore, TryAgain};
use entities::{Permission, Uuid, mailbox, service};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;
use validator::Validate;

use super::area::Area;
use super::by_hand::{self, TicketForm};
use super::form::{self, Faults};
use super::inbound::{fate_words, subject, why};
use super::wide::{self, Back, Wide};
use crate::error::Result;
use crate::mail::read::{self, Mail, Mailbox, Unreadable};
use crate::tickets::mail_remarks::warning;
use crate::web::cx::Cx;
use crate::web::form::{Form, csrf};
use crate::web::parts::{Field, Look, Tone, button_link, foreign, moment, notice, submit};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;
use crate::web::url;

const AREA: Area = Area::Inbound;

/// The most characters of text that the page shows; the original holds all of it.
const MOST_CHARS: usize = 4000;

/// What could be understood of a mail's bytes.
pub enum Understood {
    Mail(Box<Mail>),
    /// Not a mail; the bytes as text.
    Bytes(String),
    /// The file store does not give them.
    Away,
}

/// Reads a mail's bytes again, as the intake does.
pub async fn understood(cx: &Cx, sha256: &str) -> Understood {
    let raw = match cx.db.blobs().get(sha256).await {
        Ok(raw) => raw,
        Err(error) => {
            tracing::error!(%error, "a mail's original cannot be read");
            return Understood::Away;
        }
    };
    match read::read(&raw) {
        Ok(mail) => Understood::Mail(Box::new(mail)),
        Err(Unreadable::Empty | Unreadable::NoHeader) => {
            let some = &raw[..raw.len().min(MOST_CHARS)];
            Understood::Bytes(String::from_utf8_lossy(some).replace('\0', ""))
        }
    }
}

/// `GET /settings/inbound/:sub`.
#[handler]
pub async fn show(cx: Cx, Sub(id): Sub) -> Result<Markup> {
    let row = list::find(&cx.db, &cx.actor, id).await?;
    page(&cx, &row, None, "", &Faults::default()).await
}

/// The page; `typed` is the form of a ticket as it was sent, `reason` what was typed beside *ignore*.
pub async fn page(
    cx: &Cx,
    row: &Row,
    typed: Option<TicketForm>,
    reason: &str,
    faults: &Faults,
) -> Result<Markup> {
    let mail = &row.mail;
    let understood = match row.content {
        Content::Hidden => None,
        _ => Some(understood(cx, &mail.sha256).await),
    };
    let mailbox = mailbox::intake::by_id(&cx.db, mail.mailbox_id).await?;
    let told = decision::of(&cx.db, &cx.actor, mail.id).await?;
    let can_become = matches!(mail.fate, Fate::Failed | Fate::Ignored);
    let ticket = match (
        &understood,
        can_become && cx.actor.may_somewhere(Permission::CreateTickets),
    ) {
        (Some(understood), true) => {
            let service_id = mailbox.as_ref().and_then(|m| m.service_id);
            let form = typed.unwrap_or_else(|| TicketForm::of(cx, understood, service_id));
            let services = service::list::choices(&cx.db).await?;
            by_hand::form(cx, mail.id, &form, &services, faults)
        }
        _ => html! {},
    };
    let mailbox = mailbox.map(|m| m.name);
    let content = html! {
        div class="form" {
            (faults.summary(cx))
            (state(cx, row, mailbox.as_deref(), &told))
            (acts(cx, row, reason, faults))
            (ticket)
            @if let Some(understood) = &understood { (what_was_understood(cx, understood)) }
        }
    };
    wide::page(
        cx,
        Wide {
            area: AREA,
            back: Back::To(if mail.fate == Fate::Failed {
                Area::Mail
            } else {
                AREA
            }),
            title: subject(cx, row),
            head: html! {},
            content,
            foot: html! {},
        },
    )
    .await
}

fn state(cx: &Cx, row: &Row, mailbox: Option<&str>, told: &[Told]) -> Markup {
    let mail = &row.mail;
    let reason = why(cx, mail);
    let tone = match mail.fate {
        Fate::Failed => Tone::Warn,
        _ => Tone::Info,
    };
    html! {
        (notice(tone, &format!("{}.", fate_words(cx, mail.fate)), &html! { (reason) }))
        dl class="factlist" {
            (fact(&cx.t("inbound-at"), html! { (moment(cx.locale, &cx.now, mail.received_at)) }))
            (fact(&cx.t("inbound-mailbox"), html! { (mailbox.unwrap_or("–")) }))
            (fact(&cx.t("inbound-tries"), html! { (cx.locale.number(mail.tries())) }))
            (fact(&cx.t("inbound-size"), html! { (cx.locale.size(u64::try_from(mail.size_bytes).unwrap_or(0))) }))
            @if let Content::Of(number) = &row.content {
                (fact(&cx.t("inbound-ticket"), html! { a href=(url::ticket(number)) { (number) } }))
            }
        }
        @if !told.is_empty() {
            section aria-labelledby="decisions" {
                h2 id="decisions" { (cx.t("inbound-decisions")) }
                ul class="plain" { @for one in told { li { (decided(cx, one)) } } }
            }
        }
    }
}

fn decided(cx: &Cx, one: &Told) -> Markup {
    let key = match one.decision.as_str() {
        "retried" => "inbound-decided-retried",
        "ignored" => "inbound-decided-ignored",
        _ => "inbound-decided-ticket",
    };
    let person = one.person.clone().unwrap_or_else(|| cx.t("rule-system"));
    html! {
        (moment(cx.locale, &cx.now, one.decided_at)) " – "
        (cx.locale.t_with(key, &[("person", person.into())]))
        @if let Some(reason) = &one.reason { " " q { (reason) } }
    }
}

fn fact(term: &str, value: Markup) -> Markup {
    html! { div class="fact" { dt { (term) } dd { (value) } } }
}

fn acts(cx: &Cx, row: &Row, reason: &str, faults: &Faults) -> Markup {
    let mail = &row.mail;
    let ignored = matches!(mail.fate, Fate::Failed | Fate::Ignored);
    html! {
        @if row.content != Content::Hidden {
            div class="cluster" {
                (button_link(Look::Secondary, &cx.t("settings-mail-raw"), &AREA.act(mail.id, "raw"), Some("download")))
                @if ignored {
                    form method="post" action=(AREA.act(mail.id, "again")) {
                        (csrf(&cx.session.csrf)) (submit(Look::Secondary, &cx.t("settings-mail-again")))
                    }
                }
            }
        }
        @if mail.fate == Fate::Failed {
            form method="post" action=(AREA.act(mail.id, "ignore")) class="formpart" novalidate {
                (csrf(&cx.session.csrf))
                h2 { (cx.t("inbound-ignore")) }
                (form::text(
                    cx,
                    Field::new("reason", &cx.t("settings-mail-why")).hint(&cx.t("inbound-ignore-hint")).fault(faults.of("reason")),
                    "text",
                    reason,
                ))
                (submit(Look::Secondary, &cx.t("settings-mail-ignore")))
            }
        }
    }
}

fn what_was_understood(cx: &Cx, understood: &Understood) -> Markup {
    html! {
        section aria-labelledby="understood" {
            h2 id="understood" { (cx.t("inbound-understood")) }
            @match understood {
                Understood::Away => { (notice(Tone::Error, &cx.t("inbound-away"), &html! { (cx.t("inbound-away-more")) })) }
                Understood::Bytes(text) => {
                    p { (cx.t("inbound-nothing")) }
                    @if !text.trim().is_empty() { (excerpt(cx, text)) }
                }
                Understood::Mail(mail) => { (of_mail(cx, mail)) }
            }
        }
    }
}

fn of_mail(cx: &Cx, mail: &Mail) -> Markup {
    let people = |all: &[Mailbox]| all.iter().map(shown).collect::<Vec<_>>().join(", ");
    let lines = [
        ("inbound-from", mail.from.as_ref().map(shown)),
        ("inbound-to", Some(people(&mail.to))),
        ("inbound-cc", Some(people(&mail.cc))),
        ("inbound-reply-to", Some(people(&mail.reply_to))),
        ("inbound-mail-id", mail.message_id.clone()),
        ("inbound-in-reply-to", mail.in_reply_to.clone()),
        (
            "inbound-automatic",
            mail.auto_generated.as_ref().map(ToString::to_string),
        ),
    ];
    html! {
        @if !mail.warnings.is_empty() {
            (notice(Tone::Warn, &cx.t("message-warning"), &html! {
                ul class="plain" { @for found in &mail.warnings { li { (warning(cx, found.code())) } } }
            }))
        }
        dl class="factlist" {
            @for (key, value) in &lines {
                @if let Some(value) = value.as_ref().filter(|v| !v.is_empty()) { (fact(&cx.t(key), html! { (cut(value)) })) }
            }
            @if let Some(date) = mail.date { (fact(&cx.t("inbound-date"), html! { (moment(cx.locale, &cx.now, date)) })) }
        }
        @if mail.text.trim().is_empty() { p class="muted" { (cx.t("inbound-no-text")) } } @else { (excerpt(cx, &mail.text)) }
        @if !mail.attachments.is_empty() {
            h3 { (cx.t("inbound-files")) }
            ul class="plain" {
                @for file in mail.attachments.iter().take(100) {
                    li { (foreign(&file.name)) " (" (cx.locale.size(file.bytes.len() as u64)) ")" }
                }
            }
            @if mail.attachments.len() > 100 { p { (cx.t("inbound-files-more")) } }
        }
    }
}

fn excerpt(cx: &Cx, text: &str) -> Markup {
    html! {
        pre class="excerpt" tabindex="0" role="region" aria-label=(cx.t("inbound-excerpt")) { (text.chars().take(MOST_CHARS).collect::<String>()) }
        @if text.chars().count() > MOST_CHARS { p class="muted" { (cx.t("inbound-more-text")) } }
    }
}

fn cut(text: &str) -> String {
    text.chars().take(1000).collect()
}

fn shown(of: &Mailbox) -> String {
    match &of.name {
        Some(name) => format!("{name} <{}>", of.address),
        None => of.address.clone(),
    }
}

/// `POST /settings/inbound/:sub/again`.
#[handler]
pub async fn update(cx: Cx, permit: Permitted<TryAgain>, Sub(id): Sub) -> Result<Swap> {
    cx.db.change(permit.into_permit(), TryAgain { id }).await?;
    Ok(go_to(&cx, id))
}

/// Why a person leaves a mail alone.
#[derive(Debug, Default, Deserialize, Validate)]
pub struct Ignored {
    #[serde(default)]
    #[validate(custom(function = "form::needed"))]
    reason: String,
}

/// `POST /settings/inbound/:sub/ignore`.
#[handler]
pub async fn remove(
    cx: Cx,
    permit: Permitted<Ignore>,
    Sub(id): Sub,
    Form(form): Form<Ignored>,
) -> Result<Swap> {
    if let Err(faults) = Faults::check(&cx, &form, &["reason"]) {
        let row = list::find(&cx.db, &cx.actor, id).await?;
        let page = page(&cx, &row, None, &form.reason, &faults).await?;
        return Ok(super::invalid(&cx, page));
    }
    let reason = form.reason;
    cx.db
        .change(permit.into_permit(), Ignore { id, reason })
        .await?;
    Ok(go_to(&cx, id))
}

fn go_to(cx: &Cx, id: Uuid) -> Swap {
    Swap::go_to(cx.asks, AREA.entry(id))
}
