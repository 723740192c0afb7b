//! Mergers taken back: everything goes where it came from, or nothing does and it is said why.

use entities::draft::{self, Mode};
use entities::field::change::Sets;
use entities::permit::Action;
use entities::ticket::link::{self, LinkKind};
use entities::ticket::share::read;
use entities::ticket::{
    Close, ClosingReason, Link, Merge, Prioritise, Priority, State, Ticket, Unmerge, Watch,
    WithdrawShare, WriteNote, close::Ending, thread, unmerge, watch,
};
use entities::{Actor, DeskError, Permit, Rejected, Rule, history, portal};
use support::desk::{TestDesk, reply};

const CONSOLE: Actor = Actor::System(Rule::Console);

fn console<C: Action<On = Ticket>>(ticket: &Ticket) -> Permit<C> {
    Permit::ask(&CONSOLE, ticket.clone()).unwrap()
}

async fn merge(desk: &TestDesk, source: &Ticket, target: &Ticket) -> entities::Result<()> {
    let command = Merge {
        fields: Sets::default(),
        once: None,
    };
    desk.db
        .change_pair(console(source), console(target), command)
        .await
        .map(|_| ())
}

async fn unmerge(desk: &TestDesk, source: &Ticket, target: &Ticket) -> entities::Result<()> {
    let merger = unmerge::undoable(&desk.db, source.id).await?;
    let merger = merger.ok_or(Rejected::WentOn)?;
    let command = Unmerge::prepare(&desk.db, &CONSOLE, merger).await?;
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

async fn texts(desk: &TestDesk, ticket: &Ticket) -> Vec<String> {
    let all = thread::thread(&desk.db, &desk.read(ticket.id).await).await;
    all.unwrap().into_iter().map(|e| e.message.body).collect()
}

async fn links(desk: &TestDesk, ticket: &Ticket) -> Vec<(LinkKind, String)> {
    let all = link::of(&desk.db, &CONSOLE, ticket.id).await.unwrap();
    all.into_iter().map(|l| (l.kind, l.number)).collect()
}

async fn watchers(desk: &TestDesk, ticket: &Ticket) -> Vec<String> {
    let all = watch::of(&desk.db, ticket).await.unwrap();
    all.into_iter().map(|w| w.name).collect()
}

#[tokio::test]
async fn a_merger_taken_back_gives_everything_back_to_where_it_was() {
    let desk = TestDesk::new().await;
    let (annika, jonas) = (
        desk.agent("Annika Brandt").await,
        desk.agent("Jonas Weber").await,
    );
    let source = desk.ticket("Quelle").saying("zwei").await;
    let target = desk.ticket("Ziel").saying("eins").await;
    let third = desk.ticket("Dritter").await;
    for (one, other, kind) in [
        (&source, &third, LinkKind::CausedBy),
        (&source, &target, LinkKind::Related),
    ] {
        let tied = desk
            .db
            .change_pair(console(one), console(other), Link { kind });
        tied.await.unwrap();
    }
    for (person, ticket) in [(&annika, &source), (&jonas, &target)] {
        let permit = Permit::ask(&person.actor().await, ticket.clone()).unwrap();
        desk.db.change(permit, Watch).await.unwrap();
    }
    let close = Close {
        to: Ending::Closed,
        reason: Some(ClosingReason::Data),
    };
    desk.db.change(console(&target), close).await.unwrap();
    let (source_before, target_before) = (desk.read(source.id).await, desk.read(target.id).await);

    merge(&desk, &source, &target).await.unwrap();
    assert_eq!(desk.read(target.id).await.state, State::Open);
    let offered = unmerge::undoable(&desk.db, target.id).await.unwrap();
    assert_eq!(offered.unwrap().source_id, source.id);
    desk.pass(chrono::Duration::minutes(1));
    unmerge(&desk, &source, &target).await.unwrap();

    assert_eq!(texts(&desk, &source).await, ["zwei"]);
    assert_eq!(texts(&desk, &target).await, ["eins"]);
    let (back, stays) = (desk.read(source.id).await, desk.read(target.id).await);
    assert_eq!(
        (back.state, back.merged_into, back.message_count),
        (source_before.state, None, 1)
    );
    assert_eq!(
        (stays.state, stays.closing_reason, stays.closed_at),
        (
            target_before.state,
            target_before.closing_reason,
            target_before.closed_at
        )
    );
    assert_eq!(
        (stays.message_count, stays.solved_at),
        (1, target_before.solved_at)
    );
    assert_eq!(stays.last_message_at, target_before.last_message_at);
    let caused = (LinkKind::CausedBy, third.number.clone());
    let related = (LinkKind::Related, target.number.clone());
    assert_eq!(links(&desk, &source).await, [caused, related]);
    let number = source.number.clone();
    assert_eq!(
        links(&desk, &target).await,
        [(LinkKind::Related, number.clone())]
    );
    assert_eq!(links(&desk, &third).await, [(LinkKind::Causes, number)]);
    assert_eq!(watchers(&desk, &source).await, ["Annika Brandt"]);
    assert_eq!(watchers(&desk, &target).await, ["Jonas Weber"]);
    for (ticket, name) in [(&source, "unmerged"), (&target, "unmerged_from")] {
        let events = history::of(&desk.db, ticket.id, None, 5).await.unwrap();
        assert!(events.iter().any(|event| event.name == name));
    }
    let told = history::of(&desk.db, third.id, None, 1).await.unwrap();
    assert_eq!(told[0].name, "link_followed");
    // It is a ticket like any other again, and no number of a message comes twice.
    let vier = reply("sabine@pa.example", "vier");
    desk.db.change(console(&back), vier.clone()).await.unwrap();
    let other = WriteNote {
        body: "fünf".to_owned(),
        files: vec![],
        once: None,
    };
    desk.db.change(console(&stays), other).await.unwrap();
    assert_eq!(texts(&desk, &source).await, ["zwei", "vier"]);
    merge(
        &desk,
        &desk.read(source.id).await,
        &desk.read(target.id).await,
    )
    .await
    .unwrap();
    assert_eq!(texts(&desk, &target).await.len(), 4);
    desk.must_verify().await;
}

#[tokio::test]
async fn once_something_happened_to_either_a_merger_stands() {
    let desk = TestDesk::new().await;
    let (source, target) = (desk.ticket("Quelle").await, desk.ticket("Ziel").await);
    merge(&desk, &source, &target).await.unwrap();
    let merger = unmerge::undoable(&desk.db, source.id).await.unwrap();
    let late = Unmerge::prepare(&desk.db, &CONSOLE, merger.unwrap()).await;
    let late = late.unwrap();
    let raise = Prioritise {
        priority: Priority::High,
    };
    desk.db.change(console(&target), raise).await.unwrap();
    // Also for a page that still offers it.
    let refused = desk
        .db
        .change_pair(console(&source), console(&target), late.clone());
    assert_eq!(why(refused.await.map(|_| ())), Rejected::WentOn);
    let offered = unmerge::undoable(&desk.db, source.id).await.unwrap();
    assert_eq!(offered, None);
    assert_eq!(desk.read(source.id).await.state, State::Merged);
    // Nor does it fit anything else.
    let third = desk.ticket("Dritter").await;
    let wrong = desk.db.change_pair(console(&third), console(&target), late);
    assert_eq!(why(wrong.await.map(|_| ())), Rejected::NotMerged);
    desk.must_verify().await;
}

#[tokio::test]
async fn of_two_who_take_a_merger_back_one_does() {
    let desk = TestDesk::new().await;
    for _ in 0..5 {
        let (source, target) = (desk.ticket("Quelle").await, desk.ticket("Ziel").await);
        merge(&desk, &source, &target).await.unwrap();
        let (one, other) = tokio::join!(
            unmerge(&desk, &source, &target),
            unmerge(&desk, &source, &target)
        );
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
        let refused = why(if one.is_err() { one } else { other });
        assert!(matches!(refused, Rejected::NotMerged | Rejected::WentOn));
        assert_eq!(texts(&desk, &source).await.len(), 1);
    }
    desk.must_verify().await;
}

#[tokio::test]
async fn several_mergers_into_one_ticket_are_taken_back_last_first() {
    let desk = TestDesk::new().await;
    let target = desk.ticket("Ziel").await;
    let (first, second) = (desk.ticket("Erstes").await, desk.ticket("Zweites").await);
    merge(&desk, &first, &target).await.unwrap();
    merge(&desk, &second, &target).await.unwrap();
    assert_eq!(why(unmerge(&desk, &first, &target).await), Rejected::WentOn);
    unmerge(&desk, &second, &target).await.unwrap();
    unmerge(&desk, &first, &target).await.unwrap();
    assert_eq!(texts(&desk, &target).await, ["Ziel."]);
    assert_eq!(texts(&desk, &first).await, ["Erstes."]);
    assert_eq!(texts(&desk, &second).await, ["Zweites."]);
    desk.must_verify().await;
}

#[tokio::test]
async fn a_chain_of_mergers_comes_apart_from_its_end() {
    let desk = TestDesk::new().await;
    let (a, b, c) = (
        desk.ticket("A").await,
        desk.ticket("B").await,
        desk.ticket("C").await,
    );
    merge(&desk, &a, &b).await.unwrap();
    merge(&desk, &b, &c).await.unwrap();
    assert_eq!(why(unmerge(&desk, &a, &b).await), Rejected::WentOn);
    unmerge(&desk, &b, &c).await.unwrap();
    assert_eq!(texts(&desk, &c).await, ["C."]);
    let mut of_b = texts(&desk, &b).await;
    of_b.sort();
    assert_eq!(of_b, ["A.", "B."]);
    assert_eq!(desk.read(a.id).await.merged_into, Some(b.id));
    desk.must_verify().await;
}

#[tokio::test]
async fn two_mergers_that_cross_in_a_chain_lose_nothing() {
    let desk = TestDesk::new().await;
    for _ in 0..5 {
        let (a, b, c) = (
            desk.ticket("A").await,
            desk.ticket("B").await,
            desk.ticket("C").await,
        );
        let (one, other) = tokio::join!(merge(&desk, &a, &b), merge(&desk, &b, &c));
        other.unwrap();
        let left = match one {
            Ok(()) => 0,
            refused => {
                assert_eq!(why(refused), Rejected::TargetMerged);
                1
            }
        };
        assert_eq!(texts(&desk, &a).await.len(), left);
        assert_eq!(texts(&desk, &b).await.len(), 0);
        assert_eq!(texts(&desk, &c).await.len(), 3 - left);
    }
    desk.must_verify().await;
}

#[tokio::test]
async fn a_share_goes_along_with_its_own_messages_alone_and_back_again() {
    let desk = TestDesk::new().await;
    let vendor = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let jonas = desk.vendor_user("Jonas Ehlers").of(vendor).await;
    let source = desk.ticket("Geteilt").saying("Nur für uns.").await;
    let target = desk.ticket("Ziel").saying("Geheim.").await;
    desk.share(&source, vendor).await;
    let source = desk.read(source.id).await;
    merge(&desk, &source, &target).await.unwrap();

    let view = portal::enter(&desk.db, &jonas.actor().await).await.unwrap();
    // Under the new number and under the one the vendor knows.
    for number in [&target.number, &source.number] {
        let case = view.case(number).await.unwrap();
        assert_eq!(case.number, target.number);
        let said = format!("{case:?}");
        assert!(
            !said.contains("Geheim") && !said.contains("Nur für uns"),
            "{said}"
        );
    }
    unmerge(&desk, &source, &target).await.unwrap();
    assert_eq!(
        view.case(&source.number).await.unwrap().number,
        source.number
    );
    assert!(matches!(
        view.case(&target.number).await,
        Err(DeskError::Hidden)
    ));
    desk.must_verify().await;
}

#[tokio::test]
async fn what_was_withdrawn_from_a_vendor_is_never_shown_again_by_a_merger() {
    let desk = TestDesk::new().await;
    let vendor = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let (withdrawn, shared) = (
        desk.ticket("Zurückgezogen").await,
        desk.ticket("Geteilt").await,
    );
    let share = desk.share(&withdrawn, vendor).await;
    desk.share(&shared, vendor).await;
    let withdrawn = desk.read(withdrawn.id).await;
    let command = WithdrawShare { share };
    desk.db.change(console(&withdrawn), command).await.unwrap();
    let shared = desk.read(shared.id).await;
    for (source, target) in [(&withdrawn, &shared), (&shared, &withdrawn)] {
        assert_eq!(
            why(merge(&desk, source, target).await),
            Rejected::SharesDiffer
        );
    }
    assert_eq!(desk.read(withdrawn.id).await.merged_into, None);
    desk.must_verify().await;
}

#[tokio::test]
async fn messages_of_two_shares_with_one_vendor_stand_together_and_part_again() {
    let desk = TestDesk::new().await;
    let vendor = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let (source, target) = (desk.ticket("Quelle").await, desk.ticket("Ziel").await);
    let ours = desk.share(&source, vendor).await;
    let theirs = desk.share(&target, vendor).await;
    let (source, target) = (desk.read(source.id).await, desk.read(target.id).await);
    let of = async |ticket: &Ticket| -> Vec<Option<entities::Uuid>> {
        let all = thread::thread(&desk.db, &desk.read(ticket.id).await).await;
        let shared = all.unwrap().into_iter().map(|e| e.message.share_id);
        shared.filter(Option::is_some).collect()
    };
    let before = of(&source).await.len();
    merge(&desk, &source, &target).await.unwrap();
    assert!(of(&target).await.iter().all(|id| *id == Some(theirs.id)));
    unmerge(&desk, &source, &target).await.unwrap();
    assert_eq!(of(&source).await, vec![Some(ours.id); before]);
    let rows = read::of(&desk.db, &source).await.unwrap();
    assert_eq!(rows[0].id, ours.id);
    desk.must_verify().await;
}

#[tokio::test]
async fn a_draft_is_found_where_its_ticket_went_and_where_it_came_back() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.actor().await;
    let source = desk.ticket("Quelle").saying("zwei").await;
    let target = desk.ticket("Ziel").saying("eins").await;
    let at = |ticket: &Ticket| draft::Place::of(&annika, Some(ticket.id), Mode::Reply).unwrap();
    let content = async |ticket: &Ticket| {
        let found = draft::find(&desk.db, at(ticket)).await.unwrap();
        found.map(|draft| draft.content)
    };
    let save = async |ticket: &Ticket, text: &str| {
        draft::save(&desk.db, at(ticket), text, None).await.unwrap();
    };
    save(&source, "begonnen").await;
    merge(&desk, &source, &target).await.unwrap();
    assert_eq!(content(&target).await.as_deref(), Some("begonnen"));
    assert_eq!(content(&source).await, None);
    save(&target, "weiter").await;
    unmerge(&desk, &source, &target).await.unwrap();
    assert_eq!(content(&source).await.as_deref(), Some("weiter"));
    assert_eq!(content(&target).await, None);
    // A draft that somebody has at the target stays, and so does the other one.
    save(&target, "eigener").await;
    merge(&desk, &source, &target).await.unwrap();
    unmerge(&desk, &source, &target).await.unwrap();
    assert_eq!(content(&source).await.as_deref(), Some("weiter"));
    assert_eq!(content(&target).await.as_deref(), Some("eigener"));
    desk.must_verify().await;
}
