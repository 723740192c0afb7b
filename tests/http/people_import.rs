//! Bringing in people: preview, import, report, and the same file once more.

use entities::Uuid;
use entities::person::known;
use entities::{Actor, Rule};
use support::desk::{Client, File, Page, TestDesk};

const CONSOLE: Actor = Actor::System(Rule::Console);

async fn uploaded(admin: &Client, name: &str, bytes: &[u8]) -> Page {
    let file = File {
        field: "file",
        name,
        content_type: "text/csv",
        bytes,
    };
    admin.upload("/settings/people/import", &[], &[file]).await
}

async fn people(desk: &TestDesk) -> i64 {
    let sql = "SELECT count(*) FROM person";
    desk.database().number(sql, vec![]).await
}

/// Uploads, looks, imports; the page of the result.
async fn imported(desk: &TestDesk, admin: &Client, table: &str) -> (String, Page) {
    let to = uploaded(admin, "personen.csv", table.as_bytes()).await;
    let path = to.location().unwrap();
    let started = admin.post(&format!("{path}/run"), &[]).await;
    assert_eq!(started.location().as_deref(), Some(path.as_str()));
    desk.run_jobs().await;
    let page = admin.get(&path).await;
    (path, page)
}

fn counts(page: &Page) -> Vec<String> {
    page.texts("#import-result dd")
}

async fn organisations(desk: &TestDesk, email: &str) -> Vec<Uuid> {
    let emails = [email.to_owned()];
    let found = known::by_emails(&desk.db, &CONSOLE, &emails).await.unwrap();
    found[email].organisation_ids(entities::clock::day(desk.db.clock().now()))
}

#[tokio::test]
async fn a_preview_changes_nothing_and_an_import_twice_doubles_nobody() {
    let desk = TestDesk::new().await;
    let pankow = desk.district("Bezirksamt Pankow", "PA").await;
    let admin = desk.administrator().await.sign_in().await;
    let table = "Anrede;Vorname;Nachname;E-Mail;Telefon;Dienststelle\n\
                 Frau;Anna;Weber;Anna.Weber@pankow.example;030 1;PA\n\
                 Herr;Jonas;Groß;jonas@pankow.example;030 2;Bezirksamt Pankow\n";
    let before = people(&desk).await;
    let preview = uploaded(&admin, "personen.csv", table.as_bytes()).await;
    let preview = admin.follow(&preview).await;
    preview.must_say("2 neu, 0 aktualisiert, 0 unverändert, 0 abgelehnt");
    preview.must_say("Anna Weber");
    assert_eq!(people(&desk).await, before);
    let (_, done) = imported(&desk, &admin, table).await;
    assert_eq!(counts(&done), ["2", "0", "0", "0"]);
    assert_eq!(people(&desk).await, before + 2);
    assert_eq!(
        organisations(&desk, "anna.weber@pankow.example").await,
        [pankow]
    );
    let (_, again) = imported(&desk, &admin, table).await;
    assert_eq!(counts(&again), ["0", "0", "2", "0"]);
    let moved = table
        .replace("030 1", "030 99")
        .replace("Weber;", "Weber-Klein;");
    let (_, moved) = imported(&desk, &admin, &moved).await;
    assert_eq!(counts(&moved), ["0", "1", "1", "0"]);
    assert_eq!(people(&desk).await, before + 2);
    let by = "SELECT count(*) FROM event WHERE rule = 'import' AND subject_kind = 'person' AND on_behalf_of_id IS NOT NULL";
    assert_eq!(desk.database().number(by, vec![]).await, 5);
    let kept = "SELECT count(*) FROM people_import WHERE content IS NOT NULL AND state <> 'staged'";
    assert_eq!(desk.database().number(kept, vec![]).await, 0);
}

#[tokio::test]
async fn every_refused_line_stands_in_the_report_with_its_reason() {
    let desk = TestDesk::new().await;
    let admin = desk.administrator().await.sign_in().await;
    let table = "Name,E-Mail,Stelle\n\
                 Gut Eins,gut@pa.example,\n\
                 Ohne Adresse,,\n\
                 Krumm,kein@,\n\
                 Gut Eins,gut@pa.example,\n\
                 Zwei A,zwei@pa.example,\n\
                 Zwei B,zwei@pa.example,\n\
                 =SUM(A1),fremd@pa.example,Gibtsnicht\n\
                 ,namenlos@pa.example,\n";
    let (path, done) = imported(&desk, &admin, table).await;
    assert_eq!(counts(&done), ["1", "0", "0", "7"]);
    let report = admin.get(&format!("{path}/refused")).await.body();
    for line in [
        "3;Die E-Mail-Adresse fehlt.",
        "5;Diese Person steht schon in Zeile 2.",
        "6;Zeile 7 nennt",
        "7;Zeile 6 nennt",
        "8;Diese Stelle gibt es nicht.;'=SUM(A1)",
        "9;Der Name fehlt.",
    ] {
        assert!(report.contains(line), "{line}\n{report}");
    }
}

#[tokio::test]
async fn columns_are_chosen_and_unknown_organisations_made_on_request() {
    let desk = TestDesk::new().await;
    let admin = desk.administrator().await.sign_in().await;
    let table = "A\tB\tC\nAnna Weber\tanna@kita.example\tKita Sonne\nBea Weber\tbea@kita.example\tKita Sonne\n";
    let path = uploaded(&admin, "x.txt", table.as_bytes()).await;
    let path = path.location().unwrap();
    admin
        .get(&path)
        .await
        .must_say("Keine Spalte enthält E-Mail-Adressen");
    let chosen = [
        ("column", "name"),
        ("column", "email"),
        ("column", "organisation"),
        ("create", "provider"),
    ];
    admin.post(&path, &chosen).await;
    admin.get(&path).await.must_say("Neue Stelle: Kita Sonne");
    admin.post(&format!("{path}/run"), &[]).await;
    desk.run_jobs().await;
    assert_eq!(counts(&admin.get(&path).await), ["2", "0", "0", "0"]);
    let made = "SELECT count(*) FROM organisation WHERE name = 'Kita Sonne'";
    assert_eq!(desk.database().number(made, vec![]).await, 1);
    let one = organisations(&desk, "anna@kita.example").await;
    assert_eq!(one, organisations(&desk, "bea@kita.example").await);
}

#[tokio::test]
async fn what_is_no_table_is_refused_where_it_was_chosen() {
    let desk = TestDesk::new().await;
    let admin = desk.administrator().await.sign_in().await;
    let large = vec![b'x'; 11 * 1024 * 1024];
    let all: [(&[u8], &str); 5] = [
        (b"", "genau eine Datei"),
        (b" \n ", "keine Zeilen"),
        (b"%PDF-1.7", "CSV- oder XLSX-Datei"),
        (b"PK\x03\x04broken", "beschädigt"),
        (&large, "zu groß"),
    ];
    for (bytes, words) in all {
        let name = if bytes.is_empty() { "" } else { "a.csv" };
        let page = uploaded(&admin, name, bytes).await;
        assert_eq!(page.status, 422, "{words}");
        page.must_say(words);
        assert!(page.has("#file[aria-invalid]"));
    }
    let stored = "SELECT count(*) FROM people_import";
    assert_eq!(desk.database().number(stored, vec![]).await, 0);
}

#[tokio::test]
async fn many_lines_are_taken_in_portions_and_stopped_by_nobody_else() {
    let desk = TestDesk::new().await;
    let admin = desk.administrator().await.sign_in().await;
    let other = desk.administrator().writing_from("zweite@desk.example");
    let other = other.await.sign_in().await;
    let lines: String = (0..1200)
        .map(|n| format!("Person {n};p{n}@pa.example\n"))
        .collect();
    let table = format!("Name;E-Mail\n{lines}");
    let (path, done) = imported(&desk, &admin, &table).await;
    assert_eq!(
        counts(&done),
        ["1200", "0", "0", "0"].map(|n| n.replace("1200", "1.200"))
    );
    assert_eq!(other.get(&path).await.status, 404);
    assert_eq!(other.post(&format!("{path}/stop"), &[]).await.status, 404);
}
