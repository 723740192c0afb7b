//! `lotse demo` and `lotse demo fill`: prepare the unit, say how to sign in, bring in cases.

use std::fmt::Write as _;
use std::time::Instant as Stopwatch;

use chrono::Duration;
use entities::ticket::filter::{Filter, Standing};
use entities::ticket::list::{self, Sort};
use tokio_util::sync::CancellationToken;

use super::accounts::{ADMINISTRATOR, PASSWORD, administrator_address};
use super::articles;
use super::database::{self, Unit};
use super::documents;
use super::fill::{self, Filled, Wanted};
use super::generator::SMALL_DEMO;
use super::lessons;
use super::partners;
use super::people::{COORDINATOR, People, Person, people};
use super::shares;
use super::synonyms;
use super::text_blocks;
use super::unit::{TEAMS, UNIT_ADDRESS, UNIT_DOMAIN};
use super::work;
use crate::config::Sources;
use crate::desk::{Desk, Mode};

/// What a demo has instead of the usual defaults; file and variables win over it.
const DEFAULTS: [(&str, &str); 5] = [
    ("data_dir", "data/demo"),
    ("organisation.name", "Servicedesk"),
    ("organisation.subtitle", "Jugendhilfe Berlin"),
    ("organisation.address", "Am Hafen 1, 10115 Berlin"),
    ("mail.domain", UNIT_DOMAIN),
];
/// The seed of the small demo: everybody sees the same one.
const SEED: u64 = 1;
/// A fill reaches ten years back; the unit is a little older.
const FOUNDED_DAYS_AGO: i64 = 4000;

/// Puts the demo's values where nothing was set.
pub fn with_defaults(mut sources: Sources) -> Sources {
    for (key, value) in DEFAULTS {
        sources.set_default(key, value);
    }
    sources
}

/// Makes the unit and, when there are no tickets yet, its 300 cases.
pub async fn prepare(desk: &mut Desk, stop: &CancellationToken) -> anyhow::Result<Unit> {
    desk.mode = Mode::Demo;
    let unit = unit(desk, &people()).await?;
    if is_empty(desk).await? {
        let bar = fill::progress_bar(SMALL_DEMO as u64);
        fill::fill(desk, &unit, SEED, Wanted::SmallDemo, &bar, stop).await?;
        bar.finish_and_clear();
        articles::build(&desk.db, &unit).await?;
        synonyms::build(&desk.db).await?;
        text_blocks::build(&desk.db, &unit).await?;
        documents::build(&desk.db, &unit).await?;
        lessons::build(&desk.db, &unit).await?;
        shares::build(&desk.db, &unit).await?;
        work::build(&desk.db, &unit).await?;
        partners::invite(&desk.db, &unit).await?;
    }
    Ok(unit)
}

/// Adds cases to whatever there is; says what came of it.
pub async fn fill_up(
    desk: &Desk,
    tickets: usize,
    seed: u64,
    stop: &CancellationToken,
) -> anyhow::Result<String> {
    let unit = unit(desk, &people()).await?;
    let bar = fill::progress_bar(tickets as u64);
    let begun = Stopwatch::now();
    let Filled { tickets, messages } =
        fill::fill(desk, &unit, seed, Wanted::Many(tickets), &bar, stop).await?;
    bar.finish_and_clear();
    let seconds = begun.elapsed().as_secs_f64();
    Ok(format!(
        "{tickets} tickets with {messages} messages in {seconds:.1} s: {:.0} tickets per second.\n",
        tickets as f64 / seconds.max(0.001)
    ))
}

async fn unit(desk: &Desk, people: &People) -> anyhow::Result<Unit> {
    let founded = desk.db.clock().now() - Duration::days(FOUNDED_DAYS_AGO);
    database::build(&desk.db, people, founded).await
}

/// How to sign in and where to write to.
pub fn welcome(desk: &Desk) -> String {
    let mut text = String::new();
    let url = &desk.config.public_url;
    let people = people();
    let vendors = people.vendors.iter().enumerate().take(2);
    let of_vendor = |(place, one): (usize, &Person)| {
        let role = match place {
            COORDINATOR => "vendor, manages access",
            _ => "vendor",
        };
        (one.name(), one.address.clone(), role)
    };
    let accounts = people
        .agents
        .iter()
        .take(3)
        .zip(["agent, writes articles", "agent, reviews articles", "agent"])
        .map(|(agent, role)| (agent.name(), agent.address.clone(), role))
        .chain([(
            ADMINISTRATOR.to_owned(),
            administrator_address(),
            "administrator",
        )])
        .chain(vendors.map(of_vendor));
    let _ = writeln!(
        text,
        "Lotse, demo: {url}\n\nAccounts, all with the password {PASSWORD}:"
    );
    for (name, address, role) in accounts {
        let _ = writeln!(text, "  {address:<38} {name} ({role})");
    }
    let _ = writeln!(text, "\nMailboxes:\n  {UNIT_ADDRESS:<38} the unit");
    for team in TEAMS {
        let _ = writeln!(text, "  {:<38} team {}", team.address, team.name);
    }
    let _ = writeln!(text, "\nSend a test mail: {url}/demo/mail\n");
    text
}

async fn is_empty(desk: &Desk) -> anyhow::Result<bool> {
    let all = Filter {
        standings: Standing::ALL.to_vec(),
        ..Filter::default()
    };
    let importer = database::importer();
    let page = list::list(&desk.db, &importer, &all, Sort::default(), None, 1).await?;
    Ok(page.rows.is_empty())
}
