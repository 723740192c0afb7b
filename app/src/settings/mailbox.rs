//! Mailboxes: the list with the last look into each, and the form of one.

use entities::mailbox::{self, ImapTls, Mailbox, MailboxFacts};
use entities::setting::{Noun as _, Show};
use entities::{DeskError, Rejected, Uuid, secret, service, team};
use maud::{Markup, html};
use poem::handler;

use super::area::Area;
use super::form::{self, Faults};
use super::mailbox_form::MailboxForm;
use super::mailbox_reader;
use super::noun::NounForm;
use super::page::{self, Asked, Find, Item};
use super::sending;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::{Choice, Field, Input, Pager, column};

const AREA: Area = Area::Mailboxes;

impl NounForm for MailboxForm {
    type Noun = Mailbox;

    const AREA: Area = AREA;
    const ORDER: &'static [&'static str] = MailboxForm::ORDER;

    async fn empty(_: &Cx) -> Result<Self> {
        Ok(Self::of_facts(&MailboxFacts::new("", "", "")))
    }

    fn of(_: &Cx, mailbox: &Mailbox) -> Self {
        Self::of_facts(&mailbox.facts())
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn once(&self) -> Option<String> {
        self.once.clone()
    }

    fn facts(&self, cx: &Cx, before: Option<&Mailbox>) -> MailboxFacts {
        MailboxFacts {
            // It has a page of its own.
            sending: before.map(Mailbox::sending).unwrap_or_default(),
            ..self.facts_with(sealed(cx, self, before))
        }
    }

    fn place(why: Rejected) -> &'static str {
        form::place(why, "address", "team")
    }

    async fn find(cx: &Cx, id: Uuid) -> Result<Mailbox, DeskError> {
        mailbox::find(&cx.db, &cx.actor, id).await
    }

    async fn items(cx: &Cx, open: Option<&Mailbox>) -> Result<Vec<Item>> {
        let rows = mailbox::list(&cx.db, &cx.actor, Asked::default().show()).await?;
        let item = |row: mailbox::Row| Item {
            url: AREA.entry(row.mailbox.id),
            current: page::current(row.mailbox.id, open.map(|open| open.id)),
            name: row.mailbox.name,
            more: row.mailbox.address,
        };
        Ok(rows.into_iter().map(item).collect())
    }

    async fn fields(&self, cx: &Cx, open: Option<&Mailbox>, faults: &Faults) -> Result<Markup> {
        Ok(html! {
            (incoming(cx, self, faults).await?)
            (receipt(cx, self, faults))
            (imap(cx, self, faults))
            @if let Some(mailbox) = open { (sending::summary(cx, mailbox)) }
        })
    }

    async fn told(cx: &Cx, mailbox: &Mailbox) -> Result<Markup> {
        let rows = mailbox::list(&cx.db, &cx.actor, Show::All).await?;
        let row = rows.iter().find(|row| row.mailbox.id == mailbox.id);
        Ok(html! { @if let Some(row) = row { (mailbox_reader::panel(cx, row)) } })
    }
}

#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let rows = mailbox::list(&cx.db, &cx.actor, asked.show()).await?;
    let table = html! {
        table class="grid grid--plain" {
            caption class="sr" { (AREA.words(&cx)) }
            thead {
                tr {
                    (column(&cx.t("settings-name"))) (column(&cx.t("settings-mailbox-address")))
                    (column(&cx.t("settings-mailbox-source"))) (column(&cx.t("settings-mailbox-looked")))
                }
            }
            tbody {
                @for row in &rows {
                    tr class=[row.mailbox.retired_at.map(|_| "is-retired")] {
                        td {
                            a class="subject" href=(AREA.entry(row.mailbox.id)) { (row.mailbox.name) }
                            @if row.mailbox.retired_at.is_some() { " (" (cx.t("settings-retired-mark")) ")" }
                        }
                        td { (row.mailbox.address) }
                        td { (row.mailbox.imap_host.clone().unwrap_or_else(|| cx.t("settings-mailbox-no-imap"))) }
                        td { (mailbox_reader::cell(&cx, row)) }
                    }
                }
            }
        }
    };
    page::list(&cx, AREA, &asked, Find::Nothing, table, Pager::default()).await
}

/// The typed password sealed; an empty field keeps the one there is, unless the server changed:
/// a password must not be sent to a server it was not typed for.
fn sealed(cx: &Cx, form: &MailboxForm, before: Option<&Mailbox>) -> Option<String> {
    if !form.imap_password.is_empty() {
        return Some(secret::seal(cx.db.key(), &form.imap_password));
    }
    let before = before?;
    let same = before.imap_host.as_deref().unwrap_or_default() == form.imap_host.trim();
    before.imap_password.clone().filter(|_| same)
}

async fn incoming(cx: &Cx, form: &MailboxForm, faults: &Faults) -> Result<Markup> {
    let teams = team::choices(&cx.db).await?;
    let services = service::choices(&cx.db).await?;
    Ok(html! {
        (form::text(
            cx,
            Field::new("name", &cx.t("settings-name")).hint(&cx.t("settings-mailbox-name-hint")).fault(faults.of("name")),
            "text",
            &form.name,
        ))
        (form::text(cx, Field::new("address", &cx.t("settings-mailbox-address")).fault(faults.of("address")), "email", &form.address))
        (form::text(
            cx,
            Field::new("display_name", &cx.t("settings-mailbox-display")).hint(&cx.t("settings-mailbox-display-hint")).optional().fault(faults.of("display_name")),
            "text",
            &form.display_name,
        ))
        (form::select(
            cx,
            Field::new("team", &cx.t("settings-mailbox-team")).optional().fault(faults.of("team")),
            &form::options(cx, "settings-none", &teams, &form.team),
            &form.team,
        ))
        (form::select(
            cx,
            Field::new("service", &cx.t("settings-mailbox-service")).hint(&cx.t("settings-mailbox-service-hint")).optional(),
            &form::options(cx, "settings-none", &services, &form.service),
            &form.service,
        ))
    })
}

fn receipt(cx: &Cx, form: &MailboxForm, faults: &Faults) -> Markup {
    html! {
        section class="stack" aria-labelledby="receipt-title" {
            h2 id="receipt-title" { (cx.t("settings-mailbox-answers")) }
            label class="tick" {
                input type="checkbox" name="receipt" value="1" checked[!form.receipt.is_empty()];
                span { (cx.t("settings-mailbox-receipt")) }
            }
            (Field::new("receipt_text", &cx.t("settings-mailbox-receipt-text"))
                .hint(&cx.t("settings-mailbox-receipt-hint"))
                .optional()
                .render(cx.locale, Input::Area { value: &form.receipt_text, rows: 5 }))
            label class="tick" {
                input type="checkbox" name="closing_note" value="1" checked[!form.closing_note.is_empty()];
                span { (cx.t("settings-mailbox-closing")) }
            }
            (Field::new("closing_note_text", &cx.t("settings-mailbox-closing-text"))
                .hint(&cx.t("settings-mailbox-receipt-hint"))
                .optional()
                .render(cx.locale, Input::Area { value: &form.closing_note_text, rows: 5 }))
            (form::text(
                cx,
                Field::new("close_after_days", &cx.t("settings-mailbox-close")).hint(&cx.t("settings-mailbox-close-hint")).fault(faults.of("close_after_days")),
                "number",
                &form.close_after_days,
            ))
            (form::text(
                cx,
                Field::new("reopen_within_days", &cx.t("settings-mailbox-reopen")).hint(&cx.t("settings-mailbox-reopen-hint")).fault(faults.of("reopen_within_days")),
                "number",
                &form.reopen_within_days,
            ))
        }
    }
}

fn imap(cx: &Cx, form: &MailboxForm, faults: &Faults) -> Markup {
    let tls = [
        (ImapTls::Implicit, "settings-imap-tls"),
        (ImapTls::StartTls, "settings-imap-starttls"),
        (ImapTls::None, "settings-imap-plain"),
    ]
    .map(|(tls, key)| Choice::new(form::stored_name(tls), cx.t(key)));
    let password_hint = match form.has_password.is_empty() {
        true => cx.t("settings-imap-password-none"),
        false => cx.t("settings-imap-password-kept"),
    };
    html! {
        section class="stack" aria-labelledby="imap-title" {
            h2 id="imap-title" { (cx.t("settings-imap")) }
            input type="hidden" name="has_password" value=(form.has_password);
            (form::text(
                cx,
                Field::new("imap_host", &cx.t("settings-imap-host")).hint(&cx.t("settings-imap-host-hint")).optional().fault(faults.of("imap_host")),
                "text",
                &form.imap_host,
            ))
            (form::select(cx, Field::new("imap_tls", &cx.t("settings-imap-protection")), &tls, &form.imap_tls))
            (form::text(
                cx,
                Field::new("imap_port", &cx.t("settings-imap-port")).hint(&cx.t("settings-imap-port-hint")).optional().fault(faults.of("imap_port")),
                "number",
                &form.imap_port,
            ))
            (form::text(cx, Field::new("imap_user", &cx.t("settings-imap-user")).optional().fault(faults.of("imap_user")), "text", &form.imap_user))
            (Field::new("imap_password", &cx.t("settings-imap-password"))
                .hint(&password_hint)
                .optional()
                .render(cx.locale, Input::Line { kind: "password", value: "", autocomplete: Some("new-password") }))
            (form::text(cx, Field::new("imap_folder", &cx.t("settings-imap-folder")).fault(faults.of("imap_folder")), "text", &form.imap_folder))
            (form::text(
                cx,
                Field::new("imap_move_to", &cx.t("settings-imap-move")).hint(&cx.t("settings-imap-move-hint")).optional().fault(faults.of("imap_move_to")),
                "text",
                &form.imap_move_to,
            ))
            (form::text(
                cx,
                Field::new("imap_flag", &cx.t("settings-imap-flag")).hint(&cx.t("settings-imap-flag-hint")).optional().fault(faults.of("imap_flag")),
                "text",
                &form.imap_flag,
            ))
            label class="tick" {
                input type="checkbox" name="imap_read_only" value="1" checked[!form.imap_read_only.is_empty()];
                span { (cx.t("settings-imap-read-only")) }
            }
            (form::text(
                cx,
                Field::new("imap_start_on", &cx.t("settings-imap-start")).hint(&cx.t("settings-imap-start-hint")).optional().fault(faults.of("imap_start_on")),
                "date",
                &form.imap_start_on,
            ))
            (form::text(
                cx,
                Field::new("poll_seconds", &cx.t("settings-imap-poll")).hint(&cx.t("settings-imap-poll-hint")).fault(faults.of("poll_seconds")),
                "number",
                &form.poll_seconds,
            ))
        }
    }
}
