//! Whom the clock tells that a review is due: the owner, once for each day that was set.

use chrono::{Days, NaiveDate};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use super::{Article, ArticleEvent, Column, Entity, State};
use crate::actor::Actor;
use crate::clock::{Instant, day};
use crate::db::Db;
use crate::error::{DeskError, Rejected, Result};
use crate::ledger::{Command, Subject};
use crate::person::tell::{self, Addressee};
use crate::policy::Permission;
use crate::session;

/// So many days before a review is due, its owner is told.
pub const TOLD_BEFORE: Days = Days::new(14);

/// So long it is news that a review was due; all at once, what lay longer would bury what is new.
const NEWS: Days = Days::new(3);

/// The most articles one look brings.
const MOST: u64 = 200;

/// Articles whose owner has not been told, those that are due first before the others.
pub async fn to_tell(db: &Db) -> Result<Vec<Article>> {
    let query = to_tell_query(db.clock().now());
    let rows = query.all(db.reader()).await?;
    Article::around(db.reader(), rows).await
}

/// The query of [`to_tell`].
pub fn to_tell_query(now: Instant) -> Select<Entity> {
    Entity::find()
        // As the index says it.
        .filter(Expr::cust("article.review_told_at IS NULL AND article.owner_id IS NOT NULL AND article.state <> 'retired'"))
        .filter(Column::ReviewDueOn.lte(last(now)))
        .order_by_asc(Column::ReviewDueOn)
        .order_by_asc(Column::Id)
        .limit(MOST)
}

/// The last day that is told of by now.
fn last(now: Instant) -> NaiveDate {
    day(now)
        .checked_add_days(TOLD_BEFORE)
        .unwrap_or(NaiveDate::MAX)
}

/// Whether it is news at that instant that a review is due on that day.
pub(super) fn is_news(due_on: NaiveDate, at: Instant) -> bool {
    due_on
        .checked_add_days(NEWS)
        .is_none_or(|until| day(at) <= until)
}

/// Tells the owner.
#[derive(Clone, Copy, Debug)]
pub struct TellReview;

impl Command for TellReview {
    type Target = Article;
    type On = Article;
    const NEEDS: Permission = Permission::Remind;

    fn target(&self, article: &Article) -> Option<Uuid> {
        Some(article.id())
    }

    fn decide(
        self,
        article: &Article,
        _: &Actor,
        now: Instant,
    ) -> Result<Vec<ArticleEvent>, Rejected> {
        let row = &article.row;
        let is_over = row.review_told_at.is_some() || row.state == State::Retired;
        let due = row.review_due_on.filter(|due_on| *due_on <= last(now));
        match (due, row.owner_id) {
            (Some(due_on), Some(_)) if !is_over => Ok(vec![ArticleEvent::ReviewTold { due_on }]),
            _ => Err(Rejected::NothingToDo),
        }
    }
}

/// A review that its owner is told of by mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    pub article_id: Uuid,
    pub person_id: Uuid,
    pub to: Addressee,
    pub title: String,
    pub due_on: NaiveDate,
}

/// Whom to remind of which review by now; none when there is nobody to remind, they do not find the article any more, or
/// it is no news.
pub async fn reminder(db: &Db, article_id: Uuid) -> Result<Option<Reminder>> {
    let row = Entity::find_by_id(article_id)
        .filter(Column::State.ne(State::Retired))
        .one(db.reader())
        .await?;
    let found = row.and_then(|row| Some((row.owner_id?, row.review_due_on?)));
    let Some((owner, due_on)) = found.filter(|(_, day)| is_news(*day, db.clock().now())) else {
        return Ok(None);
    };
    let Some(to) = tell::addressee(db, owner).await? else {
        return Ok(None);
    };
    let actor = session::actor_of(db, owner).await?;
    let article = match super::find(db, &actor, article_id).await {
        Ok(article) => article,
        Err(DeskError::Hidden) => return Ok(None),
        Err(error) => return Err(error),
    };
    Ok(Some(Reminder {
        article_id,
        person_id: owner,
        to,
        title: article.row.title,
        due_on,
    }))
}
