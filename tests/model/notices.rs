//! Notices: whom a deadline concerns is told, as far as they may see the ticket, then and whenever they read it.

use entities::deadline::Told;
use entities::notice::{self, Kind, Row};
use entities::policy::Scope;
use entities::ticket::assign::Assignee;
use entities::ticket::{Assign, TellDeadlines, Ticket, Watch, due};
use entities::{Actor, Permission, Permit, Rule, Uuid, person};
use sea_orm::{FromQueryResult, Values};
use support::desk::{Persona, TestDesk, an_hour_and_a_day};

use crate::deputies::{cover, stands_in};
use crate::plan::{Plan, backend};

#[derive(FromQueryResult)]
struct Counted {
    n: i64,
}

const CONSOLE: Actor = Actor::System(Rule::Console);

async fn desk() -> TestDesk {
    let desk = TestDesk::new().await;
    let calendar = desk.always().await;
    desk.general_limit(calendar, an_hour_and_a_day()).await;
    desk
}

/// Time passes, and the clock tells what there is to tell.
async fn pass(desk: &TestDesk, hours: i64) {
    desk.pass(chrono::Duration::hours(hours));
    let rule = Actor::System(Rule::Deadline);
    let found = due::to_tell(&desk.db).await.unwrap().into_iter();
    let pairs = found.map(|t| (Permit::ask(&rule, t).unwrap(), TellDeadlines));
    for done in desk.db.change_many(pairs.collect()).await.unwrap() {
        done.unwrap();
    }
}

async fn watched_by(desk: &TestDesk, ticket: &Ticket, who: &Persona) {
    let permit = Permit::ask(&who.actor().await, ticket.clone()).unwrap();
    desk.db.change(permit, Watch).await.unwrap();
}

async fn rows(desk: &TestDesk, actor: &Actor) -> Vec<Row> {
    let page = notice::list(&desk.db, actor, None, 50).await.unwrap();
    let unread = page.rows.iter().filter(|row| row.read_at.is_none()).count();
    let counted = notice::unread(&desk.db, actor).await.unwrap();
    assert_eq!(counted, unread as i64, "the bell and the page agree");
    page.rows
}

async fn titles(desk: &TestDesk, who: &Persona) -> Vec<String> {
    let rows = rows(desk, &who.actor().await).await.into_iter();
    rows.map(|row| row.title).collect()
}

#[tokio::test]
async fn the_owner_is_told_or_the_team_of_what_nobody_owns_and_whoever_watches() {
    let desk = desk().await;
    let (jugend, kita) = (desk.team("Jugend 1").await, desk.team("Kita").await);
    let annika = desk.agent("Annika Brandt").in_team(jugend).await;
    let jonas = desk.agent("Jonas Weber").in_team(jugend).await;
    let derya = desk.agent("Derya Aksoy").in_team(kita).await;
    desk.ticket("Zahllauf")
        .in_team(jugend)
        .owned_by(&annika)
        .await;
    desk.ticket("Bescheid").in_team(jugend).await;
    let watched = desk
        .ticket("Gutschein")
        .in_team(jugend)
        .owned_by(&annika)
        .await;
    watched_by(&desk, &watched, &derya).await;
    // Who owns it and watches it as well is told once.
    watched_by(&desk, &watched, &annika).await;
    desk.ticket("Ohne Team").await;
    pass(&desk, 6).await;
    let sorted = async |who: &Persona| {
        let mut titles = titles(&desk, who).await;
        titles.sort();
        titles
    };
    assert_eq!(sorted(&annika).await, ["Bescheid", "Gutschein", "Zahllauf"]);
    assert_eq!(sorted(&jonas).await, ["Bescheid"]);
    assert_eq!(sorted(&derya).await, ["Gutschein"]);
    let kinds: Vec<_> = rows(&desk, &jonas.actor().await).await;
    assert_eq!(kinds[0].kind(), Some(Kind::DeadlineNear));
    assert_eq!(kinds[0].kind(), Some(Told::Near.into()));
    pass(&desk, 3).await;
    let kinds: Vec<_> = rows(&desk, &jonas.actor().await).await;
    let kinds: Vec<_> = kinds.iter().map(Row::kind).collect();
    let newest_first = [Some(Kind::DeadlinePassed), Some(Kind::DeadlineNear)];
    assert_eq!(kinds, newest_first);
    // The clock that strikes again tells nothing again.
    pass(&desk, 30).await;
    assert_eq!(titles(&desk, &jonas).await.len(), 2);
}

#[tokio::test]
async fn what_passed_long_before_the_clock_struck_is_in_the_history_and_buries_nothing_new() {
    let desk = desk().await;
    let team = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let old = desk.ticket("Zahllauf").owned_by(&annika).await;
    // A week without a clock, as before an upgrade that brings one.
    desk.pass(chrono::Duration::days(7));
    desk.ticket("Bescheid").owned_by(&annika).await;
    pass(&desk, 9).await;
    assert_eq!(titles(&desk, &annika).await, ["Bescheid"]);
    let told = "SELECT count(*) AS n FROM event WHERE subject_id = $1 AND name = 'deadline_told'";
    let told = desk.database().number(told, vec![old.id.into()]).await;
    assert_eq!(told, 1, "it is told to the history");
    assert_eq!(desk.read(old.id).await.notice_at, None);
    assert!(due::to_tell(&desk.db).await.unwrap().is_empty());
}

#[tokio::test]
async fn nobody_is_told_of_what_they_may_not_see_then_or_later() {
    let desk = desk().await;
    let (own, other) = (desk.team("Jugend 1").await, desk.team("Kita").await);
    let own_teams = [
        (Permission::ReadTickets, Scope::OwnTeams),
        (Permission::Watch, Scope::OwnTeams),
    ];
    let jonas = desk
        .person_with("Jonas Weber", &own_teams)
        .in_team(own)
        .await;
    let annika = desk.agent("Annika Brandt").in_team(own).await;
    let moved = desk.ticket("Zahllauf").in_team(own).await;
    let stays = desk.ticket("Bescheid").in_team(own).await;
    for ticket in [&moved, &stays] {
        watched_by(&desk, ticket, &jonas).await;
    }
    pass(&desk, 6).await;
    assert_eq!(titles(&desk, &jonas).await.len(), 2);
    let hand_over = Assign {
        to: Assignee::Team { id: other },
    };
    let permit = Permit::ask(&CONSOLE, moved.clone()).unwrap();
    desk.db.change(permit, hand_over).await.unwrap();
    assert_eq!(titles(&desk, &jonas).await, ["Bescheid"]);
    pass(&desk, 3).await;
    let told = "SELECT count(*) AS n FROM notice WHERE person_id = $1 AND subject_id = $2";
    let values = |who: &Persona| vec![who.id.into(), moved.id.into()];
    assert_eq!(desk.database().number(told, values(&jonas)).await, 1);
    assert_eq!(desk.database().number(told, values(&annika)).await, 1);
    // Another's notices are read by nobody.
    notice::read_all(&desk.db, &annika.actor().await, desk.db.clock().now())
        .await
        .unwrap();
    assert_eq!(
        notice::unread(&desk.db, &jonas.actor().await)
            .await
            .unwrap(),
        2
    );
}

#[tokio::test]
async fn an_account_out_of_use_and_a_person_without_rights_are_told_nothing() {
    let desk = desk().await;
    let team = desk.team("Jugend 1").await;
    let gone = desk.agent("Jonas Weber").in_team(team).await;
    let nobody = desk.requester("Sabine Krüger").in_team(team).await;
    let ticket = desk.ticket("Zahllauf").in_team(team).await;
    watched_by(&desk, &ticket, &gone).await;
    desk.console(person::Retire::of(gone.id)).await;
    pass(&desk, 9).await;
    let all = "SELECT count(*) AS n FROM notice";
    assert_eq!(
        desk.database().number(all, vec![]).await,
        0,
        "{}",
        nobody.id
    );
}

#[tokio::test]
async fn what_is_read_stays_listed_and_is_swept_after_ninety_days() {
    let desk = desk().await;
    let annika = desk.agent("Annika Brandt").await;
    let me = annika.actor().await;
    let first = desk.ticket("Zahllauf").owned_by(&annika).await;
    desk.ticket("Bescheid").owned_by(&annika).await;
    pass(&desk, 9).await;
    assert!(notice::read(&desk.db, &me, first.id).await.unwrap());
    assert!(!notice::read(&desk.db, &me, first.id).await.unwrap());
    assert_eq!(notice::unread(&desk.db, &me).await.unwrap(), 1);
    assert_eq!(rows(&desk, &me).await.len(), 2);
    let shown = desk.db.clock().now();
    desk.ticket("Gutschein").owned_by(&annika).await;
    pass(&desk, 9).await;
    // Only what had come when the page was drawn.
    notice::read_all(&desk.db, &me, shown).await.unwrap();
    assert_eq!(notice::unread(&desk.db, &me).await.unwrap(), 1);
    desk.pass(chrono::Duration::days(91));
    notice::sweep(&desk.db).await.unwrap();
    let left = rows(&desk, &me).await;
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].title, "Gutschein");
    desk.pass(chrono::Duration::days(300));
    notice::sweep(&desk.db).await.unwrap();
    assert!(rows(&desk, &me).await.is_empty());
}

#[tokio::test]
async fn many_notices_are_paged_by_key_and_counted_up_to_a_bound() {
    let desk = desk().await;
    let annika = desk.agent("Annika Brandt").await;
    let me = annika.actor().await;
    for n in 0..7 {
        desk.ticket(&format!("Zahllauf {n}"))
            .owned_by(&annika)
            .await;
    }
    pass(&desk, 9).await;
    let five = backend(&desk).build(&notice::unread_query(&me, 5));
    let counted: Vec<Counted> = {
        let values = five.values.map(|Values(values)| values);
        desk.database()
            .rows(&five.sql, values.unwrap_or_default())
            .await
    };
    assert_eq!(counted[0].n, 5);
    let mut seen: Vec<Uuid> = Vec::new();
    let mut after = None;
    loop {
        let page = notice::list(&desk.db, &me, after.as_ref(), 3)
            .await
            .unwrap();
        seen.extend(page.rows.iter().map(|row| row.id));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let mut once = seen.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!((seen.len(), once.len()), (7, 7));
}

#[tokio::test]
async fn the_bell_and_the_page_read_indexes_alone() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let agent = desk.agent("Annika Brandt").in_team(team).await;
    let lead = desk
        .person_with("Jonas Weber", &[(Permission::ReadTickets, Scope::OwnTeams)])
        .in_team(team)
        .await;
    let backend = backend(&desk);
    for actor in [agent.actor().await, lead.actor().await] {
        let bell = backend.build(&notice::unread_query(&actor, 99));
        let plan = Plan::of(&desk, bell).await;
        assert!(plan.scans().is_empty(), "{plan:#?}");
        assert!(plan.uses("notice_unread"), "{plan:#?}");
        let after = entities::page::Cursor {
            key: "1795000000000000".to_owned(),
            id: Uuid::now_v7(),
        };
        for after in [None, Some(&after)] {
            let page = backend.build(&notice::list_query(&actor, after, 51));
            let plan = Plan::of(&desk, page).await;
            assert!(plan.scans().is_empty() && !plan.sorts(), "{plan:#?}");
            assert!(plan.uses("notice_person"), "{plan:#?}");
        }
    }
}

#[tokio::test]
async fn a_deputy_is_told_what_the_absent_owner_is_told_as_far_as_they_read() {
    let desk = desk().await;
    let (own, other) = (desk.team("Jugend 1").await, desk.team("Zahlstelle").await);
    let tobias = desk.agent("Tobias Reuter").await;
    let reads = [(Permission::ReadTickets, Scope::Teams(vec![own]))];
    let mira = desk.person_with("Mira Kessler", &reads).await;
    stands_in(&desk, &tobias, cover(&desk, &mira, 3))
        .await
        .unwrap();
    for (title, team) in [("Zahllauf", own), ("Bescheid", other)] {
        desk.ticket(title).in_team(team).owned_by(&tobias).await;
    }
    pass(&desk, 6).await;
    assert_eq!(titles(&desk, &mira).await, ["Zahllauf"]);
    assert_eq!(titles(&desk, &tobias).await.len(), 2);
}
