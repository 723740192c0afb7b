//! What an export says of an article before its text: all that is filed with it, by names that another desk may know too.

use std::collections::{BTreeMap, HashMap};

use chrono::SecondsFormat;
use entities::article::State;
use entities::setting::{Choice, Show};
use entities::{Actor, Rule, Uuid, category, organisation, person, release, service};

use super::{Sheet, origin};
use crate::desk::Desk;
use crate::knowledge::import::front::{one, several};

/// The names of what articles are filed under, retired or not: whoever brings them in decides what of it holds there.
pub struct Surroundings {
    categories: HashMap<Uuid, Vec<String>>,
    services: BTreeMap<Uuid, String>,
    releases: BTreeMap<Uuid, String>,
    vendors: BTreeMap<Uuid, String>,
    owners: HashMap<Uuid, String>,
}

impl Surroundings {
    pub async fn read(desk: &Desk, sheets: &[Sheet]) -> anyhow::Result<Surroundings> {
        let db = &desk.db;
        let by_id =
            |choices: Vec<Choice>| choices.into_iter().map(|one| (one.id, one.name)).collect();
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
        let mut services: BTreeMap<Uuid, String> =
            by_id(service::list::ways_of(db, Show::All).await?);
        // As an import knows those in use: what they lie below may be retired.
        services.append(&mut by_id(service::choices(db).await?));
        let vendors = sheets.iter().flat_map(|sheet| sheet.version.vendor_ids());
        let mut vendors: Vec<Uuid> = vendors.collect();
        vendors.sort_unstable();
        vendors.dedup();
        let vendors = organisation::list::names(db, &vendors).await?;
        Ok(Surroundings {
            categories,
            services,
            releases: by_id(release::list::ways_of(db, Show::All).await?),
            vendors: vendors.into_iter().collect(),
            owners,
        })
    }

    /// What stands before the text; `names` are those of all files.
    pub fn front(&self, sheet: &Sheet, names: &HashMap<Uuid, String>) -> String {
        let (article, version) = (&sheet.article, &sheet.version);
        let row = &article.row;
        let stored = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let number = |number: i32| number.to_string();
        let mut out = String::from("---\n");
        one(&mut out, "title", &version.title);
        one(&mut out, "summary", &version.summary);
        let keywords: Vec<String> = version.keywords.lines().map(str::to_owned).collect();
        several(&mut out, "keywords", &keywords);
        let way = row.category_id.and_then(|id| self.categories.get(&id));
        several(&mut out, "category", way.map_or(&[], Vec::as_slice));
        let services = named(&article.service_ids, &self.services);
        several(&mut out, "services", &services);
        let releases = named(&article.release_ids, &self.releases);
        several(&mut out, "releases", &releases);
        let audience = stored(serde_json::json!(version.audience));
        one(&mut out, "audience", &audience);
        let vendors = named(&version.vendor_ids(), &self.vendors);
        several(&mut out, "vendors", &vendors);
        one(&mut out, "language", row.language.code());
        if let Some(name) = row.original_id.and_then(|id| names.get(&id)) {
            one(&mut out, "translation_of", &format!("{name}.md"));
            let followed = row.original_version.map(number).unwrap_or_default();
            one(&mut out, "translation_of_version", &followed);
        }
        let owner = row.owner_id.and_then(|id| self.owners.get(&id));
        one(&mut out, "owner", owner.map_or("", String::as_str));
        let due = row.review_due_on.map(|day| day.to_string());
        one(&mut out, "review_due", due.as_deref().unwrap_or_default());
        if row.second_review {
            one(&mut out, "second_review", "true");
        }
        one(&mut out, "state", &stored(serde_json::json!(state(sheet))));
        one(&mut out, "version", &number(version.number));
        one(&mut out, "note", &version.note);
        let since = version.published_at.unwrap_or(version.written_at);
        let since = since.to_rfc3339_opts(SecondsFormat::Micros, true);
        one(&mut out, "updated_at", &since);
        let (source, id) = origin(article);
        one(&mut out, "source", &source);
        one(&mut out, "id", &id);
        let files = version.files().into_iter();
        let files: Vec<String> = files
            .map(|file| format!("{}/{}", sheet.name, file.name))
            .collect();
        several(&mut out, "files", &files);
        out + "---\n\n"
    }
}

/// How far that version has come.
fn state(sheet: &Sheet) -> State {
    let row = &sheet.article.row;
    match (row.state, row.published == Some(sheet.version.number)) {
        (State::Draft | State::InReview, true) => State::Published,
        (state, _) => state,
    }
}

fn named(ids: &[Uuid], names: &BTreeMap<Uuid, String>) -> Vec<String> {
    let mut names: Vec<String> = ids.iter().filter_map(|id| names.get(id).cloned()).collect();
    names.sort();
    // One of them may be retired, and another have its name since.
    names.dedup();
    names
}
