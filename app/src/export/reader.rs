//! The rows of a file, some at a time, as far as its reader may see them now.

use entities::export::{Model, part};
use entities::field::{Field, Value, read};
use entities::ticket::export;
use entities::view::ListColumn;
use entities::{Actor, Db, Uuid};

use super::cell::Cell;
use super::columns::Shown;
use crate::locale::{Locale, Now};

/// Rows read at once: memory grows with this and never with the list.
const AT_ONCE: usize = 500;

/// The most tickets of one file; one more line than this and Excel reads none.
pub const MOST: u64 = 1_000_000;

/// Reads for somebody, in their language and time.
#[derive(Clone, Debug)]
pub struct Reader {
    pub db: Db,
    pub actor: Actor,
    pub locale: Locale,
    pub now: Now,
    pub columns: Vec<Shown>,
}

impl Reader {
    /// A reader of the columns that were asked for, of fields those they may read; without any, all.
    pub async fn new(
        (db, actor): (Db, Actor),
        (locale, now): (Locale, Now),
        asked: &[ListColumn],
    ) -> entities::Result<Reader> {
        let mut fields = read::definitions(&db).await?;
        fields.retain(|f| f.row.retired_at.is_none() && f.is_visible(&actor));
        Ok(Reader {
            db,
            actor,
            locale,
            now,
            columns: Shown::of(asked, fields),
        })
    }

    /// The headings of all columns.
    pub fn headings(&self) -> Vec<String> {
        let words = self.columns.iter().map(|column| column.words(self.locale));
        words.collect()
    }

    /// The rows of these tickets; those that left the reader's sight are left out.
    async fn rows(&self, ids: &[Uuid]) -> entities::Result<Vec<Vec<Cell>>> {
        let rows = export::rows(&self.db, &self.actor, ids).await?;
        let fields = self.columns.iter().filter_map(|column| match column {
            Shown::Field(field) => Some(&**field),
            Shown::Fact(_) => None,
        });
        let fields: Vec<&Field> = fields.collect();
        let held = read::of_tickets(&self.db, ids, &fields).await?;
        let values: Vec<&Value> = held.values().flat_map(|values| values.values()).collect();
        let words = read::words(&self.db, &self.actor, &values).await?;
        let line = |row: &export::Row| {
            let held = held.get(&row.id);
            let columns = self.columns.iter();
            let cells = columns.map(|column| column.cell(self.locale, row, held, &words));
            cells.collect()
        };
        Ok(rows.iter().map(line).collect())
    }
}

/// Goes through a list that was taken, from its first row to its last.
#[derive(Debug)]
pub struct Walk<'a> {
    reader: &'a Reader,
    list_id: Option<Uuid>,
    part: i32,
    ids: std::vec::IntoIter<Uuid>,
}

impl Walk<'_> {
    /// From its beginning.
    pub fn new<'a>(reader: &'a Reader, begun: &Model) -> Walk<'a> {
        Walk {
            reader,
            list_id: begun.list_id,
            part: 0,
            ids: vec![].into_iter(),
        }
    }

    /// The next rows; none behind the last.
    pub async fn next(&mut self) -> entities::Result<Option<Vec<Vec<Cell>>>> {
        loop {
            let some: Vec<Uuid> = self.ids.by_ref().take(AT_ONCE).collect();
            if !some.is_empty() {
                return self.reader.rows(&some).await.map(Some);
            }
            let Some(list_id) = self.list_id else {
                return Ok(None);
            };
            let part = part::tickets(&self.reader.db, list_id, self.part).await?;
            let Some(part) = part else { return Ok(None) };
            self.part += 1;
            self.ids = part.into_iter();
        }
    }
}
