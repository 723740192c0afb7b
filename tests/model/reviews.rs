//! Reviews that come up and reviews by two: who is told, how often, and who publishes.

use chrono::{Duration, NaiveDate};
use entities::article::{self, Article, Filing, Retire, State, TellReview, Write, due};
use entities::notice::{self, About, Kind};
use entities::{Actor, DeskError, Permit, Rejected, Rule, Uuid};
use sea_orm::QueryTrait as _;
use support::desk::{Persona, content};

use crate::articles::{Case, case, refused};
use crate::plan::{Plan, backend};

impl Case {
    fn in_days(&self, days: i64) -> NaiveDate {
        entities::clock::day(self.desk.db.clock().now()) + Duration::days(days)
    }

    /// An article of Mira's to be looked at again on that day.
    async fn due(&self, title: &str, days: i64) -> Uuid {
        let filing = Filing {
            review_due_on: Some(self.in_days(days)),
            ..self.desk.filing(&self.mira).await
        };
        let begun = self.desk.begin_article(&self.mira, content(title), filing);
        begun.await.unwrap().row.id
    }

    async fn file(
        &self,
        who: &Persona,
        id: Uuid,
        change: impl Fn(&mut Filing),
    ) -> Result<Article, DeskError> {
        let actor = who.actor().await;
        let article = article::find(&self.desk.db, &actor, id).await?;
        let mut filing = article.filing();
        change(&mut filing);
        let write = Write {
            content: content(&article.row.title),
            filing,
            edition: article.row.edition,
        };
        let permit = Permit::ask(&actor, article)?;
        Ok(self.desk.db.change(permit, write).await?.subject)
    }

    /// The clock strikes.
    async fn strike(&self) {
        let rule = Actor::System(Rule::Reminder);
        let found = due::to_tell(&self.desk.db).await.unwrap().into_iter();
        let pairs = found.map(|a| (Permit::ask(&rule, a).unwrap(), TellReview));
        for done in self.desk.db.change_many(pairs.collect()).await.unwrap() {
            done.unwrap();
        }
    }

    /// What somebody is told of reviews, the newest first.
    async fn told(&self, who: &Persona) -> Vec<String> {
        let actor = who.actor().await;
        let page = notice::list(&self.desk.db, &actor, None, 50).await.unwrap();
        let unread = page.rows.iter().filter(|row| row.read_at.is_none()).count();
        let counted = notice::unread(&self.desk.db, &actor).await.unwrap();
        assert_eq!(counted, unread as i64, "the bell and the page agree");
        for row in &page.rows {
            assert_eq!(row.kind(), Some(Kind::ReviewDue));
            assert!(matches!(row.about(), About::Article(_)));
        }
        page.rows.into_iter().map(|row| row.title).collect()
    }
}

#[tokio::test]
async fn the_owner_is_told_two_weeks_before_once_for_each_day_that_was_set() {
    let case = case().await;
    let id = case.due("Bonus", 20).await;
    case.strike().await;
    assert!(case.told(&case.mira).await.is_empty());
    case.desk.pass(Duration::days(7));
    case.strike().await;
    case.strike().await;
    assert_eq!(case.told(&case.mira).await, ["Bonus"]);
    assert!(case.told(&case.marek).await.is_empty());
    // Another day is another review, and another owner has heard nothing yet.
    let later = case.in_days(300);
    let moved = case.file(&case.mira, id, |f| f.review_due_on = Some(later));
    moved.await.unwrap();
    case.strike().await;
    assert_eq!(case.told(&case.mira).await.len(), 1);
    case.desk.pass(Duration::days(290));
    case.strike().await;
    assert_eq!(case.told(&case.mira).await.len(), 2);
    let tobias = case.desk.author("Tobias Reuter").await;
    let handed = case.file(&case.mira, id, |f| f.owner_id = Some(tobias.id));
    handed.await.unwrap();
    case.strike().await;
    assert_eq!(case.told(&tobias).await, ["Bonus"]);
    assert_eq!(case.told(&case.mira).await.len(), 2);
    case.desk.must_verify().await;
}

#[tokio::test]
async fn nobody_is_told_of_what_is_retired_or_was_due_long_ago() {
    let case = case().await;
    let retired = case.due("Stillgelegt", 5).await;
    let actor = case.marek.actor().await;
    let article = article::find(&case.desk.db, &actor, retired).await.unwrap();
    let permit = Permit::ask(&actor, article).unwrap();
    case.desk.db.change(permit, Retire).await.unwrap();
    case.due("Vergessen", -40).await;
    case.due("Gestern", -1).await;
    case.strike().await;
    assert_eq!(case.told(&case.mira).await, ["Gestern"]);
    assert!(due::to_tell(&case.desk.db).await.unwrap().is_empty());
    let events = "SELECT count(*) AS n FROM event WHERE name = 'review_told' AND rule = 'reminder'";
    assert_eq!(case.desk.database().number(events, vec![]).await, 2);
}

#[tokio::test]
async fn whoever_looks_at_the_article_has_read_the_notice() {
    let case = case().await;
    let id = case.due("Bonus", 3).await;
    case.strike().await;
    let actor = case.mira.actor().await;
    assert!(notice::read(&case.desk.db, &actor, id).await.unwrap());
    assert_eq!(notice::unread(&case.desk.db, &actor).await.unwrap(), 0);
}

#[tokio::test]
async fn where_two_look_through_it_a_third_of_them_is_no_author_and_no_one_counts_twice() {
    let case = case().await;
    let id = case.desk.article(&case.mira, "Bonus").await.row.id;
    let asked = case.file(&case.mira, id, |f| f.second_review = true);
    asked.await.unwrap();
    // Who wrote it may not do without.
    let undone = case.file(&case.mira, id, |f| f.second_review = false);
    refused(undone.await, Rejected::SecondReviewStays);
    case.desk.send_to_review(&case.mira, id).await.unwrap();
    let approved = case.desk.publish(&case.marek, id).await.unwrap();
    assert_eq!(approved.row.state, State::InReview);
    assert_eq!(case.read(&case.annika, id).await, None);
    refused(
        case.desk.publish(&case.marek, id).await,
        Rejected::OwnApproval,
    );
    let second = case.desk.reviewer("Jonas Weber").await;
    let published = case.desk.publish(&second, id).await.unwrap();
    assert_eq!(published.row.state, State::Published);
    assert_eq!(published.row.approved_by, None);

    // What is written after an approval is approved anew.
    let newer = content("Bonus ab 7.5");
    case.desk.write(&case.mira, id, newer).await.unwrap();
    case.desk.send_to_review(&case.mira, id).await.unwrap();
    case.desk.publish(&case.marek, id).await.unwrap();
    let again = content("Bonus ab 7.6");
    case.desk.write(&case.mira, id, again).await.unwrap();
    let still = case.desk.publish(&second, id).await.unwrap();
    assert_eq!(still.row.approved_by, Some(second.id));
    assert_eq!(still.row.published, Some(1));
    case.desk.must_verify().await;
}

#[tokio::test]
async fn the_clock_finds_whom_to_tell_by_an_index() {
    let case = case().await;
    let now = case.desk.db.clock().now();
    let statement = due::to_tell_query(now).build(backend(&case.desk));
    let plan = Plan::of(&case.desk, statement).await;
    assert!(plan.uses("article_untold") && !plan.sorts(), "{plan:#?}");
}
