//! Doing an import: pages become articles, so many in a transaction, each refused one by itself.

use std::collections::{HashMap, HashSet};

use entities::article::{self, Article, Audience, File, Import, ImportReviewed, Origin, State};
use entities::language::Language;
use entities::ledger::Step;
use entities::permit::{Permit, Reach};
use entities::setting::Show;
use entities::{Actor, DeskError, Rejected, Uuid, organisation, release, service};

use super::categories::Categories;
use super::draft::Draft;
use super::drafts::Drafts;
use super::facts::{Owners, by_name, over};
use super::files::Files;
use super::original::Originals;
use super::ready::Ready;
use super::report::{Entry, Outcome, Remarks, Report, What};
use super::source::Source;
use crate::desk::Desk;

/// Articles of one transaction.
const AT_ONCE: usize = 100;

/// What is wanted of an import.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub dry_run: bool,
    /// What was reviewed where it comes from is read at once.
    pub publish: bool,
    /// What people wrote on since is written over.
    pub overwrite: bool,
    pub source: Option<String>,
    /// The way to the category in which all of it lies.
    pub category: Vec<String>,
    pub language: Option<Language>,
    pub audience: Option<Audience>,
    pub owner_id: Option<Uuid>,
    /// In whose name; none: the machine's owner.
    pub by: Option<Uuid>,
}

/// Imports all of a source; `done` hears how many pages are through.
///
/// # Errors
/// The database's and the file store's. What was taken by then stays, and is found unchanged the next time.
pub async fn import(
    desk: &Desk,
    source: Source,
    wanted: &Wanted,
    done: impl Fn(usize, usize),
) -> entities::Result<Report> {
    let actor = Actor::System(entities::Rule::Import {
        on_behalf_of: wanted.by,
    });
    let mut report = Report {
        dry_run: wanted.dry_run,
        passed: source.passed,
        ..Report::default()
    };
    for (id, why) in source.refused {
        report.add(refused(id, why));
    }
    let name = wanted.source.clone().unwrap_or(source.name);
    let pages = source.pages.into_iter();
    let mut all: Vec<Draft> = pages.map(|page| Draft::of(page, &name)).collect();
    let mut origins = HashSet::with_capacity(all.len());
    all.retain(|draft| {
        let is_first = origins.insert((draft.source.clone(), draft.source_id.clone()));
        if !is_first {
            let why = format!("is called “{}”, as a page before it is", draft.source_id);
            report.add(refused(draft.page.clone(), why));
        }
        is_first
    });
    let known = known(desk, &actor, &mut all).await?;
    let mut run = Run {
        categories: Categories::read(&desk.db, actor.clone(), wanted.dry_run).await?,
        services: by_name(service::choices(&desk.db).await?),
        releases: by_name(release::list::ways_of(&desk.db, Show::Active).await?),
        vendors: by_name(organisation::list::partners(&desk.db).await?),
        originals: Originals::default(),
        owners: Owners::new(&desk.db),
        files: Files::of(&source.root, source.follows),
        drafts: Drafts::of(all, &source.root),
        desk,
        actor,
        wanted,
        known,
    };
    let count = run.drafts.all.len();
    // What is translated is there before its translations.
    let is_original = |place: &usize| run.drafts.all[*place].original().is_none();
    let (originals, others): (Vec<usize>, Vec<usize>) = (0..count).partition(is_original);
    let mut through = 0;
    for some in originals.chunks(AT_ONCE).chain(others.chunks(AT_ONCE)) {
        for entry in run.some(some).await? {
            report.add(entry);
        }
        through += some.len();
        done(through, count);
    }
    report.files = run.files.count();
    Ok(report)
}

/// Articles that came from the same places before; each draft gets the id of its own, or a new one.
async fn known(
    desk: &Desk,
    actor: &Actor,
    all: &mut [Draft],
) -> entities::Result<HashMap<Uuid, article::Model>> {
    let mut sources: Vec<String> = all.iter().map(|draft| draft.source.clone()).collect();
    sources.sort();
    sources.dedup();
    let mut by_origin = HashMap::new();
    for source in sources {
        for row in article::imported(&desk.db, actor, &source).await? {
            let source_id = row.source_id.clone().unwrap_or_else(|| row.id.to_string());
            by_origin.insert((source.clone(), source_id), row);
        }
    }
    let mut known = HashMap::new();
    for draft in all {
        let origin = (draft.source.clone(), draft.source_id.clone());
        match by_origin.remove(&origin) {
            Some(row) => {
                draft.article = row.id;
                known.insert(row.id, row);
            }
            None => draft.article = entities::new_id(),
        }
    }
    Ok(known)
}

/// An import on its way.
pub(super) struct Run<'a> {
    pub desk: &'a Desk,
    pub actor: Actor,
    pub wanted: &'a Wanted,
    /// What is there of it already.
    pub known: HashMap<Uuid, article::Model>,
    pub categories: Categories,
    pub services: HashMap<String, Uuid>,
    pub releases: HashMap<String, Uuid>,
    pub vendors: HashMap<String, Uuid>,
    pub originals: Originals,
    pub owners: Owners,
    pub files: Files,
    pub drafts: Drafts,
}

impl Run<'_> {
    async fn some(&mut self, places: &[usize]) -> entities::Result<Vec<Entry>> {
        let mut entries: Vec<Entry> = Vec::with_capacity(places.len());
        let mut steps: Vec<Step<Article>> = Vec::new();
        let mut stepped: Vec<(usize, State)> = Vec::new();
        let mut named: Vec<File> = Vec::new();
        for place in places.iter().copied() {
            let mut ready = self.ready(place).await?;
            let draft = &self.drafts.all[place];
            let outcome = self.outcome(draft.article, &ready.origin);
            let is_written = matches!(outcome, Outcome::Created | Outcome::Updated);
            let at = entries.len();
            entries.push(Entry {
                id: draft.page.clone(),
                title: draft.title.clone(),
                outcome,
                why: (outcome == Outcome::Kept).then(|| KEPT.to_owned()),
                article: Some(draft.article),
                remarks: std::mem::take(&mut ready.remarks),
            });
            if is_written {
                let known = self.known.get(&draft.article);
                let is_twice = ready.given.second_review || known.is_some_and(|a| a.second_review);
                if self.wanted.dry_run && is_twice && ready.state == State::Published {
                    entries[at].remarks.count(What::LeftInReview, 1);
                }
                named.extend(ready.content.files.iter().cloned());
                stepped.push((at, ready.state));
                steps.push(self.step(draft.article, ready).await?);
            }
        }
        if self.wanted.dry_run {
            self.files.forget();
            return Ok(entries);
        }
        self.files.store(&self.desk.db, &named).await?;
        let results = match steps.is_empty() {
            true => vec![],
            false => self.desk.db.change_series(steps).await?,
        };
        for ((place, wanted), result) in stepped.into_iter().zip(results) {
            match result {
                Ok(done) => {
                    let is_left =
                        (wanted, done.subject.row.state) == (State::Published, State::InReview);
                    let remarks = &mut entries[place].remarks;
                    remarks.count(What::LeftInReview, usize::from(is_left));
                }
                Err(DeskError::Rejected(why)) => refuse(&mut entries[place], why),
                Err(DeskError::Forbidden) => {
                    refuse(&mut entries[place], Rejected::NotYourServices);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(entries)
    }

    fn outcome(&self, id: Uuid, origin: &Origin) -> Outcome {
        let Some(row) = self.known.get(&id) else {
            return Outcome::Created;
        };
        if row.source_digest.as_ref() == Some(&origin.digest) {
            return Outcome::Unchanged;
        }
        match row.source_version == Some(row.newest) || self.wanted.overwrite {
            true => Outcome::Updated,
            false => Outcome::Kept,
        }
    }

    async fn step(&self, id: Uuid, ready: Ready) -> entities::Result<Step<Article>> {
        let row = self.known.get(&id);
        let filing = match row {
            Some(row) => {
                let there = article::find(&self.desk.db, &self.actor, row.id)
                    .await?
                    .filing();
                over(ready.given, there)
            }
            None => ready.filing,
        };
        let import = Import {
            id,
            edition: row.map(|row| row.edition),
            number: ready.number,
            content: ready.content,
            filing,
            origin: ready.origin,
        };
        // When it was written elsewhere is said of what is new; what is known goes on from here.
        let at = ready.at.filter(|_| row.is_none());
        if !self.wanted.publish {
            let permit: Permit<Import> = Permit::ask(&self.actor, Reach)?;
            return Ok(Step::new(
                at.map_or(Ok(permit.clone()), |at| permit.dated(at))?,
                import,
            ));
        }
        let permit: Permit<ImportReviewed> = Permit::ask(&self.actor, Reach)?;
        let permit = at.map_or(Ok(permit.clone()), |at| permit.dated(at))?;
        let state = ready.state;
        Ok(Step::new(permit, ImportReviewed { import, state }))
    }
}

const KEPT: &str = "people wrote on here since; use --overwrite to write over it";

fn refused(id: String, why: String) -> Entry {
    Entry {
        title: id.clone(),
        id,
        outcome: Outcome::Refused,
        why: Some(why),
        article: None,
        remarks: Remarks::default(),
    }
}

fn refuse(entry: &mut Entry, why: Rejected) {
    entry.outcome = Outcome::Refused;
    entry.article = None;
    entry.why = Some(match why {
        Rejected::ArticleIncomplete => {
            "cannot be published: it needs a summary, a text, a category, an owner and a day of review".to_owned()
        }
        Rejected::Retired => "was retired here; bring it back before it is imported".to_owned(),
        Rejected::ChangedMeanwhile => "was changed here while it was imported".to_owned(),
        Rejected::NoOriginal | Rejected::TranslatedAlready => {
            "cannot be the translation of its original here".to_owned()
        }
        Rejected::TooLong => "is longer than an article may be".to_owned(),
        Rejected::TooManyFiles => "has more files than an article may have".to_owned(),
        other => format!("{other:?}"),
    });
}
