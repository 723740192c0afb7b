//! What each night does: it checks mail, where a wrong sum opens a ticket, and counts the check lists.

use chrono::{Days, Duration, NaiveDate};
use entities::clock::{begin_of, day};
use entities::inbound::reconcile::{self, Sum};
use entities::mailbox::{self, Mailbox};
use entities::permit::Desk as Whole;
use entities::ticket::check;
use entities::ticket::classify::Place;
use entities::ticket::message::NewMessage;
use entities::ticket::open::AfterOpen;
use entities::ticket::{Audience, Channel, Direction, Kind, Open, Priority};
use entities::{Actor, DeskError, Instant, Permit, Rule};

use crate::desk::Desk;

/// How long after midnight a day is looked at, so that what was seen before is stored.
const AFTER_MIDNIGHT: Duration = Duration::hours(2);

const CHECK: Actor = Actor::System(Rule::Reconciliation);

/// The day whose night has begun: the days before it are over.
pub fn begun(now: Instant) -> NaiveDate {
    day(now - AFTER_MIDNIGHT)
}

/// Checks the days that are over, in all mailboxes; how many tickets it opened.
pub async fn reconcile(desk: &Desk) -> entities::Result<usize> {
    let today = begun(desk.db.clock().now());
    let Some(last) = today.checked_sub_days(Days::new(1)) else {
        return Ok(0);
    };
    let mut opened = 0;
    for mailbox in mailbox::intake::every(&desk.db).await? {
        for sum in reconcile::sums(&desk.db, &CHECK, mailbox.id, last).await? {
            if !sum.is_right() && sum.ticket_id.is_none() && open(desk, &mailbox, &sum).await? {
                opened += 1;
            }
        }
    }
    Ok(opened)
}

/// Keeps what the check lists of clean data hold, once a day.
pub async fn keep_checks(desk: &Desk) -> entities::Result<()> {
    keep_checks_at(desk, desk.db.clock().now()).await
}

/// The same as of that instant, for the demo, which brings in its cases day by day.
pub async fn keep_checks_at(desk: &Desk, at: Instant) -> entities::Result<()> {
    check::keep(&desk.db, &CHECK, begun(at), at).await
}

/// When the night before a day is begun.
pub fn of(day: NaiveDate) -> Instant {
    begin_of(day) + AFTER_MIDNIGHT
}

/// Opens the ticket of a wrong sum; false when another process had.
async fn open(desk: &Desk, mailbox: &Mailbox, sum: &Sum) -> entities::Result<bool> {
    let locale = desk.config.locale;
    let (name, on) = (mailbox.name.as_str(), locale.date(sum.day));
    tracing::error!(mailbox = name, day = %sum.day, "what was seen is not what became of it");
    let title = [("mailbox", name.into()), ("day", on.as_str().into())];
    let title = locale.t_with("reconciliation-ticket-title", &title);
    let body = locale.t_with(
        "reconciliation-ticket-body",
        &[
            ("mailbox", name.into()),
            ("day", on.as_str().into()),
            ("seen", sum.seen.into()),
            ("stored", sum.stored.into()),
            ("messages", sum.messages.into()),
            ("tickets", sum.tickets.into()),
            ("copies", sum.copies.into()),
            ("ignored", sum.ignored.into()),
            ("failed", sum.failed.into()),
            ("waiting", sum.waiting.into()),
        ],
    );
    let command = Open {
        title,
        kind: Kind::Incident,
        priority: Priority::High,
        place: Place {
            service_id: None,
            team_id: mailbox.team_id,
        },
        requester_id: None,
        organisation_id: None,
        district_id: None,
        mailbox_id: None,
        fields: entities::field::change::Sets::default(),
        first: NewMessage::text(Audience::Internal, Direction::Internal, Channel::Note, body),
        then: AfterOpen::HandToTeam,
        once: Some(format!("reconciliation {} {}", mailbox.id, sum.day)),
    };
    let (ticket_id, new) = match desk.db.change(Permit::ask(&CHECK, Whole)?, command).await {
        Ok(done) => (done.subject.id, true),
        Err(DeskError::AlreadyDone(id)) => (id, false),
        Err(error) => return Err(error),
    };
    reconcile::opened(&desk.db, mailbox.id, sum.day, ticket_id).await?;
    Ok(new)
}
