//! What the demo's unit does by list and by date: checklists, tasks that come back, and the effort it took.

use chrono::{Datelike, Days, NaiveDate};
use entities::checklist::{self, ChecklistFacts, Responsible, Step};
use entities::clock::day;
use entities::effort::{Book, BookApart, Booking};
use entities::permit::{Desk, Reach};
use entities::recurring::{self, Nth, Repeat, Schedule, TaskFacts};
use entities::ticket::checklist::{LineFacts, of};
use entities::ticket::filter::{Filter, OwnerIs};
use entities::ticket::list::{Sort, list};
use entities::ticket::{AddLines, Kind, Priority, TickLine, Ticket, show};
use entities::{Actor, Db, Permit, Rule, Uuid, activity, calendar, person};

use super::database::Unit;
use super::unit::{TECHNIK, ZAHLUNGEN};

/// Name and steps, each with its days.
const CHECKLISTS: [(&str, &[(&str, i32)]); 2] = [
    (
        "Zahllauf",
        &[
            ("Datenstand vor dem Lauf sichern", 0),
            ("Probelauf starten und Summen vergleichen", 0),
            ("Freigabe der Kasse einholen", 1),
            ("Lauf starten", 1),
            ("Protokoll ablegen und Bezirke unterrichten", 2),
        ],
    ),
    (
        "Neue Fassung einspielen",
        &[
            ("Änderungen mit den Bezirken abstimmen", 3),
            ("In der Schulungsdatenbank prüfen", 7),
            ("Anleitungen anpassen", 10),
        ],
    ),
];
/// Minutes and how many days ago.
const BOOKED: [(i32, u64); 7] = [
    (25, 0),
    (40, 0),
    (15, 1),
    (90, 1),
    (10, 2),
    (35, 3),
    (20, 3),
];

/// Makes them.
pub async fn build(db: &Db, unit: &Unit) -> anyhow::Result<()> {
    let mut templates = Vec::new();
    for (name, steps) in CHECKLISTS {
        let step = |(text, days): &(&str, i32)| Step {
            text: (*text).to_owned(),
            days: Some(*days),
            responsible: Responsible::Owner,
        };
        let facts = ChecklistFacts {
            name: name.to_owned(),
            service_ids: vec![],
            steps: steps.iter().map(step).collect(),
        };
        let permit = Permit::ask(&Actor::System(Rule::Console), Desk)?;
        let made = db.change(permit, checklist::Create { facts, once: None });
        templates.push(made.await?.subject);
    }
    tasks(db, unit, templates.first().map(|template| template.id)).await?;
    for (agent, count) in unit.agents.iter().zip([7, 4]) {
        let Some(actor) = person::load_actor(db, agent.id).await? else {
            continue;
        };
        worked(db, &actor, templates.first(), count).await?;
    }
    Ok(())
}

/// Two tasks from next month on, so that the demo's first day is like any other.
async fn tasks(db: &Db, unit: &Unit, checklist_id: Option<Uuid>) -> anyhow::Result<()> {
    let today = day(db.clock().now());
    let from = next_month(today);
    let calendars = calendar::choices(db).await?;
    let (Some(calendar), [main, deputy, ..]) = (calendars.first(), unit.agents.as_slice()) else {
        return Ok(());
    };
    let monthly = Repeat::LastWorkingDay;
    let review = Repeat::MonthWeekday {
        nth: Nth::First,
        weekday: 1,
    };
    for (name, text, team, repeat, checklist_id) in [
        (
            "Zahllauf Tagespflege",
            "Bitte den Zahllauf nach der Checkliste vorbereiten, starten und prüfen.",
            ZAHLUNGEN,
            monthly,
            checklist_id,
        ),
        (
            "Benutzerrechte durchsehen",
            "Bitte die Liste der Zugänge mit den Bezirken abgleichen.",
            TECHNIK,
            review,
            None,
        ),
    ] {
        let facts = TaskFacts {
            name: name.to_owned(),
            text: text.to_owned(),
            service_id: None,
            team_id: unit.teams[team],
            kind: Kind::ServiceRequest,
            priority: Priority::Normal,
            checklist_id,
            schedule: Schedule {
                repeat,
                from,
                until: None,
                to_working_day: true,
            },
            calendar_id: calendar.id,
            ahead_days: 2,
            main_id: main.id,
            deputy_id: Some(deputy.id),
            since_on: from,
        };
        let permit = Permit::ask(&Actor::System(Rule::Console), Desk)?;
        db.change(permit, recurring::Create { facts, once: None })
            .await?;
    }
    Ok(())
}

fn next_month(today: NaiveDate) -> NaiveDate {
    let later = today + Days::new(31);
    later.with_day(1).unwrap_or(later)
}

/// Some of an agent's own tickets take a checklist and hold effort.
async fn worked(
    db: &Db,
    actor: &Actor,
    template: Option<&checklist::Checklist>,
    count: usize,
) -> anyhow::Result<()> {
    let own = Filter {
        owners: vec![OwnerIs::Me],
        ..Filter::default()
    };
    let rows = list(db, actor, &own, Sort::default(), None, 7).await?.rows;
    let today = day(db.clock().now());
    let activities = activity::offered(db).await?;
    for (place, (minutes, days)) in BOOKED.into_iter().take(count).enumerate() {
        let (Some(row), false) = (rows.get(place), activities.is_empty()) else {
            break;
        };
        let ticket = show::by_id(db, actor, row.id).await?;
        if let (Some(template), true) = (template, place < 2) {
            listed(db, actor, &ticket, template, place * 2).await?;
        }
        let booking = Booking {
            minutes,
            day: today - Days::new(days),
            activity_id: activities[place % activities.len()].id,
            remark: None,
            timer_id: None,
            once: None,
        };
        if place == 3 {
            let permit = Permit::ask(actor, Reach)?;
            db.change(permit, BookApart { booking }).await?;
        } else {
            let command = Book {
                ticket_id: ticket.id,
                booking,
            };
            db.change(Permit::ask(actor, ticket)?, command).await?;
        }
    }
    Ok(())
}

/// Puts a template's lines into a ticket; the first of them are done.
async fn listed(
    db: &Db,
    actor: &Actor,
    ticket: &Ticket,
    template: &checklist::Checklist,
    done: usize,
) -> anyhow::Result<()> {
    let today = day(db.clock().now());
    let line = |step| LineFacts::of_step(&step, ticket.owner_id, today);
    let command = AddLines {
        template_id: Some(template.id),
        lines: template.steps().into_iter().map(line).collect(),
        once: None,
    };
    db.change(Permit::ask(actor, ticket.clone())?, command)
        .await?;
    for line in of(db, ticket).await?.into_iter().take(done) {
        let tick = TickLine {
            line_id: line.id,
            done: true,
        };
        db.change(Permit::ask(actor, ticket.clone())?, tick).await?;
    }
    Ok(())
}
