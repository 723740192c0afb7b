//! Tickets tied together: links from both sides, mergers, moved messages, refused suggestions.

use entities::permit::Action;
use entities::ticket::link::{self, Linked};
use entities::ticket::{
    Close, ClosingReason, Link, LinkKind, Merge, MoveMessage, RecordDelivery, SetVendorNumber,
    State, Ticket, Unlink, close::Ending, deliver::Outcome, suggestion, thread, vendor_number,
};
use entities::{Actor, DeskError, Permission, Permit, Rejected, Rule, history, policy::Scope};
use support::desk::{TestDesk, reply};

const CONSOLE: Actor = Actor::System(Rule::Console);

fn console<C: Action<On = Ticket>>(ticket: &Ticket) -> Permit<C> {
    Permit::ask(&CONSOLE, ticket.clone()).unwrap()
}

async fn tie(
    desk: &TestDesk,
    one: &Ticket,
    other: &Ticket,
    kind: LinkKind,
) -> entities::Result<()> {
    let command = Link { kind };
    desk.db
        .change_pair(console(one), console(other), command)
        .await
        .map(|_| ())
}

async fn merge(desk: &TestDesk, source: &Ticket, target: &Ticket) -> entities::Result<()> {
    let command = Merge {
        fields: entities::field::change::Sets::default(),
        once: None,
    };
    desk.db
        .change_pair(console(source), console(target), command)
        .await
        .map(|_| ())
}

fn why(result: entities::Result<()>) -> Rejected {
    match result {
        Err(DeskError::Rejected(why)) => why,
        other => panic!("not rejected: {other:?}"),
    }
}

async fn links(desk: &TestDesk, ticket: &Ticket) -> Vec<(LinkKind, String)> {
    let all: Vec<Linked> = link::of(&desk.db, &CONSOLE, ticket.id).await.unwrap();
    all.into_iter().map(|l| (l.kind, l.number)).collect()
}

async fn texts(desk: &TestDesk, ticket: &Ticket) -> Vec<String> {
    let all = thread::thread(&desk.db, &desk.read(ticket.id).await).await;
    all.unwrap().into_iter().map(|e| e.message.body).collect()
}

async fn event_names(desk: &TestDesk, ticket: &Ticket) -> Vec<String> {
    let events = history::of(&desk.db, ticket.id, None, 100).await.unwrap();
    events.into_iter().rev().map(|e| e.name).collect()
}

#[tokio::test]
async fn a_link_is_seen_from_both_sides_and_told_in_both_histories() {
    let desk = TestDesk::new().await;
    let (cause, effect) = (
        desk.ticket("Umstellung").await,
        desk.ticket("Zahllauf").await,
    );
    tie(&desk, &effect, &cause, LinkKind::CausedBy)
        .await
        .unwrap();
    let number = |ticket: &Ticket| ticket.number.clone();
    assert_eq!(
        links(&desk, &effect).await,
        [(LinkKind::CausedBy, number(&cause))]
    );
    assert_eq!(
        links(&desk, &cause).await,
        [(LinkKind::Causes, number(&effect))]
    );
    for (ticket, other) in [(&cause, &effect), (&effect, &cause)] {
        let events = history::of(&desk.db, ticket.id, None, 1).await.unwrap();
        assert_eq!(events[0].name, "linked");
        assert!(events[0].payload.contains(&other.id.to_string()));
    }
    let kind = LinkKind::Causes;
    let gone = desk
        .db
        .change_pair(console(&cause), console(&effect), Unlink { kind });
    gone.await.unwrap();
    assert_eq!(links(&desk, &effect).await, []);
    assert_eq!(links(&desk, &cause).await, []);
    let again = desk
        .db
        .change_pair(console(&cause), console(&effect), Unlink { kind });
    assert_eq!(why(again.await.map(|_| ())), Rejected::NothingToDo);
    desk.must_verify().await;
}

#[tokio::test]
async fn no_link_contradicts_another_or_goes_in_a_circle() {
    let desk = TestDesk::new().await;
    let a = desk.ticket("A").await;
    let b = desk.ticket("B").await;
    let c = desk.ticket("C").await;
    assert_eq!(
        why(tie(&desk, &a, &a, LinkKind::Related).await),
        Rejected::SameTicket
    );
    tie(&desk, &a, &b, LinkKind::Related).await.unwrap();
    for (one, other) in [(&a, &b), (&b, &a)] {
        let twice = tie(&desk, one, other, LinkKind::Related).await;
        assert_eq!(why(twice), Rejected::AlreadyLinked);
    }
    tie(&desk, &a, &b, LinkKind::CausedBy).await.unwrap();
    let turned = tie(&desk, &a, &b, LinkKind::Causes).await;
    assert_eq!(why(turned), Rejected::AlreadyLinked);
    tie(&desk, &a, &b, LinkKind::ChildOf).await.unwrap();
    tie(&desk, &c, &b, LinkKind::ParentOf).await.unwrap();
    let circle = tie(&desk, &c, &a, LinkKind::ChildOf).await;
    assert_eq!(why(circle), Rejected::Circular);
    assert_eq!(links(&desk, &c).await.len(), 1);
    desk.must_verify().await;
}

#[tokio::test]
async fn links_to_what_somebody_may_not_see_are_not_shown() {
    let desk = TestDesk::new().await;
    let (youth, pay) = (desk.team("Jugend 1").await, desk.team("Zahlstelle").await);
    let own = desk.ticket("Eigenes").in_team(youth).await;
    let foreign = desk.ticket("Fremdes").in_team(pay).await;
    tie(&desk, &own, &foreign, LinkKind::Related).await.unwrap();
    let annika = desk
        .person_with(
            "Annika Brandt",
            &[(Permission::ReadTickets, Scope::OwnTeams)],
        )
        .in_team(youth)
        .await
        .actor()
        .await;
    assert_eq!(link::of(&desk.db, &annika, own.id).await.unwrap(), []);
    let found = link::candidates(&desk.db, &annika, own.id, "Fremdes", 5).await;
    assert_eq!(found.unwrap(), []);
    let names = history::names(&desk.db, &annika, &[own.id, foreign.id]).await;
    assert_eq!(names.unwrap().into_keys().collect::<Vec<_>>(), [own.id]);
    let found = link::candidates(&desk.db, &CONSOLE, own.id, "fremd", 5).await;
    assert_eq!(found.unwrap()[0].number, foreign.number);
}

#[tokio::test]
async fn merging_brings_everything_over_in_the_order_of_time() {
    let desk = TestDesk::new().await;
    let target = desk.ticket("Ziel").saying("eins").await;
    desk.pass(chrono::Duration::minutes(1));
    let source = desk.ticket("Quelle").saying("zwei").await;
    desk.pass(chrono::Duration::minutes(1));
    let third = desk.ticket("Dritter").await;
    let drei = reply("sabine@pa.example", "drei");
    let queued = drei.message_id;
    desk.db.change(console(&source), drei).await.unwrap();
    desk.pass(chrono::Duration::minutes(1));
    let vier = reply("sabine@pa.example", "vier");
    desk.db.change(console(&target), vier).await.unwrap();
    tie(&desk, &source, &third, LinkKind::CausedBy)
        .await
        .unwrap();
    tie(&desk, &source, &target, LinkKind::Related)
        .await
        .unwrap();

    merge(&desk, &source, &target).await.unwrap();
    assert_eq!(
        texts(&desk, &target).await,
        ["eins", "zwei", "drei", "vier"]
    );
    assert_eq!(texts(&desk, &source).await, Vec::<String>::new());
    let (gone, stays) = (desk.read(source.id).await, desk.read(target.id).await);
    assert_eq!(
        (gone.state, gone.merged_into),
        (State::Merged, Some(target.id))
    );
    assert_eq!((gone.message_count, stays.message_count), (0, 4));
    let number = third.number.clone();
    assert_eq!(links(&desk, &target).await, [(LinkKind::CausedBy, number)]);
    let back = [(LinkKind::Causes, target.number.clone())];
    assert_eq!(links(&desk, &third).await, back);
    // The third ticket's own history tells where its link leads now.
    let told = history::of(&desk.db, third.id, None, 1).await.unwrap();
    assert_eq!(told[0].name, "link_followed");
    for named in [source.id, target.id] {
        assert!(told[0].payload.contains(&named.to_string()));
    }
    let entry = thread::entry(&desk.db, &stays, queued).await.unwrap();
    assert_eq!(entry.message.origin_id, Some(source.id));

    // A mail that was queued is still sent, and what is written next has a number of its own.
    let message = entry.message;
    let outcome = Outcome::Sent;
    let sent = RecordDelivery { message, outcome };
    desk.db.change(console(&stays), sent).await.unwrap();
    let fuenf = reply("sabine@pa.example", "fünf");
    desk.db.change(console(&stays), fuenf).await.unwrap();
    assert_eq!(texts(&desk, &target).await.len(), 5);
    assert!(
        event_names(&desk, &source)
            .await
            .contains(&"merged_into".to_owned())
    );
    assert!(
        event_names(&desk, &target)
            .await
            .contains(&"merged_from".to_owned())
    );
    desk.must_verify().await;
}

#[tokio::test]
async fn mergers_that_make_no_sense_are_refused() {
    let desk = TestDesk::new().await;
    let a = desk.ticket("A").await;
    let b = desk.ticket("B").await;
    let c = desk.ticket("C").await;
    assert_eq!(why(merge(&desk, &a, &a).await), Rejected::SameTicket);
    merge(&desk, &a, &b).await.unwrap();
    assert_eq!(why(merge(&desk, &a, &c).await), Rejected::AlreadyMerged);
    assert_eq!(why(merge(&desk, &c, &a).await), Rejected::TargetMerged);
    assert_eq!(why(merge(&desk, &b, &a).await), Rejected::TargetMerged);
    assert_eq!(
        why(tie(&desk, &a, &c, LinkKind::Related).await),
        Rejected::AlreadyMerged
    );
    merge(&desk, &b, &c).await.unwrap();
    assert_eq!(texts(&desk, &c).await.len(), 3);
    let first = thread::thread(&desk.db, &desk.read(c.id).await)
        .await
        .unwrap();
    let from_a = first.iter().find(|e| e.message.body == "A.").unwrap();
    assert_eq!(from_a.message.origin_id, Some(a.id));
    desk.must_verify().await;
}

#[tokio::test]
async fn links_made_while_a_merger_runs_are_followed_or_refused() {
    let desk = TestDesk::new().await;
    for _ in 0..5 {
        let (source, target) = (desk.ticket("Quelle").await, desk.ticket("Ziel").await);
        let third = desk.ticket("Dritter").await;
        let (merged, tied) = tokio::join!(
            merge(&desk, &source, &target),
            tie(&desk, &third, &source, LinkKind::Related)
        );
        merged.unwrap();
        let expected = match tied {
            Ok(()) => vec![(LinkKind::Related, target.number.clone())],
            refused => {
                assert_eq!(why(refused), Rejected::TargetMerged);
                vec![]
            }
        };
        assert_eq!(links(&desk, &third).await, expected);
        let told = event_names(&desk, &third).await;
        assert_eq!(
            told.contains(&"link_followed".to_owned()),
            !expected.is_empty()
        );
    }
    desk.must_verify().await;
}

#[tokio::test]
async fn of_two_mergers_that_cross_one_is_refused() {
    let desk = TestDesk::new().await;
    for _ in 0..5 {
        let a = desk.ticket("A").await;
        let b = desk.ticket("B").await;
        let (one, other) = tokio::join!(merge(&desk, &a, &b), merge(&desk, &b, &a));
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
        let refused = why(if one.is_err() { one } else { other });
        assert!(matches!(
            refused,
            Rejected::AlreadyMerged | Rejected::TargetMerged
        ));
        let counts = [&a, &b].map(|t| t.id);
        let (a, b) = (desk.read(counts[0]).await, desk.read(counts[1]).await);
        assert_eq!(a.message_count + b.message_count, 2);
    }
    desk.must_verify().await;
}

#[tokio::test]
async fn open_work_merged_into_what_was_done_opens_it_again() {
    let desk = TestDesk::new().await;
    let (open, done) = (desk.ticket("Offen").await, desk.ticket("Fertig").await);
    let close = Close {
        to: Ending::Closed,
        reason: Some(ClosingReason::Data),
    };
    let permit = Permit::ask(&CONSOLE, done.clone()).unwrap();
    desk.db.change(permit, close).await.unwrap();
    merge(&desk, &open, &done).await.unwrap();
    assert_eq!(desk.read(done.id).await.state, State::Open);
}

#[tokio::test]
async fn merging_needs_the_right_on_both_tickets() {
    let desk = TestDesk::new().await;
    let (youth, pay) = (desk.team("Jugend 1").await, desk.team("Zahlstelle").await);
    let annika = desk
        .agent("Annika Brandt")
        .in_team(youth)
        .await
        .actor()
        .await;
    let own = desk.ticket("Eigenes").in_team(youth).await;
    let foreign = desk.ticket("Fremdes").in_team(pay).await;
    assert!(Permit::<Merge>::ask(&annika, own.clone()).is_ok());
    let refused = Permit::<Merge>::ask(&annika, foreign.clone());
    assert!(matches!(refused, Err(DeskError::Forbidden)));
    assert!(Permit::<Link>::ask(&annika, foreign).is_ok());
}

#[tokio::test]
async fn a_moved_message_leaves_a_gap_and_no_number_comes_twice() {
    let desk = TestDesk::new().await;
    let (from, to) = (desk.ticket("Falsch").await, desk.ticket("Richtig").await);
    let waiting = reply("sabine@pa.example", "wartet");
    let waiting_id = waiting.message_id;
    desk.db.change(console(&from), waiting).await.unwrap();
    let stays = reply("sabine@pa.example", "bleibt");
    desk.db.change(console(&from), stays).await.unwrap();
    let message = |id| {
        let desk = &desk;
        async move {
            entities::inbound::threading::message(&desk.db, id)
                .await
                .unwrap()
                .unwrap()
        }
    };
    let first = thread::thread(&desk.db, &from).await.unwrap()[0]
        .message
        .clone();
    let still_queued = MoveMessage {
        message: message(waiting_id).await,
    };
    let refused = desk
        .db
        .change_pair(console(&from), console(&to), still_queued);
    assert_eq!(why(refused.await.map(|_| ())), Rejected::MailWaiting);

    let move_it = || MoveMessage {
        message: first.clone(),
    };
    let (one, other) = tokio::join!(
        desk.db.change_pair(console(&from), console(&to), move_it()),
        desk.db.change_pair(console(&from), console(&to), move_it()),
    );
    assert!(one.is_ok() != other.is_ok());
    let refused = if one.is_err() { one } else { other };
    assert_eq!(why(refused.map(|_| ())), Rejected::MessageMoved);
    let (left, right) = (desk.read(from.id).await, desk.read(to.id).await);
    assert_eq!((left.message_count, right.message_count), (2, 2));
    let next = reply("sabine@pa.example", "danach");
    desk.db.change(console(&left), next).await.unwrap();
    assert_eq!(texts(&desk, &from).await, ["wartet", "bleibt", "danach"]);
    assert_eq!(
        texts(&desk, &to).await,
        ["Falsch.", "Richtig."].map(String::from)
    );
    assert!(
        event_names(&desk, &from)
            .await
            .contains(&"message_moved_out".to_owned())
    );
    assert!(
        event_names(&desk, &to)
            .await
            .contains(&"message_moved_in".to_owned())
    );
    desk.must_verify().await;
}

#[tokio::test]
async fn a_vendors_number_is_a_vendors_alone() {
    let desk = TestDesk::new().await;
    let ticket = desk.ticket("Zahllauf").await;
    let district = desk.district("Pankow", "PA").await;
    let number = || vendor_number::VendorNumber::parse("KN-4711").ok();
    let permit = Permit::ask(&CONSOLE, ticket.clone()).unwrap();
    let command = SetVendorNumber {
        organisation_id: district,
        number: number(),
    };
    let refused = desk.db.change(permit, command).await;
    assert_eq!(why(refused.map(|_| ())), Rejected::NotAVendor);
    assert_eq!(vendor_number::of(&desk.db, &ticket).await.unwrap(), []);
    assert_eq!(
        suggestion::open(&desk.db, &CONSOLE, &ticket).await.unwrap(),
        []
    );
}
