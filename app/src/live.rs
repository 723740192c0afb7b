//! Live pages: what changed in the database reaches every open page within two seconds.

pub mod stream;

use std::time::Duration;

use entities::{Uuid, live};
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

use crate::desk::Desk;

/// Carries the ids of changed subjects to the open pages of this process.
#[derive(Clone, Debug)]
pub struct Hub {
    sender: broadcast::Sender<Uuid>,
    ended: CancellationToken,
}

impl Default for Hub {
    fn default() -> Self {
        Hub {
            sender: broadcast::channel(4096).0,
            ended: CancellationToken::new(),
        }
    }
}

impl Hub {
    /// The ids that change from now on.
    pub fn listen(&self) -> broadcast::Receiver<Uuid> {
        self.sender.subscribe()
    }

    /// Ends all streams, so that a stopping server need not wait for them.
    pub fn end(&self) {
        self.ended.cancel();
    }

    /// When the streams are to end.
    pub async fn ended(&self) {
        self.ended.cancelled().await;
    }

    /// Something about this subject has changed.
    pub fn tell(&self, id: Uuid) {
        // Nobody listening is no error.
        let _ = self.sender.send(id);
    }
}

/// Watches the database until the process ends; a lost connection is taken up again.
pub async fn watch(desk: Desk) {
    let mut told = live::Told::default();
    loop {
        if let Err(error) = live::watch(&desk.db, &mut told, |id| desk.live.tell(id)).await {
            tracing::warn!(%error, "live changes are interrupted");
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
}
