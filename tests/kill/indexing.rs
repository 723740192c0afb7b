//! An index whose process is killed at any step is whole again, and misses and doubles nothing.

use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::kit::World;

const WAITING: &str = "SELECT count(*) AS n FROM unindexed";
/// Tickets that are there at the beginning.
const TICKETS: usize = 300;
/// Tickets that come before each kill.
const MORE: usize = 20;

fn rounds() -> usize {
    match std::env::var_os("LOTSE_TEST_LONG") {
        Some(_) => 200,
        None => 20,
    }
}

fn output(mut command: Command) -> (Option<i32>, String) {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    (output.status.code(), said)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_that_is_killed_at_any_step_finds_everything_once() {
    let world = World::new().await;
    let mut tickets = 0;
    let mut open = async |count: usize| {
        for _ in 0..count {
            tickets += 1;
            world
                .desk
                .ticket(&format!("Zahllauf bricht ab {tickets}"))
                .await;
        }
        tickets
    };
    let mut count = open(TICKETS).await;
    for round in 0..rounds() {
        let process = world.serve();
        // A little longer each time, so that it dies at each step once.
        let wait = Duration::from_millis(150 + 37 * (round as u64 % 30));
        let begun = Instant::now();
        count = open(MORE).await;
        tokio::time::sleep(wait.saturating_sub(begun.elapsed())).await;
        process.kill();
    }
    let process = world.serve();
    world.until(WAITING, 0).await;
    let query = ["search", "query", "zahllauf", "--json", "--limit", "1"];
    let (code, said) = output(world.command(&query));
    assert_eq!(code, Some(0), "{said}");
    let answer: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(answer["total"], count, "{said}");
    let (code, said) = output(world.command(&["search", "verify"]));
    assert_eq!(code, Some(0), "{said}");
    // Built anew beside the process that serves, and followed by it.
    let (code, said) = output(world.command(&["search", "reindex"]));
    assert_eq!(code, Some(0), "{said}");
    world.desk.ticket("Überweisung fehlt").await;
    world.until(WAITING, 0).await;
    let (code, said) = output(world.command(&["search", "query", "ueberweisung", "--json"]));
    assert_eq!(code, Some(0), "{said}");
    let answer: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(answer["total"], 1, "{said}");
    drop(process);
}
