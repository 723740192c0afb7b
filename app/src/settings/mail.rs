//! Mail that needs a person: what could not be taken in, and what could not be sent.

use entities::inbound::{self, InboundMail};
use entities::mailbox;
use entities::outgoing::stop;
use entities::page::Cursor;
use entities::setting::{Choice, Show};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::area::Area;
use super::inbound::why;
use super::outgoing::outgoing;
use super::page::ROWS;
use super::wide::{self, Back, Wide};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::{Pager, Tone, column, column_of_numbers, moment, notice, pager};

const AREA: Area = Area::Mail;

/// The most mails that are shown beside the failed ones because they are still tried.
const MOST_TRIED: u64 = 50;

/// Which page of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    after: String,
}

/// `GET /settings/mail`.
#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let after = Cursor::decode(&asked.after);
    let failed = inbound::failed::list(&cx.db, &cx.actor, after.as_ref(), ROWS).await?;
    let tried = inbound::failed::still_tried(&cx.db, &cx.actor, MOST_TRIED).await?;
    let unsettled = inbound::failed::unsettled(&cx.db, &cx.actor).await?;
    let stopped = stop::current(&cx.db).await?.is_some();
    let mailboxes = mailbox::list::choices_of(&cx.db, Show::All).await?;
    let content = html! {
        div class="sheet__body flow" {
            @if unsettled.alarms > 0 {
                (notice(
                    Tone::Error,
                    &cx.locale.t_with("start-mail-alarm", &[("count", unsettled.alarms.into())]),
                    &html! { (cx.t("inbound-alarm-more")) },
                ))
            }
            @if stopped {
                (notice(Tone::Warn, &cx.t("settings-mail-stopped"), &html! {
                    (cx.t("settings-mail-stopped-more")) " "
                    a href=(Area::Answers.url()) { (Area::Answers.words(&cx)) }
                }))
            }
            h2 { (cx.t("settings-mail-in")) " " span class="tally" { (cx.locale.number(unsettled.failed)) } }
        }
        @if failed.rows.is_empty() {
            p class="sheet__body" { b { (cx.t("settings-mail-in-none")) } " " (cx.t("settings-mail-in-none-more")) }
        } @else {
            (failed_mails(&cx, &failed.rows, &mailboxes, &cx.t("settings-mail-in")))
        }
        @if !tried.is_empty() {
            div class="sheet__body" { h2 { (cx.t("inbound-still-tried")) } p { (cx.t("inbound-still-tried-more")) } }
            (failed_mails(&cx, &tried, &mailboxes, &cx.t("inbound-still-tried")))
        }
        (outgoing(&cx).await?)
    };
    let pages = Pager {
        first: (!asked.after.is_empty()).then(|| AREA.url()),
        previous: None,
        next: failed
            .next
            .as_ref()
            .map(|cursor| AREA.url().with("after", cursor.encode())),
    };
    wide::page(
        &cx,
        Wide {
            area: AREA,
            back: Back::None,
            title: AREA.words(&cx),
            head: html! {},
            content,
            foot: pager(cx.locale, &pages),
        },
    )
    .await
}

fn failed_mails(cx: &Cx, mails: &[InboundMail], mailboxes: &[Choice], caption: &str) -> Markup {
    let mailbox = |mail: &InboundMail| {
        let found = mailboxes.iter().find(|m| m.id == mail.mailbox_id);
        found.map(|m| m.name.clone()).unwrap_or_default()
    };
    html! {
        table class="grid grid--plain" {
            caption class="sr" { (caption) }
            thead {
                tr {
                    (column(&cx.t("inbound-subject"))) (column(&cx.t("inbound-why"))) (column(&cx.t("inbound-sender")))
                    (column(&cx.t("inbound-mailbox"))) (column(&cx.t("inbound-at"))) (column_of_numbers(&cx.t("inbound-tries")))
                }
            }
            tbody {
                @for mail in mails {
                    tr {
                        td class="words" {
                            a class="subject" href=(Area::Inbound.entry(mail.id)) {
                                (mail.subject.clone().filter(|s| !s.trim().is_empty()).unwrap_or_else(|| cx.t("mail-no-subject")))
                            }
                        }
                        td class="words" { (why(cx, mail)) }
                        td { (mail.sender.as_deref().unwrap_or_default()) }
                        td { (mailbox(mail)) }
                        td { (moment(cx.locale, &cx.now, mail.received_at)) }
                        td class="n" {
                            @if mail.tries() >= inbound::failed::ALARM_AFTER {
                                span class="tally tally--late" { span class="sr" { (cx.t("view-mails-alarm")) " " } (cx.locale.number(mail.tries())) }
                            } @else {
                                (cx.locale.number(mail.tries()))
                            }
                        }
                    }
                }
            }
        }
    }
}
