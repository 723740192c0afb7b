//! What pages say of themselves, in what this desk knows: people, services, categories, moments.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveTime};
use entities::article::Filing;
use entities::setting::Choice;
use entities::{Db, Instant, Uuid, person};

use super::draft::Draft;
use super::report::{Remarks, What};

/// Things by their names.
pub fn by_name(choices: Vec<Choice>) -> HashMap<String, Uuid> {
    choices.into_iter().map(|one| (one.name, one.id)).collect()
}

/// The category that a page names, or the folders in which it lies.
pub fn way_of(draft: &Draft, is_own: bool) -> Vec<String> {
    let named = draft.facts(&["category", "categories"]);
    match named.as_slice() {
        _ if is_own => named,
        [] => {
            let folders = draft
                .page
                .rsplit_once('/')
                .map_or("", |(folders, _)| folders);
            folders.split('/').map(str::to_owned).collect()
        }
        [one] => one.split('/').map(str::to_owned).collect(),
        _ => named,
    }
}

/// People who answer for articles, by their addresses.
pub struct Owners {
    db: Db,
    known: HashMap<String, Option<Uuid>>,
}

impl Owners {
    pub fn new(db: &Db) -> Owners {
        Owners {
            db: db.clone(),
            known: HashMap::new(),
        }
    }

    /// Who has that address.
    pub async fn of(
        &mut self,
        email: &str,
        remarks: &mut Remarks,
    ) -> entities::Result<Option<Uuid>> {
        let id = match self.known.get(email) {
            Some(known) => *known,
            None => {
                let found = person::by_email(&self.db, email).await?;
                let found = found.filter(|person| person.retired_at.is_none());
                let id = found.map(|person| person.id);
                self.known.insert(email.to_owned(), id);
                id
            }
        };
        if id.is_none() {
            remarks.note(What::UnknownOwner, email);
        }
        Ok(id)
    }
}

/// What the source says, over what is there.
pub fn over(given: Filing, there: Filing) -> Filing {
    let said = |given: Vec<Uuid>, there: Vec<Uuid>| match given.is_empty() {
        true => there,
        false => given,
    };
    let (original_id, original_version) = match given.original_id {
        Some(_) => (given.original_id, given.original_version),
        None => (there.original_id, there.original_version),
    };
    Filing {
        language: given.language,
        category_id: given.category_id.or(there.category_id),
        owner_id: given.owner_id.or(there.owner_id),
        service_ids: said(given.service_ids, there.service_ids),
        release_ids: said(given.release_ids, there.release_ids),
        review_due_on: given.review_due_on.or(there.review_due_on),
        second_review: given.second_review || there.second_review,
        original_id,
        original_version,
    }
}

/// The ids of names that are known; others are remarked.
pub fn found(
    known: &HashMap<String, Uuid>,
    names: Vec<String>,
    unknown: What,
    remarks: &mut Remarks,
) -> Vec<Uuid> {
    let mut ids = Vec::new();
    for name in names {
        match known.get(&name) {
            Some(id) => ids.push(*id),
            None => remarks.note(unknown, name),
        }
    }
    ids
}

/// A moment, or the beginning of a day.
pub fn moment(said: &str) -> Option<Instant> {
    let at = DateTime::parse_from_rfc3339(said).map(|at| at.to_utc());
    let day = || said.get(..10)?.parse::<NaiveDate>().ok();
    let at = at
        .ok()
        .or_else(|| Some(day()?.and_time(NaiveTime::MIN).and_utc()))?;
    // As all times are kept.
    DateTime::from_timestamp_micros(at.timestamp_micros())
}
