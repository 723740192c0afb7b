//! Who decides what is blacked out is told when somebody asks for it.

use entities::notice::choice::{Channel, Choice};
use entities::notice::{self, Kind, Reason, Topic, choice};
use entities::policy::Scope;
use entities::ticket::{AskRedaction, Ticket, thread};
use entities::{Permission, Permit};
use support::desk::{Persona, TestDesk};

async fn asks(desk: &TestDesk, who: &Persona, ticket: &Ticket) {
    let all = thread::thread(&desk.db, ticket).await.unwrap();
    let permit = Permit::ask(&who.actor().await, ticket.clone()).unwrap();
    let command = AskRedaction {
        message: all[0].message.clone(),
        files: vec![],
        passages: vec!["Kowalke".to_owned()],
        reason: "Gehört nicht hierher.".to_owned(),
        once: None,
    };
    desk.db.change(permit, command).await.unwrap();
}

async fn told(desk: &TestDesk, who: &Persona) -> Vec<(Kind, Reason)> {
    let page = notice::list(&desk.db, &who.actor().await, None, 50).await;
    let rows = page.unwrap().rows.into_iter();
    rows.map(|row| (row.kind().unwrap(), row.reason().unwrap()))
        .collect()
}

const ASKED: [(Kind, Reason); 1] = [(Kind::RedactionAsked, Reason::Approver)];

#[tokio::test]
async fn all_who_decide_it_there_are_told_but_not_whoever_asks_and_nobody_else() {
    let desk = TestDesk::new().await;
    let (own, other) = (desk.team("Jugend 1").await, desk.team("Kita").await);
    let annika = desk.agent("Annika Brandt").in_team(own).await;
    let derya = desk.agent("Derya Aksoy").in_team(own).await;
    let jonas = desk.lead("Jonas Weber").in_team(own).await;
    let mira = desk.lead("Mira Kessler").in_team(own).await;
    let marek = desk.lead("Marek Lindner").in_team(other).await;
    // May decide, but not read.
    let blind = [(Permission::RedactMessages, Scope::Everything)];
    let petra = desk.person_with("Petra Sommer", &blind).await;
    let ticket = desk
        .ticket("Akte")
        .saying("Frau Kowalke wohnt dort.")
        .in_team(own)
        .owned_by(&derya)
        .await;
    asks(&desk, &annika, &ticket).await;
    assert_eq!(told(&desk, &jonas).await, ASKED);
    assert_eq!(told(&desk, &mira).await, ASKED);
    for nobody in [&annika, &derya, &marek, &petra] {
        assert_eq!(told(&desk, nobody).await, [], "{}", nobody.name);
    }
    asks(&desk, &jonas, &desk.read(ticket.id).await).await;
    assert_eq!(told(&desk, &jonas).await, ASKED, "not of their own request");
    assert_eq!(told(&desk, &mira).await.len(), 2);
}

#[tokio::test]
async fn who_decides_hears_of_it_by_mail_unless_they_chose_not_to() {
    assert_eq!(Choice::default().channel(Topic::Redaction), Channel::AtOnce);
    let desk = TestDesk::new().await;
    let own = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(own).await;
    let jonas = desk.lead("Jonas Weber").in_team(own).await;
    let mut quiet = Choice::default();
    quiet.choose(Topic::Redaction, Channel::Off);
    choice::keep(&desk.db, jonas.id, &quiet).await.unwrap();
    let ticket = desk
        .ticket("Akte")
        .saying("Frau Kowalke wohnt dort.")
        .in_team(own)
        .await;
    asks(&desk, &annika, &ticket).await;
    assert_eq!(told(&desk, &jonas).await, []);
}
