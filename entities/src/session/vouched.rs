//! Sessions that a provider vouches for: they end with its word, and soon without it.

use chrono::Duration;
use sea_orm::{FromQueryResult, Statement, Value};
use uuid::Uuid;

use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::random::hash;

/// How often a provider is asked whether it still vouches.
pub const ASK_EVERY: Duration = Duration::minutes(3);
/// How long a session lasts for which nobody asks, because its provider gives nothing to ask with or no job runs.
pub const WITHOUT_WORD: Duration = Duration::minutes(30);
/// How many sessions one look takes up.
const AT_ONCE: i64 = 50;

/// What a provider gave with a session.
#[derive(Clone, Debug)]
pub struct Vouched {
    pub provider_id: Uuid,
    /// The provider's name for its own session.
    pub sid: Option<String>,
    /// Sealed by [`crate::secret`]; what it holds is the caller's.
    pub tokens: Option<String>,
    /// Whether the tokens allow to ask again.
    pub askable: bool,
}

/// A session whose provider is to be asked.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Due {
    pub token_hash: Vec<u8>,
    pub person_id: Uuid,
    pub provider_id: Uuid,
    pub provider_tokens: String,
    vouched_at: Instant,
}

#[derive(FromQueryResult)]
struct Kept {
    provider_id: Uuid,
    provider_sid: Option<String>,
    provider_tokens: Option<String>,
    askable: bool,
}

/// Notes who vouches for a session that has just begun.
pub async fn begin(db: &Db, token: &str, vouched: &Vouched) -> Result<()> {
    let sql = "UPDATE session SET provider_id = $1, provider_sid = $2, provider_tokens = $3, vouched_at = $4, \
               askable = $5 WHERE token_hash = $6";
    let values = vec![
        vouched.provider_id.into(),
        vouched.sid.clone().into(),
        vouched.tokens.clone().into(),
        db.clock().now().into(),
        vouched.askable.into(),
        hash(token).into(),
    ];
    db.write_statement(sql, values).await?;
    Ok(())
}

/// Who vouches for the session of a token.
pub async fn of(db: &Db, token: &str) -> Result<Option<Vouched>> {
    let sql = "SELECT provider_id, provider_sid, provider_tokens, askable FROM session \
               WHERE token_hash = $1 AND provider_id IS NOT NULL";
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    let statement = Statement::from_sql_and_values(backend, sql, [hash(token).into()]);
    let kept = Kept::find_by_statement(statement).one(db.reader()).await?;
    Ok(kept.map(|kept| Vouched {
        provider_id: kept.provider_id,
        sid: kept.provider_sid,
        tokens: kept.provider_tokens,
        askable: kept.askable,
    }))
}

/// Takes up sessions whose providers have not vouched for a while; no other process asks for them meanwhile.
/// A provider that does not answer ends nothing: the session counts as asked for.
pub async fn take_due(db: &Db) -> Result<Vec<Due>> {
    let now = db.clock().now();
    let sql = "SELECT token_hash, person_id, provider_id, provider_tokens, vouched_at FROM session \
               WHERE askable AND vouched_at <= $1 \
               ORDER BY vouched_at LIMIT $2";
    let values: [Value; 2] = [(now - ASK_EVERY).into(), AT_ONCE.into()];
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    let found = Due::find_by_statement(Statement::from_sql_and_values(backend, sql, values))
        .all(db.reader())
        .await?;
    let mut taken = Vec::with_capacity(found.len());
    for due in found {
        let sql = "UPDATE session SET vouched_at = $1 WHERE token_hash = $2 AND vouched_at = $3";
        let values = vec![
            now.into(),
            due.token_hash.clone().into(),
            due.vouched_at.into(),
        ];
        if db.write_statement(sql, values).await?.rows_affected() == 1 {
            taken.push(due);
        }
    }
    Ok(taken)
}

/// Keeps what the provider gave to ask with the next time.
pub async fn keep(db: &Db, due: &Due, tokens: &str) -> Result<()> {
    let sql = "UPDATE session SET provider_tokens = $1 WHERE token_hash = $2";
    db.write_statement(sql, vec![tokens.into(), due.token_hash.clone().into()])
        .await?;
    Ok(())
}

/// Ends the sessions of a provider that it names by its own session, by the person, or by both; how many.
pub async fn end(
    db: &Db,
    provider_id: Uuid,
    sid: Option<&str>,
    person_id: Option<Uuid>,
) -> Result<u64> {
    let (sql, values): (&str, Vec<Value>) = match (sid, person_id) {
        (Some(sid), _) => (
            "DELETE FROM session WHERE provider_id = $1 AND provider_sid = $2",
            vec![provider_id.into(), sid.into()],
        ),
        (None, Some(person_id)) => (
            "DELETE FROM session WHERE provider_id = $1 AND person_id = $2",
            vec![provider_id.into(), person_id.into()],
        ),
        (None, None) => return Ok(0),
    };
    Ok(db.write_statement(sql, values).await?.rows_affected())
}
