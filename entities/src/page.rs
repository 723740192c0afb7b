//! Paging by key: a page knows the cursor of its last row, never an offset.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;

/// Where the next page begins: the sort value and id of the last row shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The sort key of that row as text; empty stands for SQL `NULL`.
    pub key: String,
    /// The id of that row, which breaks ties.
    pub id: Uuid,
}

impl Cursor {
    /// The place of a row that is sorted by a moment.
    pub(crate) fn at(at: Instant, id: Uuid) -> Cursor {
        Cursor {
            key: at.timestamp_micros().to_string(),
            id,
        }
    }

    /// That place; what nobody could have been given is none.
    pub(crate) fn place(&self) -> Option<(Instant, Uuid)> {
        let at = Instant::from_timestamp_micros(self.key.parse().ok()?)?;
        Some((at, self.id))
    }

    /// The form that travels in an address.
    pub fn encode(&self) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}\n{}", self.id.simple(), self.key))
    }

    /// Reads what `encode` wrote; anything else is no cursor.
    pub fn decode(text: &str) -> Option<Cursor> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let (id, key) = text.split_once('\n')?;
        Some(Cursor {
            key: key.to_owned(),
            id: Uuid::try_parse(id).ok()?,
        })
    }
}

/// Rows of one page and, when there are more, the cursor of the next.
#[derive(Clone, Debug)]
pub struct Page<T> {
    pub rows: Vec<T>,
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// The page of `most` rows out of one more than that, which tells that there is a next one.
    pub(crate) fn cut(mut rows: Vec<T>, most: u64, cursor: impl Fn(&T) -> Cursor) -> Page<T> {
        let more = rows.len() as u64 > most;
        rows.truncate(most as usize);
        let next = rows.last().filter(|_| more).map(cursor);
        Page { rows, next }
    }
}

/// Rows by a folded name, then by id; `columns` are these two, and `cursor` reads them from a row.
pub(crate) async fn by_name<E: EntityTrait>(
    db: &Db,
    query: Select<E>,
    columns: (E::Column, E::Column),
    cursor: impl Fn(&E::Model) -> Cursor,
    after: Option<&Cursor>,
    most: u64,
) -> Result<Page<E::Model>> {
    let (name, id) = columns;
    let mut query = query.order_by_asc(name).order_by_asc(id).limit(most + 1);
    if let Some(after) = after {
        let place = Expr::tuple([Expr::col(name), Expr::col(id)]);
        let last = Expr::tuple([Expr::val(after.key.clone()), Expr::val(after.id)]);
        query = query.filter(place.gt(last));
    }
    Ok(Page::cut(query.all(db.reader()).await?, most, cursor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_the_address_line() {
        let cursor = Cursor {
            key: "2026-11-22T09:00:00+00:00".into(),
            id: Uuid::now_v7(),
        };
        assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
        assert_eq!(Cursor::decode("kaputt"), None);
    }
}
