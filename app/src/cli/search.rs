//! `lotse search`: asking the index, building it anew, comparing it with the database.

use std::time::Instant;

use anyhow::Context as _;
use clap::{Args, Subcommand, ValueEnum};
use entities::{Actor, Rule, person};
use indicatif::{ProgressBar, ProgressStyle};
use search::answer::Highlight;
use search::document::Kind;
use serde_json::json;

use crate::desk::Desk;
use crate::finding::answer::{Answered, Found, What, known};
use crate::finding::ask::{Asked, question};
use crate::finding::reindex;

#[derive(Debug, Subcommand)]
pub enum SearchCommand {
    /// Look for words as the search page does.
    Query(SearchQuery),
    /// Build the index anew beside the one that answers, which answers until the new one is complete.
    Reindex,
    /// Compare the index with the database; what differs is noted to be taken in, and the exit code is 1.
    Verify,
}

/// A kind of hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Type {
    Ticket,
    Article,
}

#[derive(Debug, Args)]
pub struct SearchQuery {
    /// The words.
    words: String,
    /// Only hits of this kind.
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<Type>,
    /// The e-mail address of an account, to find what this person finds; without it, everything.
    #[arg(long = "as", value_name = "PERSON")]
    person: Option<String>,
    /// The most hits.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=100))]
    limit: u16,
    /// For programs: one JSON object.
    #[arg(long)]
    json: bool,
}

/// Asks the index; what to print.
pub async fn query(desk: &Desk, asked: SearchQuery) -> anyhow::Result<String> {
    let begun = Instant::now();
    let actor = match &asked.person {
        None => Actor::System(Rule::Console),
        Some(email) => {
            let found = person::by_email(&desk.db, email).await?;
            let found = found.with_context(|| format!("{email}: there is no such account"))?;
            let actor = person::load_actor(&desk.db, found.id).await?;
            actor.with_context(|| format!("{email}: the account is not in use"))?
        }
    };
    let kind = match asked.kind {
        None => "",
        Some(Type::Ticket) => Kind::Ticket.name(),
        Some(Type::Article) => Kind::Article.name(),
    };
    let form = Asked {
        q: asked.words,
        kind: kind.to_owned(),
        ..Asked::default()
    };
    let mut question = question(&desk.db, &actor, desk.config.time_zone, &form).await?;
    question.request.limit = asked.limit.into();
    question
        .request
        .facets
        .retain(|facet| !facet.chosen.is_empty());
    let engine = desk.index.engine().await?;
    let answer = engine.search(question.request).await?;
    let answered = known(&desk.db, &actor, answer).await?;
    let took = begun.elapsed().as_secs_f64() * 1000.0;
    Ok(match asked.json {
        true => format!("{}\n", of_program(&answered, took)),
        false => of_person(&answered),
    })
}

fn of_program(answered: &Answered, took_ms: f64) -> serde_json::Value {
    let hits: Vec<serde_json::Value> = answered.found.iter().map(hit).collect();
    json!({
        "hits": hits,
        "total": answered.answer.total.number(),
        "took_ms": (took_ms * 1000.0).round() / 1000.0,
    })
}

fn hit(found: &Found) -> serde_json::Value {
    let highlights: Vec<serde_json::Value> = found.highlights.iter().map(highlight).collect();
    let mut hit = json!({
        "title": found.what.title(),
        "score": found.score,
        "highlights": highlights,
    });
    match &found.what {
        What::Ticket(one) => {
            hit["type"] = "ticket".into();
            hit["id"] = one.ticket.id.to_string().into();
            hit["number"] = one.ticket.number.clone().into();
        }
        What::Article(row) => {
            hit["type"] = "article".into();
            hit["id"] = row.id.to_string().into();
            hit["slug"] = row.id.to_string().into();
        }
        What::Case(line) => {
            hit["type"] = "case".into();
            hit["number"] = line.number.clone().into();
        }
    }
    if let Some(source_id) = &found.source_id {
        hit["source_id"] = source_id.clone().into();
    }
    hit
}

fn highlight(one: &Highlight) -> serde_json::Value {
    let ranges: Vec<[usize; 2]> = one.ranges.iter().map(|r| [r.start, r.end]).collect();
    json!({ "text": one.text, "ranges": ranges })
}

fn of_person(answered: &Answered) -> String {
    let mut out = format!("{} hits\n", answered.answer.total.number());
    for found in &answered.found {
        let named = match &found.what {
            What::Ticket(hit) => hit.ticket.number.clone(),
            What::Article(row) => row.id.to_string(),
            What::Case(line) => line.number.clone(),
        };
        out.push_str(&format!("{named}  {}\n", found.what.title()));
    }
    out
}

/// Builds the index anew; what to print.
pub async fn reindex(desk: &Desk) -> anyhow::Result<String> {
    // The one who writes goes on; this one builds beside.
    let engine = match desk.index.writer().await {
        Err(search::Error::Locked(_)) => desk.index.engine().await,
        other => other,
    }?;
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len}, {per_sec}, {eta} left");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let taken = reindex::anew(&desk.db, &engine, desk.config.time_zone, |done, all| {
        bar.set_length(all);
        bar.set_position(done);
    })
    .await?;
    bar.finish_and_clear();
    let stats = engine.stats().await?;
    Ok(format!(
        "Built {}: {taken} tickets and articles, {} kB.\n",
        stats.index,
        stats.bytes / 1024
    ))
}

/// Compares index and database; what to print, and whether they are the same.
pub async fn verify(desk: &Desk) -> anyhow::Result<(String, bool)> {
    let engine = desk.index.engine().await?;
    let waiting = entities::finding::queue::length(&desk.db).await?;
    let found = reindex::compare(&desk.db, &engine).await?;
    let said = match found.is_none() {
        true => format!("In step: {} tickets and articles.\n", found.subjects),
        false => format!(
            "Not in step: of {} tickets and articles {} are missing, {} are behind, {} are gone; {waiting} waited to be taken in. \
             They are taken in by the process that serves.\n",
            found.subjects, found.missing, found.behind, found.gone
        ),
    };
    Ok((said, found.is_none()))
}
