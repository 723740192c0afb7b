//! A disk without room and a folder that cannot be written: named, refused in time, and nothing is half there.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use sea_orm::FromQueryResult;
use support::desk::Database;
use support::disk::Disk;
use support::process::{Process, Stop};

use super::kit::{ADDRESS, World};

const PIPE: [&str; 4] = ["mail", "deliver", "--mailbox", "hilfe"];
const STORED: &str = "SELECT count(*) AS n FROM inbound_mail";

/// A desk whose folder, and database if it is a file, lie on a disk of their own.
struct Place {
    world: World,
    disk: Disk,
    database: Database,
}

impl Place {
    async fn new() -> Place {
        let (world, disk) = (World::new().await, Disk::new(24));
        let key = "history.key";
        std::fs::copy(world.desk.folder().join(key), disk.path().join(key)).unwrap();
        let theirs = world.desk.database();
        let url = if theirs.is_postgres() {
            theirs.url().to_owned()
        } else {
            let file = disk.path().join("lotse.sqlite");
            let copy = format!("VACUUM INTO '{}'", file.display());
            theirs.execute(&copy, vec![]).await;
            format!("sqlite://{}", file.display())
        };
        let database = Database::beside(url);
        Place {
            world,
            disk,
            database,
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.world.command(arguments);
        command
            .env("LOTSE_DATA_DIR", self.disk.path())
            .env("LOTSE_DATABASE_URL", self.database.url());
        self.disk.limits(&command)
    }

    fn serve(&self) -> Process {
        let log = self.world.desk.folder().join("serve.log");
        Process::start("lotse", log, Stop::Terminate, &self.command(&["serve"]))
    }

    async fn number(&self, sql: &str) -> i64 {
        self.database.number(sql, vec![]).await
    }

    async fn until(&self, sql: &str, wanted: i64) {
        let start = Instant::now();
        while self.number(sql).await != wanted {
            let late = start.elapsed() > Duration::from_secs(60);
            assert!(!late, "{sql}: {}, not {wanted}", self.number(sql).await);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Database, histories and files are whole.
    async fn is_whole(&self) {
        let verified = self.command(&["verify"]).output().unwrap();
        assert!(verified.status.success(), "{verified:?}");
        if !self.database.is_postgres() {
            let faults =
                "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'";
            assert_eq!(self.number(faults).await, 0);
        }
        let files = files(&self.disk.path().join("blobs"));
        for file in &files {
            let sum = Command::new("sha256sum").arg(file).output().unwrap();
            let sum = String::from_utf8_lossy(&sum.stdout).into_owned();
            let name = file.to_string_lossy().replace('/', "");
            assert!(
                name.ends_with(&sum[..64]),
                "{} is not whole",
                file.display()
            );
        }
        let rows: Vec<Blob> = self
            .database
            .rows("SELECT sha256 FROM inbound_mail", vec![])
            .await;
        for row in rows {
            let there = files.iter().any(|file| {
                file.to_string_lossy()
                    .replace('/', "")
                    .ends_with(&row.sha256)
            });
            assert!(there, "{} is missing", row.sha256);
        }
    }
}

#[derive(FromQueryResult)]
struct Blob {
    sha256: String,
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .flat_map(|entry| match entry.path().is_dir() {
            true => files(&entry.path()),
            false => vec![entry.path()],
        })
        .collect()
}

/// Runs a program that ends by itself; its exit code and what it says.
fn ended(mut command: Command, input: &[u8]) -> (Option<i32>, String) {
    let mut child = command
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    // A program that refuses need not read to the end.
    let _ = child.stdin.take().unwrap().write_all(input);
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if start.elapsed() > Duration::from_secs(30) {
            child.kill().unwrap();
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let done = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    (done.status.code(), said)
}

fn letter(n: usize, lines: usize) -> String {
    let lines = format!("Zeile des Protokolls {n}\r\n").repeat(lines);
    format!(
        "From: Anna <anna{n}@pankow.example>\r\nTo: {ADDRESS}\r\nSubject: Anfrage {n}\r\n\
         Message-ID: <{n}@pankow.example>\r\n\r\n{lines}"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn however_little_room_a_disk_has_a_piped_mail_is_whole_or_comes_again() {
    let place = Place::new().await;
    let folder = place.disk.path().display().to_string();
    let mut again = vec![];
    let mut accepted = 0;
    for (n, left) in [0, 4, 12, 24, 40, 64, 96, 144, 256, 512]
        .into_iter()
        .enumerate()
    {
        let raw = letter(n, 1_500);
        place.disk.fill_but(left);
        let (code, said) = ended(place.command(&PIPE), raw.as_bytes());
        place.disk.empty();
        match code {
            Some(0) => accepted += 1,
            Some(75) => {
                assert!(said.contains(&folder), "{left} KiB left: {said}");
                again.push(raw);
            }
            _ => panic!("{left} KiB left: {code:?} {said}"),
        }
        assert_eq!(
            place.number(STORED).await,
            accepted,
            "{left} KiB left: {said}"
        );
    }
    assert!(!again.is_empty() && accepted > 0, "{accepted} accepted");
    place.is_whole().await;
    for raw in &again {
        assert_eq!(ended(place.command(&PIPE), raw.as_bytes()).0, Some(0));
    }
    let free = "UPDATE inbound_mail SET claimed_until = NULL";
    place.database.execute(free, vec![]).await;
    let process = place.serve();
    place.until("SELECT count(*) AS n FROM ticket", 10).await;
    drop(process);
    place.is_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_leaves_mail_on_its_server_until_there_is_room() {
    let place = Place::new().await;
    let dovecot = &place.world.dovecot;
    let process = place.serve();
    dovecot.deliver(ADDRESS, letter(0, 1).as_bytes());
    let tickets = "SELECT count(*) AS n FROM ticket";
    place.until(tickets, 1).await;
    drop(process);
    place.disk.fill_but(64);
    let process = place.serve();
    for n in 1..4 {
        // Larger than what is left.
        dovecot.deliver(ADDRESS, letter(n, 6_000).as_bytes());
    }
    process.wait_until(|| process.log().contains("mail cannot be fetched"));
    let log = process.log();
    assert!(
        log.contains(&place.disk.path().display().to_string()),
        "{log}"
    );
    assert!(process.is_alive());
    let unseen = |flags: &String| !flags.contains('S');
    assert!(dovecot.flags(ADDRESS, "INBOX").iter().any(unseen));
    place.disk.empty();
    // The limit of those who may not mount ends with the process.
    drop(process);
    let process = place.serve();
    let free = "UPDATE mailbox_state SET claimed_until = NULL, reader = NULL";
    place.database.execute(free, vec![]).await;
    place.until(tickets, 4).await;
    drop(process);
    place.is_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_cannot_be_written_is_named_and_nothing_starts() {
    let place = Place::new().await;
    place.disk.make_read_only();
    let folder = place.disk.path().display().to_string();
    let (code, said) = ended(place.command(&["serve"]), b"");
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains(&folder), "{said}");
    let (code, said) = ended(place.command(&PIPE), letter(0, 1).as_bytes());
    assert_eq!(code, Some(75), "{said}");
    assert!(said.contains(&folder), "{said}");
    assert_eq!(place.number(STORED).await, 0);

    let new = place.disk.path().join("neu");
    let mut command = place.command(&["serve"]);
    command.env("LOTSE_DATA_DIR", &new);
    let (code, said) = ended(command, b"");
    assert_eq!(code, Some(1), "{said}");
    let named = format!("data_dir {}", new.display());
    assert!(said.contains(&named), "{said}");
}
