//! Requests by `wrk`: how many a second, and how long they take.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use support::process::package;

use crate::base::LOAD_CORE;
use crate::served::Served;

/// So many ask at once where it is counted how much gets through: more than one core can serve.
pub const CONNECTIONS: u32 = 8;

/// What wrk found.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// Answered, when so many ask at once that the core is never idle.
    pub per_second: f64,
    /// What one reader waits then.
    pub crowded_p99_ms: Option<f64>,
    /// What a reader waits whose request is the only one. Fifty agents who each ask for a page every ten
    /// seconds keep a core busy for a few hundredths of the time.
    pub p50_ms: f64,
    pub p99_ms: f64,
}

impl Found {
    /// Of requests that were sent one after the other.
    pub fn one_by_one(mut took: Vec<Duration>) -> Found {
        took.sort_unstable();
        let ms = |at: usize| took[at].as_secs_f64() * 1000.0;
        let all: Duration = took.iter().sum();
        Found {
            per_second: took.len() as f64 / all.as_secs_f64(),
            crowded_p99_ms: None,
            p50_ms: ms(took.len() / 2),
            p99_ms: ms(took.len() * 99 / 100),
        }
    }
}

/// One run of wrk.
struct Run {
    per_second: f64,
    p50_ms: f64,
    p99_ms: f64,
}

/// Who asks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum As {
    Nobody,
    Agent,
}

/// Asks for a page over and over.
pub fn get(served: &Served, path: &str, seconds: u32) -> Found {
    run(served, path, seconds, As::Agent, None)
}

/// Asks for a page that needs no session.
pub fn get_as_nobody(served: &Served, path: &str, seconds: u32) -> Found {
    run(served, path, seconds, As::Nobody, None)
}

/// Runs a Lua script that makes the requests.
pub fn script(served: &Served, script: &str, seconds: u32) -> Found {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), script).unwrap();
    run(served, "/", seconds, As::Agent, Some(file.path()))
}

fn run(served: &Served, path: &str, seconds: u32, who: As, script: Option<&Path>) -> Found {
    let [crowded, alone] =
        [CONNECTIONS, 1].map(|at_once| once(served, path, seconds, who, script, at_once));
    Found {
        per_second: crowded.per_second,
        crowded_p99_ms: Some(crowded.p99_ms),
        p50_ms: alone.p50_ms,
        p99_ms: alone.p99_ms,
    }
}

fn once(
    served: &Served,
    path: &str,
    seconds: u32,
    who: As,
    script: Option<&Path>,
    at_once: u32,
) -> Run {
    let mut command = Command::new(package("taskset", "util-linux"));
    command
        .args(["-c", LOAD_CORE])
        .arg(package("wrk", "wrk"))
        .args(["-t1", "--latency", "--timeout", "30s"])
        .arg(format!("-c{at_once}"))
        .arg(format!("-d{seconds}s"));
    if who == As::Agent {
        command.args(["-H", &format!("Cookie: {}", served.cookie)]);
    }
    if let Some(script) = script {
        command.arg("-s").arg(script);
    }
    let output = command
        .arg(format!("{}{path}", served.address))
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let is_whole =
        output.status.success() && !said.contains("Non-2xx") && !said.contains("Socket errors");
    assert!(is_whole, "{path}: {said}\n{}", served.process.log());
    read(&said)
}

fn read(said: &str) -> Run {
    let value = |name: &str| {
        said.lines()
            .find_map(|line| line.trim().strip_prefix(name))
            .unwrap_or_else(|| panic!("no {name} in {said}"))
            .trim()
            .to_owned()
    };
    Run {
        per_second: value("Requests/sec:").parse().unwrap(),
        p50_ms: ms(&value("50%")),
        p99_ms: ms(&value("99%")),
    }
}

fn ms(time: &str) -> f64 {
    let units = [("us", 0.001), ("ms", 1.0), ("s", 1000.0), ("m", 60_000.0)];
    let (number, factor) = units
        .iter()
        .find_map(|(unit, factor)| Some((time.strip_suffix(unit)?, factor)))
        .unwrap();
    number.parse::<f64>().unwrap() * factor
}
