//! Doing it, a portion in a transaction: what is done is noted with it, so a killed process does nothing twice.

use std::collections::HashMap;

use sea_orm::sea_query::Expr;
use sea_orm::{ActiveEnum, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::act::WithBack;
use super::item::{self, Why};
use super::judge::{Judged, judge};
use super::serial::Make;
use super::tell::{Post, told_by};
use super::{Act, Model, Outcome, State, hang};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Rejected, Result};
use crate::field::change::prepare_each;
use crate::ledger::Step;
use crate::ticket::take_back::Before;
use crate::ticket::{Ticket, held, table};

/// Tickets of one portion.
pub const AT_ONCE: u64 = 100;

/// Letters of one portion: so many become PDF in one run of a word processor.
const LETTERS_AT_ONCE: u64 = 10;

fn portion(act: &Act) -> u64 {
    match act {
        Act::Serial(_) => LETTERS_AT_ONCE,
        _ => AT_ONCE,
    }
}

/// What became of one ticket that was not done.
type Left = (Outcome, Option<Why>);

/// Does the next portion, or takes it back; how many tickets it was, none when there are none left.
///
/// # Errors
/// The database's; then the portion is as it was or done.
pub async fn go_on(db: &Db, actor: &Actor, bulk: &Model, post: &dyn Post) -> Result<usize> {
    let Some(act) = bulk.act() else { return Ok(0) };
    let back = bulk.state == State::Undoing;
    let left = item::Entity::find().filter(item::COLUMN.bulk_id.eq(bulk.id));
    let left = match back {
        false => left.filter(item::COLUMN.outcome.is_null()),
        true => left
            .filter(item::Column::Outcome.eq(Outcome::Done))
            .filter(item::COLUMN.undone.is_null()),
    };
    let items = left
        .order_by_asc(item::Column::Position)
        .limit(portion(&act))
        .all(db.reader())
        .await?;
    let count = items.len();
    if count == 0 {
        return Ok(0);
    }
    if let Act::Hang { fault_id } = act {
        let (items, mut rest) = match back {
            false => parted(judge(db, actor, &act, items, (post, Make::Store)).await?),
            true => (items, vec![]),
        };
        rest.extend(hang::go_on(db, actor, fault_id, bulk.state, items).await?);
        note(db, bulk.id, back, rest).await?;
        return Ok(count);
    }
    let (steps, mut rest) = match back {
        false => forwards(db, actor, &act, items, post).await?,
        true => backwards(db, actor, &act, items).await?,
    };
    let (ids, steps): (Vec<Uuid>, Vec<Step<Ticket>>) = steps.into_iter().unzip();
    let done = match steps.is_empty() {
        true => vec![],
        false => db.change_series(steps).await?,
    };
    for (id, result) in ids.into_iter().zip(done) {
        let left = match result {
            Ok(_) => continue,
            Err(DeskError::Rejected(Rejected::NothingToDo)) => (Outcome::Same, None),
            Err(error) => (Outcome::Refused, Some(Why::of(error)?)),
        };
        rest.push((id, left));
    }
    note(db, bulk.id, back, rest).await?;
    Ok(count)
}

/// What is to be done, and what is left with the reason.
fn parted(judged: Vec<Judged>) -> (Vec<item::Model>, Vec<(Uuid, Left)>) {
    let (mut items, mut rest) = (Vec::new(), Vec::new());
    for one in judged {
        match one.outcome {
            Outcome::Done => items.push(one.item),
            outcome => rest.push((one.item.ticket_id, (outcome, one.why))),
        }
    }
    (items, rest)
}

type Plan = (Vec<(Uuid, Step<Ticket>)>, Vec<(Uuid, Left)>);

async fn forwards(
    db: &Db,
    actor: &Actor,
    act: &Act,
    items: Vec<item::Model>,
    post: &dyn Post,
) -> Result<Plan> {
    let (mut steps, mut rest) = (Vec::new(), Vec::new());
    for judged in judge(db, actor, act, items, (post, Make::Store)).await? {
        let item = judged.item;
        let id = item.ticket_id;
        match judged.step {
            None => rest.push((id, (judged.outcome, judged.why))),
            Some(step) => {
                let step = step.noted(move |before, after, events| item::Model {
                    outcome: Some(Outcome::Done),
                    before: serde_json::to_string(&Before::of(before, events)).ok(),
                    after_version: Some(after.version),
                    ..item.clone()
                });
                steps.push((id, step));
            }
        }
    }
    Ok((steps, rest))
}

async fn backwards(db: &Db, actor: &Actor, act: &Act, items: Vec<item::Model>) -> Result<Plan> {
    let ids: Vec<Uuid> = items.iter().map(|item| item.ticket_id).collect();
    // Where it went it may be out of sight; taking it back shows nothing of it.
    let mut tickets = table::Entity::find()
        .filter(table::COLUMN.id.is_in(ids))
        .all(db.reader())
        .await?;
    held::look(db.reader(), &[actor], &mut tickets).await?;
    let ids: Vec<Uuid> = tickets.iter().map(|ticket| ticket.id).collect();
    let mut told = match act {
        Act::Tell(tell) => told_by(db, tell.share_id, &ids).await?,
        _ => HashMap::new(),
    };
    let before = |item: &item::Model| -> Option<Before> {
        serde_json::from_str(item.before.as_deref()?).ok()
    };
    let asked = items
        .iter()
        .filter_map(|item| Some((item.ticket_id, before(item)?.fields)));
    let mut sets = prepare_each(db, actor, asked.collect()).await?;
    let (mut steps, mut rest) = (Vec::new(), Vec::new());
    for item in items {
        let id = item.ticket_id;
        let ticket = tickets.iter().find(|ticket| ticket.id == id);
        let found = (ticket, before(&item), item.after_version, sets.remove(&id));
        let (Some(ticket), Some(before), Some(version), Some(sets)) = found else {
            rest.push((id, (Outcome::Refused, Some(Why::Gone))));
            continue;
        };
        let step = match sets {
            Ok(sets) => {
                let message = told.remove(&id);
                let with = WithBack { sets, message };
                act.back(actor, ticket, version, (before, with))
            }
            Err(error) => Err(error),
        };
        match step {
            Err(error) => rest.push((id, (Outcome::Refused, Some(Why::of(error)?)))),
            Ok(step) => {
                let step = step.noted(move |_, _, _| item::Model {
                    undone: Some(Outcome::Done),
                    ..item.clone()
                });
                steps.push((id, step));
            }
        }
    }
    Ok((steps, rest))
}

/// Notes what was left as it is, each reason in one statement; what another process has noted since stays.
async fn note(db: &Db, bulk_id: Uuid, back: bool, rest: Vec<(Uuid, Left)>) -> Result<()> {
    let mut by_left: HashMap<Left, Vec<Uuid>> = HashMap::new();
    for (id, left) in rest {
        by_left.entry(left).or_default().push(id);
    }
    let (outcome_in, why_in) = match back {
        false => (item::Column::Outcome, item::Column::Why),
        true => (item::Column::Undone, item::Column::UndoneWhy),
    };
    for ((outcome, why), ids) in by_left {
        item::Entity::update_many()
            .col_expr(outcome_in, Expr::value(outcome.to_value()))
            .col_expr(why_in, Expr::value(why.map(Why::stored)))
            .filter(item::COLUMN.bulk_id.eq(bulk_id))
            .filter(item::COLUMN.ticket_id.is_in(ids))
            .filter(outcome_in.is_null())
            .exec(db.writer())
            .await?;
    }
    Ok(())
}
