//! A mailbox's days: what was seen, what is stored, what became of it, and whether that adds up.

use entities::inbound::Fate;
use entities::inbound::reconcile::{self, Sum};
use entities::setting::Show;
use entities::{Uuid, mailbox};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::area::Area;
use super::form;
use super::inbound::{day, of_day, select};
use super::wide::{self, Back, Wide};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::{
    Choice, Look, Pager, Tone, column, column_of_numbers, notice, pager, submit,
};
use crate::web::url;

const AREA: Area = Area::Reconciliation;

/// Which days of which mailbox.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    mailbox: String,
    /// The newest day shown.
    to: String,
}

/// `GET /settings/reconciliation`.
#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let mailboxes = mailbox::list::choices_of(&cx.db, Show::All).await?;
    let mailbox_id = form::id(&asked.mailbox)
        .or_else(|| mailboxes.first().map(|m| m.id))
        .unwrap_or_default();
    let last = day(&asked.to).unwrap_or_else(|| cx.now.today());
    let sums = reconcile::sums(&cx.db, &cx.actor, mailbox_id, last).await?;
    let first = reconcile::first_of(last);
    let before = reconcile::day_before(&cx.db, mailbox_id, first).await?;
    let here = || AREA.url().with("mailbox", mailbox_id);
    let pages = Pager {
        first: (!asked.to.is_empty()).then(here),
        previous: None,
        next: before.map(|day| here().with("to", day.format("%Y-%m-%d"))),
    };
    let choices: Vec<Choice> = mailboxes
        .iter()
        .map(|m| Choice::new(m.id, m.name.clone()))
        .collect();
    let content = html! {
        form class="filterbar" method="get" action=(AREA.url()) aria-label=(cx.t("reconciliation-choose")) {
            (select("mailbox", &cx.t("inbound-mailbox"), &choices, &mailbox_id.to_string()))
            (submit(Look::Secondary, &cx.t("settings-show")))
        }
        div class="sheet__body flow" { p { (cx.t("reconciliation-more")) } (verdict(&cx, &sums)) }
        @if sums.is_empty() {
            p class="sheet__body muted" { (cx.t("reconciliation-none")) }
        } @else {
            (table(&cx, mailbox_id, &sums))
        }
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

fn verdict(cx: &Cx, sums: &[Sum]) -> Markup {
    let wrong = sums.iter().filter(|sum| !sum.is_right()).count();
    html! {
        @if wrong > 0 {
            (notice(Tone::Error, &cx.locale.t_with("reconciliation-wrong", &[("count", wrong.into())]), &html! { (cx.t("reconciliation-wrong-more")) }))
        } @else if !sums.is_empty() {
            (notice(Tone::Ok, &cx.t("reconciliation-right"), &html! {}))
        }
    }
}

fn table(cx: &Cx, mailbox_id: Uuid, sums: &[Sum]) -> Markup {
    html! {
        table class="grid grid--plain" {
            caption class="sr" { (AREA.words(cx)) }
            thead {
                tr {
                    (column(&cx.t("inbound-day"))) (column_of_numbers(&cx.t("reconciliation-seen"))) (column_of_numbers(&cx.t("reconciliation-stored")))
                    @for (_, key, _) in NUMBERS { (column_of_numbers(&cx.t(key))) }
                    (column(&cx.t("reconciliation-result")))
                }
            }
            tbody { @for sum in sums { (line(cx, mailbox_id, sum)) } }
        }
    }
}

type Number = (Fate, &'static str, fn(&Sum) -> i64);

const NUMBERS: [Number; 6] = [
    (Fate::Message, "inbound-fate-message", |s| s.messages),
    (Fate::Ticket, "inbound-fate-ticket", |s| s.tickets),
    (Fate::Copy, "inbound-fate-copy", |s| s.copies),
    (Fate::Ignored, "inbound-fate-ignored", |s| s.ignored),
    (Fate::Failed, "inbound-fate-failed", |s| s.failed),
    (Fate::Stored, "inbound-fate-stored", |s| s.waiting),
];

fn line(cx: &Cx, mailbox_id: Uuid, sum: &Sum) -> Markup {
    let day = cx.locale.date(sum.day);
    html! {
        tr {
            th scope="row" { (day) }
            td class="n" { (cx.locale.number(sum.seen)) }
            td class="n" { (mails(cx, mailbox_id, sum, None, sum.stored, "reconciliation-stored")) }
            @for (fate, key, number) in NUMBERS { td class="n" { (mails(cx, mailbox_id, sum, Some(fate), number(sum), key)) } }
            td {
                @if sum.is_right() {
                    (cx.t("reconciliation-adds-up"))
                } @else {
                    span class="tally tally--late" { (difference(cx, sum)) }
                }
                @if let Some(number) = &sum.number { " " a class="no" href=(url::ticket(number)) { (number) } }
            }
        }
    }
}

/// A number as a link to the mails it counts.
fn mails(
    cx: &Cx,
    mailbox_id: Uuid,
    sum: &Sum,
    fate: Option<Fate>,
    count: i64,
    key: &str,
) -> Markup {
    let number = cx.locale.number(count);
    html! {
        @if count == 0 {
            (number)
        } @else {
            a href=(of_day(mailbox_id, sum.day, fate)) { (number) span class="sr" { " " (cx.t(key)) ", " (cx.locale.date(sum.day)) } }
        }
    }
}

fn difference(cx: &Cx, sum: &Sum) -> String {
    let (key, count) = if sum.seen != sum.stored {
        ("reconciliation-off-stored", sum.stored - sum.seen)
    } else {
        ("reconciliation-off-settled", sum.settled() - sum.stored)
    };
    let signed = match count > 0 {
        true => format!("+{}", cx.locale.number(count)),
        false => cx.locale.number(count),
    };
    cx.locale.t_with(key, &[("count", signed.into())])
}
