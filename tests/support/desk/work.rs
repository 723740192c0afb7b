//! What is to be done: templates of checklists, activities, tasks by date.

use entities::activity::{Activity, ActivityFacts};
use entities::checklist::{Checklist, ChecklistFacts, Step};
use entities::clock::day;
use entities::recurring::{RecurringTask, Repeat, Schedule, TaskFacts};
use entities::ticket::{Kind, Priority};
use entities::{Uuid, calendar};

use super::TestDesk;

impl TestDesk {
    /// A template of a checklist for all services; nobody in particular has to do its steps.
    pub async fn checklist(&self, name: &str, steps: &[&str]) -> Uuid {
        let step = |text: &&str| Step {
            text: (*text).to_owned(),
            ..Step::default()
        };
        let facts = ChecklistFacts {
            name: name.to_owned(),
            service_ids: vec![],
            steps: steps.iter().map(step).collect(),
        };
        self.create::<Checklist>(facts).await
    }

    /// An activity that effort is booked on.
    pub async fn activity(&self, name: &str) -> Uuid {
        let facts = ActivityFacts {
            name: name.to_owned(),
            name_en: String::new(),
        };
        self.create::<Activity>(facts).await
    }

    /// A task by date that begins today, in the calendar the desk begins with, and done by that person.
    pub async fn task(&self, name: &str, repeat: Repeat, team: Uuid, main: Uuid) -> Uuid {
        let today = day(self.db.clock().now());
        let calendars = calendar::choices(&self.db).await.unwrap();
        let facts = TaskFacts {
            name: name.to_owned(),
            text: format!("{name} erledigen."),
            service_id: None,
            team_id: team,
            kind: Kind::ServiceRequest,
            priority: Priority::Normal,
            checklist_id: None,
            schedule: Schedule {
                repeat,
                from: today,
                until: None,
                to_working_day: false,
            },
            calendar_id: calendars[0].id,
            ahead_days: 0,
            main_id: main,
            deputy_id: None,
            since_on: today,
        };
        self.create::<RecurringTask>(facts).await
    }
}
