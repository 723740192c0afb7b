//! SIGKILL at named steps: the database or the mail server holds a process there until it is dead.

use support::dovecot::Dovecot;
use support::hold::{At, Hold};
use support::smtp::Smtp;

use super::kit::{ADDRESS, Ways, World};

/// Makes the database refuse one kind of write, so that a process cannot get past it.
struct Gate<'a> {
    world: &'a World,
    table: &'static str,
}

const HELD: &str = "held by a test";

impl<'a> Gate<'a> {
    async fn shut(world: &'a World, write: &str, table: &'static str, when: &str) -> Gate<'a> {
        let database = world.desk.database();
        if database.is_postgres() {
            let refuse = format!(
                "CREATE OR REPLACE FUNCTION gate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{HELD}'; END $$"
            );
            database.execute(&refuse, vec![]).await;
            let trigger = format!(
                "CREATE TRIGGER gate BEFORE {write} ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION gate()"
            );
            database.execute(&trigger, vec![]).await;
        } else {
            let trigger = format!(
                "CREATE TRIGGER gate BEFORE {write} ON {table} FOR EACH ROW WHEN {when} BEGIN SELECT RAISE(ABORT, '{HELD}'); END"
            );
            database.execute(&trigger, vec![]).await;
        }
        Gate { world, table }
    }

    async fn open(self) {
        let database = self.world.desk.database();
        let sql = match database.is_postgres() {
            true => format!("DROP TRIGGER gate ON {}", self.table),
            false => "DROP TRIGGER gate".to_owned(),
        };
        database.execute(&sql, vec![]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_step_of_intake_sending_and_jobs_nothing_is_lost() {
    let mut world = World::new().await;
    let steps = [
        (
            "the bytes are stored, the row is not",
            "INSERT",
            "inbound_mail",
            "NEW.uid IS NOT NULL",
        ),
        (
            "claimed, not yet a message",
            "INSERT",
            "message",
            "NEW.direction = 'in'",
        ),
        (
            "a message, but not noted as one",
            "UPDATE",
            "inbound_mail",
            "NEW.fate = 'ticket'",
        ),
        (
            "about to be sent",
            "UPDATE",
            "outbound_mail",
            "NEW.state = 'sending'",
        ),
        (
            "sent, but not noted",
            "UPDATE",
            "outbound_mail",
            "NEW.state = 'sent'",
        ),
        (
            "noted as sent, the work is not done",
            "UPDATE",
            "outbox",
            "NEW.state = 'done' AND NEW.effect = 'send_mail'",
        ),
        (
            "the receipt is written, the work is not done",
            "UPDATE",
            "outbox",
            "NEW.state = 'done' AND NEW.effect = 'send_receipt'",
        ),
        (
            "the folder was looked through, that is not noted",
            "UPDATE",
            "mailbox_state",
            "NEW.doing = 'waiting'",
        ),
    ];
    for (name, write, table, when) in steps {
        world.letter();
        world.answer().await;
        let gate = Gate::shut(&world, write, table, when).await;
        let process = world.serve();
        process.wait_until(|| process.log().contains(HELD));
        process.kill();
        eprintln!("killed: {name}");
        gate.open().await;
        world.died().await;
    }
    // Stored, but the server was not told: what is left is a mail that looks new.
    world.letter();
    let process = world.serve();
    world
        .until(
            "SELECT count(*) AS n FROM inbound_mail WHERE fate = 'ticket'",
            9,
        )
        .await;
    world.kill(&process).await;
    let mut session = world.dovecot.session(ADDRESS, "geheim").await;
    session.select("INBOX").await.unwrap();
    let unseen = session.store("1:*", "-FLAGS (\\Seen)").await.unwrap();
    futures_util::TryStreamExt::try_collect::<Vec<_>>(unseen)
        .await
        .unwrap();
    session.logout().await.unwrap();
    let doubles = world.settle_and_compare().await;
    let could = world.in_window();
    eprintln!(
        "9 named kills; sent twice with the same Message-ID: {doubles} of {could} that could be"
    );
    assert!(doubles > 0, "one was handed over and not noted");
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_between_the_servers_yes_and_our_note_a_mail_goes_out_once_more() {
    let smtp = Smtp::start();
    let hold = Hold::before(smtp.port());
    let ways = Ways {
        smtp_port: Some(hold.port()),
        ..Ways::default()
    };
    let mut world = World::of(Dovecot::start(), smtp, ways).await;
    for at in [At::Request("MAIL FROM"), At::AnswerTo("\r\n.\r\n")] {
        world.answer().await;
        hold.set(at);
        let process = world.serve();
        process.wait_until(|| hold.holds());
        process.kill();
        hold.let_go();
        world.died().await;
    }
    let doubles = world.settle_and_compare().await;
    let could = world.in_window();
    eprintln!(
        "2 kills while sending; sent twice with the same Message-ID: {doubles} of {could} that could be"
    );
    assert!(doubles > 0, "one was handed over and not noted");
}

/// Kills a process at each of these words of its conversation with the mail server.
async fn killed_at(words: &[At], move_to: Option<&'static str>) {
    let dovecot = Dovecot::in_the_clear();
    let hold = Hold::before(dovecot.imap_port());
    let ways = Ways {
        imap_port: Some(hold.port()),
        move_to,
        ..Ways::default()
    };
    let mut world = World::of(dovecot, Smtp::start(), ways).await;
    for at in words {
        world.letter();
        hold.set(*at);
        let process = world.serve();
        process.wait_until(|| hold.holds());
        process.kill();
        hold.let_go();
        world.died().await;
    }
    world.settle_and_compare().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_it_speaks_with_the_mail_server_nothing_is_lost() {
    let words = [
        At::Request("UID SEARCH"),
        At::AnswerTo("BODY.PEEK[]"),
        At::Request("UID STORE"),
        At::AnswerTo("UID STORE"),
    ];
    killed_at(&words, None).await;
    let words = [At::Request("UID MOVE"), At::AnswerTo("UID MOVE")];
    killed_at(&words, Some("Erledigt")).await;
}
