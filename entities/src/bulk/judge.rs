//! What would become of each ticket: asked before anything is done, and again right before it is.

use std::collections::{HashMap, HashSet};

use sea_orm::QueryFilter;
use uuid::Uuid;

use super::act::With;
use super::item::{self, Why};
use super::serial::{AllMade, Make, Way, mails};
use super::tell::{Letter, Letters, Post, letters};
use super::{Act, Outcome, hang};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{Rejected, Result};
use crate::field::change::{Asked, Sets, prepare_each};
use crate::field::rules::{Case, missing};
use crate::field::{Field, Right, Value, Values, defaults, read};
use crate::ledger::field_rows::needed_by;
use crate::ledger::{Step, Subject as _};
use crate::service;
use crate::ticket::classify::Place;
use crate::ticket::event::TicketEvent;
use crate::ticket::show::visible_to;
use crate::ticket::{Ticket, held, table};

/// What would become of a ticket, with the step that does it.
pub(super) struct Judged {
    pub item: item::Model,
    pub outcome: Outcome,
    pub why: Option<Why>,
    /// None also for what concerns two tickets.
    pub step: Option<Step<Ticket>>,
    /// What its requester is written.
    pub letter: Option<Letter>,
    /// Fields that are filled along, by what the service begins with.
    pub begins: Vec<(Uuid, Value)>,
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
        let held = self.held.get(&after.id);
        let mut filled: HashSet<Uuid> = held.into_iter().flat_map(HashMap::keys).copied().collect();
        filled.extend(set(events).map(|(id, _)| id));
        let mut moments = events.iter().filter_map(needed_by);
        moments.any(|moment| !missing(&self.fields, &case, &filled, moment, actor).is_empty())
    }
}

/// The fields these events set, and to what.
fn set(events: &[TicketEvent]) -> impl Iterator<Item = (Uuid, Option<Value>)> {
    let changes = events.iter().flat_map(|event| match event {
        TicketEvent::FieldsSet { changes, .. } => changes.as_slice(),
        _ => &[],
    });
    changes.map(|change| (change.field_id, change.to.clone()))
}

/// What a service begins with on each of these tickets, where nothing stands yet and the actor may write.
async fn begins(
    db: &Db,
    actor: &Actor,
    (service_id, team_id): (Option<Uuid>, Option<Uuid>),
    tickets: &HashMap<Uuid, Ticket>,
) -> Result<Vec<(Uuid, Asked)>> {
    let mut fields = read::definitions(db).await?;
    fields.retain(|f| !f.settings.by_service.is_empty() && f.right(actor) == Right::Write);
    let parents = service::list::parents(db).await?;
    let ids: Vec<Uuid> = tickets.keys().copied().collect();
    let held = read::of_tickets(db, &ids, &fields.iter().collect::<Vec<_>>()).await?;
    let of = |ticket: &Ticket| {
        let case = Case {
            kind: ticket.kind,
            place: Place {
                service_id,
                team_id: team_id.or(ticket.team_id),
            },
            parent_service_id: service_id.and_then(|id| *parents.get(&id)?),
        };
        let held = held.get(&ticket.id);
        let empty = |id: &Uuid| held.is_none_or(|held| !held.contains_key(id));
        let all = defaults::of_service(&fields, &case).into_iter();
        let all = all.filter(|(id, _)| empty(id));
        (ticket.id, all.map(|(id, to)| (id, Some(to))).collect())
    };
    Ok(tickets.values().map(of).collect())
}

/// Looks at these tickets with the actor's own eyes and rights.
pub(super) async fn judge(
    db: &Db,
    actor: &Actor,
    act: &Act,
    items: Vec<item::Model>,
    (post, make): (&dyn Post, Make),
) -> Result<Vec<Judged>> {
    let ids: Vec<Uuid> = items.iter().map(|item| item.ticket_id).collect();
    let mut tickets = visible_to(actor)
        .filter(table::COLUMN.id.is_in(ids.iter().copied()))
        .all(db.reader())
        .await?;
    held::look(db.reader(), &[actor], &mut tickets).await?;
    let tickets: HashMap<Uuid, Ticket> = tickets.into_iter().map(|t| (t.id, t)).collect();
    if let Act::Hang { fault_id } = act {
        let judged = hang::judge(db, actor, *fault_id, &items, &tickets).await?;
        return Ok(items.into_iter().map(|item| tied(item, &judged)).collect());
    }
    let mut made = match act {
        Act::Serial(serial) => post.letters(actor, serial, &tickets, make).await?,
        _ => AllMade::default(),
    };
    let mut letters = match act {
        Act::Tell(tell) => letters(db, tell, &tickets, post).await?,
        Act::Serial(serial) if serial.way == Way::Mail => {
            mails(db, std::mem::take(&mut made), serial, &tickets, post).await?
        }
        _ => Letters::default(),
    };
    let asked = match act {
        Act::Field { field_id, value } => {
            let same = |id: &Uuid| (*id, vec![(*field_id, value.clone())]);
            ids.iter().map(same).collect()
        }
        Act::Classify {
            service_id,
            team_id,
        } => begins(db, actor, (*service_id, *team_id), &tickets).await?,
        _ => vec![],
    };
    let sets = prepare_each(db, actor, asked).await?.into_iter();
    let sets = sets.map(|(id, sets)| Ok((id, sets?)));
    let mut sets: HashMap<Uuid, Sets> = sets.collect::<Result<_>>()?;
    let rules = Rules::read(db, &ids).await?;
    let now = db.clock().now();
    let one = |item: item::Model| {
        let with = With {
            sets: sets.remove(&item.ticket_id).unwrap_or_default(),
            letter: letters.remove(&item.ticket_id),
            made: made.remove(&item.ticket_id),
        };
        let letter = with.letter.clone().and_then(Result::ok);
        let ticket = tickets.get(&item.ticket_id);
        let judged = match ticket {
            None => Err(Why::Gone),
            Some(ticket) => step(actor, act, ticket, (&item, with), &rules, now)?,
        };
        let letter = letter.filter(|_| judged.is_ok());
        let mut begins = vec![];
        let (outcome, why, step) = match judged {
            Ok((step, events)) => {
                if let Act::Classify { .. } = act {
                    begins = set(&events)
                        .filter_map(|(id, to)| Some((id, to?)))
                        .collect();
                }
                (Outcome::Done, None, Some(step))
            }
            Err(Why::Rejected(why)) if is_same(act, ticket, why) => (Outcome::Same, None, None),
            Err(why) => (Outcome::Refused, Some(why), None),
        };
        Ok(Judged {
            item,
            outcome,
            why,
            step,
            letter,
            begins,
        })
    };
    items.into_iter().map(one).collect()
}

/// What was found of a ticket that is tied to another.
fn tied(item: item::Model, judged: &HashMap<Uuid, (Outcome, Option<Why>)>) -> Judged {
    let found = judged.get(&item.ticket_id).copied();
    let (outcome, why) = found.unwrap_or((Outcome::Refused, Some(Why::Gone)));
    Judged {
        item,
        outcome,
        why,
        step: None,
        letter: None,
        begins: vec![],
    }
}

/// A step with the events it leads to.
type Decided = (Step<Ticket>, Vec<TicketEvent>);

fn step(
    actor: &Actor,
    act: &Act,
    ticket: &Ticket,
    (item, with): (&item::Model, With),
    rules: &Rules,
    now: Instant,
) -> Result<Result<Decided, Why>> {
    let step = match act.step(actor, ticket, item.version, with) {
        Ok(Some(step)) => step,
        Ok(None) => return Ok(Err(Why::Rejected(Rejected::NothingToDo))),
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
        false => Ok((step, events)),
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
