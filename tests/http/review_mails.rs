//! Reminders of reviews by mail: to whoever answers for the article, once for each day that was set, in their language.

use chrono::Duration;
use entities::article::{Article, Filing, Retire, Write};
use entities::session::preference::{self, Preference};
use entities::{Permit, Uuid, article};
use support::desk::{Persona, TestDesk, content};

async fn due(desk: &TestDesk, owner: &Persona, title: &str, days: i64) -> Uuid {
    let filing = Filing {
        review_due_on: Some(in_days(desk, days)),
        ..desk.filing(owner).await
    };
    let begun = desk.begin_article(owner, content(title), filing);
    begun.await.unwrap().row.id
}

fn in_days(desk: &TestDesk, days: i64) -> chrono::NaiveDate {
    entities::clock::day(desk.db.clock().now()) + Duration::days(days)
}

async fn found(desk: &TestDesk, who: &Persona, id: Uuid) -> (entities::Actor, Article) {
    let actor = who.actor().await;
    let article = article::find(&desk.db, &actor, id).await.unwrap();
    (actor, article)
}

#[tokio::test]
async fn whoever_answers_for_an_article_is_reminded_by_mail_once_for_each_day() {
    let desk = TestDesk::new().await;
    let mira = desk.author("Mira Kessler").await;
    let id = due(&desk, &mira, "Geschwisterbonus", 20).await;
    desk.run_jobs().await;
    assert!(desk.mails_to(&mira.email).is_empty());
    desk.pass(Duration::days(7));
    desk.run_jobs().await;
    desk.run_jobs().await;
    let mails = desk.mails_to(&mira.email);
    assert_eq!(mails.len(), 1);
    assert_eq!(
        mails[0].subject.as_deref(),
        Some("Bitte prüfen Sie „Geschwisterbonus“")
    );
    let text = &mails[0].text;
    assert!(text.contains(&format!("/knowledge/{id}")), "{text}");
    assert!(text.contains("Guten Tag Mira Kessler"), "{text}");
    // Another day is another review.
    let (actor, article) = found(&desk, &mira, id).await;
    let later = Write {
        content: content("Geschwisterbonus"),
        filing: Filing {
            review_due_on: Some(in_days(&desk, 10)),
            ..article.filing()
        },
        edition: article.row.edition,
    };
    let permit = Permit::ask(&actor, article).unwrap();
    desk.db.change(permit, later).await.unwrap();
    desk.run_jobs().await;
    assert_eq!(desk.mails_to(&mira.email).len(), 2);
    desk.must_be_idle().await;
}

#[tokio::test]
async fn reminders_speak_the_language_of_who_reads_them() {
    let desk = TestDesk::new().await;
    let mira = desk.author("Mira Kessler").await;
    let likes = Preference {
        locale: Some("en".to_owned()),
        ..Preference::default()
    };
    preference::keep(&desk.db, mira.id, &likes).await.unwrap();
    due(&desk, &mira, "Geschwisterbonus", 5).await;
    desk.run_jobs().await;
    let mails = desk.mails_to(&mira.email);
    assert_eq!(
        mails[0].subject.as_deref(),
        Some("Please review “Geschwisterbonus”")
    );
}

#[tokio::test]
async fn nobody_is_reminded_of_what_is_retired_was_due_long_ago_or_is_anothers_by_now() {
    let desk = TestDesk::new().await;
    let mira = desk.author("Mira Kessler").await;
    let marek = desk.reviewer("Marek Lindner").await;
    due(&desk, &mira, "Vergessen", -40).await;
    let retired = due(&desk, &mira, "Stillgelegt", 5).await;
    // The clock tells, and before the mail leaves the article is retired.
    lotse::jobs::clock::tell_reviews(&desk).await.unwrap();
    let (actor, article) = found(&desk, &marek, retired).await;
    let permit = Permit::ask(&actor, article).unwrap();
    desk.db.change(permit, Retire).await.unwrap();
    desk.run_jobs().await;
    assert!(desk.mails_to(&mira.email).is_empty());
    desk.must_be_idle().await;
}
