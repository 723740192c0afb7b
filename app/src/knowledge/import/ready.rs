//! A page as the article it becomes: what it says, and all that is filed with it.

use chrono::TimeDelta;
use entities::Instant;
use entities::article::{Audience, Content, Filing, Origin, State};

use super::facts::{found, moment, way_of};
use super::report::{Remarks, What};
use super::run::Run;

/// After so many days somebody looks whether what was brought in still holds.
const REVIEW_AFTER_DAYS: i64 = 365;

/// An article that is ready to be brought in.
pub struct Ready {
    /// What its version is called where it comes from.
    pub number: Option<i32>,
    pub content: Content,
    /// What the source says of it, and what it gets beside that when it is new.
    pub given: Filing,
    pub filing: Filing,
    pub origin: Origin,
    pub state: State,
    pub at: Option<Instant>,
    pub remarks: Remarks,
}

impl Run<'_> {
    /// What becomes of the page at that place.
    pub async fn ready(&mut self, place: usize) -> entities::Result<Ready> {
        let (body, files, mut remarks) = self.drafts.finished(place, &mut self.files);
        let draft = &self.drafts.all[place];
        let is_own = draft.is_own();
        let number = draft.number("version", &mut remarks);
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
        let release_ids = found(
            &self.releases,
            draft.facts(&["releases"]),
            What::UnknownRelease,
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
            note: draft.note(),
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
        let language = draft.language().or(self.wanted.language);
        let language = language.unwrap_or_default();
        let review_due_on = draft.fact(&["review_due"]).and_then(|day| day.parse().ok());
        let second_review = draft.fact(&["second_review"]) == Some("true");
        let (original_id, original_version) = self.follows(place, language, &mut remarks).await?;
        let given = Filing {
            language,
            original_id,
            original_version,
            category_id,
            owner_id,
            service_ids,
            release_ids,
            review_due_on,
            second_review,
        };
        let draft = &self.drafts.all[place];
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
            number,
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
