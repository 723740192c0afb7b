//! Mail that does not get out: what waits and why, what was given up, and sending it again.

use entities::outbox::dead::{self as work, DeadWork};
use entities::outgoing::dead::{self, Stuck};
use entities::outgoing::told;
use entities::person::tell::Tell;
use entities::ticket::{SendAgain, thread};
use maud::{Markup, html};
use poem::handler;

use super::area::Area;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::csrf;
use crate::web::parts::{column, foreign, moment};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;
use crate::web::url;

/// The part of the page of mail that needs a person which is about mail of ours.
pub async fn outgoing(cx: &Cx) -> Result<Markup> {
    let given_up = dead::list(&cx.db, &cx.actor).await?;
    let waiting = dead::waiting(&cx.db, &cx.actor).await?;
    let told = told::waiting(&cx.db, &cx.actor).await?;
    let work = work::list(&cx.db, &cx.actor).await?;
    Ok(html! {
        @if given_up.is_empty() {
            div class="sheet__body" {
                h2 { (cx.t("settings-mail-out")) }
                p { b { (cx.t("settings-mail-out-none")) } " " (cx.t("settings-mail-out-none-more")) }
            }
        } @else {
            (part(&cx.t("settings-mail-out"), &cx.t("outgoing-dead-more")))
            (mails(cx, &cx.t("settings-mail-out"), &given_up))
        }
        @if !waiting.is_empty() {
            (part(&cx.t("outgoing-waiting"), &cx.t("outgoing-waiting-more")))
            (mails(cx, &cx.t("outgoing-waiting"), &waiting))
        }
        @if !told.is_empty() {
            (part(&cx.t("outgoing-told-waiting"), &cx.t("outgoing-waiting-more")))
            (told_waiting(cx, &told))
        }
        @if !work.is_empty() {
            (part(&cx.t("outgoing-work"), &cx.t("outgoing-work-more")))
            (pieces(cx, &work))
        }
    })
}

fn part(title: &str, more: &str) -> Markup {
    html! { div class="sheet__body" { h2 { (title) } p { (more) } } }
}

fn mails(cx: &Cx, caption: &str, mails: &[Stuck]) -> Markup {
    html! {
        table class="grid grid--plain" {
            caption class="sr" { (caption) }
            thead {
                tr {
                    (column(&cx.t("settings-mail-ticket-column"))) (column(&cx.t("settings-mail-to")))
                    (column(&cx.t("settings-mail-error"))) (column(&cx.t("settings-mail-since"))) (column(&cx.t("outgoing-act")))
                }
            }
            tbody {
                @for mail in mails {
                    tr {
                        td class="words" { a class="subject" href=(url::ticket(&mail.number)) { span class="no" { (mail.number) } " " (foreign(&mail.title)) } }
                        td { (mail.recipients().join(", ")) }
                        td class="words" { (why(cx, mail.is_limited(), mail.last_error.as_deref())) }
                        td { (moment(cx.locale, &cx.now, mail.created_at)) }
                        td {
                            @match mail.waits_until() {
                                Some(until) => { (cx.t("outgoing-next")) " " (moment(cx.locale, &cx.now, until)) }
                                None => { (again(cx, &url::mail_again(&mail.number, mail.message_id), &mail.number)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Those about accounts; what they say is made when they leave.
fn told_waiting(cx: &Cx, mails: &[told::Waiting]) -> Markup {
    html! {
        table class="grid grid--plain" {
            caption class="sr" { (cx.t("outgoing-told-waiting")) }
            thead {
                tr {
                    (column(&cx.t("outgoing-what"))) (column(&cx.t("outgoing-told-whom")))
                    (column(&cx.t("settings-mail-error"))) (column(&cx.t("settings-mail-since"))) (column(&cx.t("outgoing-act")))
                }
            }
            tbody {
                @for mail in mails {
                    tr {
                        td { (told_words(cx, &mail.tell)) }
                        td { (mail.person) }
                        td class="words" { (why(cx, mail.is_limited(), mail.last_error.as_deref())) }
                        td { (moment(cx.locale, &cx.now, mail.created_at)) }
                        td { (cx.t("outgoing-next")) " " (moment(cx.locale, &cx.now, mail.not_before)) }
                    }
                }
            }
        }
    }
}

/// What the server said, or that the mailbox has sent enough for this hour.
fn why(cx: &Cx, is_limited: bool, error: Option<&str>) -> String {
    match is_limited {
        true => cx.t("outgoing-limited"),
        false => error.unwrap_or_default().to_owned(),
    }
}

fn pieces(cx: &Cx, work: &[DeadWork]) -> Markup {
    html! {
        table class="grid grid--plain" {
            caption class="sr" { (cx.t("outgoing-work")) }
            thead {
                tr {
                    (column(&cx.t("outgoing-what"))) (column(&cx.t("outgoing-about")))
                    (column(&cx.t("outgoing-error"))) (column(&cx.t("settings-mail-since"))) (column(&cx.t("outgoing-act")))
                }
            }
            tbody {
                @for piece in work {
                    tr {
                        td { (what(cx, piece)) }
                        td {
                            @if let (Some(number), Some(title)) = (&piece.number, &piece.title) {
                                a class="subject" href=(url::ticket(number)) { (number) " " (title) }
                            }
                            @if let Some(person) = &piece.person { (person) }
                        }
                        td class="words" { (piece.last_error.clone().unwrap_or_default()) }
                        td { (moment(cx.locale, &cx.now, piece.created_at)) }
                        td { (again(cx, &url::work_again(piece.id), piece.number.as_deref().or(piece.person.as_deref()).unwrap_or_default())) }
                    }
                }
            }
        }
    }
}

fn what(cx: &Cx, piece: &DeadWork) -> String {
    match piece.effect.as_str() {
        "send_mail" => cx.t("outgoing-work-mail"),
        "send_receipt" => cx.t("outgoing-work-receipt"),
        "send_closing_note" => cx.t("rule-closing-note"),
        other => told_words(cx, other),
    }
}

/// What a mail about an account tells, by the name of its work.
pub fn told_words(cx: &Cx, name: &str) -> String {
    let Some(tell) = Tell::from_name(name) else {
        return name.to_owned();
    };
    cx.t(match tell {
        Tell::Invited => "outgoing-work-invitation",
        Tell::ResetPassword => "outgoing-told-reset",
        Tell::ByProvider => "outgoing-told-provider",
        Tell::PasswordSet => "outgoing-told-password",
        Tell::SecondFactorSet => "outgoing-told-factor",
        Tell::PasskeyAdded => "outgoing-told-passkey",
        Tell::RecoveryCodeUsed => "outgoing-told-recovery",
        Tell::SecondFactorRemoved => "outgoing-told-factor-removed",
        Tell::ReviewDue => "outgoing-told-review",
        Tell::Notices => "outgoing-told-notices",
    })
}

fn again(cx: &Cx, to: &url::Url, number: &str) -> Markup {
    html! {
        form method="post" action=(to) {
            (csrf(&cx.session.csrf))
            button class="kern-btn kern-btn--secondary" type="submit" {
                span class="kern-label" { (cx.t("message-send-again")) span class="sr" { " " (number) } }
            }
        }
    }
}

/// `POST /settings/outgoing/:key/:sub/again`: a mail of that ticket once more.
#[handler]
pub async fn create(cx: Cx, permit: Permitted<SendAgain>, Sub(id): Sub) -> Result<Swap> {
    let message = thread::message(&cx.db, permit.on(), id).await?;
    let permit = permit.into_permit();
    cx.db.change(permit, SendAgain { message }).await?;
    Ok(Swap::go_to(cx.asks, Area::Mail.url()))
}

/// `POST /settings/work/:sub/again`: a piece of work once more.
#[handler]
pub async fn update(cx: Cx, Sub(id): Sub) -> Result<Swap> {
    work::again(&cx.db, &cx.actor, id).await?;
    Ok(Swap::go_to(cx.asks, Area::Mail.url()))
}
