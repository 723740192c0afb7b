//! Brings cases into the database, many in a transaction, while the next ones are being thought up.

use std::collections::HashMap;

use chrono::{Days, Duration};
use entities::ledger::Step;
use entities::ticket::message::NewFile;
use entities::ticket::thread;
use entities::ticket::{TellDeadlines, Ticket};
use entities::{Actor, Db, DeskError, Instant, Rule, Uuid, notice};
use indicatif::{ProgressBar, ProgressStyle};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::case::Case;
use super::database::Unit;
use super::fields::Fields;
use super::generator::{Generator, SMALL_DEMO};
use super::sketches::FileSketch;
use super::timeline::{Story, Today, on_behalf_of, step};
use crate::checks::show::DAYS as TREND_DAYS;
use crate::desk::Desk;
use crate::jobs::nights;
use crate::mail::answer;

/// Cases that go into the database together.
const AT_ONCE: usize = 250;
/// Different files of one type; later messages share them.
const MOST_FILES: usize = 150;

/// What was brought in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    pub tickets: u64,
    pub messages: u64,
}

/// Which cases are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The 300 of the small demo, over one year.
    SmallDemo,
    /// This many, over ten years.
    Many(usize),
}

/// Makes cases and brings them in, until done or stopped; stopping leaves whole cases.
pub async fn fill(
    desk: &Desk,
    unit: &Unit,
    seed: u64,
    wanted: Wanted,
    bar: &ProgressBar,
    stop: &CancellationToken,
) -> anyhow::Result<Filled> {
    let today = Today::new(desk.config.time_zone, desk.db.clock().now());
    // The nights of the small demo lie between all of its cases.
    let (at_once, nights) = match wanted {
        Wanted::SmallDemo => (SMALL_DEMO, last_nights(desk)),
        Wanted::Many(_) => (AT_ONCE, Vec::new()),
    };
    let (send, mut receive) = mpsc::channel(2);
    let thinking = tokio::task::spawn_blocking(move || {
        let mut generator = Generator::new(seed, today.local);
        let mut some = Vec::with_capacity(at_once);
        let mut give = |case: Option<Case>| {
            let last = case.is_none();
            some.extend(case);
            let full = some.len() == at_once || last;
            !full || send.blocking_send(std::mem::take(&mut some)).is_ok()
        };
        let all_given = match wanted {
            Wanted::SmallDemo => generator
                .small_demo()
                .into_iter()
                .all(|case| give(Some(case))),
            Wanted::Many(count) => generator.fill(count).all(|case| give(Some(case))),
        };
        if all_given {
            give(None);
        }
    });
    let fields = Fields::read(&desk.db).await?;
    let mut filled = Filled::default();
    let mut pool = Pool::default();
    while let Some(cases) = receive.recv().await {
        if stop.is_cancelled() {
            break;
        }
        if cases.is_empty() {
            continue;
        }
        let stories = stories(desk, unit, today, &fields, &cases, &mut pool).await?;
        let tickets = bring_in(desk, &stories, &nights).await?;
        if wanted == Wanted::SmallDemo {
            look_at(desk, unit, &tickets).await?;
        }
        let messages = |ticket: &Ticket| u64::try_from(ticket.message_count).unwrap_or(0);
        filled.messages += tickets.iter().map(messages).sum::<u64>();
        filled.tickets += cases.len() as u64;
        bar.inc(cases.len() as u64);
    }
    drop(receive);
    thinking.await?;
    Ok(filled)
}

/// The bar in the terminal; where there is none it stays silent.
pub fn progress_bar(tickets: u64) -> ProgressBar {
    let style = ProgressStyle::with_template(
        "{bar:40} {human_pos} / {human_len} tickets, {per_sec}, {eta} left",
    );
    ProgressBar::new(tickets).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// The nights of the days before today, as far back as a trend is shown.
fn last_nights(desk: &Desk) -> Vec<Instant> {
    let today = nights::begun(desk.db.clock().now());
    let before = (1..TREND_DAYS).rev();
    let days = before.filter_map(|ago| today.checked_sub_days(Days::new(ago)));
    days.map(nights::of).collect()
}

async fn stories<'a>(
    desk: &Desk,
    unit: &'a Unit,
    today: Today,
    fields: &'a Fields,
    cases: &'a [Case],
    pool: &mut Pool,
) -> anyhow::Result<Vec<Story<'a>>> {
    let mut stories = Vec::with_capacity(cases.len());
    for case in cases {
        let mut files = Vec::with_capacity(case.entries.len());
        for entry in &case.entries {
            let mut of_entry = Vec::with_capacity(entry.files.len());
            for file in &entry.files {
                of_entry.push(pool.take(&desk.db, file).await?);
            }
            files.push(of_entry);
        }
        let host = unit.requesters[case.requester].address.address.rsplit('@');
        let host = host.take(1).next().unwrap_or_default();
        stories.push(Story {
            case,
            unit,
            today,
            fields,
            files,
            first_mail_id: format!("{}@{host}", entities::new_id().simple()),
        });
    }
    Ok(stories)
}

/// Cases from the oldest on. What happened before a night is brought in before that night's work is done.
async fn bring_in(
    desk: &Desk,
    stories: &[Story<'_>],
    nights: &[Instant],
) -> anyhow::Result<Vec<Ticket>> {
    let token_key = answer::token_key(desk);
    let mut tickets = HashMap::with_capacity(stories.len());
    let mut waiting: Vec<(Instant, Step<Ticket>)> = Vec::new();
    let mut unopened = stories;
    for night in nights.iter().map(Some).chain([None]) {
        let is_before = |at: Instant| night.is_none_or(|night| at < *night);
        let few = unopened.partition_point(|story| is_before(story.begun()));
        let (opening, later) = unopened.split_at(few);
        unopened = later;
        let openings = opening.iter().map(Story::opening);
        let openings = openings.collect::<Result<Vec<_>, _>>()?;
        for (story, opened) in opening.iter().zip(desk.db.change_series(openings).await?) {
            let ticket = opened?.subject;
            waiting.extend(story.continuation(&ticket, &token_key, &desk.config.mail.domain)?);
            tickets.insert(ticket.id, ticket);
        }
        let (due, rest): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(at, _)| is_before(*at));
        waiting = rest;
        let steps = due.into_iter().map(|(_, step)| step).collect();
        for done in desk.db.change_series(steps).await? {
            let ticket = done?.subject;
            tickets.insert(ticket.id, ticket);
        }
        if let Some(night) = night {
            nights::keep_checks_at(desk, *night).await?;
        }
    }
    tell_deadlines(desk, &mut tickets).await?;
    Ok(tickets.into_values().collect())
}

/// Deadlines are told on the days they came.
async fn tell_deadlines(desk: &Desk, tickets: &mut HashMap<Uuid, Ticket>) -> Result<(), DeskError> {
    let now = desk.db.clock().now();
    let clock = Actor::System(Rule::ImportedDeadline);
    loop {
        let come = tickets
            .values()
            .filter_map(|ticket| Some((ticket, ticket.notice_at.filter(|at| *at <= now)?)));
        let steps = come.map(|(ticket, at)| step(&clock, ticket.clone(), TellDeadlines, at));
        let steps = steps.collect::<Result<Vec<_>, _>>()?;
        if steps.is_empty() {
            return Ok(());
        }
        for done in desk.db.change_series(steps).await? {
            let ticket = done?.subject;
            tickets.insert(ticket.id, ticket);
        }
    }
}

/// Owners and the first agent have read what is older than a day, so that what is new stands out.
async fn look_at(desk: &Desk, unit: &Unit, tickets: &[Ticket]) -> Result<(), DeskError> {
    let yesterday = desk.db.clock().now() - Duration::days(1);
    for ticket in tickets.iter().filter(|t| t.last_message_at < yesterday) {
        let first = unit.agents.first().map(|agent| agent.id);
        for reader in [ticket.owner_id, first].into_iter().flatten() {
            thread::mark_seen(&desk.db, &on_behalf_of(reader), ticket).await?;
        }
    }
    let known = yesterday - Duration::days(3);
    for agent in &unit.agents {
        notice::read_all(&desk.db, &on_behalf_of(agent.id), known).await?;
    }
    Ok(())
}

/// Files stored so far: a big fill has no use for a hundred thousand different ones.
#[derive(Default)]
struct Pool {
    stored: HashMap<&'static str, Vec<NewFile>>,
    taken: usize,
}

impl Pool {
    async fn take(&mut self, db: &Db, sketch: &FileSketch) -> Result<NewFile, DeskError> {
        let of_type = self.stored.entry(sketch.content_type).or_default();
        self.taken += 1;
        if of_type.len() >= MOST_FILES {
            let file = of_type[self.taken % of_type.len()].clone();
            let name = sketch.name.clone();
            return Ok(NewFile { name, ..file });
        }
        let stored = db.put_blob(sketch.bytes.clone()).await?;
        let file = NewFile {
            name: sketch.name.clone(),
            content_type: sketch.content_type.to_owned(),
            size_bytes: stored.size_bytes,
            sha256: stored.sha256,
            inline: false,
            content_id: None,
        };
        of_type.push(file.clone());
        Ok(file)
    }
}
