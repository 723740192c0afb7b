//! Letters for many tickets: each filled and made with the actor's own eyes, or told why there is none.

use std::collections::HashMap;

use entities::bulk::serial::{AllMade, Made, Make, Press, Serial, Source};
use entities::document_template::list;
use entities::text_block::{self, Notice, fill_or_leave, open_place};
use entities::ticket::Ticket;
use entities::ticket::message::NewFile;
use entities::{Actor, DeskError, Rejected, Uuid, service};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;

use super::docx::Docx;
use super::made::{self, Form};
use super::plain::{Plain, text};
use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::locale::Now;
use crate::text_blocks::frame::Frame;
use crate::text_blocks::letterhead;
use crate::text_blocks::values::Values;

impl Press for Desk {
    fn letters<'a>(
        &'a self,
        actor: &'a Actor,
        serial: &'a Serial,
        tickets: &'a HashMap<Uuid, Ticket>,
        make: Make,
    ) -> BoxFuture<'a, entities::Result<AllMade>> {
        match &serial.from {
            Source::Template { .. } => documents(self, actor, serial, tickets, make).boxed(),
            Source::Block { .. } => plain_letters(self, actor, serial, tickets, make).boxed(),
        }
    }
}

/// The reason for all of them.
fn all(tickets: &HashMap<Uuid, Ticket>, why: Rejected) -> AllMade {
    tickets.keys().map(|id| (*id, Err(why))).collect()
}

async fn documents(
    desk: &Desk,
    actor: &Actor,
    serial: &Serial,
    tickets: &HashMap<Uuid, Ticket>,
    make: Make,
) -> entities::Result<AllMade> {
    let Source::Template { id, file } = &serial.from else {
        return Ok(all(tickets, Rejected::NotMade));
    };
    let Some(template) = list::one_in_use(&desk.db, *id).await? else {
        return Ok(all(tickets, Rejected::Retired));
    };
    let docx = match made::read(desk, file).await {
        Ok(docx) => docx,
        Err(DeskError::Rejected(_)) => return Ok(all(tickets, Rejected::NotMade)),
        Err(error) => return Err(error),
    };
    let parents = service::list::parents(&desk.db).await?;
    let mut letters = AllMade::with_capacity(tickets.len());
    let (mut written, mut texts) = (Vec::new(), Vec::new());
    for (id, ticket) in tickets {
        let filled = match list::fits(&template, ticket, &parents) {
            false => Err(Rejected::NotForTicket),
            true => filled(desk, actor, serial, (&docx, ticket), make).await?,
        };
        match (filled, make) {
            (Err(why), _) => {
                letters.insert(*id, Err(why));
            }
            (Ok((text, _)), Make::Try) => {
                letters.insert(*id, Ok(Made { text, file: None }));
            }
            (Ok((text, bytes)), Make::Store) => {
                texts.push((*id, ticket, text));
                written.push(bytes);
            }
        }
    }
    let form = match serial.is_pdf {
        true => Form::Pdf,
        false => Form::Docx,
    };
    let made = made::each_as_form(desk, written, form).await;
    for ((id, ticket, text), made) in texts.into_iter().zip(made) {
        letters.insert(id, stored(desk, serial, ticket, (made, form, text)).await?);
    }
    Ok(letters)
}

/// What is said beside the document, and the document, filled; empty as long as it is only tried.
async fn filled(
    desk: &Desk,
    actor: &Actor,
    serial: &Serial,
    (docx, ticket): (&Docx, &Ticket),
    make: Make,
) -> entities::Result<Result<(String, Vec<u8>), Rejected>> {
    let now = Now::new(desk.db.clock().now(), desk.config.time_zone);
    let locale = made::locale(serial.language);
    let values = match Values::of(&desk.db, actor, now, ticket, locale).await {
        Ok(values) => values,
        Err(error) => return told(error),
    };
    let (text, _) = fill_or_leave(&serial.text, |name| values.value(name));
    let value = |name: &str| values.value(name);
    let filled = match make {
        Make::Try => docx.tried(value),
        Make::Store => docx.filled(value),
    };
    let Ok(filled) = filled else {
        return Ok(Err(Rejected::NotMade));
    };
    if !filled.open.is_empty() || open_place(&text).is_some() {
        return Ok(Err(Rejected::PlaceOpen));
    }
    Ok(Ok((text, filled.bytes)))
}

async fn plain_letters(
    desk: &Desk,
    actor: &Actor,
    serial: &Serial,
    tickets: &HashMap<Uuid, Ticket>,
    make: Make,
) -> entities::Result<AllMade> {
    let Source::Block { id, notice } = &serial.from else {
        return Ok(all(tickets, Rejected::NotMade));
    };
    let now = Now::new(desk.db.clock().now(), desk.config.time_zone);
    let offered = text_block::list::answers(&desk.db, actor, now.today()).await?;
    if !offered.iter().any(|block| block.id == *id) {
        return Ok(all(tickets, Rejected::Retired));
    }
    let mut letters = AllMade::with_capacity(tickets.len());
    for (ticket_id, ticket) in tickets {
        let frame = match Frame::of(&desk.db, actor, ticket, now.today()).await {
            Ok(frame) => frame,
            Err(error) => {
                letters.insert(*ticket_id, told(error)?);
                continue;
            }
        };
        let letter = match frame.offers(*id) {
            false => Err(Rejected::NotForTicket),
            true => plain(desk, actor, serial, (notice, &frame, ticket), (make, now)).await?,
        };
        letters.insert(*ticket_id, letter);
    }
    Ok(letters)
}

async fn plain(
    desk: &Desk,
    actor: &Actor,
    serial: &Serial,
    (notice, frame, ticket): (&Notice, &Frame, &Ticket),
    (make, now): (Make, Now),
) -> entities::Result<Result<Made, Rejected>> {
    let letter: Result<(Plain, String)> = async {
        let (db, config) = (&desk.db, &desk.config);
        let locale = text::language(db, config.locale, ticket).await?;
        let values = Values::of(db, actor, now, ticket, locale).await?;
        let block = notice.of(locale.code());
        let said = text::of_block(frame, &values, block);
        let (beside, _) = fill_or_leave(&serial.text, |name| values.value(name));
        if !said.open.is_empty() || open_place(&beside).is_some() {
            return Err(Error::Desk(Rejected::PlaceOpen.into()));
        }
        let head = letterhead::of_values(config, frame, &values);
        let plain = Plain::of(db, head, ticket, &values, said.text).await?;
        Ok((plain, beside))
    }
    .await;
    let (plain, beside) = match letter {
        Ok(found) => found,
        Err(error) => return told(error),
    };
    if make == Make::Try {
        return Ok(Ok(Made {
            text: beside,
            file: None,
        }));
    }
    let made = plain.pdf(&desk.program, now).await;
    stored(desk, serial, ticket, (made, Form::Pdf, beside)).await
}

/// What went wrong, as far as it concerns one ticket alone.
fn told<T>(error: Error) -> entities::Result<Result<T, Rejected>> {
    match error {
        Error::Desk(DeskError::Rejected(why)) => Ok(Err(why)),
        Error::Desk(error) => Err(error),
        _ => Ok(Err(Rejected::NotMade)),
    }
}

/// Keeps the file of a letter.
async fn stored(
    desk: &Desk,
    serial: &Serial,
    ticket: &Ticket,
    (made, form, text): (anyhow::Result<Vec<u8>>, Form, String),
) -> entities::Result<Result<Made, Rejected>> {
    let bytes = match made {
        Ok(bytes) => bytes,
        Err(error) => {
            tracing::error!(%error, ticket = %ticket.number, "a letter could not be made");
            return Ok(Err(Rejected::NotMade));
        }
    };
    let stored = desk.db.put_blob(bytes).await?;
    let file = NewFile {
        name: format!("{}{}", ticket.number, serial.ending()),
        content_type: form.content_type().to_owned(),
        size_bytes: stored.size_bytes,
        sha256: stored.sha256,
        inline: false,
        content_id: None,
    };
    let file = Some(file);
    Ok(Ok(Made { text, file }))
}
