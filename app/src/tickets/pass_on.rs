//! Passing a mail on to whoever is responsible for it: as it came, with word to the requester, and the ticket ends.

use entities::field::Moment;
use entities::ledger::Step;
use entities::text::beginning;
use entities::ticket::close::Ending;
use entities::ticket::message::{Address, Addresses};
use entities::ticket::pass_on::can_pass_on;
use entities::ticket::show::names;
use entities::ticket::thread::ThreadEntry;
use entities::ticket::{
    Audience, Close, ClosingReason, PassOn, Reply, State, Then, Ticket, show, thread,
};
use entities::{DeskError, Permit, Rejected, Uuid, new_id};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::composer::addresses;
use super::field_needed;
use super::forward::{outsiders, sent_along};
use super::pick::page;
use super::reply::mailbox_of;
use crate::error::Result;
use crate::mail::answer;
use crate::web::cx::Cx;
use crate::web::form::{self, Form};
use crate::web::parts::{
    Field, Input, Look, button_link, error_summary, foreign, moment, name, named, reason_choices,
    submit,
};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;
use crate::web::url;

/// The ids of the fields.
const TO: &str = "pass-on-to";
const REASON: &str = "pass-on-reason";
const TEXT: &str = "pass-on-text";

/// How much of the message the form shows.
const MOST_CHARS: usize = 600;

/// What stands in the form.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PassOnForm {
    to: String,
    reason: String,
    /// Not empty: the requester is told.
    tell: String,
    text: String,
    once: String,
}

/// The mail, and the requester's address.
struct Passing {
    ticket: Ticket,
    entry: ThreadEntry,
    requester: Option<Address>,
}

impl Passing {
    async fn read(cx: &Cx, ticket: &Ticket, id: Uuid) -> Result<Passing> {
        let entry = thread::entry(&cx.db, ticket, id).await?;
        if !can_pass_on(&entry.message) {
            return Err(DeskError::Hidden.into());
        }
        let requester = addresses::of_requester(&names(&cx.db, ticket).await?);
        Ok(Passing {
            requester: requester.filter(|_| ticket.state.is_active()),
            ticket: ticket.clone(),
            entry,
        })
    }

    fn fresh(&self, cx: &Cx) -> PassOnForm {
        PassOnForm {
            reason: name(ClosingReason::NoAction),
            tell: self
                .requester
                .as_ref()
                .map_or_else(String::new, |_| "yes".to_owned()),
            text: cx.t("pass-on-text-proposed"),
            ..PassOnForm::default()
        }
    }
}

/// `GET /tickets/:key/messages/:sub/pass-on`.
#[handler]
pub async fn new(cx: Cx, permit: Permitted<PassOn>, Sub(id): Sub) -> Result<Markup> {
    let passing = Passing::read(&cx, permit.on(), id).await?;
    let form = pass_on_form(&cx, &passing, &passing.fresh(&cx), &[]);
    page(&cx, &passing.ticket, &cx.t("pass-on-title"), &form).await
}

/// `POST /tickets/:key/messages/:sub/pass-on`.
#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<PassOn>,
    Sub(id): Sub,
    Form(typed): Form<PassOnForm>,
) -> Result<Swap> {
    let passing = Passing::read(&cx, permit.on(), id).await?;
    let ticket = &passing.ticket;
    let steps = match steps(&cx, &passing, &typed, permit).await? {
        Ok(steps) => steps,
        Err(faults) => return again(&cx, &passing, &typed, &faults).await,
    };
    match cx.db.change_all(steps).await {
        Ok(_) | Err(DeskError::AlreadyDone(_)) => {}
        Err(DeskError::Rejected(why)) => {
            let words = field_needed::words(&cx, ticket, why, Moment::Close).await?;
            let field = match why {
                Rejected::EmptyText => TEXT,
                _ => REASON,
            };
            return again(&cx, &passing, &typed, &[(field.to_owned(), words)]).await;
        }
        Err(error) => return Err(error.into()),
    }
    // Ending may have moved it out of sight.
    let to = match show::by_id(&cx.db, &cx.actor, ticket.id).await {
        Ok(ticket) => url::ticket(&ticket.number),
        Err(DeskError::Hidden) => url::tickets(),
        Err(error) => return Err(error.into()),
    };
    Ok(Swap::go_to(cx.asks, to))
}

/// What sending the form does: the mail goes, and the ticket ends, with word to the requester or without. Or every fault:
/// field and sentence.
async fn steps(
    cx: &Cx,
    passing: &Passing,
    typed: &PassOnForm,
    permit: Permitted<PassOn>,
) -> Result<Result<Vec<Step<Ticket>>, Vec<(String, String)>>> {
    let (ticket, entry) = (&passing.ticket, &passing.entry);
    let (to, wrong) = outsiders(cx, &typed.to).await?;
    let mut faults: Vec<_> = wrong.into_iter().map(|why| (TO.to_owned(), why)).collect();
    let told = passing
        .requester
        .as_ref()
        .filter(|_| !typed.tell.is_empty());
    if told.is_some() && typed.text.trim().is_empty() {
        faults.push((TEXT.to_owned(), cx.t("rejected-empty-text")));
    }
    let Some(reason) = named::<ClosingReason>(&typed.reason) else {
        faults.push((REASON.to_owned(), cx.t("rejected-reason-missing")));
        return Ok(Err(faults));
    };
    if !faults.is_empty() {
        return Ok(Err(faults));
    }
    let mailbox_id = mailbox_of(cx, ticket).await?;
    let undo_seconds = cx.session.preference.undo_seconds.into();
    let ends = match told {
        Some(_) => Some(State::Solved),
        None => ticket.state.is_active().then_some(State::Closed),
    };
    let message_id = new_id();
    let pass_on = PassOn {
        message_id,
        mail_id: answer::reply_ids(&cx.desk, ticket, message_id),
        mailbox_id,
        of: entry.message.clone(),
        seen: ticket.version,
        ends,
        files: entry.files.iter().map(sent_along).collect(),
        to,
        undo_seconds,
        // A key of its own: the word to the requester has that of the form.
        once: once(typed).map(|key| format!("{key}-mail")),
    };
    let mut steps = vec![Step::new(permit.into_permit(), pass_on)];
    if let Some(requester) = told {
        let reply = reply(cx, passing, typed, requester, Then::Solve(reason)).await?;
        let permit = Permit::<Reply>::ask(&cx.actor, ticket.clone())?;
        steps.push(Step::new(permit, reply));
    } else if ends.is_some() {
        let close = Close {
            to: Ending::Closed,
            reason: Some(reason),
        };
        let permit = Permit::<Close>::ask(&cx.actor, ticket.clone())?;
        steps.push(Step::new(permit, close));
    }
    Ok(Ok(steps))
}

/// The word to the requester.
async fn reply(
    cx: &Cx,
    passing: &Passing,
    typed: &PassOnForm,
    requester: &Address,
    then: Then,
) -> Result<Reply> {
    let ticket = &passing.ticket;
    let message_id = new_id();
    let mails = thread::mails(&cx.db, ticket, Audience::Requester).await?;
    let threading = answer::threading(&mails);
    Ok(Reply {
        message_id,
        mail_id: answer::reply_ids(&cx.desk, ticket, message_id),
        in_reply_to: threading.in_reply_to,
        mail_references: threading.references,
        mailbox_id: mailbox_of(cx, ticket).await?,
        addresses: Addresses {
            to: vec![requester.clone()],
            ..Addresses::default()
        },
        subject: answer::subject(ticket),
        body: typed.text.replace("\r\n", "\n").trim_end().to_owned(),
        files: vec![],
        audience: Audience::Requester,
        told_of: None,
        then,
        undo_seconds: cx.session.preference.undo_seconds.into(),
        once: once(typed),
    })
}

/// The key of the form.
fn once(typed: &PassOnForm) -> Option<String> {
    let key = Uuid::try_parse(&typed.once).ok()?;
    Some(key.simple().to_string())
}

/// The form once more, with what is wrong.
async fn again(
    cx: &Cx,
    passing: &Passing,
    typed: &PassOnForm,
    faults: &[(String, String)],
) -> Result<Swap> {
    let form = pass_on_form(cx, passing, typed, faults);
    let fragment = html! { hx-partial hx-target="#pass-on-form" hx-swap="outerHTML" { (form) } };
    let page = page(cx, &passing.ticket, &cx.t("pass-on-title"), &form).await?;
    Ok(Swap::invalid(cx.asks, fragment, page))
}

/// The form `#pass-on-form`.
fn pass_on_form(
    cx: &Cx,
    passing: &Passing,
    typed: &PassOnForm,
    faults: &[(String, String)],
) -> Markup {
    let message = &passing.entry.message;
    let number = &passing.ticket.number;
    let action = url::ticket_part(number, format!("messages/{}/pass-on", message.id));
    html! {
        form id="pass-on-form" class="factform actform" action=(action) method="post" hx-post=(action) hx-swap="none" {
            (form::csrf(&cx.session.csrf))
            @match typed.once.as_str() {
                "" => { (form::once()) }
                once => { input type="hidden" name="once" value=(once); }
            }
            (error_summary(cx.locale, faults))
            p { (cx.t("pass-on-intro")) }
            blockquote class="quoted" {
                p class="small muted" {
                    @if let Some(author) = &passing.entry.author { (foreign(author)) " · " }
                    (moment(cx.locale, &cx.now, message.created_at))
                }
                p class="plaintext" { (foreign(&beginning(&message.body, MOST_CHARS))) }
            }
            (fields(cx, passing, typed, faults))
            div class="cluster" {
                (submit(Look::Primary, &cx.t("pass-on-send")))
                (button_link(Look::Tertiary, &cx.t("merge-cancel"), &url::ticket(number), None))
            }
        }
    }
}

/// To whom, why the ticket ends, and what the requester reads.
fn fields(cx: &Cx, passing: &Passing, typed: &PassOnForm, faults: &[(String, String)]) -> Markup {
    let fault = |field: &str| {
        let found = faults.iter().find(|(of, _)| of == field);
        found.map(|(_, sentence)| sentence.as_str())
    };
    let reasons = reason_choices(cx.locale);
    let to = Input::Line {
        kind: "text",
        value: &typed.to,
        autocomplete: Some("off"),
    };
    let reason = Input::Select {
        choices: &reasons,
        value: &typed.reason,
    };
    let text = Input::Area {
        value: &typed.text,
        rows: 5,
    };
    html! {
        (Field::new(TO, &cx.t("forward-to")).name("to").first().hint(&cx.t("forward-to-hint")).fault(fault(TO)).render(cx.locale, to))
        (Field::new(REASON, &cx.t("fact-reason")).name("reason").fault(fault(REASON)).render(cx.locale, reason))
        @if let Some(requester) = &passing.requester {
            label class="tick" {
                input type="checkbox" name="tell" value="yes" checked[!typed.tell.is_empty()];
                span { (cx.locale.t_with("pass-on-tell", &[("address", requester.address.as_str().into())])) }
            }
            (Field::new(TEXT, &cx.t("pass-on-text")).name("text").optional().fault(fault(TEXT)).render(cx.locale, text))
        }
    }
}
