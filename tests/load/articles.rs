//! A knowledge base of five thousand articles, brought in by the command line as one from another system would be.

use std::fmt::Write as _;
use std::time::Instant;

use crate::base::{Base, Kind};
use crate::table::Table;

const ARTICLES: usize = 5_000;
/// Different categories.
const CATEGORIES: usize = 60;

const THINGS: [&str; 12] = [
    "Bescheid",
    "Zahllauf",
    "Chipkarte",
    "Vertretung",
    "Haushalt",
    "Gutschein",
    "Statistik",
    "Akte",
    "Kennwort",
    "Drucker",
    "Schnittstelle",
    "Meldung",
];
const DOINGS: [&str; 9] = [
    "erfassen",
    "prüfen",
    "freigeben",
    "berichtigen",
    "zurücknehmen",
    "übergeben",
    "sperren",
    "abgleichen",
    "ablegen",
];

/// Brings in what is missing to five thousand.
pub async fn bring_in(base: &Base, table: &mut Table) {
    let there = base
        .number("SELECT count(*) FROM article WHERE state = 'published'")
        .await;
    if there >= ARTICLES as i64 {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wissen.jsonl");
    let mut lines = String::new();
    for number in 0..ARTICLES {
        writeln!(lines, "{}", article(number)).unwrap();
    }
    std::fs::write(&path, lines).unwrap();
    let begun = Instant::now();
    let output = base
        .lotse()
        .args([
            "knowledge",
            "import",
            "--publish",
            "--owner",
            "annika.brandt@servicedesk.example",
            "--audience",
            "requesters",
            "--language",
            "de",
        ])
        .arg(&path)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let seconds = begun.elapsed().as_secs_f64();
    let there = base
        .number("SELECT count(*) FROM article WHERE published IS NOT NULL")
        .await;
    assert!(
        there >= ARTICLES as i64,
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    table.note(format!(
        "import of {ARTICLES} articles: {seconds:.1} s, {:.0} a second",
        ARTICLES as f64 / seconds
    ));
}

/// One of middling length, as a line of JSON; the same for the same number.
fn article(number: usize) -> serde_json::Value {
    let thing = THINGS[number % THINGS.len()];
    let doing = DOINGS[number / 7 % DOINGS.len()];
    let mut text = format!("## Bevor Sie beginnen\n\nGilt für {thing} {number}.\n\n");
    for step in 0..4 {
        let other = THINGS[(number + step) % THINGS.len()];
        write!(
            text,
            "## Abschnitt {step}\n\n1. **{other} öffnen.** Wechseln Sie in den Reiter *{thing}*.\n2. Prüfen Sie die Angaben und \
             bestätigen Sie mit `Enter`.\n3. Warten Sie, bis die Meldung verschwindet.\n\n> [!NOTE]\n> Ohne Bestätigung bricht der \
             Vorgang ab.\n\n| Meldung | Ursache | Was Sie tun |\n|---|---|---|\n| `M-{number}` | Stichtag fehlt | Datum öffnen und \
             bestätigen |\n\n",
        )
        .unwrap();
    }
    serde_json::json!({
        "id": format!("{number}"),
        "title": format!("{thing} {doing}, Fall {number}"),
        "markdown": text,
        "keywords": [thing, doing],
        "category": format!("Sammlung {}/Teil {}", number % CATEGORIES / 10, number % CATEGORIES),
        "updated_at": "2026-05-04T08:00:00Z",
    })
}

/// Pages to be read: name and address.
pub async fn pages(base: &Base) -> Vec<(String, String)> {
    let id = match base.kind {
        Kind::Sqlite => "lower(hex(id))",
        Kind::Postgres => "CAST(id AS text)",
    };
    let newest = format!(
        "SELECT {id} FROM article WHERE published IS NOT NULL AND title LIKE '%, Fall 2500'"
    );
    let article = base.text(&newest).await;
    [
        ("list of articles", "/knowledge".to_owned()),
        (
            "list of articles with a word",
            "/knowledge?q=zahllauf".to_owned(),
        ),
        ("article", format!("/knowledge/{article}")),
    ]
    .map(|(name, path)| (name.to_owned(), path))
    .to_vec()
}
