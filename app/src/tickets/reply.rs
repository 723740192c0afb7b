//! Answer the requester: what posting the form under a ticket does.

use entities::draft::{self, Mode};
use entities::field::Moment;
use entities::ledger::Step;
use entities::mailbox;
use entities::ticket::message::NewFile;
use entities::ticket::{Audience, Reply, SetReusable, Ticket, TicketEvent, thread};
use entities::{DeskError, Permit, Uuid};
use maud::{Markup, html};
use poem::handler;

use super::composer::draft::{keep_files, unsent};
use super::composer::meanwhile::meanwhile;
use super::composer::quoted::Quoted;
use super::composer::sent::{sending, sent, told};
use super::composer::state::place;
use super::composer::written::{TEXT, Written};
use super::composer::{Refusal, addresses, articles, refused, unfilled};
use super::field_needed;
use crate::effort::sent::{EFFORT, Proposal, booking, is_about};
use crate::error::{Result, rejected};
use crate::mail::answer;
use crate::text_blocks::{acts, offer};
use crate::web::cx::Cx;
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;
use crate::web::upload::Upload;

/// `POST /tickets/:key/replies`.
#[handler]
pub async fn create(cx: Cx, permit: Permitted<Reply>, upload: Upload<Written>) -> Result<Swap> {
    let mut written = Written {
        mode: Mode::Reply.name().to_owned(),
        ..upload.form
    };
    let ticket = permit.on().clone();
    keep_files(&cx, &ticket, &written, upload.files).await?;
    // Sent by the keyboard, it does what its button says.
    if written.then.is_empty()
        && let Some(then) = acts::of(&cx, &ticket, &written).await?.what.then
    {
        acts::choose(&mut written, then);
    }
    if let Some(name) = written.open_place() {
        return unfilled(&cx, &ticket, written, &name).await;
    }
    let reply = match read(&cx, &ticket, &written).await? {
        Ok(reply) => reply,
        Err(faults) => return refused(&cx, &ticket, written, Refusal::Faults(faults)).await,
    };
    if let Some(name) = meanwhile(&cx, &ticket, &written).await? {
        return refused(&cx, &ticket, written, Refusal::Meanwhile(name)).await;
    }
    let proposal = Proposal::read(&cx, &ticket, Mode::Reply).await?;
    let booking = match booking(&cx, &ticket, &written, proposal)? {
        Ok(booking) => booking,
        Err(fault) => return refused(&cx, &ticket, written, Refusal::Faults(vec![fault])).await,
    };
    let noted = articles::noting(
        &cx,
        &ticket,
        reply.message_id,
        articles::used(&cx, &ticket, &written).await?,
    )?;
    let mut steps = vec![Step::new(permit.into_permit(), reply)];
    steps.extend(noted);
    if written.solves() && !written.reusable.is_empty() {
        let permit = Permit::<SetReusable>::ask(&cx.actor, ticket.clone())?;
        steps.push(Step::new(permit, SetReusable { to: true }).following());
    }
    let acts = match acts::steps(&cx, &ticket, &written).await? {
        Ok(acts) => acts,
        Err(words) => {
            let faults = vec![(TEXT.to_owned(), words)];
            return refused(&cx, &ticket, written, Refusal::Faults(faults)).await;
        }
    };
    let (lines, acts): (Vec<String>, Vec<_>) = acts.into_iter().unzip();
    let first_act = steps.len();
    steps.extend(acts);
    let done = match booking {
        Some(booking) => cx.db.change_series_with(steps, booking).await,
        None => cx.db.change_series(steps).await,
    };
    let mut beside = Markup::default();
    let done = done.and_then(|mut done| {
        beside = acts::left(&cx, lines, done.get(first_act..).unwrap_or_default());
        match done.is_empty() {
            true => Err(DeskError::Hidden),
            false => done.swap_remove(0),
        }
    });
    match done {
        Ok(done) => {
            let message = done.events.iter().find_map(|event| match event {
                TicketEvent::Replied { message, .. } => Some(message),
                _ => None,
            });
            let toast = message.map(|message| sending(&cx, &ticket, &written, message));
            offer::noted(&cx, &ticket, &written).await;
            let toasts = html! { (toast.unwrap_or_default()) (beside) };
            sent(&cx, &ticket, &written, toasts).await
        }
        Err(DeskError::AlreadyDone(_)) => {
            sent(&cx, &ticket, &written, told(&cx, &cx.t("reply-sent"))).await
        }
        Err(DeskError::Rejected(why)) if is_about(why) => {
            let faults = vec![(EFFORT.to_owned(), rejected(cx.locale, why))];
            refused(&cx, &ticket, written, Refusal::Faults(faults)).await
        }
        Err(DeskError::Rejected(why)) => {
            let moment = match written.then.as_str() {
                "solved" => Moment::Close,
                _ => Moment::VendorEnquiry,
            };
            let words = field_needed::words(&cx, &ticket, why, moment).await?;
            let faults = vec![(TEXT.to_owned(), words)];
            refused(&cx, &ticket, written, Refusal::Faults(faults)).await
        }
        Err(e) => Err(unsent(&cx, &ticket, &written, e).await),
    }
}

/// The command the form stands for, or its faults by field.
async fn read(
    cx: &Cx,
    ticket: &Ticket,
    written: &Written,
) -> Result<Result<Reply, Vec<(String, String)>>> {
    let mut faults = Vec::new();
    let addresses = addresses::read(cx.locale, written)
        .map_err(|found| faults.extend(found))
        .unwrap_or_default();
    if written.is_untouched() {
        faults.push((TEXT.to_owned(), cx.t("rejected-empty-text")));
    }
    let then = written.then().map_err(|fault| {
        faults.push((fault.field.to_owned(), cx.locale.t(fault.key)));
    });
    let (Ok(then), true) = (then, faults.is_empty()) else {
        return Ok(Err(faults));
    };
    let message_id = entities::new_id();
    let mails = thread::mails(&cx.db, ticket, Audience::Requester).await?;
    let threading = answer::threading(&mails);
    let text = written.text.replace("\r\n", "\n").trim_end().to_owned();
    let body = match Quoted::named(cx, ticket, &written.quote).await? {
        Some(quoted) => quoted.below(&text),
        None => text,
    };
    let subject = match written.subject.trim() {
        "" => answer::subject(ticket),
        subject => subject.to_owned(),
    };
    Ok(Ok(Reply {
        message_id,
        mail_id: answer::reply_ids(&cx.desk, ticket, message_id),
        in_reply_to: threading.in_reply_to,
        mail_references: threading.references,
        mailbox_id: mailbox_of(cx, ticket).await?,
        addresses,
        subject,
        body,
        files: waiting_files(cx, ticket, Mode::Reply).await?,
        audience: Audience::Requester,
        told_of: None,
        then,
        undo_seconds: cx.session.preference.undo_seconds.into(),
        once: written.once(),
    }))
}

/// The mailbox a ticket is answered from: its own, or the one that is always there.
pub async fn mailbox_of(cx: &Cx, ticket: &Ticket) -> Result<Option<Uuid>> {
    Ok(match ticket.mailbox_id {
        Some(own) => Some(own),
        None => mailbox::list::usual(&cx.db).await?,
    })
}

/// The files of a draft, as they go into its message.
pub async fn waiting_files(cx: &Cx, ticket: &Ticket, mode: Mode) -> Result<Vec<NewFile>> {
    let draft = draft::find(&cx.db, place(cx, ticket, mode)?).await?;
    Ok(draft
        .map(|draft| {
            draft
                .files
                .iter()
                .map(draft::file::Model::to_new_file)
                .collect()
        })
        .unwrap_or_default())
}
