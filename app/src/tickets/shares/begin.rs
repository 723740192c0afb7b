//! What the form of an enquiry begins with, what a block makes of it, and what it offers to choose from.

use std::sync::Arc;

use entities::text_block::{BlockKind, TextBlock, list};
use entities::ticket::share::read;
use entities::ticket::{Ticket, thread};
use entities::{Uuid, contract, organisation, person};

use super::form::{Offers, ShareForm};
use crate::error::Result;
use crate::text_blocks::values::Values;
use crate::tickets::composer::addresses::line;
use crate::web::cx::Cx;
use crate::web::parts::Choice;

/// What the form begins with.
pub async fn fresh(cx: &Cx, ticket: &Ticket, asked: ShareForm) -> Result<ShareForm> {
    let values = Values::read(cx, ticket, cx.locale).await?;
    let vendor = match asked.vendor_id() {
        Some(vendor) => Some(vendor),
        None => suggested(cx, ticket).await?,
    };
    let usual = match vendor {
        Some(vendor) => read::usual_addresses(&cx.db, vendor).await?,
        None => vec![],
    };
    let due = ticket
        .solution_due_at
        .map(|due| cx.now.local(due).date_naive());
    let form = ShareForm {
        vendor: vendor.map(|id| id.to_string()).unwrap_or_default(),
        title: ticket.title.clone(),
        deadline: due.map(|day| day.to_string()).unwrap_or_default(),
        contact: contact(cx, ticket)
            .map(|id| id.to_string())
            .unwrap_or_default(),
        by_mail: if usual.is_empty() { "" } else { "1" }.to_owned(),
        to: line(&usual),
        ..ShareForm::default()
    };
    Ok(form.with(values.enquiry()))
}

/// Who has a contract about the service, else with whom such a case was shared last.
async fn suggested(cx: &Cx, ticket: &Ticket) -> Result<Option<Uuid>> {
    if let Some(service) = ticket.service_id
        && let Some(first) = contract::vendors_of(&cx.db, service, cx.now.at)
            .await?
            .first()
    {
        return Ok(Some(first.id));
    }
    Ok(read::usual_vendor(&cx.db, ticket.service_id).await?)
}

/// Whom the vendor may ask: the owner, else whoever shares.
fn contact(cx: &Cx, ticket: &Ticket) -> Option<Uuid> {
    ticket.owner_id.or(cx.actor.person_id())
}

/// The blocks for the ticket: those of its service and its team first.
async fn blocks(cx: &Cx, ticket: &Ticket) -> Result<Vec<Arc<TextBlock>>> {
    let kinds = [BlockKind::VendorEnquiry];
    Ok(list::fitting(&cx.db, &cx.actor, ticket, &kinds, cx.now.today()).await?)
}

/// The form with a block filled in.
pub async fn from_block(cx: &Cx, ticket: &Ticket, form: ShareForm) -> Result<ShareForm> {
    let blocks = blocks(cx, ticket).await?;
    let chosen = blocks
        .iter()
        .find(|block| block.id.to_string() == form.block);
    let Some(block) = chosen else {
        return Ok(form);
    };
    let parts = Values::read(cx, ticket, cx.locale)
        .await?
        .filled(block, &form.enquiry());
    Ok(form.with(parts))
}

/// What there is to choose from.
pub async fn offers(cx: &Cx, ticket: &Ticket, form: &ShareForm) -> Result<Offers> {
    let open = read::of(&cx.db, ticket).await?;
    let is_open = |id: &Uuid| {
        open.iter()
            .any(|share| share.organisation_id == *id && share.withdrawn_at.is_none())
    };
    let mut vendors = vec![Choice::new("", cx.t("share-vendor-choose"))];
    let partners = organisation::list::partners(&cx.db).await?;
    let free = partners.into_iter().filter(|choice| !is_open(&choice.id));
    vendors.extend(free.map(|choice| Choice::new(choice.id, choice.name)));
    let people: Vec<Uuid> = [ticket.owner_id, cx.actor.person_id(), form.contact_id()]
        .into_iter()
        .flatten()
        .collect();
    let mut contacts = vec![Choice::new("", cx.t("share-contact-none"))];
    let named = person::names(&cx.db, &people).await?;
    contacts.extend(named.into_iter().map(|one| Choice::new(one.id, one.name)));
    Ok(Offers {
        vendors,
        contacts,
        blocks: blocks(cx, ticket).await?,
        files: Offers::files(thread::files(&cx.db, ticket).await?),
    })
}
