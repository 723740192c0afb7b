//! Telling whoever watches a view of tickets that come into it: once each, until it has left.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, FromQueryResult,
    QueryFilter, QueryOrder, QuerySelect, Statement,
};
use uuid::Uuid;

use super::{view_inside, view_look, view_watch};
use crate::clock::Instant;
use crate::db::{Db, few_forms, places};
use crate::error::Result;
use crate::ledger::notices::by_choice;
use crate::notice::{self, Kind, Reason};

pub use view_look::Model as Look;
pub use view_watch::Model as Watch;

/// The most tickets of one look.
pub const MOST_TICKETS: usize = 100;

/// The most tickets a watched view may hold in the beginning; of a larger one, those beyond are told of when they change.
pub const MOST_INSIDE: u64 = 20_000;

/// The tickets that changed and are to be looked for, the oldest notes first.
pub async fn due(db: &Db) -> Result<Vec<Look>> {
    let some = view_look::Entity::find()
        .order_by_asc(view_look::Column::Mark)
        .limit(MOST_TICKETS as u64);
    Ok(some.all(db.reader()).await?)
}

/// Everybody who watches a view.
pub async fn all(db: &Db) -> Result<Vec<Watch>> {
    let all = view_watch::Entity::find()
        .order_by_asc(view_watch::Column::PersonId)
        .order_by_asc(view_watch::Column::View);
    Ok(all.all(db.reader()).await?)
}

/// How often views that are kept were changed, by their ids; those that are gone are missing.
pub async fn editions(db: &Db, views: &[Uuid]) -> Result<HashMap<Uuid, i32>> {
    #[derive(FromQueryResult)]
    struct Edition {
        subject_id: Uuid,
        number: i32,
    }
    let ids = few_forms(views.iter().copied());
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!(
        "SELECT subject_id, number FROM head WHERE subject_id IN ({})",
        places(ids.len())
    );
    let values = ids.into_iter().map(sea_orm::Value::from);
    let backend = db.reader().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let found = Edition::find_by_statement(statement)
        .all(db.reader())
        .await?;
    Ok(found
        .into_iter()
        .map(|one| (one.subject_id, one.number))
        .collect())
}

/// What lies in a view now is no news: after somebody began to watch it, and after it was changed.
pub async fn begin(db: &Db, watch: &Watch, edition: i32, inside: Vec<Uuid>) -> Result<()> {
    let tx = db.begin_write().await?;
    if !is_watched(&tx, watch).await? {
        return Ok(sea_orm::TransactionSession::rollback(tx).await?);
    }
    view_inside::Entity::delete_many()
        .filter(view_inside::Column::PersonId.eq(watch.person_id))
        .filter(view_inside::Column::View.eq(&watch.view))
        .exec(&tx)
        .await?;
    insert(&tx, watch, inside).await?;
    let sql = "UPDATE view_watch SET edition = $1 WHERE view = $2 AND person_id = $3";
    let values = [
        edition.into(),
        watch.view.as_str().into(),
        watch.person_id.into(),
    ];
    let backend = tx.get_database_backend();
    tx.execute_raw(Statement::from_sql_and_values(backend, sql, values))
        .await?;
    Ok(sea_orm::TransactionSession::commit(tx).await?)
}

/// Of these tickets the view holds those by now: what came in is told, what left may be told of again.
pub async fn look(db: &Db, watch: &Watch, looked: &[Uuid], inside: &[Uuid]) -> Result<()> {
    let tx = db.begin_write().await?;
    if !is_watched(&tx, watch).await? {
        return Ok(sea_orm::TransactionSession::rollback(tx).await?);
    }
    let before = view_inside::Entity::find()
        .filter(view_inside::Column::PersonId.eq(watch.person_id))
        .filter(view_inside::Column::View.eq(&watch.view))
        .filter(view_inside::Column::TicketId.is_in(few_forms(looked.iter().copied())))
        .all(&tx)
        .await?;
    let before: HashSet<Uuid> = before.into_iter().map(|row| row.ticket_id).collect();
    let left: Vec<Uuid> = before
        .iter()
        .copied()
        .filter(|id| !inside.contains(id))
        .collect();
    let new: Vec<Uuid> = inside
        .iter()
        .copied()
        .filter(|id| !before.contains(id))
        .collect();
    if left.is_empty() && new.is_empty() {
        return Ok(sea_orm::TransactionSession::rollback(tx).await?);
    }
    if !left.is_empty() {
        view_inside::Entity::delete_many()
            .filter(view_inside::Column::PersonId.eq(watch.person_id))
            .filter(view_inside::Column::View.eq(&watch.view))
            .filter(view_inside::Column::TicketId.is_in(few_forms(left)))
            .exec(&tx)
            .await?;
    }
    insert(&tx, watch, new.clone()).await?;
    tell(&tx, watch, new, db.clock().now()).await?;
    sea_orm::TransactionSession::commit(tx).await?;
    notice::heard(db, watch.person_id).await
}

/// These notes were looked at.
pub async fn done(db: &Db, looks: &[Look]) -> Result<()> {
    let marks = few_forms(looks.iter().map(|look| look.mark));
    if marks.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "DELETE FROM view_look WHERE mark IN ({})",
        places(marks.len())
    );
    let values = marks.into_iter().map(sea_orm::Value::from).collect();
    db.write_statement(&sql, values).await?;
    Ok(())
}

/// Whether somebody watches it still. Of two processes that look for the same, one waits here for the other.
async fn is_watched(tx: &DatabaseTransaction, watch: &Watch) -> Result<bool> {
    let lock = match tx.get_database_backend() {
        DbBackend::Postgres => "FOR UPDATE",
        _ => "",
    };
    let sql = format!("SELECT 1 AS n FROM view_watch WHERE view = $1 AND person_id = $2 {lock}");
    let values = [watch.view.as_str().into(), watch.person_id.into()];
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    Ok(tx.query_one_raw(statement).await?.is_some())
}

async fn insert(tx: &DatabaseTransaction, watch: &Watch, tickets: Vec<Uuid>) -> Result<()> {
    let row = |ticket_id| view_inside::Model {
        person_id: watch.person_id,
        view: watch.view.clone(),
        ticket_id,
    };
    let rows = tickets.into_iter().map(row).collect();
    crate::ledger::insert::<view_inside::Entity>(tx, rows).await
}

/// A notice of the newest event of each, unless whoever watches did that themselves or knows of it already.
async fn tell(
    tx: &DatabaseTransaction,
    watch: &Watch,
    tickets: Vec<Uuid>,
    now: Instant,
) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Newest {
        subject_id: Uuid,
        number: i32,
    }
    let ids = few_forms(tickets);
    if ids.is_empty() {
        return Ok(());
    }
    let me = ids.len() + 1;
    let sql = format!(
        "SELECT e.subject_id, e.number FROM head h JOIN event e ON e.subject_id = h.subject_id AND e.number = h.number \
         WHERE h.subject_id IN ({}) AND (e.actor_id IS NULL OR e.actor_id <> ${me}) AND NOT EXISTS \
         (SELECT 1 FROM notice n WHERE n.person_id = ${me} AND n.subject_id = e.subject_id AND n.number = e.number)",
        places(ids.len())
    );
    let mut values: Vec<sea_orm::Value> = ids.into_iter().map(Into::into).collect();
    values.push(watch.person_id.into());
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    let newest = Newest::find_by_statement(statement).all(tx).await?;
    let row = |newest: Newest| notice::Model {
        id: crate::new_id(),
        person_id: watch.person_id,
        subject_id: newest.subject_id,
        number: newest.number,
        kind: Kind::CameIn.name().to_owned(),
        at: now,
        read_at: None,
        reason: Some(Reason::View.name().to_owned()),
        mail_at: None,
        mail_id: None,
    };
    let rows = by_choice(tx, newest.into_iter().map(row).collect()).await?;
    crate::ledger::insert::<notice::Entity>(tx, rows).await
}
