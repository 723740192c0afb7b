//! Checklists of tickets: lines that two people change at once, that follow a merger, and that move nothing in any list.

use chrono::{Days, NaiveDate};
use entities::checklist::{Responsible, Step};
use entities::clock::day;
use entities::ledger::Command;
use entities::ticket::checklist::{Line, LineFacts, due, of, open_count, read, sees};
use entities::ticket::{AddLines, ChangeLine, Merge, MoveLine, RemoveLine, TickLine, Ticket};
use entities::{Actor, DeskError, Permit, Rejected, Rule, history};
use support::desk::TestDesk;

use crate::plan::{Plan, backend};

const CONSOLE: Actor = Actor::System(Rule::Console);

async fn run<C>(desk: &TestDesk, actor: &Actor, ticket: &Ticket, command: C) -> entities::Result<()>
where
    C: Command<Target = Ticket, On = Ticket>,
{
    let permit = Permit::ask(actor, ticket.clone())?;
    desk.db.change(permit, command).await.map(|_| ())
}

fn facts(text: &str) -> LineFacts {
    LineFacts {
        text: text.to_owned(),
        ..LineFacts::default()
    }
}

fn adding(lines: &[&str]) -> AddLines {
    AddLines {
        template_id: None,
        lines: lines.iter().map(|text| facts(text)).collect(),
        once: None,
    }
}

async fn lines(desk: &TestDesk, ticket: &Ticket) -> Vec<Line> {
    of(&desk.db, ticket).await.unwrap()
}

async fn texts(desk: &TestDesk, ticket: &Ticket) -> Vec<String> {
    let lines = lines(desk, ticket).await.into_iter();
    lines.map(|line| line.text).collect()
}

fn why(result: entities::Result<()>) -> Option<Rejected> {
    match result {
        Err(DeskError::Rejected(why)) => Some(why),
        _ => None,
    }
}

#[tokio::test]
async fn lines_are_added_ticked_moved_and_removed_and_the_ticket_stays_where_it_was() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.actor().await;
    let ticket = desk.ticket("Jahreswechsel").await;
    run(
        &desk,
        &annika,
        &ticket,
        adding(&["Sichern", " Prüfen ", "Melden"]),
    )
    .await
    .unwrap();
    run(&desk, &annika, &ticket, adding(&["Ablegen"]))
        .await
        .unwrap();
    assert_eq!(
        texts(&desk, &ticket).await,
        ["Sichern", "Prüfen", "Melden", "Ablegen"]
    );
    let all = lines(&desk, &ticket).await;
    let tick = |done| TickLine {
        line_id: all[1].id,
        done,
    };
    run(&desk, &annika, &ticket, tick(true)).await.unwrap();
    let again = run(&desk, &annika, &ticket, tick(true)).await;
    assert_eq!(why(again), Some(Rejected::NothingToDo));
    let done = &lines(&desk, &ticket).await[1];
    assert_eq!(done.done_by.as_deref(), Some("Annika Brandt"));
    assert_eq!(open_count(&desk.db, &ticket).await.unwrap(), 3);
    let swap = MoveLine {
        line_id: all[2].id,
        over_id: all[1].id,
    };
    run(&desk, &annika, &ticket, swap).await.unwrap();
    run(&desk, &annika, &ticket, RemoveLine { line_id: all[0].id })
        .await
        .unwrap();
    assert_eq!(texts(&desk, &ticket).await, ["Melden", "Prüfen", "Ablegen"]);
    let gone = run(&desk, &annika, &ticket, RemoveLine { line_id: all[0].id }).await;
    assert_eq!(why(gone), Some(Rejected::NothingToDo));
    run(&desk, &annika, &ticket, tick(false)).await.unwrap();
    assert_eq!(open_count(&desk.db, &ticket).await.unwrap(), 3);
    let after = desk.read(ticket.id).await;
    assert_eq!(
        (after.version, after.changed_at),
        (ticket.version, ticket.changed_at)
    );
    let events = history::of(&desk.db, ticket.id, None, 7).await.unwrap();
    let told: Vec<_> = events.iter().map(|e| e.name.as_str()).collect();
    let names = ["unticked", "removed", "moved", "ticked", "added", "added"];
    assert_eq!(told[..6], names.map(|name| format!("checklist_{name}")));
    let words = history::names(&desk.db, &annika, &[all[0].id])
        .await
        .unwrap();
    assert_eq!(
        words[&all[0].id], "Sichern",
        "a removed line keeps its name in the history"
    );
    desk.must_verify().await;
}

#[tokio::test]
async fn whoever_changes_a_line_that_somebody_has_changed_since_is_told() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.actor().await;
    let jonas = desk.agent("Jonas Weber").await.actor().await;
    let ticket = desk.ticket("Jahreswechsel").await;
    run(&desk, &annika, &ticket, adding(&["Sichern", "Prüfen"]))
        .await
        .unwrap();
    let seen = lines(&desk, &ticket).await;
    let change = |text: &str, at: usize| ChangeLine {
        line_id: seen[at].id,
        seen: seen[at].version,
        to: facts(text),
    };
    run(&desk, &annika, &ticket, change("Sichern auf Band", 0))
        .await
        .unwrap();
    let late = run(&desk, &jonas, &ticket, change("Sichern auf Platte", 0)).await;
    assert_eq!(why(late), Some(Rejected::ChangedMeanwhile));
    // Another line, and ticking, are in nobody's way.
    run(&desk, &jonas, &ticket, change("Genau prüfen", 1))
        .await
        .unwrap();
    run(
        &desk,
        &jonas,
        &ticket,
        TickLine {
            line_id: seen[0].id,
            done: true,
        },
    )
    .await
    .unwrap();
    assert_eq!(
        texts(&desk, &ticket).await,
        ["Sichern auf Band", "Genau prüfen"]
    );
}

#[tokio::test]
async fn what_makes_no_line_is_refused() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.actor().await;
    let ticket = desk.ticket("Jahreswechsel").await;
    let other = desk.ticket("Anderes").await;
    let refused = async |command: AddLines| why(run(&desk, &annika, &ticket, command).await);
    assert_eq!(refused(adding(&[])).await, Some(Rejected::EmptyText));
    assert_eq!(
        refused(adding(&["a", "  "])).await,
        Some(Rejected::EmptyText)
    );
    assert_eq!(
        refused(adding(&[&"x".repeat(301)])).await,
        Some(Rejected::TooLong)
    );
    assert_eq!(
        refused(adding(&["x"; 51])).await,
        Some(Rejected::TooManySteps)
    );
    for _ in 0..4 {
        run(&desk, &annika, &ticket, adding(&["x"; 50]))
            .await
            .unwrap();
    }
    assert_eq!(refused(adding(&["x"])).await, Some(Rejected::TooManySteps));
    // A line of another ticket is not reached by naming it.
    let line_id = lines(&desk, &ticket).await[0].id;
    let foreign = run(
        &desk,
        &annika,
        &other,
        TickLine {
            line_id,
            done: true,
        },
    )
    .await;
    assert_eq!(why(foreign), Some(Rejected::NothingToDo));
    let reader = desk.person_with(
        "Lea Lesend",
        &[(
            entities::Permission::ReadTickets,
            entities::policy::Scope::Everything,
        )],
    );
    let reader = reader.await.actor().await;
    let denied = run(&desk, &reader, &ticket, adding(&["x"])).await;
    assert!(matches!(denied, Err(DeskError::Forbidden)));
}

#[tokio::test]
async fn lines_show_where_a_ticket_was_merged_into_and_can_be_ticked_there() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let actor = annika.actor().await;
    let first = desk.ticket("Doppelt").await;
    let middle = desk.ticket("Auch doppelt").await;
    let last = desk.ticket("Ursprung").owned_by(&annika).await;
    let today = day(desk.db.clock().now());
    let line = LineFacts {
        responsible_id: Some(annika.id),
        due_on: Some(today),
        ..facts("Anrufen")
    };
    let command = AddLines {
        template_id: None,
        lines: vec![line],
        once: None,
    };
    run(&desk, &actor, &first, command).await.unwrap();
    run(&desk, &actor, &last, adding(&["Prüfen"]))
        .await
        .unwrap();
    for (source, target) in [(&first, &middle), (&middle, &last)] {
        let source = Permit::ask(&CONSOLE, desk.read(source.id).await).unwrap();
        let target = Permit::ask(&CONSOLE, desk.read(target.id).await).unwrap();
        let merge = Merge {
            fields: entities::field::change::Sets::default(),
            once: None,
        };
        desk.db.change_pair(source, target, merge).await.unwrap();
    }
    let mut shown = texts(&desk, &last).await;
    shown.sort();
    assert_eq!(shown, ["Anrufen", "Prüfen"]);
    let all = lines(&desk, &last).await;
    let line = all.iter().find(|line| line.text == "Anrufen").unwrap();
    run(
        &desk,
        &actor,
        &last,
        TickLine {
            line_id: line.id,
            done: true,
        },
    )
    .await
    .unwrap();
    assert_eq!(open_count(&desk.db, &last).await.unwrap(), 1);
    desk.must_verify().await;
}

#[tokio::test]
async fn what_is_due_is_found_by_whoever_is_responsible_as_long_as_they_see_the_ticket() {
    let desk = TestDesk::new().await;
    let other = desk.team("Zahlstelle").await;
    let annika = desk.agent("Annika Brandt").await;
    let actor = annika.actor().await;
    let today = day(desk.db.clock().now());
    let add = async |ticket: &Ticket, text: &str, due_on: Option<NaiveDate>| {
        let line = LineFacts {
            responsible_id: Some(annika.id),
            due_on,
            ..facts(text)
        };
        let command = AddLines {
            template_id: None,
            lines: vec![line],
            once: None,
        };
        run(&desk, &CONSOLE, ticket, command).await.unwrap();
    };
    let ticket = desk.ticket("Jahreswechsel").in_team(other).await;
    add(&ticket, "heute", Some(today)).await;
    add(&ticket, "gestern", today.pred_opt()).await;
    add(&ticket, "morgen", today.succ_opt()).await;
    add(&ticket, "irgendwann", None).await;
    let mine = async |actor: &Actor| -> Vec<String> {
        let due = due(&desk.db, actor, today, 10).await.unwrap();
        due.into_iter().map(|line| line.text).collect()
    };
    assert_eq!(mine(&actor).await, ["gestern", "heute"]);
    assert!(
        mine(&desk.agent("Jonas Weber").await.actor().await)
            .await
            .is_empty()
    );
    assert!(sees(&desk.db, &ticket, annika.id).await.unwrap());
    let stranger = desk.requester("Sabine König").await;
    assert!(!sees(&desk.db, &ticket, stranger.id).await.unwrap());
    assert!(!sees(&desk.db, &ticket, entities::new_id()).await.unwrap());
}

#[test]
fn a_step_of_a_template_becomes_a_line_with_its_day_and_person() {
    let on: NaiveDate = "2026-11-29".parse().unwrap();
    let (owner, named) = (entities::new_id(), entities::new_id());
    let step = |responsible, days| Step {
        text: "x".to_owned(),
        days,
        responsible,
    };
    let line = LineFacts::of_step(&step(Responsible::Owner, Some(3)), Some(owner), on);
    assert_eq!(
        (line.responsible_id, line.due_on),
        (Some(owner), Some(on + Days::new(3)))
    );
    let line = LineFacts::of_step(&step(Responsible::Person(named), Some(0)), None, on);
    assert_eq!((line.responsible_id, line.due_on), (Some(named), Some(on)));
    let line = LineFacts::of_step(&step(Responsible::Owner, None), None, on);
    assert_eq!((line.responsible_id, line.due_on), (None, None));
}

#[tokio::test]
async fn lines_are_found_by_their_indexes() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.actor().await;
    let me = annika.person_id().unwrap();
    let today = day(desk.db.clock().now());
    let due = read::due_query(&annika, me, today, 20);
    let statements = [
        backend(&desk).build(&due),
        read::of_statement(backend(&desk), entities::new_id()),
        entities::effort::list::of_ticket_statement(backend(&desk), entities::new_id()),
    ];
    for statement in statements {
        let plan = Plan::of(&desk, statement).await;
        assert!(plan.scans().is_empty(), "{plan:#?}");
    }
}
