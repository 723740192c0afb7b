//! Notes what became of claimed work, also when the database is away at that moment.

use std::time::{Duration, Instant};

use tokio::time::sleep;

/// How soon the database is asked again.
const AGAIN: Duration = Duration::from_secs(2);

/// How long it is waited for: less than any claim holds.
const LONGEST: Duration = Duration::from_secs(4 * 60);

/// Notes it as soon as the database is there. Given up at once, work that was done would be done again, and
/// work that was not would wait until its claim runs out.
pub async fn noted<T, Noting>(mut note: impl FnMut() -> Noting) -> entities::Result<T>
where
    Noting: Future<Output = entities::Result<T>>,
{
    let begun = Instant::now();
    loop {
        match note().await {
            Err(error) if error.is_away() && begun.elapsed() < LONGEST => {
                tracing::warn!(%error, "a note waits for the database");
                sleep(AGAIN).await;
            }
            other => return other,
        }
    }
}
