//! One shared ticket as its vendor sees it.

use chrono::NaiveDate;
use sea_orm::{FromQueryResult, Statement, Value};
use uuid::Uuid;

use super::list::SHARED;
use super::{Assessment, Enquiry, Message, Repair, Side, Vendor, VendorFields};
use crate::clock::Instant;
use crate::error::{DeskError, Result};
use crate::inbound::threading;
use crate::ticket::number;

/// A shared ticket: the view object of its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The desk's number.
    pub number: String,
    /// As it was shared.
    pub title: String,
    pub service: Option<String>,
    /// None while the mail with it can still be taken back.
    pub enquiry: Option<Enquiry>,
    pub shared_at: Instant,
    pub repair: Repair,
    pub clock: Clock,
    /// The vendor's own number.
    pub vendor_number: Option<String>,
    pub fields: VendorFields,
    /// The name of whom the vendor may ask.
    pub contact: Option<String>,
    /// Oldest first; the enquiry is not among them.
    pub messages: Vec<Message>,
    /// The files that came with the enquiry.
    pub files: Vec<super::message::Attached>,
    /// Grows with each change of the vendor's fields or the repair.
    pub version: i32,
}

/// What is to be kept next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The vendor is to answer by then.
    Reaction(Instant),
    /// The vendor is to deliver by then.
    Delivery(Instant),
    /// It is the vendor's turn, by no agreed time.
    Open,
    /// It is the desk's turn.
    Held,
    /// The repair is in use.
    Done,
}

impl Clock {
    pub(super) fn of(
        repair: Repair,
        reacted_at: Option<Instant>,
        reaction_due_at: Option<Instant>,
        delivery_due_at: Option<Instant>,
    ) -> Clock {
        match (repair, repair.turn()) {
            (Repair::Live | Repair::Confirmed, _) | (_, None) => Clock::Done,
            (_, Some(Side::Unit)) => Clock::Held,
            (_, Some(Side::Vendor)) => match (reacted_at, reaction_due_at, delivery_due_at) {
                (None, Some(due), _) => Clock::Reaction(due),
                (_, _, Some(due)) => Clock::Delivery(due),
                _ => Clock::Open,
            },
        }
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    number: String,
    title: String,
    service: Option<String>,
    enquiry: String,
    shared_at: Instant,
    repair: Repair,
    reacted_at: Option<Instant>,
    reaction_due_at: Option<Instant>,
    delivery_due_at: Option<Instant>,
    vendor_number: Option<String>,
    assessment: Option<Assessment>,
    fixed_in: Option<String>,
    planned_for: Option<NaiveDate>,
    effort_hundredths: Option<i32>,
    contact: Option<String>,
    version: i32,
}

impl Vendor {
    /// A shared ticket by its number.
    ///
    /// # Errors
    /// `Hidden` when it is not shared with this vendor, or there is none.
    pub async fn case(&self, typed: &str) -> Result<Case> {
        let number = number::parse(typed).ok_or(DeskError::Hidden)?;
        // Its number may be that of a ticket that was merged since.
        let found = threading::ticket_of_number(&self.db, &number).await?;
        let living = threading::living(&self.db, found.ok_or(DeskError::Hidden)?).await?;
        self.case_numbered(living.number).await
    }

    /// The shared ticket of exactly this number.
    pub(super) async fn case_numbered(&self, number: String) -> Result<Case> {
        let sql = format!(
            "SELECT s.id, t.number, s.title, s.enquiry, s.shared_at, s.repair, s.reacted_at, s.reaction_due_at, \
             s.delivery_due_at, s.assessment, s.fixed_in, s.planned_for, s.effort_hundredths, s.version, \
             (SELECT name FROM service WHERE id = s.service_id) AS service, \
             (SELECT name FROM person WHERE id = s.contact_id AND retired_at IS NULL) AS contact, \
             (SELECT number FROM vendor_number WHERE ticket_id = s.ticket_id AND organisation_id = $1) AS vendor_number \
             {SHARED} AND t.number = $2"
        );
        let values: [Value; 2] = [self.organisation_id.into(), number.into()];
        let backend = self.db.reader().get_database_backend();
        let row = Row::find_by_statement(Statement::from_sql_and_values(backend, sql, values))
            .one(self.db.reader())
            .await?
            .ok_or(DeskError::Hidden)?;
        let (enquiry, messages) = self.messages(row.id, row.shared_at).await?;
        let told = enquiry.is_some();
        Ok(Case {
            clock: Clock::of(
                row.repair,
                row.reacted_at,
                row.reaction_due_at,
                row.delivery_due_at,
            ),
            number: row.number,
            title: row.title,
            service: row.service,
            enquiry: told.then(|| serde_json::from_str(&row.enquiry).unwrap_or_default()),
            shared_at: row.shared_at,
            repair: row.repair,
            vendor_number: row.vendor_number,
            fields: VendorFields {
                assessment: row.assessment,
                fixed_in: row.fixed_in,
                planned_for: row.planned_for,
                effort_hundredths: row.effort_hundredths,
            },
            contact: row.contact,
            messages,
            files: enquiry.unwrap_or_default(),
            version: row.version,
        })
    }
}
