//! Take a merger back, while nothing else has happened to either of the two since.

use sea_orm::entity::prelude::*;
use sea_orm::{DatabaseTransaction, FromQueryResult, Statement};
use serde::{Deserialize, Serialize};

use super::event::{Change, TicketEvent, TiedEvent};
use super::link::LinkKind;
use super::set_fields;
use super::state::State;
use super::table::Model as Ticket;
use super::take_back::Before;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{Rejected, Result};
use crate::field::change::{Sets, prepare};
use crate::ledger::{Both, Followers, PairCommand};
use crate::permit::Action;
use crate::policy::Permission;

/// A merger with what it brought along.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "merger")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub source_id: Uuid,
    pub target_id: Uuid,
    pub at: DateTimeUtc,
    /// The source's version as the merger left it.
    pub source_version: i32,
    /// The target's version as the merger left it.
    pub target_version: i32,
    /// The target's version as the merger found it.
    pub target_before: i32,
    /// JSON of [`Brought`].
    pub brought: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// How the two stood before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stood {
    pub source: Before,
    pub target: Before,
    pub target_version: i32,
    /// The target's.
    pub last_message_at: Instant,
}

/// A link as it stood: from a ticket to another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromQueryResult)]
pub struct Tied {
    pub ticket_id: Uuid,
    pub other_id: Uuid,
    pub kind: LinkKind,
    pub created_at: Instant,
}

/// Whom or what a ticket has, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromQueryResult)]
pub struct Since {
    pub id: Uuid,
    pub since: Instant,
}

/// The small rows of the source, and which of them are new to the target.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    /// Those that begin or end at the source.
    pub links: Vec<Tied>,
    pub new_links: Vec<Tied>,
    pub watchers: Vec<Since>,
    pub new_watchers: Vec<Uuid>,
    pub articles: Vec<Since>,
    pub new_articles: Vec<Uuid>,
    /// Those linked by hand.
    pub linked_articles: Vec<Since>,
    pub new_linked_articles: Vec<Uuid>,
    pub new_suggestions: Vec<String>,
    pub new_vendor_numbers: Vec<Uuid>,
    pub reusable_since: Option<Instant>,
    /// Those that went along, by their ids at the target.
    pub drafts: Vec<Uuid>,
    /// Shares that went along whole.
    pub shares: Vec<Uuid>,
    /// Shares whose messages went to the target's own share of that vendor: from, to.
    pub joined: Vec<(Uuid, Uuid)>,
}

/// Everything that has to go back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brought {
    pub stood: Stood,
    pub messages: i32,
    /// The messages that came have numbers above it.
    pub after: i32,
    pub rows: Rows,
}

impl Model {
    /// What it brought along; none when the stored form is damaged.
    pub fn brought(&self) -> Option<Brought> {
        serde_json::from_str(&self.brought).ok()
    }
}

/// The merger that can still be taken back at this ticket: the one it ended by, or the last one that led here.
pub async fn undoable(db: &Db, ticket_id: Uuid) -> Result<Option<Model>> {
    let sql = "SELECT m.* FROM merger m \
               JOIN ticket s ON s.id = m.source_id AND s.version = m.source_version AND s.state = 'merged' \
               JOIN ticket t ON t.id = m.target_id AND t.version = m.target_version AND t.state <> 'merged' \
               WHERE m.source_id = $1 OR m.target_id = $1";
    let backend = db.reader().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [ticket_id.into()]);
    Ok(Model::find_by_statement(statement).one(db.reader()).await?)
}

/// Gives the first ticket back what it brought into the second.
#[derive(Clone, Debug)]
pub struct Unmerge {
    merger: Model,
    brought: Brought,
    /// What stood in the fields of the target that were filled.
    fields: Sets,
}

impl Unmerge {
    /// Reads what the target's fields held.
    ///
    /// # Errors
    /// `NotMerged` when what it brought is not known, `Hidden` when the actor does not see one of the fields.
    pub async fn prepare(db: &Db, actor: &Actor, merger: Model) -> Result<Unmerge> {
        let brought = merger.brought().ok_or(Rejected::NotMerged)?;
        let wanted = brought.stood.target.fields.clone();
        let fields = prepare(db, actor, Some(merger.target_id), wanted).await?;
        Ok(Unmerge {
            merger,
            brought,
            fields,
        })
    }
}

impl Action for Unmerge {
    type On = Ticket;
    const NEEDS: Permission = Permission::MergeTickets;
}

impl PairCommand for Unmerge {
    /// Tickets whose links followed to the target have them back at the source.
    async fn followers(
        &self,
        _: &DatabaseTransaction,
        source: Uuid,
        target: Uuid,
    ) -> Result<Followers<Ticket>> {
        let mut back: Vec<&Tied> = self.brought.rows.links.iter().collect();
        back.retain(|link| link.other_id == source && link.ticket_id != target);
        back.sort_by_key(|link| link.ticket_id);
        let mut followers: Followers<Ticket> = Vec::new();
        for link in back {
            let event = TicketEvent::LinkFollowed {
                from_id: target,
                other_id: source,
                kind: link.kind,
            };
            match followers.last_mut() {
                Some((id, events)) if *id == link.ticket_id => events.push(event),
                _ => followers.push((link.ticket_id, vec![event])),
            }
        }
        Ok(followers)
    }

    fn decide(
        self,
        source: &Ticket,
        target: &Ticket,
        actor: &Actor,
        _: Instant,
    ) -> Result<Both<Vec<TicketEvent>>, Rejected> {
        if source.state != State::Merged || source.merged_into != Some(target.id) {
            return Err(Rejected::NotMerged);
        }
        let went_on = source.version != self.merger.source_version
            || target.version != self.merger.target_version;
        if went_on || source.id != self.merger.source_id {
            return Err(Rejected::WentOn);
        }
        let Stood {
            source: source_before,
            target: before,
            last_message_at,
            ..
        } = self.brought.stood.clone();
        let one = vec![TicketEvent::from(TiedEvent::Unmerged {
            target_id: target.id,
            messages: self.brought.messages,
            before: Box::new(source_before),
        })];
        let mut other = vec![TicketEvent::from(TiedEvent::UnmergedFrom {
            source_id: source.id,
            messages: self.brought.messages,
            last_message_at,
            brought: Box::new(self.brought),
        })];
        other.extend(set_fields::set(self.fields.changes(target, actor)?));
        if target.state != before.state {
            other.push(TicketEvent::StateChanged {
                change: Change {
                    from: target.state,
                    to: before.state,
                },
                waiting_for: before.waiting_for,
                reason: before.closing_reason,
                ended: before.ended(),
            });
        }
        Ok(Both { one, other })
    }
}
