//! The numbers under which vendors keep a ticket: what their mails name in the subject.

use sea_orm::FromQueryResult;
use sea_orm::Statement;
use sea_orm::entity::prelude::*;
use uuid::Uuid;

use super::event::TicketEvent;
use super::state::State;
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{Rejected, Result};
use crate::ledger::Command;
use crate::policy::Permission;

/// A shorter one would be found in subjects that mean something else.
const LEAST_CHARS: usize = 4;
const MOST_CHARS: usize = 40;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "vendor_number")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub ticket_id: Uuid,
    /// The vendor.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: Uuid,
    /// As the vendor writes it.
    pub number: String,
    /// In capital letters, for finding.
    pub folded_number: String,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// A vendor's number that mails can be recognised by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VendorNumber(String);

impl VendorNumber {
    /// Reads a number as a person types it, with or without a `#` before it.
    ///
    /// # Errors
    /// `NotAVendorNumber` when it is too short, too long, has no digit, or holds anything but letters,
    /// digits and `-`, `_`, `.`, `/` between them.
    pub fn parse(typed: &str) -> Result<VendorNumber, Rejected> {
        let typed = typed.trim().trim_start_matches('#');
        match words(typed).as_slice() {
            [only] if only.len() == typed.len() => Ok(VendorNumber(typed.to_owned())),
            _ => Err(Rejected::NotAVendorNumber),
        }
    }

    /// As it was typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// In capital letters.
    pub fn folded(&self) -> String {
        self.0.to_uppercase()
    }
}

/// Everything in a subject that could be a vendor's number, in capital letters.
pub fn candidates(subject: &str) -> Vec<String> {
    let mut all: Vec<String> = words(subject).into_iter().map(str::to_uppercase).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn words(text: &str) -> Vec<&str> {
    let joins = |c: char| matches!(c, '-' | '_' | '.' | '/');
    text.split(|c: char| !(c.is_alphanumeric() || joins(c)))
        .map(|word| word.trim_matches(joins))
        .filter(|word| (LEAST_CHARS..=MOST_CHARS).contains(&word.chars().count()))
        .filter(|word| word.bytes().any(|b| b.is_ascii_digit()))
        .collect()
}

/// A vendor's number of a ticket with the vendor's name.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Named {
    pub organisation_id: Uuid,
    pub organisation: String,
    pub number: String,
}

/// The vendors' numbers of a ticket the actor has already found, by the vendors' names.
pub async fn of(db: &Db, ticket: &Ticket) -> Result<Vec<Named>> {
    let sql = "SELECT v.organisation_id, o.name AS organisation, v.number FROM vendor_number v \
               JOIN organisation o ON o.id = v.organisation_id WHERE v.ticket_id = $1 ORDER BY o.folded_name, o.id";
    let backend = db.reader().get_database_backend();
    let values = [ticket.id.into()];
    Ok(
        Named::find_by_statement(Statement::from_sql_and_values(backend, sql, values))
            .all(db.reader())
            .await?,
    )
}

/// The tickets a vendor keeps under one of these numbers, in capital letters.
pub async fn tickets(db: &Db, organisation_id: Uuid, folded: Vec<String>) -> Result<Vec<Model>> {
    if folded.is_empty() {
        return Ok(vec![]);
    }
    Ok(by_number(organisation_id, folded).all(db.reader()).await?)
}

fn by_number(organisation_id: Uuid, folded: Vec<String>) -> sea_orm::Select<Entity> {
    Entity::find()
        .filter(COLUMN.organisation_id.eq(organisation_id))
        .filter(COLUMN.folded_number.is_in(folded))
}

/// The statement of [`tickets`].
pub fn tickets_statement(
    backend: sea_orm::DbBackend,
    organisation_id: Uuid,
    folded: Vec<String>,
) -> Statement {
    sea_orm::QueryTrait::build(&by_number(organisation_id, folded), backend)
}

/// Notes, changes or removes the number under which a vendor keeps the ticket.
#[derive(Clone, Debug)]
pub struct SetVendorNumber {
    /// An organisation of kind vendor.
    pub organisation_id: Uuid,
    /// None removes it.
    pub number: Option<VendorNumber>,
}

impl Command for SetVendorNumber {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::Classify;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(
        self,
        ticket: &Ticket,
        _: &Actor,
        _: Instant,
    ) -> std::result::Result<Vec<TicketEvent>, Rejected> {
        if ticket.state == State::Merged {
            return Err(Rejected::AlreadyMerged);
        }
        Ok(vec![TicketEvent::VendorNumberSet {
            organisation_id: self.organisation_id,
            number: self.number,
        }])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_one_word_with_a_digit() {
        for good in ["KN-4711", "#INC0012345", " 2026/118 ", "a.1_2"] {
            assert!(VendorNumber::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "12",
            "Ticket",
            "KN 4711",
            "KN-4711!",
            "-4711",
            &"1".repeat(41),
        ] {
            assert_eq!(
                VendorNumber::parse(bad),
                Err(Rejected::NotAVendorNumber),
                "{bad}"
            );
        }
    }

    #[test]
    fn numbers_are_found_between_brackets_and_colons() {
        let subject = "AW: [Ticket#kn-4711]: Zahllauf (2 von 3), Stand 24.11.2026.";
        assert_eq!(candidates(subject), ["24.11.2026", "KN-4711"]);
    }
}
