//! Numbers in a subject: ours from somebody who takes part, a vendor's from that vendor.

use entities::inbound::threading;
use entities::person::Sender;
use entities::ticket::message::ThreadedBy;
use entities::ticket::{Ticket, number, vendor_number};

use super::Hit;
use crate::desk::Desk;
use crate::mail::read::Mail;

/// What the numbers of a subject lead to.
#[derive(Default)]
pub(super) struct Numbers {
    pub hit: Option<Hit>,
    /// The first number of ours that somebody named who does not take part.
    pub suggested: Option<String>,
}

/// Our numbers first, then the vendor's.
pub(super) async fn find(
    desk: &Desk,
    mail: &Mail,
    sender: Option<&Sender>,
) -> entities::Result<Numbers> {
    let subject = mail.subject.as_deref().unwrap_or_default();
    let address = mail.from.as_ref().map_or("", |from| from.address.as_str());
    let mut numbers = Numbers::default();
    for number in number::all(subject) {
        let Some(ticket) = threading::ticket_of_number(&desk.db, &number).await? else {
            continue;
        };
        let ticket = threading::living(&desk.db, ticket).await?;
        if threading::takes_part(&desk.db, &ticket, address, sender).await? {
            numbers.hit = Some(hit(ticket, ThreadedBy::Number));
            return Ok(numbers);
        }
        numbers.suggested.get_or_insert(number);
    }
    numbers.hit = by_vendor(desk, subject, sender).await?;
    Ok(numbers)
}

fn hit(ticket: Ticket, by: ThreadedBy) -> Hit {
    Hit {
        ticket,
        by,
        about: None,
    }
}

/// The one ticket the sender's organisation keeps under a number in the subject; only vendors have such.
async fn by_vendor(
    desk: &Desk,
    subject: &str,
    sender: Option<&Sender>,
) -> entities::Result<Option<Hit>> {
    let vendor = sender
        .and_then(|sender| sender.organisation.as_ref())
        .filter(|organisation| organisation.kind.is_partner());
    let Some(vendor) = vendor else {
        return Ok(None);
    };
    let folded = vendor_number::candidates(subject);
    let mut found: Option<(Ticket, String)> = None;
    for row in vendor_number::tickets(&desk.db, vendor.id, folded).await? {
        let Some(ticket) = threading::ticket(&desk.db, row.ticket_id).await? else {
            continue;
        };
        let ticket = threading::living(&desk.db, ticket).await?;
        if found
            .as_ref()
            .is_some_and(|(other, _)| other.id != ticket.id)
        {
            return Ok(None);
        }
        found = Some((ticket, row.number));
    }
    Ok(found.map(|(ticket, number)| hit(ticket, ThreadedBy::VendorNumber { number })))
}
