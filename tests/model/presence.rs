//! Who is in a ticket: named while their page says so, to those who see it.

use chrono::Duration;
use entities::Permission;
use entities::draft::{self, Mode, NewDraftFile, Place, shared};
use entities::policy::Scope;
use entities::presence::{self, Doing, Present};
use entities::ticket::Ticket;
use entities::{DeskError, Rejected};
use support::desk::{Persona, TestDesk};

async fn does(desk: &TestDesk, who: &Persona, ticket: &Ticket, doing: Doing) -> bool {
    let actor = who.actor().await;
    presence::note(&desk.db, &actor, ticket, doing)
        .await
        .unwrap()
}

/// Name and whether they write.
async fn seen_by(desk: &TestDesk, who: &Persona, ticket: &Ticket) -> Vec<(String, bool)> {
    let actor = who.actor().await;
    let present = presence::of_ticket(&desk.db, &actor, ticket).await.unwrap();
    let said = |one: Present| (one.name, one.writes);
    present.into_iter().map(said).collect()
}

#[tokio::test]
async fn whoever_has_a_ticket_open_is_named_to_others_until_the_page_is_silent() {
    let desk = TestDesk::new().await;
    let (annika, derya) = (
        desk.agent("Annika Brandt").await,
        desk.agent("Derya Aksoy").await,
    );
    let ticket = desk.ticket("Zahllauf").await;
    assert!(does(&desk, &derya, &ticket, Doing::Reads).await, "news");
    assert!(!does(&desk, &derya, &ticket, Doing::Reads).await, "known");
    let reads = [("Derya Aksoy".to_owned(), false)];
    assert_eq!(seen_by(&desk, &annika, &ticket).await, reads);
    assert_eq!(seen_by(&desk, &derya, &ticket).await, [], "not to oneself");
    desk.pass(Duration::seconds(40));
    assert!(
        !does(&desk, &derya, &ticket, Doing::Reads).await,
        "still there"
    );
    desk.pass(Duration::seconds(40));
    assert_eq!(seen_by(&desk, &annika, &ticket).await, reads);
    desk.pass(Duration::seconds(20));
    assert_eq!(
        seen_by(&desk, &annika, &ticket).await,
        [],
        "silent for a minute"
    );
    assert!(
        does(&desk, &derya, &ticket, Doing::Reads).await,
        "news again"
    );
    let actor = derya.actor().await;
    let left = || presence::leave(&desk.db, &actor, &ticket);
    assert!(left().await.unwrap());
    assert!(!left().await.unwrap(), "left already");
    assert_eq!(seen_by(&desk, &annika, &ticket).await, []);
}

#[tokio::test]
async fn whoever_types_writes_until_it_is_sent_or_nothing_came_for_a_while() {
    let desk = TestDesk::new().await;
    let (annika, derya) = (
        desk.agent("Annika Brandt").await,
        desk.agent("Derya Aksoy").await,
    );
    let ticket = desk.ticket("Zahllauf").await;
    let writes = |yes| [("Derya Aksoy".to_owned(), yes)];
    does(&desk, &derya, &ticket, Doing::Reads).await;
    assert!(does(&desk, &derya, &ticket, Doing::Writes).await, "news");
    assert!(!does(&desk, &derya, &ticket, Doing::Writes).await, "known");
    assert_eq!(seen_by(&desk, &annika, &ticket).await, writes(true));
    assert!(does(&desk, &derya, &ticket, Doing::Rests).await, "sent");
    assert_eq!(seen_by(&desk, &annika, &ticket).await, writes(false));
    does(&desk, &derya, &ticket, Doing::Writes).await;
    desk.pass(Duration::seconds(20));
    does(&desk, &derya, &ticket, Doing::Reads).await;
    desk.pass(Duration::seconds(20));
    assert_eq!(seen_by(&desk, &annika, &ticket).await, writes(false));
    presence::sweep(&desk.db).await.unwrap();
    assert_eq!(seen_by(&desk, &annika, &ticket).await.len(), 1);
    desk.pass(Duration::minutes(6));
    presence::sweep(&desk.db).await.unwrap();
    let lines = desk
        .database()
        .number("SELECT count(*) FROM presence", vec![]);
    assert_eq!(lines.await, 0, "nothing is kept of it");
}

#[tokio::test]
async fn lists_name_those_in_tickets_that_the_reader_sees_and_in_no_others() {
    let desk = TestDesk::new().await;
    let (own, other) = (desk.team("Jugend 1").await, desk.team("Kita").await);
    let derya = desk.agent("Derya Aksoy").in_team(own).await;
    let reads = (Permission::ReadTickets, Scope::OwnTeams);
    let rights = [reads.clone(), (Permission::Note, Scope::OwnTeams)];
    let jonas = desk.person_with("Jonas Weber", &rights);
    let jonas = jonas.in_team(own).await;
    let mira = desk.person_with("Mira Kessler", &[reads]);
    let mira = mira.in_team(own).await.actor().await;
    let here = desk.ticket("Zahllauf").in_team(own).await;
    let there = desk.ticket("Bescheid").in_team(other).await;
    does(&desk, &derya, &here, Doing::Reads).await;
    does(&desk, &derya, &there, Doing::Writes).await;
    let actor = jonas.actor().await;
    let present = presence::anywhere(&desk.db, &actor).await.unwrap();
    let tickets: Vec<_> = present.iter().map(|one| one.ticket_id).collect();
    assert_eq!(tickets, [here.id]);
    let present = presence::anywhere(&desk.db, &mira).await.unwrap();
    assert_eq!(present, [], "whoever only reads is not told of others");
}

#[tokio::test]
async fn a_shared_draft_goes_over_to_one_colleague_with_its_files_and_its_writer_knows_to_whom() {
    let desk = TestDesk::new().await;
    let (annika, derya) = (
        desk.agent("Annika Brandt").await,
        desk.agent("Derya Aksoy").await,
    );
    let marek = desk.agent("Marek Lindner").await;
    let ticket = desk.ticket("Zahllauf").await;
    let at = async |who: &Persona| {
        let actor = who.actor().await;
        let place = Place::of(&actor, Some(ticket.id), Mode::Reply).unwrap();
        (actor, place)
    };
    let ((_, of_annika), (as_derya, of_derya), (_, of_marek)) =
        (at(&annika).await, at(&derya).await, at(&marek).await);
    let save = async |place, text| draft::save(&desk.db, place, text, None).await.unwrap();
    save(of_annika, "Guten Tag").await;
    let file = NewDraftFile {
        name: "Plan.txt".to_owned(),
        content_type: "text/plain".to_owned(),
        bytes: b"Plan".to_vec(),
    };
    draft::add_file(&desk.db, of_annika, file).await.unwrap();
    let shown = async || {
        shared::of_ticket(&desk.db, &as_derya, &ticket)
            .await
            .unwrap()
    };
    assert_eq!(shown().await, [], "nobody sees what is not shared");
    shared::share(&desk.db, of_annika, true).await.unwrap();
    let one = shown().await.remove(0);
    assert_eq!((one.name.as_str(), one.files), ("Annika Brandt", 1));
    assert_eq!(
        (one.content.as_str(), one.mode()),
        ("Guten Tag", Some(Mode::Reply))
    );
    save(of_derya, "Eigenes").await;
    let refused = shared::take_over(&desk.db, of_derya, one.id).await;
    let there = |e: &DeskError| matches!(e, DeskError::Rejected(Rejected::DraftThere));
    assert!(refused.is_err_and(|e| there(&e)), "nothing of hers is lost");
    draft::remove(&desk.db, of_derya).await.unwrap();
    shared::take_over(&desk.db, of_derya, one.id).await.unwrap();
    let late = shared::take_over(&desk.db, of_marek, one.id).await;
    assert!(matches!(late, Err(DeskError::Hidden)), "one takes it");
    let find = async |place| draft::find(&desk.db, place).await.unwrap().unwrap();
    let taken = find(of_derya).await;
    assert_eq!(
        (taken.content.as_str(), taken.files.len()),
        ("Guten Tag", 1)
    );
    let left = find(of_annika).await;
    assert_eq!((left.content.as_str(), left.taken_by), ("", Some(derya.id)));
    assert_eq!(shown().await, []);
    save(of_annika, "Noch etwas").await;
    let begun = find(of_annika).await;
    assert_eq!(begun.content, "Noch etwas", "a new one begins");
    assert_eq!(begun.taken_by, Some(derya.id), "until it was read");
    shared::note_taken_read(&desk.db, of_annika).await.unwrap();
    assert_eq!(find(of_annika).await.taken_by, None);
    // Shown before a word stands in it: others see the first of them.
    shared::share(&desk.db, of_marek, true).await.unwrap();
    assert_eq!(shown().await, []);
    save(of_marek, "Liebe").await;
    let said: Vec<String> = shown().await.into_iter().map(|one| one.content).collect();
    assert_eq!(said, ["Liebe"]);
}
