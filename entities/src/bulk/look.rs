//! What would become of the tickets of a bulk, and what became of them: counted, and listed as far as the actor sees.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::item::{self, Why};
use super::judge::judge;
use super::serial::Make;
use super::tell::{Letter, Post};
use super::{Act, Model, Outcome, State, Verb};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::Result;
use crate::field::Value;
use crate::person;
use crate::ticket::show::visible_to;
use crate::ticket::table;

/// Tickets looked at with one set of statements.
const AT_ONCE: u64 = 500;

/// How many tickets of one sort are named.
pub const MOST_NAMED: usize = 50;

/// A ticket as it is named.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Told {
    pub id: Uuid,
    pub number: String,
    pub title: String,
    requester_id: Option<Uuid>,
    /// Where requesters are told something.
    #[sea_orm(skip)]
    pub requester: Option<String>,
}

/// Tickets of one outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    pub outcome: Outcome,
    pub why: Option<Why>,
    pub count: usize,
    /// Some of them, as far as the actor sees them.
    pub named: Vec<Told>,
}

/// All of a bulk's tickets, by what becomes of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Done first, then what stays, then what is refused.
    pub sorts: Vec<Sort>,
    /// Not yet done.
    pub open: usize,
    /// What a service fills along in empty fields, and in how many tickets.
    pub begins: Vec<(Uuid, Value, usize)>,
    /// What the first requester of each language is written.
    pub letters: Vec<Letter>,
}

impl Look {
    /// How many have that outcome.
    pub fn count(&self, outcome: Outcome) -> usize {
        let of = self.sorts.iter().filter(|sort| sort.outcome == outcome);
        of.map(|sort| sort.count).sum()
    }

    /// How many tickets there are.
    pub fn all(&self) -> usize {
        self.open + self.sorts.iter().map(|sort| sort.count).sum::<usize>()
    }

    async fn of(db: &Db, actor: &Actor, verb: Verb, found: Found) -> Result<Look> {
        let mut sorts: Vec<Sort> = Vec::new();
        let first = found
            .by_sort
            .values()
            .flat_map(|ids| ids.iter().take(MOST_NAMED));
        let ids: Vec<Uuid> = first.copied().collect();
        let mut told = named(db, actor, ids).await?;
        if matches!(verb, Verb::Tell | Verb::Serial) {
            name_requesters(db, &mut told).await?;
        }
        let told: HashMap<Uuid, Told> = told.into_iter().map(|t| (t.id, t)).collect();
        for ((outcome, why), ids) in found.by_sort {
            let named = ids.iter().take(MOST_NAMED);
            sorts.push(Sort {
                outcome,
                why,
                count: ids.len(),
                named: named.filter_map(|id| told.get(id).cloned()).collect(),
            });
        }
        sorts.sort_by_key(|sort| (sort.outcome, std::cmp::Reverse(sort.count)));
        Ok(Look {
            sorts,
            open: found.open,
            begins: found.begins,
            letters: found.letters,
        })
    }
}

async fn name_requesters(db: &Db, told: &mut [Told]) -> Result<()> {
    let ids: Vec<Uuid> = told.iter().filter_map(|t| t.requester_id).collect();
    let names = person::names_by_id(db, &ids).await?;
    for one in told {
        one.requester = one.requester_id.and_then(|id| names.get(&id).cloned());
    }
    Ok(())
}

#[derive(Default)]
struct Found {
    by_sort: HashMap<(Outcome, Option<Why>), Vec<Uuid>>,
    open: usize,
    begins: Vec<(Uuid, Value, usize)>,
    letters: Vec<Letter>,
}

impl Found {
    /// Keeps the first of each language.
    fn letter(&mut self, letter: Letter) {
        if !self.letters.iter().any(|l| l.language == letter.language) {
            self.letters.push(letter);
        }
    }

    fn fill(&mut self, id: Uuid, to: Value) {
        let same = |(of, value, _): &&mut (Uuid, Value, usize)| (*of, value) == (id, &to);
        match self.begins.iter_mut().find(same) {
            Some((_, _, count)) => *count += 1,
            None => self.begins.push((id, to, 1)),
        }
    }

    fn add(&mut self, outcome: Outcome, why: Option<Why>, id: Uuid) {
        self.by_sort.entry((outcome, why)).or_default().push(id);
    }
}

/// What would become of each ticket if it were done now. Nothing is changed.
pub async fn preview(
    db: &Db,
    actor: &Actor,
    bulk: &Model,
    act: &Act,
    post: &dyn Post,
) -> Result<Look> {
    let mut found = Found::default();
    let mut after = -1;
    loop {
        let items = item::Entity::find()
            .filter(item::COLUMN.bulk_id.eq(bulk.id))
            .filter(item::COLUMN.position.gt(after))
            .order_by_asc(item::Column::Position)
            .limit(AT_ONCE)
            .all(db.reader())
            .await?;
        let Some(last) = items.last() else { break };
        after = last.position;
        for judged in judge(db, actor, act, items, (post, Make::Try)).await? {
            found.add(judged.outcome, judged.why, judged.item.ticket_id);
            for (id, to) in judged.begins {
                found.fill(id, to);
            }
            if let Some(letter) = judged.letter {
                found.letter(letter);
            }
        }
    }
    Look::of(db, actor, bulk.verb, found).await
}

#[derive(FromQueryResult)]
struct Became {
    ticket_id: Uuid,
    outcome: Option<Outcome>,
    why: Option<String>,
}

/// What became of the tickets so far; `back` tells of those that were taken back.
pub async fn result(db: &Db, actor: &Actor, bulk: &Model, back: bool) -> Result<Look> {
    let items = item::Entity::find()
        .filter(item::COLUMN.bulk_id.eq(bulk.id))
        .select_only()
        .column(item::Column::TicketId)
        .order_by_asc(item::Column::Position);
    let items = match back {
        false => items.columns([item::Column::Outcome, item::Column::Why]),
        true => items
            .column_as(item::Column::Undone, "outcome")
            .column_as(item::Column::UndoneWhy, "why")
            .filter(item::Column::Outcome.eq(Outcome::Done)),
    };
    let mut found = Found::default();
    for row in items.into_model::<Became>().all(db.reader()).await? {
        match row.outcome {
            None => found.open += 1,
            Some(outcome) => {
                let why = row.why.as_deref().and_then(Why::read);
                found.add(outcome, why, row.ticket_id);
            }
        }
    }
    Look::of(db, actor, bulk.verb, found).await
}

/// The tickets for which nothing was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rest {
    /// Every one that was refused, as far as the actor sees it, with the reason; in the order of their choosing.
    pub refused: Vec<(Told, Option<Why>)>,
    /// How many more were refused.
    pub unseen: usize,
    /// How many were still to be done when it ended; none as long as it goes on.
    pub open: usize,
}

/// What was left as it is so far.
///
/// # Errors
/// The database's.
pub async fn rest(db: &Db, actor: &Actor, bulk: &Model) -> Result<Rest> {
    let items = item::Entity::find()
        .filter(item::COLUMN.bulk_id.eq(bulk.id))
        .filter(item::Column::Outcome.eq(Outcome::Refused))
        .order_by_asc(item::Column::Position)
        .all(db.reader())
        .await?;
    let ids = items.iter().map(|item| item.ticket_id);
    let told = named(db, actor, ids.collect()).await?;
    let mut told: HashMap<Uuid, Told> = told.into_iter().map(|t| (t.id, t)).collect();
    let why = |item: &item::Model| item.why.as_deref().and_then(Why::read);
    let found = items.iter();
    let refused: Vec<(Told, Option<Why>)> = found
        .filter_map(|item| Some((told.remove(&item.ticket_id)?, why(item))))
        .collect();
    let open = match bulk.state {
        State::Stopped => count_open(db, bulk).await?,
        State::Staged | State::Running | State::Done | State::Undoing | State::Undone => 0,
    };
    Ok(Rest {
        unseen: items.len() - refused.len(),
        refused,
        open,
    })
}

async fn count_open(db: &Db, bulk: &Model) -> Result<usize> {
    let open = item::Entity::find()
        .filter(item::COLUMN.bulk_id.eq(bulk.id))
        .filter(item::COLUMN.outcome.is_null())
        .count(db.reader())
        .await?;
    Ok(usize::try_from(open).unwrap_or(usize::MAX))
}

/// Those of these tickets that the actor sees.
pub(super) async fn named(db: &Db, actor: &Actor, ids: Vec<Uuid>) -> Result<Vec<Told>> {
    Ok(visible_to(actor)
        .filter(table::COLUMN.id.is_in(ids))
        .select_only()
        .columns([
            table::Column::Id,
            table::Column::Number,
            table::Column::Title,
            table::Column::RequesterId,
        ])
        .into_model::<Told>()
        .all(db.reader())
        .await?)
}

/// The tickets nothing became of yet, in the order of their choosing.
pub async fn left(db: &Db, bulk: &Model) -> Result<Vec<Uuid>> {
    Ok(item::Entity::find()
        .select_only()
        .column(item::Column::TicketId)
        .filter(item::COLUMN.bulk_id.eq(bulk.id))
        .filter(item::COLUMN.outcome.is_null())
        .order_by_asc(item::Column::Position)
        .into_tuple()
        .all(db.reader())
        .await?)
}

/// How many tickets a bulk has.
pub async fn count(db: &Db, bulk: &Model) -> Result<u64> {
    let items = item::Entity::find().filter(item::COLUMN.bulk_id.eq(bulk.id));
    Ok(items.count(db.reader()).await?)
}
