//! The list of what is shared with a vendor.

use std::collections::HashMap;

use sea_orm::{ActiveEnum, FromQueryResult, Statement, Value};
use uuid::Uuid;

use super::case::Clock;
use super::{Repair, Vendor};
use crate::clock::Instant;
use crate::error::Result;
use crate::page::{Cursor, Page};

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The desk's number.
    pub number: String,
    /// As it was shared.
    pub title: String,
    pub service: Option<String>,
    pub repair: Repair,
    pub clock: Clock,
    /// Whether the vendor wrote last.
    pub answered: bool,
    pub last_message_at: Instant,
    id: Uuid,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    number: String,
    title: String,
    service: Option<String>,
    repair: Repair,
    reacted_at: Option<Instant>,
    reaction_due_at: Option<Instant>,
    delivery_due_at: Option<Instant>,
    vendor_spoke_last: bool,
    last_message_at: Instant,
}

impl Line {
    fn of(row: Row) -> Line {
        Line {
            clock: Clock::of(
                row.repair,
                row.reacted_at,
                row.reaction_due_at,
                row.delivery_due_at,
            ),
            id: row.id,
            number: row.number,
            title: row.title,
            service: row.service,
            repair: row.repair,
            answered: row.vendor_spoke_last,
            last_message_at: row.last_message_at,
        }
    }
}

/// The columns of a line.
const LINE: &str = "SELECT s.id, t.number, s.title, s.repair, s.reacted_at, s.reaction_due_at, s.delivery_due_at, \
     s.vendor_spoke_last, s.last_message_at, (SELECT name FROM service WHERE id = s.service_id) AS service";

/// What of a ticket is shared, short of what its page adds. A merged ticket is none any more.
pub(super) const SHARED: &str = "FROM vendor_share s JOIN ticket t ON t.id = s.ticket_id \
     WHERE s.organisation_id = $1 AND s.withdrawn_at IS NULL AND t.state <> 'merged'";

impl Vendor {
    /// What is shared with the vendor, the last spoken of first.
    pub async fn lines(&self, after: Option<&Cursor>, most: u64) -> Result<Page<Line>> {
        let mut values: Vec<Value> = vec![self.organisation_id.into()];
        let mut further = "";
        if let Some((at, id)) = after.and_then(Cursor::place) {
            values.extend([at.into(), id.into()]);
            further = "AND (s.last_message_at, s.id) < ($2, $3)";
        }
        let sql = format!(
            "{LINE} {SHARED} {further} ORDER BY s.last_message_at DESC, s.id DESC LIMIT {}",
            most + 1
        );
        let backend = self.db.reader().get_database_backend();
        let rows = Row::find_by_statement(Statement::from_sql_and_values(backend, sql, values))
            .all(self.db.reader())
            .await?;
        let lines = rows.into_iter().map(Line::of).collect();
        Ok(Page::cut(lines, most, |line| {
            Cursor::at(line.last_message_at, line.id)
        }))
    }

    /// Those of these shares that are shared with the vendor, by id: what an index found is asked again.
    pub async fn found(&self, ids: &[Uuid]) -> Result<HashMap<Uuid, Line>> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let mut values: Vec<Value> = vec![self.organisation_id.into()];
        values.extend(ids.iter().map(|id| Value::from(*id)));
        let named: Vec<String> = (2..2 + ids.len()).map(|n| format!("${n}")).collect();
        let sql = format!("{LINE} {SHARED} AND s.id IN ({})", named.join(", "));
        let backend = self.db.reader().get_database_backend();
        let rows = Row::find_by_statement(Statement::from_sql_and_values(backend, sql, values))
            .all(self.db.reader())
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| (row.id, Line::of(row)))
            .collect())
    }

    /// How much of what is shared waits for somebody to do something.
    pub async fn open_count(&self) -> Result<i64> {
        #[derive(FromQueryResult)]
        struct Count {
            n: i64,
        }
        let sql = format!("SELECT count(*) AS n {SHARED} AND s.repair NOT IN ($2, $3)");
        let values: [Value; 3] = [
            self.organisation_id.into(),
            Repair::Live.to_value().into(),
            Repair::Confirmed.to_value().into(),
        ];
        let backend = self.db.reader().get_database_backend();
        let found = Count::find_by_statement(Statement::from_sql_and_values(backend, sql, values))
            .one(self.db.reader())
            .await?;
        Ok(found.map_or(0, |found| found.n))
    }
}
