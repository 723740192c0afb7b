//! Two processes on one database share a mailbox: none of the mail is taken twice, and one takes over when the other dies.

use super::kit::World;

fn mails() -> i64 {
    match std::env::var_os("LOTSE_TEST_LONG") {
        Some(_) => 2_000,
        None => 100,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_make_each_mail_of_one_mailbox_one_message() {
    let mut world = World::new().await;
    for _ in 0..mails() {
        world.letter();
    }
    let (one, other) = (world.serve(), world.serve());
    let settled = "SELECT count(*) AS n FROM inbound_mail WHERE fate = 'ticket'";
    world.until(settled, mails()).await;
    let did = |log: String| log.matches("mail processed").count();
    let (first, second) = (did(one.log()), did(other.log()));
    eprintln!(
        "{} mails: {first} by one process, {second} by the other",
        mails()
    );
    assert_eq!(
        first + second,
        mails() as usize,
        "a mail was processed twice"
    );
    let copies = "SELECT count(*) AS n FROM inbound_mail WHERE fate = 'copy'";
    assert_eq!(world.number(copies).await, 0);

    // Claims are made to run out below, which must not take work from the one that lives.
    let waiting = "SELECT count(*) AS n FROM outbox WHERE state = 'waiting'";
    world.until(waiting, 0).await;

    // Whichever reads the mailbox dies; the other goes on by itself.
    let reads = |log: String| log.contains("this process reads the mailbox");
    let (dies, lives) = match reads(one.log()) {
        true => (one, other),
        false => (other, one),
    };
    assert!(!reads(lives.log()), "two processes read one mailbox");
    dies.kill();
    world.letter();
    match std::env::var_os("LOTSE_TEST_LONG") {
        // Then it takes over within a minute, when the claim has run out.
        Some(_) => world.count_sending().await,
        None => world.died().await,
    }
    world.until(settled, mails() + 1).await;
    assert!(reads(lives.log()));
    drop((dies, lives));
    world.settle_and_compare().await;
}
