//! Which tasks have come, who does them, and which of the coming ones nobody is there for.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::list::every;
use super::{Model, Schedule, present, run};
use crate::actor::Actor;
use crate::calendar::{self, Hours};
use crate::db::Db;
use crate::error::Result;
use crate::policy::{self, Permission, Place};
use crate::setting::Show;

/// So many days ahead somebody is told that nobody is there.
const DAYS_AHEAD: u64 = 14;

/// A task for which a ticket is to be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    pub task: Model,
    /// The day it is for.
    pub day: NaiveDate,
    pub worker: Worker,
}

/// Who does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worker {
    Main(Uuid),
    Deputy(Uuid),
    /// Both are away: it waits in the team.
    Team,
}

impl Worker {
    /// The person, if it is one.
    pub fn person_id(self) -> Option<Uuid> {
        match self {
            Worker::Main(id) | Worker::Deputy(id) => Some(id),
            Worker::Team => None,
        }
    }
}

/// Who does a task on that day.
pub async fn worker(db: &Db, task: &Model, day: NaiveDate) -> Result<Worker> {
    if present(db, task.main_id, day).await? {
        return Ok(Worker::Main(task.main_id));
    }
    match task.deputy_id {
        Some(id) if present(db, id, day).await? => Ok(Worker::Deputy(id)),
        _ => Ok(Worker::Team),
    }
}

/// The calendars by id.
async fn hours(db: &Db) -> Result<Arc<HashMap<Uuid, Hours>>> {
    db.kept_setting(EveryHours, async || {
        let calendars = calendar::Entity::find().all(db.reader()).await?;
        let hours = calendars.into_iter().map(|c| (c.id, c.hours()));
        Ok(Arc::new(hours.collect()))
    })
    .await
}

/// When a task comes back, and the calendar that says which days are working days.
fn rule<'a>(task: &Model, hours: &'a HashMap<Uuid, Hours>) -> Option<(Schedule, &'a Hours)> {
    task.schedule().zip(hours.get(&task.calendar_id))
}

/// The question that [`hours`] answers.
#[derive(PartialEq, Eq, Hash)]
struct EveryHours;

/// The tasks whose day, or the day so many before it, has come by today and for which no ticket was opened yet. When the
/// desk was away for several of a task's days, only the last of them: what was to be done on the others is done by it.
pub async fn due(db: &Db, today: NaiveDate) -> Result<Vec<Due>> {
    let tasks = every(db, Show::Active).await?;
    if tasks.is_empty() {
        return Ok(vec![]);
    }
    let hours = hours(db).await?;
    let mut due = Vec::new();
    for task in tasks {
        let Some((schedule, hours)) = rule(&task, &hours) else {
            continue;
        };
        let ahead = u64::try_from(task.ahead_days).unwrap_or_default();
        let Some(day) = schedule.last(task.since_on, today + Days::new(ahead), hours) else {
            continue;
        };
        let opened = run::Entity::find()
            .filter(run::Column::TaskId.eq(task.id))
            .filter(run::Column::Day.gte(day))
            .limit(1)
            .one(db.reader())
            .await?;
        if opened.is_some() {
            continue;
        }
        let worker = worker(db, &task, today).await?;
        due.push(Due { task, day, worker });
    }
    Ok(due)
}

/// The next days of a task from that one on.
pub async fn next_days(
    db: &Db,
    task: &Model,
    from: NaiveDate,
    most: usize,
) -> Result<Vec<NaiveDate>> {
    let hours = hours(db).await?;
    let rule = rule(task, &hours);
    let next = rule.map(|(schedule, hours)| schedule.next(from.max(task.since_on), hours, most));
    Ok(next.unwrap_or_default())
}

/// The tasks in the coming two weeks for which neither main nor deputy is there, with the first such day: all of them
/// for those who manage tasks, for others those of their teams.
pub async fn away(db: &Db, actor: &Actor, today: NaiveDate) -> Result<Vec<(Model, NaiveDate)>> {
    let manages = policy::allows(actor, Permission::ManageServices, Place::Desk);
    let all = every_away(db, today).await?;
    let mine = |task: &Model| manages || actor.teams().contains(&task.team_id);
    Ok(all.into_iter().filter(|(task, _)| mine(task)).collect())
}

/// The question that [`every_away`] answers.
#[derive(PartialEq, Eq, Hash)]
struct EveryAway(NaiveDate);

async fn every_away(db: &Db, today: NaiveDate) -> Result<Vec<(Model, NaiveDate)>> {
    db.kept_setting(EveryAway(today), async || {
        let tasks = every(db, Show::Active).await?;
        if tasks.is_empty() {
            return Ok(vec![]);
        }
        let hours = hours(db).await?;
        let mut away = Vec::new();
        for task in tasks {
            let Some((schedule, hours)) = rule(&task, &hours) else {
                continue;
            };
            let days = schedule.next(today.max(task.since_on), hours, DAYS_AHEAD as usize);
            for day in days {
                if day > today + Days::new(DAYS_AHEAD) {
                    break;
                }
                if worker(db, &task, day).await? == Worker::Team {
                    away.push((task, day));
                    break;
                }
            }
        }
        Ok(away)
    })
    .await
}
