//! Which vendor a mail is from: what they write belongs to their share, and to nobody else's.

use entities::organisation::OrganisationKind;
use entities::person::Sender;
use entities::ticket::Audience;
use entities::ticket::share::read;
use entities::{Uuid, ticket};

use super::place::Place;
use crate::desk::Desk;
use crate::mail::read::Mail;

/// Who may read a mail, and whose share it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Belongs {
    pub audience: Audience,
    pub share_id: Option<Uuid>,
}

/// An answer is never seen by more people than what it answers, and a vendor's mail never by another vendor.
pub(super) async fn belongs(
    desk: &Desk,
    mail: &Mail,
    sender: Option<&Sender>,
    place: &Place,
) -> entities::Result<Belongs> {
    let answered = place.about.as_ref();
    let organisation = sender.and_then(|s| s.organisation.as_ref());
    let own = match (&place.ticket, organisation) {
        (Some(ticket), Some(organisation)) if organisation.kind.is_partner() => {
            read::with(&desk.db, ticket, organisation.id).await?
        }
        _ => None,
    };
    let audience = match (answered.map(|about| about.audience), organisation) {
        (Some(Audience::Internal), _) => Audience::Internal,
        (Some(Audience::Vendor), _) => Audience::Vendor,
        (_, Some(organisation)) if organisation.kind == OrganisationKind::Vendor => {
            Audience::Vendor
        }
        _ if own.is_some() => Audience::Vendor,
        _ => Audience::Requester,
    };
    let share_id = match (audience, own, organisation) {
        (Audience::Internal | Audience::Requester, ..) => None,
        (Audience::Vendor, Some(share), _) => Some(share.id),
        // Somebody nobody knows who answers a mail to a vendor; whoever is known to belong elsewhere is not that vendor.
        (Audience::Vendor, None, None)
            if is_strangers_answer(mail, sender, place.ticket.as_ref()) =>
        {
            answered.and_then(|about| about.share_id)
        }
        (Audience::Vendor, None, _) => None,
    };
    Ok(Belongs { audience, share_id })
}

fn is_strangers_answer(
    mail: &Mail,
    sender: Option<&Sender>,
    ticket: Option<&ticket::Ticket>,
) -> bool {
    let requester = ticket.and_then(|ticket| ticket.requester_id);
    mail.bounce.is_none() && sender.is_some_and(|s| requester != Some(s.person.id))
}
