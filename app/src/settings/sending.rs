//! How a mailbox sends: its mail server, its hourly limit, its signature, and a mail to try all that.

use entities::mailbox::{self, ImapTls, Mailbox, MailboxFacts, Update};
use entities::setting::Noun as _;
use entities::{Uuid, secret};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::area::Area;
use super::form::{self, Faults, Outcome};
use super::page::{self, Asked, Item};
use super::sending_form::SendingForm;
use super::sending_sent::sent;
use crate::error::Result;
use crate::mail::dkim::{self, Key};
use crate::mail::post::Post;
use crate::mail::send;
use crate::web::cx::Cx;
use crate::web::form::{Form, Query, csrf};
use crate::web::parts::{
    Choice, Field, Input, Look, Tone, button_link, icon_small, notice, submit,
};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;

const AREA: Area = Area::Mailboxes;

/// `GET /settings/mailboxes/:sub/sending`.
#[handler]
pub async fn edit(cx: Cx, Sub(id): Sub, Query(asked): Query<Asked>) -> Result<Markup> {
    let mailbox = mailbox::find(&cx.db, &cx.actor, id).await?;
    let told = match asked.done.as_str() {
        "saved" => notice(Tone::Ok, &cx.t("settings-done-saved"), &html! {}),
        "tested" => notice(Tone::Ok, &cx.t("sending-test-sent"), &html! {}),
        "written" => notice(Tone::Info, &cx.t("sending-test-written"), &html! {}),
        _ => html! {},
    };
    show(
        &cx,
        &mailbox,
        &SendingForm::of(&mailbox),
        &Faults::default(),
        told,
    )
    .await
}

/// `POST /settings/mailboxes/:sub/sending`.
#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<Update>,
    Sub(id): Sub,
    Form(form): Form<SendingForm>,
) -> Result<Swap> {
    let before = mailbox::find(&cx.db, &cx.actor, id).await?;
    if let Err(faults) = form.check(&cx, &before) {
        let page = show(&cx, &before, &form, &faults, html! {}).await?;
        return Ok(super::invalid(&cx, page));
    }
    let facts = MailboxFacts {
        sending: form.facts(&cx, &before),
        ..before.facts()
    };
    let changed = cx
        .db
        .change(permit.into_permit(), Update { id, facts })
        .await;
    match form::outcome(changed)? {
        Outcome::Done(id) => Ok(Swap::go_to(cx.asks, url_of(id).with("done", "saved"))),
        Outcome::Rejected(why) => {
            let faults = Faults::rejected(&cx, "smtp_host", why);
            let page = show(&cx, &before, &form, &faults, html! {}).await?;
            Ok(super::invalid(&cx, page))
        }
    }
}

/// To whom a test goes.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Tested {
    test_to: String,
}

/// `POST /settings/mailboxes/:sub/sending/test`: a mail with the stored settings, and the server's answer.
#[handler]
pub async fn create(
    cx: Cx,
    _permit: Permitted<Update>,
    Sub(id): Sub,
    Form(tested): Form<Tested>,
) -> Result<Swap> {
    let mailbox = mailbox::find(&cx.db, &cx.actor, id).await?;
    let form = SendingForm::of(&mailbox);
    let to = tested.test_to.trim();
    if form::needed_address(to).is_err() {
        let faults = Faults::of_field("test_to", cx.t("settings-fault-address"));
        let page = show(&cx, &mailbox, &form, &faults, html! {}).await?;
        return Ok(super::invalid(&cx, page));
    }
    let done = match send::send_test_from(&cx.desk, &mailbox, to).await {
        Ok(Post::Smtp(_)) => "tested",
        Ok(Post::Folder(_)) => "written",
        Err(error) => {
            let words = format!("{error:#}");
            let told = notice(
                Tone::Error,
                &cx.t("sending-test-failed"),
                &html! { (cx.t("sending-test-words")) " " q { (words) } },
            );
            let page = show(&cx, &mailbox, &form, &Faults::default(), told).await?;
            return Ok(super::invalid(&cx, page));
        }
    };
    Ok(Swap::go_to(cx.asks, url_of(id).with("done", done)))
}

fn url_of(id: Uuid) -> crate::web::url::Url {
    AREA.act(id, "sending")
}

/// What the mailbox's own page says about sending, with the way there.
pub fn summary(cx: &Cx, mailbox: &Mailbox) -> Markup {
    let server = match &mailbox.smtp_host {
        Some(host) => host.clone(),
        None => cx.t("sending-summary-shared"),
    };
    let limit = mailbox.hourly_limit.map(|most| {
        cx.locale
            .t_with("sending-summary-limit", &[("most", most.into())])
    });
    let signed = mailbox.signed_as().map(|(domain, _)| {
        cx.locale
            .t_with("sending-summary-signed", &[("domain", domain.into())])
    });
    html! {
        section class="stack" aria-labelledby="sending-title" {
            h2 id="sending-title" { (cx.t("sending-title")) }
            p { (cx.t("sending-host")) ": " (server) "." @for more in limit.iter().chain(&signed) { " " (more) } }
            div class="cluster" { (button_link(Look::Secondary, &cx.t("sending-edit"), &url_of(mailbox.id), None)) }
        }
    }
}

async fn show(
    cx: &Cx,
    mailbox: &Mailbox,
    form: &SendingForm,
    faults: &Faults,
    told: Markup,
) -> Result<Markup> {
    let rows = mailbox::list(&cx.db, &cx.actor, Asked::default().show()).await?;
    let item = |row: mailbox::Row| Item {
        url: AREA.entry(row.mailbox.id),
        current: page::current(row.mailbox.id, Some(mailbox.id)),
        name: row.mailbox.name,
        more: row.mailbox.address,
    };
    let items: Vec<Item> = rows.into_iter().map(item).collect();
    let title = cx
        .locale
        .t_with("sending-page", &[("name", mailbox.name.as_str().into())]);
    let sheet = html! {
        section class="sheet" aria-labelledby="settings-title" {
            div class="sheet__head" {
                a class="back" href=(AREA.entry(mailbox.id)) { (icon_small("left")) (mailbox.name) }
                h1 id="settings-title" class="h2" { (title) }
            }
            div class="scroll" {
                div class="form" {
                    (faults.summary(cx)) (told)
                    form class="stack" method="post" action=(url_of(mailbox.id)) novalidate {
                        (csrf(&cx.session.csrf))
                        (server(cx, mailbox, form, faults))
                        (shape(cx, form))
                        (signature(cx, mailbox, form, faults))
                        @if mailbox.retired_at.is_none() {
                            div class="cluster" { (submit(Look::Primary, &cx.t("settings-save"))) }
                        }
                    }
                    (test(cx, mailbox, faults))
                    (sent(cx, mailbox).await?)
                }
            }
        }
    };
    page::entry(cx, AREA, &title, &items, sheet).await
}

fn server(cx: &Cx, mailbox: &Mailbox, form: &SendingForm, faults: &Faults) -> Markup {
    let tls = [
        (ImapTls::StartTls, "settings-imap-starttls"),
        (ImapTls::Implicit, "settings-imap-tls"),
        (ImapTls::None, "settings-imap-plain"),
    ]
    .map(|(tls, key)| Choice::new(form::stored_name(tls), cx.t(key)));
    let password_hint = match mailbox.smtp_password {
        None => cx.t("settings-imap-password-none"),
        Some(_) => cx.t("settings-imap-password-kept"),
    };
    let line = |name: &str, label: &str, hint: &str, kind: &str, value: &str| {
        form::text(
            cx,
            Field::new(name, &cx.t(label))
                .hint(&cx.t(hint))
                .optional()
                .fault(faults.of(name)),
            kind,
            value,
        )
    };
    html! {
        section class="stack" aria-labelledby="smtp-title" {
            h2 id="smtp-title" { (cx.t("sending-server")) }
            (line("smtp_host", "sending-host", "sending-host-hint", "text", &form.smtp_host))
            (form::select(cx, Field::new("smtp_tls", &cx.t("settings-imap-protection")), &tls, &form.smtp_tls))
            (line("smtp_port", "settings-imap-port", "sending-port-hint", "number", &form.smtp_port))
            (line("smtp_user", "settings-imap-user", "sending-user-hint", "text", &form.smtp_user))
            (Field::new("smtp_password", &cx.t("settings-imap-password"))
                .hint(&password_hint)
                .optional()
                .render(cx.locale, Input::Line { kind: "password", value: "", autocomplete: Some("new-password") }))
            (line("envelope_sender", "sending-envelope", "sending-envelope-hint", "email", &form.envelope_sender))
            (line("hourly_limit", "sending-limit", "sending-limit-hint", "number", &form.hourly_limit))
        }
    }
}

/// What mails are made of.
fn shape(cx: &Cx, form: &SendingForm) -> Markup {
    html! {
        section class="stack" aria-labelledby="shape-title" {
            h2 id="shape-title" { (cx.t("sending-shape")) }
            p { (cx.t("sending-shape-more")) }
            label class="tick" {
                input type="checkbox" name="plain_only" value="1" checked[!form.plain_only.is_empty()];
                span { (cx.t("sending-plain-only")) }
            }
        }
    }
}

fn signature(cx: &Cx, mailbox: &Mailbox, form: &SendingForm, faults: &Faults) -> Markup {
    let key_hint = match mailbox.dkim_key {
        None => cx.t("sending-key-hint"),
        Some(_) => cx.t("sending-key-kept"),
    };
    html! {
        section class="stack" aria-labelledby="dkim-title" {
            h2 id="dkim-title" { (cx.t("sending-dkim")) }
            p { (cx.t("sending-dkim-more")) }
            (form::text(
                cx,
                Field::new("dkim_selector", &cx.t("sending-selector")).hint(&cx.t("sending-selector-hint")).optional().fault(faults.of("dkim_selector")),
                "text",
                &form.dkim_selector,
            ))
            (form::text(
                cx,
                Field::new("dkim_domain", &cx.t("sending-domain")).hint(&cx.t("sending-domain-hint")).optional().fault(faults.of("dkim_domain")),
                "text",
                &form.dkim_domain,
            ))
            // A key that was typed is a secret and is not shown again.
            (Field::new("dkim_key", &cx.t("sending-key"))
                .hint(&key_hint)
                .optional()
                .fault(faults.of("dkim_key"))
                .render(cx.locale, Input::Area { value: "", rows: 4 }))
            (record(cx, mailbox))
        }
    }
}

/// The DNS record that belongs to the stored key, or what is wrong with it.
fn record(cx: &Cx, mailbox: &Mailbox) -> Markup {
    let (Some((domain, selector)), Some(sealed)) = (mailbox.signed_as(), &mailbox.dkim_key) else {
        return html! {};
    };
    let key = secret::open(cx.db.key(), sealed).and_then(|pem| Key::parse(&pem).ok());
    let Some(key) = key else {
        return notice(
            Tone::Error,
            &cx.t("sending-key-broken"),
            &html! { (cx.t("sending-key-broken-more")) },
        );
    };
    html! {
        p { (cx.t("sending-record")) }
        dl class="stack" {
            dt { (cx.t("sending-record-name")) }
            dd { code { (dkim::record_name(&domain, &selector)) } }
            dt { (cx.t("sending-record-value")) }
            dd { pre class="log" { (key.record()) } }
        }
    }
}

fn test(cx: &Cx, mailbox: &Mailbox, faults: &Faults) -> Markup {
    html! {
        form class="stack" method="post" action=(AREA.act(mailbox.id, "sending/test")) novalidate aria-labelledby="test-title" {
            (csrf(&cx.session.csrf))
            h2 id="test-title" { (cx.t("sending-test")) }
            (form::text(
                cx,
                Field::new("test_to", &cx.t("sending-test-to")).hint(&cx.t("sending-test-hint")).fault(faults.of("test_to")),
                "email",
                "",
            ))
            div class="cluster" { (submit(Look::Secondary, &cx.t("sending-test-send"))) }
        }
    }
}
