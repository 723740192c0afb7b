//! Mail that needs a person: what could not be read or taken in, and what could not be sent.

use entities::inbound::{self, InboundMail};
use entities::outgoing::{dead, limits};
use entities::ticket::classify::Place;
use entities::ticket::message::{NewFile, NewMessage, ThreadedBy};
use entities::ticket::open::AfterOpen;
use entities::ticket::{Audience, Channel, Direction, Kind, Open, Priority};
use entities::{DeskError, Permission, Permit, Uuid};
use maud::{Markup, html};
use poem::http::header;
use poem::{Response, handler};
use serde::Deserialize;

use super::area::Area;
use super::page;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{Form, csrf};
use crate::web::parts::{Look, Tone, button_link, column, moment, notice, submit};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;
use crate::web::url;

const AREA: Area = Area::Mail;

/// The most characters of a raw mail that stand in a ticket made by hand; all of it is attached.
const MOST_CHARS: usize = 4000;

/// `GET /settings/mail`.
#[handler]
pub async fn list(cx: Cx) -> Result<Markup> {
    let failed = inbound::failed::list(&cx.db, &cx.actor).await?;
    let dead = dead::list(&cx.db, &cx.actor).await?;
    let stopped = limits::is_stopped(&cx.db).await?;
    let content = html! {
        @if stopped {
            (notice(Tone::Warn, &cx.t("settings-mail-stopped"), &html! { (cx.t("settings-mail-stopped-more")) }))
        }
        h2 { (cx.t("settings-mail-in")) }
        (failed_mails(&cx, &failed))
        h2 { (cx.t("settings-mail-out")) }
        (dead_mails(&cx, &dead))
    };
    page::plain(&cx, AREA, content).await
}

fn failed_mails(cx: &Cx, failed: &[InboundMail]) -> Markup {
    html! {
        @if failed.is_empty() { p { b { (cx.t("settings-mail-in-none")) } " " (cx.t("settings-mail-in-none-more")) } }
        @for mail in failed { (failed_mail(cx, mail)) }
    }
}

fn failed_mail(cx: &Cx, mail: &InboundMail) -> Markup {
    let field = format!("ignore-{}", mail.id.simple());
    let subject = mail.subject.clone().unwrap_or_default();
    html! {
        section class="form__part" aria-label=(cx.t("settings-mail-one")) {
            p {
                b { @if subject.is_empty() { (cx.t("mail-no-subject")) } @else { (subject) } }
                " " (moment(cx.locale, &cx.now, mail.received_at))
                @if let Some(sender) = &mail.sender { " " (sender) }
            }
            p { (reason(cx, mail)) }
            div class="cluster" {
                (button_link(Look::Secondary, &cx.t("settings-mail-raw"), &AREA.act(mail.id, "raw"), None))
                form method="post" action=(AREA.act(mail.id, "again")) {
                    (csrf(&cx.session.csrf)) (submit(Look::Secondary, &cx.t("settings-mail-again")))
                }
                @if cx.actor.may_somewhere(Permission::CreateTickets) {
                    form method="post" action=(AREA.act(mail.id, "ticket")) {
                        (csrf(&cx.session.csrf)) (submit(Look::Secondary, &cx.t("settings-mail-ticket")))
                    }
                }
            }
            form class="cluster" method="post" action=(AREA.act(mail.id, "ignore")) {
                (csrf(&cx.session.csrf))
                label for=(field) { (cx.t("settings-mail-why")) }
                input class="input input--auto" id=(field) name="reason" required maxlength="200";
                (submit(Look::Tertiary, &cx.t("settings-mail-ignore")))
            }
        }
    }
}

fn reason(cx: &Cx, mail: &InboundMail) -> String {
    let reason = mail.reason.as_deref().unwrap_or_default();
    match reason {
        "empty" => cx.t("settings-mail-reason-empty"),
        "no_header" => cx.t("settings-mail-reason-no-header"),
        "no_mailbox" => cx.t("settings-mail-reason-no-mailbox"),
        other => cx.locale.t_with(
            "settings-mail-reason-error",
            &[("error", other.trim_start_matches("error: ").into())],
        ),
    }
}

fn dead_mails(cx: &Cx, dead: &[dead::Dead]) -> Markup {
    html! {
        @if dead.is_empty() {
            p { b { (cx.t("settings-mail-out-none")) } " " (cx.t("settings-mail-out-none-more")) }
        } @else {
            p { (cx.t("settings-mail-out-more")) }
            table class="grid grid--plain" {
                caption class="sr" { (cx.t("settings-mail-out")) }
                thead {
                    tr {
                        (column(&cx.t("settings-mail-ticket-column"))) (column(&cx.t("settings-mail-to")))
                        (column(&cx.t("settings-mail-error"))) (column(&cx.t("settings-mail-since")))
                    }
                }
                tbody {
                    @for mail in dead {
                        tr {
                            td { a class="subject" href=(url::ticket(&mail.number)) { (mail.number) " " (mail.title) } }
                            td { (recipients(mail)) }
                            td { (mail.last_error.clone().unwrap_or_default()) }
                            td { (moment(cx.locale, &cx.now, mail.created_at)) }
                        }
                    }
                }
            }
        }
    }
}

fn recipients(mail: &dead::Dead) -> String {
    let all: Vec<String> = serde_json::from_str(&mail.recipients).unwrap_or_default();
    all.join(", ")
}

/// `GET /settings/mail/:sub/raw`: the mail as it came.
#[handler]
pub async fn show(cx: Cx, Sub(id): Sub) -> Result<Response> {
    let mail = inbound::failed::find(&cx.db, &cx.actor, id).await?;
    let raw = cx.db.blobs().get(&mail.sha256).await?;
    let name = format!("attachment; filename=\"{}.eml\"", mail.id.simple());
    Ok(Response::builder()
        .content_type("message/rfc822")
        .header(header::CONTENT_DISPOSITION, name)
        .header(header::CACHE_CONTROL, "private, no-store")
        .body(raw))
}

/// `POST /settings/mail/:sub/again`.
#[handler]
pub async fn update(cx: Cx, Sub(id): Sub) -> Result<Swap> {
    inbound::failed::try_again(&cx.db, &cx.actor, id).await?;
    Ok(Swap::go_to(cx.asks, AREA.url()))
}

/// Why a person leaves a mail alone.
#[derive(Debug, Deserialize)]
pub struct Ignored {
    #[serde(default)]
    reason: String,
}

/// `POST /settings/mail/:sub/ignore`.
#[handler]
pub async fn remove(cx: Cx, Sub(id): Sub, Form(form): Form<Ignored>) -> Result<Swap> {
    let reason: String = form.reason.chars().take(200).collect();
    inbound::failed::ignore(&cx.db, &cx.actor, id, &reason).await?;
    Ok(Swap::go_to(cx.asks, AREA.url()))
}

/// `POST /settings/mail/:sub/ticket`: a ticket by hand, with the mail as it came as its file.
#[handler]
pub async fn create(cx: Cx, permit: Permitted<Open>, Sub(id): Sub) -> Result<Swap> {
    let mail = inbound::failed::find(&cx.db, &cx.actor, id).await?;
    let number = by_hand(&cx, permit.into_permit(), &mail).await?;
    Ok(Swap::go_to(cx.asks, url::ticket(number)))
}

async fn by_hand(cx: &Cx, permit: Permit<Open>, mail: &InboundMail) -> Result<String> {
    let ticket_of = |id: Uuid| entities::ticket::show::by_id(&cx.db, &cx.actor, id);
    let raw = cx.db.blobs().get(&mail.sha256).await?;
    let shown: String = String::from_utf8_lossy(&raw)
        .chars()
        .take(MOST_CHARS)
        .collect();
    let shown = shown.replace('\0', "");
    let body = match shown.trim().is_empty() {
        true => cx.t("settings-mail-by-hand-empty"),
        false => shown,
    };
    let mailbox = entities::mailbox::intake::by_id(&cx.db, mail.mailbox_id).await?;
    let open = Open {
        title: mail
            .subject
            .clone()
            .unwrap_or_else(|| cx.t("mail-no-subject")),
        kind: Kind::Incident,
        priority: Priority::Normal,
        place: Place {
            service_id: None,
            team_id: mailbox.and_then(|m| m.team_id),
        },
        requester_id: None,
        organisation_id: None,
        district_id: None,
        mailbox_id: Some(mail.mailbox_id),
        first: NewMessage {
            id: mail.id,
            raw_sha256: Some(mail.sha256.clone()),
            threaded_by: Some(ThreadedBy::ByHand),
            files: vec![NewFile {
                name: "mail.eml".to_owned(),
                content_type: "message/rfc822".to_owned(),
                size_bytes: mail.size_bytes,
                sha256: mail.sha256.clone(),
                inline: false,
                content_id: None,
            }],
            ..NewMessage::text(Audience::Requester, Direction::In, Channel::Mail, body)
        },
        then: AfterOpen::HandToTeam,
        once: Some(format!("mail {}", mail.id)),
    };
    let ticket = match cx.db.change(permit, open).await {
        Ok(done) => done.subject,
        // Pressed twice, or the note below was never made.
        Err(DeskError::AlreadyDone(id)) => ticket_of(id).await?,
        Err(error) => return Err(error.into()),
    };
    inbound::failed::became_ticket(&cx.db, &cx.actor, mail.id, ticket.id).await?;
    Ok(ticket.number)
}
