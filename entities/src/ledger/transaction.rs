//! One transaction of the ledger: lock, ask again, decide, write, commit; all or nothing.

use std::collections::HashMap;

use chrono::Datelike;
use sea_orm::{DatabaseTransaction, EntityTrait, TransactionTrait};
use uuid::Uuid;

use super::happening::{Happening, rules};
use super::once::use_key;
use super::{Batch, Done, Step, Subject};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::deadline::Rules;
use crate::error::{DeskError, Result};
use crate::history;
use crate::kept::{Changed, Parts};

impl Db {
    /// Changes by up to so many steps as one transaction holds.
    pub(super) async fn transact<S: Subject>(
        &self,
        steps: Vec<Step<S>>,
    ) -> Result<Vec<Result<Done<S>>>> {
        let tx = self.begin_write().await?;
        let worked = Box::pin(self.work(&tx, steps)).await?;
        if worked.written.iter().all(Result::is_err) {
            // Also gives back the numbers that new subjects would have taken.
            tx.rollback().await?;
            return Ok(worked.written);
        }
        let committed = tx.commit().await;
        worked.forget(self);
        committed?;
        worked.hear(self);
        Ok(worked.written)
    }

    /// A change of one subject and one of another kind that follows from it, both or neither.
    pub(super) async fn transact_both<A: Subject, B: Subject>(
        &self,
        first: Step<A>,
        then: impl FnOnce(&Done<A>) -> Step<B> + Send,
    ) -> Result<(Done<A>, Done<B>)> {
        let tx = self.begin_write().await?;
        let mut one = Box::pin(self.work(&tx, vec![first])).await?;
        let done = one.only()?;
        let mut other = Box::pin(self.work(&tx, vec![then(&done)])).await?;
        let both = (done, other.only()?);
        let committed = tx.commit().await;
        one.forget(self);
        other.forget(self);
        committed?;
        one.hear(self);
        other.hear(self);
        Ok(both)
    }

    /// A series and a change of another kind, both or neither, as far as its first step goes.
    pub(super) async fn transact_with<A: Subject, B: Subject>(
        &self,
        steps: Vec<Step<A>>,
        other: Step<B>,
    ) -> Result<Vec<Result<Done<A>>>> {
        let tx = self.begin_write().await?;
        let mut series = Box::pin(self.work(&tx, steps)).await?;
        if series.written.first().is_none_or(Result::is_err) {
            tx.rollback().await?;
            return Ok(series.written);
        }
        let mut beside = Box::pin(self.work(&tx, vec![other])).await?;
        beside.only()?;
        let committed = tx.commit().await;
        series.forget(self);
        beside.forget(self);
        committed?;
        series.hear(self);
        beside.hear(self);
        Ok(std::mem::take(&mut series.written))
    }

    /// A series of which nothing stays when a step is refused.
    pub(super) async fn transact_all<S: Subject>(
        &self,
        steps: Vec<Step<S>>,
    ) -> Result<Vec<Done<S>>> {
        let tx = self.begin_write().await?;
        let mut worked = Box::pin(self.work(&tx, steps)).await?;
        if worked.written.iter().any(Result::is_err) {
            tx.rollback().await?;
            return worked.written.into_iter().collect();
        }
        let committed = tx.commit().await;
        worked.forget(self);
        committed?;
        worked.hear(self);
        std::mem::take(&mut worked.written).into_iter().collect()
    }

    /// Decides and writes within a transaction that is ended by whoever began it.
    async fn work<S: Subject>(
        &self,
        tx: &DatabaseTransaction,
        steps: Vec<Step<S>>,
    ) -> Result<Worked<S>> {
        let mut existing: Vec<Uuid> = steps.iter().filter_map(|step| step.target).collect();
        existing.sort_unstable();
        existing.dedup();

        let mut state = State {
            subjects: HashMap::with_capacity(steps.len()),
            heads: HashMap::new(),
        };
        if !existing.is_empty() {
            state.heads = history::heads(tx, &existing).await?;
            let mut rows = S::lock(tx, existing.clone()).await?;
            let actors: Vec<&Actor> = steps.iter().map(|step| &step.actor).collect();
            S::stand(tx, &actors, &mut rows).await?;
            for subject in rows {
                state.subjects.insert(subject.id(), subject);
            }
        }
        // Read behind the locks, so that what follows is never earlier than what went before.
        let now = self.clock().now();
        let mut made = make(tx, &steps, now).await?.into_iter();
        let mut plans = Vec::with_capacity(steps.len());
        for step in steps {
            let id = step.target.or_else(|| {
                let subject = made.next()?;
                let id = subject.id();
                state.subjects.insert(id, subject);
                Some(id)
            });
            let earlier = match (&step.once, id) {
                (Some(key), Some(id)) if state.subjects.contains_key(&id) => {
                    use_key(tx, key, id, now).await?
                }
                _ => None,
            };
            plans.push((step, id, earlier));
        }

        let rules = rules::<S>(self, tx).await?;
        let written = write(self, tx, &plans, &state, &rules, now).await?;
        // When nothing was done, nothing will be kept, and PostgreSQL takes no more statements after a refusal.
        if written.iter().any(Result::is_ok) {
            for ((step, _, earlier), result) in plans.into_iter().zip(&written) {
                if let (Some(key), None, Err(_)) = (step.once, earlier, result) {
                    crate::outbox::once_key::Entity::delete_by_id(key)
                        .exec(tx)
                        .await?;
                }
            }
        }
        Ok(Worked {
            before: state.subjects,
            existing,
            written,
        })
    }
}

/// What one kind's steps of a transaction came to.
struct Worked<S: Subject> {
    before: HashMap<Uuid, S>,
    /// Sorted.
    existing: Vec<Uuid>,
    written: Vec<Result<Done<S>>>,
}

impl<S: Subject> Worked<S> {
    fn done(&self) -> impl Iterator<Item = &Done<S>> {
        self.written.iter().flatten()
    }

    /// What came of the one step there was.
    fn only(&mut self) -> Result<Done<S>> {
        match self.written.pop() {
            Some(Ok(done)) => {
                self.written.push(Ok(done.clone()));
                Ok(done)
            }
            Some(Err(error)) => Err(error),
            None => Err(DeskError::Hidden),
        }
    }

    /// Answers that these changes made old are asked anew.
    fn forget(&self, db: &Db) {
        let touched = self.done().fold(Changed::of(S::KIND).parts(), |all, one| {
            // One that is new changes whatever counts it.
            let id = one.subject.id();
            let is_old = self.existing.binary_search(&id).is_ok();
            let before = self.before.get(&id).filter(|_| is_old);
            all.and(before.map_or(Parts::ALL, |before| {
                S::touched(before, &one.subject, &one.events)
            }))
        });
        db.answers().changed(Changed::of(S::KIND), touched);
    }

    /// Only once they are committed: whoever is cut off before forgets once the event is heard of.
    fn hear(&self, db: &Db) {
        for one in self.done() {
            let numbers = (one.first_number..).take(one.events.len());
            numbers.for_each(|number| db.answers().own().wrote(one.subject.id(), number));
        }
    }
}

/// What the steps of one transaction work on, as far as they have come.
#[derive(Clone)]
struct State<S> {
    subjects: HashMap<Uuid, S>,
    heads: HashMap<Uuid, history::Head>,
}

/// A step, its subject, and what its form changed when it was sent before.
type Plan<S> = (Step<S>, Option<Uuid>, Option<Uuid>);

/// Decides and writes all steps together. What is refused only by the rows of others is found while
/// writing; then all is undone and each step is written by itself, so that it undoes nothing but itself.
async fn write<S: Subject>(
    db: &Db,
    tx: &DatabaseTransaction,
    plans: &[Plan<S>],
    before: &State<S>,
    rules: &Rules,
    now: Instant,
) -> Result<Vec<Result<Done<S>>>> {
    let mut state = before.clone();
    let mut batch = Batch::default();
    let mut results: Vec<Result<Done<S>>> = Vec::with_capacity(plans.len());
    for plan in plans {
        let result = match falls(plans, &results) {
            true => Err(DeskError::Hidden),
            false => decide(db, plan, &mut state, &mut batch, rules, now),
        };
        results.push(result);
    }
    if results.iter().all(Result::is_err) {
        return Ok(results);
    }
    state.keep_heads(db, &mut batch);
    if plans.len() == 1 {
        return match batch.flush(tx).await {
            Ok(()) => Ok(results),
            Err(refusal @ DeskError::Rejected(_)) => Ok(vec![Err(refusal)]),
            Err(error) => Err(error),
        };
    }
    let point = tx.begin().await?;
    match batch.flush(&point).await {
        Ok(()) => {
            point.commit().await?;
            return Ok(results);
        }
        Err(DeskError::Rejected(_)) => point.rollback().await?,
        Err(error) => return Err(error),
    }
    let mut state = before.clone();
    let mut results = Vec::with_capacity(plans.len());
    for plan in plans {
        if falls(plans, &results) {
            results.push(Err(DeskError::Hidden));
            continue;
        }
        let mut next = state.clone_of(plan.1);
        let mut batch = Batch::default();
        let mut result = decide(db, plan, &mut next, &mut batch, rules, now);
        if result.is_ok() {
            next.keep_heads(db, &mut batch);
            let point = tx.begin().await?;
            match batch.flush(&point).await {
                Ok(()) => {
                    point.commit().await?;
                    state.subjects.extend(next.subjects);
                    state.heads.extend(next.heads);
                }
                Err(refusal @ DeskError::Rejected(_)) => {
                    point.rollback().await?;
                    result = Err(refusal);
                }
                Err(error) => return Err(error),
            }
        }
        results.push(result);
    }
    Ok(results)
}

/// Whether the next step belongs to one that was not done.
fn falls<S: Subject>(plans: &[Plan<S>], before: &[Result<Done<S>>]) -> bool {
    let leads = |(step, _, _): &Plan<S>| !step.follows;
    let behind = plans.get(..=before.len()).unwrap_or(plans);
    let leader = behind.iter().rposition(leads);
    let result = leader.and_then(|at| before.get(at));
    result.is_some_and(Result::is_err)
}

/// One step on the subject as those before it left it; what it writes goes into the batch.
fn decide<S: Subject>(
    db: &Db,
    (step, id, earlier): &Plan<S>,
    state: &mut State<S>,
    batch: &mut Batch,
    rules: &Rules,
    now: Instant,
) -> Result<Done<S>> {
    if let Some(earlier) = earlier {
        return Err(DeskError::AlreadyDone(*earlier));
    }
    let mut subject = id
        .and_then(|id| state.subjects.get(&id).cloned())
        .ok_or(DeskError::Hidden)?;
    let at = step.at.unwrap_or(now);
    let mut events = step.decide(&subject, at)?;
    let head = state
        .heads
        .entry(subject.id())
        .or_insert_with(|| history::Head::new(S::KIND, subject.id()));
    let first_number = head.number + 1;
    let event = Happening {
        actor: &step.actor,
        rules,
        at,
        now,
    };
    let before = event.write(db.key(), batch, head, &mut subject, &mut events);
    if let Some(note) = &step.note {
        batch.bulk_items.push(note(&before, &subject, &events));
    }
    state.subjects.insert(subject.id(), subject.clone());
    Ok(Done {
        subject,
        events,
        first_number,
        at,
    })
}

impl<S: Subject> State<S> {
    fn keep_heads(&self, db: &Db, batch: &mut Batch) {
        for head in self.heads.values() {
            batch.keep_head(db.key(), head.clone());
        }
    }

    /// The part that concerns one subject.
    fn clone_of(&self, id: Option<Uuid>) -> State<S> {
        let mut part = State {
            subjects: HashMap::new(),
            heads: HashMap::new(),
        };
        let Some(id) = id else { return part };
        if let Some(subject) = self.subjects.get(&id) {
            part.subjects.insert(id, subject.clone());
        }
        if let Some(head) = self.heads.get(&id) {
            part.heads.insert(id, head.clone());
        }
        part
    }
}

/// Blank subjects for the steps that make one, in their order; those of one year together, because
/// numbers of tickets belong to a year.
async fn make<S: Subject>(
    tx: &DatabaseTransaction,
    steps: &[Step<S>],
    now: Instant,
) -> Result<Vec<S>> {
    let wanted: Vec<(Instant, Uuid)> = steps
        .iter()
        .filter(|step| step.target.is_none())
        .map(|step| {
            let id = step.new_id.unwrap_or_else(crate::new_id);
            (step.at.unwrap_or(now), id)
        })
        .collect();
    let mut made = Vec::with_capacity(wanted.len());
    for of_a_year in wanted.chunk_by(|(a, _), (b, _)| a.year() == b.year()) {
        let ids = of_a_year.iter().map(|(_, id)| *id).collect();
        made.extend(S::make(tx, ids, of_a_year[0].0).await?);
    }
    Ok(made)
}
