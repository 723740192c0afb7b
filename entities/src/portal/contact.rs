//! Whom a vendor may ask at the desk.

use sea_orm::{FromQueryResult, Statement};

use super::Vendor;
use super::list::SHARED;
use crate::error::Result;

/// Somebody of the desk with what they may be asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    pub name: String,
    /// Number and title of each shared ticket.
    pub cases: Vec<(String, String)>,
}

#[derive(FromQueryResult)]
struct Row {
    name: String,
    number: String,
    title: String,
}

impl Vendor {
    /// The contacts named with what is shared, by name.
    pub async fn contacts(&self) -> Result<Vec<Contact>> {
        let of = "(SELECT p.name FROM person p WHERE p.id = s.contact_id AND p.retired_at IS NULL)";
        let sql = format!(
            "SELECT {of} AS name, t.number, s.title {SHARED} AND {of} IS NOT NULL ORDER BY 1, t.number DESC"
        );
        let backend = self.db.reader().get_database_backend();
        let values = [self.organisation_id.into()];
        let rows = Row::find_by_statement(Statement::from_sql_and_values(backend, sql, values))
            .all(self.db.reader())
            .await?;
        let mut contacts: Vec<Contact> = Vec::new();
        for row in rows {
            let case = (row.number, row.title);
            match contacts.last_mut() {
                Some(last) if last.name == row.name => last.cases.push(case),
                _ => contacts.push(Contact {
                    name: row.name,
                    cases: vec![case],
                }),
            }
        }
        Ok(contacts)
    }
}
