//! The events this process has written lately, so that hearing of them changes nothing again.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};

use uuid::Uuid;

/// So many are remembered; an older one is heard as if another process had written it.
const MOST: usize = 4_096;

/// Subjects and the numbers of their events.
#[derive(Debug, Default)]
pub(crate) struct Own(Mutex<Lately>);

#[derive(Debug, Default)]
struct Lately {
    all: HashSet<(Uuid, i32)>,
    in_order: VecDeque<(Uuid, i32)>,
}

impl Own {
    /// Remembers an event that was written, and whose answers are forgotten.
    pub(crate) fn wrote(&self, subject_id: Uuid, number: i32) {
        let mut lately = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if lately.in_order.len() >= MOST
            && let Some(oldest) = lately.in_order.pop_front()
        {
            lately.all.remove(&oldest);
        }
        if lately.all.insert((subject_id, number)) {
            lately.in_order.push_back((subject_id, number));
        }
    }

    /// Whether this process wrote it.
    pub(crate) fn has(&self, subject_id: Uuid, number: i32) -> bool {
        let lately = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lately.all.contains(&(subject_id, number))
    }
}
