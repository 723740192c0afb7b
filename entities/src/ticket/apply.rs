//! What each event does to a ticket's row, and the rows that are written with it.

use sea_orm::{
    DatabaseTransaction, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    Statement,
};
use uuid::Uuid;

use super::deputised::deputised;
use super::event::{TicketEvent, TiedEvent};
use super::message::NewMessage;
use super::state::{Audience, Channel, Direction, Kind, Priority, State};
use super::{held, number, store, table};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::deadline::{Rules, reckon};
use crate::error::Result;
use crate::history::SubjectKind;
use crate::kept::{Part, Parts};
use crate::ledger::{Batch, Subject};
use crate::policy::Place;

#[allow(private_interfaces)]
impl Subject for table::Model {
    type Event = TicketEvent;

    const KIND: SubjectKind = SubjectKind::Ticket;

    fn id(&self) -> Uuid {
        self.id
    }

    fn place(&self) -> Place {
        table::Model::place(self)
    }

    async fn lock(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        Ok(table::Entity::find()
            .filter(table::COLUMN.id.is_in(ids))
            .order_by_asc(table::Column::Id)
            .lock_exclusive()
            .all(tx)
            .await?)
    }

    async fn make(tx: &DatabaseTransaction, ids: Vec<Uuid>, now: Instant) -> Result<Vec<Self>> {
        if ids.is_empty() {
            return Ok(vec![]);
        }
        let year = chrono::Datelike::year(&now);
        let last = take_numbers(tx, year, ids.len() as i64).await?;
        let first = last - ids.len() as i64 + 1;
        Ok(ids
            .into_iter()
            .zip(first..)
            .map(|(id, running)| blank(id, number::format(year, running), now))
            .collect())
    }

    fn touched(before: &Self, after: &Self, events: &[TicketEvent]) -> Parts {
        if before.active != after.active {
            return Parts::ALL;
        }
        let is_set = |event: &TicketEvent| matches!(event, TicketEvent::FieldsSet { .. });
        let standing = |row: &Self| (row.state, row.waiting_for);
        let parts = [
            (Part::Owner, before.owner_id != after.owner_id),
            (Part::Team, before.team_id != after.team_id),
            (Part::Service, before.service_id != after.service_id),
            (Part::District, before.district_id != after.district_id),
            (Part::State, standing(before) != standing(after)),
            (Part::Priority, before.priority != after.priority),
            (Part::Channel, before.channel != after.channel),
            (Part::Due, before.due_at != after.due_at),
            (Part::Reminder, before.reminder_at != after.reminder_at),
            (Part::Fields, events.iter().any(is_set)),
        ];
        let changed = parts.into_iter().filter(|(_, is_other)| *is_other);
        changed.fold(Parts::REST, |all, (part, _)| all.with(part))
    }

    fn owner_id(&self) -> Option<Uuid> {
        self.owner_id
    }

    async fn stand(tx: &DatabaseTransaction, actors: &[&Actor], rows: &mut [Self]) -> Result<()> {
        held::look(tx, actors, rows).await
    }

    fn apply(&mut self, event: &TicketEvent, at: Instant) {
        // Whoever watches, is told or learns from it changes nothing about it; no list may stand in another order for that.
        if !matches!(
            event,
            TicketEvent::Watched { .. }
                | TicketEvent::Unwatched { .. }
                | TicketEvent::ReusableSet { .. }
                | TicketEvent::ArticleDrawn { .. }
                | TicketEvent::ArticleUsed { .. }
                | TicketEvent::Checklist(_)
                | TicketEvent::DeadlineTold { .. }
        ) {
            self.version += 1;
            self.changed_at = at;
        }
        match event {
            TicketEvent::Opened(o) => {
                self.title.clone_from(&o.title);
                self.kind = o.kind;
                self.channel = o.channel;
                self.priority = o.priority;
                self.team_id = o.team_id;
                self.service_id = o.service_id;
                self.requester_id = o.requester_id;
                self.organisation_id = o.organisation_id;
                self.district_id = o.district_id;
                self.mailbox_id = o.mailbox_id;
                self.follows_id = o.follows_id;
                self.salt.clone_from(&o.salt);
                self.created_at = at;
            }
            TicketEvent::Received { message, .. }
            | TicketEvent::Replied { message, .. }
            | TicketEvent::NoteWritten { message }
            | TicketEvent::CallLogged { message } => {
                self.message_count += 1;
                self.numbers_given += 1;
                self.last_message_at = at;
                if answers(message) {
                    self.first_reply_at.get_or_insert(at);
                }
            }
            TicketEvent::Share(event) => {
                if event.message().is_some() {
                    self.message_count += 1;
                    self.numbers_given += 1;
                    self.last_message_at = at;
                }
            }
            // What a rule writes is no answer of ours.
            TicketEvent::ReceiptSent { .. } | TicketEvent::ClosingNoteSent { .. } => {
                self.message_count += 1;
                self.numbers_given += 1;
            }
            TicketEvent::Assigned(c) | TicketEvent::Deputised(c) => self.owner_id = c.to,
            TicketEvent::Moved(c) => self.team_id = c.to,
            TicketEvent::Classified(c) => self.service_id = c.to,
            TicketEvent::KindChanged(c) => self.kind = c.to,
            TicketEvent::DistrictChanged(c) => self.district_id = c.to,
            TicketEvent::Prioritised(c) => self.priority = c.to,
            TicketEvent::StateChanged {
                change,
                waiting_for,
                reason,
                ended,
            } => {
                self.state = change.to;
                self.active = change.to.is_active();
                self.waiting_for = *waiting_for;
                match change.to {
                    State::Solved => {
                        self.solved_at = Some(at);
                        self.closing_reason = *reason;
                    }
                    State::Closed => {
                        self.closed_at = Some(at);
                        self.solved_at.get_or_insert(at);
                        self.closing_reason = reason.or(self.closing_reason);
                    }
                    State::New | State::Open | State::Waiting => {
                        self.solved_at = None;
                        self.closed_at = None;
                        self.closing_reason = None;
                    }
                    State::Merged => {}
                }
                if let Some(ended) = ended {
                    (self.solved_at, self.closed_at) = (ended.solved_at, ended.closed_at);
                }
            }
            TicketEvent::ReminderSet(c) => self.reminder_at = c.to,
            // It stays visible as passed until somebody moves it.
            TicketEvent::ReminderReached { .. } => {}
            TicketEvent::Renamed { title, salt } => {
                self.title.clone_from(title);
                self.salt.clone_from(salt);
            }
            TicketEvent::MergedInto { target_id } => {
                self.state = State::Merged;
                self.active = false;
                self.waiting_for = None;
                self.merged_into = Some(*target_id);
                self.message_count = 0;
            }
            TicketEvent::MergedFrom {
                messages,
                after,
                numbers,
                last_message_at,
                ..
            } => {
                self.message_count += messages;
                self.numbers_given = after + numbers;
                self.last_message_at = self.last_message_at.max(*last_message_at);
            }
            TicketEvent::Tied(event) => self.tie(event, at),
            TicketEvent::MessageMovedOut { .. } => self.message_count -= 1,
            TicketEvent::MessageMovedIn { written_at, .. } => self.comes_in(*written_at),
            TicketEvent::DeadlinesSet { to, .. } => self.set_deadlines(to),
            TicketEvent::DeadlineTold { goal, told, .. } => {
                let mut outlook = self.outlook();
                outlook.deadlines.tell(*goal, Some(*told));
                outlook.deadlines.notice_at = outlook.next_notice();
                self.set_deadlines(&outlook.deadlines);
            }
            TicketEvent::Withdrawn { was_first, .. } => {
                if *was_first {
                    self.first_reply_at = None;
                }
            }
            TicketEvent::FieldsSet { changes, .. } => {
                for change in changes {
                    held::set(&mut self.held, change.field_id, change.to.as_ref());
                }
            }
            TicketEvent::Linked { .. }
            | TicketEvent::Unlinked { .. }
            | TicketEvent::LinkFollowed { .. }
            | TicketEvent::SuggestionRefused { .. }
            | TicketEvent::VendorNumberSet { .. }
            | TicketEvent::Watched { .. }
            | TicketEvent::Unwatched { .. }
            | TicketEvent::ReusableSet { .. }
            | TicketEvent::ArticleDrawn { .. }
            | TicketEvent::ArticleUsed { .. }
            | TicketEvent::Recurred { .. }
            | TicketEvent::Redaction(_)
            | TicketEvent::Checklist(_)
            | TicketEvent::Delivery { .. }
            | TicketEvent::SentAgain { .. }
            | TicketEvent::ReceiptSuppressed { .. }
            | TicketEvent::ClosingNoteSuppressed { .. } => {}
        }
    }

    const FOLLOWS_RULES: bool = true;

    fn follow(&self, before: &Self, rules: &Rules, actor: &Actor, at: Instant) -> Vec<TicketEvent> {
        // Nothing happened to the ticket itself.
        if self.version == before.version {
            return vec![];
        }
        let mut events = deputised(self, before, rules.presence(), actor, at);
        let mut after = self.clone();
        events.iter().for_each(|event| after.apply(event, at));
        let to = reckon::after(before, &after, rules, at);
        if to != after.deadlines() {
            let turn = reckon::turn(before, &after, &to);
            events.push(TicketEvent::DeadlinesSet {
                to: Box::new(to),
                turn,
            });
        }
        events
    }

    fn write(&self, events: &[TicketEvent], actor: &Actor, at: Instant, batch: &mut Batch) {
        store::write(self, events, actor, at, batch);
    }
}

impl table::Model {
    fn tie(&mut self, event: &TiedEvent, at: Instant) {
        match event {
            TiedEvent::Unmerged {
                messages, before, ..
            } => {
                self.state = before.state;
                self.active = before.state.is_active();
                self.waiting_for = before.waiting_for;
                self.reminder_at = before.reminder_at;
                self.merged_into = None;
                self.message_count = *messages;
            }
            // What was given keeps its number, so that none comes twice.
            TiedEvent::UnmergedFrom {
                messages,
                last_message_at,
                ..
            } => {
                self.message_count -= messages;
                self.last_message_at = *last_message_at;
            }
            TiedEvent::CopiedIn { written_at, .. } => self.comes_in(*written_at),
            TiedEvent::Forwarded { .. } | TiedEvent::PassedOn { .. } => self.comes_in(at),
            TiedEvent::CopiedOut { .. }
            | TiedEvent::ArticleLinked { .. }
            | TiedEvent::ArticleUnlinked { .. } => {}
        }
    }

    /// A message comes from another ticket.
    fn comes_in(&mut self, written_at: Instant) {
        self.message_count += 1;
        self.numbers_given += 1;
        self.last_message_at = self.last_message_at.max(written_at);
    }
}

fn blank(id: Uuid, number: String, now: Instant) -> table::Model {
    table::Model {
        id,
        number,
        title: String::new(),
        kind: Kind::Incident,
        channel: Channel::Mail,
        state: State::New,
        active: true,
        waiting_for: None,
        closing_reason: None,
        priority: Priority::Normal,
        team_id: None,
        service_id: None,
        owner_id: None,
        requester_id: None,
        organisation_id: None,
        district_id: None,
        mailbox_id: None,
        reminder_at: None,
        created_at: now,
        changed_at: now,
        last_message_at: now,
        first_reply_at: None,
        solved_at: None,
        closed_at: None,
        merged_into: None,
        follows_id: None,
        message_count: 0,
        numbers_given: 0,
        version: 0,
        salt: Vec::new(),
        calendar_id: None,
        first_answer_minutes: None,
        solution_minutes: None,
        first_answer_due_at: None,
        solution_due_at: None,
        due_at: None,
        warn_at: None,
        notice_at: None,
        first_answer_told: None,
        solution_told: None,
        held_since: None,
        held_us: 0,
        held: Vec::new(),
    }
}

/// Whether somebody of the desk has spoken to the requester by it; whoever calls has been spoken to.
fn answers(message: &NewMessage) -> bool {
    let spoken = message.direction == Direction::Out || message.channel == Channel::Phone;
    spoken && message.audience == Audience::Requester
}

#[derive(FromQueryResult)]
struct Last {
    last: i64,
}

async fn take_numbers(tx: &DatabaseTransaction, year: i32, count: i64) -> Result<i64> {
    let backend = sea_orm::ConnectionTrait::get_database_backend(tx);
    let sql = "INSERT INTO ticket_number (year, last) VALUES ($1, $2) \
               ON CONFLICT (year) DO UPDATE SET last = ticket_number.last + $2 RETURNING last";
    let row = Last::find_by_statement(Statement::from_sql_and_values(
        backend,
        sql,
        [year.into(), count.into()],
    ))
    .one(tx)
    .await?;
    row.map(|r| r.last)
        .ok_or_else(|| crate::DeskError::Damaged("ticket_number returned nothing".into()))
}
