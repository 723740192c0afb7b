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

/// What is still news.
pub(super) fn news(told: Option<String>, at: Option<Instant>, now: Instant) -> Option<String> {
    let is_news = at.is_some_and(|at| now < at + Duration::seconds(LONGEST));
    told.filter(|_| is_news)
}
