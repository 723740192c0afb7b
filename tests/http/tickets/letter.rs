//! Letters from a ticket: seen before they are made, stopped where a place stays empty, attached to what is being written.

use entities::document_template::{DocumentTemplate, DocumentTemplateFacts};
use entities::draft::{self, Mode, Place};
use support::desk::{Page, written_in};
use support::process::package;

use super::case::Case;

async fn see(case: &Case, template: impl std::fmt::Display) -> Page {
    let at = case.at(&format!("letter?mode=reply&template={template}"));
    case.browser.get(&at).await
}

/// Presses a button of the page, with the form that was chosen.
async fn attach(case: &Case, page: &Page, mode: &str, form: &str) -> Page {
    let value = |name: &str| page.attribute(&format!("input[name={name}]"), "value");
    let (sha256, template) = (
        value("sha256").unwrap_or_default(),
        value("template").unwrap_or_default(),
    );
    let typed = [
        ("template", template.as_str()),
        ("sha256", &sha256),
        ("mode", mode),
        ("form", form),
    ];
    case.browser.post(&case.at("letter"), &typed).await
}

async fn files(case: &Case, mode: Mode) -> Vec<draft::file::Model> {
    let actor = case.annika.actor().await;
    let place = Place::of(&actor, Some(case.ticket.id), mode).unwrap();
    let draft = draft::find(&case.desk.db, place).await.unwrap();
    draft.map(|draft| draft.files).unwrap_or_default()
}

#[tokio::test]
async fn a_letter_shows_what_it_says_and_goes_to_the_answer_or_a_note() {
    let case = Case::open().await;
    let id = case
        .desk
        .template("Bestätigung", &["{{dear}},", "zu {{number}}: {{title}}"])
        .await;
    let empty = case.browser.get(&case.at("letter?mode=reply")).await;
    empty.must_say("Bestätigung");
    let page = see(&case, id).await;
    page.must_say("Zahllauf bricht ab");
    page.must_say("An die Antwort anhängen");
    assert!(!page.has("select[name=form]"), "nothing makes PDF here");
    let sent = attach(&case, &page, "reply", "pdf").await;
    assert_eq!(sent.status, 303, "{}", sent.describe());
    let name = format!("{} Bestätigung.docx", case.ticket.number);
    case.browser.follow(&sent).await.must_say(&name);
    let kept = files(&case, Mode::Reply).await;
    assert_eq!(kept.len(), 1);
    let bytes = case.desk.db.blobs().get(&kept[0].sha256).await.unwrap();
    let text = written_in(&bytes);
    let said = format!("zu {}: Zahllauf bricht ab", case.ticket.number);
    assert!(text.contains("Guten Tag Sabine Kowalke,") && text.contains(&said));
    let sent = attach(&case, &page, "note", "docx").await;
    assert_eq!(sent.status, 303, "{}", sent.describe());
    assert_eq!(files(&case, Mode::Note).await.len(), 1);
    let look = case.at(&format!("letter/file?template={id}"));
    assert_eq!(case.browser.get(&look).await.status, 200);
}

#[tokio::test]
async fn a_place_that_stays_empty_is_named_and_stops_the_letter() {
    let case = Case::open().await;
    let id = case
        .desk
        .template("Frist", &["bis {{due}}", "in {{service}}"])
        .await;
    let page = see(&case, id).await;
    page.must_say("2 Platzhalter bleiben leer");
    assert!(!page.says("An die Antwort anhängen"));
    let refused = attach(&case, &page, "reply", "docx").await;
    assert_eq!(refused.status, 422);
    refused.must_say("Ein Platzhalter des Schreibens bleibt leer.");
    assert!(files(&case, Mode::Reply).await.is_empty());
}

#[tokio::test]
async fn only_what_was_seen_is_made() {
    let case = Case::open().await;
    let id = case.desk.template("Bestätigung", &["{{number}}"]).await;
    let typed = [
        ("template", id.to_string()),
        ("sha256", "0".repeat(64)),
        ("mode", "reply".to_owned()),
    ];
    let typed: Vec<(&str, &str)> = typed.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let stale = case.browser.post(&case.at("letter"), &typed).await;
    assert_eq!(stale.status, 422);
    stale.must_say("Das Schreiben wurde inzwischen geändert.");
    let nothing = case
        .browser
        .post(&case.at("letter"), &[("mode", "reply")])
        .await;
    nothing.must_say("Bitte wählen Sie eine Vorlage.");
    let unknown = see(&case, entities::new_id()).await;
    unknown.must_say("Diese Vorlage gibt es nicht mehr.");
    let requester = case.desk.requester("Jan Meier").await.sign_in().await;
    assert_eq!(requester.get(&case.at("letter")).await.status, 404);
}

#[tokio::test]
async fn a_template_of_another_team_makes_no_letter_here() {
    let case = Case::open().await;
    case.desk.template("Bestätigung", &["{{number}}"]).await;
    let other = case.desk.team("Zahlstelle").await;
    let facts = case.desk.template_facts("Zahlung", &["{{number}}"]).await;
    let sha256 = facts.file.clone().unwrap().sha256;
    let facts = DocumentTemplateFacts {
        approved: facts.file.clone(),
        team_id: Some(other),
        ..facts
    };
    let id = case
        .desk
        .create::<DocumentTemplate>(facts)
        .await
        .to_string();
    let look = case.at(&format!("letter/file?template={id}"));
    assert_eq!(case.browser.get(&look).await.status, 404);
    let typed = [
        ("template", id.as_str()),
        ("sha256", sha256.as_str()),
        ("mode", "note"),
    ];
    let refused = case.browser.post(&case.at("letter"), &typed).await;
    assert_eq!(refused.status, 422);
    assert!(files(&case, Mode::Note).await.is_empty());
}

#[tokio::test]
async fn a_letter_becomes_a_pdf_where_a_program_for_it_is_named() {
    let program = package("soffice", "libreoffice-writer-nogui");
    let program = program.display().to_string();
    let case = Case::with(&[("LOTSE_DOCUMENTS_LIBREOFFICE", &program)]).await;
    let id = case.desk.template("Bestätigung", &["{{title}}"]).await;
    let page = see(&case, id).await;
    assert!(page.has("select[name=form]"));
    let sent = attach(&case, &page, "reply", "pdf").await;
    assert_eq!(sent.status, 303, "{}", sent.describe());
    let kept = files(&case, Mode::Reply).await;
    assert!(kept[0].name.ends_with("Bestätigung.pdf"));
    let bytes = case.desk.db.blobs().get(&kept[0].sha256).await.unwrap();
    assert!(bytes.starts_with(b"%PDF-"));
}

#[tokio::test]
async fn a_program_that_fails_is_told_and_nothing_is_attached() {
    let case = Case::with(&[("LOTSE_DOCUMENTS_LIBREOFFICE", "/bin/false")]).await;
    let id = case.desk.template("Bestätigung", &["{{title}}"]).await;
    let page = see(&case, id).await;
    let refused = attach(&case, &page, "reply", "pdf").await;
    assert_eq!(refused.status, 422);
    refused.must_say("Das PDF ist nicht entstanden.");
    assert!(files(&case, Mode::Reply).await.is_empty());
}
