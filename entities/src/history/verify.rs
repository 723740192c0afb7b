//! Checks every chain and every anchor, and says where the first one breaks.

use std::collections::HashMap;

use sea_orm::{
    EntityTrait, FromQueryResult, Iterable as _, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Statement,
};
use uuid::Uuid;

use super::{SubjectKind, event, head};
use crate::anchor;
use crate::db::Db;
use crate::error::Result;

/// What was checked when nothing was broken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    pub events: u64,
    pub subjects: u64,
    pub anchors: u64,
    /// The newest anchors whose lines the log does not hold yet.
    pub unnoted: u64,
}

/// The first place that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The kind of subject as stored; empty for an anchor.
    pub kind: String,
    /// The subject; nil for an anchor.
    pub subject_id: Uuid,
    /// What a person calls it, such as a ticket's number, when it still exists.
    pub label: Option<String>,
    /// The event's number in its chain, or the anchor's.
    pub number: i64,
    pub fault: Fault,
}

/// How a place fails to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The event's content does not fit its hash.
    Altered,
    /// The event does not follow its predecessor: swapped, inserted or put into another chain.
    OutOfOrder,
    /// The event is missing.
    Missing,
    /// The chain ends elsewhere than its head says.
    HeadDiffers,
    /// The head's seal is not ours.
    HeadAltered,
    /// Events without a head.
    HeadMissing,
    /// An anchored event is gone or different: subject and events were rolled back together.
    RolledBack,
    /// An anchor's content does not fit its hash or its predecessor.
    AnchorAltered,
    /// An anchor is missing.
    AnchorMissing,
    /// The log outside the database says otherwise.
    AnchorLogDiffers,
}

const PAGE: u64 = 5_000;

/// Checks everything. `progress` receives events checked and events in all.
/// `log` are the lines of the anchor log, if there is one.
///
/// # Errors
/// The database's; a broken place is a value.
pub async fn verify(
    db: &Db,
    log: Option<&str>,
    mut progress: impl FnMut(u64, u64) + Send,
) -> Result<std::result::Result<Verified, Broken>> {
    let total = event::Entity::find().count(db.reader()).await?;
    let mut heads: HashMap<Uuid, head::Model> = HashMap::new();
    for head in head::Entity::find().all(db.reader()).await? {
        if db
            .key()
            .head_mac(&head.subject_kind, head.subject_id, head.number, &head.hash)
            != head.mac
        {
            return found(
                db,
                &head.subject_kind,
                head.subject_id,
                i64::from(head.number),
                Fault::HeadAltered,
            )
            .await;
        }
        heads.insert(head.subject_id, head);
    }
    let subjects = heads.len() as u64;
    let mut checked = 0;
    let mut last: Option<event::Model> = None;
    loop {
        let page = next_events(db, last.as_ref()).await?;
        let full = page.len() as u64 == PAGE;
        for e in page {
            if last.as_ref().is_some_and(|l| l.subject_id != e.subject_id)
                && let Some(ended) = last.take()
                && let Some(fault) = end_of_chain(&mut heads, &ended)
            {
                return found(
                    db,
                    &ended.subject_kind,
                    ended.subject_id,
                    i64::from(ended.number) + 1,
                    fault,
                )
                .await;
            }
            let (number, previous) = last
                .as_ref()
                .map_or((1, &[][..]), |l| (l.number + 1, &l.hash[..]));
            let fault = if e.number != number {
                Some(Fault::Missing)
            } else if db.key().event_hash(&e) != e.hash {
                Some(Fault::Altered)
            } else if e.previous_hash != previous {
                Some(Fault::OutOfOrder)
            } else {
                None
            };
            if let Some(fault) = fault {
                return found(db, &e.subject_kind, e.subject_id, i64::from(number), fault).await;
            }
            checked += 1;
            last = Some(e);
        }
        progress(checked, total);
        if !full {
            break;
        }
    }
    if let Some(ended) = last
        && let Some(fault) = end_of_chain(&mut heads, &ended)
    {
        return found(
            db,
            &ended.subject_kind,
            ended.subject_id,
            i64::from(ended.number) + 1,
            fault,
        )
        .await;
    }
    if let Some(head) = heads.into_values().min_by_key(|h| h.subject_id) {
        return found(db, &head.subject_kind, head.subject_id, 1, Fault::Missing).await;
    }
    if let Some((kind, id)) = without_history(db).await? {
        return found(db, kind, id, 1, Fault::HeadMissing).await;
    }
    match anchors(db, log).await? {
        Err(broken) => Ok(Err(broken)),
        Ok((anchors, unnoted)) => Ok(Ok(Verified {
            events: checked,
            subjects,
            anchors,
            unnoted,
        })),
    }
}

/// A subject whose events and head are both gone.
async fn without_history(db: &Db) -> Result<Option<(&'static str, Uuid)>> {
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    for kind in SubjectKind::iter().filter(|kind| kind.begins_with_an_event()) {
        let table = kind.table();
        let sql = format!(
            "SELECT s.id FROM {table} s LEFT JOIN head h ON h.subject_id = s.id WHERE h.subject_id IS NULL LIMIT 1"
        );
        let statement = Statement::from_string(backend, sql);
        if let Some(row) = sea_orm::ConnectionTrait::query_one_raw(db.reader(), statement).await? {
            return Ok(Some((kind.name(), row.try_get("", "id")?)));
        }
    }
    Ok(None)
}

async fn next_events(db: &Db, after: Option<&event::Model>) -> Result<Vec<event::Model>> {
    use sea_orm::sea_query::{Expr, ExprTrait};
    let mut query = event::Entity::find()
        .order_by_asc(event::Column::SubjectId)
        .order_by_asc(event::Column::Number)
        .limit(PAGE);
    if let Some(l) = after {
        let place = Expr::tuple([
            Expr::col(event::Column::SubjectId),
            Expr::col(event::Column::Number),
        ]);
        query = query.filter(place.gt(Expr::tuple([Expr::val(l.subject_id), Expr::val(l.number)])));
    }
    Ok(query.all(db.reader()).await?)
}

fn end_of_chain(heads: &mut HashMap<Uuid, head::Model>, last: &event::Model) -> Option<Fault> {
    match heads.remove(&last.subject_id) {
        None => Some(Fault::HeadMissing),
        Some(head) if head.number > last.number => Some(Fault::Missing),
        Some(head) if head.number != last.number || head.hash != last.hash => {
            Some(Fault::HeadDiffers)
        }
        Some(_) => None,
    }
}

/// How many anchors there are and how many of the newest the log lacks.
async fn anchors(db: &Db, log: Option<&str>) -> Result<std::result::Result<(u64, u64), Broken>> {
    let mut lines = log.map(|l| l.lines().filter(|l| anchor::number_of(l).is_some()));
    let mut previous: Vec<u8> = Vec::new();
    let (mut count, mut unnoted) = (0, 0);
    loop {
        let Some(a) = anchor::after(db, count, 1).await?.pop() else {
            break;
        };
        let broken = |fault| Broken {
            kind: String::new(),
            subject_id: Uuid::nil(),
            label: None,
            number: count + 1,
            fault,
        };
        if a.number != count + 1 {
            return Ok(Err(broken(Fault::AnchorMissing)));
        }
        if a.previous_hash != previous
            || a.root != anchor::root(&a.heads)
            || a.hash != anchor::seal(db, &a)
        {
            return Ok(Err(broken(Fault::AnchorAltered)));
        }
        match lines.as_mut().map(Iterator::next) {
            Some(Some(line)) if line != a.line() => {
                return Ok(Err(broken(Fault::AnchorLogDiffers)));
            }
            // A log may end early, and then the desk goes on with it; one that never began is not this desk's.
            Some(None) if count == 0 => return Ok(Err(broken(Fault::AnchorLogDiffers))),
            Some(None) => unnoted += 1,
            _ => {}
        }
        if let Some((id, number)) = rolled_back(db, &a).await? {
            let mut at = label(db, "", id).await?;
            at.number = i64::from(number);
            at.fault = Fault::RolledBack;
            return Ok(Err(at));
        }
        previous = a.hash;
        count += 1;
    }
    // Lines without their anchors mean that the end of the table was cut off.
    if lines.is_some_and(|mut l| l.next().is_some()) {
        let fault = Fault::AnchorMissing;
        return Ok(Err(Broken {
            kind: String::new(),
            subject_id: Uuid::nil(),
            label: None,
            number: count + 1,
            fault,
        }));
    }
    Ok(Ok((count as u64, unnoted)))
}

/// The first head in an anchor whose event no longer exists as it was.
async fn rolled_back(db: &Db, a: &anchor::Model) -> Result<Option<(Uuid, i32)>> {
    let covered: Vec<(Uuid, i32, &[u8])> = a.covered().collect();
    for some in covered.chunks(500) {
        let ids = some.iter().map(|(id, ..)| *id);
        let numbers = some.iter().map(|(_, number, _)| *number);
        let rows: HashMap<(Uuid, i32), Vec<u8>> = event::Entity::find()
            .select_only()
            .columns([
                event::Column::SubjectId,
                event::Column::Number,
                event::Column::Hash,
            ])
            .filter(event::COLUMN.subject_id.is_in(ids))
            .filter(event::COLUMN.number.is_in(numbers))
            .into_tuple::<(Uuid, i32, Vec<u8>)>()
            .all(db.reader())
            .await?
            .into_iter()
            .map(|(id, number, hash)| ((id, number), hash))
            .collect();
        for (id, number, hash) in some {
            if rows.get(&(*id, *number)).is_none_or(|h| h != hash) {
                return Ok(Some((*id, *number)));
            }
        }
    }
    Ok(None)
}

async fn found(
    db: &Db,
    kind: &str,
    subject_id: Uuid,
    number: i64,
    fault: Fault,
) -> Result<std::result::Result<Verified, Broken>> {
    let mut broken = label(db, kind, subject_id).await?;
    broken.number = number;
    broken.fault = fault;
    Ok(Err(broken))
}

#[derive(FromQueryResult)]
struct Label {
    label: String,
}

async fn label(db: &Db, kind: &str, subject_id: Uuid) -> Result<Broken> {
    // Anchors do not say of what they are.
    let known = match kind {
        "" => Some(SubjectKind::Ticket),
        kind => SubjectKind::from_name(kind),
    };
    let mut label = None;
    if let Some((kind, column)) = known.and_then(|kind| Some((kind, kind.label()?))) {
        let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
        let table = kind.table();
        let sql = format!("SELECT {column} AS label FROM {table} WHERE id = $1");
        label = Label::find_by_statement(Statement::from_sql_and_values(
            backend,
            sql,
            [subject_id.into()],
        ))
        .one(db.reader())
        .await?
        .map(|l| l.label);
    }
    Ok(Broken {
        kind: known.map_or_else(|| kind.to_owned(), |known| known.name().to_owned()),
        subject_id,
        label,
        number: 0,
        fault: Fault::Missing,
    })
}
