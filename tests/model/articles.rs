//! Articles: from their authors by their reviewers to their readers, and what each of them sees on the way.

use entities::article::list::{Wanted, list};
use entities::article::{
    self, Article, BringBack, Content, Filing, RestoreVersion, Retire, Return, State, Write,
    remark, version,
};
use entities::policy::Scope;
use entities::{DeskError, Permission, Permit, Rejected, Uuid, history};
use support::desk::{Persona, TestDesk, content};

pub struct Case {
    pub desk: TestDesk,
    /// Writes.
    pub mira: Persona,
    /// Reviews and publishes.
    pub marek: Persona,
    /// Reads.
    pub annika: Persona,
}

pub async fn case() -> Case {
    let desk = TestDesk::new().await;
    Case {
        mira: desk.author("Mira Kessler").await,
        marek: desk.reviewer("Marek Lindner").await,
        annika: desk.agent("Annika Brandt").await,
        desk,
    }
}

impl Case {
    /// What somebody finds of an article: the number and the title they read.
    pub async fn read(&self, who: &Persona, id: Uuid) -> Option<(i32, String)> {
        let actor = who.actor().await;
        let article = article::find(&self.desk.db, &actor, id).await.ok()?;
        let shown = version::of(&self.desk.db, &article, article.shown()).await;
        Some((article.shown(), shown.unwrap().title))
    }

    pub async fn titles(&self, who: &Persona, wanted: &Wanted) -> Vec<String> {
        let actor = who.actor().await;
        let page = list(&self.desk.db, &actor, wanted, None, 50).await.unwrap();
        page.rows.into_iter().map(|line| line.title).collect()
    }
}

#[track_caller]
pub fn refused<T: std::fmt::Debug>(result: Result<T, DeskError>, why: Rejected) {
    assert!(
        matches!(&result, Err(DeskError::Rejected(found)) if *found == why),
        "{result:?}"
    );
}

#[tokio::test]
async fn readers_see_what_is_published_while_a_newer_draft_is_in_work() {
    let case = case().await;
    let id = case
        .desk
        .article(&case.mira, "Bescheid drucken")
        .await
        .row
        .id;
    assert_eq!(case.read(&case.annika, id).await, None);
    assert!(
        case.titles(&case.annika, &Wanted::default())
            .await
            .is_empty()
    );
    case.desk.send_to_review(&case.mira, id).await.unwrap();
    assert_eq!(case.read(&case.annika, id).await, None);
    let published = case.desk.publish(&case.marek, id).await.unwrap();
    assert_eq!(published.row.state, State::Published);
    let first = Some((1, "Bescheid drucken".to_owned()));
    assert_eq!(case.read(&case.annika, id).await, first);

    let renamed = content("Bescheid neu drucken");
    let draft = case.desk.write(&case.mira, id, renamed).await.unwrap();
    assert_eq!((draft.row.state, draft.row.newest), (State::Draft, 2));
    assert_eq!(case.read(&case.annika, id).await, first);
    let all = Wanted::default();
    assert_eq!(case.titles(&case.annika, &all).await, ["Bescheid drucken"]);
    // Nor is it found by what only the draft says.
    let by_draft = Wanted {
        words: "neu".to_owned(),
        ..Wanted::default()
    };
    assert!(case.titles(&case.annika, &by_draft).await.is_empty());
    case.desk.send_to_review(&case.mira, id).await.unwrap();
    case.desk.publish(&case.marek, id).await.unwrap();
    let second = Some((2, "Bescheid neu drucken".to_owned()));
    assert_eq!(case.read(&case.annika, id).await, second);
    assert_eq!(case.titles(&case.annika, &by_draft).await.len(), 1);
    case.desk.must_verify().await;
}

#[tokio::test]
async fn nobody_publishes_what_they_wrote() {
    let case = case().await;
    let admin = case.desk.administrator().await;
    let id = case.desk.article(&admin, "Bescheid drucken").await.row.id;
    case.desk.send_to_review(&admin, id).await.unwrap();
    refused(case.desk.publish(&admin, id).await, Rejected::OwnWork);
    // Who mends something in review is an author of it too.
    let both = [
        (Permission::WriteArticles, Scope::Everything),
        (Permission::PublishArticles, Scope::Everything),
    ];
    let jonas = case.desk.person_with("Jonas Weber", &both).await;
    let mended = content("Bescheid richtig drucken");
    case.desk.write(&jonas, id, mended).await.unwrap();
    refused(case.desk.publish(&jonas, id).await, Rejected::OwnWork);
    refused(case.desk.publish(&admin, id).await, Rejected::OwnWork);
    case.desk.publish(&case.marek, id).await.unwrap();
    // Of the next version Jonas wrote nothing.
    case.desk
        .write(&admin, id, content("Bescheid"))
        .await
        .unwrap();
    case.desk.send_to_review(&admin, id).await.unwrap();
    case.desk.publish(&jonas, id).await.unwrap();
}

#[tokio::test]
async fn whoever_was_slower_is_told_and_overwrites_nothing() {
    let case = case().await;
    let actor = case.mira.actor().await;
    let seen = case.desk.article(&case.mira, "Bescheid drucken").await;
    let other = case.desk.author("Tobias Reuter").await;
    let id = seen.row.id;
    case.desk
        .write(&other, id, content("Bescheid senden"))
        .await
        .unwrap();
    let write = |article: &Article| Write {
        content: content("Bescheid prüfen"),
        filing: article.filing(),
        edition: seen.row.edition,
    };
    let permit = Permit::ask(&actor, seen.clone()).unwrap();
    refused(
        case.desk.db.change(permit, write(&seen)).await,
        Rejected::ChangedMeanwhile,
    );
    let now = case.desk.read_article(id).await;
    assert_eq!(now.row.title, "Bescheid senden");
    // What is filed elsewhere counts like what is written.
    let elsewhere = Write {
        content: content("Bescheid senden"),
        filing: Filing {
            owner_id: Some(other.id),
            ..now.filing()
        },
        edition: now.row.edition,
    };
    let permit = Permit::ask(&actor, now.clone()).unwrap();
    let filed = case.desk.db.change(permit, elsewhere).await.unwrap();
    assert_eq!((filed.subject.row.newest, filed.events.len()), (2, 1));
    assert_eq!(filed.subject.row.edition, now.row.edition + 1);
    // Saving what is there already is no version and no event.
    let again = case
        .desk
        .write(&other, id, content("Bescheid senden"))
        .await;
    assert_eq!(again.unwrap().row.newest, 2);
}

#[tokio::test]
async fn a_version_that_changed_under_the_reviewers_eyes_is_not_published() {
    let case = case().await;
    let id = case
        .desk
        .article(&case.mira, "Bescheid drucken")
        .await
        .row
        .id;
    case.desk.send_to_review(&case.mira, id).await.unwrap();
    case.desk
        .write(&case.mira, id, content("Anders"))
        .await
        .unwrap();
    let actor = case.marek.actor().await;
    let article = article::find(&case.desk.db, &actor, id).await.unwrap();
    let permit = Permit::ask(&actor, article).unwrap();
    let publish = article::Publish { version: 1 };
    refused(
        case.desk.db.change(permit, publish).await,
        Rejected::ChangedMeanwhile,
    );
}

#[tokio::test]
async fn before_a_review_an_article_is_complete() {
    let case = case().await;
    let bare = Content {
        title: "Bescheid drucken".to_owned(),
        ..Content::default()
    };
    let begun = case
        .desk
        .begin_article(&case.mira, bare, Filing::default())
        .await
        .unwrap();
    assert_eq!(article::lacks(&begun).len(), 5);
    let id = begun.row.id;
    refused(
        case.desk.send_to_review(&case.mira, id).await,
        Rejected::ArticleIncomplete,
    );
}

#[tokio::test]
async fn a_reviewer_gives_it_back_with_a_reason_that_its_authors_read() {
    let case = case().await;
    let id = case
        .desk
        .article(&case.mira, "Bescheid drucken")
        .await
        .row
        .id;
    case.desk.send_to_review(&case.mira, id).await.unwrap();
    let give_back = async |text: &str| {
        let actor = case.marek.actor().await;
        let article = article::find(&case.desk.db, &actor, id).await.unwrap();
        let permit = Permit::ask(&actor, article).unwrap();
        let text = text.to_owned();
        case.desk
            .db
            .change(
                permit,
                Return {
                    text,
                    quote: String::new(),
                },
            )
            .await
    };
    refused(give_back(" \n").await, Rejected::EmptyText);
    give_back("Schritt 3 fehlt.").await.unwrap();
    refused(give_back("Noch einmal").await, Rejected::NotInReview);
    let actor = case.mira.actor().await;
    let article = article::find(&case.desk.db, &actor, id).await.unwrap();
    assert_eq!(article.row.state, State::Draft);
    let told = remark::of(&case.desk.db, &article, 9).await.unwrap();
    assert_eq!(told[0].text, "Schritt 3 fehlt.");
    assert_eq!(told[0].author.as_deref(), Some("Marek Lindner"));
    let events = history::of(&case.desk.db, id, None, 50).await.unwrap();
    assert!(events.iter().all(|e| !e.payload.contains("Schritt")));
}

#[tokio::test]
async fn what_is_retired_is_read_by_nobody_and_reviewed_anew_when_it_comes_back() {
    let case = case().await;
    let (mira, marek) = (&case.mira, &case.marek);
    let id = case.desk.published(mira, marek, "Bescheid").await.row.id;
    let actor = marek.actor().await;
    let find = async || article::find(&case.desk.db, &actor, id).await.unwrap();
    let permit = Permit::ask(&actor, find().await).unwrap();
    case.desk.db.change(permit, Retire).await.unwrap();
    assert_eq!(case.read(&case.annika, id).await, None);
    let late = case.desk.write(mira, id, content("Spät")).await;
    refused(late, Rejected::Retired);
    let permit = Permit::ask(&actor, find().await).unwrap();
    case.desk.db.change(permit, BringBack).await.unwrap();
    assert_eq!(case.read(&case.annika, id).await, None);
    case.desk.send_to_review(mira, id).await.unwrap();
    case.desk.publish(marek, id).await.unwrap();
    assert_eq!(case.read(&case.annika, id).await.unwrap().0, 1);
    case.desk.must_verify().await;
}

#[tokio::test]
async fn an_older_version_is_taken_up_again_as_a_new_one() {
    let case = case().await;
    let id = case.desk.article(&case.mira, "Erste").await.row.id;
    let second = case
        .desk
        .write(&case.mira, id, content("Zweite"))
        .await
        .unwrap();
    let restore = async |article: &Article, number: i32, edition: i32| {
        let actor = case.mira.actor().await;
        let version = version::of(&case.desk.db, article, number).await.unwrap();
        let permit = Permit::ask(&actor, article.clone()).unwrap();
        let command = RestoreVersion { version, edition };
        case.desk.db.change(permit, command).await
    };
    let edition = second.row.edition;
    refused(
        restore(&second, 1, edition - 1).await,
        Rejected::ChangedMeanwhile,
    );
    refused(restore(&second, 2, edition).await, Rejected::NothingToDo);
    let third = restore(&second, 1, edition).await.unwrap().subject;
    assert_eq!((third.row.newest, third.row.title.as_str()), (3, "Erste"));
    let lines = version::lines(&case.desk.db, &third, 9).await.unwrap();
    assert_eq!(lines[0].restored_from, Some(1));
    // A version of another article is none of this one.
    let other = case.desk.article(&case.mira, "Andere").await;
    let actor = case.mira.actor().await;
    let foreign = RestoreVersion {
        version: version::of(&case.desk.db, &other, 1).await.unwrap(),
        edition: third.row.edition,
    };
    let permit = Permit::ask(&actor, third).unwrap();
    refused(
        case.desk.db.change(permit, foreign).await,
        Rejected::ChangedMeanwhile,
    );
}

#[tokio::test]
async fn an_article_for_vendors_names_some_and_only_vendors() {
    let case = case().await;
    let nordlicht = case.desk.vendor("Nordlicht", "nordlicht.example").await;
    let office = case.desk.district("Bezirksamt Mitte", "MI").await;
    let for_vendors = |ids: &[Uuid]| Content {
        audience: article::Audience::Vendors,
        vendor_ids: ids.to_vec(),
        ..content("Protokoll senden")
    };
    let begin = async |ids: &[Uuid]| {
        let filing = Filing::default();
        let begun = case
            .desk
            .begin_article(&case.mira, for_vendors(ids), filing);
        begun.await
    };
    refused(begin(&[]).await, Rejected::NoAudience);
    refused(begin(&[office]).await, Rejected::NotAVendor);
    let made = begin(&[nordlicht, nordlicht]).await.unwrap();
    assert_eq!(made.newest.unwrap().vendor_ids(), [nordlicht]);
}
