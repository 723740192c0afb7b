//! What somebody sees of colleagues who are away: tickets that came back, are due or will be, and what they hand over; and
//! what those own who have left.

use std::collections::BTreeMap;

use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{EntityTrait, FromQueryResult, QueryFilter, Statement};
use uuid::Uuid;

use super::filter::{Filter, OwnerIs, col};
use super::list::{self, Direction, Row, Sort, SortBy};
use crate::absence::Absentee;
use crate::actor::Actor;
use crate::clock::{Instant, begin_of, day};
use crate::db::Db;
use crate::deadline::rules;
use crate::draft;
use crate::error::{DeskError, Result};

/// The most tickets that are looked at to choose from.
const MOST_LOOKED_AT: u64 = 200;

/// Open tickets of people for whom the actor is there today, which cannot wait: reopened, near or past a deadline, or
/// to be looked at before `end_of_day`. Whoever owns them stays their owner. Of people who have left, all that is to be
/// worked on: nobody comes back to it.
pub async fn covered(db: &Db, actor: &Actor, end_of_day: Instant, most: usize) -> Result<Vec<Row>> {
    let Some(me) = actor.person_id() else {
        return Ok(vec![]);
    };
    let now = db.clock().now();
    let today = day(now);
    let rules = rules::for_pages(db).await?;
    let presence = rules.presence();
    let begin = |owner: Uuid| Some((owner, begin_of(presence.covered_since(owner, today)?)));
    let owners = presence.away_or_covered(today).into_iter();
    let owners: Vec<(Uuid, Instant)> = owners.filter_map(begin).collect();
    if presence.is_away(me, today) {
        return Ok(vec![]);
    }
    let mut left = owners_of_open(db).await?;
    left.retain(|owner| presence.has_left(*owner));
    if owners.is_empty() && left.is_empty() {
        return Ok(vec![]);
    }
    let query = covered_query(actor, &owners, &left, end_of_day, now);
    let mut rows = list::read(db, &query).await?;
    rows.retain(|row| {
        let told = |owner| presence.told_for(owner, row.team_id, row.service_id, today);
        row.owner_id
            .is_some_and(|owner| owner != me && told(owner).contains(&me))
    });
    rows.truncate(most);
    Ok(rows)
}

#[derive(FromQueryResult)]
struct Owning {
    id: Uuid,
}

/// Goes from one owner to the next in their index: open work is much, owners are few.
const OWNERS: &str = "WITH RECURSIVE owning(id) AS (\
     SELECT * FROM (SELECT owner_id FROM ticket WHERE active = TRUE AND owner_id IS NOT NULL ORDER BY owner_id LIMIT 1) AS begin_of \
     UNION ALL SELECT (SELECT t.owner_id FROM ticket t WHERE t.active = TRUE AND t.owner_id > owning.id \
     ORDER BY t.owner_id LIMIT 1) FROM owning WHERE owning.id IS NOT NULL) \
     SELECT id FROM owning WHERE id IS NOT NULL";

/// The statement that finds everybody who owns something that has not ended.
pub fn owners_statement(backend: sea_orm::DbBackend) -> Statement {
    Statement::from_string(backend, OWNERS)
}

/// Everybody who owns something that has not ended, whether they work on tickets or not.
async fn owners_of_open(db: &Db) -> Result<Vec<Uuid>> {
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    let statement = owners_statement(backend);
    let rows = Owning::find_by_statement(statement)
        .all(db.reader())
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// The statement of [`covered`], before it is known who answers for which of them: tickets of these owners, each with
/// the begin of the days on which somebody else is there for them, and of those who have left.
pub fn covered_query(
    actor: &Actor,
    owners: &[(Uuid, Instant)],
    left: &[Uuid],
    end_of_day: Instant,
    now: Instant,
) -> SelectStatement {
    let of = Filter {
        owners: owners
            .iter()
            .map(|(id, _)| id)
            .chain(left)
            .map(|id| OwnerIs::Person(*id))
            .collect(),
        ..Filter::default()
    };
    let sort = Sort {
        by: SortBy::Due,
        direction: Direction::Ascending,
    };
    let mut cannot_wait = Condition::any()
        .add(col("due_at").lt(end_of_day))
        .add(col("warn_at").lte(now))
        .add(col("reminder_at").lt(end_of_day));
    if !left.is_empty() {
        let is_forsaken = Condition::all()
            .add(col("owner_id").is_in(left.to_vec()))
            .add(col("state").is_in(["new", "open"]));
        cannot_wait = cannot_wait.add(is_forsaken);
    }
    let mut by_begin: BTreeMap<Instant, Vec<Uuid>> = BTreeMap::new();
    for (owner, since) in owners {
        by_begin.entry(*since).or_default().push(*owner);
    }
    for (since, owners) in by_begin {
        let came_back = Condition::all()
            .add(col("state").eq("open"))
            .add(col("owner_id").is_in(owners))
            .add(Expr::exists(reopened_since(since)));
        cannot_wait = cannot_wait.add(came_back);
    }
    let mut query = list::page_query(actor, &of, sort, None, MOST_LOOKED_AT - 1, now);
    query.cond_where(cannot_wait);
    query
}

/// That a ticket came from rest to be worked on again.
fn reopened_since(since: Instant) -> SelectStatement {
    let event = |name: &'static str| Expr::col(("event", name));
    Query::select()
        .expr(Expr::val(1))
        .from("event")
        .and_where(event("subject_id").equals(("ticket", "id")))
        .and_where(event("name").eq("state_changed"))
        .and_where(event("at").gte(since))
        .and_where(event("payload").like("%\"to\":\"open\"%"))
        .and_where(event("payload").not_like("%\"from\":\"new\"%"))
        .to_owned()
}

/// One ticket on the sheet that somebody leaves behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    pub row: Row,
    /// Whether the person has begun something there that is not sent.
    pub is_begun: bool,
}

/// The open tickets of somebody, as far as the actor sees them: what is due first first, up to `most`; and whether
/// there are more. For the person, whoever may enter their absences, and those who are there for them, now or on the
/// days of an absence to come.
///
/// # Errors
/// `Forbidden` for others.
pub async fn left(
    db: &Db,
    actor: &Actor,
    absentee: &Absentee,
    most: u64,
) -> Result<(Vec<Left>, bool)> {
    if !may_see(db, actor, absentee).await? {
        return Err(DeskError::Forbidden);
    }
    let of = Filter {
        owners: vec![OwnerIs::Person(absentee.person_id)],
        ..Filter::default()
    };
    let sort = Sort {
        by: SortBy::Due,
        direction: Direction::Ascending,
    };
    let page = list::list(db, actor, &of, sort, None, most).await?;
    let ids: Vec<Uuid> = page.rows.iter().map(|row| row.id).collect();
    let begun = begun(db, absentee.person_id, ids).await?;
    let left = |row: Row| Left {
        is_begun: begun.contains(&row.id),
        row,
    };
    let more = page.next.is_some();
    Ok((page.rows.into_iter().map(left).collect(), more))
}

#[derive(FromQueryResult)]
struct Begun {
    ticket_id: Option<Uuid>,
}

/// In which of these tickets somebody has a draft.
async fn begun(db: &Db, person_id: Uuid, tickets: Vec<Uuid>) -> Result<Vec<Uuid>> {
    use sea_orm::QuerySelect as _;
    let rows = draft::table::Entity::find()
        .select_only()
        .column(draft::table::Column::TicketId)
        .filter(draft::table::COLUMN.person_id.eq(person_id))
        .filter(sea_orm::ColumnTrait::is_in(
            &draft::table::Column::TicketId,
            tickets,
        ))
        // One that was taken over is there to say by whom.
        .filter(sea_orm::ColumnTrait::ne(&draft::table::Column::Content, ""))
        .into_model::<Begun>()
        .all(db.reader())
        .await?;
    Ok(rows.into_iter().filter_map(|row| row.ticket_id).collect())
}

/// Whether somebody reads what a person hands over.
async fn may_see(db: &Db, actor: &Actor, absentee: &Absentee) -> Result<bool> {
    if absentee.may_be_entered_by(actor) {
        return Ok(true);
    }
    let Some(me) = actor.person_id() else {
        return Ok(false);
    };
    let rules = rules::for_pages(db).await?;
    let (presence, today) = (rules.presence(), day(db.clock().now()));
    let of = absentee.person_id;
    // Where nobody is named, colleagues of the team answer for it.
    Ok(presence.will_stand_in(me, of, today)
        || presence.told_for(of, None, None, today).contains(&me))
}
