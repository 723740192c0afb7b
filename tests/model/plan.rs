//! How a database would answer a statement: what it reads from end to end, and whether it must sort.

use sea_orm::{DbBackend, FromQueryResult, Statement, Values};
use support::desk::TestDesk;

/// Tables that grow as long as the desk lives, and the names statements give them.
const GROWING: [&str; 18] = [
    "article_use",
    "checklist_line",
    "effort",
    "l",
    "ticket",
    "message",
    "event",
    "outbox",
    "attachment",
    "link",
    "vendor_number",
    "watch",
    "notice",
    "field_value",
    "sorted",
    "e",
    "m",
    "t",
];

/// The steps a database named, in its own words.
#[derive(Debug)]
pub struct Plan {
    backend: DbBackend,
    steps: Vec<String>,
}

#[derive(FromQueryResult)]
struct Detail {
    detail: String,
}

#[derive(FromQueryResult)]
struct QueryPlan {
    #[sea_orm(from_alias = "QUERY PLAN")]
    step: String,
}

impl Plan {
    pub async fn of(desk: &TestDesk, statement: Statement) -> Plan {
        let backend = backend(desk);
        let values = statement.values.map(|Values(values)| values);
        let values = values.unwrap_or_default();
        let database = desk.database();
        let steps = if backend == DbBackend::Sqlite {
            let sql = format!("EXPLAIN QUERY PLAN {}", statement.sql);
            let rows: Vec<Detail> = database.rows(&sql, values).await;
            rows.into_iter().map(|row| row.detail).collect()
        } else {
            // A test's tables are so small that reading and sorting them is cheapest. Without these
            // ways, what is still read or sorted whole is what no index can give.
            for way in ["seqscan", "bitmapscan", "sort", "incremental_sort"] {
                let without = format!("SET enable_{way} = off");
                database.execute(&without, vec![]).await;
            }
            let sql = format!("EXPLAIN (COSTS off) {}", statement.sql);
            let rows: Vec<QueryPlan> = database.rows(&sql, values).await;
            rows.into_iter().map(|row| row.step).collect()
        };
        assert!(!Vec::is_empty(&steps), "{}", statement.sql);
        Plan { backend, steps }
    }

    /// Growing tables that would be read from end to end, be it by an index.
    pub fn scans(&self) -> Vec<&str> {
        let is_growing = |table: &&str| GROWING.contains(table);
        let steps = self.steps.iter();
        steps
            .filter_map(|step| self.scanned(step))
            .filter(is_growing)
            .collect()
    }

    /// Whether this table would be read from end to end without an index.
    pub fn reads_whole(&self, table: &str) -> bool {
        let mut steps = self.steps.iter();
        steps.any(|step| self.scanned(step) == Some(table) && !step.contains(" INDEX "))
    }

    /// Whether this table, or what a statement calls it, would be read from end to end, be it by an index.
    pub fn reads_all(&self, table: &str) -> bool {
        let mut steps = self.steps.iter();
        steps.any(|step| self.scanned(step) == Some(table))
    }

    fn scanned<'a>(&self, step: &'a str) -> Option<&'a str> {
        let mark = match self.backend {
            DbBackend::Sqlite => "SCAN ",
            _ => "Seq Scan on ",
        };
        let (_, rest) = step.split_once(mark)?;
        rest.split_whitespace().next()
    }

    /// Whether rows are put in order after they were read.
    pub fn sorts(&self) -> bool {
        let mark = match self.backend {
            DbBackend::Sqlite => "USE TEMP B-TREE FOR ORDER BY",
            _ => "Sort Key",
        };
        self.steps.iter().any(|step| step.contains(mark))
    }

    /// Whether a step uses this index. Only SQLite chooses without knowing sizes.
    pub fn uses(&self, index: &str) -> bool {
        self.backend != DbBackend::Sqlite || self.says(index)
    }

    /// Whether an index alone gives the answer; PostgreSQL decides so by how full its pages are.
    pub fn is_covered(&self) -> bool {
        self.backend != DbBackend::Sqlite || self.says("COVERING INDEX")
    }

    fn says(&self, words: &str) -> bool {
        self.steps.iter().any(|step| step.contains(words))
    }
}

/// The language of a desk's database.
pub fn backend(desk: &TestDesk) -> DbBackend {
    match desk.db.is_postgres() {
        true => DbBackend::Postgres,
        false => DbBackend::Sqlite,
    }
}
