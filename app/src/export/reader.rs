//! The rows of a file, some at a time, as far as its reader may see them now.

use entities::field::{Field, Value, read};
use entities::ticket::export;
use entities::{Actor, Db, Uuid};

use super::cell::Cell;
use super::columns::{cells, headings};
use crate::locale::{Locale, Now};

/// Rows read at once: memory grows with this and never with the list.
pub const AT_ONCE: usize = 500;

/// The most tickets of one file; one more line than this and Excel reads none.
pub const MOST: u64 = 1_000_000;

/// Reads for somebody, in their language and time.
#[derive(Clone, Debug)]
pub struct Reader {
    pub db: Db,
    pub actor: Actor,
    pub locale: Locale,
    pub now: Now,
    /// Those the reader may read, in order, without options.
    pub fields: Vec<Field>,
}

impl Reader {
    /// A reader with the fields they may read.
    pub async fn new(db: Db, actor: Actor, locale: Locale, now: Now) -> entities::Result<Reader> {
        let mut fields = read::definitions(&db).await?;
        fields.retain(|f| f.row.retired_at.is_none() && f.is_visible(&actor));
        Ok(Reader {
            db,
            actor,
            locale,
            now,
            fields,
        })
    }

    /// The headings of all columns.
    pub fn headings(&self) -> Vec<String> {
        headings(self.locale, &self.fields)
    }

    /// The rows of these tickets; those that left the reader's sight are left out.
    pub async fn rows(&self, ids: &[Uuid]) -> entities::Result<Vec<Vec<Cell>>> {
        let rows = export::rows(&self.db, &self.actor, ids).await?;
        let fields: Vec<&Field> = self.fields.iter().collect();
        let held = read::of_tickets(&self.db, ids, &fields).await?;
        let values: Vec<&Value> = held.values().flat_map(|values| values.values()).collect();
        let words = read::words(&self.db, &self.actor, &values).await?;
        let line = |row| cells(self.locale, row, &self.fields, held.get(&row.id), &words);
        Ok(rows.iter().map(line).collect())
    }
}
