//! Letters for many tickets: each filled and made with the actor's own eyes, or told why there is none.

use std::collections::HashMap;

use entities::bulk::serial::{AllMade, Made, Make, Press, Serial};
use entities::document_template::list;
use entities::text_block::{fill_or_leave, open_place};
use entities::ticket::Ticket;
use entities::ticket::message::NewFile;
use entities::{Actor, DeskError, Rejected, Uuid, service};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;

use super::docx::Docx;
use super::made::{self, Form};
use crate::desk::Desk;
use crate::locale::Now;
use crate::text_blocks::values::Values;

impl Press for Desk {
    fn letters<'a>(
        &'a self,
        actor: &'a Actor,
        serial: &'a Serial,
        tickets: &'a HashMap<Uuid, Ticket>,
        make: Make,
    ) -> BoxFuture<'a, entities::Result<AllMade>> {
        letters(self, actor, serial, tickets, make).boxed()
    }
}

async fn letters(
    desk: &Desk,
    actor: &Actor,
    serial: &Serial,
    tickets: &HashMap<Uuid, Ticket>,
    make: Make,
) -> entities::Result<AllMade> {
    let all = |why: Rejected| tickets.keys().map(|id| (*id, Err(why))).collect();
    let Some(template) = list::one_in_use(&desk.db, serial.template_id).await? else {
        return Ok(all(Rejected::Retired));
    };
    let docx = match made::read(desk, &serial.file).await {
        Ok(docx) => docx,
        Err(DeskError::Rejected(_)) => return Ok(all(Rejected::NotMade)),
        Err(error) => return Err(error),
    };
    let parents = service::list::parents(&desk.db).await?;
    let mut letters = AllMade::with_capacity(tickets.len());
    for (id, ticket) in tickets {
        let letter = match list::fits(&template, ticket, &parents) {
            false => Err(Rejected::NotForTicket),
            true => one(desk, actor, serial, (&docx, ticket), make).await?,
        };
        letters.insert(*id, letter);
    }
    Ok(letters)
}

async fn one(
    desk: &Desk,
    actor: &Actor,
    serial: &Serial,
    (docx, ticket): (&Docx, &Ticket),
    make: Make,
) -> entities::Result<Result<Made, Rejected>> {
    let now = Now::new(desk.db.clock().now(), desk.config.time_zone);
    let locale = made::locale(serial.language);
    let values = match Values::of(&desk.db, actor, now, ticket, locale).await {
        Ok(values) => values,
        Err(crate::error::Error::Desk(error)) => return Err(error),
        Err(_) => return Ok(Err(Rejected::NotMade)),
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
    if make == Make::Try {
        return Ok(Ok(Made { text, file: None }));
    }
    let form = match serial.is_pdf {
        true => Form::Pdf,
        false => Form::Docx,
    };
    let bytes = match made::as_form(desk, filled.bytes, form).await {
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
