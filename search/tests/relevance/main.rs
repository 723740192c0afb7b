//! How well questions find the pages that answer them, over German handbooks that are installed, for every engine.
//!
//! The floors are what must not be lost; the table that is printed says what is reached.

// What a measurement does not get it may die of.
#![allow(clippy::unwrap_used)]

mod corpus;
mod questions;

use std::collections::{BTreeMap, HashMap};

use search::{Change, Document, Embedded, Engine, Key, Meilisearch, Request, Typed};

use questions::{Kind, Question};

/// Documents and questions of one handbook after the other.
#[derive(Default)]
struct Score {
    asked: u32,
    first: u32,
    first_five: u32,
    reciprocal: f64,
}

impl Score {
    fn add(&mut self, place: Option<usize>) {
        self.asked += 1;
        if let Some(place) = place {
            self.first += u32::from(place == 0);
            self.first_five += u32::from(place < 5);
            self.reciprocal += 1.0 / (place + 1) as f64;
        }
    }

    fn share(&self, of: u32) -> f64 {
        f64::from(of) / f64::from(self.asked)
    }
}

/// Success among the first five that each kind must have.
fn floor(kind: Kind) -> f64 {
    match kind {
        Kind::Exact => 0.95,
        Kind::Typo => 0.90,
        Kind::Compound => 0.90,
        Kind::Inflected => 0.90,
        Kind::Cut => 0.90,
        Kind::Swapped => 0.95,
    }
}

#[tokio::test]
async fn questions_find_the_pages_that_answer_them() {
    let documents = corpus::all();
    let questions = questions::all();
    let names: HashMap<Key, String> = documents
        .iter()
        .map(|one| (one.key, one.source_id.clone().unwrap()))
        .collect();
    for question in &questions {
        for page in &question.pages {
            assert!(
                names.values().any(|name| name == page),
                "there is no page {page}"
            );
        }
    }
    assert!(questions.len() >= 300, "{} questions", questions.len());

    let folder = tempfile::tempdir().unwrap();
    let embedded = Embedded::open(folder.path()).await.unwrap();
    let mut engines = vec![("embedded", Engine::Embedded(embedded))];
    if let Ok(url) = std::env::var("LOTSE_TEST_MEILISEARCH_URL") {
        let key = std::env::var("LOTSE_TEST_MEILISEARCH_KEY").ok();
        let index = format!("relevance_{}", uuid::Uuid::now_v7().simple());
        let engine = Meilisearch::new(&url, key.as_deref(), &index).unwrap();
        engines.push(("Meilisearch", Engine::Meilisearch(engine)));
    }
    for (name, engine) in engines {
        fill(&engine, &documents).await;
        let scores = measure(&engine, &questions, &names).await;
        println!(
            "\n{name}: {} documents, {} questions",
            documents.len(),
            questions.len()
        );
        println!(
            "{:<10} {:>5} {:>10} {:>10} {:>7}",
            "kind", "asked", "success@1", "success@5", "MRR@10"
        );
        for (kind, score) in &scores {
            println!(
                "{:<10} {:>5} {:>10.2} {:>10.2} {:>7.2}",
                kind.name(),
                score.asked,
                score.share(score.first),
                score.share(score.first_five),
                score.reciprocal / f64::from(score.asked),
            );
        }
        if name == "embedded" {
            for (kind, score) in scores {
                let reached = score.share(score.first_five);
                assert!(reached >= floor(kind), "{}: {reached:.3}", kind.name());
            }
        }
    }
}

async fn fill(engine: &Engine, documents: &[Document]) {
    for part in documents.chunks(200) {
        let changes = part.iter().map(|one| Change::Put(Box::new(one.clone())));
        engine.apply(changes.collect()).await.unwrap();
    }
}

async fn measure(
    engine: &Engine,
    questions: &[Question],
    names: &HashMap<Key, String>,
) -> BTreeMap<Kind, Score> {
    let mut scores: BTreeMap<Kind, Score> = BTreeMap::new();
    for question in questions {
        let request = Request {
            limit: 10,
            ..Request::of(Typed::parse(&question.text, &[]))
        };
        let answer = engine.search(request).await.unwrap();
        let place = answer
            .hits
            .iter()
            .position(|hit| question.pages.contains(&names[&hit.key]));
        if place.is_none_or(|place| place >= 5) {
            println!(
                "{}: {} ({})",
                question.kind.name(),
                question.text,
                question.pages.join(", ")
            );
        }
        scores.entry(question.kind).or_default().add(place);
    }
    scores
}
