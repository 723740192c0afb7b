//! `lotse knowledge export`: a folder with one Markdown file an article and its files beside it, which imports again.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use entities::article::{self, Article, State, Version, version};
use entities::{Actor, Rule, Uuid, category, organisation, person, service, text};
use indicatif::{ProgressBar, ProgressStyle};

use super::import::front::{one, several};
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
        let text = surroundings.front(sheet) + &body(sheet, &names);
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
        for article in some {
            let number = if newest {
                article.row.newest
            } else {
                article.shown()
            };
            let version = version::of(&desk.db, &article, number).await?;
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

/// The names of what articles are filed under.
struct Surroundings {
    categories: HashMap<Uuid, Vec<String>>,
    services: BTreeMap<Uuid, String>,
    vendors: BTreeMap<Uuid, String>,
    owners: HashMap<Uuid, String>,
}

impl Surroundings {
    async fn read(desk: &Desk, sheets: &[Sheet]) -> anyhow::Result<Surroundings> {
        let db = &desk.db;
        let by_id = |choices: Vec<entities::setting::Choice>| {
            choices.into_iter().map(|one| (one.id, one.name)).collect()
        };
        let mut categories = HashMap::new();
        let mut owners = HashMap::new();
        for sheet in sheets {
            let row = &sheet.article.row;
            if let Some(id) = row.category_id.filter(|id| !categories.contains_key(id)) {
                let way = category::list::path(db, id).await?.into_iter();
                categories.insert(id, way.map(|one| one.name).collect());
            }
            if let Some(id) = row.owner_id.filter(|id| !owners.contains_key(id)) {
                let owner = person::find(db, &Actor::System(Rule::Console), id).await?;
                owners.insert(id, owner.row.email.unwrap_or_default());
            }
        }
        Ok(Surroundings {
            categories,
            services: by_id(service::choices(db).await?),
            vendors: by_id(organisation::list::partners(db).await?),
            owners,
        })
    }

    /// What stands before the text.
    fn front(&self, sheet: &Sheet) -> String {
        let (row, version) = (&sheet.article.row, &sheet.version);
        let named = |ids: &[Uuid], names: &BTreeMap<Uuid, String>| {
            let mut names: Vec<String> =
                ids.iter().filter_map(|id| names.get(id).cloned()).collect();
            names.sort();
            names
        };
        let stored = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let state = match (row.state, row.published == Some(version.number)) {
            (State::Draft | State::InReview, true) => State::Published,
            (state, _) => state,
        };
        let (source, id) = origin(&sheet.article);
        let keywords: Vec<String> = version.keywords.lines().map(str::to_owned).collect();
        let way = row.category_id.and_then(|id| self.categories.get(&id));
        let files = version.files().into_iter();
        let files: Vec<String> = files
            .map(|f| format!("{}/{}", sheet.name, f.name))
            .collect();
        let mut out = String::from("---\n");
        one(&mut out, "title", &version.title);
        one(&mut out, "summary", &version.summary);
        several(&mut out, "keywords", &keywords);
        several(&mut out, "category", way.map_or(&[], Vec::as_slice));
        several(
            &mut out,
            "services",
            &named(&sheet.article.service_ids, &self.services),
        );
        one(
            &mut out,
            "audience",
            &stored(serde_json::json!(version.audience)),
        );
        several(
            &mut out,
            "vendors",
            &named(&version.vendor_ids(), &self.vendors),
        );
        one(&mut out, "language", row.language.code());
        let owner = row.owner_id.and_then(|id| self.owners.get(&id));
        one(&mut out, "owner", owner.map_or("", String::as_str));
        let due = row.review_due_on.map(|day| day.to_string());
        one(&mut out, "review_due", due.as_deref().unwrap_or_default());
        if row.second_review {
            one(&mut out, "second_review", "true");
        }
        one(&mut out, "state", &stored(serde_json::json!(state)));
        one(&mut out, "source", &source);
        one(&mut out, "id", &id);
        several(&mut out, "files", &files);
        out + "---\n\n"
    }
}
