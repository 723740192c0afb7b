//! Answers kept until something changes: what every page shows is read once per change instead of once per page.

mod own;
mod part;

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use uuid::Uuid;

use crate::db::Db;
use crate::error::Result;
use crate::history::SubjectKind;
pub(crate) use own::Own;
pub(crate) use part::{Part, Parts};

/// What has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Changed {
    /// A ticket or what belongs to it, or an article.
    Work,
    /// A setting or a person; what is known of tickets depends on them.
    Setting,
}

impl Changed {
    /// The change of a subject of this kind.
    pub(crate) fn of(kind: SubjectKind) -> Changed {
        match kind {
            SubjectKind::AnswerStop
            | SubjectKind::Article
            | SubjectKind::Effort
            | SubjectKind::Export
            | SubjectKind::Mail
            | SubjectKind::Ticket => Changed::Work,
            SubjectKind::Activity
            | SubjectKind::Calendar
            | SubjectKind::Category
            | SubjectKind::Checklist
            | SubjectKind::ClaimRule
            | SubjectKind::Contract
            | SubjectKind::DocumentTemplate
            | SubjectKind::Field
            | SubjectKind::IdentityProvider
            | SubjectKind::Mailbox
            | SubjectKind::MailFilter
            | SubjectKind::Organisation
            | SubjectKind::Person
            | SubjectKind::RecurringTask
            | SubjectKind::Release
            | SubjectKind::Role
            | SubjectKind::Service
            | SubjectKind::Synonym
            | SubjectKind::Team
            | SubjectKind::TextBlock
            | SubjectKind::TimeLimit
            | SubjectKind::View => Changed::Setting,
        }
    }

    /// What of the work the change of a subject that is no ticket may have changed.
    pub(crate) fn parts(self) -> Parts {
        match self {
            Changed::Work => Parts::REST,
            Changed::Setting => Parts::ALL,
        }
    }

    /// The change of a subject of a kind by its stored name; one not known here may be a setting.
    pub(crate) fn named(kind: &str) -> Changed {
        SubjectKind::from_name(kind).map_or(Changed::Setting, Changed::of)
    }
}

/// What one desk knows.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    of_all: Known,
    of_settings: Known,
    /// Each question with how often the parts it reads had changed.
    of_parts: Known,
    changes_of: [AtomicU64; Part::COUNT],
    own: Own,
}

impl Kept {
    /// Forgets what depends on it: a subject has changed here, in these parts.
    pub(crate) fn changed(&self, what: Changed, parts: Parts) {
        for place in parts.places() {
            if let Some(changes) = self.changes_of.get(place) {
                changes.fetch_add(1, Ordering::AcqRel);
            }
        }
        self.of_all.changed();
        if what == Changed::Setting {
            self.of_settings.changed();
        }
    }

    /// The same for what some process changed, unless it was this one, which has forgotten already. `number` is that
    /// of the event in its subject.
    pub(crate) fn heard(&self, what: Changed, subject_id: Uuid, number: i32) {
        if !self.own.has(subject_id, number) {
            self.changed(what, Parts::ALL);
        }
    }

    /// The events this process has written.
    pub(crate) fn own(&self) -> &Own {
        &self.own
    }

    /// How often any of these parts has changed.
    fn changes_of(&self, parts: Parts) -> u64 {
        let of = |place| self.changes_of.get(place);
        let changes = parts.places().filter_map(of);
        changes.map(|one| one.load(Ordering::Acquire)).sum()
    }
}

/// Answers that are forgotten together, and how often that has happened so far.
#[derive(Debug, Default)]
struct Known {
    changes: AtomicU64,
    answers: Mutex<Answers>,
}

/// Only what belongs to one moment; all of it goes when that is over.
#[derive(Debug, Default)]
struct Answers {
    as_of: AsOf,
    count: usize,
    by_kind: HashMap<TypeId, Box<dyn Any + Send>>,
}

/// How many changes there had been, and the minute: some answers depend on what time it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct AsOf {
    changes: u64,
    minute: i64,
}

impl Answers {
    fn forget(&mut self) {
        self.count = 0;
        self.by_kind.clear();
    }
}

/// So many are kept: more than fifty people ask in a minute, and few enough whoever asks for what.
const MOST: usize = 2_000;

/// A part of a page counts as one answer for each so many bytes.
const BYTES_OF_ONE: usize = 4_096;

impl Known {
    fn changed(&self) {
        self.changes.fetch_add(1, Ordering::AcqRel);
    }

    fn answer<Q, A>(&self, as_of: AsOf, question: &Q) -> Option<A>
    where
        Q: Eq + Hash + Send + 'static,
        A: Clone + Send + 'static,
    {
        let answers = self.at(as_of);
        let all = answers.by_kind.get(&TypeId::of::<(Q, A)>())?;
        let all = all.downcast_ref::<HashMap<Q, A>>()?;
        all.get(question).cloned()
    }

    fn keep<Q, A>(&self, as_of: AsOf, question: Q, answer: A, weight: usize)
    where
        Q: Eq + Hash + Send + 'static,
        A: Clone + Send + 'static,
    {
        let mut answers = self.at(as_of);
        if answers.count >= MOST {
            answers.forget();
        }
        answers.count += weight;
        let all = answers
            .by_kind
            .entry(TypeId::of::<(Q, A)>())
            .or_insert_with(|| Box::new(HashMap::<Q, A>::new()));
        if let Some(all) = all.downcast_mut::<HashMap<Q, A>>() {
            all.insert(question, answer);
        }
    }

    fn at(&self, as_of: AsOf) -> MutexGuard<'_, Answers> {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.as_of != as_of {
            answers.as_of = as_of;
            answers.forget();
        }
        answers
    }
}

impl Known {
    async fn or<Q, A, E>(
        &self,
        db: &Db,
        question: Q,
        read: impl AsyncFnOnce() -> Result<A, E>,
        weight: impl FnOnce(&A) -> usize,
    ) -> Result<A, E>
    where
        Q: Eq + Hash + Send + 'static,
        A: Clone + Send + 'static,
    {
        // Taken before reading: what changes meanwhile makes the answer old, never a wrong one new.
        let as_of = AsOf {
            changes: self.changes.load(Ordering::Acquire),
            minute: db.clock().now().timestamp().div_euclid(60),
        };
        if let Some(answer) = self.answer(as_of, &question) {
            return Ok(answer);
        }
        let answer = read().await?;
        self.keep(as_of, question, answer.clone(), weight(&answer));
        Ok(answer)
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
        self.answers().of_all.or(self, question, read, |_| 1).await
    }

    /// The same for an answer that is read from these parts of the work alone.
    ///
    /// # Errors
    /// Those of `read`, which are not kept.
    pub(crate) async fn kept_of<Q, A>(
        &self,
        parts: Parts,
        question: Q,
        read: impl AsyncFnOnce() -> Result<A>,
    ) -> Result<A>
    where
        Q: Eq + Hash + Send + 'static,
        A: Clone + Send + 'static,
    {
        let question = (self.answers().changes_of(parts), question);
        let known = &self.answers().of_parts;
        known.or(self, question, read, |_| 1).await
    }

    /// The same for an answer that only settings and people change.
    ///
    /// # Errors
    /// Those of `read`, which are not kept.
    pub(crate) async fn kept_setting<Q, A>(
        &self,
        question: Q,
        read: impl AsyncFnOnce() -> Result<A>,
    ) -> Result<A>
    where
        Q: Eq + Hash + Send + 'static,
        A: Clone + Send + 'static,
    {
        let known = &self.answers().of_settings;
        known.or(self, question, read, |_| 1).await
    }

    /// The same for a part of a page, which counts for more the longer it is.
    ///
    /// # Errors
    /// Those of `make`, which are not kept.
    pub async fn kept_part<Q, E>(
        &self,
        question: Q,
        make: impl AsyncFnOnce() -> Result<Arc<str>, E>,
    ) -> Result<Arc<str>, E>
    where
        Q: Eq + Hash + Send + 'static,
    {
        let known = &self.answers().of_all;
        let weight = |part: &Arc<str>| 1 + part.len() / BYTES_OF_ONE;
        known.or(self, question, make, weight).await
    }
}

#[cfg(test)]
mod tests;
