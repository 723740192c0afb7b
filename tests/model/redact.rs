//! What is blacked out for ever: by two people, everywhere in its ticket, with a history that still proves itself.

use entities::draft::{self, Mode};
use entities::field::change::Sets;
use entities::redaction::BLACK;
use entities::ticket::message::NewFile;
use entities::ticket::redact::{self, Model, Plan, sweep};
use entities::ticket::{
    AskRedaction, Merge, RefuseRedaction, Ticket, WithdrawRedaction, WriteNote, thread,
};
use entities::{Actor, DeskError, Permit, Rejected, Rule, history};
use support::desk::{Persona, TestDesk};

/// A lead who approves and an agent who asks, of one team, with a ticket of it.
struct Case {
    desk: TestDesk,
    annika: Persona,
    jonas: Persona,
    ticket: Ticket,
}

impl Case {
    async fn open(text: &str) -> Case {
        let desk = TestDesk::new().await;
        let youth = desk.team("Jugend 1").await;
        let annika = desk.agent("Annika Brandt").in_team(youth).await;
        let jonas = desk.lead("Jonas Weber").in_team(youth).await;
        let ticket = desk
            .ticket("Akte Kowalke")
            .saying(text)
            .in_team(youth)
            .await;
        Case {
            desk,
            annika,
            jonas,
            ticket,
        }
    }

    async fn now(&self) -> Ticket {
        self.desk.read(self.ticket.id).await
    }

    async fn texts(&self) -> Vec<String> {
        let all = thread::thread(&self.desk.db, &self.now().await).await;
        all.unwrap().into_iter().map(|e| e.message.body).collect()
    }

    async fn note(&self, text: &str, files: Vec<NewFile>) {
        let permit = Permit::ask(&self.annika.actor().await, self.now().await).unwrap();
        let note = WriteNote {
            body: text.to_owned(),
            files,
            once: None,
        };
        self.desk.db.change(permit, note).await.unwrap();
    }

    /// Asks for something of the last message.
    async fn ask(&self, who: &Persona, passages: &[&str]) -> entities::Result<Model> {
        let all = thread::thread(&self.desk.db, &self.now().await).await;
        let entry = all.unwrap().pop().unwrap();
        let permit = Permit::ask(&who.actor().await, self.now().await)?;
        let command = AskRedaction {
            files: entry.files.clone(),
            message: entry.message,
            passages: passages.iter().map(|p| (*p).to_owned()).collect(),
            reason: "Gehört nicht hierher, Kowalke.".to_owned(),
            once: None,
        };
        self.desk.db.change(permit, command).await?;
        let all = thread::thread(&self.desk.db, &self.now().await).await?;
        Ok(all.last().unwrap().redactions[0].clone())
    }

    async fn approve(&self, who: &Persona, request: Model) -> entities::Result<()> {
        let ticket = self.now().await;
        let permit = Permit::ask(&who.actor().await, ticket.clone())?;
        let plan = Plan::read(&self.desk.db, &ticket, request).await?;
        redact::approve(&self.desk.db, permit, plan).await
    }
}

fn why<T: std::fmt::Debug>(result: entities::Result<T>) -> Rejected {
    match result {
        Err(DeskError::Rejected(why)) => why,
        other => panic!("not rejected: {other:?}"),
    }
}

#[tokio::test]
async fn a_passage_goes_from_every_message_the_title_and_drafts_and_the_history_still_proves_itself()
 {
    let case = Case::open("Frau Kowalke, geboren am 3.4.1981.").await;
    let db = &case.desk.db;
    case.note(
        "> Frau Kowalke, geboren\n> am 3.4.1981.\n\nBitte prüfen.",
        vec![],
    )
    .await;
    let place = draft::Place::of(
        &case.annika.actor().await,
        Some(case.ticket.id),
        Mode::Reply,
    );
    let place = place.unwrap();
    draft::save(db, place, r#"{"body":"Sehr geehrte Frau Kowalke"}"#, None)
        .await
        .unwrap();
    let before = thread::thread(db, &case.now().await).await.unwrap();
    let request = case
        .ask(&case.annika, &["Kowalke", "geboren am 3.4.1981"])
        .await
        .unwrap();
    // Nothing happens before somebody else has decided.
    assert!(case.texts().await[0].contains("Kowalke"));
    case.approve(&case.jonas, request.clone()).await.unwrap();

    let texts = case.texts().await;
    assert_eq!(texts[0], format!("Frau {BLACK}, {BLACK}."));
    assert_eq!(
        texts[1],
        format!("> Frau {BLACK}, {BLACK}.\n\nBitte prüfen.")
    );
    assert_eq!(case.now().await.title, format!("Akte {BLACK}"));
    let kept = draft::find(db, place).await.unwrap().unwrap().content;
    assert!(kept.contains(BLACK) && !kept.contains("Kowalke"), "{kept}");
    let done = redact::find(db, &case.ticket, request.id).await.unwrap();
    assert_eq!(done.passages(), Vec::<String>::new());
    assert!(!done.reason.contains("Kowalke"));
    assert_eq!(done.decided_by, Some(case.jonas.id));
    // Nobody can try out what stood there: the salt of the old digest is gone.
    let after = thread::thread(db, &case.now().await).await.unwrap();
    assert_ne!(before[0].message.salt, after[0].message.salt);
    let events = history::of(db, case.ticket.id, None, 10).await.unwrap();
    let names: Vec<&str> = events.iter().map(|event| event.name.as_str()).collect();
    assert!(names.contains(&"redacted") && names.contains(&"redaction_asked"));
    let told = events
        .iter()
        .find(|event| event.name == "redacted")
        .unwrap();
    assert!(!told.payload.contains("Kowalke"));
    case.desk.must_verify().await;
}

#[tokio::test]
async fn nobody_decides_alone_and_nobody_twice() {
    let case = Case::open("Frau Kowalke rief an.").await;
    // A lead may decide, but not on what they asked for.
    let own = case.ask(&case.jonas, &["Kowalke"]).await.unwrap();
    let alone = case.approve(&case.jonas, own.clone()).await;
    assert_eq!(why(alone), Rejected::FourEyes);
    // An agent may ask and not decide.
    let forbidden = case.approve(&case.annika, own.clone()).await;
    assert!(matches!(forbidden, Err(DeskError::Forbidden)));
    // Nobody takes back what another one asked for; whoever asked does, once.
    let withdraw = WithdrawRedaction {
        request: own.clone(),
    };
    let permit = Permit::ask(&case.annika.actor().await, case.now().await).unwrap();
    let others = case.desk.db.change(permit, withdraw.clone()).await;
    assert_eq!(why(others.map(|_| ())), Rejected::FourEyes);
    let permit = Permit::ask(&case.jonas.actor().await, case.now().await).unwrap();
    case.desk.db.change(permit, withdraw).await.unwrap();
    let refuse = RefuseRedaction { request: own };
    let permit = Permit::ask(&case.jonas.actor().await, case.now().await).unwrap();
    let late = case.desk.db.change(permit, refuse).await;
    assert_eq!(why(late.map(|_| ())), Rejected::RedactionDecided);
    assert_eq!(case.texts().await, ["Frau Kowalke rief an."]);
    case.desk.must_verify().await;
}

#[tokio::test]
async fn what_is_not_there_or_too_short_cannot_be_asked_for() {
    let case = Case::open("Frau Kowalke rief an.").await;
    for (passages, wanted) in [
        (vec!["Meier"], Rejected::NoSuchPassage),
        (vec!["an"], Rejected::NoSuchPassage),
        (vec![], Rejected::NothingToDo),
    ] {
        assert_eq!(why(case.ask(&case.annika, &passages).await), wanted);
    }
    case.desk.must_verify().await;
}

#[tokio::test]
async fn of_two_who_decide_at_once_one_does() {
    let case = Case::open("Frau Kowalke rief an.").await;
    let request = case.ask(&case.annika, &["Kowalke"]).await.unwrap();
    let (one, other) = tokio::join!(
        case.approve(&case.jonas, request.clone()),
        case.approve(&case.jonas, request)
    );
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    let refused = why(if one.is_err() { one } else { other });
    assert!(matches!(
        refused,
        Rejected::SeenBefore | Rejected::RedactionDecided
    ));
    assert_eq!(case.texts().await, [format!("Frau {BLACK} rief an.")]);
    case.desk.must_verify().await;
}

#[tokio::test]
async fn a_file_goes_with_its_content_unless_somebody_else_has_the_same() {
    let case = Case::open("Siehe Anlage.").await;
    let db = &case.desk.db;
    let stored = db.put_blob(b"Geburtsurkunde".to_vec()).await.unwrap();
    let file = || NewFile {
        name: "urkunde.txt".to_owned(),
        content_type: "text/plain".to_owned(),
        size_bytes: stored.size_bytes,
        sha256: stored.sha256.clone(),
        inline: false,
        content_id: None,
    };
    let other = case.desk.ticket("Anderes").await;
    let permit = Permit::ask(&case.jonas.actor().await, other.clone()).unwrap();
    let note = WriteNote {
        body: "Auch hier.".to_owned(),
        files: vec![file()],
        once: None,
    };
    db.change(permit, note).await.unwrap();
    case.note("Die Urkunde.", vec![file()]).await;
    case.desk.pass(chrono::Duration::minutes(1));
    let request = case.ask(&case.annika, &[]).await.unwrap();
    case.approve(&case.jonas, request).await.unwrap();
    let files = async |ticket: &Ticket| -> usize {
        let all = thread::thread(db, &case.desk.read(ticket.id).await).await;
        all.unwrap().iter().map(|entry| entry.files.len()).sum()
    };
    assert_eq!((files(&case.ticket).await, files(&other).await), (0, 1));
    assert_eq!(sweep::sweep(db).await.unwrap(), 0);
    assert!(db.blobs().get(&stored.sha256).await.is_ok());
    // Once it goes there too, nobody has it any more.
    let there = Case {
        ticket: other,
        ..case
    };
    let request = there.ask(&there.annika, &[]).await.unwrap();
    // A ticket of no team is theirs to decide, too.
    there.approve(&there.jonas, request).await.unwrap();
    assert_eq!(sweep::sweep(&there.desk.db).await.unwrap(), 1);
    assert!(there.desk.db.blobs().get(&stored.sha256).await.is_err());
    assert_eq!(sweep::sweep(&there.desk.db).await.unwrap(), 0);
    there.desk.must_verify().await;
}

#[tokio::test]
async fn a_passage_goes_from_the_titles_of_tickets_that_were_merged_here() {
    let case = Case::open("Guten Tag.").await;
    let console = Actor::System(Rule::Console);
    let merge = async |from: &Ticket, to: &Ticket| {
        let (from, to) = (case.desk.read(from.id).await, case.desk.read(to.id).await);
        let (from, to) = (Permit::ask(&console, from), Permit::ask(&console, to));
        let command = Merge {
            fields: Sets::default(),
            once: None,
        };
        let done = case
            .desk
            .db
            .change_pair(from.unwrap(), to.unwrap(), command);
        done.await.unwrap();
    };
    let first = case.desk.ticket("Frau Kowalke ruft an").await;
    let second = case.desk.ticket("Kowalke, noch einmal").await;
    merge(&first, &second).await;
    merge(&second, &case.ticket).await;
    case.desk.pass(chrono::Duration::minutes(1));
    case.note("Es geht um Frau Kowalke.", vec![]).await;
    let request = case.ask(&case.annika, &["Kowalke"]).await.unwrap();
    case.approve(&case.jonas, request).await.unwrap();
    for (ticket, title) in [
        (&first, format!("Frau {BLACK} ruft an")),
        (&second, format!("{BLACK}, noch einmal")),
        (&case.ticket, format!("Akte {BLACK}")),
    ] {
        assert_eq!(case.desk.read(ticket.id).await.title, title);
    }
    case.desk.must_verify().await;
}
