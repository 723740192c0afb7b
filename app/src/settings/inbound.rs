//! Every mail that came in, with its fate: found by mailbox, day, fate, sender and Message-ID.

use chrono::NaiveDate;
use entities::inbound::list::{Content, Row, Wanted, list as find};
use entities::inbound::{Fate, InboundMail, refused};
use entities::page::Cursor;
use entities::setting::Choice as Chosen;
use entities::setting::Show;
use entities::{Uuid, mailbox};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::area::Area;
use super::form;
use super::page::ROWS;
use super::wide::{self, Back, Wide};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::{Choice, Look, Pager, column, column_of_numbers, moment, pager, submit};
use crate::web::url::{self, Url};

const AREA: Area = Area::Inbound;

/// The filter's value for mail that never came in.
const REFUSED: &str = "refused";

const FATES: [Fate; 6] = [
    Fate::Stored,
    Fate::Message,
    Fate::Ticket,
    Fate::Copy,
    Fate::Ignored,
    Fate::Failed,
];

/// What is asked for, as it stands in the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    mailbox: String,
    day: String,
    fate: String,
    sender: String,
    mail_id: String,
    after: String,
}

impl Asked {
    fn wanted(&self) -> Wanted {
        let text = |text: &str| Some(text.trim().to_owned()).filter(|t| !t.is_empty());
        Wanted {
            mailbox_id: form::id(&self.mailbox),
            day: day(&self.day),
            fate: form::stored(&self.fate),
            sender: text(&self.sender),
            mail_id: text(&self.mail_id),
        }
    }

    fn here(&self) -> Url {
        AREA.url()
            .with("mailbox", &self.mailbox)
            .with("day", &self.day)
            .with("fate", &self.fate)
            .with("sender", &self.sender)
            .with("mail_id", &self.mail_id)
    }

    fn pages(&self, next: Option<&Cursor>) -> Pager {
        Pager {
            first: (!self.after.is_empty()).then(|| self.here()),
            previous: None,
            next: next.map(|cursor| self.here().with("after", cursor.encode())),
        }
    }
}

/// A day as a date field sends it.
pub fn day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok()
}

/// The mails of a mailbox and day with one fate, or with any.
pub fn of_day(mailbox_id: Uuid, day: NaiveDate, fate: Option<Fate>) -> Url {
    AREA.url()
        .with("mailbox", mailbox_id)
        .with("day", day.format("%Y-%m-%d"))
        .with("fate", fate.map(form::stored_name).unwrap_or_default())
}

/// What became of a mail, in a word.
pub fn fate_words(cx: &Cx, fate: Fate) -> String {
    cx.t(match fate {
        Fate::Stored => "inbound-fate-stored",
        Fate::Message => "inbound-fate-message",
        Fate::Ticket => "inbound-fate-ticket",
        Fate::Copy => "inbound-fate-copy",
        Fate::Ignored => "inbound-fate-ignored",
        Fate::Failed => "inbound-fate-failed",
    })
}

/// `GET /settings/inbound`.
#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let after = Cursor::decode(&asked.after);
    let (content, next) = if asked.fate == REFUSED {
        let found = refused::list(&cx.db, &cx.actor, after.as_ref(), ROWS).await?;
        (refused_mails(&cx, &found.rows), found.next)
    } else {
        let wanted = asked.wanted();
        let found = find(&cx.db, &cx.actor, &wanted, after.as_ref(), ROWS).await?;
        (mails(&cx, &found.rows), found.next)
    };
    let mailboxes = mailbox::list::choices_of(&cx.db, Show::All).await?;
    let content = html! {
        (filter(&cx, &asked, &mailboxes))
        (content)
    };
    let foot = pager(cx.locale, &asked.pages(next.as_ref()));
    wide::page(
        &cx,
        Wide {
            area: AREA,
            back: Back::None,
            title: AREA.words(&cx),
            head: html! {},
            content,
            foot,
        },
    )
    .await
}

fn filter(cx: &Cx, asked: &Asked, mailboxes: &[Chosen]) -> Markup {
    let mut boxes = vec![Choice::new("", cx.t("inbound-all"))];
    boxes.extend(mailboxes.iter().map(|m| Choice::new(m.id, m.name.clone())));
    let mut fates = vec![Choice::new("", cx.t("inbound-all"))];
    fates.extend(
        FATES
            .iter()
            .map(|fate| Choice::new(form::stored_name(fate), fate_words(cx, *fate))),
    );
    fates.push(Choice::new(REFUSED, cx.t("inbound-fate-refused")));
    html! {
        form class="filterbar" method="get" action=(AREA.url()) role="search" aria-label=(cx.t("inbound-find")) {
            (select("mailbox", &cx.t("inbound-mailbox"), &boxes, &asked.mailbox))
            (select("fate", &cx.t("inbound-fate"), &fates, &asked.fate))
            (line("day", "date", &cx.t("inbound-day"), &asked.day))
            (line("sender", "text", &cx.t("inbound-sender"), &asked.sender))
            (line("mail_id", "text", &cx.t("inbound-mail-id"), &asked.mail_id))
            span class="cluster" {
                (submit(Look::Secondary, &cx.t("inbound-search")))
                a href=(AREA.url()) { (cx.t("inbound-reset")) }
            }
        }
    }
}

/// A labelled select of a filter.
pub fn select(name: &str, label: &str, choices: &[Choice], value: &str) -> Markup {
    html! {
        label {
            span { (label) }
            select class="input" name=(name) {
                @for choice in choices { option value=(choice.value) selected[choice.value == value] { (choice.label) } }
            }
        }
    }
}

/// A labelled line of a filter.
pub fn line(name: &str, kind: &str, label: &str, value: &str) -> Markup {
    html! {
        label {
            span { (label) }
            input class="input" type=(kind) name=(name) value=(value) autocomplete="off";
        }
    }
}

fn mails(cx: &Cx, rows: &[Row]) -> Markup {
    if rows.is_empty() {
        return html! { p class="sheet__body muted" { (cx.t("inbound-none")) } };
    }
    html! {
        table class="grid grid--plain" {
            caption class="sr" { (AREA.words(cx)) }
            thead {
                tr {
                    (column(&cx.t("inbound-subject"))) (column(&cx.t("inbound-sender"))) (column(&cx.t("inbound-at")))
                    (column(&cx.t("inbound-fate"))) (column(&cx.t("inbound-why")))
                }
            }
            tbody { @for row in rows { (mail_row(cx, row)) } }
        }
    }
}

fn mail_row(cx: &Cx, row: &Row) -> Markup {
    let mail = &row.mail;
    html! {
        tr {
            td class="words" { a class="subject" href=(AREA.entry(mail.id)) { (subject(cx, row)) } }
            td { @if row.content != Content::Hidden { (mail.sender.as_deref().unwrap_or_default()) } }
            td { (moment(cx.locale, &cx.now, mail.received_at)) }
            td {
                (fate_words(cx, mail.fate))
                @if let Content::Of(number) = &row.content { " " a class="no" href=(url::ticket(number)) { (number) } }
            }
            td class="words" { (why(cx, mail)) }
        }
    }
}

/// The subject, as far as the reader may know it.
pub fn subject(cx: &Cx, row: &Row) -> String {
    match (&row.content, row.mail.subject.as_deref()) {
        (Content::Hidden, _) => cx.t("inbound-hidden"),
        (_, Some(subject)) if !subject.trim().is_empty() => subject.to_owned(),
        _ => cx.t("mail-no-subject"),
    }
}

/// Why it has its fate, in plain words; empty where the fate says it all.
pub fn why(cx: &Cx, mail: &InboundMail) -> String {
    let reason = mail.reason.as_deref().unwrap_or_default();
    match (mail.fate, reason) {
        (Fate::Failed, "empty") => cx.t("settings-mail-reason-empty"),
        (Fate::Failed, "no_header") => cx.t("settings-mail-reason-no-header"),
        (Fate::Failed, "no_mailbox") => cx.t("settings-mail-reason-no-mailbox"),
        (Fate::Failed, "not_fetched") => cx.t("settings-mail-reason-not-fetched"),
        (Fate::Failed, "too_large") => cx.locale.t_with(
            "settings-mail-reason-too-large",
            &[
                (
                    "size",
                    cx.locale
                        .size(u64::try_from(mail.size_bytes).unwrap_or(0))
                        .into(),
                ),
                ("most", i64::from(cx.desk.config.mail.max_size_mb).into()),
            ],
        ),
        (Fate::Failed, other) => cx.locale.t_with(
            "settings-mail-reason-error",
            &[("error", other.trim_start_matches("error: ").into())],
        ),
        (Fate::Ticket, "by_hand") => cx.t("inbound-by-hand"),
        (Fate::Copy, _) => cx.t("inbound-copy-why"),
        (Fate::Stored, _) if mail.tries() > 0 => cx.locale.t_with(
            "inbound-tried",
            &[("count", i64::from(mail.tries()).into())],
        ),
        (_, reason) => reason.to_owned(),
    }
}

fn refused_mails(cx: &Cx, rows: &[refused::Model]) -> Markup {
    html! {
        p class="sheet__body" { (cx.t("inbound-refused-more")) }
        @if rows.is_empty() {
            p class="sheet__body muted" { (cx.t("inbound-none")) }
        } @else {
            table class="grid grid--plain" {
                caption class="sr" { (cx.t("inbound-fate-refused")) }
                thead {
                    tr {
                        (column(&cx.t("inbound-subject"))) (column(&cx.t("inbound-sender"))) (column(&cx.t("inbound-mailbox")))
                        (column(&cx.t("inbound-why"))) (column_of_numbers(&cx.t("inbound-times"))) (column(&cx.t("inbound-last")))
                    }
                }
                tbody {
                    @for row in rows {
                        tr {
                            td { (row.subject.clone().unwrap_or_else(|| cx.t("mail-no-subject"))) }
                            td { (row.sender.as_deref().unwrap_or_default()) }
                            td { (row.mailbox) }
                            td { (refused_why(cx, row)) }
                            td class="n" { (cx.locale.number(row.times)) }
                            td { (moment(cx.locale, &cx.now, row.last_at)) }
                        }
                    }
                }
            }
        }
    }
}

fn refused_why(cx: &Cx, row: &refused::Model) -> String {
    cx.t(match row.why.as_str() {
        "too_large" => "inbound-too-large",
        _ => "inbound-no-mailbox",
    })
}
