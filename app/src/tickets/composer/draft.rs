//! Keeping what is being written: while typing, with files, and when the mode changes.

use entities::draft::{self, Mode, NewDraftFile, Saved};
use entities::presence::Doing;
use entities::ticket::{Audience, Direction, Ticket, thread};
use entities::{DeskError, Instant, Uuid};
use maud::html;
use poem::handler;

use super::quoted::quoted;
use super::send::send_buttons;
use super::state::{Composer, Focus, modes, place};
use super::surroundings::{composer_recipients, file_list};
use super::written::Written;
use super::{articles, composer, fragment, shared};
use crate::error::{Error, Result};
use crate::mail::answer;
use crate::text_blocks::{acts, insert, offer};
use crate::tickets::{letter, presence};
use crate::web::cx::Cx;
use crate::web::draft::draft_saved;
use crate::web::form::Form;
use crate::web::permitted::Seen;
use crate::web::swap::Swap;
use crate::web::upload::{File, Upload};
use crate::web::url;

/// `POST /tickets/:key/draft`: keeps what is being typed.
#[handler]
pub async fn create(
    cx: Cx,
    Seen(ticket): Seen<Ticket>,
    Form(written): Form<Written>,
) -> Result<Swap> {
    presence::may_write(&cx, &ticket)?;
    let kept = kept(&cx, &ticket, &written, vec![]).await?;
    if let Some(kept) = kept {
        presence::note(&cx, &ticket, Doing::Writes).await?;
        // Those who read it along see what was added.
        if kept.is_shared {
            cx.desk.live.tell_presence(&cx.db, ticket.id).await?;
        }
    }
    let at = kept.map(|kept| kept.at);
    let (_, mode) = modes(&cx, &ticket, written.mode());
    Ok(back(&cx, &ticket, mode)
        .replace("draft-saved", draft_saved(&cx, at))
        .replace("composer-recipients", composer_recipients(&cx, &written)))
}

/// `POST /tickets/:key/composer`: keeps the draft and does with it what the pressed button says.
#[handler]
pub async fn update(cx: Cx, Seen(ticket): Seen<Ticket>, upload: Upload<Written>) -> Result<Swap> {
    presence::may_write(&cx, &ticket)?;
    let Upload { form, files } = upload;
    let mode = form.mode();
    let mut written = form;
    let act = std::mem::take(&mut written.act);
    // Without scripts a block comes at the end of what was kept, or behind what an answer begins with.
    if let Some(id) = act
        .strip_prefix("put:")
        .and_then(|id| Uuid::try_parse(id).ok())
    {
        let mut kept = Composer::load(&cx, &ticket, mode).await?.written;
        insert::put(&cx, &ticket, &mut kept, id).await?;
        keep(&cx, &ticket, &kept, vec![]).await?;
        return Ok(back(&cx, &ticket, mode));
    }
    let mut at = keep(&cx, &ticket, &written, files).await?;
    if let Some(to) = Mode::from_name(&act) {
        let state = Composer {
            focus: Focus::Text,
            ..Composer::load(&cx, &ticket, to).await?
        };
        return Ok(back(&cx, &ticket, state.mode).replace("composer", composer(&cx, &state)));
    }
    if shared::is_pressed(&act) {
        return shared::pressed(&cx, &ticket, written, &act).await;
    }
    let removed = act
        .strip_prefix("remove:")
        .and_then(|id| Uuid::try_parse(id).ok());
    if let Some(file) = removed {
        draft::remove_file(&cx.db, place(&cx, &ticket, mode)?, file).await?;
    }
    let quotes = act == "quote";
    if quotes {
        quote(&cx, &ticket, &mut written).await?;
        // It stands in the text now, to be answered line by line.
        written.quote.clear();
        at = keep(&cx, &ticket, &written, vec![]).await?;
    }
    if act == "articles" {
        if !cx.wants_fragment() {
            return Ok(Swap::go_to(cx.asks, articles::way(&ticket, &written)));
        }
        let panel = articles::panel(&cx, &ticket, &written).await?;
        return Ok(back(&cx, &ticket, mode)
            .replace("draft-saved", draft_saved(&cx, at))
            .replace(articles::PLACE, panel));
    }
    if act == "letter" {
        return Ok(Swap::go_to(cx.asks, letter::way(&ticket, mode)));
    }
    let puts = articles::is_pressed(&act);
    if puts {
        articles::put(&cx, &ticket, &mut written, &act).await?;
        at = keep(&cx, &ticket, &written, vec![]).await?;
    }
    let block = insert::pressed(&act);
    if let Some(id) = block {
        insert::put(&cx, &ticket, &mut written, id).await?;
        at = keep(&cx, &ticket, &written, vec![]).await?;
    }
    let leaves = act == "acts";
    if leaves {
        written.left = written.blocks.clone();
        keep(&cx, &ticket, &written, vec![]).await?;
    }
    let state = Composer {
        focus: Focus::Text,
        ..Composer::with(&cx, &ticket, written).await?
    };
    if leaves || block.is_some() {
        let swap = back(&cx, &ticket, state.mode)
            .replace("draft-saved", draft_saved(&cx, at))
            .replace(acts::PLACE, acts::told(&cx, &state))
            .replace("composer-send", send_buttons(&cx, &state));
        return Ok(match block {
            Some(_) => swap
                .replace("composer-text-field", fragment::text(&cx, &state))
                .replace("composer-files", file_list(&cx, &state))
                .replace(offer::PLACE, html! { div id=(offer::PLACE) hidden {} }),
            None => swap,
        });
    }
    let swap = back(&cx, &ticket, state.mode).replace("draft-saved", draft_saved(&cx, at));
    Ok(match quotes || puts {
        true => swap
            .replace("composer-text-field", fragment::text(&cx, &state))
            .replace("composer-quoted", quoted(&cx, &state)),
        false => swap.replace("composer-files", file_list(&cx, &state)),
    })
}

/// Keeps the files that came with a form that is sent; what was typed is kept only when it is not taken.
pub async fn keep_files(
    cx: &Cx,
    ticket: &Ticket,
    written: &Written,
    files: Vec<File>,
) -> Result<()> {
    if !files.is_empty() {
        keep(cx, ticket, written, files).await?;
    }
    Ok(())
}

/// Keeps what was sent and could not be stored; the error to show.
pub async fn unsent(cx: &Cx, ticket: &Ticket, written: &Written, error: DeskError) -> Error {
    match keep(cx, ticket, written, vec![]).await {
        Ok(_) => error.into(),
        Err(also) => also,
    }
}

/// Keeps a draft and its new files; gives when. Nothing is kept of a form nobody has touched.
pub async fn keep(
    cx: &Cx,
    ticket: &Ticket,
    written: &Written,
    files: Vec<File>,
) -> Result<Option<Instant>> {
    let kept = kept(cx, ticket, written, files).await?;
    Ok(kept.map(|kept| kept.at))
}

async fn kept(
    cx: &Cx,
    ticket: &Ticket,
    written: &Written,
    files: Vec<File>,
) -> Result<Option<Saved>> {
    let place = place(cx, ticket, written.mode())?;
    let is_empty = written.is_untouched()
        && [&written.cc, &written.bcc]
            .iter()
            .all(|text| text.trim().is_empty());
    if is_empty && files.is_empty() && draft::find(&cx.db, place).await?.is_none() {
        return Ok(None);
    }
    let once = written.once();
    // The text comes first: it is kept even when the file store takes nothing.
    let saved = draft::save(&cx.db, place, &written.to_draft(), once.as_deref()).await?;
    for file in files {
        let file = NewDraftFile {
            name: file.name,
            content_type: file.content_type,
            bytes: file.bytes,
        };
        draft::add_file(&cx.db, place, file).await?;
    }
    Ok(Some(saved))
}

/// Puts the last message that came in below what was written.
async fn quote(cx: &Cx, ticket: &Ticket, written: &mut Written) -> Result<()> {
    let entries = thread::thread(&cx.db, ticket).await?;
    let newest = entries.iter().rfind(|entry| {
        let message = &entry.message;
        message.direction == Direction::In && message.audience != Audience::Vendor
    });
    if let Some(entry) = newest {
        let quotation =
            answer::quotation(&entry.message, entry.author.as_deref(), cx.locale, &cx.now);
        written.text = format!("{}\n\n{quotation}", written.text.trim_end());
    }
    Ok(())
}

/// Without scripts, back to the ticket with the composer as it was kept.
fn back(cx: &Cx, ticket: &Ticket, mode: Mode) -> Swap {
    Swap::or_go_to(
        cx.asks,
        url::ticket(&ticket.number).with("mode", mode.name()),
    )
}
