//! Asking to have something of a message blacked out: the form, and what sending it does.

use entities::redaction::Known;
use entities::ticket::attachment::Model as File;
use entities::ticket::redact::{Blackener, MOST_PASSAGES, SHORTEST_PASSAGE, passages};
use entities::ticket::thread::ThreadEntry;
use entities::ticket::{AskRedaction, Ticket, thread};
use entities::{DeskError, Uuid, redaction};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::pick::page;
use crate::error::{Result, rejected};
use crate::web::cx::Cx;
use crate::web::form::{self, Form};
use crate::web::parts::{
    Field, Input, Look, Tone, button_link, error_summary, foreign, icon_small, moment, notice,
    submit,
};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;
use crate::web::url;

/// The most characters of the reason.
const MOST_REASON_CHARS: usize = 2000;

/// What stands in the form.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RedactForm {
    /// One a line.
    passages: String,
    /// The ids of files.
    file: Vec<String>,
    reason: String,
    once: String,
}

/// `GET /tickets/:key/messages/:sub/redact`.
#[handler]
pub async fn new(cx: Cx, permit: Permitted<AskRedaction>, Sub(id): Sub) -> Result<Markup> {
    let ticket = permit.on();
    let entry = thread::entry(&cx.db, ticket, id).await?;
    let form = redact_form(&cx, ticket, &entry, &RedactForm::default(), &[]);
    page(&cx, ticket, &cx.t("redact-title"), &form).await
}

/// `POST /tickets/:key/messages/:sub/redact`.
#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<AskRedaction>,
    Sub(id): Sub,
    Form(typed): Form<RedactForm>,
) -> Result<Swap> {
    let ticket = permit.on().clone();
    let entry = thread::entry(&cx.db, &ticket, id).await?;
    let mut faults = faults(&cx, &entry, &typed);
    if faults.is_empty() {
        let command = AskRedaction {
            message: entry.message.clone(),
            files: chosen(&entry, &typed).cloned().collect(),
            passages: passages(&typed.passages),
            reason: typed.reason.clone(),
            once: Uuid::try_parse(&typed.once)
                .ok()
                .map(|key| key.simple().to_string()),
        };
        match cx.db.change(permit.into_permit(), command).await {
            Ok(_) | Err(DeskError::AlreadyDone(_)) => {
                return Ok(Swap::go_to(cx.asks, url::ticket(&ticket.number)));
            }
            Err(DeskError::Rejected(why)) => {
                faults.push(("redact-passages".to_owned(), rejected(cx.locale, why)));
            }
            Err(error) => return Err(error.into()),
        }
    }
    let form = redact_form(&cx, &ticket, &entry, &typed, &faults);
    let fragment = html! { hx-partial hx-target="#redact-form" hx-swap="outerHTML" { (form) } };
    let page = page(&cx, &ticket, &cx.t("redact-title"), &form).await?;
    Ok(Swap::invalid(cx.asks, fragment, page))
}

/// Those of the message's files that were ticked.
fn chosen<'a>(entry: &'a ThreadEntry, typed: &'a RedactForm) -> impl Iterator<Item = &'a File> {
    let is_chosen = move |id: Uuid| {
        let ids = typed.file.iter();
        ids.filter_map(|one| Uuid::try_parse(one).ok())
            .any(|one| one == id)
    };
    entry.files.iter().filter(move |file| is_chosen(file.id))
}

/// Everything that is wrong: field and sentence.
fn faults(cx: &Cx, entry: &ThreadEntry, typed: &RedactForm) -> Vec<(String, String)> {
    let mut faults = Vec::new();
    let mut fault = |field: &str, words: String| faults.push((field.to_owned(), words));
    let all = passages(&typed.passages);
    if all.is_empty() && chosen(entry, typed).next().is_none() {
        fault("redact-passages", cx.t("redact-nothing"));
    }
    if all.len() > MOST_PASSAGES {
        let most = [("count", MOST_PASSAGES.into())];
        fault("redact-passages", cx.locale.t_with("redact-many", &most));
    } else {
        for passage in &all {
            let of = |key: &str| {
                let least = SHORTEST_PASSAGE.into();
                let passage = passage.as_str().into();
                cx.locale
                    .t_with(key, &[("passage", passage), ("count", least)])
            };
            if passage.chars().count() < SHORTEST_PASSAGE {
                fault("redact-passages", of("redact-short"));
            } else if !Blackener::new(std::slice::from_ref(passage)).finds_in(&entry.message) {
                fault("redact-passages", of("redact-missing"));
            }
        }
    }
    if typed.reason.trim().is_empty() {
        fault("redact-reason", cx.t("redact-reason-missing"));
    }
    if typed.reason.chars().count() > MOST_REASON_CHARS {
        let most = [("count", MOST_REASON_CHARS.into())];
        fault(
            "redact-reason",
            cx.locale.t_with("redact-reason-long", &most),
        );
    }
    faults
}

/// What looks personal in the text, each once: to copy from.
fn proposed(cx: &Cx, entry: &ThreadEntry) -> Vec<String> {
    let known = Known {
        names: entry.author.iter().cloned().collect(),
        numbers: vec![],
        today: cx.now.today(),
    };
    let mut found: Vec<String> = Vec::new();
    for finding in redaction::find(&entry.message.body, &known) {
        if !found.contains(&finding.text) && found.len() < MOST_PASSAGES {
            found.push(finding.text);
        }
    }
    found
}

/// The form `#redact-form`.
fn redact_form(
    cx: &Cx,
    ticket: &Ticket,
    entry: &ThreadEntry,
    typed: &RedactForm,
    faults: &[(String, String)],
) -> Markup {
    let message = &entry.message;
    let action = url::ticket_part(&ticket.number, format!("messages/{}/redact", message.id));
    let proposed = proposed(cx, entry);
    html! {
        form id="redact-form" class="factform actform" action=(action) method="post" hx-post=(action) hx-swap="none" {
            (form::csrf(&cx.session.csrf))
            @match typed.once.as_str() {
                "" => { (form::once()) }
                once => { input type="hidden" name="once" value=(once); }
            }
            (error_summary(cx.locale, faults))
            (notice(Tone::Info, &cx.t("redact-intro"), &html! { (cx.t("redact-intro-more")) }))
            blockquote class="quoted" {
                p class="small muted" {
                    @if let Some(author) = &entry.author { (foreign(author)) " · " }
                    (moment(cx.locale, &cx.now, message.created_at))
                }
                @if let Some(subject) = &message.subject { p { strong { (foreign(subject)) } } }
                p class="plaintext" { (foreign(&message.body)) }
            }
            @if !proposed.is_empty() {
                details {
                    summary { (cx.t("redact-proposed")) }
                    ul class="plain" { @for one in &proposed { li { (foreign(one)) } } }
                }
            }
            (words(cx, typed, faults))
            (files(cx, entry, typed))
            (reason(cx, typed, faults))
            div class="cluster" {
                (submit(Look::Primary, &cx.t("redact-ask")))
                (button_link(Look::Tertiary, &cx.t("merge-cancel"), &url::ticket(&ticket.number), None))
            }
        }
    }
}

/// All that is wrong with one field.
fn of(faults: &[(String, String)], field: &str) -> Option<String> {
    let all: Vec<&str> = faults
        .iter()
        .filter(|(of, _)| of == field)
        .map(|(_, sentence)| sentence.as_str())
        .collect();
    (!all.is_empty()).then(|| all.join(" "))
}

fn words(cx: &Cx, typed: &RedactForm, faults: &[(String, String)]) -> Markup {
    let fault = of(faults, "redact-passages");
    let area = Input::Area {
        value: &typed.passages,
        rows: 4,
    };
    Field::new("redact-passages", &cx.t("redact-passages"))
        .name("passages")
        .hint(&cx.t("redact-passages-hint"))
        .optional()
        .fault(fault.as_deref())
        .render(cx.locale, area)
}

fn files(cx: &Cx, entry: &ThreadEntry, typed: &RedactForm) -> Markup {
    html! {
        @if !entry.files.is_empty() {
            fieldset class="field" {
                legend class="label" { (cx.t("redact-files")) " " span class="opt" { (cx.t("form-optional")) } }
                @for file in &entry.files {
                    label class="tick" {
                        input type="checkbox" name="file" value=(file.id) checked[typed.file.contains(&file.id.to_string())];
                        span { (icon_small("clip")) " " (foreign(&file.name)) }
                    }
                }
            }
        }
    }
}

fn reason(cx: &Cx, typed: &RedactForm, faults: &[(String, String)]) -> Markup {
    let fault = of(faults, "redact-reason");
    let area = Input::Area {
        value: &typed.reason,
        rows: 2,
    };
    Field::new("redact-reason", &cx.t("redact-reason"))
        .name("reason")
        .hint(&cx.t("redact-reason-hint"))
        .fault(fault.as_deref())
        .render(cx.locale, area)
}
