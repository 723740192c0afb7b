//! Measures the desk under load, on SQLite and on PostgreSQL, and prints a table for each.
#![allow(clippy::unwrap_used)]

mod articles;
mod base;
mod intake;
mod live;
mod many;
mod pages;
mod raw;
mod search;
mod served;
mod table;
mod view;
mod writes;
mod wrk;

use std::path::PathBuf;

use base::{Base, Kind};
use table::Table;

/// What is wanted on the command line.
struct Wanted {
    tickets: usize,
    kinds: Vec<Kind>,
    seconds: u32,
    keep: Option<PathBuf>,
    /// Of all that is measured these parts.
    only: Vec<String>,
}

impl Wanted {
    fn read() -> Wanted {
        let mut wanted = Wanted {
            tickets: 20_000,
            kinds: vec![Kind::Sqlite, Kind::Postgres],
            seconds: 10,
            keep: None,
            only: vec![],
        };
        let mut arguments = std::env::args().skip(1);
        while let Some(name) = arguments.next() {
            let value = arguments
                .next()
                .unwrap_or_else(|| panic!("{name} needs a value"));
            match name.as_str() {
                "--tickets" => wanted.tickets = value.parse().expect("--tickets: a number"),
                "--seconds" => wanted.seconds = value.parse().expect("--seconds: a number"),
                "--keep" => wanted.keep = Some(std::path::absolute(value).unwrap()),
                "--only" => wanted.only = value.split(',').map(str::to_owned).collect(),
                "--on" => {
                    wanted.kinds = value
                        .split(',')
                        .map(|kind| Kind::from_name(kind).expect("--on: sqlite, postgres"))
                        .collect();
                }
                other => panic!("unknown: {other}"),
            }
        }
        wanted
    }

    fn has(&self, part: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|one| one == part)
    }
}

#[tokio::main]
async fn main() {
    rustls::crypto::ring::default_provider()
        .install_default()
        .unwrap();
    let wanted = Wanted::read();
    for kind in &wanted.kinds {
        let mut table = Table::new(*kind);
        let base = Base::prepare(*kind, wanted.tickets, wanted.keep.as_deref(), &mut table);
        if wanted.has("pages") {
            pages::measure(&base, wanted.seconds, &mut table).await;
            view::measure(&base, &mut table).await;
        }
        if wanted.has("live") {
            live::measure(&base, wanted.seconds, &mut table).await;
        }
        if wanted.has("search") {
            search::measure(&base, wanted.seconds, &mut table).await;
        }
        if wanted.has("writes") {
            writes::measure(&base, wanted.seconds, &mut table).await;
        }
        if wanted.has("many") {
            many::measure(&base, &mut table).await;
        }
        if wanted.has("intake") {
            intake::by_pipe(&base, &mut table).await;
            intake::by_imap(&base, &mut table).await;
        }
        table.print(&base);
    }
}
