//! Answers kept until something changes: what every page shows is read once per change instead of once per page.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::db::Db;
use crate::error::Result;

/// The answers of one desk and how often it has changed so far.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    changes: AtomicU64,
    answers: Mutex<Answers>,
}

/// Only what belongs to one moment; all of it goes when that is over.
#[derive(Debug, Default)]
struct Answers {
    as_of: AsOf,
    by_kind: HashMap<TypeId, Box<dyn Any + Send>>,
}

/// How many changes there had been, and the minute: some answers depend on what time it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct AsOf {
    changes: u64,
    minute: i64,
}

impl Kept {
    /// Forgets everything: a subject has changed here or in another process.
    pub(crate) fn changed(&self) {
        self.changes.fetch_add(1, Ordering::AcqRel);
    }

    fn at(&self, as_of: AsOf) -> MutexGuard<'_, Answers> {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.as_of != as_of {
            answers.as_of = as_of;
            answers.by_kind.clear();
        }
        answers
    }
}

impl Db {
    /// The answer to a question asked before, unless something changed since; else `read` gives it. Changes of this
    /// process are known at once, those of others as soon as [`crate::live::watch`] hears of them.
    ///
    /// # Errors
    /// Those of `read`, which are not kept.
    pub(crate) async fn kept<Q, A>(
        &self,
        question: Q,
        read: impl AsyncFnOnce() -> Result<A>,
    ) -> Result<A>
    where
        Q: Eq + Hash + Send + 'static,
        A: Clone + Send + 'static,
    {
        let kept = self.answers();
        // Taken before reading: what changes meanwhile makes the answer old, never a wrong one new.
        let as_of = AsOf {
            changes: kept.changes.load(Ordering::Acquire),
            minute: self.clock().now().timestamp().div_euclid(60),
        };
        let known = kept
            .at(as_of)
            .by_kind
            .get(&TypeId::of::<(Q, A)>())
            .and_then(|all| all.downcast_ref::<HashMap<Q, A>>())
            .and_then(|all| all.get(&question).cloned());
        if let Some(answer) = known {
            return Ok(answer);
        }
        let answer = read().await?;
        let mut answers = kept.at(as_of);
        let all = answers
            .by_kind
            .entry(TypeId::of::<(Q, A)>())
            .or_insert_with(|| Box::new(HashMap::<Q, A>::new()));
        if let Some(all) = all.downcast_mut::<HashMap<Q, A>>() {
            all.insert(question, answer.clone());
        }
        Ok(answer)
    }
}
