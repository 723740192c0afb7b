//! What the clock brings is killed at random moments: each reminder, closing and anchor comes once.

use std::time::Duration;

use entities::ticket::close::Ending;
use entities::ticket::{Close, ClosingReason, Ticket, Wait, WaitingFor};
use entities::{Permit, history};

use super::kit::{CONSOLE, World};
use super::random::Random;

/// Tickets of either sort that come due before each kill.
const TICKETS: i64 = 12;
const KILLS: i64 = 6;

async fn tickets(world: &World, round: i64) -> Vec<Ticket> {
    let mut tickets = Vec::new();
    for n in 0..TICKETS {
        tickets.push(world.desk.ticket(&format!("Anruf {round}-{n}")).await);
    }
    tickets
}

/// Tickets whose date has come, and others that were solved long ago.
async fn come_due(world: &World, round: i64) {
    let db = &world.desk.db;
    let tomorrow = db.clock().now() + chrono::Duration::days(1);
    let wait = Wait {
        waiting_for: WaitingFor::Date,
        until: Some(tomorrow),
    };
    let solve = Close {
        to: Ending::Solved,
        reason: Some(ClosingReason::UserError),
    };
    for ticket in tickets(world, round).await {
        let permit = Permit::ask(&CONSOLE, ticket).unwrap();
        db.change(permit, wait.clone()).await.unwrap();
    }
    for ticket in tickets(world, round).await {
        let permit = Permit::ask(&CONSOLE, ticket).unwrap();
        db.change(permit, solve.clone()).await.unwrap();
    }
    let long_ago = db.clock().now() - chrono::Duration::days(30);
    for sql in [
        "UPDATE ticket SET reminder_at = $1 WHERE state = 'waiting'",
        "UPDATE ticket SET solved_at = $1, last_message_at = $1 WHERE state = 'solved'",
    ] {
        world
            .desk
            .database()
            .execute(sql, vec![long_ago.into()])
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_clock_brings_comes_once_however_often_it_is_killed() {
    let world = World::new().await;
    let mut random = Random::new();
    let log = world.desk.folder().join("anchors.log");
    let serve = || {
        let mut command = world.command(&["serve"]);
        command.env("LOTSE_HISTORY_ANCHOR_LOG", &log);
        world.start(&command)
    };
    for round in 0..KILLS {
        come_due(&world, round).await;
        let process = serve();
        tokio::time::sleep(Duration::from_millis(random.below(700))).await;
        // One that is asked to end seals what changed, and dies while it does.
        process.terminate_or_kill(Duration::from_millis(random.below(60)));
    }
    let process = serve();
    let waiting = "SELECT count(*) AS n FROM ticket WHERE state IN ('waiting', 'solved')";
    world.until(waiting, 0).await;
    // What changed last is sealed and noted by then.
    process.terminate();
    let count = async |sql: &str| world.number(sql).await;
    let all = KILLS * TICKETS;
    for (name, rule) in [
        ("reminder_reached", "reminder"),
        ("state_changed", "auto_close"),
    ] {
        let events = format!("FROM event WHERE name = '{name}' AND rule = '{rule}'");
        let told = count(&format!("SELECT count(*) AS n {events}")).await;
        let tickets = count(&format!("SELECT count(DISTINCT subject_id) AS n {events}")).await;
        assert_eq!((told, tickets), (all, all), "{name}, seed {}", random.seed);
    }
    let lines = std::fs::read_to_string(&log).unwrap();
    let verified = history::verify(&world.desk.db, Some(&lines), |_, _| {})
        .await
        .unwrap();
    let verified = verified.unwrap_or_else(|broken| panic!("{broken:?}, seed {}", random.seed));
    assert_eq!(verified.unnoted, 0, "seed {}", random.seed);
    assert_eq!(lines.lines().count() as u64, verified.anchors, "{lines}");
}
