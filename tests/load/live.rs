//! Live pages: fifty signed-in browsers hold their streams open while tickets change, beside the same pages without them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::task::JoinSet;

use crate::base::Base;
use crate::pages::TICKET;
use crate::served::Served;
use crate::table::Table;
use crate::writes::MINE;
use crate::wrk::{self, Found};

/// As many agents as the desk is made for.
const BROWSERS: usize = 50;

/// How often somebody changes a ticket meanwhile: fifty agents who each do something every ten seconds.
const CHANGE_EVERY: Duration = Duration::from_millis(200);

/// What may come of the streams.
const MOST_MORE: f64 = 1.1;

pub async fn measure(base: &Base, seconds: u32, table: &mut Table) {
    let served = Arc::new(base.serve().await);
    let mine = base.text(MINE).await;
    let numbers: Vec<String> = mine.split(' ').map(str::to_owned).collect();
    let pages = [
        ("start page", "/".to_owned()),
        ("list", "/tickets".to_owned()),
        ("ticket", format!("/tickets/{}", base.text(TICKET).await)),
    ];
    let changes = tokio::spawn(change(served.clone(), numbers));
    let mut without = Vec::new();
    for (_, path) in &pages {
        without.push(asked(&served, path, seconds).await);
    }
    let memory = served.memory_mb();
    let heard = Arc::new(AtomicU64::new(0));
    let mut streams = JoinSet::new();
    for _ in 0..BROWSERS {
        let cookie = served.colleague().await;
        streams.spawn(listen(served.clone(), cookie, heard.clone()));
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    for ((name, path), without) in pages.iter().zip(without) {
        let with = asked(&served, path, seconds).await;
        table.row(&format!("{name}, while tickets change"), without, None);
        let named = format!("{name}, with {BROWSERS} streams besides");
        table.row(&named, with, None);
        let more = with.p99_ms / without.p99_ms;
        let said = if more <= MOST_MORE {
            "within"
        } else {
            "not within"
        };
        table.note(format!(
            "{name}: p99 with streams {more:.2} of without, {said} 1.10"
        ));
    }
    let now = served.memory_mb();
    let more = now as f64 / memory as f64;
    let said = if more <= MOST_MORE {
        "within"
    } else {
        "not within"
    };
    table.note(format!(
        "{BROWSERS} streams heard {} events; memory {memory} MB before, {now} MB with them: {more:.2}, {said} 1.10",
        heard.load(Ordering::Relaxed)
    ));
    assert!(heard.load(Ordering::Relaxed) > 0, "the streams say nothing");
    streams.abort_all();
    changes.abort();
}

/// wrk holds a thread until it ends.
async fn asked(served: &Arc<Served>, path: &str, seconds: u32) -> Found {
    let (served, path) = (served.clone(), path.to_owned());
    let run = move || wrk::get(&served, &path, seconds);
    tokio::task::spawn_blocking(run).await.unwrap()
}

/// Somebody changes one ticket after the other.
async fn change(served: Arc<Served>, numbers: Vec<String>) {
    for (turn, number) in numbers.iter().cycle().enumerate() {
        let priority = ["high", "low"][(turn / numbers.len()) % 2];
        let form = [("value".to_owned(), priority.to_owned())];
        served
            .post(&format!("/tickets/{number}/priority"), &form)
            .await;
        tokio::time::sleep(CHANGE_EVERY).await;
    }
}

/// A browser that listens; how much it hears is counted for all of them.
async fn listen(served: Arc<Served>, cookie: String, heard: Arc<AtomicU64>) {
    loop {
        let mut stream = served.stream(&cookie).await;
        while let Ok(Some(piece)) = stream.chunk().await {
            let events = piece.windows(6).filter(|w| w == b"event:").count();
            heard.fetch_add(events as u64, Ordering::Relaxed);
        }
    }
}
