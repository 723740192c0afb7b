//! What is found by words: which subjects wait to be indexed, and the texts an index is made of.
//!
//! What is read here is for an index alone, which filters by what a reader may see, and of which every hit is asked of
//! `visible_to` again.

pub mod articles;
pub mod file_text;
pub mod queue;
pub(crate) mod renamed;
pub mod tickets;

use sea_orm::Statement;
use uuid::Uuid;

use crate::db::{Db, places};
use crate::error::Result;

/// What can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Ticket,
    Article,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 2] = [Kind::Ticket, Kind::Article];

    /// The stored name, which is that of the kind of subject.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Ticket => "ticket",
            Kind::Article => "article",
        }
    }

    /// Reads a stored name.
    pub fn named(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// The stamps of subjects: how many events each has had, which grows with every change.
pub async fn stamps(db: &Db, ids: &[Uuid]) -> Result<Vec<(Uuid, i32)>> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT subject_id, number FROM head WHERE subject_id IN ({})",
        places(ids.len())
    );
    read_stamps(db, &sql, ids.iter().map(|id| (*id).into()).collect()).await
}

/// The stamps of all subjects of a kind behind `after`, by id; up to `most` of them.
pub async fn all_stamps(
    db: &Db,
    kind: Kind,
    after: Option<Uuid>,
    most: u64,
) -> Result<Vec<(Uuid, i32)>> {
    let table = kind.name();
    let sql = format!(
        "SELECT s.id AS subject_id, h.number FROM {table} s JOIN head h ON h.subject_id = s.id \
         WHERE s.id > $1 ORDER BY s.id LIMIT {most}"
    );
    read_stamps(db, &sql, vec![after.unwrap_or_default().into()]).await
}

async fn read_stamps(db: &Db, sql: &str, values: Vec<sea_orm::Value>) -> Result<Vec<(Uuid, i32)>> {
    use sea_orm::FromQueryResult;
    #[derive(FromQueryResult)]
    struct Row {
        subject_id: Uuid,
        number: i32,
    }
    let backend = db.reader().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let rows = Row::find_by_statement(statement).all(db.reader()).await?;
    Ok(rows.into_iter().map(|r| (r.subject_id, r.number)).collect())
}

/// How many subjects of a kind there are.
pub async fn count(db: &Db, kind: Kind) -> Result<u64> {
    use sea_orm::ConnectionTrait;
    let sql = format!("SELECT COUNT(*) AS n FROM {}", kind.name());
    let backend = db.reader().get_database_backend();
    let row = db
        .reader()
        .query_one_raw(Statement::from_string(backend, sql))
        .await?;
    let count: i64 = row
        .map(|row| row.try_get("", "n"))
        .transpose()?
        .unwrap_or(0);
    Ok(u64::try_from(count).unwrap_or(0))
}
