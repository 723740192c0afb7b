//! Filters of incoming mail: what they set, what they leave alone, and what they may never leave alone.

use entities::inbound::{Fate, TryAgain};
use entities::mail_filter::{Condition, Effect, How, MailFilter, MailFilterFacts, Part};
use entities::setting::{Create, Retire, Update};
use entities::ticket::{Kind, Priority, State};
use entities::{Uuid, history, mail_filter};
use lotse::jobs;
use support::desk::{TestDesk, reply};

use super::answers::answers;
use super::office::{CONSOLE, answered, delivered, letter, message_of, newest, ticket_of, tickets};

const ANNA: &str = "Anna Brandt <anna.brandt@pankow.example>";

fn about(part: Part, how: How, value: &str) -> Condition {
    Condition::Text {
        part,
        how,
        value: value.to_owned(),
    }
}

fn subject(value: &str) -> Vec<Condition> {
    vec![about(Part::Subject, How::Contains, value)]
}

async fn filter(desk: &TestDesk, facts: MailFilterFacts) -> Uuid {
    let made = desk.console(Create::<MailFilter> { facts, once: None });
    made.await.id
}

fn ignoring(name: &str, conditions: Vec<Condition>) -> MailFilterFacts {
    MailFilterFacts {
        conditions,
        ignore: true,
        ..MailFilterFacts::new(name, 10)
    }
}

#[tokio::test]
async fn a_filter_shapes_a_new_ticket_and_is_named_with_the_mail() {
    let desk = TestDesk::new().await;
    let team = desk.team("Zahlungen").await;
    let other = desk.team("Leitung").await;
    let service = desk.service("Zahllauf", team).await;
    let first = filter(
        &desk,
        MailFilterFacts {
            conditions: subject("zahllauf"),
            service_id: Some(service),
            priority: Some(Priority::High),
            ..MailFilterFacts::new("Zahlläufe", 10)
        },
    )
    .await;
    let second = filter(
        &desk,
        MailFilterFacts {
            conditions: vec![about(Part::SenderDomain, How::Is, "pankow.example")],
            service_id: Some(desk.service("Anderes", other).await),
            kind: Some(Kind::Question),
            no_answer: true,
            ..MailFilterFacts::new("Pankow", 20)
        },
    )
    .await;
    let mail = delivered(
        &desk,
        &letter(ANNA, "Der ZAHLLAUF", "eins@pankow.example", &[]),
    )
    .await;
    let ticket = ticket_of(&desk, &mail).await;
    assert_eq!(ticket.service_id, Some(service));
    assert_eq!(ticket.team_id, Some(team), "the service's own");
    assert_eq!(ticket.priority, Priority::High);
    assert_eq!(ticket.kind, Kind::Question);
    let touches = message_of(&desk, &mail).await.touched_by();
    assert_eq!(touches[0].id, first);
    assert_eq!(touches[0].did, [Effect::Service, Effect::Priority]);
    assert_eq!(
        (touches[1].id, touches[1].name.as_str()),
        (second, "Pankow")
    );
    assert_eq!(touches[1].did, [Effect::Kind, Effect::NoAnswer]);

    jobs::run_due(&desk).await.unwrap();
    assert_eq!(answers(&desk).await, ["receipt: filter"]);
    let events = history::of(&desk.db, ticket.id, None, 50).await.unwrap();
    let received = events
        .iter()
        .find(|event| event.name == "received")
        .unwrap();
    assert!(received.payload.contains("Pankow"), "{}", received.payload);

    let agent = desk.agent("Annika Brandt").await.sign_in().await;
    let page = agent.get(&format!("/tickets/{}", ticket.number)).await;
    page.must_say("Filter „Zahlläufe“: Fachverfahren, Priorität");
    let page = agent
        .get(&format!("/tickets/{}/history", ticket.number))
        .await;
    page.must_say("Filter „Pankow“");
}

#[tokio::test]
async fn a_filter_changes_nothing_about_a_ticket_that_is_there() {
    let desk = TestDesk::new().await;
    let mail = delivered(&desk, &letter(ANNA, "Zahllauf", "eins@pankow.example", &[])).await;
    let ticket = ticket_of(&desk, &mail).await;
    let facts = MailFilterFacts {
        conditions: subject("zahllauf"),
        priority: Some(Priority::High),
        ..MailFilterFacts::new("Zahlläufe", 10)
    };
    filter(&desk, facts).await;
    let more = ["In-Reply-To: <eins@pankow.example>"];
    let mail = delivered(
        &desk,
        &letter(ANNA, "Zahllauf", "zwei@pankow.example", &more),
    )
    .await;
    assert_eq!(ticket_of(&desk, &mail).await.id, ticket.id);
    assert_eq!(desk.read(ticket.id).await.priority, Priority::Normal);
    assert!(message_of(&desk, &mail).await.touched_by().is_empty());
}

#[tokio::test]
async fn an_ignored_mail_is_kept_named_and_can_be_taken_in_after_all() {
    let desk = TestDesk::new().await;
    let id = filter(&desk, ignoring("Rundschreiben", subject("newsletter"))).await;
    let raw = letter(
        "post@verlag.example",
        "Newsletter 47",
        "n47@verlag.example",
        &[],
    );
    let mail = delivered(&desk, &raw).await;
    assert_eq!(mail.fate, Fate::Ignored);
    assert_eq!(mail.reason.as_deref(), Some("Rundschreiben"));
    assert_eq!(mail.filter_id, Some(id));
    assert_eq!(tickets(&desk).await, 0);
    let people = desk
        .database()
        .number("SELECT count(*) FROM person", vec![]);
    assert_eq!(people.await, 0, "nobody is known by a mail left alone");
    let kept = desk.db.blobs().get(&mail.sha256).await.unwrap();
    assert_eq!(kept, raw.as_bytes());
    let listed = mail_filter::ignored(&desk.db, &CONSOLE, id, 10)
        .await
        .unwrap();
    assert_eq!(listed.len(), 1);

    desk.console(Retire::<MailFilter>::of(id)).await;
    desk.console(TryAgain { id: mail.id }).await;
    jobs::run_due(&desk).await.unwrap();
    let mail = newest(&desk).await;
    assert_eq!((mail.fate, mail.filter_id), (Fate::Ticket, None));
}

#[tokio::test]
async fn answers_to_us_and_reports_about_our_mails_are_never_left_alone() {
    let desk = TestDesk::new().await;
    let mail = delivered(&desk, &letter(ANNA, "Zahllauf", "eins@pankow.example", &[])).await;
    let ticket = ticket_of(&desk, &mail).await;
    let ours = answered(&desk, &ticket, reply("anna.brandt@pankow.example", "Gern.")).await;
    filter(&desk, ignoring("Alles", vec![Condition::AtLeast { kb: 0 }])).await;

    let more = [format!("In-Reply-To: <{ours}>")];
    let more: Vec<&str> = more.iter().map(String::as_str).collect();
    let mail = delivered(&desk, &letter(ANNA, "Danke", "zwei@pankow.example", &more)).await;
    assert_eq!(mail.fate, Fate::Message, "an answer to us");

    let report = format!(
        "From: MAILER-DAEMON@mx.example\r\nTo: desk@desk.example\r\nSubject: Undelivered\r\n\
         Message-ID: <bounce@mx.example>\r\nReturn-Path: <>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nfailed\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n\
         Final-Recipient: rfc822; anna.brandt@pankow.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n\
         --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{ours}>\r\nSubject: x\r\n\r\n--b--\r\n"
    );
    let mail = delivered(&desk, &report).await;
    assert_eq!(mail.fate, Fate::Message, "a report about a mail of ours");

    let mail = delivered(&desk, &letter(ANNA, "Neues", "drei@pankow.example", &[])).await;
    assert_eq!(mail.fate, Fate::Ignored, "anything else");
    assert_ne!(desk.read(ticket.id).await.state, State::Merged);
}

#[tokio::test]
async fn a_filter_applies_to_its_mailbox_alone_and_sets_nothing_retired() {
    let desk = TestDesk::new().await;
    let other = desk.mailbox("anderes", None).await;
    let team = desk.team("Zahlungen").await;
    let facts = MailFilterFacts {
        mailbox_id: Some(other),
        ..ignoring("Nur dort", subject("zahllauf"))
    };
    filter(&desk, facts).await;
    let facts = MailFilterFacts {
        conditions: subject("zahllauf"),
        team_id: Some(team),
        ..MailFilterFacts::new("Team", 20)
    };
    filter(&desk, facts).await;
    desk.console(Retire::<entities::team::Team>::of(team)).await;
    let mail = delivered(&desk, &letter(ANNA, "Zahllauf", "eins@pankow.example", &[])).await;
    assert_eq!(ticket_of(&desk, &mail).await.team_id, None);
    desk.deliver_to(
        "anderes",
        &letter(ANNA, "Zahllauf", "zwei@pankow.example", &[]),
    )
    .await;
    assert_eq!(newest(&desk).await.fate, Fate::Ignored);
}

#[tokio::test]
async fn every_change_of_a_filter_is_in_the_history_without_what_may_be_personal() {
    let desk = TestDesk::new().await;
    let facts = ignoring(
        "Absender",
        vec![about(Part::Sender, How::Is, "anna.brandt@pankow.example")],
    );
    let id = filter(&desk, facts.clone()).await;
    let facts = MailFilterFacts {
        conditions: vec![about(Part::Sender, How::Is, "jan.mueller@pankow.example")],
        ..facts
    };
    desk.console(Update::<MailFilter> { id, facts }).await;
    let events = history::of(&desk.db, id, None, 10).await.unwrap();
    let mut names: Vec<&str> = events.iter().map(|event| event.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["created", "updated"]);
    for event in &events {
        assert!(event.payload.contains("conditions"), "{}", event.payload);
        assert!(!event.payload.contains("pankow"), "{}", event.payload);
    }
}
