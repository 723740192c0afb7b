//! What gathers notices into mails is killed at random moments, two at a time: each notice goes into one mail, and each
//! mail leaves.

use std::time::Duration;

use entities::Permit;
use entities::ticket::{WriteNote, WriteNoteTo};

use super::kit::World;
use super::random::Random;

/// Notes that name somebody before each kill.
const NOTES: i64 = 10;
const KILLS: i64 = 5;

#[tokio::test(flavor = "multi_thread")]
async fn every_notice_goes_into_one_mail_and_every_mail_leaves_however_often_the_clock_is_killed() {
    let world = World::new().await;
    let desk = &world.desk;
    let annika = desk.agent("Annika Brandt").await;
    let derya = desk.agent("Derya Aksoy").await;
    let actor = annika.actor().await;
    let mut random = Random::new();
    for round in 0..KILLS {
        for n in 0..NOTES {
            let ticket = desk.ticket(&format!("Anruf {round}-{n}")).await;
            let permit = Permit::ask(&actor, ticket).unwrap();
            let note = WriteNote {
                body: "Bitte ansehen".to_owned(),
                files: vec![],
                once: None,
            };
            let people = vec![derya.id];
            desk.db
                .change(permit, WriteNoteTo { note, people })
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
    let seed = random.seed;
    let all = KILLS * NOTES;
    let mailed = "SELECT count(*) AS n FROM notice WHERE mail_id IS NOT NULL AND mail_at IS NULL";
    world.until(mailed, all).await;
    let open = "SELECT count(*) AS n FROM outbox WHERE effect = 'tell_notices' AND state <> 'done'";
    world.until(open, 0).await;
    drop(process);
    let count = async |sql: &str| world.number(sql).await;
    let work = count("SELECT count(*) AS n FROM outbox WHERE effect = 'tell_notices'").await;
    let mails = count("SELECT count(DISTINCT mail_id) AS n FROM notice").await;
    let sent = "SELECT count(*) AS n FROM told_mail WHERE tell = 'tell_notices' AND state = 'sent'";
    let sent = count(sent).await;
    assert_eq!((work, sent), (mails, mails), "seed {seed}");
    assert!((1..=all).contains(&mails), "seed {seed}");
}
