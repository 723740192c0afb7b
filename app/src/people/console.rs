//! `lotse people import`: the same import on the command line, with a bar.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use entities::organisation::OrganisationKind;
use entities::person::import::Counts;
use entities::{Actor, Rule};
use indicatif::{ProgressBar, ProgressStyle};

use super::columns::{Choices, Column};
use super::plan::{Planned, Verdict, plan};
use super::refusal::{self, Refused};
use super::run::{AT_ONCE, Run};
use super::sheet;
use crate::desk::Desk;

/// What to import.
#[derive(Debug, clap::Args)]
pub struct PeopleImport {
    /// A CSV or XLSX file with a heading in its first line; people are known again by their mail address.
    file: PathBuf,
    /// Say what would happen and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Make organisations that are not known, as: district_office, provider, vendor, data_centre or own_unit.
    #[arg(long, value_name = "KIND", value_parser = kind)]
    create_organisations: Option<OrganisationKind>,
    /// Write every refused line with its reason into this CSV file.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

fn kind(text: &str) -> Result<OrganisationKind, String> {
    let value = serde_json::Value::String(text.to_owned());
    serde_json::from_value(value).map_err(|_| format!("“{text}” is no kind of organisation"))
}

/// Imports or only plans; the lines to print.
pub async fn import(desk: &Desk, asked: PeopleImport) -> anyhow::Result<String> {
    let file = asked.file.display();
    let size = std::fs::metadata(&asked.file).with_context(|| format!("cannot read {file}"))?;
    // Not read at all when it is too large to be one.
    anyhow::ensure!(
        size.len() <= sheet::MOST_BYTES as u64,
        "{file}: {}",
        sheet::Unreadable::TooLarge
    );
    let bytes = std::fs::read(&asked.file).with_context(|| format!("cannot read {file}"))?;
    let sheet = sheet::read(&bytes).with_context(|| format!("cannot import {file}"))?;
    let mut choices = Choices::of(&sheet);
    choices.create = asked.create_organisations;
    anyhow::ensure!(
        choices.has(Column::Email),
        "{file}: no heading names a column of mail addresses: {}",
        sheet.headings.join(", ")
    );
    let actor = Actor::System(Rule::Import { on_behalf_of: None });
    let planned = plan(desk, &actor, &sheet, &choices).await?;
    let (counts, refused) = match asked.dry_run {
        true => counted(&planned),
        false => take(desk, actor, &choices, &planned).await?,
    };
    if let Some(report) = &asked.report {
        write(desk, report, &refused)?;
    }
    Ok(told(desk, asked.dry_run, counts, &refused))
}

/// What the plan comes to.
pub fn counted(planned: &[Planned]) -> (Counts, Vec<Refused>) {
    let (mut counts, mut refused) = (Counts::default(), Vec::new());
    for one in planned {
        match &one.verdict {
            Verdict::New { .. } => counts.created += 1,
            Verdict::Updated { .. } => counts.updated += 1,
            Verdict::Unchanged => counts.unchanged += 1,
            Verdict::Refused(why) => {
                counts.refused += 1;
                refused.push(Refused::of(&one.line, *why));
            }
        }
    }
    (counts, refused)
}

async fn take(
    desk: &Desk,
    actor: Actor,
    choices: &Choices,
    planned: &[Planned],
) -> anyhow::Result<(Counts, Vec<Refused>)> {
    let bar = ProgressBar::new(planned.len() as u64);
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} lines, {eta} left");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let (mut counts, mut refused) = (Counts::default(), Vec::new());
    let mut run = Run::new(desk, actor, choices.create);
    for some in planned.chunks(AT_ONCE) {
        let (more, lines) = run.take(some).await?;
        counts.created += more.created;
        counts.updated += more.updated;
        counts.unchanged += more.unchanged;
        counts.refused += more.refused;
        refused.extend(lines);
        bar.inc(some.len() as u64);
    }
    bar.finish_and_clear();
    Ok((counts, refused))
}

fn write(desk: &Desk, report: &Path, refused: &[Refused]) -> anyhow::Result<()> {
    let table = refusal::report(desk.config.locale, refused);
    std::fs::write(report, table).with_context(|| format!("cannot write {}", report.display()))
}

fn told(desk: &Desk, dry_run: bool, counts: Counts, refused: &[Refused]) -> String {
    let mut told = String::new();
    for one in refused {
        let why = one.why.words(desk.config.locale);
        told += &format!("Line {}: {why}\n", one.number);
    }
    let would = if dry_run { "Would be: " } else { "" };
    told + &format!(
        "{would}{} created, {} updated, {} unchanged, {} refused.\n",
        counts.created, counts.updated, counts.unchanged, counts.refused
    )
}
