//! What a mail server showed or handed over, counted a mailbox and day apart from what was stored.

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement, Value};
use uuid::Uuid;

use super::Uid;
use crate::clock;
use crate::db::Db;
use crate::error::Result;

/// The most UIDs of one statement.
const AT_ONCE: usize = 500;

/// Counts the mails a server shows that are not stored; each once, however often it shows them.
/// What was shown under another UIDVALIDITY comes again under this one, so it is no longer waited for.
pub async fn shown(db: &Db, mailbox_id: Uuid, validity: u32, uids: &[u32]) -> Result<()> {
    let today = clock::day(db.clock().now());
    let tx = db.begin_write().await?;
    count(&tx, mailbox_id, today, 0).await?;
    forget_other(&tx, mailbox_id, validity).await?;
    let mut new = 0;
    for some in uids.chunks(AT_ONCE) {
        let places: Vec<String> = (0..some.len()).map(|i| format!("${}", i + 4)).collect();
        // Each place is cast, because a bare list of parameters has no type.
        let rows: Vec<String> = places
            .iter()
            .map(|p| format!("SELECT CAST({p} AS BIGINT) AS uid"))
            .collect();
        let sql = format!(
            "INSERT INTO mail_shown (mailbox_id, uid_validity, uid, day) \
             SELECT CAST($1 AS {id}), CAST($2 AS BIGINT), u.uid, {day} FROM ({rows}) u WHERE NOT EXISTS \
             (SELECT 1 FROM inbound_mail i WHERE i.mailbox_id = $1 AND i.uid_validity = $2 AND i.uid = u.uid) \
             ON CONFLICT DO NOTHING",
            id = if db.is_postgres() { "UUID" } else { "BLOB" },
            day = if db.is_postgres() {
                "CAST($3 AS DATE)"
            } else {
                "$3"
            },
            rows = rows.join(" UNION ALL ")
        );
        let mut values: Vec<Value> =
            vec![mailbox_id.into(), i64::from(validity).into(), today.into()];
        values.extend(some.iter().map(|uid| Value::from(i64::from(*uid))));
        new += run(&tx, &sql, values).await?;
    }
    count(&tx, mailbox_id, today, new as i64).await?;
    Ok(tx.commit().await?)
}

/// Somebody else removed a mail before it could be taken, so it does not count.
pub async fn gone(db: &Db, mailbox_id: Uuid, uid: Uid) -> Result<()> {
    let tx = db.begin_write().await?;
    if let Some(day) = shown_on(&tx, mailbox_id, uid).await? {
        forget(&tx, mailbox_id, uid).await?;
        count(&tx, mailbox_id, day, -1).await?;
    }
    Ok(tx.commit().await?)
}

/// A mail about to be stored.
pub(super) struct Seen {
    /// The day it counts for.
    pub on: NaiveDate,
    counted: bool,
}

/// Looks whether the mail was counted when it was shown. Stores of one mailbox follow each other from here on.
pub(super) async fn begin(
    tx: &DatabaseTransaction,
    mailbox_id: Uuid,
    uid: Option<Uid>,
    today: NaiveDate,
) -> Result<Seen> {
    let Some(uid) = uid else {
        return Ok(Seen {
            on: today,
            counted: false,
        });
    };
    count(tx, mailbox_id, today, 0).await?;
    let before = shown_on(tx, mailbox_id, uid).await?;
    Ok(Seen {
        on: before.unwrap_or(today),
        counted: before.is_some(),
    })
}

impl Seen {
    /// Once the row is written.
    pub(super) async fn end(
        self,
        tx: &DatabaseTransaction,
        mailbox_id: Uuid,
        uid: Option<Uid>,
    ) -> Result<()> {
        match (self.counted, uid) {
            (true, Some(uid)) => forget(tx, mailbox_id, uid).await,
            _ => count(tx, mailbox_id, self.on, 1).await,
        }
    }
}

async fn count(tx: &DatabaseTransaction, mailbox_id: Uuid, day: NaiveDate, by: i64) -> Result<()> {
    let sql = "INSERT INTO mailbox_day (mailbox_id, day, seen) VALUES ($1, $2, $3) \
               ON CONFLICT (mailbox_id, day) DO UPDATE SET seen = mailbox_day.seen + excluded.seen";
    run(tx, sql, vec![mailbox_id.into(), day.into(), by.into()]).await?;
    Ok(())
}

async fn shown_on(
    tx: &DatabaseTransaction,
    mailbox_id: Uuid,
    uid: Uid,
) -> Result<Option<NaiveDate>> {
    let sql = "SELECT day FROM mail_shown WHERE mailbox_id = $1 AND uid_validity = $2 AND uid = $3";
    let row = tx
        .query_one_raw(Statement::from_sql_and_values(
            tx.get_database_backend(),
            sql,
            of(mailbox_id, uid),
        ))
        .await?;
    Ok(row.map(|row| row.try_get("", "day")).transpose()?)
}

async fn forget(tx: &DatabaseTransaction, mailbox_id: Uuid, uid: Uid) -> Result<()> {
    let sql = "DELETE FROM mail_shown WHERE mailbox_id = $1 AND uid_validity = $2 AND uid = $3";
    run(tx, sql, of(mailbox_id, uid)).await?;
    Ok(())
}

async fn forget_other(tx: &DatabaseTransaction, mailbox_id: Uuid, validity: u32) -> Result<()> {
    let which = || vec![mailbox_id.into(), Value::from(i64::from(validity))];
    let counted = "UPDATE mailbox_day SET seen = seen - (SELECT count(*) FROM mail_shown s \
                   WHERE s.mailbox_id = $1 AND s.uid_validity <> $2 AND s.day = mailbox_day.day) \
                   WHERE mailbox_id = $1 AND day IN (SELECT s.day FROM mail_shown s \
                   WHERE s.mailbox_id = $1 AND s.uid_validity <> $2)";
    run(tx, counted, which()).await?;
    let sql = "DELETE FROM mail_shown WHERE mailbox_id = $1 AND uid_validity <> $2";
    run(tx, sql, which()).await?;
    Ok(())
}

fn of(mailbox_id: Uuid, uid: Uid) -> Vec<Value> {
    vec![
        mailbox_id.into(),
        i64::from(uid.validity).into(),
        i64::from(uid.uid).into(),
    ]
}

async fn run(tx: &DatabaseTransaction, sql: &str, values: Vec<Value>) -> Result<u64> {
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    Ok(tx.execute_raw(statement).await?.rows_affected())
}
