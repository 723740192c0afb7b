//! What articles are good for: which may go into an answer, how often they did, whether they helped, and what is missing.

use entities::article::answers::{self, Recipient, offered_query, uses, uses_statement};
use entities::article::feedback::{self, Answers, poor, poor_query};
use entities::article::{self, Audience, Content, GiveFeedback};
use entities::ticket::close::Ending;
use entities::ticket::deliver::{Outcome, RecordDelivery};
use entities::ticket::gap::{Least, cases, cases_query, gaps, gaps_query, waiting, waiting_query};
use entities::ticket::{
    Close, ClosingReason, DrawArticle, SetReusable, Ticket, UseArticle, Withdraw, message, thread,
};
use entities::{Actor, DeskError, Permit, Rejected, Rule, Uuid};
use support::desk::{Persona, TestDesk, content, reply};

use crate::articles::{case, refused};
use crate::plan::{Plan, backend};

/// Ten cases in a year.
const LEAST: Least = Least {
    cases: 10,
    days: 365,
};

const CONSOLE: Actor = Actor::System(Rule::Console);

async fn published(desk: &TestDesk, by: [&Persona; 2], content: Content) -> Uuid {
    let [author, reviewer] = by;
    let filing = desk.filing(author).await;
    let begun = desk.begin_article(author, content, filing).await.unwrap();
    desk.send_to_review(author, begun.row.id).await.unwrap();
    desk.publish(reviewer, begun.row.id).await.unwrap();
    begun.row.id
}

#[tokio::test]
async fn only_what_its_recipient_may_read_goes_into_an_answer() {
    let case = case().await;
    let desk = &case.desk;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let sued = desk.maker("Südwind", "suedwind.example").await;
    for audience in Audience::ALL {
        let content = Content {
            audience,
            vendor_ids: vec![nordlicht],
            ..content(&format!("Zahllauf {audience:?}"))
        };
        published(desk, [&case.mira, &case.marek], content).await;
    }
    desk.article(&case.mira, "Zahllauf Entwurf").await;
    let annika = case.annika.actor().await;
    for (to, titles) in [
        (
            Recipient::Desk,
            vec!["Internal", "Public", "Requesters", "Vendors"],
        ),
        (Recipient::Requester, vec!["Public", "Requesters"]),
        (Recipient::Vendor(nordlicht), vec!["Public", "Vendors"]),
        (Recipient::Vendor(sued), vec!["Public"]),
    ] {
        let found = answers::offered(&desk.db, &annika, to, "zahllauf", &[], 10);
        let found: Vec<String> = found.await.unwrap().into_iter().map(|o| o.title).collect();
        let titles: Vec<String> = titles.iter().map(|t| format!("Zahllauf {t}")).collect();
        assert_eq!(found, titles, "{to:?}");
        let query = offered_query(&annika, to, "zahllauf", &[], 10);
        let plan = Plan::of(desk, backend(desk).build(&query)).await;
        assert!(!plan.sorts(), "{plan:#?}");
    }
}

async fn message(desk: &TestDesk, ticket: &Ticket, id: Uuid) -> message::Model {
    thread::message(&desk.db, ticket, id).await.unwrap()
}

async fn answered(desk: &TestDesk, who: &Actor, ticket: &Ticket, article: Uuid) -> Uuid {
    let answer = reply("s.kowalke@pankow.example", "Siehe den Artikel.");
    let message_id = answer.message_id;
    let permit = Permit::ask(who, desk.read(ticket.id).await).unwrap();
    desk.db.change(permit, answer).await.unwrap();
    let command = UseArticle {
        message_id,
        article_id: article,
        version: 1,
    };
    let permit = Permit::ask(who, desk.read(ticket.id).await).unwrap();
    desk.db.change(permit, command).await.unwrap();
    message_id
}

#[tokio::test]
async fn a_use_counts_once_the_answer_has_left() {
    let case = case().await;
    let desk = &case.desk;
    let id = published(desk, [&case.mira, &case.marek], content("Zahllauf")).await;
    let article = desk.read_article(id).await;
    let annika = case.annika.actor().await;
    let count = async || {
        let all = uses(&desk.db, &article).await.unwrap();
        all.into_iter()
            .map(|u| (u.version, u.uses))
            .collect::<Vec<_>>()
    };
    let ticket = desk.ticket("Zahllauf bricht ab").await;
    let sent = answered(desk, &annika, &ticket, id).await;
    assert!(count().await.is_empty());
    let deliver = RecordDelivery {
        message: message(desk, &ticket, sent).await,
        outcome: Outcome::Sent,
    };
    let permit = Permit::ask(&CONSOLE, desk.read(ticket.id).await).unwrap();
    desk.db.change(permit, deliver).await.unwrap();
    assert_eq!(count().await, [(1, 1)]);
    // What is taken back never counts.
    let back = answered(desk, &annika, &ticket, id).await;
    let withdraw = Withdraw {
        message: message(desk, &ticket, back).await,
    };
    let permit = Permit::ask(&annika, desk.read(ticket.id).await).unwrap();
    desk.db.change(permit, withdraw).await.unwrap();
    assert_eq!(count().await, [(1, 1)]);
    let plan = Plan::of(desk, uses_statement(backend(desk), id)).await;
    assert!(!plan.reads_whole("message"), "{plan:#?}");
    desk.must_verify().await;
}

async fn say(desk: &TestDesk, who: &Persona, id: Uuid, helped: bool) -> entities::Result<()> {
    let actor = who.actor().await;
    let article = article::find(&desk.db, &actor, id).await?;
    let command = GiveFeedback {
        version: article.shown(),
        helped,
        word: if helped { "" } else { "Schritt 2 fehlt." }.to_owned(),
    };
    let permit = Permit::ask(&actor, article)?;
    desk.db.change(permit, command).await.map(|_| ())
}

#[tokio::test]
async fn each_reader_answers_once_about_a_version_and_authors_see_what_helps_little() {
    let case = case().await;
    let desk = &case.desk;
    let id = published(desk, [&case.mira, &case.marek], content("Zahllauf")).await;
    let before = desk.read_article(id).await;
    say(desk, &case.annika, id, true).await.unwrap();
    // A second answer takes the place of the first.
    say(desk, &case.annika, id, false).await.unwrap();
    let answers = feedback::answers(&desk.db, &before, 1).await.unwrap();
    assert_eq!(answers, Answers { yes: 0, no: 1 });
    let annika = case.annika.actor().await;
    let mine = feedback::mine(&desk.db, &annika, &before).await;
    assert!(!mine.unwrap().unwrap().helped);
    let mira = case.mira.actor().await;
    assert!(poor(&desk.db, &mira, 10).await.unwrap().is_empty());
    for name in ["Jonas Weber", "Derya Aksoy"] {
        let agent = desk.agent(name).await;
        say(desk, &agent, id, name.starts_with('J')).await.unwrap();
    }
    let listed = poor(&desk.db, &mira, 10).await.unwrap();
    let listed: Vec<_> = listed.iter().map(|p| (p.id, p.yes, p.no)).collect();
    assert_eq!(listed, [(id, 1, 2)]);
    let forbidden = poor(&desk.db, &annika, 10).await;
    assert!(matches!(forbidden, Err(DeskError::Forbidden)));
    let said = feedback::words(&desk.db, &before, 10).await.unwrap();
    assert_eq!(said.len(), 2);
    // It changes nothing about the article, and a new version begins anew.
    let article = desk.read_article(id).await;
    assert_eq!(article.row.changed_at, before.row.changed_at);
    let newer = content("Zahllauf wiederholen");
    desk.write(&case.mira, id, newer).await.unwrap();
    desk.send_to_review(&case.mira, id).await.unwrap();
    desk.publish(&case.marek, id).await.unwrap();
    assert!(poor(&desk.db, &mira, 10).await.unwrap().is_empty());
    let old = GiveFeedback {
        version: 1,
        helped: true,
        word: String::new(),
    };
    let found = article::find(&desk.db, &annika, id).await.unwrap();
    let permit = Permit::ask(&annika, found).unwrap();
    refused(
        desk.db.change(permit, old).await,
        Rejected::ChangedMeanwhile,
    );
    let statement = backend(desk).build(&poor_query(&mira, 10));
    let plan = Plan::of(desk, statement).await;
    assert!(!plan.reads_whole("message"), "{plan:#?}");
    desk.must_verify().await;
}

async fn solved(desk: &TestDesk, service: Uuid, number: i64) -> Ticket {
    let title = format!("Bescheid {number}");
    let ticket = desk.ticket(&title).about(service).await;
    let close = Close {
        to: Ending::Solved,
        reason: Some(ClosingReason::UserError),
    };
    let permit = Permit::ask(&CONSOLE, ticket).unwrap();
    desk.db.change(permit, close).await.unwrap().subject
}

#[tokio::test]
async fn ten_solved_cases_of_one_service_and_cause_without_an_article_are_a_gap() {
    let case = case().await;
    let desk = &case.desk;
    let team = desk.team("Jugend 1").await;
    let service = desk.service("KITA-Netz", team).await;
    let admin = desk.administrator().await.actor().await;
    let mut last = None;
    for number in 1..LEAST.cases {
        last = Some(solved(desk, service, number).await);
    }
    assert!(
        gaps(&desk.db, &admin, LEAST, None, 20)
            .await
            .unwrap()
            .rows
            .is_empty()
    );
    solved(desk, service, LEAST.cases).await;
    let found = gaps(&desk.db, &admin, LEAST, None, 20).await.unwrap().rows;
    let [gap] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!((gap.service_id, gap.cases), (service, LEAST.cases));
    let newest = cases(&desk.db, &admin, LEAST, gap, 3).await.unwrap();
    assert_eq!(newest.len(), 3);
    assert_eq!(newest[0].title, format!("Bescheid {}", LEAST.cases));
    let annika = case.annika.actor().await;
    let forbidden = gaps(&desk.db, &annika, LEAST, None, 20).await;
    assert!(matches!(forbidden, Err(DeskError::Forbidden)));

    let now = desk.db.clock().now();
    for (query, index) in [
        (
            gaps_query(&admin, LEAST, now, None, 20),
            "ticket_solved_cause",
        ),
        (
            cases_query(&admin, LEAST, gap, now, 10),
            "ticket_solved_cause",
        ),
        (waiting_query(&admin, 10), "reusable_case_since"),
    ] {
        let plan = Plan::of(desk, backend(desk).build(&query)).await;
        assert!(plan.uses(index) && !plan.reads_whole("ticket"), "{plan:#?}");
    }

    // There are more of them than one page holds.
    let other = desk.service("Zahllauf", team).await;
    solved(desk, other, 1).await;
    let few = Least { cases: 1, ..LEAST };
    let first = gaps(&desk.db, &admin, few, None, 1).await.unwrap();
    let second = gaps(&desk.db, &admin, few, first.next.as_ref(), 1)
        .await
        .unwrap();
    let services = [&first, &second].map(|page| page.rows[0].service_id);
    assert_eq!(services, [service, other]);
    assert!(second.next.is_none());

    // A case that was called reusable waits for an article, and an article closes the gap.
    let ticket = last.unwrap();
    let permit = Permit::ask(&CONSOLE, ticket.clone()).unwrap();
    let reusable = SetReusable { to: true };
    desk.db.change(permit, reusable).await.unwrap();
    let noted = waiting(&desk.db, &admin, 10).await.unwrap();
    assert_eq!(noted.len(), 1);
    let article_id = desk.article(&case.mira, "Bescheid drucken").await.row.id;
    let permit = Permit::ask(&CONSOLE, ticket).unwrap();
    desk.db
        .change(permit, DrawArticle { article_id })
        .await
        .unwrap();
    assert!(
        gaps(&desk.db, &admin, LEAST, None, 20)
            .await
            .unwrap()
            .rows
            .is_empty()
    );
    assert!(waiting(&desk.db, &admin, 10).await.unwrap().is_empty());
}
