//! Live pages: what changed in the database reaches every open page within two seconds.

mod past;
pub mod stream;
mod turns;

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use entities::live::{self, News};
use entities::ticket::sight::Sight;
use entities::{Db, Uuid};
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

use crate::desk::Desk;
use past::Past;

pub use past::Mark;

/// What is new, with who sees its ticket, found out once for all open pages.
#[derive(Clone, Debug)]
pub struct Piece {
    pub news: News,
    pub sight: Sight,
}

impl From<News> for Piece {
    fn from(news: News) -> Piece {
        Piece {
            news,
            sight: Sight::default(),
        }
    }
}

/// Carries what is new to the open pages of this process.
#[derive(Clone, Debug)]
pub struct Hub {
    sender: broadcast::Sender<Piece>,
    past: Arc<Mutex<Past>>,
    ended: CancellationToken,
}

impl Default for Hub {
    fn default() -> Self {
        Hub {
            sender: broadcast::channel(4096).0,
            past: Arc::default(),
            ended: CancellationToken::new(),
        }
    }
}

impl Hub {
    /// What is new from now on.
    pub fn listen(&self) -> broadcast::Receiver<Piece> {
        self.sender.subscribe()
    }

    /// Up to where what is new has been heard: a page that reads after this shows it.
    pub fn mark(&self) -> Mark {
        self.past().mark()
    }

    /// What is new from now on, and what became new since a page was made; none where nobody knows any more.
    pub fn listen_since(&self, mark: Mark) -> (broadcast::Receiver<Piece>, Option<HashSet<News>>) {
        // Nothing is told in between.
        let past = self.past();
        (self.sender.subscribe(), past.since(mark))
    }

    fn past(&self) -> MutexGuard<'_, Past> {
        self.past.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends all streams, so that a stopping server need not wait for them.
    pub fn end(&self) {
        self.ended.cancel();
    }

    /// When the streams are to end.
    pub async fn ended(&self) {
        self.ended.cancelled().await;
    }

    /// Open pages hear of it.
    pub fn tell(&self, news: News) {
        let mut past = self.past();
        past.keep(news);
        // Nobody listening is no error.
        let _ = self.sender.send(news.into());
    }

    /// Others are in a ticket, or do something else there, than before: the pages of all processes hear of it.
    pub async fn tell_presence(&self, db: &Db, ticket_id: Uuid) -> entities::Result<()> {
        if !live::tell_presence(db, ticket_id).await? {
            self.tell(News::Presence(ticket_id));
        }
        Ok(())
    }
}

/// Watches the database until the process ends; a lost connection is taken up again.
pub async fn watch(desk: Desk) {
    let mut told = live::Told::default();
    loop {
        if let Err(error) = live::watch(&desk.db, &mut told, |news| desk.live.tell(news)).await {
            tracing::warn!(%error, "live changes are interrupted");
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
}
