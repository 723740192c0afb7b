//! Anchors: every minute with events, the heads that changed are sealed together and noted outside the database.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ConnectionTrait, IntoActiveModel, QueryOrder, QuerySelect, Select, Statement};
use sha2::{Digest, Sha256};

use crate::db::Db;
use crate::error::Result;
use crate::history::head;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "anchor")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub at: DateTimeUtc,
    pub count: i32,
    /// Per head: 16 bytes id, 4 bytes number (big endian), 32 bytes hash.
    pub heads: Vec<u8>,
    pub root: Vec<u8>,
    pub previous_hash: Vec<u8>,
    pub hash: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Bytes one head takes in an anchor.
pub const HEAD_BYTES: usize = 16 + 4 + 32;

/// The most heads one anchor covers.
const MOST_HEADS: u64 = 5_000;

impl Model {
    /// The line for the log outside the database.
    pub fn line(&self) -> String {
        format!(
            "{} {} {} {} {}",
            self.number,
            self.at.format("%Y-%m-%dT%H:%M:%S%.6fZ"),
            self.count,
            hex::encode(&self.root),
            hex::encode(&self.hash)
        )
    }

    /// The heads it covers: id, number, hash.
    pub fn covered(&self) -> impl Iterator<Item = (Uuid, i32, &[u8])> {
        self.heads.chunks_exact(HEAD_BYTES).filter_map(|bytes| {
            let (id, rest) = bytes.split_at(16);
            let (number, hash) = rest.split_at(4);
            Some((
                Uuid::from_slice(id).ok()?,
                i32::from_be_bytes(number.try_into().ok()?),
                hash,
            ))
        })
    }
}

/// The number of a whole line of the log; none for the piece that a full disk or a killed process left.
pub fn number_of(line: &str) -> Option<i64> {
    let is_digest = |part: &&str| part.len() == 64 && part.bytes().all(|b| b.is_ascii_hexdigit());
    let parts: Vec<&str> = line.split(' ').collect();
    let [number, _, _, root, hash] = parts.as_slice() else {
        return None;
    };
    [root, hash].into_iter().all(is_digest).then_some(())?;
    number.parse().ok()
}

/// SHA-256 over the covered heads.
pub fn root(heads: &[u8]) -> Vec<u8> {
    Sha256::digest(heads).to_vec()
}

/// Heads that changed since the last anchor, as their index says it: no planner sees that a value given later is false.
pub fn changed_query() -> Select<head::Entity> {
    head::Entity::find()
        .filter(Expr::col((head::Entity, head::Column::Anchored)).not())
        .order_by_asc(head::Column::SubjectId)
        .limit(MOST_HEADS)
}

/// Seals all heads that changed since the last anchor. The anchors made, none when nothing changed.
/// Their lines belong into the log once this is committed: a process that dies between the two is caught up with by
/// the next, while a line without its anchor would look like a table that was cut off.
///
/// # Errors
/// The database's.
pub async fn anchor(db: &Db) -> Result<Vec<Model>> {
    let mut made = Vec::new();
    loop {
        let tx = db.begin_write().await?;
        if db.is_postgres() {
            // Two processes must not number anchors at the same time.
            tx.execute_unprepared("LOCK TABLE anchor IN EXCLUSIVE MODE")
                .await?;
        }
        let heads = changed_query().lock_exclusive().all(&tx).await?;
        if heads.is_empty() {
            return Ok(made);
        }
        let last = Entity::find()
            .order_by_desc(Column::Number)
            .one(&tx)
            .await?;
        let mut bytes = Vec::with_capacity(heads.len() * HEAD_BYTES);
        for head in &heads {
            bytes.extend_from_slice(head.subject_id.as_bytes());
            bytes.extend_from_slice(&head.number.to_be_bytes());
            bytes.extend_from_slice(&head.hash);
        }
        let mut anchor = Model {
            number: last.as_ref().map_or(1, |l| l.number + 1),
            at: db.clock().now(),
            count: heads.len() as i32,
            root: root(&bytes),
            heads: bytes,
            previous_hash: last.map(|l| l.hash).unwrap_or_default(),
            hash: Vec::new(),
        };
        anchor.hash = seal(db, &anchor);
        Entity::insert(anchor.clone().into_active_model())
            .exec_without_returning(&tx)
            .await?;
        for some in heads.chunks(500) {
            let ids = some.iter().map(|h| h.subject_id);
            head::Entity::update_many()
                .col_expr(head::Column::Anchored, Expr::value(true))
                .filter(head::COLUMN.subject_id.is_in(ids))
                .exec(&tx)
                .await?;
        }
        tx.commit().await?;
        let full = heads.len() as u64 == MOST_HEADS;
        made.push(anchor);
        if !full {
            return Ok(made);
        }
    }
}

pub(crate) fn seal(db: &Db, a: &Model) -> Vec<u8> {
    db.key().anchor_hash(
        a.number,
        a.at.timestamp_micros(),
        a.count,
        &a.root,
        &a.previous_hash,
    )
}

/// Up to `most` anchors behind this one, in order.
///
/// # Errors
/// The database's.
pub async fn after(db: &Db, number: i64, most: u64) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(COLUMN.number.gt(number))
        .order_by_asc(Column::Number)
        .limit(most)
        .all(db.reader())
        .await?)
}

/// The number of the newest anchor, 0 when there is none.
pub async fn newest(db: &Db) -> Result<i64> {
    let row = db
        .reader()
        .query_one_raw(Statement::from_string(
            db.reader().get_database_backend(),
            "SELECT coalesce(max(number), 0) AS n FROM anchor",
        ))
        .await?;
    Ok(match row {
        Some(row) => row.try_get("", "n")?,
        None => 0,
    })
}
