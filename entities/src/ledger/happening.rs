//! What events do: to their subject, to its history, and to what waits to be done.

use std::sync::Arc;

use chrono::Duration;
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::notices::Told;
use super::{Batch, Event as _, Subject};
use crate::actor::{Actor, Rule};
use crate::clock::{Instant, day};
use crate::db::Db;
use crate::deadline::{self, Rules};
use crate::error::Result;
use crate::history;
use crate::notice::Kind;

/// The rules that are in force, for subjects that follow them.
pub(super) async fn rules<S: Subject>(db: &Db, tx: &DatabaseTransaction) -> Result<Arc<Rules>> {
    match S::FOLLOWS_RULES {
        true => deadline::rules::in_transaction(db, tx).await,
        false => Ok(Arc::default()),
    }
}

/// Who acts, by which rules, as of when, and when that is written down.
pub(super) struct Happening<'a> {
    pub(super) actor: &'a Actor,
    pub(super) rules: &'a Rules,
    pub(super) at: Instant,
    pub(super) now: Instant,
}

/// So long what happens to a ticket is news; an import brings in what is older.
const NEWS: Duration = Duration::days(3);

impl Happening<'_> {
    /// What the machine's owner does by commands, such as an import, is told to nobody as if it came by itself; what
    /// only those are told who stand in for somebody is told where somebody does, or the owner has left.
    fn is_news(&self, kind: Kind, owner: Option<Uuid>) -> bool {
        let by_console = self.actor.rule() == Some(Rule::Console);
        let presence = self.rules.presence();
        let is_heard = !kind.is_for_stand_ins()
            || presence.anybody_is_covered(day(self.at))
            || owner.is_some_and(|owner| presence.has_left(owner));
        is_heard && (!kind.is_passing() || (!by_console && self.now - self.at < NEWS))
    }

    /// Applies events, and those that follow from them, to a subject and gathers the rows that follow: history,
    /// consequences, its own. The subject as it was.
    pub(super) fn write<S: Subject>(
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
        let following = subject.follow(&before, self.rules, self.actor, self.at);
        following
            .iter()
            .for_each(|event| subject.apply(event, self.at));
        events.extend(following);
        let whose = self.actor.on_behalf_of(before.owner_id());
        for event in events.iter() {
            history::append(batch, key, head, (self.actor, whose), event, self.at);
            let kind = event.notice(self.at);
            if let Some(kind) = kind.filter(|kind| self.is_news(*kind, subject.owner_id())) {
                let (id, number) = (subject.id(), head.number);
                let told = Told {
                    number,
                    kind,
                    at: self.at,
                    by: self.actor.person_id(),
                    mentions: event.mentions().to_vec(),
                };
                batch.notices.tell(S::KIND, id, told, self.rules);
            }
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
