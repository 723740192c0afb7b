//! What tells of deadlines is killed at random moments, two at a time: each is told once, and everybody once.

use std::time::Duration;

use entities::history;
use support::desk::an_hour_and_a_day;

use super::kit::World;
use super::random::Random;

/// Tickets whose deadlines come before each kill.
const TICKETS: i64 = 30;
const KILLS: i64 = 6;

#[tokio::test(flavor = "multi_thread")]
async fn every_deadline_is_told_once_to_everybody_however_often_the_clock_is_killed() {
    let world = World::new().await;
    let desk = &world.desk;
    let calendar = desk.always().await;
    desk.general_limit(calendar, an_hour_and_a_day()).await;
    let team = desk.team("Jugend 1").await;
    desk.agent("Annika Brandt").in_team(team).await;
    desk.agent("Jonas Weber").in_team(team).await;
    let mut random = Random::new();
    for round in 0..KILLS {
        for n in 0..TICKETS {
            desk.ticket(&format!("Anruf {round}-{n}"))
                .in_team(team)
                .await;
        }
        let passed = desk.db.clock().now() - chrono::Duration::minutes(round + 1);
        let sql = "UPDATE ticket SET solution_due_at = $1, due_at = $1, warn_at = $1, notice_at = $1 \
                   WHERE solution_told IS NULL";
        desk.database().execute(sql, vec![passed.into()]).await;
        // SQLite has one writer, which both wait for.
        let (one, other) = (world.serve(), world.serve());
        tokio::time::sleep(Duration::from_millis(random.below(900))).await;
        one.kill();
        tokio::time::sleep(Duration::from_millis(random.below(60))).await;
        other.kill();
    }
    let process = world.serve();
    let untold = "SELECT count(*) AS n FROM ticket WHERE solution_told IS NULL";
    world.until(untold, 0).await;
    drop(process);
    let count = async |sql: &str| world.number(sql).await;
    let seed = random.seed;
    let all = KILLS * TICKETS;
    let events = "FROM event WHERE name = 'deadline_told' AND rule = 'deadline'";
    let told = count(&format!("SELECT count(*) AS n {events}")).await;
    let tickets = count(&format!("SELECT count(DISTINCT subject_id) AS n {events}")).await;
    assert_eq!((told, tickets), (all, all), "seed {seed}");
    let notices = count("SELECT count(*) AS n FROM notice").await;
    let of_events = "SELECT count(*) AS n FROM notice n JOIN event e \
                     ON e.subject_id = n.subject_id AND e.number = n.number AND e.name = 'deadline_told'";
    assert_eq!(
        (notices, count(of_events).await),
        (2 * all, 2 * all),
        "seed {seed}"
    );
    let verified = history::verify(&desk.db, None, |_, _| {}).await.unwrap();
    verified.unwrap_or_else(|broken| panic!("{broken:?}, seed {seed}"));
}
