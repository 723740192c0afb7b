//! What left a mailbox: how much of its hour is used, and the last mails that told people of their accounts.

use entities::mailbox::Mailbox;
use entities::outgoing::{self, told};
use maud::{Markup, html};

use super::outgoing::told_words;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::parts::{column, moment};

/// Below the form of how it sends.
pub async fn sent(cx: &Cx, mailbox: &Mailbox) -> Result<Markup> {
    let count = outgoing::sent_this_hour(&cx.db, mailbox.id).await?;
    let told = told::newest(&cx.db, &cx.actor, mailbox.id).await?;
    let args = |most: i32| [("count", count.into()), ("most", most.into())];
    let hour = match mailbox.hourly_limit {
        Some(most) => cx.locale.t_with("sending-hour-of", &args(most)),
        None => cx.locale.t_with("sending-hour", &args(0)),
    };
    Ok(html! {
        section class="stack" aria-labelledby="sent-title" {
            h2 id="sent-title" { (cx.t("sending-sent")) }
            p { (hour) }
            h3 id="told-title" { (cx.t("sending-told")) }
            p class="small muted" { (cx.t("sending-told-more")) }
            @if told.is_empty() { p { (cx.t("sending-told-none")) } }
            @else { (table(cx, &told)) }
        }
    })
}

fn table(cx: &Cx, told: &[told::Sent]) -> Markup {
    html! {
        table class="grid grid--plain" aria-labelledby="told-title" {
            thead { tr { (column(&cx.t("outgoing-what"))) (column(&cx.t("outgoing-told-whom"))) (column(&cx.t("sending-sent-at"))) } }
            tbody {
                @for mail in told {
                    tr {
                        td { (told_words(cx, &mail.tell)) }
                        td { (mail.person) }
                        td { (moment(cx.locale, &cx.now, mail.sent_at)) }
                    }
                }
            }
        }
    }
}
