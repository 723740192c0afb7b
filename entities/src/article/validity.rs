//! The releases an article is valid for, and those that nobody has checked it for yet.

use chrono::NaiveDate;
use sea_orm::{FromQueryResult, Statement, Value};
use uuid::Uuid;

use super::Article;
use crate::db::{Db, places};
use crate::error::Result;

/// For which releases an article is valid.
pub(crate) mod release {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "article_release")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub article_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub release_id: Uuid,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Which releases came since somebody last looked at what readers see: written where a release is recorded, gone once
/// somebody checked, so that no page compares articles with releases.
pub(crate) mod recheck {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "article_recheck")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub article_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub release_id: Uuid,
        /// When the release was recorded.
        pub since: DateTimeUtc,
        /// When those whom it concerns were told.
        pub told_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A release by its names.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Named {
    pub id: Uuid,
    pub name: String,
    pub service: String,
    /// None: the day is not settled yet.
    pub live_on: Option<NaiveDate>,
}

impl Named {
    /// Whether its users work with it on that day; without a day they may.
    pub fn is_live(&self, today: NaiveDate) -> bool {
        self.live_on.is_none_or(|day| day <= today)
    }
}

/// What an article that was found for the actor says of releases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validity {
    /// The first release of each service that it is valid for.
    pub from: Vec<Named>,
    /// Those nobody has checked it for, the first of them first.
    pub unchecked: Vec<Named>,
}

impl Validity {
    /// The first release its readers work with that nobody has checked it for.
    pub fn told(&self, today: NaiveDate) -> Option<&Named> {
        self.unchecked.iter().find(|release| release.is_live(today))
    }
}

/// Reads the names of its releases; for most articles there is nothing to read.
pub async fn of(db: &Db, article: &Article) -> Result<Validity> {
    let ids = article.release_ids.iter().chain(&article.unchecked);
    let known = named(db, ids.copied().collect()).await?;
    let mut from: Vec<Named> = Vec::new();
    for one in known.iter().filter(|r| article.release_ids.contains(&r.id)) {
        if !from.iter().any(|first| first.service == one.service) {
            from.push(one.clone());
        }
    }
    let find = |id: &Uuid| known.iter().find(|release| release.id == *id).cloned();
    Ok(Validity {
        from,
        unchecked: article.unchecked.iter().filter_map(find).collect(),
    })
}

/// Releases with their services, by service, the first of each first.
async fn named(db: &Db, ids: Vec<Uuid>) -> Result<Vec<Named>> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT r.id, r.name, s.name AS service, r.live_on FROM \"release\" r JOIN service s ON s.id = r.service_id \
         WHERE r.id IN ({}) ORDER BY s.name, r.live_on IS NULL, r.live_on, r.created_at, r.id",
        places(ids.len())
    );
    let backend = db.reader().get_database_backend();
    let values: Vec<Value> = ids.into_iter().map(Into::into).collect();
    let statement = Statement::from_sql_and_values(backend, sql, values);
    Ok(Named::find_by_statement(statement).all(db.reader()).await?)
}
