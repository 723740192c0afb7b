//! Take a reply back before it leaves; its text and files return to the composer.

use entities::draft::{self, Mode};
use entities::ticket::thread::ThreadEntry;
use entities::ticket::{Audience, Ticket, Withdraw, show, thread};
use poem::handler;

use super::composer::quoted::Quoted;
use super::composer::sent::told;
use super::composer::state::{Composer, Focus, place};
use super::composer::written::Written;
use super::composer::{addresses, composer};
use super::thread_entry::{Age, thread_entry};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;
use crate::web::url;

/// `POST /tickets/:key/messages/:sub/withdraw`.
#[handler]
pub async fn create(cx: Cx, permit: Permitted<Withdraw>, Sub(id): Sub) -> Result<Swap> {
    let ticket = permit.on().clone();
    let entry = thread::entry(&cx.db, &ticket, id).await?;
    let command = Withdraw {
        message: entry.message.clone(),
    };
    cx.db.change(permit.into_permit(), command).await?;
    // What was sent on is no answer to anybody.
    if entry.message.audience != Audience::Internal {
        restore(&cx, &ticket, &entry).await?;
    }
    let Ok(ticket) = show::by_id(&cx.db, &cx.actor, ticket.id).await else {
        return Ok(Swap::go_to(cx.asks, url::tickets()));
    };
    let mode = mode(&entry);
    let state = Composer::load(&cx, &ticket, mode).await?;
    let state = Composer {
        focus: Focus::Text,
        ..state
    };
    let back = url::ticket(&ticket.number).with("mode", mode.name());
    let entry = thread::entry(&cx.db, &ticket, id).await?;
    let toast = told(&cx, &cx.t("reply-withdrawn"));
    if !cx.wants_fragment() {
        cx.tell_next(&toast).await?;
    }
    Ok(Swap::or_go_to(cx.asks, back)
        .replace(
            &format!("message-{id}"),
            thread_entry(&cx, &ticket, &entry, Age::Known),
        )
        .replace("composer", composer(&cx, &state))
        // In place of the toast that counts down to the sending.
        .fill("toasts", toast))
}

/// What a vendor was told never becomes part of an answer to the requester.
fn mode(entry: &ThreadEntry) -> Mode {
    match entry.message.audience {
        Audience::Vendor => Mode::Vendor,
        Audience::Internal | Audience::Requester => Mode::Reply,
    }
}

/// Puts the message into the draft, before what may have been begun since.
async fn restore(cx: &Cx, ticket: &Ticket, entry: &ThreadEntry) -> Result<()> {
    let mode = mode(entry);
    let place = place(cx, ticket, mode)?;
    let begun = draft::find(&cx.db, place).await?;
    let begun = begun.and_then(|draft| Written::of_draft(&draft.content));
    let parties = entry.message.parties();
    let begun_text = begun.map(|written| written.text).unwrap_or_default();
    // What was sent along goes back into its box.
    let entries = thread::thread(&cx.db, ticket).await?;
    let quoted = Quoted::newest(cx, &entries);
    let quoted = quoted.filter(|_| mode == Mode::Reply);
    let cut = quoted.and_then(|q| Some((q.above(&entry.message.body)?.to_owned(), q.message_id)));
    let (body, quote) = match cut {
        Some((body, id)) => (body, id.simple().to_string()),
        None => (entry.message.body.clone(), String::new()),
    };
    let text = match begun_text.trim() {
        "" => body,
        more => format!("{body}\n\n{more}"),
    };
    let written = Written {
        text,
        quote,
        to: addresses::line(&parties.to),
        cc: addresses::line(&parties.cc),
        bcc: addresses::line(&parties.bcc),
        subject: entry.message.subject.clone().unwrap_or_default(),
        share: entry
            .message
            .share_id
            .map(|id| id.to_string())
            .unwrap_or_default(),
        by_mail: if mode == Mode::Vendor { "1" } else { "" }.to_owned(),
        ..Written::default()
    };
    draft::save(&cx.db, place, &written.to_draft(), None).await?;
    draft::return_files(&cx.db, place, &entry.files).await?;
    Ok(())
}
