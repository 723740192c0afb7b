//! Live pages: fifty signed-in browsers have tickets and lists open while tickets change, beside the same pages without
//! them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::task::JoinSet;

use crate::base::Base;
use crate::pages::TICKET;
use crate::served::{Served, after};
use crate::table::Table;
use crate::writes::MINE;
use crate::wrk::{self, Found};

/// As many agents as the desk is made for.
const BROWSERS: usize = 50;

/// How often somebody changes a ticket meanwhile: fifty agents who each do something every ten seconds.
const CHANGE_EVERY: Duration = Duration::from_millis(200);

/// How often an open ticket says that somebody is there.
const HERE_EVERY: Duration = Duration::from_secs(20);

/// What may come of the browsers.
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
    let changes = tokio::spawn(change(served.clone(), numbers.clone()));
    let mut without = Vec::new();
    for (_, path) in &pages {
        without.push(asked(&served, path, seconds).await);
    }
    let memory = served.memory_mb();
    let told = Arc::new(Told::default());
    let mut browsers = JoinSet::new();
    for at in 0..BROWSERS {
        let browser = Browser {
            served: served.clone(),
            cookie: served.colleague().await,
            told: told.clone(),
        };
        match at % 2 {
            0 => browsers.spawn(browser.at_list()),
            _ => browsers.spawn(browser.at_ticket(numbers[at % numbers.len()].clone())),
        };
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    for ((name, path), without) in pages.iter().zip(without) {
        let with = asked(&served, path, seconds).await;
        table.row(&format!("{name}, while tickets change"), without, None);
        let named = format!("{name}, with {BROWSERS} browsers besides");
        table.row(&named, with, None);
        let more = with.p99_ms / without.p99_ms;
        let said = if more <= MOST_MORE {
            "within"
        } else {
            "not within"
        };
        table.note(format!(
            "{name}: p99 with them {more:.2} of without, {said} 1.10"
        ));
    }
    let now = served.memory_mb();
    let more = now as f64 / memory as f64;
    let said = if more <= MOST_MORE {
        "within"
    } else {
        "not within"
    };
    let heard = told.heard.load(Ordering::Relaxed);
    let fetched = told.fetched.load(Ordering::Relaxed);
    table.note(format!(
        "{BROWSERS} browsers heard {heard} events and fetched {fetched} fragments; memory {memory} MB before, {now} MB \
         with them: {more:.2}, {said} 1.10"
    ));
    assert!(heard > 0 && fetched > 0, "the browsers hear nothing");
    assert!(browsers.try_join_next().is_none(), "a browser gave up");
    browsers.abort_all();
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

/// What all browsers together heard and fetched.
#[derive(Default)]
struct Told {
    heard: AtomicU64,
    fetched: AtomicU64,
}

/// An open page of a colleague.
struct Browser {
    served: Arc<Served>,
    cookie: String,
    told: Arc<Told>,
}

impl Browser {
    /// Shows a ticket, says so, and fetches what changes in it.
    async fn at_ticket(self, number: String) {
        let page = format!("/tickets/{number}");
        let here = format!("{page}/presence");
        let html = self.served.get_in(&self.cookie, &page).await;
        let id = after(&html, "hx-trigger=\"present-").unwrap();
        let id = id.split(' ').next().unwrap();
        let csrf = after(&html, "name=\"csrf\" value=\"").unwrap();
        let mut on = [
            (format!("present-{id}"), here.clone()),
            (
                format!("ticket-{id}"),
                fetched_by(&html, "id=\"thread-end\""),
            ),
            (
                format!("ticket-{id}"),
                fetched_by(&html, "id=\"facts-live\""),
            ),
            (
                "tickets".to_owned(),
                fetched_by(&html, "id=\"sidenav-views\""),
            ),
        ];
        let mut says = tokio::time::interval(HERE_EVERY);
        loop {
            let mut stream = self.served.stream(&self.cookie).await;
            loop {
                tokio::select! {
                    _ = says.tick() => {
                        self.served.post_in(&self.cookie, &csrf, &here, &[]).await;
                    }
                    piece = stream.chunk() => match piece {
                        Ok(Some(piece)) => self.react(&piece, &mut on).await,
                        _ => break,
                    }
                }
            }
        }
    }

    /// Shows a list, and fetches what is new in it when tickets change or others come and go.
    async fn at_list(self) {
        let html = self.served.get_in(&self.cookie, "/tickets").await;
        let mut on = [
            ("tickets".to_owned(), fetched_by(&html, "id=\"list-live\"")),
            (
                "tickets".to_owned(),
                fetched_by(&html, "id=\"sidenav-views\""),
            ),
            ("present".to_owned(), "/tickets/presence".to_owned()),
        ];
        loop {
            let mut stream = self.served.stream(&self.cookie).await;
            while let Ok(Some(piece)) = stream.chunk().await {
                self.react(&piece, &mut on).await;
            }
        }
    }

    /// Fetches for each event that the page waits for.
    async fn react(&self, piece: &[u8], on: &mut [(String, String)]) {
        let events = String::from_utf8_lossy(piece);
        let heard: Vec<&str> = events
            .lines()
            .filter_map(|line| line.strip_prefix("event:"))
            .map(str::trim)
            .collect();
        let count = heard.len() as u64;
        self.told.heard.fetch_add(count, Ordering::Relaxed);
        for (_, path) in on
            .iter_mut()
            .filter(|(event, _)| heard.contains(&event.as_str()))
        {
            let html = self.served.fetch_in(&self.cookie, path).await;
            self.told.fetched.fetch_add(1, Ordering::Relaxed);
            // What asks is drawn anew by some answers.
            for mark in ["id=\"list-live\"", "id=\"thread-end\""] {
                if html.contains(mark) {
                    *path = fetched_by(&html, mark);
                }
            }
        }
    }
}

/// What an element of the page fetches when it hears of something.
fn fetched_by(html: &str, mark: &str) -> String {
    let (_, element) = html.split_once(mark).unwrap();
    after(element, "hx-get=\"").unwrap().replace("&amp;", "&")
}
