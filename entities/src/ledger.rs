//! The one way a subject changes: decide, apply, write history and consequences, commit; all or nothing.

mod absence_rows;
mod around_articles;
mod article_notices;
mod article_rows;
mod batch;
mod checks;
mod concerned;
mod effort_rows;
mod factors;
pub(crate) mod field_rows;
mod happening;
pub(crate) mod notices;
mod once;
mod pair;
pub(crate) mod stamp;
mod stand_ins;
mod step;
mod synonym_rows;
mod transaction;

use std::future::Future;

use sea_orm::DatabaseTransaction;
use uuid::Uuid;

pub(crate) use batch::{Batch, insert, upsert};
pub(crate) use checks::{Checks, Table};
pub use pair::{Both, Followers, Note, PairCommand};
pub use step::Step;

use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::deadline::Rules;
use crate::error::{DeskError, Rejected, Result};
use crate::history::SubjectKind;
use crate::kept::{Changed, Parts};
use crate::notice;
use crate::outbox::Effect;
use crate::permit::{Permit, Protected};
use crate::policy::{Permission, Place};

/// The most pairs that one transaction of `change_many` holds.
pub const MOST_AT_ONCE: usize = 500;

/// Something with a history of its own.
#[allow(private_interfaces)]
pub trait Subject: Clone + Send + Sync + Sized + 'static {
    type Event: Event;

    /// What sort of subject it is.
    const KIND: SubjectKind;

    fn id(&self) -> Uuid;

    /// Where it stands now; asked again once its row is locked.
    fn place(&self) -> Place;

    /// Locks and reads the rows of these ids; missing ones are left out.
    fn lock(
        tx: &DatabaseTransaction,
        ids: Vec<Uuid>,
    ) -> impl Future<Output = Result<Vec<Self>>> + Send;

    /// Whose it is, so that what a deputy does with it names both.
    fn owner_id(&self) -> Option<Uuid> {
        None
    }

    /// Reads along what only the scopes of some actors ask of a place.
    fn stand(
        _tx: &DatabaseTransaction,
        _actors: &[&Actor],
        _rows: &mut [Self],
    ) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }

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

    /// The events that follow by the rules from those by which the actor led here from `before`.
    fn follow(
        &self,
        _before: &Self,
        _rules: &Rules,
        _actor: &Actor,
        _at: Instant,
    ) -> Vec<Self::Event> {
        vec![]
    }

    /// Which parts of the work these events changed, from the subject as it was to what it is.
    fn touched(_before: &Self, _after: &Self, _events: &[Self::Event]) -> Parts {
        Changed::of(Self::KIND).parts()
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

    /// Why those whom the subject concerns are told of it, if they are, when it is written down at that instant.
    fn notice(&self, _at: Instant) -> Option<notice::Kind> {
        None
    }

    /// Who is named in it: they are told whatever ties them to the subject, and must see it.
    fn mentions(&self) -> &[Uuid] {
        &[]
    }
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

    /// The id a new subject gets, when others name it before it is made.
    fn new_id(&self) -> Option<Uuid> {
        None
    }

    /// The key of the form this came from; the same key never changes anything twice.
    fn once(&self) -> Option<&str> {
        None
    }

    /// Where the policy is asked once the row is locked: where the subject stands by then.
    fn place(&self, subject: &Self::Target) -> Place {
        subject.place()
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
        // In a place of its own: what awaits this would else hold all of it.
        let mut done = Box::pin(self.transact(vec![Step::new(permit, command)])).await?;
        done.pop().unwrap_or(Err(DeskError::Hidden))
    }

    /// Changes one subject, and by what came of it one of another kind, in one transaction.
    ///
    /// # Errors
    /// As of [`Db::change`], of either; then neither is changed.
    pub async fn change_both<A: Command, B: Command>(
        &self,
        (permit, command): (Permit<A>, A),
        then: impl FnOnce(&Done<A::Target>) -> (Permit<B>, B) + Send,
    ) -> Result<(Done<A::Target>, Done<B::Target>)> {
        let then = |done: &Done<A::Target>| {
            let (permit, command) = then(done);
            Step::new(permit, command)
        };
        Box::pin(self.transact_both(Step::new(permit, command), then)).await
    }

    /// Changes by a series, and with its first step one subject of another kind, in one transaction: when either of the
    /// two is refused, nothing is done. Up to `MOST_AT_ONCE` steps.
    ///
    /// # Errors
    /// What the first step or the other one is refused with.
    pub async fn change_series_with<S: Subject, B: Command>(
        &self,
        steps: Vec<Step<S>>,
        (permit, command): (Permit<B>, B),
    ) -> Result<Vec<Result<Done<S>>>> {
        let other = Step::new(permit, command);
        Box::pin(self.transact_with(steps, other)).await
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

    /// Changes by a series of up to `MOST_AT_ONCE` steps, all of them or none. A subject may appear several times; each
    /// step sees what those before it left.
    ///
    /// # Errors
    /// What the first refused step is refused with.
    pub async fn change_all<S: Subject>(&self, steps: Vec<Step<S>>) -> Result<Vec<Done<S>>> {
        Box::pin(self.transact_all(steps)).await
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
            all.extend(Box::pin(self.transact(some)).await?);
        }
        Ok(all)
    }
}
