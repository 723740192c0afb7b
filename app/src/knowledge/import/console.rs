//! `lotse knowledge import`: brings in articles on the command line, with a bar and a report.

use std::path::PathBuf;

use anyhow::Context as _;
use entities::article::{self, Audience};
use entities::language::Language;
use entities::policy::{self, Place};
use entities::{Permission, Uuid, person};
use indicatif::{ProgressBar, ProgressStyle};

use super::run::{Wanted, import as run};
use super::source;
use crate::desk::Desk;

/// What to import.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct KnowledgeImport {
    /// A folder of .html or .md files, one such file, or a .jsonl file with an object a line.
    pub path: PathBuf,
    /// Say what would happen and change nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Let readers see it at once: it was reviewed where it comes from. Without it all become drafts.
    #[arg(long)]
    pub publish: bool,
    /// Write over articles that people wrote on since they were imported.
    #[arg(long)]
    pub overwrite: bool,
    /// The name of the collection, by which articles are known again; without it that of the folder or file.
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// The category for all of it, with those above it: KITA-Netz/Bescheid. What is missing is made.
    #[arg(long, value_name = "A/B")]
    pub category: Option<String>,
    /// The language of what does not name its own: de or en.
    #[arg(long, value_name = "CODE", value_parser = language)]
    pub language: Option<Language>,
    /// For whom it is, unless it says so itself: internal, requesters or public.
    #[arg(long, value_name = "AUDIENCE", value_parser = audience)]
    pub audience: Option<Audience>,
    /// Mail address of whoever answers for what names nobody.
    #[arg(long, value_name = "MAIL")]
    pub owner: Option<String>,
    /// Mail address of whoever runs it: it is done in their name, and only as far as they may.
    #[arg(long, value_name = "MAIL")]
    pub by: Option<String>,
    /// Read files also where links lead out of the folder; only for what one trusts.
    #[arg(long)]
    pub follow_links: bool,
    /// For programs: one JSON object.
    #[arg(long)]
    pub json: bool,
}

fn language(text: &str) -> Result<Language, String> {
    Language::from_code(text).ok_or_else(|| format!("“{text}” is neither de nor en"))
}

fn audience(text: &str) -> Result<Audience, String> {
    let value = serde_json::from_value(serde_json::Value::from(text));
    match value {
        // Which vendors is said by each article alone.
        Ok(Audience::Vendors) | Err(_) => Err(format!(
            "“{text}” is none of internal, requesters and public"
        )),
        Ok(audience) => Ok(audience),
    }
}

/// Imports; the lines to print.
pub async fn import(desk: &Desk, asked: KnowledgeImport) -> anyhow::Result<String> {
    let by = match &asked.by {
        Some(email) => Some(whoever_may(desk, email, asked.publish).await?),
        None => None,
    };
    let owner_id = match &asked.owner {
        Some(email) => Some(owner(desk, email).await?),
        None => by,
    };
    let source = source::read(&asked.path, asked.follow_links)?;
    let wanted = Wanted {
        dry_run: asked.dry_run,
        publish: asked.publish,
        overwrite: asked.overwrite,
        source: asked.source,
        category: asked
            .category
            .map(|way| way.split('/').map(str::to_owned).collect())
            .unwrap_or_default(),
        language: asked.language,
        audience: asked.audience,
        owner_id,
        by,
    };
    let bar = ProgressBar::new(source.pages.len() as u64);
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} articles, {eta} left");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let report = run(desk, source, &wanted, |done, _| {
        bar.set_position(done as u64)
    })
    .await?;
    bar.finish_and_clear();
    match asked.json {
        true => Ok(format!("{}\n", serde_json::to_string_pretty(&report)?)),
        false => Ok(report.lines()),
    }
}

/// A person in whose name articles are brought in, as far as all of it is theirs to do.
async fn whoever_may(desk: &Desk, email: &str, publish: bool) -> anyhow::Result<Uuid> {
    let found = person::by_email(&desk.db, email).await?;
    let id = found
        .with_context(|| format!("nobody has the address {email}"))?
        .id;
    let actor = person::load_actor(&desk.db, id).await?;
    let actor = actor.with_context(|| format!("{email} cannot sign in"))?;
    let may = |permission| policy::allows(&actor, permission, Place::Desk);
    anyhow::ensure!(
        may(Permission::WriteArticles),
        "{email} may not write all articles"
    );
    anyhow::ensure!(
        !publish || may(Permission::PublishArticles),
        "{email} may not publish all articles; leave out --publish, and others review what was imported"
    );
    Ok(id)
}

async fn owner(desk: &Desk, email: &str) -> anyhow::Result<Uuid> {
    let found = person::by_email(&desk.db, email).await?;
    let id = found
        .with_context(|| format!("nobody has the address {email}"))?
        .id;
    let owners = article::owners(&desk.db).await?;
    anyhow::ensure!(
        owners.iter().any(|owner| owner.id == id),
        "{email} writes no articles, and so cannot answer for any"
    );
    Ok(id)
}
