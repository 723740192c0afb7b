//! Finding tickets by what is written in their files.

use entities::ticket::message::NewFile;
use entities::ticket::{Share, Ticket, WriteNote};
use entities::{Actor, Permit, Rule, blob};
use lotse::jobs::indexing;
use support::desk::{Client, Persona, TestDesk, enquiry};

/// A page that says one line, without compression.
fn pdf(line: &str) -> Vec<u8> {
    let drawn = format!("BT /F1 12 Tf 72 720 Td ({line}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{drawn}\nendstream", drawn.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_owned(),
    ];
    let mut out = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", number + 1));
    }
    let table = out.len();
    out.push_str(&format!(
        "xref\n0 {}\n0000000000 65535 f \n",
        places.len() + 1
    ));
    for place in &places {
        out.push_str(&format!("{place:010} 00000 n \n"));
    }
    out.push_str(&format!(
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n",
        places.len() + 1
    ));
    out.into_bytes()
}

fn letter(line: &str) -> Vec<u8> {
    use std::io::Write as _;
    let mut out = std::io::Cursor::new(Vec::new());
    let mut zip = zip::ZipWriter::new(&mut out);
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("word/document.xml", options).unwrap();
    write!(zip, "<w:document><w:p><w:t>{line}</w:t></w:p></w:document>").unwrap();
    zip.finish().unwrap();
    out.into_inner()
}

async fn stored(desk: &TestDesk, name: &str, bytes: Vec<u8>) -> NewFile {
    let blob::Stored { sha256, size_bytes } = desk.db.put_blob(bytes).await.unwrap();
    NewFile {
        name: name.to_owned(),
        content_type: "application/octet-stream".to_owned(),
        size_bytes,
        sha256,
        inline: false,
        content_id: None,
    }
}

/// Writes a note with a file.
async fn file(desk: &TestDesk, agent: &Persona, ticket: Ticket, name: &str, bytes: Vec<u8>) {
    let note = WriteNote {
        body: "Siehe Anlage.".to_owned(),
        files: vec![stored(desk, name, bytes).await],
        once: None,
    };
    let permit = Permit::ask(&agent.actor().await, ticket).unwrap();
    desk.db.change(permit, note).await.unwrap();
}

async fn found(browser: &Client, word: &str) -> Vec<String> {
    let page = browser.get(&format!("/search?q={word}")).await;
    page.texts("#hits .hit h2")
}

#[tokio::test]
async fn a_ticket_is_found_by_what_its_files_say() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let browser = annika.sign_in().await;
    let files = [
        (
            "Bescheid.pdf",
            pdf("Rueckforderungsbescheid"),
            "rueckforderungsbescheid",
        ),
        (
            "Brief.docx",
            letter("Widerspruchsfrist"),
            "widerspruchsfrist",
        ),
        (
            "Seite.html",
            b"<p>Nachz\xfcgler</p>".to_vec(),
            "nachz%C3%BCgler",
        ),
        (
            "Liste.csv",
            "Name;Betrag\nHortplatz;12".as_bytes().to_vec(),
            "hortplatz",
        ),
    ];
    for (number, (name, bytes, _)) in files.iter().enumerate() {
        let ticket = desk.ticket(&format!("Fall {number}")).await;
        file(&desk, &annika, ticket, name, bytes.clone()).await;
    }
    indexing::run_due(&desk).await.unwrap();
    for (number, (name, _, word)) in files.iter().enumerate() {
        let titles = found(&browser, word).await;
        assert_eq!(titles, [format!("Fall {number}")], "{name}");
    }
    let page = browser.get("/search?q=widerspruchsfrist").await;
    assert!(
        page.texts("#hits mark")
            .contains(&"Widerspruchsfrist".to_owned())
    );
}

#[tokio::test]
async fn a_file_that_cannot_be_read_leaves_the_rest_to_be_found() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let browser = annika.sign_in().await;
    let ticket = desk.ticket("Kaputte Anlage").await;
    file(
        &desk,
        &annika,
        ticket.clone(),
        "Schaden.pdf",
        b"%PDF-1.7 and no more".to_vec(),
    )
    .await;
    let ticket = desk.read(ticket.id).await;
    file(
        &desk,
        &annika,
        ticket,
        "Hinweis.txt",
        b"Ersatzbescheid".to_vec(),
    )
    .await;
    indexing::run_due(&desk).await.unwrap();
    assert_eq!(found(&browser, "ersatzbescheid").await, ["Kaputte Anlage"]);
    assert_eq!(found(&browser, "schaden.pdf").await, ["Kaputte Anlage"]);
}

#[tokio::test]
async fn the_same_file_is_read_once_and_found_at_each_ticket() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let browser = annika.sign_in().await;
    for title in ["Erster", "Zweiter"] {
        let ticket = desk.ticket(title).await;
        file(
            &desk,
            &annika,
            ticket,
            "Merkblatt.txt",
            b"Geschwisterbonus".to_vec(),
        )
        .await;
    }
    indexing::run_due(&desk).await.unwrap();
    // It is known by now.
    let ticket = desk.ticket("Dritter").await;
    file(
        &desk,
        &annika,
        ticket,
        "Kopie.txt",
        b"Geschwisterbonus".to_vec(),
    )
    .await;
    indexing::run_due(&desk).await.unwrap();
    let mut titles = found(&browser, "geschwisterbonus").await;
    titles.sort();
    assert_eq!(titles, ["Dritter", "Erster", "Zweiter"]);
}

#[tokio::test]
async fn a_vendor_finds_what_is_in_the_files_that_were_shared_and_in_no_other() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let jonas = desk.vendor_user("Jonas Ehlers").of(nordlicht).await;
    let ticket = desk.ticket("Bescheid bricht ab").await;
    let inside = b"Geburtsurkunde".to_vec();
    file(&desk, &annika, ticket.clone(), "intern.txt", inside).await;
    let share = Share {
        files: vec![stored(&desk, "Protokoll.txt", b"Speicherfehler".to_vec()).await],
        ..enquiry(nordlicht)
    };
    let ticket = desk.read(ticket.id).await;
    let permit = Permit::ask(&Actor::System(Rule::Console), ticket).unwrap();
    desk.db.change(permit, share).await.unwrap();
    indexing::run_due(&desk).await.unwrap();
    let jonas = jonas.sign_in().await;
    let portal = jonas.get("/portal?q=speicherfehler").await;
    portal.must_say("Bescheid bricht mit Fehler KN-4102 ab");
    let portal = jonas.get("/portal?q=geburtsurkunde").await;
    assert!(!portal.says("KN-4102"), "{}", portal.describe());
}
