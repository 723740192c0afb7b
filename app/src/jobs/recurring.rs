//! Opens the tickets of tasks by date, in the morning of their day or as many days before as the task says.

use chrono::{NaiveTime, Timelike as _};
use entities::permit::Desk as Whole;
use entities::recurring::{self, Due};
use entities::ticket::OpenRecurring;
use entities::ticket::checklist::LineFacts;
use entities::{Actor, DeskError, Permit, Rule, checklist};

use crate::desk::Desk;
use crate::locale::{Locale, Now};

/// The hour of the desk's morning from which on they are opened.
const MORNING: u32 = 6;
/// The hour at which somebody is reminded of what was opened ahead.
const REMINDED: u32 = 9;

/// Opens what has come; how many tickets.
pub async fn open(desk: &Desk) -> entities::Result<usize> {
    let now = Now::new(desk.db.clock().now(), desk.config.time_zone);
    if now.local(now.at).hour() < MORNING {
        return Ok(0);
    }
    let mut opened = 0;
    for due in recurring::due(&desk.db, now.today()).await? {
        let command = ticket(desk, &now, due).await?;
        let permit = Permit::ask(&Actor::System(Rule::Recurring), Whole)?;
        match desk.db.change(permit, command).await {
            Ok(_) => opened += 1,
            // Another process was faster, or the task has just been retired.
            Err(DeskError::Rejected(why)) => tracing::debug!(?why, "no ticket for a task by date"),
            Err(error) => return Err(error),
        }
    }
    Ok(opened)
}

async fn ticket(desk: &Desk, now: &Now, due: Due) -> entities::Result<OpenRecurring> {
    let Due { task, day, worker } = due;
    let owner_id = worker.person_id();
    let checklist = match task.checklist_id {
        Some(id) => checklist::list::in_use(&desk.db, id).await?,
        None => None,
    };
    let steps = checklist.map(|template| {
        let line = |step| LineFacts::of_step(&step, owner_id, now.today());
        (
            template.id,
            template.steps().into_iter().map(line).collect(),
        )
    });
    let time = NaiveTime::from_hms_opt(REMINDED, 0, 0).unwrap_or_default();
    Ok(OpenRecurring {
        task_id: task.id,
        day,
        // The desk's own language: nobody reads it yet.
        title: format!("{} {}", task.name, Locale::default().date(day)),
        text: task.text,
        kind: task.kind,
        priority: task.priority,
        team_id: task.team_id,
        service_id: task.service_id,
        owner_id,
        reminder: (day > now.today()).then(|| now.instant(day, time)),
        checklist: steps,
    })
}
