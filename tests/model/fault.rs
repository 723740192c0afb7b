//! One fault, many tickets: what hangs on it, and how all requesters are told once that it is repaired.

use std::collections::BTreeMap;

use entities::bulk::{self, Act, Look, Outcome, State, Tell, Verb, Why, Wording, look};
use entities::ticket::close::Ending;
use entities::ticket::message::Model as Message;
use entities::ticket::share::{Repair, VendorShare, read};
use entities::ticket::{
    Audience, Close, ClosingReason, Delivery, Merge, MoveRepair, State as Standing, Ticket, fault,
    link, thread,
};
use entities::{Actor, Permit, Rejected, Rule, Uuid, history};
use support::desk::{ByNumber, TestDesk};

const CONSOLE: Actor = Actor::System(Rule::Console);

/// A fault shared with Nordlicht, whose repair is live, with tickets of three offices hanging on it.
struct Case {
    desk: TestDesk,
    actor: Actor,
    team: Uuid,
    fault: Ticket,
    share: VendorShare,
    /// Of Sabine, Tim and Uwe.
    others: Vec<Ticket>,
}

impl Case {
    async fn open() -> Case {
        let desk = TestDesk::new().await;
        let names = ["Sabine Kowalke", "Tim Berger", "Uwe Claus"];
        let fault = desk.fault(&names).await;
        let mut others = Vec::new();
        for ticket in &fault.others {
            desk.hang(ticket, &fault.ticket).await;
            others.push(desk.read(ticket.id).await);
        }
        let share = desk.make_live(&fault.share).await;
        Case {
            actor: fault.agent.actor().await,
            fault: desk.read(fault.ticket.id).await,
            desk,
            team: fault.team,
            share,
            others,
        }
    }

    fn tell(&self) -> Tell {
        let wording = Wording {
            greeting: "Guten Tag {{name}},".to_owned(),
            body: "{{greeting}}\n\n{{service}} {{release}}: {{number}} ist behoben.".to_owned(),
        };
        Tell {
            share_id: self.share.id,
            wordings: BTreeMap::from([("de".to_owned(), wording)]),
            language: "de".to_owned(),
            release: "7.4.2".to_owned(),
            solve: None,
            undo_seconds: 10,
        }
    }

    /// Everybody whom it concerns is chosen, and what they are told is said.
    async fn said(&self, actor: &Actor, tell: Tell) -> Uuid {
        let share = &self.share;
        let staged = bulk::stage_fault(&self.desk.db, actor, &self.fault, share, "").await;
        let id = staged.unwrap().unwrap();
        let act = Act::Tell(Box::new(tell));
        bulk::choose(&self.desk.db, actor, id, &act).await.unwrap();
        id
    }

    async fn preview(&self, id: Uuid) -> Look {
        let bulk = bulk::find(&self.desk.db, &self.actor, id).await.unwrap();
        let act = bulk.act().unwrap();
        look::preview(&self.desk.db, &self.actor, &bulk, &act, &ByNumber)
            .await
            .unwrap()
    }

    async fn run(&self, actor: &Actor, id: Uuid) -> Look {
        let db = &self.desk.db;
        let seen = bulk::find(db, actor, id).await.unwrap().act.unwrap();
        let begun = bulk::begin(db, actor, id, &seen, None).await.unwrap();
        let begun = begun.unwrap();
        while bulk::go_on(db, actor, &begun, &ByNumber).await.unwrap() > 0 {}
        let undo = chrono::Duration::seconds(10);
        bulk::end(db, &begun, None, undo).await.unwrap();
        look::result(db, actor, &begun, false).await.unwrap()
    }

    /// What the requester of a ticket was told of the repair.
    async fn told(&self, ticket: &Ticket) -> Vec<Message> {
        let ticket = self.desk.read(ticket.id).await;
        let all = thread::thread(&self.desk.db, &ticket).await.unwrap();
        let messages = all.into_iter().map(|entry| entry.message);
        messages.filter(|m| m.told_of.is_some()).collect()
    }

    async fn permit<C: entities::permit::Action<On = Ticket>>(&self, ticket: &Ticket) -> Permit<C> {
        Permit::ask(&CONSOLE, self.desk.read(ticket.id).await).unwrap()
    }
}

fn refused(look: &Look, why: Rejected) -> usize {
    let why = Some(Why::Rejected(why));
    let sorts = look.sorts.iter().filter(|sort| sort.why == why);
    sorts.map(|sort| sort.count).sum()
}

#[tokio::test]
async fn everybody_whom_a_fault_concerns_is_told_in_their_own_ticket() {
    let case = Case::open().await;
    let id = case.said(&case.actor, case.tell()).await;
    let preview = case.preview(id).await;
    assert_eq!(preview.count(Outcome::Done), 4);
    assert_eq!(preview.letters.len(), 1);
    let sample = &preview.letters[0].body;
    assert!(sample.starts_with("Guten Tag Karin Adam,\n\nKITA-Netz 7.4.2: "));
    let look = case.run(&case.actor, id).await;
    assert_eq!((look.count(Outcome::Done), look.open), (4, 0));
    for before in case.others.iter().chain([&case.fault]) {
        let told = case.told(before).await;
        assert_eq!(told.len(), 1);
        let message = &told[0];
        assert_eq!(
            (message.audience, message.delivery, message.share_id),
            (Audience::Requester, Delivery::Queued, None)
        );
        assert!(message.body.contains(&before.number));
        // The service of the fault stands for a ticket without one, and nothing of the vendor stands there.
        assert!(message.body.contains("KITA-Netz") && !message.body.contains("Nordlicht"));
        let after = case.desk.read(before.id).await;
        assert_eq!(
            (after.state, after.waiting_for, after.owner_id),
            (before.state, before.waiting_for, before.owner_id)
        );
        let events = history::of(&case.desk.db, before.id, None, 100).await;
        let events = events.unwrap();
        let told: Vec<_> = events.iter().filter(|e| e.name == "replied").collect();
        assert_eq!(told.len(), 1);
        assert!(told[0].payload.contains(&case.share.id.to_string()));
    }
    let concerned = fault::concerned(&case.desk.db, &case.actor, &case.fault)
        .await
        .unwrap();
    assert_eq!((concerned.tickets.len(), concerned.hidden), (4, 0));
    assert_eq!(concerned.tickets[0].id, case.fault.id);
    assert!(concerned.tickets.iter().all(|t| t.told_at.is_some()));
    case.desk.must_verify().await;
}

#[tokio::test]
async fn who_is_left_out_is_named_with_the_reason() {
    let case = Case::open().await;
    let desk = &case.desk;
    let close = Close {
        to: Ending::Closed,
        reason: Some(ClosingReason::Duplicate),
    };
    let permit = case.permit(&case.others[0]).await;
    desk.db.change(permit, close).await.unwrap();
    let nobody = desk.ticket("Anruf ohne Namen").in_team(case.team).await;
    desk.hang(&nobody, &case.fault).await;
    // Only the team sees what is marked so; for Annika it is a number and nothing more.
    let elsewhere = desk.team("Soziales").await;
    let foreign = desk.ticket("Fremd").in_team(elsewhere).await;
    desk.hang(&foreign, &case.fault).await;
    let rights = [
        (
            entities::Permission::ReadTickets,
            entities::policy::Scope::Teams(vec![case.team]),
        ),
        (
            entities::Permission::Reply,
            entities::policy::Scope::Teams(vec![case.team]),
        ),
    ];
    let jonas = desk.person_with("Jonas Weber", &rights).await.actor().await;
    let id = case.said(&jonas, case.tell()).await;
    let look = case.run(&jonas, id).await;
    assert_eq!(look.count(Outcome::Done), 3);
    assert_eq!(refused(&look, Rejected::TicketClosed), 1);
    assert_eq!(refused(&look, Rejected::NoRecipient), 1);
    let gone = look.sorts.iter().find(|sort| sort.why == Some(Why::Gone));
    let gone = gone.unwrap();
    assert_eq!((gone.count, gone.named.len()), (1, 0));
    let concerned = fault::concerned(&desk.db, &jonas, &case.fault).await;
    assert_eq!(concerned.unwrap().hidden, 1);
}

#[tokio::test]
async fn nobody_is_told_twice_whoever_tells() {
    let case = Case::open().await;
    let petra = case.desk.administrator().await.actor().await;
    let one = case.said(&case.actor, case.tell()).await;
    let other = case.said(&petra, case.tell()).await;
    assert_eq!(case.run(&case.actor, one).await.count(Outcome::Done), 4);
    let look = case.run(&petra, other).await;
    assert_eq!(look.count(Outcome::Done), 0);
    assert_eq!(refused(&look, Rejected::AlreadyTold), 4);
    for ticket in &case.others {
        assert_eq!(case.told(ticket).await.len(), 1);
    }
}

#[tokio::test]
async fn two_who_tell_at_the_same_moment_tell_once() {
    let case = Case::open().await;
    let petra = case.desk.administrator().await.actor().await;
    let one = case.said(&case.actor, case.tell()).await;
    let other = case.said(&petra, case.tell()).await;
    tokio::join!(case.run(&case.actor, one), case.run(&petra, other));
    for ticket in case.others.iter().chain([&case.fault]) {
        assert_eq!(case.told(ticket).await.len(), 1);
    }
    case.desk.must_verify().await;
}

#[tokio::test]
async fn what_a_dead_process_told_is_not_told_again() {
    let case = Case::open().await;
    let desk = &case.desk;
    for n in 0..100 {
        let requester = desk.requester(&format!("Person {n}")).await;
        let ticket = desk.ticket(&format!("Fall {n}")).from(&requester).await;
        desk.hang(&ticket, &case.fault).await;
    }
    let id = case.said(&case.actor, case.tell()).await;
    let seen = bulk::find(&desk.db, &case.actor, id).await.unwrap().act;
    let begun = bulk::begin(&desk.db, &case.actor, id, &seen.unwrap(), None).await;
    let begun = begun.unwrap().unwrap();
    // The first portion, and then it dies.
    let some = bulk::go_on(&desk.db, &case.actor, &begun, &ByNumber).await;
    assert_eq!(some.unwrap(), 100);
    let again = bulk::claim(&desk.db, chrono::Duration::minutes(1)).await;
    let again = again.unwrap().unwrap();
    assert_eq!((again.id, again.state), (id, State::Running));
    while bulk::go_on(&desk.db, &case.actor, &again, &ByNumber)
        .await
        .unwrap()
        > 0
    {}
    let look = look::result(&desk.db, &case.actor, &again, false).await;
    assert_eq!(look.unwrap().count(Outcome::Done), 104);
    let told = "SELECT count(*) AS n FROM message WHERE told_of IS NOT NULL";
    assert_eq!(desk.database().number(told, vec![]).await, 104);
}

#[tokio::test]
async fn nobody_is_told_before_it_is_live_and_everybody_again_when_it_had_to_be_mended_again() {
    let case = Case::open().await;
    let first = case.said(&case.actor, case.tell()).await;
    let waiting = case.said(&case.actor, case.tell()).await;
    case.run(&case.actor, first).await;
    let back = MoveRepair {
        share: case.share.clone(),
        to: Repair::InWork,
    };
    let permit = case.permit(&case.fault).await;
    case.desk.db.change(permit, back).await.unwrap();
    let look = case.run(&case.actor, waiting).await;
    assert_eq!(refused(&look, Rejected::NotLive), 4);
    let share = read::one(&case.desk.db, &case.fault, case.share.id).await;
    let share = share.unwrap();
    let early = bulk::stage_fault(&case.desk.db, &case.actor, &case.fault, &share, "").await;
    assert!(matches!(
        early,
        Err(entities::DeskError::Rejected(Rejected::NotLive))
    ));
    case.desk.pass(chrono::Duration::minutes(5));
    case.desk.make_live(&share).await;
    let again = case.said(&case.actor, case.tell()).await;
    assert_eq!(case.run(&case.actor, again).await.count(Outcome::Done), 4);
    assert_eq!(case.told(&case.others[0]).await.len(), 2);
}

#[tokio::test]
async fn telling_solves_what_is_open_and_leaves_what_is_solved() {
    let case = Case::open().await;
    let solved = Close {
        to: Ending::Solved,
        reason: Some(ClosingReason::UserError),
    };
    let permit = case.permit(&case.others[0]).await;
    case.desk.db.change(permit, solved).await.unwrap();
    let tell = Tell {
        solve: Some(ClosingReason::SoftwareFault),
        ..case.tell()
    };
    let id = case.said(&case.actor, tell).await;
    case.run(&case.actor, id).await;
    let reasons: Vec<_> = [&case.others[0], &case.others[1], &case.fault]
        .map(|t| t.id)
        .into();
    let mut found = Vec::new();
    for id in reasons {
        let ticket = case.desk.read(id).await;
        assert_eq!(ticket.state, Standing::Solved);
        found.push(ticket.closing_reason.unwrap());
    }
    assert_eq!(
        found,
        [
            ClosingReason::UserError,
            ClosingReason::SoftwareFault,
            ClosingReason::SoftwareFault
        ]
    );
    case.desk.must_verify().await;
}

#[tokio::test]
async fn telling_is_taken_back_before_the_mails_leave() {
    let case = Case::open().await;
    let tell = Tell {
        solve: Some(ClosingReason::SoftwareFault),
        ..case.tell()
    };
    let id = case.said(&case.actor, tell).await;
    case.run(&case.actor, id).await;
    let db = &case.desk.db;
    let back = bulk::undo(db, &case.actor, id, None).await;
    let back = back.unwrap().unwrap();
    while bulk::go_on(db, &case.actor, &back, &ByNumber)
        .await
        .unwrap()
        > 0
    {}
    let look = look::result(db, &case.actor, &back, true).await.unwrap();
    assert_eq!(look.count(Outcome::Done), 4);
    let told = case.told(&case.others[0]).await;
    assert_eq!(told[0].delivery, Delivery::Withdrawn);
    let ticket = case.desk.read(case.others[0].id).await;
    assert_eq!(ticket.state, case.others[0].state);
    // What was taken back told nobody.
    bulk::end(db, &back, None, chrono::Duration::seconds(10))
        .await
        .unwrap();
    let again = case.said(&case.actor, case.tell()).await;
    assert_eq!(case.run(&case.actor, again).await.count(Outcome::Done), 4);
}

#[tokio::test]
async fn each_is_written_to_in_the_language_they_chose() {
    let case = Case::open().await;
    let sabine = case.others[0].requester_id.unwrap();
    let sql = "INSERT INTO preference (person_id, locale, density, undo_seconds, single_keys) \
               VALUES ($1, 'en', 'comfortable', 10, $2)";
    let values = vec![sabine.into(), true.into()];
    case.desk.database().execute(sql, values).await;
    let english = Wording {
        greeting: "Dear {{name}},".to_owned(),
        body: "{{greeting}} {{number}} is repaired.".to_owned(),
    };
    let mut tell = case.tell();
    tell.wordings.insert("en".to_owned(), english);
    let id = case.said(&case.actor, tell).await;
    let bulk = bulk::find(&case.desk.db, &case.actor, id).await.unwrap();
    let languages = bulk::tell::languages(&case.desk.db, &bulk).await.unwrap();
    assert_eq!(languages.into_iter().collect::<Vec<_>>(), ["en"]);
    assert_eq!(case.preview(id).await.letters.len(), 2);
    case.run(&case.actor, id).await;
    let told = case.told(&case.others[0]).await;
    assert!(told[0].body.starts_with("Dear Sabine Kowalke,"));
    let told = case.told(&case.others[1]).await;
    assert!(told[0].body.starts_with("Guten Tag Tim Berger,"));
}

#[tokio::test]
async fn what_was_merged_is_told_where_it_went() {
    let case = Case::open().await;
    let [source, target, _] = &case.others[..] else {
        panic!("three hang on it");
    };
    let merge = Merge {
        fields: entities::field::change::Sets::default(),
        once: None,
    };
    let (one, other) = (case.permit(source).await, case.permit(target).await);
    case.desk.db.change_pair(one, other, merge).await.unwrap();
    let id = case.said(&case.actor, case.tell()).await;
    let look = case.run(&case.actor, id).await;
    assert_eq!(look.count(Outcome::Done), 3);
    assert!(case.told(source).await.is_empty());
    assert_eq!(case.told(target).await.len(), 1);
}

#[tokio::test]
async fn many_tickets_are_hung_on_a_fault_and_taken_off_it_again() {
    let case = Case::open().await;
    let desk = &case.desk;
    let mut ids = vec![case.fault.id, case.others[0].id];
    for n in 0..3 {
        let ticket = desk.ticket(&format!("Fall {n}")).in_team(case.team).await;
        ids.push(ticket.id);
    }
    let db = &desk.db;
    let staged = bulk::stage(db, &case.actor, Verb::Hang, "all", &ids).await;
    let id = staged.unwrap().unwrap();
    let act = Act::Hang {
        fault_id: case.fault.id,
    };
    bulk::choose(db, &case.actor, id, &act).await.unwrap();
    let preview = case.preview(id).await;
    assert_eq!(
        (preview.count(Outcome::Done), preview.count(Outcome::Same)),
        (3, 1)
    );
    let look = case.run(&case.actor, id).await;
    assert_eq!(look.count(Outcome::Done), 3);
    assert_eq!(refused(&look, Rejected::SameTicket), 1);
    let linked = link::of(db, &case.actor, case.fault.id).await.unwrap();
    assert_eq!(linked.len(), 6);
    let back = bulk::undo(db, &case.actor, id, None)
        .await
        .unwrap()
        .unwrap();
    while bulk::go_on(db, &case.actor, &back, &ByNumber)
        .await
        .unwrap()
        > 0
    {}
    let linked = link::of(db, &case.actor, case.fault.id).await.unwrap();
    assert_eq!(linked.len(), 3);
    desk.must_verify().await;
}
