//! Tickets shared with vendors: the enquiry, the gate before it, the repair, and whose message is whose.

use chrono::NaiveDate;
use entities::permit::Action;
use entities::policy::Scope;
use entities::redaction::{Kind, Known};
use entities::ticket::message::{Address, Addresses, Model as Message};
use entities::ticket::share::justification::{self, Gate, Justified, Passed};
use entities::ticket::share::{Assessment, Repair, VendorFields, VendorShare, Way, read};
use entities::ticket::vendor_number::{self, VendorNumber};
use entities::ticket::{
    AnswerAsVendor, Audience, Channel, Delivery, Direction, FillVendorFields, Merge, MoveMessage,
    MoveRepair, MoveRepairAsVendor, Share, State, TellVendor, Then, Ticket, WaitingFor, Withdraw,
    WithdrawShare, thread,
};
use entities::{Actor, DeskError, Permission, Permit, Rejected, Rule, Uuid, history, notice};
use sea_orm::EntityTrait;
use support::desk::{Persona, TestDesk, enquiry};

const CONSOLE: Actor = Actor::System(Rule::Console);

fn console<C: Action<On = Ticket>>(ticket: &Ticket) -> Permit<C> {
    Permit::ask(&CONSOLE, ticket.clone()).unwrap()
}

fn why<T: std::fmt::Debug>(result: entities::Result<T>) -> Rejected {
    match result {
        Err(DeskError::Rejected(why)) => why,
        other => panic!("not rejected: {other:?}"),
    }
}

/// Somebody of a vendor, who may use the portal.
async fn of_vendor(desk: &TestDesk, name: &str, vendor: Uuid) -> Persona {
    let rights = [(Permission::UsePortal, Scope::OwnOrganisation)];
    desk.person_with(name, &rights).of(vendor).await
}

async fn again(desk: &TestDesk, share: &VendorShare) -> VendorShare {
    let ticket = desk.read(share.ticket_id).await;
    read::one(&desk.db, &ticket, share.id).await.unwrap()
}

async fn step(desk: &TestDesk, share: &VendorShare, to: Repair) -> entities::Result<VendorShare> {
    let ticket = desk.read(share.ticket_id).await;
    let command = MoveRepair {
        share: share.clone(),
        to,
    };
    desk.db.change(console(&ticket), command).await?;
    Ok(again(desk, share).await)
}

async fn steps(desk: &TestDesk, mut share: VendorShare, way: &[Repair]) -> VendorShare {
    for to in way {
        share = step(desk, &share, *to).await.unwrap();
    }
    share
}

fn tell(share: &VendorShare, body: &str) -> TellVendor {
    TellVendor {
        share: share.clone(),
        message_id: entities::new_id(),
        body: body.to_owned(),
        files: vec![],
        way: Way::Portal,
        gate: Gate::default(),
        then: Then::WaitForVendor,
        undo_seconds: 0,
        once: None,
    }
}

fn answer(share: &VendorShare, body: &str) -> AnswerAsVendor {
    AnswerAsVendor {
        share: share.clone(),
        message_id: entities::new_id(),
        body: body.to_owned(),
        files: vec![],
        once: None,
    }
}

async fn answered(desk: &TestDesk, share: &VendorShare, by: &Persona, body: &str) -> Uuid {
    let permit = Permit::ask(&by.actor().await, share.clone()).unwrap();
    let command = answer(share, body);
    let id = command.message_id;
    desk.db.change(permit, command).await.unwrap();
    id
}

async fn messages(desk: &TestDesk, ticket: Uuid) -> Vec<Message> {
    let ticket = desk.read(ticket).await;
    let all = thread::thread(&desk.db, &ticket).await.unwrap();
    all.into_iter().map(|entry| entry.message).collect()
}

#[tokio::test]
async fn a_shared_ticket_waits_for_its_vendor_until_they_answer() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let jonas = of_vendor(&desk, "Jonas Ehlers", nordlicht).await;
    let ticket = desk
        .ticket("Bescheid bricht ab")
        .in_team(team)
        .owned_by(&annika)
        .await;
    let permit = Permit::ask(&annika.actor().await, ticket.clone()).unwrap();
    let shared = desk.db.change(permit, enquiry(nordlicht)).await.unwrap();
    let ticket = shared.subject;
    assert_eq!(
        (ticket.state, ticket.waiting_for),
        (State::Waiting, Some(WaitingFor::Vendor))
    );
    let share = read::of(&desk.db, &ticket).await.unwrap().remove(0);
    assert_eq!((share.repair, share.version), (Repair::Reported, 1));
    answered(&desk, &share, &jonas, "Ursache gefunden.").await;
    let ticket = desk.read(ticket.id).await;
    assert_eq!((ticket.state, ticket.waiting_for), (State::Open, None));
    let share = again(&desk, &share).await;
    assert!(share.vendor_spoke_last && share.reacted_at.is_some());
    let all = messages(&desk, ticket.id).await;
    let last = all.last().unwrap();
    assert_eq!(
        (last.audience, last.direction, last.channel, last.share_id),
        (
            Audience::Vendor,
            Direction::In,
            Channel::Portal,
            Some(share.id)
        )
    );
    // Whoever works on the ticket is told.
    let told = notice::list(&desk.db, &annika.actor().await, None, 10)
        .await
        .unwrap();
    let kinds: Vec<_> = told.rows.iter().map(|row| row.kind()).collect();
    assert_eq!(kinds, [Some(notice::Kind::VendorAnswered)]);
    desk.must_verify().await;
}

#[tokio::test]
async fn a_ticket_is_shared_once_with_each_vendor_and_with_vendors_alone() {
    let desk = TestDesk::new().await;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let centre = desk.data_centre("Rechenzentrum", "rz.example").await;
    let district = desk.district("Pankow", "PA").await;
    let ticket = desk.ticket("Bescheid bricht ab").await;
    let share = desk.share(&ticket, nordlicht).await;
    let twice = desk.db.change(console(&ticket), enquiry(nordlicht)).await;
    assert_eq!(why(twice), Rejected::AlreadyShared);
    let office = desk.db.change(console(&ticket), enquiry(district)).await;
    assert_eq!(why(office), Rejected::NotAVendor);
    desk.share(&ticket, centre).await;
    let command = WithdrawShare {
        share: share.clone(),
    };
    desk.db.change(console(&ticket), command).await.unwrap();
    let withdrawn = again(&desk, &share).await;
    assert!(withdrawn.withdrawn_at.is_some());
    let told = desk
        .db
        .change(console(&ticket), tell(&withdrawn, "Nachtrag"))
        .await;
    assert_eq!(why(told), Rejected::NotShared);
    // What somebody still had before them says no more than that.
    let told = desk
        .db
        .change(console(&ticket), tell(&share, "Nachtrag"))
        .await;
    assert_eq!(why(told), Rejected::NotShared);
    let anew = Share {
        id: share.id,
        ..enquiry(nordlicht)
    };
    desk.db.change(console(&ticket), anew).await.unwrap();
    let share = again(&desk, &share).await;
    assert_eq!((share.withdrawn_at, share.repair), (None, Repair::Reported));
    assert_eq!(read::of(&desk.db, &ticket).await.unwrap().len(), 2);
    desk.must_verify().await;
}

#[tokio::test]
async fn a_vendor_acts_on_what_is_shared_with_them_and_on_nothing_else() {
    let desk = TestDesk::new().await;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let centre = desk.data_centre("Rechenzentrum", "rz.example").await;
    let jonas = of_vendor(&desk, "Jonas Ehlers", nordlicht)
        .await
        .actor()
        .await;
    let ticket = desk.ticket("Bescheid bricht ab").await;
    let ours = desk.share(&ticket, nordlicht).await;
    let theirs = desk.share(&ticket, centre).await;
    use entities::permit::Protected;
    let found = VendorShare::find(&desk.db, &jonas, &ticket.number)
        .await
        .unwrap();
    assert_eq!(found.id, ours.id);
    let refused = Permit::<AnswerAsVendor>::ask(&jonas, theirs.clone());
    assert!(matches!(refused, Err(DeskError::Forbidden)));
    // A permit for one's own is none for another's.
    let permit = Permit::<AnswerAsVendor>::ask(&jonas, ours.clone()).unwrap();
    let smuggled = desk.db.change(permit, answer(&theirs, "Hallo")).await;
    assert!(matches!(smuggled, Err(DeskError::Hidden)));
    let refused = Permit::<TellVendor>::ask(&jonas, ticket.clone());
    assert!(matches!(refused, Err(DeskError::Forbidden)));
    let admin = desk.administrator().await.actor().await;
    let refused = Permit::<AnswerAsVendor>::ask(&admin, ours.clone());
    assert!(matches!(refused, Err(DeskError::Forbidden)));
    let command = WithdrawShare {
        share: ours.clone(),
    };
    desk.db.change(console(&ticket), command).await.unwrap();
    let hidden = VendorShare::find(&desk.db, &jonas, &ticket.number).await;
    assert!(matches!(hidden, Err(DeskError::Hidden)));
    let permit = Permit::<AnswerAsVendor>::ask(&jonas, ours.clone()).unwrap();
    let late = desk.db.change(permit, answer(&ours, "Hallo")).await;
    assert_eq!(why(late), Rejected::NotShared);
}

#[tokio::test]
async fn a_repair_goes_by_turns_and_back_when_its_test_fails() {
    use Repair::*;
    let desk = TestDesk::new().await;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let jonas = of_vendor(&desk, "Jonas Ehlers", nordlicht)
        .await
        .actor()
        .await;
    let ticket = desk.ticket("Bescheid bricht ab").await;
    let mut share = desk.share(&ticket, nordlicht).await;
    for to in [Accepted, InWork, Delivered] {
        let command = MoveRepairAsVendor {
            share: share.clone(),
            to,
        };
        let permit = Permit::ask(&jonas, share.clone()).unwrap();
        desk.db.change(permit, command).await.unwrap();
        share = again(&desk, &share).await;
    }
    assert!(share.delivered_at.is_some());
    assert_eq!(desk.read(ticket.id).await.state, State::Open);
    // The steps of the unit are the unit's.
    let command = MoveRepairAsVendor {
        share: share.clone(),
        to: Installed,
    };
    let permit = Permit::ask(&jonas, share.clone()).unwrap();
    assert_eq!(
        why(desk.db.change(permit, command).await),
        Rejected::NotYourStep
    );
    let before = share.clone();
    share = steps(&desk, share, &[Installed, Tested, InWork]).await;
    assert_eq!(share.delivered_at, None);
    let ticket = desk.read(ticket.id).await;
    assert_eq!(ticket.waiting_for, Some(WaitingFor::Vendor));
    let late = step(&desk, &before, Installed).await;
    assert_eq!(why(late), Rejected::ChangedMeanwhile);
    // What the vendor tells by mail or telephone is noted on their word.
    share = steps(
        &desk,
        share,
        &[Delivered, Installed, Tested, Approved, Live],
    )
    .await;
    share = steps(&desk, share, &[Confirmed]).await;
    let beyond = step(&desk, &share, InWork).await;
    assert_eq!(why(beyond), Rejected::NotYourStep);
    let moved = history::of(&desk.db, ticket.id, None, 100).await.unwrap();
    let words = moved
        .iter()
        .filter(|entry| entry.payload.contains("\"on_word\":true"));
    assert_eq!(words.count(), 1);
    desk.must_verify().await;
}

#[tokio::test]
async fn nothing_is_sent_before_each_finding_is_decided() {
    let desk = TestDesk::new().await;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let ticket = desk.ticket("Bescheid bricht ab").await;
    let known = Known {
        names: vec!["Sabine Kowalke".to_owned()],
        ..Known::default()
    };
    let observed = |text: &str| {
        let mut command = enquiry(nordlicht);
        command.enquiry.observed = text.to_owned();
        command.gate.known = known.clone();
        command
    };
    let command = observed("Frau Kowalke druckt.");
    let refused = desk.db.change(console(&ticket), command.clone()).await;
    assert_eq!(why(refused), Rejected::NotDecided);
    let justified = |reason: &str| {
        let one = Justified::new(Kind::Name, "Kowalke".to_owned(), reason.to_owned());
        let mut command = command.clone();
        command.gate.passed = Passed {
            blacked: [(Kind::Iban, 1)].into(),
            justified: vec![one],
        };
        command
    };
    let refused = desk.db.change(console(&ticket), justified(" ")).await;
    assert_eq!(why(refused), Rejected::NotDecided);
    let command = justified("Ist die Ansprechpartnerin für den Test.");
    let message_id = command.message_id;
    desk.db.change(console(&ticket), command).await.unwrap();
    let events = history::of(&desk.db, ticket.id, None, 100).await.unwrap();
    let event = events.iter().find(|e| e.name == "gate_passed").unwrap();
    assert!(!event.payload.contains("Kowalke") && !event.payload.contains("Ansprech"));
    let backend = desk.database().connection().await;
    let rows = justification::Entity::find().all(backend).await.unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].message_id, message_id);
    assert_eq!(rows[0].reason, "Ist die Ansprechpartnerin für den Test.");
    // Names of files and later messages pass the same gate.
    let share = read::of(&desk.db, &ticket).await.unwrap().remove(0);
    let mut later = tell(&share, "Siehe Datei.");
    later.gate.known = known;
    later.files = vec![entities::ticket::message::NewFile {
        name: "bescheid_kowalke.pdf".to_owned(),
        content_type: "application/pdf".to_owned(),
        size_bytes: 1,
        sha256: "0".repeat(64),
        inline: false,
        content_id: None,
    }];
    let refused = desk.db.change(console(&ticket), later).await;
    assert_eq!(why(refused), Rejected::NotDecided);
    desk.must_verify().await;
}

#[tokio::test]
async fn the_vendors_fields_are_theirs_and_their_number_is_kept_once() {
    let desk = TestDesk::new().await;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let jonas = of_vendor(&desk, "Jonas Ehlers", nordlicht)
        .await
        .actor()
        .await;
    let ticket = desk.ticket("Bescheid bricht ab").await;
    let share = desk.share(&ticket, nordlicht).await;
    let fields = VendorFields {
        assessment: Some(Assessment::FaultConfirmed),
        fixed_in: Some(" 7.4.2 ".to_owned()),
        planned_for: NaiveDate::from_ymd_opt(2026, 11, 24),
        effort_hundredths: Some(350),
    };
    let fill = |share: &VendorShare| FillVendorFields {
        share: share.clone(),
        fields: fields.clone(),
        number: Some(VendorNumber::parse("NL-58213").ok()),
    };
    let permit = || Permit::ask(&jonas, share.clone()).unwrap();
    desk.db.change(permit(), fill(&share)).await.unwrap();
    let filled = again(&desk, &share).await;
    assert_eq!(filled.fixed_in.as_deref(), Some("7.4.2"));
    assert_eq!(filled.effort_hundredths, Some(350));
    let numbers = vendor_number::of(&desk.db, &ticket).await.unwrap();
    assert_eq!(numbers[0].number, "NL-58213");
    // Whoever saw an older state is told.
    let late = desk.db.change(permit(), fill(&share)).await;
    assert_eq!(why(late), Rejected::ChangedMeanwhile);
    let mut absurd = fill(&filled);
    absurd.fields.effort_hundredths = Some(-1);
    let refused = desk.db.change(permit(), absurd).await;
    assert_eq!(why(refused), Rejected::NotATime);
    desk.must_verify().await;
}

#[tokio::test]
async fn a_mail_to_a_vendor_can_be_taken_back_before_it_leaves() {
    let desk = TestDesk::new().await;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let ticket = desk.ticket("Bescheid bricht ab").await;
    let share = desk.share(&ticket, nordlicht).await;
    let jonas = of_vendor(&desk, "Jonas Ehlers", nordlicht).await;
    answered(&desk, &share, &jonas, "Welche Version?").await;
    let mut command = tell(&share, "Version 7.4.1");
    command.undo_seconds = 10;
    command.way = Way::Mail {
        mail_id: "m1@desk.example".to_owned(),
        in_reply_to: None,
        mail_references: vec![],
        mailbox_id: None,
        addresses: Box::new(Addresses {
            to: vec![Address {
                name: None,
                address: "support@nordlicht.example".to_owned(),
            }],
            ..Addresses::default()
        }),
        subject: "Bescheid bricht ab".to_owned(),
    };
    let id = command.message_id;
    let told = desk.db.change(console(&ticket), command).await.unwrap();
    assert_eq!(told.subject.waiting_for, Some(WaitingFor::Vendor));
    let message = thread::message(&desk.db, &ticket, id).await.unwrap();
    assert_eq!(
        (message.channel, message.delivery, message.share_id),
        (Channel::Mail, Delivery::Queued, Some(share.id))
    );
    let back = desk.db.change(console(&ticket), Withdraw { message }).await;
    assert_eq!(back.unwrap().subject.state, State::Open);
    desk.must_verify().await;
}

#[tokio::test]
async fn a_moved_message_stays_with_its_vendor_only_where_they_see_the_ticket() {
    let desk = TestDesk::new().await;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let jonas = of_vendor(&desk, "Jonas Ehlers", nordlicht).await;
    let from = desk.ticket("Bescheid bricht ab").await;
    let (shared, unshared) = (desk.ticket("Druck").await, desk.ticket("Zahllauf").await);
    let share = desk.share(&from, nordlicht).await;
    let there = desk.share(&shared, nordlicht).await;
    for (to, with) in [(&shared, Some(there.id)), (&unshared, None)] {
        let id = answered(&desk, &share, &jonas, "Antwort").await;
        let message = thread::message(&desk.db, &from, id).await.unwrap();
        let (one, other) = (desk.read(from.id).await, desk.read(to.id).await);
        desk.db
            .change_pair(console(&one), console(&other), MoveMessage { message })
            .await
            .unwrap();
        let moved = thread::message(&desk.db, &other, id).await.unwrap();
        assert_eq!(
            (moved.share_id, moved.audience),
            (with, Audience::Vendor),
            "{}",
            to.title
        );
    }
    desk.must_verify().await;
}

#[tokio::test]
async fn shares_follow_a_merger_and_no_vendor_sees_more_than_before() {
    let desk = TestDesk::new().await;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let centre = desk.data_centre("Rechenzentrum", "rz.example").await;
    let (source, target) = (
        desk.ticket("Zweiter Fall").await,
        desk.ticket("Erster Fall").await,
    );
    let both = desk.share(&source, nordlicht).await;
    let kept = desk.share(&target, nordlicht).await;
    let only = desk.share(&source, centre).await;
    let (one, other) = (desk.read(source.id).await, desk.read(target.id).await);
    let command = Merge {
        fields: entities::field::change::Sets::default(),
        once: None,
    };
    desk.db
        .change_pair(console(&one), console(&other), command)
        .await
        .unwrap();
    let shares = read::of(&desk.db, &target).await.unwrap();
    let mut ids: Vec<Uuid> = shares.iter().map(|s| s.id).collect();
    ids.sort_unstable();
    let mut expected = [kept.id, only.id];
    expected.sort_unstable();
    assert_eq!(ids, expected);
    let all = messages(&desk, target.id).await;
    let of = |share: Uuid| all.iter().filter(|m| m.share_id == Some(share)).count();
    assert_eq!((of(kept.id), of(only.id), of(both.id)), (2, 1, 0));
    desk.must_verify().await;
}
