//! Templates of documents: who approves them, for which tickets they are, and whose letters are refused.

use entities::document_template::{
    self, Approve, DocumentTemplate, DocumentTemplateFacts, list, usable,
};
use entities::permit::Desk;
use entities::setting::{Show, Update};
use entities::{Actor, DeskError, Permit, Rejected};
use support::desk::TestDesk;

async fn create(
    desk: &TestDesk,
    actor: &Actor,
    facts: DocumentTemplateFacts,
) -> Result<DocumentTemplate, DeskError> {
    let permit = Permit::ask(actor, Desk)?;
    let create: document_template::Create = entities::setting::Create { facts, once: None };
    Ok(desk.db.change(permit, create).await?.subject)
}

async fn approve(
    desk: &TestDesk,
    actor: &Actor,
    seen: &DocumentTemplate,
) -> Result<DocumentTemplate, DeskError> {
    let permit = Permit::ask(actor, Desk)?;
    let approve = Approve {
        id: seen.id,
        sha256: seen.file().unwrap().sha256,
    };
    Ok(desk.db.change(permit, approve).await?.subject)
}

fn why<T: std::fmt::Debug>(result: Result<T, DeskError>) -> Rejected {
    match result {
        Err(DeskError::Rejected(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_file_is_used_once_somebody_else_has_approved_it() {
    let desk = TestDesk::new().await;
    let lead = desk.lead("Jonas Weber").await.actor().await;
    let other = desk.lead("Petra Adler").await.actor().await;
    let ticket = desk.ticket("Zahllauf bricht ab").await;
    let facts = desk.template_facts("Bestätigung", &["{{number}}"]).await;
    let mine = DocumentTemplateFacts {
        author_id: lead.person_id(),
        ..facts.clone()
    };
    let sly = DocumentTemplateFacts {
        approved: mine.file.clone(),
        approved_by: other.person_id(),
        ..mine.clone()
    };
    assert_eq!(why(create(&desk, &lead, sly).await), Rejected::OwnWork);
    let template = create(&desk, &lead, mine.clone()).await.unwrap();
    assert!(usable(&desk.db, &ticket).await.unwrap().is_empty());
    assert_eq!(
        why(approve(&desk, &lead, &template).await),
        Rejected::OwnWork
    );
    let used = approve(&desk, &other, &template).await.unwrap();
    assert_eq!(used.approved_by, other.person_id());
    assert_eq!(
        usable(&desk.db, &ticket).await.unwrap(),
        std::slice::from_ref(&used)
    );
    // A newer file waits, and the older one is used meanwhile.
    let newer = desk.template_facts("Bestätigung", &["{{title}}"]).await;
    let newer = DocumentTemplateFacts {
        author_id: other.person_id(),
        ..newer
    };
    let permit = Permit::ask(&other, Desk).unwrap();
    let update = Update::<DocumentTemplate> {
        id: used.id,
        facts: newer.after(&used),
    };
    let changed = desk.db.change(permit, update).await.unwrap().subject;
    assert!(changed.is_waiting());
    assert_eq!(changed.approved(), used.approved());
    assert_eq!(
        why(approve(&desk, &lead, &used).await),
        Rejected::ChangedMeanwhile
    );
    desk.must_verify().await;
}

#[tokio::test]
async fn a_template_needs_its_file_and_a_name_of_its_own() {
    let desk = TestDesk::new().await;
    let lead = desk.lead("Jonas Weber").await.actor().await;
    let facts = desk.template_facts("Bestätigung", &["x"]).await;
    let facts = DocumentTemplateFacts {
        author_id: lead.person_id(),
        ..facts
    };
    let empty = DocumentTemplateFacts {
        file: None,
        ..facts.clone()
    };
    assert_eq!(why(create(&desk, &lead, empty).await), Rejected::NoFile);
    create(&desk, &lead, facts.clone()).await.unwrap();
    assert_eq!(why(create(&desk, &lead, facts).await), Rejected::NameTaken);
    let agent = desk.agent("Annika Brandt").await.actor().await;
    assert!(list(&desk.db, &agent, Show::Active).await.is_err());
}

#[tokio::test]
async fn a_template_is_for_its_team_and_what_lies_below_its_services() {
    let desk = TestDesk::new().await;
    let (youth, payments) = (desk.team("Jugend 1").await, desk.team("Zahlstelle").await);
    let service = desk.service("KITA-Netz", youth).await;
    let module = desk.module("Abrechnung", service).await;
    let name = |facts: DocumentTemplateFacts| {
        let approved = facts.file.clone();
        DocumentTemplateFacts { approved, ..facts }
    };
    let of_service = DocumentTemplateFacts {
        service_ids: vec![service],
        ..name(desk.template_facts("Verfahren", &["x"]).await)
    };
    let of_team = DocumentTemplateFacts {
        team_id: Some(payments),
        ..name(desk.template_facts("Zahlstelle", &["x"]).await)
    };
    desk.create::<DocumentTemplate>(of_service).await;
    desk.create::<DocumentTemplate>(of_team).await;
    desk.template("Alle", &["x"]).await;
    let names = async |ticket: &entities::ticket::Ticket| {
        let all = usable(&desk.db, ticket).await.unwrap();
        all.into_iter().map(|one| one.name).collect::<Vec<_>>()
    };
    let below = desk.ticket("a").in_team(youth).about(module).await;
    assert_eq!(names(&below).await, ["Alle", "Verfahren"]);
    let elsewhere = desk.ticket("b").in_team(payments).await;
    assert_eq!(names(&elsewhere).await, ["Alle", "Zahlstelle"]);
}
