//! The one way a subject changes: decide, apply, write history and consequences, commit; all or nothing.

mod batch;
mod checks;
pub(crate) mod field_rows;
mod pair;
pub(crate) mod stamp;
mod step;

use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;

use chrono::Datelike;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, Statement, TransactionTrait,
};
use uuid::Uuid;

pub(crate) use batch::Batch;
pub(crate) use checks::Table;
pub use pair::{Both, Followers, PairCommand};
pub use step::Step;

use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::deadline::{self, Rules};
use crate::error::{DeskError, Rejected, Result};
use crate::history;
use crate::outbox::Effect;
use crate::permit::{Permit, Protected};
use crate::policy::{Permission, Place};

/// The most pairs that one transaction of `change_many` holds.
pub const MOST_AT_ONCE: usize = 500;

/// Something with a history of its own.
#[allow(private_interfaces)]
pub trait Subject: Clone + Send + Sync + Sized + 'static {
    type Event: Event;

    /// The stored name of this kind of subject.
    const KIND: &'static str;

    fn id(&self) -> Uuid;

    /// Where it stands now; asked again once its row is locked.
    fn place(&self) -> Place;

    /// Locks and reads the rows of these ids; missing ones are left out.
    fn lock(
        tx: &DatabaseTransaction,
        ids: Vec<Uuid>,
    ) -> impl Future<Output = Result<Vec<Self>>> + Send;

    /// Makes blank new ones with these ids; nothing is written yet.
    fn make(
        tx: &DatabaseTransaction,
        ids: Vec<Uuid>,
        now: Instant,
    ) -> impl Future<Output = Result<Vec<Self>>> + Send;

    /// What an event does to the row.
    fn apply(&mut self, event: &Self::Event, at: Instant);

    /// Whether events of its own follow from others by the rules of deadlines, which are read for it then.
    const FOLLOWS_RULES: bool = false;

    /// The events that follow by the rules from those that led here from `before`.
    fn follow(&self, _before: &Self, _rules: &Rules, _at: Instant) -> Vec<Self::Event> {
        vec![]
    }

    /// Rows to write for these events, the subject's own among them.
    fn write(&self, events: &[Self::Event], actor: &Actor, at: Instant, batch: &mut Batch);
}

/// Something that happened to a subject. In memory it carries content; its record carries digests.
pub trait Event: Clone + Send + Sync + 'static {
    /// The stored name.
    fn name(&self) -> &'static str;

    /// The stored form, free of personal content.
    fn record(&self) -> serde_json::Value;

    /// Work that must follow, queued in the same transaction.
    fn effects(&self) -> Vec<Effect>;
}

/// Something to be done to a subject. It decides; it does not do.
pub trait Command: Clone + Send + Sync + 'static {
    /// Whose history grows.
    type Target: Subject;
    /// What the permit is about.
    type On: Protected;
    /// What the policy must grant.
    const NEEDS: Permission;

    /// The subject to lock, or none to make a new one.
    fn target(&self, on: &Self::On) -> Option<Uuid>;

    /// The key of the form this came from; the same key never changes anything twice.
    fn once(&self) -> Option<&str> {
        None
    }

    /// Where the policy is asked once the row is locked, when that is not where the subject stands by then.
    fn place(&self) -> Option<Place> {
        None
    }

    /// The events this leads to, or the state that forbids it. Pure.
    fn decide(
        self,
        subject: &Self::Target,
        actor: &Actor,
        now: Instant,
    ) -> Result<Vec<<Self::Target as Subject>::Event>, Rejected>;
}

/// A change that was made.
#[derive(Clone, Debug)]
pub struct Done<S: Subject> {
    /// The subject as it is now.
    pub subject: S,
    /// What happened, in order; the first has the number `first_number`.
    pub events: Vec<S::Event>,
    /// Number of the first of these events in the subject's history.
    pub first_number: i32,
    /// When.
    pub at: Instant,
}

impl Db {
    /// Changes one subject by one command.
    ///
    /// # Errors
    /// `Rejected` when its state forbids it, `Forbidden` when the policy does by now, `AlreadyDone`
    /// when the same form was sent before.
    pub async fn change<C: Command>(
        &self,
        permit: Permit<C>,
        command: C,
    ) -> Result<Done<C::Target>> {
        let mut done = self.transact(vec![Step::new(permit, command)]).await?;
        done.pop().unwrap_or(Err(DeskError::Hidden))
    }

    /// Changes many subjects, `MOST_AT_ONCE` in a transaction. A refused pair never undoes the others;
    /// the results stand in the order of the pairs.
    pub async fn change_many<C: Command>(
        &self,
        pairs: Vec<(Permit<C>, C)>,
    ) -> Result<Vec<Result<Done<C::Target>>>> {
        let steps = pairs.into_iter().map(|(permit, c)| Step::new(permit, c));
        self.change_series(steps.collect()).await
    }

    /// Changes by different commands one after the other, `MOST_AT_ONCE` in a transaction. A subject may
    /// appear several times; each step sees what those before it left. A refused step never undoes others.
    pub async fn change_series<S: Subject>(
        &self,
        steps: Vec<Step<S>>,
    ) -> Result<Vec<Result<Done<S>>>> {
        let mut all = Vec::with_capacity(steps.len());
        let mut steps = steps.into_iter().peekable();
        while steps.peek().is_some() {
            let some: Vec<_> = steps.by_ref().take(MOST_AT_ONCE).collect();
            all.extend(self.transact(some).await?);
        }
        Ok(all)
    }

    async fn transact<S: Subject>(&self, steps: Vec<Step<S>>) -> Result<Vec<Result<Done<S>>>> {
        let tx = self.begin_write().await?;
        let mut existing: Vec<Uuid> = steps.iter().filter_map(|step| step.target).collect();
        existing.sort_unstable();
        existing.dedup();

        let mut state = State {
            subjects: HashMap::with_capacity(steps.len()),
            heads: HashMap::new(),
        };
        if !existing.is_empty() {
            state.heads = history::heads(&tx, &existing).await?;
            for subject in S::lock(&tx, existing).await? {
                state.subjects.insert(subject.id(), subject);
            }
        }
        // Read behind the locks, so that what follows is never earlier than what went before.
        let now = self.clock().now();
        let mut made = make(&tx, &steps, now).await?.into_iter();
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
                    use_key(&tx, key, id, now).await?
                }
                _ => None,
            };
            plans.push((step, id, earlier));
        }

        let rules = rules::<S>(self, &tx).await?;
        let written = write(self, &tx, &plans, &state, &rules, now).await?;
        if written.iter().all(Result::is_err) {
            // Also gives back the numbers that new subjects would have taken.
            tx.rollback().await?;
            return Ok(written);
        }
        for ((step, _, earlier), result) in plans.into_iter().zip(&written) {
            if let (Some(key), None, Err(_)) = (step.once, earlier, result) {
                crate::outbox::once_key::Entity::delete_by_id(key)
                    .exec(&tx)
                    .await?;
            }
        }
        let committed = tx.commit().await;
        self.answers().changed();
        committed?;
        Ok(written)
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
    let results: Vec<_> = plans
        .iter()
        .map(|plan| decide(db, plan, &mut state, &mut batch, rules, now))
        .collect();
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

/// The rules that are in force, for subjects that follow them.
async fn rules<S: Subject>(db: &Db, tx: &DatabaseTransaction) -> Result<Arc<Rules>> {
    match S::FOLLOWS_RULES {
        true => deadline::rules::in_transaction(db, tx).await,
        false => Ok(Arc::default()),
    }
}

/// Who acts, by which rules, as of when, and when that is written down.
struct Happening<'a> {
    actor: &'a Actor,
    rules: &'a Rules,
    at: Instant,
    now: Instant,
}

impl Happening<'_> {
    /// Applies events, and those that follow from them, to a subject and gathers the rows that follow: history,
    /// consequences, its own. The subject as it was.
    fn write<S: Subject>(
        &self,
        key: &history::Key,
        batch: &mut Batch,
        head: &mut history::Head,
        subject: &mut S,
        events: &mut Vec<S::Event>,
    ) -> S {
        let before = subject.clone();
        events
            .iter()
            .for_each(|event| subject.apply(event, self.at));
        let following = subject.follow(&before, self.rules, self.at);
        following
            .iter()
            .for_each(|event| subject.apply(event, self.at));
        events.extend(following);
        for event in events.iter() {
            history::append(batch, key, head, self.actor, event, self.at);
            for effect in event.effects() {
                batch
                    .outbox
                    .push(effect.row(subject.id(), self.at.max(self.now)));
            }
        }
        subject.write(events, self.actor, self.at, batch);
        before
    }
}

/// Blank subjects for the steps that make one, in their order; those of one year together, because
/// numbers of tickets belong to a year.
async fn make<S: Subject>(
    tx: &DatabaseTransaction,
    steps: &[Step<S>],
    now: Instant,
) -> Result<Vec<S>> {
    let dates: Vec<Instant> = steps
        .iter()
        .filter(|step| step.target.is_none())
        .map(|step| step.at.unwrap_or(now))
        .collect();
    let mut made = Vec::with_capacity(dates.len());
    for of_a_year in dates.chunk_by(|a, b| a.year() == b.year()) {
        let ids = of_a_year.iter().map(|_| crate::new_id()).collect();
        made.extend(S::make(tx, ids, of_a_year[0]).await?);
    }
    Ok(made)
}

/// Marks a form's key as used; gives the subject it changed when it was used before.
async fn use_key(
    tx: &DatabaseTransaction,
    key: &str,
    subject_id: Uuid,
    now: Instant,
) -> Result<Option<Uuid>> {
    use crate::outbox::once_key;
    // On PostgreSQL this waits for another transaction with the same key, then finds its row.
    let inserted = tx
        .execute_raw(Statement::from_sql_and_values(
            tx.get_database_backend(),
            "INSERT INTO once_key (key, subject_id, used_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            [key.into(), subject_id.into(), now.into()],
        ))
        .await?;
    if inserted.rows_affected() == 1 {
        return Ok(None);
    }
    let earlier = once_key::Entity::find()
        .filter(once_key::COLUMN.key.eq(key))
        .one(tx)
        .await?;
    Ok(earlier.map(|row| row.subject_id))
}
