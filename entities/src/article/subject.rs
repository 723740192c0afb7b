//! An article as something with a history of its own.

use sea_orm::{ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::related::Known;
use super::validity::{recheck, release};
use super::{ArticleEvent, Audience, Entity, Filing, Model, State, version};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Result;
use crate::history::SubjectKind;
use crate::language::Language;
use crate::ledger::{Batch, Subject, Table};
use crate::policy::Place;
use crate::setting;
use crate::text;

/// About which services an article is.
pub(crate) mod service {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "article_service")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub article_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub service_id: Uuid,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// For which vendors what an article is known by is written.
pub(crate) mod vendor {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "article_vendor")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub article_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub organisation_id: Uuid,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// An article with what decisions about it need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    pub row: Model,
    /// Sorted.
    pub service_ids: Vec<Uuid>,
    /// The releases it is known to be valid for, sorted.
    pub release_ids: Vec<Uuid>,
    /// Releases recorded since its readers' version was published or checked, the first of them first.
    pub unchecked: Vec<Uuid>,
    /// Those of them that nobody was told of yet.
    pub untold: Vec<Uuid>,
    /// None until the first is written.
    pub newest: Option<version::Model>,
    /// Who wrote what nobody has published yet: none of them reviews it.
    pub writers: Vec<Uuid>,
}

impl Article {
    /// Reads along what belongs to these rows.
    pub(crate) async fn around(c: &impl ConnectionTrait, rows: Vec<Model>) -> Result<Vec<Self>> {
        if rows.is_empty() {
            return Ok(vec![]);
        }
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let services = service::Entity::find()
            .filter(service::COLUMN.article_id.is_in(ids.clone()))
            .all(c)
            .await?;
        let releases = release::Entity::find()
            .filter(release::COLUMN.article_id.is_in(ids.clone()))
            .order_by_asc(release::Column::ReleaseId)
            .all(c)
            .await?;
        let rechecks = recheck::Entity::find()
            .filter(recheck::COLUMN.article_id.is_in(ids))
            .order_by_asc(recheck::Column::Since)
            .order_by_asc(recheck::Column::ReleaseId)
            .all(c)
            .await?;
        let newest = version::newest(c, &rows).await?;
        let writers = version::writers(c, &rows).await?;
        let mut articles = Vec::with_capacity(rows.len());
        for row in rows {
            let of = services.iter().filter(|one| one.article_id == row.id);
            let mut service_ids: Vec<Uuid> = of.map(|one| one.service_id).collect();
            service_ids.sort_unstable();
            let valid = releases.iter().filter(|one| one.article_id == row.id);
            let open = rechecks.iter().filter(|one| one.article_id == row.id);
            let untold = open.clone().filter(|one| one.told_at.is_none());
            articles.push(Article {
                service_ids,
                release_ids: valid.map(|one| one.release_id).collect(),
                untold: untold.map(|one| one.release_id).collect(),
                unchecked: open.map(|one| one.release_id).collect(),
                newest: newest.iter().find(|v| v.article_id == row.id).cloned(),
                writers: writers
                    .iter()
                    .filter(|(id, _)| *id == row.id)
                    .map(|(_, person)| *person)
                    .collect(),
                row,
            });
        }
        Ok(articles)
    }

    /// It is known by its newest version from now on.
    fn show_newest(&mut self) {
        let Some(version) = &self.newest else { return };
        self.row.title.clone_from(&version.title);
        self.row.folded_title = text::fold(&version.title);
        self.row.summary.clone_from(&version.summary);
        self.row.found_by = version.found_by();
        self.row.audience = version.audience;
    }

    fn file(&mut self, filing: &Filing) {
        self.row.language = filing.language;
        self.row.category_id = filing.category_id;
        if (self.row.review_due_on, self.row.owner_id) != (filing.review_due_on, filing.owner_id) {
            self.row.review_told_at = None;
        }
        self.row.owner_id = filing.owner_id;
        self.row.review_due_on = filing.review_due_on;
        self.row.second_review = filing.second_review;
        self.row.original_id = filing.original_id;
        self.row.original_version = filing.original_version;
        self.service_ids.clone_from(&filing.service_ids);
        self.release_ids.clone_from(&filing.release_ids);
        self.unchecked.retain(|id| !filing.release_ids.contains(id));
    }

    /// It is valid for these releases too.
    fn check(&mut self, releases: &[Uuid]) {
        self.release_ids.extend(releases);
        self.release_ids.sort_unstable();
        self.release_ids.dedup();
        self.unchecked.retain(|id| !releases.contains(id));
    }
}

#[allow(private_interfaces)]
impl Subject for Article {
    type Event = ArticleEvent;

    const KIND: SubjectKind = SubjectKind::Article;

    fn id(&self) -> Uuid {
        self.row.id
    }

    fn place(&self) -> Place {
        Place::Article {
            service_ids: self.service_ids.clone(),
            owner_id: self.row.owner_id,
        }
    }

    async fn lock(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        let rows = setting::rows::<Entity>(tx, ids).await?;
        Article::around(tx, rows).await
    }

    async fn make(_: &DatabaseTransaction, ids: Vec<Uuid>, now: Instant) -> Result<Vec<Self>> {
        let blank = |id| Model {
            id,
            state: State::Draft,
            newest: 0,
            published: None,
            title: String::new(),
            folded_title: String::new(),
            summary: String::new(),
            found_by: String::new(),
            audience: Audience::Internal,
            language: Language::De,
            category_id: None,
            owner_id: None,
            review_due_on: None,
            review_told_at: None,
            second_review: false,
            approved_by: None,
            original_id: None,
            original_version: None,
            edition: 0,
            created_at: now,
            changed_at: now,
            published_at: None,
            source: None,
            source_id: None,
            source_digest: None,
            source_version: None,
        };
        let article = |id| Article {
            row: blank(id),
            service_ids: vec![],
            release_ids: vec![],
            unchecked: vec![],
            untold: vec![],
            newest: None,
            writers: vec![],
        };
        Ok(ids.into_iter().map(article).collect())
    }

    fn apply(&mut self, event: &ArticleEvent, at: Instant) {
        // What readers say, and who is told what, changes nothing about it.
        let stays = matches!(
            event,
            ArticleEvent::FeedbackGiven(_)
                | ArticleEvent::VisitorAnswered(_)
                | ArticleEvent::RecheckTold { .. }
                | ArticleEvent::Watched { .. }
                | ArticleEvent::Unwatched { .. }
        );
        if !stays {
            self.row.changed_at = at;
        }
        match event {
            ArticleEvent::Written(version) => {
                if self.row.newest == 0 {
                    self.row.created_at = at;
                }
                self.row.newest = version.number;
                self.row.edition += 1;
                self.newest = Some(version::Model {
                    article_id: self.row.id,
                    ..(**version).clone()
                });
                self.writers.extend(version.author_id);
                self.row.approved_by = None;
                if self.row.state == State::Published {
                    self.row.state = State::Draft;
                }
                if self.row.published.is_none() {
                    self.show_newest();
                }
            }
            ArticleEvent::Filed { to, .. } => {
                self.row.edition += 1;
                self.file(to);
            }
            ArticleEvent::SentToReview { .. } => self.row.state = State::InReview,
            ArticleEvent::Returned(_) => {
                self.row.state = State::Draft;
                self.row.approved_by = None;
            }
            ArticleEvent::Approved { by, .. } => self.row.approved_by = Some(*by),
            ArticleEvent::ReviewTold { .. } => self.row.review_told_at = Some(at),
            ArticleEvent::Remarked(_)
            | ArticleEvent::RemarkSettled { .. }
            | ArticleEvent::RemarkReopened { .. }
            | ArticleEvent::FeedbackGiven(_)
            | ArticleEvent::VisitorAnswered(_)
            | ArticleEvent::Watched { .. }
            | ArticleEvent::Unwatched { .. } => {}
            ArticleEvent::RecheckTold { .. } => self.untold.clear(),
            ArticleEvent::Published { version, by } => {
                self.row.state = State::Published;
                self.row.published = Some(*version);
                self.row.published_at = Some(at);
                self.row.approved_by = None;
                self.writers.clear();
                if let Some(newest) = &mut self.newest {
                    newest.published_at = Some(at);
                    newest.published_by = *by;
                }
                self.show_newest();
            }
            ArticleEvent::Imported { version, origin } => {
                self.row.source = Some(origin.source.clone());
                self.row.source_id = Some(origin.source_id.clone());
                self.row.source_digest = Some(origin.digest.clone());
                self.row.source_version = Some(*version);
            }
            ArticleEvent::Checked { releases } => {
                self.row.edition += 1;
                self.check(releases);
            }
            ArticleEvent::Retired => {
                self.row.state = State::Retired;
                self.unchecked.clear();
            }
            ArticleEvent::BroughtBack => {
                self.row.state = State::Draft;
                // What was published is to be looked at anew before anybody reads it.
                self.row.published = None;
                self.row.published_at = None;
                self.show_newest();
            }
        }
    }

    fn write(&self, events: &[ArticleEvent], actor: &Actor, at: Instant, batch: &mut Batch) {
        if events.is_empty() {
            return;
        }
        for event in events {
            match event {
                ArticleEvent::Written(version) => {
                    batch.checks.must_be_vendors(version.vendor_ids());
                    batch.articles.versions.push(version::Model {
                        article_id: self.row.id,
                        ..(**version).clone()
                    });
                }
                ArticleEvent::Filed { from, to } => {
                    let new = |before: Option<Uuid>, after: Option<Uuid>| {
                        after.filter(|_| before != after)
                    };
                    let category = new(from.category_id, to.category_id);
                    batch.checks.must_be_active(Table::Category, category);
                    let owner = new(from.owner_id, to.owner_id);
                    batch.checks.must_be_active(Table::Person, owner);
                    if let Some(original) = to.original_id {
                        batch
                            .checks
                            .must_translate(self.row.id, original, to.language);
                    }
                    let services = to.service_ids.iter().copied();
                    let services = services.filter(|id| !from.service_ids.contains(id));
                    batch.checks.must_be_active(Table::Service, services);
                    let services = self.service_ids.clone();
                    batch.articles.services.push((self.row.id, services));
                    let releases = to.release_ids.iter().copied();
                    let releases = releases.filter(|id| !from.release_ids.contains(id));
                    batch.checks.must_be_active(Table::Release, releases);
                    if from.release_ids != to.release_ids {
                        batch.articles.valid(self);
                        batch.articles.checked(self.row.id, &to.release_ids);
                    }
                }
                ArticleEvent::Returned(remark) | ArticleEvent::Remarked(remark) => {
                    let mut remark = (**remark).clone();
                    remark.article_id = self.row.id;
                    batch.articles.remarks.push(remark);
                }
                ArticleEvent::RemarkSettled { remark, .. } => {
                    batch
                        .articles
                        .settled
                        .push((*remark, Some(at), actor.person_id()));
                }
                ArticleEvent::RemarkReopened { remark, .. } => {
                    batch.articles.settled.push((*remark, None, None));
                }
                ArticleEvent::FeedbackGiven(feedback) => {
                    batch.articles.feedback.push((**feedback).clone());
                }
                ArticleEvent::VisitorAnswered(answer) => {
                    batch.articles.visitors.push((**answer).clone());
                }
                ArticleEvent::Published { .. } => {
                    batch.articles.versions.extend(self.newest.clone());
                }
                ArticleEvent::Checked { releases } => {
                    batch.articles.valid(self);
                    batch.articles.checked(self.row.id, releases);
                }
                ArticleEvent::Retired => batch.articles.retired.push(self.row.id),
                ArticleEvent::RecheckTold { .. } => batch.articles.told.push((self.row.id, at)),
                ArticleEvent::Watched { person_id } => {
                    batch.articles.watch(self.row.id, *person_id, Some(at));
                }
                ArticleEvent::Unwatched { person_id } => {
                    batch.articles.watch(self.row.id, *person_id, None);
                }
                ArticleEvent::SentToReview { .. }
                | ArticleEvent::Imported { .. }
                | ArticleEvent::Approved { .. }
                | ArticleEvent::ReviewTold { .. }
                | ArticleEvent::BroughtBack => {}
            }
        }
        if self
            .row
            .published
            .is_none_or(|number| number == self.row.newest)
            && let Some(shown) = &self.newest
        {
            let vendors = shown.vendor_ids();
            batch.articles.vendors.push((self.row.id, vendors));
            if events.iter().any(ArticleEvent::shows_other_text) {
                batch.articles.known.push(Known::of(shown));
            }
        }
        batch.articles.rows.push(self.row.clone());
    }
}
