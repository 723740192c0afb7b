//! For which releases articles hold: a new one puts them on a list, and their readers are told until somebody looked.

use chrono::{Duration, NaiveDate};
use entities::article::recheck::{self, Whose};
use entities::article::{self, Article, Check, Filing, Write, validity};
use entities::release::ReleaseFacts;
use entities::{DeskError, Permit, Rejected, Uuid, history, release};
use support::desk::{Persona, content};

use crate::articles::{Case, case, refused};

struct Desk {
    case: Case,
    kita: Uuid,
}

async fn desk() -> Desk {
    let case = case().await;
    let team = case.desk.team("Jugend 1").await;
    let kita = case.desk.service("KITA-Netz", team).await;
    Desk { case, kita }
}

impl Desk {
    /// An article of Mira's about a service that its readers see.
    async fn about(&self, service: Uuid, title: &str) -> Uuid {
        let id = self.draft(service, title).await;
        let desk = &self.case.desk;
        desk.send_to_review(&self.case.mira, id).await.unwrap();
        desk.publish(&self.case.marek, id).await.unwrap().row.id
    }

    async fn draft(&self, service: Uuid, title: &str) -> Uuid {
        let desk = &self.case.desk;
        let filing = Filing {
            service_ids: vec![service],
            ..desk.filing(&self.case.mira).await
        };
        let begun = desk.begin_article(&self.case.mira, content(title), filing);
        begun.await.unwrap().row.id
    }

    async fn release(&self, service: Uuid, name: &str, live_on: Option<NaiveDate>) -> Uuid {
        let facts = ReleaseFacts {
            service_id: service,
            name: name.to_owned(),
            live_on,
        };
        let create = release::Create { facts, once: None };
        self.case.desk.console(create).await.id
    }

    /// What stands on somebody's list, each with the release.
    async fn list(&self, who: &Persona, whose: Whose) -> Vec<String> {
        let (db, actor) = (&self.case.desk.db, who.actor().await);
        let mut said = Vec::new();
        let mut after = None;
        // One a page, so that every cursor is followed.
        loop {
            let page = recheck::list(db, &actor, whose, after.as_ref(), 1).await;
            let page = page.unwrap();
            said.extend(
                page.rows
                    .iter()
                    .map(|l| format!("{} {}", l.title, l.release)),
            );
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let count = recheck::count(db, &actor, whose).await.unwrap();
        assert_eq!(count, said.len() as i64, "the tab and the list agree");
        said
    }

    async fn all(&self) -> Vec<String> {
        self.list(&self.case.mira, Whose::All).await
    }

    /// What readers of the article are told today.
    async fn told(&self, id: Uuid) -> Option<String> {
        let (db, actor) = (&self.case.desk.db, self.case.annika.actor().await);
        let article = article::find(db, &actor, id).await.unwrap();
        let said = validity::of(db, &article).await.unwrap();
        said.told(self.today()).map(|release| release.name.clone())
    }

    fn today(&self) -> NaiveDate {
        entities::clock::day(self.case.desk.db.clock().now())
    }

    async fn check(&self, who: &Persona, id: Uuid) -> Result<Article, DeskError> {
        let (db, actor) = (&self.case.desk.db, who.actor().await);
        let article = article::find(db, &actor, id).await?;
        let releases = article.unchecked.clone();
        let permit = Permit::ask(&actor, article)?;
        Ok(db.change(permit, Check { releases }).await?.subject)
    }
}

#[tokio::test]
async fn a_release_puts_what_is_published_of_its_service_and_its_modules_on_the_list() {
    let desk = desk().await;
    let module = desk.case.desk.module("Bescheid", desk.kita).await;
    let other = desk.case.desk.team("Zahlungen").await;
    let other = desk.case.desk.service("ZahlWeg", other).await;
    let bonus = desk.about(desk.kita, "Bonus").await;
    desk.about(module, "Bescheid drucken").await;
    desk.about(other, "Zahllauf").await;
    desk.draft(desk.kita, "Entwurf").await;
    assert!(desk.all().await.is_empty());
    assert_eq!(desk.told(bonus).await, None);

    desk.release(desk.kita, "7.5", None).await;
    let mut listed = desk.all().await;
    listed.sort();
    assert_eq!(listed, ["Bescheid drucken 7.5", "Bonus 7.5"]);
    assert_eq!(desk.told(bonus).await.as_deref(), Some("7.5"));
    // One more release does not list it twice, and it keeps its place by the first.
    desk.release(other, "2.0", None).await;
    desk.release(desk.kita, "7.6", None).await;
    let listed = desk.all().await;
    assert_eq!(listed.len(), 3);
    assert_eq!(listed[2], "Zahllauf 2.0");
    // What is published from now on was written for it.
    desk.about(desk.kita, "Neu").await;
    assert_eq!(desk.all().await.len(), 3);
}

#[tokio::test]
async fn whoever_answers_for_articles_sees_theirs_and_who_leads_sees_all() {
    let desk = desk().await;
    let bonus = desk.about(desk.kita, "Bonus").await;
    desk.about(desk.kita, "Gutschein").await;
    let tobias = desk.case.desk.author("Tobias Reuter").await;
    let (db, actor) = (&desk.case.desk.db, tobias.actor().await);
    let article = article::find(db, &actor, bonus).await.unwrap();
    let handed = Write {
        content: content("Bonus"),
        filing: Filing {
            owner_id: Some(tobias.id),
            ..article.filing()
        },
        edition: article.row.edition,
    };
    let permit = Permit::ask(&actor, article).unwrap();
    db.change(permit, handed).await.unwrap();
    desk.release(desk.kita, "7.5", None).await;
    assert_eq!(desk.list(&tobias, Whose::Mine).await, ["Bonus 7.5"]);
    let of_mira = desk.list(&desk.case.mira, Whose::Mine).await;
    assert_eq!(of_mira, ["Gutschein 7.5"]);
    assert_eq!(desk.list(&desk.case.marek, Whose::All).await.len(), 2);
    let reader = desk.case.annika.actor().await;
    let refused = recheck::list(db, &reader, Whose::All, None, 50).await;
    assert!(matches!(refused, Err(DeskError::Forbidden)), "{refused:?}");
}

#[tokio::test]
async fn checking_takes_it_off_the_list_and_the_history_names_release_and_checker() {
    let desk = desk().await;
    let id = desk.about(desk.kita, "Bonus").await;
    let first = desk.release(desk.kita, "7.5", None).await;
    let second = desk.release(desk.kita, "7.6", None).await;
    let read = desk.check(&desk.case.annika, id).await;
    assert!(matches!(read, Err(DeskError::Forbidden)), "{read:?}");

    let checked = desk.check(&desk.case.mira, id).await.unwrap();
    assert!(checked.unchecked.is_empty());
    assert_eq!(checked.release_ids.len(), 2);
    assert_eq!(desk.told(id).await, None);
    assert!(desk.all().await.is_empty());
    let (db, actor) = (&desk.case.desk.db, desk.case.mira.actor().await);
    let article = article::find(db, &actor, id).await.unwrap();
    let from = validity::of(db, &article).await.unwrap().from;
    assert_eq!(from.len(), 1, "the first of each service: {from:?}");
    assert_eq!(from[0].name, "7.5");
    let payload =
        "SELECT payload FROM event WHERE subject_id = $1 AND name = 'checked' AND actor_id = $2";
    let values = vec![id.into(), desk.case.mira.id.into()];
    let events: Vec<Payload> = desk.case.desk.database().rows(payload, values).await;
    assert_eq!(events.len(), 1);
    for release in [first, second] {
        assert!(events[0].payload.contains(&release.to_string()));
    }
    refused(desk.check(&desk.case.mira, id).await, Rejected::NothingToDo);
    desk.case.desk.must_verify().await;
}

#[derive(sea_orm::FromQueryResult)]
struct Payload {
    payload: String,
}

#[tokio::test]
async fn publishing_a_new_version_is_checking_and_a_draft_is_not() {
    let desk = desk().await;
    let id = desk.about(desk.kita, "Bonus").await;
    desk.release(desk.kita, "7.5", None).await;
    let tests = &desk.case.desk;
    let newer = tests.write(&desk.case.mira, id, content("Bonus ab 7.5"));
    newer.await.unwrap();
    tests.send_to_review(&desk.case.mira, id).await.unwrap();
    assert_eq!(desk.told(id).await.as_deref(), Some("7.5"));
    let published = tests.publish(&desk.case.marek, id).await.unwrap();
    assert_eq!(published.release_ids.len(), 1);
    assert_eq!(desk.told(id).await, None);
    assert!(desk.all().await.is_empty());
}

#[tokio::test]
async fn readers_are_told_once_a_release_is_live_and_its_article_is_listed_before() {
    let desk = desk().await;
    let id = desk.about(desk.kita, "Bonus").await;
    let live = desk.today() + Duration::days(9);
    desk.release(desk.kita, "7.5", Some(live)).await;
    assert_eq!(desk.all().await, ["Bonus 7.5"]);
    assert_eq!(desk.told(id).await, None);
    desk.case.desk.pass(Duration::days(9));
    assert_eq!(desk.told(id).await.as_deref(), Some("7.5"));
}

#[tokio::test]
async fn a_release_that_is_taken_back_asks_for_nothing_and_nor_does_a_retired_article() {
    let desk = desk().await;
    let id = desk.about(desk.kita, "Bonus").await;
    let release = desk.release(desk.kita, "7.5", None).await;
    let tests = &desk.case.desk;
    let admin = tests.administrator().await;
    let (db, actor) = (&tests.db, admin.actor().await);
    tests.console(release::Retire::of(release)).await;
    assert!(desk.all().await.is_empty());
    assert_eq!(desk.told(id).await, None);
    tests.console(release::Restore::of(release)).await;
    assert_eq!(desk.all().await, ["Bonus 7.5"]);

    let article = article::find(db, &actor, id).await.unwrap();
    let permit = Permit::ask(&actor, article).unwrap();
    db.change(permit, article::Retire).await.unwrap();
    assert!(desk.all().await.is_empty());
    history::verify(db, None, |_, _| {}).await.unwrap().unwrap();
}
