//! Effort: what is booked, corrected and never deleted, who sees what, and timers that are stopped, left and booked once.

use chrono::{Days, Duration, NaiveDate};
use entities::clock::day;
use entities::effort::{
    self, Book, BookApart, Booking, Correct, Effort, Standing, monday, of_ticket, timer, week,
};
use entities::ledger::Step;
use entities::permit::Reach;
use entities::policy::Scope;
use entities::ticket::{Merge, Ticket, WriteNote};
use entities::{Actor, DeskError, Permission, Permit, Rejected, Rule, Uuid, activity, history};
use support::desk::TestDesk;

const CONSOLE: Actor = Actor::System(Rule::Console);

fn today(desk: &TestDesk) -> NaiveDate {
    day(desk.db.clock().now())
}

async fn booking(desk: &TestDesk, minutes: i32) -> Booking {
    Booking {
        minutes,
        day: today(desk),
        activity_id: activity::offered(&desk.db).await.unwrap()[0].id,
        remark: None,
        timer_id: None,
        once: None,
    }
}

async fn book(
    desk: &TestDesk,
    actor: &Actor,
    ticket: &Ticket,
    booking: Booking,
) -> entities::Result<Effort> {
    let permit = Permit::ask(actor, ticket.clone())?;
    let command = Book {
        ticket_id: ticket.id,
        booking,
    };
    Ok(desk.db.change(permit, command).await?.subject)
}

async fn apart(desk: &TestDesk, actor: &Actor, booking: Booking) -> entities::Result<Effort> {
    let permit = Permit::ask(actor, Reach)?;
    Ok(desk.db.change(permit, BookApart { booking }).await?.subject)
}

async fn correct(
    desk: &TestDesk,
    actor: &Actor,
    effort: &Effort,
    minutes: i32,
) -> entities::Result<Effort> {
    let command = Correct {
        seen: effort.entry(),
        minutes,
        day: effort.day,
        activity_id: effort.activity_id,
        remark: effort.remark.clone(),
    };
    let permit = Permit::ask(actor, effort.clone())?;
    Ok(desk.db.change(permit, command).await?.subject)
}

fn why<T>(result: entities::Result<T>) -> Option<Rejected> {
    match result {
        Err(DeskError::Rejected(why)) => Some(why),
        _ => None,
    }
}

async fn sums(desk: &TestDesk, ticket: &Ticket) -> Vec<(String, i64)> {
    let rows = of_ticket(&desk.db, ticket).await.unwrap();
    rows.into_iter()
        .map(|row| (row.name, row.minutes))
        .collect()
}

#[tokio::test]
async fn a_ticket_sums_up_what_people_booked_on_it_and_on_what_was_merged_into_it() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.actor().await;
    let jonas = desk.agent("Jonas Weber").await.actor().await;
    let ticket = desk.ticket("Zahllauf").await;
    let double = desk.ticket("Zahllauf, doppelt").await;
    for minutes in [25, 10] {
        book(&desk, &annika, &ticket, booking(&desk, minutes).await)
            .await
            .unwrap();
    }
    book(&desk, &jonas, &double, booking(&desk, 50).await)
        .await
        .unwrap();
    assert_eq!(
        sums(&desk, &ticket).await,
        [("Annika Brandt".to_owned(), 35)]
    );
    let permits = [&double, &ticket].map(|one| Permit::ask(&CONSOLE, one.clone()).unwrap());
    let [source, target] = permits;
    let merge = Merge {
        fields: entities::field::change::Sets::default(),
        once: None,
    };
    desk.db.change_pair(source, target, merge).await.unwrap();
    let all = [
        ("Jonas Weber".to_owned(), 50),
        ("Annika Brandt".to_owned(), 35),
    ];
    assert_eq!(sums(&desk, &ticket).await, all);
    let before = desk.read(ticket.id).await.version;
    book(&desk, &annika, &ticket, booking(&desk, 5).await)
        .await
        .unwrap();
    assert_eq!(desk.read(ticket.id).await.version, before);
    desk.must_verify().await;
}

#[tokio::test]
async fn a_correction_keeps_what_was_booked_before_in_the_history() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.actor().await;
    let ticket = desk.ticket("Zahllauf").await;
    let first = book(&desk, &annika, &ticket, booking(&desk, 90).await)
        .await
        .unwrap();
    let less = correct(&desk, &annika, &first, 30).await.unwrap();
    assert_eq!(
        sums(&desk, &ticket).await,
        [("Annika Brandt".to_owned(), 30)]
    );
    // Who saw the old amount corrects nothing.
    let late = correct(&desk, &annika, &first, 60).await;
    assert_eq!(why(late), Some(Rejected::ChangedMeanwhile));
    assert_eq!(
        why(correct(&desk, &annika, &less, 30).await),
        Some(Rejected::NothingToDo)
    );
    let none = correct(&desk, &annika, &less, 0).await.unwrap();
    assert!(sums(&desk, &ticket).await.is_empty());
    // It is still there, and can come back.
    let rows = week(&desk.db, &annika, monday(today(&desk))).await.unwrap();
    assert_eq!(rows.len(), 1);
    correct(&desk, &annika, &none, 15).await.unwrap();
    let events = history::of(&desk.db, first.id, None, 10).await.unwrap();
    let told: Vec<_> = events.iter().map(|e| e.name.as_str()).collect();
    assert_eq!(told, ["corrected", "corrected", "corrected", "booked"]);
    let record: serde_json::Value = serde_json::from_str(&events[2].payload).unwrap();
    assert_eq!(
        (&record["from"]["minutes"], &record["to"]["minutes"]),
        (&90.into(), &30.into())
    );
    desk.must_verify().await;
}

#[tokio::test]
async fn nobody_books_or_corrects_for_others_and_nobody_books_where_they_may_not() {
    let desk = TestDesk::new().await;
    let own = desk.team("Jugend 1").await;
    let other = desk.team("Zahlstelle").await;
    let annika = desk.agent("Annika Brandt").await.actor().await;
    let jonas = desk.agent("Jonas Weber").await.actor().await;
    let effort = apart(&desk, &annika, booking(&desk, 30).await)
        .await
        .unwrap();
    assert_eq!(Some(effort.person_id), annika.person_id());
    assert!(matches!(
        effort::find(&desk.db, &jonas, effort.id).await,
        Err(DeskError::Hidden)
    ));
    let forbidden = correct(&desk, &jonas, &effort, 10).await;
    assert!(matches!(forbidden, Err(DeskError::Forbidden)));
    let admin = desk.administrator().await.actor().await;
    let forbidden = correct(&desk, &admin, &effort, 10).await;
    assert!(matches!(forbidden, Err(DeskError::Forbidden)));
    let grants = [
        (Permission::ReadTickets, Scope::Everything),
        (Permission::BookEffort, Scope::OwnTeams),
    ];
    let narrow = desk
        .person_with("Mira Kessler", &grants)
        .in_team(own)
        .await
        .actor()
        .await;
    let foreign = desk.ticket("Fremd").in_team(other).await;
    let refused = book(&desk, &narrow, &foreign, booking(&desk, 5).await).await;
    assert!(matches!(refused, Err(DeskError::Forbidden)));
    let mine = desk.ticket("Eigen").in_team(own).await;
    book(&desk, &narrow, &mine, booking(&desk, 5).await)
        .await
        .unwrap();
    apart(&desk, &narrow, booking(&desk, 5).await)
        .await
        .unwrap();
    let nobody = desk.requester("Sabine König").await.actor().await;
    let refused = apart(&desk, &nobody, booking(&desk, 5).await).await;
    assert!(matches!(refused, Err(DeskError::Forbidden)));
    let system = apart(&desk, &CONSOLE, booking(&desk, 5).await).await;
    assert_eq!(why(system), Some(Rejected::NothingToDo));
}

#[tokio::test]
async fn what_cannot_have_been_worked_is_refused() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.actor().await;
    let refused = async |booking: Booking| why(apart(&desk, &annika, booking).await);
    for minutes in [-5, 0, 1441] {
        assert_eq!(
            refused(booking(&desk, minutes).await).await,
            Some(Rejected::NotMinutes)
        );
    }
    let on = async |day: NaiveDate| Booking {
        day,
        ..booking(&desk, 30).await
    };
    let now = today(&desk);
    assert_eq!(
        refused(on(now + Days::new(1)).await).await,
        Some(Rejected::DayToCome)
    );
    assert_eq!(
        refused(on(now - Days::new(367)).await).await,
        Some(Rejected::DayTooLongAgo)
    );
    let odd = Booking {
        activity_id: Uuid::nil(),
        ..booking(&desk, 30).await
    };
    assert_eq!(refused(odd).await, Some(Rejected::Retired));
    let long = Booking {
        remark: Some("x".repeat(501)),
        ..booking(&desk, 30).await
    };
    assert_eq!(refused(long).await, Some(Rejected::TooLong));
    // A day has 24 hours, whatever they are booked on, also by correcting.
    let whole = apart(&desk, &annika, booking(&desk, 1440).await)
        .await
        .unwrap();
    assert_eq!(
        refused(booking(&desk, 1).await).await,
        Some(Rejected::DayFull)
    );
    correct(&desk, &annika, &whole, 1439).await.unwrap();
    let one = apart(&desk, &annika, booking(&desk, 1).await)
        .await
        .unwrap();
    assert_eq!(
        why(correct(&desk, &annika, &one, 2).await),
        Some(Rejected::DayFull)
    );
    // Others have a day of their own.
    let jonas = desk.agent("Jonas Weber").await.actor().await;
    apart(&desk, &jonas, booking(&desk, 1440).await)
        .await
        .unwrap();
}

#[tokio::test]
async fn one_timer_runs_and_what_it_measured_is_booked_once() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.actor().await;
    let first = desk.ticket("Erstes").await;
    let second = desk.ticket("Zweites").await;
    let start = async |ticket: &Ticket| {
        let permit = Permit::ask(&annika, ticket.clone()).unwrap();
        timer::start(&desk.db, permit).await.unwrap();
    };
    let standing = async || -> Vec<(String, Standing)> {
        let now = desk.db.clock().now();
        let own = timer::own(&desk.db, &annika).await.unwrap();
        own.iter()
            .map(|t| (t.ticket.clone().unwrap().1, t.standing(now)))
            .collect()
    };
    // So that no midnight falls into it.
    to_the_morning(&desk);
    start(&first).await;
    desk.pass(Duration::minutes(20));
    // Pressing twice does not begin anew.
    start(&first).await;
    desk.pass(Duration::minutes(5));
    start(&second).await;
    let named = |title: &str, standing| (title.to_owned(), standing);
    let both = [
        named("Zweites", Standing::Running(0)),
        named("Erstes", Standing::Stopped(25)),
    ];
    assert_eq!(standing().await, both);
    let stopped = timer::own(&desk.db, &annika).await.unwrap()[1].row.id;
    let measured = Booking {
        timer_id: Some(stopped),
        ..booking(&desk, 25).await
    };
    let jonas = desk.agent("Jonas Weber").await.actor().await;
    let others = book(&desk, &jonas, &first, measured.clone()).await;
    assert_eq!(
        why(others),
        Some(Rejected::TimerEnded),
        "another's timer is none"
    );
    book(&desk, &annika, &first, measured.clone())
        .await
        .unwrap();
    let twice = book(&desk, &annika, &first, measured).await;
    assert_eq!(why(twice), Some(Rejected::TimerEnded));
    assert_eq!(
        sums(&desk, &first).await,
        [("Annika Brandt".to_owned(), 25)]
    );
    assert_eq!(standing().await, [named("Zweites", Standing::Running(0))]);
    timer::stop(&desk.db, &annika).await.unwrap();
    assert_eq!(standing().await, [named("Zweites", Standing::Stopped(1))]);
    assert_eq!(timer::stop(&desk.db, &annika).await.unwrap(), None);
    let left = timer::own(&desk.db, &annika).await.unwrap()[0].row.id;
    timer::discard(&desk.db, &jonas, left).await.unwrap();
    assert_eq!(
        standing().await.len(),
        1,
        "nobody throws away what others measured"
    );
    timer::discard(&desk.db, &annika, left).await.unwrap();
    assert!(standing().await.is_empty());
}

/// Moves the desk's clock to eight in the morning of the next day in Berlin.
fn to_the_morning(desk: &TestDesk) {
    let now = desk.db.clock().now();
    let next = entities::clock::begin_of(day(now) + Days::new(1)) + Duration::hours(8);
    desk.pass(next - now);
}

#[tokio::test]
async fn a_timer_left_running_over_the_weekend_is_stopped_by_the_next_and_says_nothing_of_minutes()
{
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.actor().await;
    let first = desk.ticket("Am Freitag").await;
    let second = desk.ticket("Am Montag").await;
    let start = async |ticket: &Ticket| {
        let permit = Permit::ask(&annika, ticket.clone()).unwrap();
        timer::start(&desk.db, permit).await.unwrap();
    };
    start(&first).await;
    desk.pass(Duration::hours(63));
    let left = async || {
        let now = desk.db.clock().now();
        let own = timer::own(&desk.db, &annika).await.unwrap();
        own.iter()
            .find(|t| t.row.ticket_id == first.id)
            .map(|t| t.standing(now))
    };
    assert_eq!(left().await, Some(Standing::LeftRunning));
    start(&second).await;
    assert_eq!(left().await, Some(Standing::LeftRunning));
    assert!(
        sums(&desk, &first).await.is_empty(),
        "nothing is booked by itself"
    );
}

#[tokio::test]
async fn effort_goes_along_with_a_note_or_neither_is_written() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.actor().await;
    let ticket = desk.ticket("Zahllauf").await;
    let write = async |once: &str, minutes: i32| {
        let note = WriteNote {
            body: "Geprüft.".to_owned(),
            files: vec![],
            once: Some(once.to_owned()),
        };
        let step = Step::new(Permit::ask(&annika, ticket.clone()).unwrap(), note);
        let command = Book {
            ticket_id: ticket.id,
            booking: booking(&desk, minutes).await,
        };
        let with = (Permit::ask(&annika, ticket.clone()).unwrap(), command);
        let done = desk.db.change_series_with(vec![step], with).await;
        done.and_then(|mut done| done.remove(0))
    };
    write("eins", 20).await.unwrap();
    assert_eq!(
        sums(&desk, &ticket).await,
        [("Annika Brandt".to_owned(), 20)]
    );
    // The same form again writes neither again.
    assert!(matches!(
        write("eins", 20).await,
        Err(DeskError::AlreadyDone(_))
    ));
    let full = write("zwei", 1440).await;
    assert!(matches!(full, Err(DeskError::Rejected(Rejected::DayFull))));
    assert_eq!(
        sums(&desk, &ticket).await,
        [("Annika Brandt".to_owned(), 20)]
    );
    assert_eq!(desk.read(ticket.id).await.message_count, 2);
    // What was refused uses up no form.
    write("zwei", 5).await.unwrap();
    assert_eq!(desk.read(ticket.id).await.message_count, 3);
    desk.must_verify().await;
}
