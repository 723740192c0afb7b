//! What somebody is told on the next page they open, because the answer to what they did leads there.

use chrono::Duration;

use super::Session;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;

/// So many seconds later nobody remembers what it is about.
const LONGEST: i64 = 60;

/// Keeps it for that page; `text` is what is shown there, as it is shown.
pub async fn tell(db: &Db, session: &Session, text: &str) -> Result<()> {
    let now = db.clock().now();
    db.write_note(
        "UPDATE session SET told = $1, told_at = $2 WHERE token_hash = $3",
        vec![text.into(), now.into(), session.token_hash.clone().into()],
    )
    .await
}

/// That it was told.
pub async fn forget(db: &Db, session: &Session) -> Result<()> {
    db.write_note(
        "UPDATE session SET told = NULL, told_at = NULL WHERE token_hash = $1",
        vec![session.token_hash.clone().into()],
    )
    .await
}

/// What was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub text: String,
    pub at: Instant,
}

/// What is still news.
pub(super) fn news(text: Option<String>, at: Option<Instant>, now: Instant) -> Option<Told> {
    let (text, at) = text.zip(at)?;
    let is_news = now < at + Duration::seconds(LONGEST);
    is_news.then_some(Told { text, at })
}

/// Forgets what nobody came to read in time: it may name people.
pub(super) async fn sweep(db: &Db) -> Result<()> {
    let until = db.clock().now() - Duration::seconds(LONGEST);
    db.write_statement(
        "UPDATE session SET told = NULL, told_at = NULL WHERE told_at < $1",
        vec![until.into()],
    )
    .await?;
    Ok(())
}
