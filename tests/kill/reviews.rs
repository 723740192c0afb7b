//! What reminds of reviews is killed at random moments, two at a time: each owner has one notice and one mail of each.

use std::time::Duration;

use entities::article::Filing;
use entities::history;
use support::desk::content;

use super::kit::World;
use super::random::Random;

/// Articles that are due before each kill.
const ARTICLES: i64 = 12;
const KILLS: i64 = 5;

#[tokio::test(flavor = "multi_thread")]
async fn every_review_is_told_once_by_bell_and_mail_however_often_the_clock_is_killed() {
    let world = World::new().await;
    let desk = &world.desk;
    let mira = desk.author("Mira Kessler").await;
    let due = entities::clock::day(desk.db.clock().now()) + chrono::Duration::days(3);
    let filing = Filing {
        review_due_on: Some(due),
        ..desk.filing(&mira).await
    };
    let mut random = Random::new();
    for round in 0..KILLS {
        for n in 0..ARTICLES {
            let said = content(&format!("Anleitung {round}-{n}"));
            desk.begin_article(&mira, said, filing.clone())
                .await
                .unwrap();
        }
        let (one, other) = (world.serve(), world.serve());
        tokio::time::sleep(Duration::from_millis(random.below(900))).await;
        one.kill();
        tokio::time::sleep(Duration::from_millis(random.below(60))).await;
        other.kill();
        world.let_claims_run_out().await;
    }
    let process = world.serve();
    let all = KILLS * ARTICLES;
    let sent =
        "SELECT count(*) AS n FROM told_mail WHERE tell = 'tell_review_due' AND state = 'sent'";
    world.until(sent, all).await;
    drop(process);
    let seed = random.seed;
    let count = async |sql: &str| world.number(sql).await;
    let events = "FROM event WHERE name = 'review_told' AND rule = 'reminder'";
    let told = count(&format!("SELECT count(*) AS n {events}")).await;
    let articles = count(&format!("SELECT count(DISTINCT subject_id) AS n {events}")).await;
    assert_eq!((told, articles), (all, all), "seed {seed}");
    let notices = count("SELECT count(*) AS n FROM notice").await;
    assert_eq!(notices, all, "seed {seed}");
    let work = "SELECT count(*) AS n FROM outbox WHERE effect = 'tell_review_due'";
    let open = count(&format!("{work} AND state <> 'done'")).await;
    assert_eq!((count(work).await, open), (all, 0), "seed {seed}");
    let verified = history::verify(&desk.db, None, |_, _| {}).await.unwrap();
    verified.unwrap_or_else(|broken| panic!("{broken:?}, seed {seed}"));
}
