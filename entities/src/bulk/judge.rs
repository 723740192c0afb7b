//! What would become of each ticket: asked before anything is done, and again right before it is.

use std::collections::{HashMap, HashSet};

use sea_orm::QueryFilter;
use uuid::Uuid;

use super::item::{self, Why};
use super::{Act, Outcome};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{Rejected, Result};
use crate::field::change::{Sets, prepare_each};
use crate::field::rules::{Case, missing};
use crate::field::{Field, Values, read};
use crate::ledger::field_rows::needed_by;
use crate::ledger::{Step, Subject as _};
use crate::service;
use crate::ticket::event::TicketEvent;
use crate::ticket::show::visible_to;
use crate::ticket::{Ticket, table};

/// What would become of a ticket, with the step that does it.
pub(super) struct Judged {
    pub item: item::Model,
    pub outcome: Outcome,
    pub why: Option<Why>,
    pub step: Option<Step<Ticket>>,
}

/// Everything the rules of fields need to know, read for many tickets at once.
struct Rules {
    fields: Vec<Field>,
    parents: HashMap<Uuid, Option<Uuid>>,
    held: HashMap<Uuid, Values>,
}

impl Rules {
    async fn read(db: &Db, ids: &[Uuid]) -> Result<Rules> {
        let mut fields = read::definitions(db).await?;
        fields.retain(|f| !f.settings.required.is_empty());
        let needed: Vec<&Field> = fields.iter().collect();
        Ok(Rules {
            held: read::of_tickets(db, ids, &needed).await?,
            parents: service::list::parents(db).await?,
            fields,
        })
    }

    /// Whether something is empty that these events need.
    fn is_missing(&self, after: &Ticket, events: &[TicketEvent], actor: &Actor) -> bool {
        let parent = after.service_id.and_then(|id| *self.parents.get(&id)?);
        let case = Case::of(after, parent);
        let filled: HashSet<Uuid> = self
            .held
            .get(&after.id)
            .map(|held| held.keys().copied().collect())
            .unwrap_or_default();
        let mut moments = events.iter().filter_map(needed_by);
        moments.any(|moment| !missing(&self.fields, &case, &filled, moment, actor).is_empty())
    }
}

/// Looks at these tickets with the actor's own eyes and rights.
pub(super) async fn judge(
    db: &Db,
    actor: &Actor,
    act: &Act,
    items: Vec<item::Model>,
) -> Result<Vec<Judged>> {
    let ids: Vec<Uuid> = items.iter().map(|item| item.ticket_id).collect();
    let tickets = visible_to(actor)
        .filter(table::COLUMN.id.is_in(ids.iter().copied()))
        .all(db.reader())
        .await?;
    let tickets: HashMap<Uuid, Ticket> = tickets.into_iter().map(|t| (t.id, t)).collect();
    let mut sets = match act {
        Act::Field { field_id, value } => {
            let same = |id: &Uuid| (*id, vec![(*field_id, value.clone())]);
            let sets = prepare_each(db, actor, ids.iter().map(same).collect()).await?;
            let sets = sets.into_iter().map(|(id, sets)| Ok((id, sets?)));
            sets.collect::<Result<_>>()?
        }
        _ => HashMap::new(),
    };
    let rules = Rules::read(db, &ids).await?;
    let now = db.clock().now();
    let one = |item: item::Model| {
        let sets = sets.remove(&item.ticket_id).unwrap_or_default();
        let ticket = tickets.get(&item.ticket_id);
        let judged = match ticket {
            None => Err(Why::Gone),
            Some(ticket) => step(actor, act, ticket, (&item, sets), &rules, now)?,
        };
        let (outcome, why, step) = match judged {
            Ok(step) => (Outcome::Done, None, Some(step)),
            Err(Why::Rejected(why)) if is_same(act, ticket, why) => (Outcome::Same, None, None),
            Err(why) => (Outcome::Refused, Some(why), None),
        };
        Ok(Judged {
            item,
            outcome,
            why,
            step,
        })
    };
    items.into_iter().map(one).collect()
}

fn step(
    actor: &Actor,
    act: &Act,
    ticket: &Ticket,
    (item, sets): (&item::Model, Sets),
    rules: &Rules,
    now: Instant,
) -> Result<Result<Step<Ticket>, Why>> {
    let step = match act.step(actor, ticket, item.version, sets) {
        Ok(step) => step,
        Err(error) => return Why::of(error).map(Err),
    };
    let events = match step.decide(ticket, now) {
        Ok(events) => events,
        Err(error) => return Why::of(error).map(Err),
    };
    let mut after = ticket.clone();
    for event in &events {
        after.apply(event, now);
    }
    Ok(match rules.is_missing(&after, &events, actor) {
        true => Err(Why::Rejected(Rejected::FieldsMissing)),
        false => Ok(step),
    })
}

/// Whether a refusal only says that it is that way already.
fn is_same(act: &Act, ticket: Option<&Ticket>, why: Rejected) -> bool {
    let stands = ticket.map(|ticket| ticket.state);
    match (act, why) {
        (_, Rejected::NothingToDo | Rejected::AlreadyOpen) => true,
        (Act::Close { to, .. }, Rejected::TicketClosed) => stands == Some(to.state()),
        _ => false,
    }
}
