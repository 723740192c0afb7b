//! A small desk to look for things in, and the engines it is put into.

use std::time::Duration;

use search::document::{Kind, Passage, Scope};
use search::{
    Answer, Change, Document, Embedded, Engine, Facet, Filter, Key, Meilisearch, Request, Typed,
};
use tempfile::TempDir;
use uuid::Uuid;

/// Only some may read the values of this field.
pub const IBAN: Uuid = Uuid::from_u128(0xfe1d);

/// An engine, and what it needs for so long.
pub struct Running {
    pub name: &'static str,
    pub engine: Engine,
    _folder: Option<TempDir>,
}

pub async fn embedded() -> Running {
    let folder = tempfile::tempdir().unwrap();
    let engine = Embedded::open(folder.path()).await.unwrap();
    Running {
        name: "embedded",
        engine: Engine::Embedded(engine),
        _folder: Some(folder),
    }
}

/// Every engine there is, each empty.
pub async fn engines() -> Vec<Running> {
    let mut all = vec![embedded().await];
    if let Ok(url) = std::env::var("LOTSE_TEST_MEILISEARCH_URL") {
        let key = std::env::var("LOTSE_TEST_MEILISEARCH_KEY").ok();
        let index = format!("test_{}", Uuid::now_v7().simple());
        let engine = Meilisearch::new(&url, key.as_deref(), &index).unwrap();
        all.push(Running {
            name: "Meilisearch",
            engine: Engine::Meilisearch(engine),
            _folder: None,
        });
    }
    all
}

/// Every engine there is, with the desk in it.
pub async fn filled() -> Vec<Running> {
    let engines = engines().await;
    for running in &engines {
        running
            .engine
            .apply(all().into_iter().map(put).collect())
            .await
            .unwrap();
    }
    engines
}

pub fn put(document: Document) -> Change {
    Change::Put(Box::new(document))
}

pub fn key(kind: Kind, number: u128) -> Key {
    Key {
        kind,
        id: Uuid::from_u128(number),
    }
}

pub fn ticket(number: u128, title: &str, text: &str) -> Document {
    Document {
        key: key(Kind::Ticket, number),
        reference: format!("2026-{number:06}-3"),
        source_id: None,
        title: title.to_owned(),
        keywords: Vec::new(),
        summary: String::new(),
        passages: vec![Passage::open(text)],
        tags: vec![("team".to_owned(), "applications".to_owned())],
        at: 1_760_000_000,
        solved: false,
        stamp: 1,
        language: "de".to_owned(),
    }
}

fn scoped(scope: Scope, text: &str) -> Passage {
    Passage {
        scope,
        text: text.to_owned(),
    }
}

/// What the desk knows.
pub fn all() -> Vec<Document> {
    let mut voucher = ticket(
        11418,
        "Kita-Gutschein: Bescheid bricht mit Fehler KN-4102 ab",
        "Beim Druck des Bescheids erscheint KN-4102, wenn der Geschwisterbonus gesetzt ist.",
    );
    voucher.passages.push(Passage::open(
        "Umgehung: Änderungsdatum einmal öffnen und bestätigen.",
    ));
    voucher.passages.push(scoped(
        Scope::Notes,
        "Der Hersteller nennt das intern Kanarienvogel.",
    ));
    voucher.passages.push(scoped(
        Scope::People,
        "Mareike Ostendorp, mareike.ostendorp@stadtbezirk.example",
    ));
    voucher
        .passages
        .push(scoped(Scope::Files, "Bildschirmfoto-Wellensittich.png"));
    voucher.passages.push(scoped(
        Scope::Field(IBAN),
        "DE89370400440532013000 Flamingo",
    ));
    voucher.tags.push(("service".to_owned(), "kita".to_owned()));
    voucher.solved = true;

    let mut payments = ticket(
        11431,
        "Zahllauf November: 14 Träger ohne Abschlag",
        "Der Zahllauf endete ohne Fehlermeldung, vierzehn Träger haben keine Abschlagszahlung erhalten.",
    );
    payments.tags = vec![
        ("team".to_owned(), "payments".to_owned()),
        ("service".to_owned(), "zahlungen".to_owned()),
    ];
    payments.at += 86_400;

    let mut letters = ticket(
        11388,
        "Briefkopf im Bescheid zeigt alte Hausanschrift",
        "Die Vorlage für Serienbriefe im Unterhaltsvorschuss enthält noch die alte Anschrift.",
    );
    letters.tags = vec![
        ("team".to_owned(), "Team \"Briefe\" \\ Post".to_owned()),
        ("service".to_owned(), "uvg".to_owned()),
    ];
    letters.at -= 86_400;

    let mut article = ticket(
        7,
        "Serien druck einrichten",
        "So richten Sie die Häuser und Straßen im Verzeichnis ein.",
    );
    article.key = key(Kind::Article, 7);
    article.reference = "serien-druck-einrichten".to_owned();
    article.source_id = Some("import/7".to_owned());
    article.keywords = vec!["Massenschreiben".to_owned(), "Etiketten".to_owned()];
    article.summary = "Anleitung für alle, die viele Schreiben auf einmal verschicken.".to_owned();
    article.tags = vec![("service".to_owned(), "kita".to_owned())];
    vec![voucher, payments, letters, article]
}

pub fn asked(typed: &str) -> Request {
    Request::of(Typed::parse(typed, &["service"]))
}

impl Running {
    pub async fn answer(&self, request: Request) -> Answer {
        let answer = self.engine.search(request).await.unwrap();
        assert!(answer.took < Duration::from_secs(5), "{}", self.name);
        answer
    }

    /// References of what is found, the best first.
    pub async fn finds(&self, request: Request) -> Vec<String> {
        let hits = self.answer(request).await.hits;
        hits.into_iter().map(|hit| hit.reference).collect()
    }

    /// Whether this is the best that is found.
    pub async fn first(&self, typed: &str, reference: &str) {
        let found = self.finds(asked(typed)).await;
        assert_eq!(
            found.first().map(String::as_str),
            Some(reference),
            "{}: {typed}: {found:?}",
            self.name
        );
    }
}

pub const VOUCHER: &str = "2026-011418-3";
pub const PAYMENTS: &str = "2026-011431-3";
pub const LETTERS: &str = "2026-011388-3";
pub const ARTICLE: &str = "serien-druck-einrichten";

pub fn facets(names: &[&str]) -> Vec<Facet> {
    names.iter().map(|name| Facet::of(*name)).collect()
}

pub fn of_team(team: &str) -> Filter {
    Filter::is("team", team)
}
