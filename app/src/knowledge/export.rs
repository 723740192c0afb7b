//! `lotse knowledge export`: a folder with one Markdown file an article and its files beside it, which imports again.

mod facts;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use entities::article::{self, Article, Version, version};
use entities::{Actor, Rule, Uuid, text};
use indicatif::{ProgressBar, ProgressStyle};

use self::facts::Surroundings;
use crate::desk::Desk;
use crate::web::markdown::article::addresses::rewritten;
use crate::web::markdown::article::pictures::FILES;

/// Articles that are read at once.
const AT_ONCE: u64 = 200;
/// The most letters of the name of a file.
const MOST_NAME: usize = 80;

/// Where to export to.
#[derive(Debug, Default, clap::Args)]
pub struct KnowledgeExport {
    /// The folder to write into; it is missing or empty.
    pub folder: PathBuf,
    /// Export the newest version of each article, also where readers still see an older one.
    #[arg(long)]
    pub newest: bool,
}

/// An article with the version that is exported.
struct Sheet {
    article: Article,
    version: Version,
    /// The name of its file without its ending, and of the folder with its files.
    name: String,
}

/// Writes all articles; the line to print.
pub async fn export(desk: &Desk, asked: KnowledgeExport) -> anyhow::Result<String> {
    let folder = &asked.folder;
    let shown = || folder.display().to_string();
    std::fs::create_dir_all(folder).with_context(shown)?;
    let is_empty = std::fs::read_dir(folder)
        .with_context(shown)?
        .next()
        .is_none();
    anyhow::ensure!(
        is_empty,
        "{}: is not empty; an export writes over nothing",
        shown()
    );
    let sheets = sheets(desk, asked.newest).await?;
    let names: HashMap<Uuid, String> = sheets
        .iter()
        .map(|sheet| (sheet.article.row.id, sheet.name.clone()))
        .collect();
    let surroundings = Surroundings::read(desk, &sheets).await?;
    let bar = ProgressBar::new(sheets.len() as u64);
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} articles, {eta} left");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let mut files = 0;
    for sheet in &sheets {
        files += write_files(desk, folder, sheet).await?;
        let text = surroundings.front(sheet, &names) + &body(sheet, &names);
        let file = folder.join(format!("{}.md", sheet.name));
        std::fs::write(&file, text).with_context(|| file.display().to_string())?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(format!(
        "Exported into {}: {} articles and {files} files.\n",
        shown(),
        sheets.len()
    ))
}

/// All articles in an order that does not depend on this desk, each with a name of its own.
async fn sheets(desk: &Desk, newest: bool) -> anyhow::Result<Vec<Sheet>> {
    let actor = Actor::System(Rule::Console);
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut after = None;
    loop {
        let some = article::to_export(&desk.db, &actor, after, AT_ONCE).await?;
        let Some(last) = some.last() else { break };
        after = Some(last.row.id);
        for mut article in some {
            let number = if newest {
                article.row.newest
            } else {
                article.shown()
            };
            let version = version::of(&desk.db, &article, number).await?;
            // It would be in memory twice.
            article.newest = None;
            sheets.push(Sheet {
                article,
                version,
                name: String::new(),
            });
        }
    }
    sheets.sort_by_cached_key(|sheet| (text::fold(&sheet.version.title), origin(&sheet.article)));
    let mut taken = HashSet::new();
    for sheet in &mut sheets {
        let name = name(&sheet.version.title);
        let mut free = name.clone();
        let mut count = 1;
        while !taken.insert(free.clone()) {
            count += 1;
            free = format!("{name}-{count}");
        }
        sheet.name = free;
    }
    Ok(sheets)
}

/// From which collection it is and what it is called there; here, when it was begun here.
fn origin(article: &Article) -> (String, String) {
    let row = &article.row;
    match (&row.source, &row.source_id) {
        (Some(source), Some(id)) => (source.clone(), id.clone()),
        _ => (article::DESK.to_owned(), row.id.to_string()),
    }
}

/// A title as the name of a file.
fn name(title: &str) -> String {
    let folded = text::fold(title);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let name: String = words.join("-").chars().take(MOST_NAME).collect();
    match name.trim_matches('-') {
        "" => "article".to_owned(),
        name => name.to_owned(),
    }
}

/// The text with addresses that lead within the folder.
fn body(sheet: &Sheet, names: &HashMap<Uuid, String>) -> String {
    let text = rewritten(&sheet.version.body, |_, address| {
        if let Some(file) = address.strip_prefix(FILES) {
            return Some(format!("{}/{file}", sheet.name));
        }
        let inside = address.strip_prefix("/knowledge/")?;
        let (id, place) = match inside.find('#') {
            Some(at) => inside.split_at(at),
            None => (inside, ""),
        };
        let name = names.get(&Uuid::try_parse(id).ok()?)?;
        Some(format!("{name}.md{place}"))
    });
    match text.is_empty() {
        true => text,
        false => text + "\n",
    }
}

async fn write_files(desk: &Desk, folder: &Path, sheet: &Sheet) -> anyhow::Result<usize> {
    let files = sheet.version.files();
    let within = folder.join(&sheet.name);
    if !files.is_empty() {
        std::fs::create_dir_all(&within).with_context(|| within.display().to_string())?;
    }
    for file in &files {
        let at = within.join(&file.name);
        let bytes = file.bytes(&desk.db).await?;
        std::fs::write(&at, bytes).with_context(|| at.display().to_string())?;
    }
    Ok(files.len())
}
