//! Programs are found or named, and end with the value that holds them.

use std::process::Command;
use std::time::Duration;

use support::process::{Process, Stop, package, scratch};

#[test]
#[should_panic(expected = "install the Debian package dovecot-imapd")]
fn a_missing_program_names_its_package() {
    package("no-such-program", "dovecot-imapd");
}

#[test]
#[should_panic(expected = "no such option")]
fn a_program_that_ends_at_once_shows_its_log() {
    let directory = scratch("failing");
    let mut command = Command::new(package("bash", "bash"));
    command.args(["-c", "echo no such option; exit 1"]);
    let log = directory.path().join("log");
    let process = Process::start("failing", log, Stop::Terminate, &command);
    process.wait_until(|| false);
}

#[test]
fn a_program_and_its_children_end_with_the_value() {
    let directory = scratch("stubborn");
    let alive = directory.path().join("alive");
    let mut command = Command::new(package("bash", "bash"));
    command
        .args([
            "-c",
            r#"(while sleep 0.01; do echo >>"$1"; done) & wait"#,
            "bash",
        ])
        .arg(&alive);
    let log = directory.path().join("log");
    let process = Process::start("stubborn", log, Stop::Terminate, &command);
    process.wait_until(|| alive.exists());
    drop(process);
    let size = || alive.metadata().unwrap().len();
    let last = size();
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(size(), last);
}
