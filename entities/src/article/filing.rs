//! Where an article is filed and who answers for it: not part of what it says, so it holds at once.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::Article;
use crate::db::Db;
use crate::error::Result;
use crate::language::Language;
use crate::person;
use crate::policy::Permission;
use crate::setting::Choice;

/// Where it lies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filing {
    pub language: Language,
    pub category_id: Option<Uuid>,
    pub owner_id: Option<Uuid>,
    /// Sorted.
    pub service_ids: Vec<Uuid>,
    /// The releases it is known to be valid for, sorted.
    pub release_ids: Vec<Uuid>,
    pub review_due_on: Option<NaiveDate>,
    /// Two people look through it before it is published.
    pub second_review: bool,
    /// The article that this one is a translation of.
    pub original_id: Option<Uuid>,
    /// The version of that one which it follows; none unless it is a translation.
    pub original_version: Option<i32>,
}

impl Filing {
    pub(super) fn checked(mut self) -> Filing {
        self.service_ids.sort_unstable();
        self.service_ids.dedup();
        self.release_ids.sort_unstable();
        self.release_ids.dedup();
        self.original_version = self.original_version.filter(|_| self.original_id.is_some());
        self
    }

    /// What of it differs from the other, as the history keeps it.
    pub(super) fn record(&self, from: &Filing) -> Value {
        let mut record = Map::new();
        let fields = |filing: &Filing| {
            [
                ("language", json!(filing.language)),
                ("category", json!(filing.category_id)),
                ("owner", json!(filing.owner_id)),
                ("services", json!(filing.service_ids)),
                ("releases", json!(filing.release_ids)),
                ("review_due_on", json!(filing.review_due_on)),
                ("second_review", json!(filing.second_review)),
                ("original", json!(filing.original_id)),
                ("original_version", json!(filing.original_version)),
            ]
        };
        for ((name, before), (_, after)) in fields(from).into_iter().zip(fields(self)) {
            if before != after {
                record.insert(name.to_owned(), json!({ "from": before, "to": after }));
            }
        }
        Value::Object(record)
    }
}

impl Article {
    /// Where it lies now.
    pub fn filing(&self) -> Filing {
        Filing {
            language: self.row.language,
            category_id: self.row.category_id,
            owner_id: self.row.owner_id,
            service_ids: self.service_ids.clone(),
            release_ids: self.release_ids.clone(),
            review_due_on: self.row.review_due_on,
            second_review: self.row.second_review,
            original_id: self.row.original_id,
            original_version: self.row.original_version,
        }
    }
}

/// Who may answer for an article: those who write some, by name.
pub async fn owners(db: &Db) -> Result<Vec<Choice>> {
    person::holders(db, Permission::WriteArticles).await
}
