//! Sending a message on to somebody outside: the form with what goes along, and what sending it does.

use entities::organisation::district;
use entities::ticket::attachment::Model as File;
use entities::ticket::message::{Address, NewFile};
use entities::ticket::thread::ThreadEntry;
use entities::ticket::{Channel, Forward, Ticket, thread};
use entities::{DeskError, Uuid, mailbox, new_id};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::composer::addresses;
use super::pick::page;
use super::reply::mailbox_of;
use crate::error::{Result, rejected};
use crate::mail::answer;
use crate::web::cx::Cx;
use crate::web::form::{self, Form};
use crate::web::parts::{
    Field, Input, Look, button_link, error_summary, foreign, icon_small, submit,
};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;
use crate::web::url;

/// The ids of the fields.
const TO: &str = "forward-to";
const SUBJECT: &str = "forward-subject";
const TEXT: &str = "forward-text";

/// What stands in the form.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ForwardForm {
    to: String,
    subject: String,
    text: String,
    /// The ids of files.
    file: Vec<String>,
    once: String,
}

impl ForwardForm {
    fn fresh(ticket: &Ticket, entry: &ThreadEntry) -> ForwardForm {
        let subject = entry.message.subject.as_deref().unwrap_or_default();
        let subject = match answer::bare_subject(subject) {
            subject if subject.is_empty() => ticket.title.clone(),
            subject => subject,
        };
        let files = entry.files.iter().filter(|file| !file.inline);
        ForwardForm {
            subject: format!("WG: [#{}] {subject}", ticket.number),
            file: files.map(|file| file.id.to_string()).collect(),
            ..ForwardForm::default()
        }
    }

    fn has(&self, file: &File) -> bool {
        self.file.iter().any(|id| *id == file.id.to_string())
    }
}

/// What colleagues wrote for each other alone is not sent on.
async fn entry(cx: &Cx, ticket: &Ticket, id: Uuid) -> Result<ThreadEntry> {
    let entry = thread::entry(&cx.db, ticket, id).await?;
    match entry.message.channel {
        Channel::Note => Err(DeskError::Hidden.into()),
        Channel::Mail | Channel::Phone | Channel::Portal => Ok(entry),
    }
}

/// `GET /tickets/:key/messages/:sub/forward`.
#[handler]
pub async fn new(cx: Cx, permit: Permitted<Forward>, Sub(id): Sub) -> Result<Markup> {
    let ticket = permit.on();
    let entry = entry(&cx, ticket, id).await?;
    let fresh = ForwardForm::fresh(ticket, &entry);
    let form = forward_form(&cx, ticket, &entry, &fresh, &[]);
    page(&cx, ticket, &cx.t("forward-title"), &form).await
}

/// `POST /tickets/:key/messages/:sub/forward`.
#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<Forward>,
    Sub(id): Sub,
    Form(typed): Form<ForwardForm>,
) -> Result<Swap> {
    let ticket = permit.on().clone();
    let entry = entry(&cx, &ticket, id).await?;
    let faults = match read(&cx, &ticket, &entry, &typed).await? {
        Err(faults) => faults,
        Ok(command) => match cx.db.change(permit.into_permit(), command).await {
            Ok(_) | Err(DeskError::AlreadyDone(_)) => {
                return Ok(Swap::go_to(cx.asks, url::ticket(&ticket.number)));
            }
            Err(DeskError::Rejected(why)) => vec![(TEXT.to_owned(), rejected(cx.locale, why))],
            Err(error) => return Err(error.into()),
        },
    };
    let form = forward_form(&cx, &ticket, &entry, &typed, &faults);
    let fragment = html! { hx-partial hx-target="#forward-form" hx-swap="outerHTML" { (form) } };
    let page = page(&cx, &ticket, &cx.t("forward-title"), &form).await?;
    Ok(Swap::invalid(cx.asks, fragment, page))
}

/// The command behind the form, or every fault: field and sentence.
async fn read(
    cx: &Cx,
    ticket: &Ticket,
    entry: &ThreadEntry,
    typed: &ForwardForm,
) -> Result<Result<Forward, Vec<(String, String)>>> {
    let (to, wrong) = outsiders(cx, &typed.to).await?;
    let mut faults: Vec<_> = wrong.into_iter().map(|why| (TO.to_owned(), why)).collect();
    if typed.subject.trim().is_empty() {
        faults.push((SUBJECT.to_owned(), cx.t("forward-subject-missing")));
    }
    if typed.subject.chars().any(char::is_control) {
        faults.push((SUBJECT.to_owned(), cx.t("composer-subject-fault")));
    }
    if !faults.is_empty() {
        return Ok(Err(faults));
    }
    let message_id = new_id();
    let quoted = quoted(cx, entry);
    let text = typed.text.replace("\r\n", "\n");
    let body = match text.trim() {
        "" => quoted,
        text => format!("{text}\n\n{quoted}"),
    };
    let files = entry.files.iter().filter(|file| typed.has(file));
    Ok(Ok(Forward {
        message_id,
        mail_id: answer::reply_ids(&cx.desk, ticket, message_id),
        mailbox_id: mailbox_of(cx, ticket).await?,
        of: entry.message.clone(),
        seen: ticket.version,
        to,
        subject: typed.subject.trim().to_owned(),
        body,
        files: files.map(sent_along).collect(),
        undo_seconds: cx.session.preference.undo_seconds.into(),
        once: Uuid::try_parse(&typed.once)
            .ok()
            .map(|key| key.simple().to_string()),
    }))
}

/// To whom a message is sent on, and what is wrong with what was typed for it: an answer to oneself comes back, and what
/// goes to vendors was looked through, and they see it under their own share.
pub async fn outsiders(cx: &Cx, typed: &str) -> Result<(Vec<Address>, Vec<String>)> {
    let to = match addresses::list(typed) {
        Ok(to) if to.is_empty() => return Ok((to, vec![cx.t("rejected-no-recipient")])),
        Ok(to) => to,
        Err(part) => {
            let part = [("part", part.into())];
            let sentence = cx.locale.t_with("composer-address-fault", &part);
            return Ok((vec![], vec![sentence]));
        }
    };
    let own = mailbox::intake::own_addresses(&cx.db).await?;
    let mut wrong = Vec::new();
    for one in &to {
        if own.iter().any(|own| own.eq_ignore_ascii_case(&one.address)) {
            let address = [("address", one.address.as_str().into())];
            wrong.push(cx.locale.t_with("forward-own", &address));
            continue;
        }
        let of = district::of_address(&cx.db, &one.address).await?;
        if let Some(vendor) = of.filter(|of| of.kind.is_partner()) {
            let name = [("name", vendor.name.as_str().into())];
            wrong.push(cx.locale.t_with("forward-vendor", &name));
        }
    }
    Ok((to, wrong))
}

/// A file of a message, as it goes into the next one.
pub fn sent_along(file: &File) -> NewFile {
    NewFile {
        name: file.name.clone(),
        content_type: file.content_type.clone(),
        size_bytes: file.size_bytes,
        sha256: file.sha256.clone(),
        inline: false,
        content_id: None,
    }
}

/// The whole message as a quotation, with who wrote it and when.
fn quoted(cx: &Cx, entry: &ThreadEntry) -> String {
    let message = &entry.message;
    let from = message.parties().from;
    let from = match (&entry.author, from) {
        (Some(author), Some(from)) => format!("{author}, {}", from.address),
        (Some(author), None) => author.clone(),
        (None, Some(from)) => addresses::line(&[from]),
        (None, None) => cx.t("message-from-unknown"),
    };
    let local = cx.now.local(message.created_at);
    let (day, time) = (local.date_naive(), local.time());
    let at = format!("{}, {}", cx.locale.date(day), cx.locale.time_of_day(time));
    let line = |key: &str, value: &str| cx.locale.t_with(key, &[("value", value.into())]);
    let mut lines = vec![line("forward-from", &from), line("forward-at", &at)];
    if let Some(subject) = &message.subject {
        lines.push(line("forward-about", subject));
    }
    lines.push(String::new());
    lines.extend(message.body.trim_end().lines().map(str::to_owned));
    let lines: Vec<String> = lines
        .iter()
        .map(|line| format!("> {line}").trim_end().to_owned())
        .collect();
    format!("{}\n\n{}", cx.t("forward-quoted"), lines.join("\n"))
}

/// The form `#forward-form`.
fn forward_form(
    cx: &Cx,
    ticket: &Ticket,
    entry: &ThreadEntry,
    typed: &ForwardForm,
    faults: &[(String, String)],
) -> Markup {
    let action = url::ticket_part(
        &ticket.number,
        format!("messages/{}/forward", entry.message.id),
    );
    html! {
        form id="forward-form" class="factform actform" action=(action) method="post" hx-post=(action) hx-swap="none" {
            (form::csrf(&cx.session.csrf))
            @match typed.once.as_str() {
                "" => { (form::once()) }
                once => { input type="hidden" name="once" value=(once); }
            }
            (error_summary(cx.locale, faults))
            p { (cx.t("forward-intro")) }
            (fields(cx, typed, faults))
            blockquote class="quoted" { p class="plaintext" { (foreign(&quoted(cx, entry))) } }
            @if !entry.files.is_empty() {
                fieldset class="field" {
                    legend class="label" { (cx.t("forward-files")) }
                    @for file in &entry.files {
                        label class="tick" {
                            input type="checkbox" name="file" value=(file.id) checked[typed.has(file)];
                            span { (icon_small("clip")) " " (foreign(&file.name)) }
                        }
                    }
                }
            }
            div class="cluster" {
                (submit(Look::Primary, &cx.t("forward-send")))
                (button_link(Look::Tertiary, &cx.t("merge-cancel"), &url::ticket(&ticket.number), None))
            }
        }
    }
}

/// To whom, about what, and what one adds.
fn fields(cx: &Cx, typed: &ForwardForm, faults: &[(String, String)]) -> Markup {
    let fault = |field: &str| {
        let found = faults.iter().find(|(of, _)| of == field);
        found.map(|(_, sentence)| sentence.as_str())
    };
    let line = |value| Input::Line {
        kind: "text",
        value,
        autocomplete: Some("off"),
    };
    let area = Input::Area {
        value: &typed.text,
        rows: 4,
    };
    html! {
        (Field::new(TO, &cx.t("forward-to")).name("to").first().hint(&cx.t("forward-to-hint")).fault(fault(TO))
            .render(cx.locale, line(&typed.to)))
        (Field::new(SUBJECT, &cx.t("forward-subject")).name("subject").fault(fault(SUBJECT)).render(cx.locale, line(&typed.subject)))
        (Field::new(TEXT, &cx.t("forward-text")).name("text").optional().fault(fault(TEXT)).render(cx.locale, area))
    }
}
