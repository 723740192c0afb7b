//! Absences as people see them: one's own and a colleague's, and who of the desk is away.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait as _, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, Statement};
use uuid::Uuid;

use super::{Absence, Absentee, COLUMN, Column, Entity, whole};
use crate::actor::Actor;
use crate::clock::day;
use crate::db::Db;
use crate::deadline::rules;
use crate::error::{DeskError, Result};
use crate::permit::Protected as _;
use crate::person;
use crate::policy::{self, Permission};
use crate::setting::Choice;

/// A person's absences that are not over, the first first, for the person and whoever may enter theirs.
///
/// # Errors
/// `Forbidden` for others.
pub async fn of(db: &Db, actor: &Actor, absentee: &Absentee) -> Result<Vec<Absence>> {
    policy::require(actor, Permission::EnterAbsences, absentee.place())?;
    let rows = Entity::find()
        .filter(COLUMN.person_id.eq(absentee.person_id))
        .filter(Column::CancelledAt.is_null())
        .filter(COLUMN.to_on.gte(day(db.clock().now())))
        .order_by_asc(Column::FromOn)
        .order_by_asc(Column::Id)
        .all(db.reader())
        .await?;
    whole(db.reader(), rows).await
}

/// One of them.
///
/// # Errors
/// `Hidden` where it is over, or another person's.
pub async fn one(db: &Db, actor: &Actor, absentee: &Absentee, id: Uuid) -> Result<Absence> {
    let all = of(db, actor, absentee).await?;
    let found = all.into_iter().find(|absence| absence.row.id == id);
    found.ok_or(DeskError::Hidden)
}

/// Somebody who is away, or will be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Out {
    pub person_id: Uuid,
    pub name: String,
    pub from_on: NaiveDate,
    /// The last day of it.
    pub to_on: NaiveDate,
    /// Who is there for them on the first of these days that is not over; none: their team.
    pub deputy: Option<String>,
}

#[derive(FromQueryResult)]
struct Row {
    person_id: Uuid,
    name: String,
    from_on: NaiveDate,
    to_on: NaiveDate,
}

#[derive(PartialEq, Eq, Hash)]
struct OutUntil(NaiveDate, NaiveDate);

/// Who works on tickets and is away from today until a day, whoever begins first first. For whoever reads tickets.
///
/// # Errors
/// `Forbidden` for others.
pub async fn out(db: &Db, actor: &Actor, until: NaiveDate) -> Result<Vec<Out>> {
    if !actor.may_somewhere(Permission::ReadTickets) {
        return Err(DeskError::Forbidden);
    }
    let today = day(db.clock().now());
    db.kept_setting(OutUntil(today, until), async || {
        read(db, today, until).await
    })
    .await
}

async fn read(db: &Db, today: NaiveDate, until: NaiveDate) -> Result<Vec<Out>> {
    let sql = "SELECT a.person_id, p.name, a.from_on, a.to_on FROM absence a JOIN person p ON p.id = a.person_id \
               WHERE a.cancelled_at IS NULL AND a.to_on >= $1 AND a.from_on <= $2 AND p.retired_at IS NULL \
               ORDER BY a.from_on, p.folded_name, a.id";
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    let statement = Statement::from_sql_and_values(backend, sql, [today.into(), until.into()]);
    let rows = Row::find_by_statement(statement).all(db.reader()).await?;
    let rules = rules::for_pages(db).await?;
    let presence = rules.presence();
    let deputy = |row: &Row| presence.stand_in(row.person_id, None, row.from_on.max(today));
    let deputies: Vec<Uuid> = rows.iter().filter_map(deputy).collect();
    let names: HashMap<Uuid, String> = person::names_by_id(db, &deputies).await?;
    let out = |row: Row| Out {
        deputy: deputy(&row).and_then(|id| names.get(&id).cloned()),
        person_id: row.person_id,
        name: row.name,
        from_on: row.from_on,
        to_on: row.to_on,
    };
    Ok(rows.into_iter().map(out).collect())
}

/// Colleagues for whom the actor may say that they are away, by name, with their teams.
pub async fn reached(db: &Db, actor: &Actor) -> Result<Vec<Choice>> {
    if !actor.may_somewhere(Permission::EnterAbsences) {
        return Ok(vec![]);
    }
    let rules = rules::for_pages(db).await?;
    let presence = rules.presence();
    let mut agents = person::agents(db).await?;
    agents.retain(|agent| {
        let place = policy::Place::Colleague {
            person_id: agent.id,
            team_ids: presence.teams_of(agent.id).to_vec(),
        };
        Some(agent.id) != actor.person_id()
            && policy::allows(actor, Permission::EnterAbsences, place)
    });
    Ok(agents)
}
