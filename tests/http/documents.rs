//! Templates of documents in the settings: brought by one, approved by another, and refused with the reason.

use support::desk::{Client, File, Page, TestDesk, letter};

const NEW: &str = "/settings/documents/new";

fn file<'a>(name: &'a str, bytes: &'a [u8]) -> File<'a> {
    File {
        field: "file",
        name,
        content_type: "application/octet-stream",
        bytes,
    }
}

async fn bring(browser: &Client, name: &str, paragraphs: &[&str]) -> Page {
    let bytes = letter(paragraphs);
    let files = [file("Vorlage.docx", &bytes)];
    let typed = [("name", name), ("language", "de")];
    browser.upload(NEW, &typed, &files).await
}

#[tokio::test]
async fn a_template_is_brought_by_one_and_approved_by_another() {
    let desk = TestDesk::new().await;
    let lead = desk.lead("Jonas Weber").await.sign_in().await;
    let administrator = desk.administrator().await.sign_in().await;
    lead.get("/settings/documents")
        .await
        .must_say("Noch gibt es keine Dokumentvorlage.");
    let made = bring(&lead, "Bestätigung", &["{{dear}},", "{{number}}"]).await;
    assert_eq!(made.status, 303, "{}", made.describe());
    let at = made.location().unwrap();
    let at = at.split('?').next().unwrap();
    let own = lead.get(at).await;
    own.must_say("Vorlage.docx");
    own.must_say("Freigeben kann sie jemand anderes.");
    let page = administrator.get(at).await;
    page.must_say("Hochgeladen von Jonas Weber.");
    let seen = page.attribute("input[name=sha256]", "value").unwrap();
    let approve = format!("{at}/approve");
    let refused = lead.post(&approve, &[("sha256", &seen)]).await;
    assert_eq!(refused.status, 422);
    let done = administrator.post(&approve, &[("sha256", &seen)]).await;
    assert_eq!(done.status, 303, "{}", done.describe());
    let list = lead.get("/settings/documents").await;
    assert!(!list.says("wartet auf Freigabe"));
    let bytes = lead.get(&format!("{at}/file?which=used")).await;
    assert_eq!(bytes.status, 200);
    // Another file waits, and saving without one leaves what is there.
    let newer = letter(&["{{title}}"]);
    let typed = [("name", "Bestätigung"), ("language", "de")];
    let files = [file("Neu.docx", &newer)];
    let saved = lead.upload(at, &typed, &files).await;
    assert_eq!(saved.status, 303, "{}", saved.describe());
    let page = lead.get(at).await;
    page.must_say("Neu.docx");
    page.must_say("in Gebrauch");
    let saved = lead
        .submit(&page, "form.sheet", &[("language", "en")])
        .await;
    assert_eq!(saved.status, 303, "{}", saved.describe());
    lead.get(at).await.must_say("Neu.docx");
    let agent = desk.agent("Annika Brandt").await.sign_in().await;
    assert_eq!(agent.get(&format!("{at}/file")).await.status, 404);
}

#[tokio::test]
async fn what_cannot_be_a_template_is_refused_at_its_field_with_what_was_typed() {
    let desk = TestDesk::new().await;
    let lead = desk.lead("Jonas Weber").await.sign_in().await;
    for (text, words) in [
        ("{{Titel}}", "Den Platzhalter „Titel“ gibt es nicht."),
        (
            "{{field.nirgends}}",
            "Den Platzhalter „field.nirgends“ gibt es nicht.",
        ),
        ("{{if due}}", "im selben Teil des Dokuments"),
    ] {
        let refused = bring(&lead, "Bestätigung", &[text]).await;
        assert_eq!(refused.status, 422, "{text}");
        assert!(refused.has("#file-fault"), "{}", refused.describe());
        refused.must_say(words);
        assert_eq!(
            refused.attribute("#name", "value").as_deref(),
            Some("Bestätigung")
        );
    }
    let typed = [("name", "Bestätigung")];
    let files = [file("a.docx", b"%PDF-1.7")];
    let refused = lead.upload(NEW, &typed, &files).await;
    refused.must_say("Das ist keine Word-Datei (DOCX).");
    let nothing = lead.upload(NEW, &typed, &[]).await;
    assert_eq!(nothing.status, 422);
    nothing.must_say("Eine Dokumentvorlage braucht eine Datei.");
}

#[tokio::test]
async fn settings_say_why_no_pdf_is_made() {
    let desk = TestDesk::new().await;
    let lead = desk.lead("Jonas Weber").await.sign_in().await;
    let words = "In der Konfiguration nennt documents.libreoffice kein Programm dafür.";
    lead.get("/settings/documents").await.must_say(words);
    lead.get(NEW).await.must_say(words);
    let with = [("LOTSE_DOCUMENTS_LIBREOFFICE", "/usr/bin/soffice")];
    let desk = TestDesk::with(&with).await;
    let lead = desk.lead("Jonas Weber").await.sign_in().await;
    assert!(!lead.get("/settings/documents").await.says(words));
}
