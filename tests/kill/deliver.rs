//! `lotse mail deliver` says 0 only when a mail is stored, and 75 whenever it must come again.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::kit::World;

const LETTER: &[u8] =
    b"From: anna@pankow.example\r\nTo: desk@desk.example\r\nSubject: Zahllauf\r\n\
    Message-ID: <1@pankow.example>\r\n\r\nGuten Tag\r\n";

fn piped(mut command: Command, raw: &[u8]) -> (Option<i32>, String) {
    let mut child = command
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses need not read to the end.
    let _ = child.stdin.take().unwrap().write_all(raw);
    let done = child.wait_with_output().unwrap();
    (
        done.status.code(),
        String::from_utf8_lossy(&done.stderr).into_owned(),
    )
}

async fn stored(world: &World) -> i64 {
    world.number("SELECT count(*) AS n FROM inbound_mail").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_is_accepted_only_when_it_is_stored() {
    let world = World::new().await;
    let deliver = || world.command(&["mail", "deliver"]);
    assert_eq!(piped(deliver(), LETTER).0, Some(0));
    assert_eq!(stored(&world).await, 1);

    let unknown = world.command(&["mail", "deliver", "--mailbox", "nirgends"]);
    let (code, said) = piped(unknown, LETTER);
    assert_eq!(code, Some(75), "{said}");
    assert!(said.contains("nirgends"), "{said}");

    let mut away = deliver();
    away.env("LOTSE_DATABASE_URL", "postgres://lotse@127.0.0.1:9/lotse");
    let (code, said) = piped(away, LETTER);
    assert_eq!(code, Some(75), "{said}");

    let mut small = deliver();
    small.env("LOTSE_MAIL_MAX_SIZE_MB", "1");
    let large = [LETTER, &vec![b'x'; 2 << 20]].concat();
    let (code, said) = piped(small, &large);
    assert_eq!(code, Some(65), "{said}");
    assert!(said.contains("mail.max_size_mb = 1"), "{said}");
    assert_eq!(stored(&world).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signal_half_way_means_that_the_mail_must_come_again() {
    let world = World::new().await;
    let mut child = world
        .command(&["mail", "deliver"])
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(&LETTER[..40]).unwrap();
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    let asked = Command::new("bash")
        .args(["-c", "kill -TERM \"$1\"", "kill", &child.id().to_string()])
        .status();
    assert!(asked.unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(75));
    drop(input);
    assert_eq!(stored(&world).await, 0);
}

/// Keeps every writer of stored mail waiting.
async fn lock(world: &World) {
    let database = world.desk.database();
    if database.is_postgres() {
        database.execute("BEGIN", vec![]).await;
        let sql = "LOCK TABLE inbound_mail IN ACCESS EXCLUSIVE MODE";
        database.execute(sql, vec![]).await;
    } else {
        database.execute("BEGIN IMMEDIATE", vec![]).await;
    }
}

/// The blobs that are whole.
fn blobs(world: &World) -> usize {
    let of = |folder: std::path::PathBuf| std::fs::read_dir(folder).into_iter().flatten().flatten();
    of(world.desk.folder().join("blobs"))
        .filter(|place| place.file_name().len() == 2)
        .flat_map(|place| of(place.path()))
        .count()
}

const PIPE: [&str; 4] = ["mail", "deliver", "--mailbox", "hilfe"];

fn start(world: &World, raw: &[u8]) -> std::process::Child {
    let mut child = world
        .command(&PIPE)
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let input = child.stdin.as_mut().unwrap();
    input.write_all(raw).unwrap();
    child
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_whose_delivery_was_killed_comes_again_and_is_there_once() {
    let mut world = World::new().await;
    // Half of the mail was read.
    let raw = world.piped_letter();
    let mut child = start(&world, &raw.as_bytes()[..raw.len() / 2]);
    tokio::time::sleep(Duration::from_millis(300)).await;
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!((stored(&world).await, blobs(&world)), (0, 0));
    assert_eq!(piped(world.command(&PIPE), raw.as_bytes()).0, Some(0));

    // The bytes are stored, the row is not.
    let raw = world.piped_letter();
    lock(&world).await;
    let mut child = start(&world, raw.as_bytes());
    drop(child.stdin.take());
    let begun = std::time::Instant::now();
    while blobs(&world) < 2 {
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "nothing was stored"
        );
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    child.kill().unwrap();
    child.wait().unwrap();
    world.desk.database().execute("ROLLBACK", vec![]).await;
    assert_eq!(stored(&world).await, 1);
    assert_eq!(piped(world.command(&PIPE), raw.as_bytes()).0, Some(0));

    // The row is there, and what follows has begun or not.
    for _ in 0..5 {
        let raw = world.piped_letter();
        let before = stored(&world).await;
        let mut child = start(&world, raw.as_bytes());
        drop(child.stdin.take());
        while stored(&world).await == before {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        world.copies += 1;
        // The mail server heard no answer, so it tries again.
        assert_eq!(piped(world.command(&PIPE), raw.as_bytes()).0, Some(0));
    }
    world.settle_and_compare().await;
    assert_eq!(stored(&world).await, 12);
}
