//! SIGKILL at random moments, again and again, while mail comes and goes.

use std::time::{Duration, Instant};

use super::kit::World;

/// Enough kills for every run, and the number that is asked for in a long one.
fn kills() -> u32 {
    match std::env::var_os("LOTSE_TEST_LONG") {
        Some(_) => 500,
        None => 20,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_moment_a_process_is_killed_nothing_is_lost_and_nothing_comes_twice() {
    let mut world = World::new().await;
    let mut random = Random::new();
    let (kills, start) = (kills(), Instant::now());
    let (mut letters, mut answers) = (0, 0);
    for _ in 0..kills {
        for _ in 0..2 {
            world.letter();
            letters += 1;
        }
        world.answer().await;
        answers += 1;
        let process = world.serve();
        // The first mails of a process come within its first second.
        tokio::time::sleep(Duration::from_millis(random.below(1_200))).await;
        world.kill(&process).await;
    }
    let doubles = world.settle_and_compare().await;
    eprintln!(
        "{kills} random kills in {:?} (seed {}): {letters} letters and {answers} answers; \
         sent twice with the same Message-ID: {doubles} of {} that could be",
        start.elapsed(),
        random.seed,
        world.in_window()
    );
}

/// A sequence that its seed repeats.
pub struct Random {
    pub seed: u64,
    state: u64,
}

impl Random {
    pub fn new() -> Random {
        let now = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap();
        let seed = now.as_nanos() as u64 | 1;
        Random { seed, state: seed }
    }

    pub fn below(&mut self, most: u64) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state % most
    }
}
