//! Notices by mail: those that are due are gathered into one mail a person, which is written from what is unread by then.

use std::collections::{BTreeMap, HashSet};

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, FromQueryResult, Statement, Value};
use uuid::Uuid;

use super::choice::{self, Choice};
use super::{Kind, Reason, Row, Topic};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::{Db, few_forms, places};
use crate::error::{DeskError, Result};
use crate::ledger::upsert;
use crate::outbox::{self, Effect};
use crate::person::tell::{self, Addressee};
use crate::session;

/// The most notices one look takes up; of many who watch the same, the others follow in the next.
const MOST: u64 = 500;

/// The most notices one mail tells of.
const MOST_TOLD: u64 = 200;

#[derive(FromQueryResult)]
struct Waiting {
    id: Uuid,
    person_id: Uuid,
    kind: String,
    reason: Option<String>,
    at: Instant,
    read_at: Option<Instant>,
}

impl Waiting {
    /// When a mail about it is due; none when there is to be none, or it has been read.
    fn due(&self, choice: &Choice) -> Option<Instant> {
        let kind = Kind::from_name(&self.kind)?;
        let reason = self.reason.as_deref().and_then(Reason::from_name)?;
        let unread = self.read_at.is_none();
        unread.then(|| choice.due(Topic::of(kind, reason), self.at))?
    }
}

/// Queues a mail for each person with notices that are due, a portion in a transaction; how many notices were taken up.
pub async fn gather(db: &Db) -> Result<usize> {
    let now = db.clock().now();
    let due = "SELECT 1 AS n FROM notice WHERE mail_at IS NOT NULL AND mail_at <= $1 LIMIT 1";
    let backend = db.reader().get_database_backend();
    let due = Statement::from_sql_and_values(backend, due, [now.into()]);
    if db.reader().query_one_raw(due).await?.is_none() {
        return Ok(0);
    }
    let tx = db.begin_write().await?;
    let taken = take_up(&tx, now).await?;
    sea_orm::TransactionSession::commit(tx).await?;
    Ok(taken)
}

/// The statement that takes up what is to be looked at.
pub fn waiting_statement(backend: DbBackend, now: Instant) -> Statement {
    let lock = match backend {
        DbBackend::Postgres => "FOR UPDATE SKIP LOCKED",
        _ => "",
    };
    let sql = format!(
        "SELECT id, person_id, kind, reason, at, read_at FROM notice WHERE mail_at IS NOT NULL AND mail_at <= $1 \
         ORDER BY mail_at, person_id LIMIT {MOST} {lock}"
    );
    Statement::from_sql_and_values(backend, sql, [now.into()])
}

async fn take_up(tx: &DatabaseTransaction, now: Instant) -> Result<usize> {
    let statement = waiting_statement(tx.get_database_backend(), now);
    let waiting = Waiting::find_by_statement(statement).all(tx).await?;
    let choices = choice::of_all(tx, waiting.iter().map(|one| one.person_id)).await?;
    let usual = Choice::default();
    // No mail, or not yet, by when; and what goes into a mail now.
    let mut later: BTreeMap<Option<Instant>, Vec<Uuid>> = BTreeMap::new();
    let mut mailed: Vec<Uuid> = Vec::new();
    let mut people: HashSet<Uuid> = HashSet::new();
    for one in &waiting {
        let choice = choices.get(&one.person_id).unwrap_or(&usual);
        match one.due(choice) {
            Some(due) if due <= now => {
                people.insert(one.person_id);
                mailed.push(one.id);
            }
            due => later.entry(due).or_default().push(one.id),
        }
    }
    for (due, ids) in later {
        let sql = "UPDATE notice SET mail_at = $1 WHERE id IN";
        run(tx, sql, vec![due.into()], ids).await?;
    }
    let work = people.into_iter();
    let work: Vec<outbox::Model> = work.map(|id| Effect::TellNotices.row(id, now)).collect();
    let ids = work.iter().map(|row| row.id).collect();
    upsert::<outbox::Entity>(tx, work).await?;
    into_mails(tx, ids, mailed).await?;
    Ok(waiting.len())
}

/// Notes which notices went into which of these mails.
async fn into_mails(tx: &DatabaseTransaction, mails: Vec<Uuid>, notices: Vec<Uuid>) -> Result<()> {
    if notices.is_empty() {
        return Ok(());
    }
    let mails = few_forms(mails);
    let sql = format!(
        "UPDATE notice SET mail_at = NULL, mail_id = (SELECT o.id FROM outbox o WHERE o.id IN ({}) \
         AND o.subject_id = notice.person_id) WHERE id IN",
        places(mails.len())
    );
    let mails = mails.into_iter().map(Value::from).collect();
    run(tx, &sql, mails, notices).await
}

/// Runs a statement that ends with the ids it is about.
async fn run(
    tx: &DatabaseTransaction,
    sql: &str,
    mut values: Vec<Value>,
    ids: Vec<Uuid>,
) -> Result<()> {
    let ids = few_forms(ids);
    let first = values.len() + 1;
    let places: Vec<String> = (first..first + ids.len())
        .map(|n| format!("${n}"))
        .collect();
    values.extend(ids.into_iter().map(Value::from));
    let sql = format!("{sql} ({})", places.join(", "));
    let backend = tx.get_database_backend();
    tx.execute_raw(Statement::from_sql_and_values(backend, sql, values))
        .await?;
    Ok(())
}

/// A mail about notices as it is to be written now.
#[derive(Clone, Debug)]
pub struct Bundle {
    pub to: Addressee,
    /// The oldest first.
    pub rows: Vec<Row>,
    /// Nothing is sent before, because it is quiet.
    pub not_before: Option<Instant>,
}

/// What a mail holds: of what went into it, whatever its person has not read by now, still sees, and still wants by
/// mail. None when that is nothing, or nobody is there to tell.
pub async fn bundle(db: &Db, mail_id: Uuid, person_id: Uuid) -> Result<Option<Bundle>> {
    let Some(to) = tell::addressee(db, person_id).await? else {
        return Ok(None);
    };
    let actor: Actor = match session::actor_of(db, person_id).await {
        Ok(actor) => actor,
        Err(DeskError::Hidden) => return Ok(None),
        Err(error) => return Err(error),
    };
    let choice = choice::of(db, person_id).await?;
    let mut rows = super::list::of_mail(db, &actor, mail_id, MOST_TOLD).await?;
    rows.retain(|row| {
        let topic = row.topic();
        row.read_at.is_none() && topic.is_some_and(|topic| choice.channel(topic).is_mail())
    });
    rows.reverse();
    let now = db.clock().now();
    let awake = choice.awake(now);
    Ok((!rows.is_empty()).then_some(Bundle {
        to,
        rows,
        not_before: (awake > now).then_some(awake),
    }))
}
