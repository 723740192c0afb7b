//! Being away: days without a reason, chains that end with somebody who is there, and tickets that find them.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use entities::absence::presence::{Away, Standing};
use entities::absence::{
    AbsenceFacts, Absentee, CancelAbsence, ChangeAbsence, EnterAbsence, Presence, list, meanwhile,
};
use entities::permit::Protected as _;
use entities::ticket::assign::Assignee;
use entities::ticket::covered::{covered, covered_query, left, owners_statement};
use entities::ticket::{Assign, Reopen, SetReminder, State, Ticket};
use entities::{Actor, DeskError, Permit, Rejected, Uuid, notice, person, recurring};
use proptest::prelude::*;
use support::desk::{Persona, TestDesk};

use crate::deputies::{cover, stands_in};
use crate::plan::Plan;
use crate::plans::{case, must_search};

fn today(desk: &TestDesk) -> NaiveDate {
    entities::clock::day(desk.db.clock().now())
}

fn in_days(desk: &TestDesk, days: u64) -> NaiveDate {
    today(desk).checked_add_days(Days::new(days)).unwrap()
}

/// From today on for so many days more.
fn days(desk: &TestDesk, more: u64) -> AbsenceFacts {
    AbsenceFacts::days(today(desk), in_days(desk, more))
}

fn covered_by(facts: AbsenceFacts, deputy: &Persona) -> AbsenceFacts {
    AbsenceFacts {
        deputy_id: Some(deputy.id),
        ..facts
    }
}

async fn enter(
    desk: &TestDesk,
    by: &Persona,
    who: &Persona,
    facts: AbsenceFacts,
) -> entities::Result<Uuid> {
    let actor = by.actor().await;
    let absentee = Absentee::find(&desk.db, &actor, &who.id.to_string()).await?;
    let permit = Permit::ask(&actor, absentee)?;
    let command = EnterAbsence { facts, once: None };
    let person = desk.db.change(permit, command).await?.subject;
    Ok(person.absences.last().unwrap().row.id)
}

async fn away(desk: &TestDesk, who: &Persona, facts: AbsenceFacts) -> entities::Result<Uuid> {
    enter(desk, who, who, facts).await
}

async fn give(desk: &TestDesk, by: &Persona, ticket: &Ticket, to: &Persona) -> Ticket {
    let permit = Permit::ask(&by.actor().await, desk.read(ticket.id).await).unwrap();
    let to = Assignee::Person { id: to.id };
    let done = desk.db.change(permit, Assign { to }).await;
    done.unwrap().subject
}

async fn events(desk: &TestDesk, ticket: &Ticket) -> Vec<String> {
    #[derive(sea_orm::FromQueryResult)]
    struct Named {
        name: String,
    }
    let sql = "SELECT name FROM event WHERE subject_id = $1 ORDER BY number";
    let rows = desk
        .database()
        .rows::<Named>(sql, vec![ticket.id.into()])
        .await;
    rows.into_iter().map(|row| row.name).collect()
}

#[track_caller]
fn must_be_rejected<T: std::fmt::Debug>(result: entities::Result<T>, why: Rejected) {
    assert!(
        matches!(&result, Err(DeskError::Rejected(found)) if *found == why),
        "{result:?}"
    );
}

#[tokio::test]
async fn somebody_enters_changes_and_ends_an_absence_without_a_reason() {
    let desk = TestDesk::new().await;
    let tobias = desk.agent("Tobias Reuter").await;
    let annika = desk.agent("Annika Brandt").await;
    let id = away(&desk, &tobias, days(&desk, 4)).await.unwrap();
    let actor = tobias.actor().await;
    let me = Absentee::find(&desk.db, &actor, "").await.unwrap();
    let shown = list::of(&desk.db, &actor, &me).await.unwrap();
    assert_eq!(shown[0].facts(), days(&desk, 4));
    let facts = covered_by(days(&desk, 6), &annika);
    let permit = Permit::ask(&actor, me.clone()).unwrap();
    let command = ChangeAbsence {
        id,
        facts: facts.clone(),
    };
    desk.db.change(permit, command).await.unwrap();
    assert_eq!(
        list::one(&desk.db, &actor, &me, id).await.unwrap().facts(),
        facts
    );
    let reader = annika.actor().await;
    let out = list::out(&desk.db, &reader, today(&desk)).await.unwrap();
    assert_eq!(out[0].name, "Tobias Reuter");
    assert_eq!(out[0].deputy.as_deref(), Some("Annika Brandt"));
    // Back two days later: the days before stay.
    desk.pass(chrono::Duration::days(2));
    let permit = Permit::ask(&actor, me.clone()).unwrap();
    desk.db.change(permit, CancelAbsence { id }).await.unwrap();
    assert!(list::of(&desk.db, &actor, &me).await.unwrap().is_empty());
    let permit = Permit::ask(&actor, me).unwrap();
    let again = desk.db.change(permit, CancelAbsence { id }).await;
    must_be_rejected(again, Rejected::AbsenceOver);
    desk.must_verify().await;
}

#[tokio::test]
async fn what_cannot_be_an_absence_is_refused() {
    let desk = TestDesk::new().await;
    let tobias = desk.agent("Tobias Reuter").await;
    let gone = desk.agent("Mira Kessler").await;
    let sabine = desk.requester("Sabine Kowalke").await;
    let yesterday = today(&desk).checked_sub_days(Days::new(1)).unwrap();
    let backwards = AbsenceFacts::days(in_days(&desk, 3), in_days(&desk, 2));
    let past = AbsenceFacts::days(yesterday, yesterday);
    desk.console(person::Retire::of(gone.id)).await;
    for (facts, why) in [
        (backwards, Rejected::EndsBeforeItBegins),
        (past, Rejected::DateInPast),
        (covered_by(days(&desk, 1), &tobias), Rejected::SamePerson),
        (covered_by(days(&desk, 1), &gone), Rejected::Retired),
        (covered_by(days(&desk, 1), &sabine), Rejected::NotAnAgent),
    ] {
        must_be_rejected(away(&desk, &tobias, facts).await, why);
    }
    away(&desk, &tobias, days(&desk, 4)).await.unwrap();
    let twice = away(&desk, &tobias, days(&desk, 2)).await;
    must_be_rejected(twice, Rejected::AlreadyAway);
    // One that goes on longer is another one.
    away(&desk, &tobias, days(&desk, 9)).await.unwrap();
}

#[tokio::test]
async fn whom_people_name_for_each_other_never_leads_back() {
    let desk = TestDesk::new().await;
    let tobias = desk.agent("Tobias Reuter").await;
    let annika = desk.agent("Annika Brandt").await;
    let derya = desk.agent("Derya Aksoy").await;
    away(&desk, &tobias, covered_by(days(&desk, 4), &annika))
        .await
        .unwrap();
    away(&desk, &annika, covered_by(days(&desk, 4), &derya))
        .await
        .unwrap();
    let circle = away(&desk, &derya, covered_by(days(&desk, 4), &tobias)).await;
    must_be_rejected(circle, Rejected::CircularCover);
    // After those days nobody waits for anybody.
    let later = AbsenceFacts::days(in_days(&desk, 5), in_days(&desk, 6));
    away(&desk, &derya, covered_by(later, &tobias))
        .await
        .unwrap();
    // Colleagues who stand in for each other anyway may both be ill; their team is there.
    let (a, b) = (
        desk.agent("Jonas Weber").await,
        desk.agent("Mira Kessler").await,
    );
    stands_in(&desk, &a, cover(&desk, &b, 9)).await.unwrap();
    stands_in(&desk, &b, cover(&desk, &a, 9)).await.unwrap();
    away(&desk, &a, days(&desk, 2)).await.unwrap();
    away(&desk, &b, days(&desk, 2)).await.unwrap();
}

#[tokio::test]
async fn a_lead_enters_it_for_their_team_and_nobody_else_does() {
    let desk = TestDesk::new().await;
    let (jugend, kita) = (desk.team("Jugend 1").await, desk.team("Kita").await);
    let lead = desk.lead("Jonas Weber").in_team(jugend).await;
    let tobias = desk.agent("Tobias Reuter").in_team(jugend).await;
    let derya = desk.agent("Derya Aksoy").in_team(kita).await;
    enter(&desk, &lead, &tobias, days(&desk, 0)).await.unwrap();
    let other_team = enter(&desk, &lead, &derya, days(&desk, 0)).await;
    assert!(matches!(other_team, Err(DeskError::Forbidden)));
    let colleague = enter(&desk, &derya, &tobias, days(&desk, 1)).await;
    assert!(matches!(colleague, Err(DeskError::Forbidden)));
    let reached = list::reached(&desk.db, &lead.actor().await).await.unwrap();
    let names: Vec<_> = reached.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Tobias Reuter"]);
    let hidden = Absentee::find(&desk.db, &lead.actor().await, &jugend.to_string()).await;
    assert!(matches!(hidden, Err(DeskError::Hidden)));
    let admin = desk.administrator().await;
    enter(&desk, &admin, &derya, days(&desk, 1)).await.unwrap();
}

#[tokio::test]
async fn what_is_given_to_somebody_who_is_away_goes_to_who_is_there() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let lead = desk.lead("Jonas Weber").in_team(team).await;
    let tobias = desk.agent("Tobias Reuter").in_team(team).await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let derya = desk.agent("Derya Aksoy").in_team(team).await;
    let service = desk.service("KITA-Netz", team).await;
    let module = desk.module("Gutschein", service).await;
    let facts = AbsenceFacts {
        by_service: vec![(service, derya.id)],
        ..covered_by(days(&desk, 4), &annika)
    };
    away(&desk, &tobias, facts).await.unwrap();
    let plain = desk.ticket("Bescheid fehlt").in_team(team).await;
    let ticket = give(&desk, &lead, &plain, &tobias).await;
    assert_eq!(ticket.owner_id, Some(annika.id));
    let told = events(&desk, &ticket).await;
    assert!(told.iter().any(|name| name == "deputised"), "{told:?}");
    // Below a service as well.
    let about = desk.ticket("Gutschein falsch").in_team(team).about(module);
    let ticket = give(&desk, &lead, &about.await, &tobias).await;
    assert_eq!(ticket.owner_id, Some(derya.id));
    // The deputy's deputy, else the team, where it waits like a new one.
    away(&desk, &annika, days(&desk, 2)).await.unwrap();
    let third = desk.ticket("Zahllauf steht").await;
    let ticket = give(&desk, &lead, &third, &tobias).await;
    assert_eq!(
        (ticket.owner_id, ticket.team_id, ticket.state),
        (None, Some(team), State::New)
    );
    // Who takes a ticket is there, whatever their calendar says.
    let fourth = desk.ticket("Umlaute fehlen").in_team(team).await;
    let ticket = give(&desk, &tobias, &fourth, &tobias).await;
    assert_eq!(ticket.owner_id, Some(tobias.id));
    desk.must_verify().await;
}

#[tokio::test]
async fn what_comes_back_or_is_due_surfaces_at_who_is_there_and_stays_where_it_is() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let lead = desk.lead("Jonas Weber").in_team(team).await;
    let tobias = desk.agent("Tobias Reuter").in_team(team).await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let quiet = desk.ticket("Ruht").in_team(team).owned_by(&tobias).await;
    let back = desk.ticket("Kommt zurück").in_team(team);
    let back = back.owned_by(&tobias).await;
    let remind = desk.ticket("Heute").in_team(team).owned_by(&tobias).await;
    let now = desk.db.clock().now();
    let permit = Permit::ask(&tobias.actor().await, desk.read(back.id).await).unwrap();
    let reply = support::desk::reply("sabine@pa.example", "Ist gelöst.");
    let solved = entities::ticket::Reply {
        then: entities::ticket::reply::Then::Solve(entities::ticket::ClosingReason::Data),
        ..reply
    };
    desk.db.change(permit, solved).await.unwrap();
    let permit = Permit::ask(&tobias.actor().await, desk.read(remind.id).await).unwrap();
    let at = Some(now + chrono::Duration::minutes(5));
    desk.db.change(permit, SetReminder { at }).await.unwrap();
    away(&desk, &tobias, covered_by(days(&desk, 4), &annika))
        .await
        .unwrap();
    let permit = Permit::ask(&lead.actor().await, desk.read(back.id).await).unwrap();
    desk.db.change(permit, Reopen).await.unwrap();
    let end_of_day = now + chrono::Duration::hours(1);
    let titles = async |who: &Persona| {
        let actor = who.actor().await;
        let rows = covered(&desk.db, &actor, end_of_day, 20).await.unwrap();
        let mut titles: Vec<String> = rows.into_iter().map(|row| row.title).collect();
        titles.sort();
        titles
    };
    assert_eq!(titles(&annika).await, ["Heute", "Kommt zurück"]);
    assert!(titles(&lead).await.is_empty());
    assert_eq!(desk.read(back.id).await.owner_id, Some(tobias.id));
    let rows = notice::list(&desk.db, &annika.actor().await, None, 9).await;
    let rows = rows.unwrap().rows;
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].in_place_of_id, Some(tobias.id));
    // Who did it is not told, and who is away reads about it when they are back.
    let unread = async |who: &Persona| notice::unread(&desk.db, &who.actor().await).await;
    assert_eq!(unread(&lead).await.unwrap(), 0);
    assert_eq!(unread(&tobias).await.unwrap(), 0);
    assert_eq!(desk.read(quiet.id).await.owner_id, Some(tobias.id));
}

#[tokio::test]
async fn a_hand_over_sheet_is_for_who_stands_in_and_who_leads() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let lead = desk.lead("Jonas Weber").in_team(team).await;
    let tobias = desk.agent("Tobias Reuter").in_team(team).await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let derya = desk.agent("Derya Aksoy").in_team(team).await;
    let ticket = desk.ticket("Bescheid").in_team(team).owned_by(&tobias);
    let ticket = ticket.await;
    let begun = entities::draft::Place::of(
        &tobias.actor().await,
        Some(ticket.id),
        entities::draft::Mode::Reply,
    );
    entities::draft::save(&desk.db, begun.unwrap(), "{}", None)
        .await
        .unwrap();
    let from = in_days(&desk, 3);
    let facts = covered_by(AbsenceFacts::days(from, in_days(&desk, 5)), &annika);
    away(&desk, &tobias, facts).await.unwrap();
    for who in [&tobias, &annika, &lead] {
        let actor = who.actor().await;
        let of = Absentee::find(&desk.db, &actor, &tobias.id.to_string()).await;
        let (all, more) = left(&desk.db, &actor, &of.unwrap(), 9).await.unwrap();
        assert!(all[0].is_begun && !more, "{}", who.name);
    }
    let actor = derya.actor().await;
    let of = Absentee::find(&desk.db, &actor, &tobias.id.to_string()).await;
    let refused = left(&desk.db, &actor, &of.unwrap(), 9).await;
    assert!(matches!(refused, Err(DeskError::Forbidden)));
}

#[tokio::test]
async fn who_is_back_reads_what_happened_meanwhile_once() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let tobias = desk.agent("Tobias Reuter").in_team(team).await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let ticket = desk.ticket("Bescheid").in_team(team).owned_by(&tobias);
    let ticket = ticket.await;
    desk.pass(chrono::Duration::days(1));
    away(&desk, &tobias, covered_by(days(&desk, 2), &annika))
        .await
        .unwrap();
    let permit = Permit::ask(&annika.actor().await, desk.read(ticket.id).await).unwrap();
    let command = entities::ticket::Prioritise {
        priority: entities::ticket::Priority::VeryHigh,
    };
    desk.db.change(permit, command).await.unwrap();
    let told = async || {
        let actor: Actor = tobias.actor().await;
        meanwhile::meanwhile(&desk.db, &actor).await.unwrap()
    };
    assert_eq!(told().await, None, "not while away");
    desk.pass(chrono::Duration::days(3));
    let read = told().await.unwrap();
    assert_eq!(read.tickets[0].number, ticket.number);
    let event = &read.tickets[0].events[0];
    assert_eq!(
        (event.name.as_str(), event.actor_id),
        ("prioritised", Some(annika.id))
    );
    meanwhile::seen(&desk.db, &tobias.actor().await)
        .await
        .unwrap();
    assert_eq!(told().await, None);
}

#[tokio::test]
async fn a_task_by_date_goes_to_its_deputy_while_its_main_person_is_away() {
    let desk = TestDesk::new().await;
    let tobias = desk.agent("Tobias Reuter").await;
    let id = away(&desk, &tobias, days(&desk, 2)).await.unwrap();
    let is_there = async |day| recurring::present(&desk.db, tobias.id, day).await.unwrap();
    assert!(!is_there(today(&desk)).await);
    assert!(is_there(in_days(&desk, 3)).await);
    let actor = tobias.actor().await;
    let me = Absentee::find(&desk.db, &actor, "").await.unwrap();
    let permit = Permit::ask(&actor, me).unwrap();
    desk.db.change(permit, CancelAbsence { id }).await.unwrap();
    assert!(is_there(today(&desk)).await);
}

#[tokio::test]
async fn what_cannot_wait_and_what_happened_meanwhile_is_found_by_indexes() {
    let case = case().await;
    let now = case.now();
    let query = covered_query(
        &case.agent,
        &[(entities::new_id(), now)],
        &[entities::new_id()],
        now,
        now,
    );
    must_search(&case.desk, "covered", case.backend.build(&query)).await;
    let plan = Plan::of(&case.desk, owners_statement(case.backend)).await;
    assert!(!plan.reads_whole("ticket"), "{plan:#?}");
    let query = meanwhile::changed_query(&case.agent, now, 31);
    must_search(&case.desk, "meanwhile", case.backend.build(&query)).await;
}

const PEOPLE: usize = 6;
const SERVICES: usize = 3;

/// Person, first day, days more, deputy, service and its deputy.
type Leave = (usize, u64, u64, Option<usize>, Option<(usize, usize)>);

fn leave() -> impl Strategy<Value = Leave> {
    (
        0..PEOPLE,
        0..10u64,
        0..6u64,
        prop::option::of(0..PEOPLE),
        prop::option::of((0..SERVICES, 0..PEOPLE)),
    )
}

fn numbered(kind: u128, number: usize) -> Uuid {
    Uuid::from_u128(kind * 100 + number as u128)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_open_ticket_is_without_somebody_who_is_there(
        leaves in prop::collection::vec(leave(), 0..14),
        standing in prop::collection::vec((0..PEOPLE, 0..PEOPLE), 0..5),
        teams in prop::collection::vec(prop::collection::vec(0..2usize, 0..2), PEOPLE),
        left in prop::option::of(0..PEOPLE),
        leads in prop::collection::vec((0..PEOPLE, prop::option::of(0..SERVICES)), 0..3),
    ) {
        let first = NaiveDate::from_ymd_opt(2026, 11, 29).unwrap();
        let on = |day: u64| first.checked_add_days(Days::new(day)).unwrap();
        let person = |number| numbered(1, number);
        let mut people: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        for (number, teams) in teams.iter().enumerate() {
            let of = teams.iter().map(|team| numbered(2, *team)).collect();
            people.insert(person(number), of);
        }
        let mut presence = Presence::of(people);
        for (number, (who, from, more, deputy, of_service)) in leaves.into_iter().enumerate() {
            presence = presence.with(person(who), Away {
                id: numbered(4, number),
                from_on: on(from),
                to_on: on(from + more),
                deputy_id: deputy.map(person),
                by_service: of_service
                    .map(|(service, deputy)| (numbered(3, service), person(deputy)))
                    .into_iter()
                    .collect(),
                names_deputy: false,
            });
        }
        for (who, deputy) in standing {
            let standing = Standing { deputy_id: person(deputy), from_on: on(0), to_on: on(20) };
            presence = presence.covered(person(who), standing);
        }
        if let Some(left) = left {
            presence = presence.without(person(left));
        }
        for (who, service) in leads {
            let service = service.map(|number| numbered(3, number));
            presence = presence.led_by(person(who), service);
        }
        for day in (0..16).map(on) {
            let is_anybody_there = (0..PEOPLE).any(|n| presence.is_there(person(n), day));
            for owner in (0..PEOPLE).map(person).map(Some).chain([None]) {
                for service in (0..SERVICES).map(|n| numbered(3, n)).map(Some).chain([None]) {
                    for team in [None, Some(numbered(2, 0)), Some(numbered(2, 1))] {
                        let answer = presence.answers_for(owner, team, service, day);
                        prop_assert_eq!(!answer.is_empty(), is_anybody_there);
                        for who in &answer {
                            prop_assert!(presence.is_there(*who, day));
                        }
                        if let Some(owner) = owner.filter(|owner| presence.is_there(*owner, day)) {
                            prop_assert_eq!(answer, vec![owner]);
                        }
                    }
                    if let Some(owner) = owner.filter(|owner| presence.is_away(*owner, day)) {
                        // Whom a ticket goes to knows that they stand in, so that both stand in the history.
                        if let Some(deputy) = presence.stand_in(owner, service, day) {
                            prop_assert!(presence.stands_in_for(deputy, day).contains(&owner));
                        }
                    }
                }
            }
        }
    }
}
