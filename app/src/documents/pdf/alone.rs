//! A program that is given no network: a namespace of its own in which there is none, where the machine lets it have one.

use std::path::Path;
use std::process::Stdio;

use tokio::process::Command;
use tokio::sync::OnceCell;

/// Where programs are looked for.
pub const PATH: &str = "/usr/local/bin:/usr/bin:/bin";

/// What of util-linux starts another program so, without any rights beyond those it has.
const UNSHARE: &str = "unshare";
const ALONE: [&str; 4] = ["--user", "--map-current-user", "--net", "--"];

/// Whether the machine lets it; asked once.
static IS_LET: OnceCell<bool> = OnceCell::const_new();

/// A command for this program, without a network where that can be; whoever goes on with it leaves [`PATH`] to it.
pub async fn command(program: &Path) -> Command {
    if !*IS_LET.get_or_init(is_let).await {
        return Command::new(program);
    }
    let mut command = Command::new(UNSHARE);
    command.args(ALONE).arg(program);
    command
}

async fn is_let() -> bool {
    let tried = Command::new(UNSHARE)
        .args(ALONE)
        .arg("true")
        .env_clear()
        .env("PATH", PATH)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .await;
    let is_let = tried.is_ok_and(|status| status.success());
    if !is_let {
        tracing::warn!(
            "no namespace of its own is to be had for LibreOffice: it runs with the network of the desk"
        );
    }
    is_let
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[tokio::test]
    async fn what_runs_alone_sees_no_network_but_its_own() {
        let read = async |mut command: Command| {
            let output = command
                .arg("/proc/net/dev")
                .env("PATH", PATH)
                .output()
                .await
                .unwrap();
            assert!(output.status.success());
            let devices = String::from_utf8(output.stdout).unwrap();
            devices.lines().filter(|line| line.contains(':')).count()
        };
        let alone = read(command(Path::new("cat")).await).await;
        match *IS_LET.get().unwrap() {
            true => assert_eq!(alone, 1, "the loopback alone"),
            false => assert_eq!(alone, read(Command::new("cat")).await),
        }
    }
}
