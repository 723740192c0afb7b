//! Doing an import: pages become articles, so many in a transaction, each refused one by itself.

use std::collections::{HashMap, HashSet};

use chrono::TimeDelta;
use entities::article::{
    self, Article, Audience, Content, File, Filing, Import, ImportReviewed, Origin, State,
};
use entities::language::Language;
use entities::ledger::Step;
use entities::permit::{Permit, Reach};
use entities::{Actor, DeskError, Instant, Rejected, Uuid, organisation, service};

use super::categories::Categories;
use super::draft::Draft;
use super::drafts::Drafts;
use super::facts::{Owners, by_name, found, moment, over, way_of};
use super::files::Files;
use super::report::{Entry, Outcome, Remarks, Report, What};
use super::source::Source;
use crate::desk::Desk;

/// Articles of one transaction.
const AT_ONCE: usize = 100;
/// After so many days somebody looks whether what was brought in still holds.
const REVIEW_AFTER_DAYS: i64 = 365;

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
        vendors: by_name(organisation::list::partners(&desk.db).await?),
        owners: Owners::new(&desk.db),
        files: Files::of(&source.root, source.follows),
        drafts: Drafts::of(all),
        desk,
        actor,
        wanted,
        known,
    };
    let count = run.drafts.all.len();
    let mut through = 0;
    while through < count {
        let until = (through + AT_ONCE).min(count);
        for entry in run.some(through..until).await? {
            report.add(entry);
        }
        through = until;
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

/// An article that is ready to be brought in.
struct Ready {
    content: Content,
    /// What the source says of it, and what it gets beside that when it is new.
    given: Filing,
    filing: Filing,
    origin: Origin,
    state: State,
    at: Option<Instant>,
    remarks: Remarks,
}

struct Run<'a> {
    desk: &'a Desk,
    actor: Actor,
    wanted: &'a Wanted,
    known: HashMap<Uuid, article::Model>,
    categories: Categories,
    services: HashMap<String, Uuid>,
    vendors: HashMap<String, Uuid>,
    owners: Owners,
    files: Files,
    drafts: Drafts,
}

impl Run<'_> {
    async fn some(&mut self, places: std::ops::Range<usize>) -> entities::Result<Vec<Entry>> {
        let mut entries: Vec<Entry> = Vec::with_capacity(places.len());
        let mut steps: Vec<Step<Article>> = Vec::new();
        let mut stepped: Vec<usize> = Vec::new();
        let mut named: Vec<File> = Vec::new();
        for place in places {
            let ready = self.ready(place).await?;
            let draft = &self.drafts.all[place];
            let outcome = self.outcome(draft.article, &ready.origin);
            entries.push(Entry {
                id: draft.page.clone(),
                title: draft.title.clone(),
                outcome,
                why: (outcome == Outcome::Kept).then(|| KEPT.to_owned()),
                article: Some(draft.article),
                remarks: ready.remarks.clone(),
            });
            if matches!(outcome, Outcome::Created | Outcome::Updated) {
                named.extend(ready.content.files.iter().cloned());
                stepped.push(entries.len() - 1);
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
        for (place, result) in stepped.into_iter().zip(results) {
            match result {
                Ok(_) => {}
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

    async fn ready(&mut self, place: usize) -> entities::Result<Ready> {
        let (body, files, mut remarks) = self.drafts.finished(place, &mut self.files);
        let draft = &self.drafts.all[place];
        // What a desk wrote out says everything of itself.
        let is_own = draft.fact(&["source"]).is_some();
        let vendor_ids = found(
            &self.vendors,
            draft.facts(&["vendors"]),
            What::UnknownVendor,
            &mut remarks,
        );
        let service_ids = found(
            &self.services,
            draft.facts(&["services"]),
            What::UnknownService,
            &mut remarks,
        );
        let mut audience = draft
            .value("audience", &mut remarks)
            .or(self.wanted.audience)
            .unwrap_or_default();
        if audience == Audience::Vendors && vendor_ids.is_empty() {
            audience = Audience::Internal;
        }
        let mut keywords = draft.facts(&["keywords", "tags"]);
        if let ([one], false) = (keywords.as_slice(), is_own) {
            keywords = one
                .split([',', ';'])
                .map(|word| word.trim().to_owned())
                .collect();
        }
        let mut content = Content {
            title: draft.title.clone(),
            summary: draft.summary.clone(),
            body,
            keywords,
            audience,
            vendor_ids,
            files,
            note: String::new(),
        };
        remarks.count(What::KeywordsCut, content.shorten_keywords());
        let mut way = self.wanted.category.clone();
        way.extend(way_of(draft, is_own));
        let category_id = self.categories.at(&way, &mut remarks).await?;
        let default = self.wanted.owner_id.filter(|_| !is_own);
        let owner_id = match draft.fact(&["owner"]) {
            Some(email) => self.owners.of(email, &mut remarks).await?.or(default),
            None => default,
        };
        let given = Filing {
            language: draft
                .language()
                .or(self.wanted.language)
                .unwrap_or_default(),
            category_id,
            owner_id,
            service_ids,
            review_due_on: draft.fact(&["review_due"]).and_then(|day| day.parse().ok()),
            second_review: draft.fact(&["second_review"]) == Some("true"),
            ..Filing::default()
        };
        let said: Option<State> = draft.value("state", &mut remarks);
        let state = match self.wanted.publish {
            true => said.unwrap_or(State::Published),
            false => State::Draft,
        };
        if !self.wanted.publish && said.is_some_and(|said| said != State::Draft) {
            remarks.count(What::StateLeft, 1);
        }
        let now = self.desk.db.clock().now();
        let due = now.date_naive() + TimeDelta::days(REVIEW_AFTER_DAYS);
        Ok(Ready {
            origin: Origin::new(&draft.source, &draft.source_id, &content, &given, state),
            filing: Filing {
                // What a desk wrote out without a day has none.
                review_due_on: given.review_due_on.or((!is_own).then_some(due)),
                ..given.clone()
            },
            content,
            given,
            state,
            at: draft
                .fact(&["updated_at", "lastmod", "date"])
                .and_then(moment)
                .filter(|at| *at < now),
            remarks,
        })
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
        Rejected::TooLong => "is longer than an article may be".to_owned(),
        Rejected::TooManyFiles => "has more files than an article may have".to_owned(),
        other => format!("{other:?}"),
    });
}
