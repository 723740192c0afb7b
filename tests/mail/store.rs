//! Files on S3: in and out again, and a store that is away makes everybody wait and nobody lose a file.

use chrono::Duration;
use entities::blob::Place;
use entities::inbound::{self, Fate};
use entities::mailbox::ImapTls;
use entities::ticket::{Delivery, Ticket};
use lotse::config::{Config, Sources};
use lotse::desk::Desk;
use lotse::mail::deliver;
use lotse::mail::read::read;
use lotse::upkeep::{backup, restore, verify};
use support::certificates::Certificates;
use support::desk::{Client, Database, File, TestDesk, reply};
use support::dovecot::Dovecot;
use support::s3::S3;

use super::office::{answered, delivered, entries, newest, ticket_of};
use super::servers::{fetched, imap, until};

const HELP: &str = "hilfe@amt.example";

const WITH_FILE: &str = "From: Sabine Kowalke <sabine@pankow.example>\r\n\
To: desk@desk.example\r\nSubject: Zahllauf\r\nMessage-ID: <s3-1@pankow.example>\r\n\
MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nAnbei das Protokoll.\r\n\
--b\r\nContent-Type: text/plain; name=\"Protokoll.txt\"\r\n\
Content-Disposition: attachment; filename=\"Protokoll.txt\"\r\n\r\nZeile 1\r\n--b--\r\n";

async fn desk_on(s3: &S3, prefix: &str) -> TestDesk {
    let settings = s3.settings(prefix);
    let mut settings: Vec<(&str, &str)> = settings
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let authority = Certificates::shared().authority.display().to_string();
    settings.push(("LOTSE_MAIL_CA_FILE", &authority));
    TestDesk::with(&settings).await
}

async fn agent(desk: &TestDesk) -> Client {
    desk.agent("Annika Brandt").await.sign_in().await
}

async fn file_page(desk: &TestDesk, ticket: &Ticket) -> String {
    let file = entries(desk, ticket).await[0].files[0].id;
    format!("/tickets/{}/files/{file}", ticket.number)
}

fn attached<'a>() -> [File<'a>; 1] {
    [File {
        field: "files",
        name: "Antwort für Köpenick.pdf",
        content_type: "application/pdf",
        bytes: b"%PDF-1.7 Antwort",
    }]
}

#[tokio::test]
async fn a_file_comes_in_by_mail_is_read_and_one_leaves_with_the_answer() {
    let desk = desk_on(S3::shared(), "round").await;
    assert!(matches!(desk.config.files, Place::S3(_)));
    let ticket = ticket_of(&desk, &delivered(&desk, WITH_FILE).await).await;
    let annika = agent(&desk).await;
    let page = annika.get(&file_page(&desk, &ticket).await).await;
    assert_eq!(page.body().trim_end(), "Zeile 1");

    let fields = [
        ("mode", "reply"),
        ("to", "sabine@pankow.example"),
        ("text", "Anbei."),
    ];
    let replies = format!("/tickets/{}/replies", ticket.number);
    let answer = annika.upload(&replies, &fields, &attached()).await;
    assert_eq!(answer.status, 303, "{}", answer.body());
    desk.send_everything().await;
    let sent = desk.sent_mails();
    let mut sent = sent.iter().map(|raw| read(raw.as_bytes()).unwrap());
    let last = sent.find(|mail| !mail.attachments.is_empty()).unwrap();
    assert_eq!(last.attachments[0].name, "Antwort für Köpenick.pdf");
    assert_eq!(last.attachments[0].bytes, b"%PDF-1.7 Antwort");
    desk.must_be_idle().await;
    assert!(
        !desk.folder().join("blobs").exists(),
        "no file lies in the folder"
    );
}

#[tokio::test]
async fn while_the_store_is_away_everybody_is_told_to_try_again() {
    let s3 = S3::start();
    let desk = desk_on(&s3, "").await;
    let ticket = ticket_of(&desk, &delivered(&desk, WITH_FILE).await).await;
    let annika = agent(&desk).await;
    let page = format!("/tickets/{}", ticket.number);
    s3.stop();

    let second = WITH_FILE.replace("s3-1", "s3-2");
    let refused = deliver::deliver(&desk, "default", second.as_bytes()).await;
    let error = refused.unwrap_err();
    assert!(error.to_string().contains("cannot store the mail"));

    let download = annika.get(&file_page(&desk, &ticket).await).await;
    assert_eq!(download.status, 503);
    download.must_say("Der Dateispeicher antwortet nicht.");

    let fields = [
        ("mode", "reply"),
        ("to", "sabine@pankow.example"),
        ("text", "Anbei die Antwort."),
    ];
    let replies = format!("{page}/replies");
    let upload = annika.upload(&replies, &fields, &attached()).await;
    assert_eq!(upload.status, 503);
    upload.must_say("Ihr Text ist als Entwurf gespeichert.");
    let typed = annika.get(&page).await.text("#composer textarea");
    assert_eq!(typed.trim(), "Anbei die Antwort.");
    assert_eq!(entries(&desk, &ticket).await.len(), 1, "nothing half done");

    s3.start_again();
    let upload = annika.upload(&replies, &fields, &attached()).await;
    assert_eq!(upload.status, 303);
    assert_eq!(entries(&desk, &ticket).await.last().unwrap().files.len(), 1);
    let again = delivered(&desk, &second).await;
    assert_eq!(again.fate, Fate::Ticket);
}

#[tokio::test]
async fn mail_stays_on_its_server_until_the_store_is_back() {
    let (s3, dovecot) = (S3::start(), Dovecot::start());
    dovecot.add_mailbox(HELP, "geheim");
    let desk = desk_on(&s3, "").await;
    let settings = imap(&desk, dovecot.imaps_port(), ImapTls::Implicit, "geheim");
    fetched(&desk, settings).await;
    s3.stop();
    dovecot.deliver(HELP, WITH_FILE.as_bytes());
    desk.go_to_work();
    let told = "SELECT count(*) AS n FROM mailbox_state WHERE last_failure LIKE '%file store%'";
    until(&desk, told, 1).await;
    assert!(!dovecot.flags(HELP, "INBOX")[0].contains('S'));
    let stored = "SELECT count(*) AS n FROM inbound_mail";
    assert_eq!(desk.database().number(stored, vec![]).await, 0);

    s3.start_again();
    let taken = "SELECT count(*) AS n FROM inbound_mail WHERE fate = 'ticket'";
    until(&desk, taken, 1).await;
}

#[tokio::test]
async fn a_mail_taken_in_waits_for_the_store_however_long_that_takes() {
    let s3 = S3::start();
    let desk = desk_on(&s3, "").await;
    let mailbox = desk.first_mailbox().await.id;
    inbound::store(&desk.db, mailbox, None, WITH_FILE.into())
        .await
        .unwrap();
    s3.stop();
    // More often than a mail may fail.
    for _ in 0..10 {
        desk.pass(Duration::minutes(1));
        desk.run_jobs().await;
    }
    assert_eq!(newest(&desk).await.fate, Fate::Stored);
    s3.start_again();
    desk.pass(Duration::minutes(1));
    desk.run_jobs().await;
    assert_eq!(newest(&desk).await.fate, Fate::Ticket);
}

#[tokio::test]
async fn an_answer_with_a_file_leaves_when_the_store_is_back() {
    let s3 = S3::start();
    let desk = desk_on(&s3, "").await;
    let ticket = desk.ticket("Zahllauf bricht ab").await;
    let stored = desk.db.put_blob(b"Protokoll".to_vec()).await.unwrap();
    let mut answer = reply("sabine@pankow.example", "Anbei.");
    answer.files = vec![entities::ticket::message::NewFile {
        name: "Protokoll.txt".to_owned(),
        content_type: "text/plain".to_owned(),
        size_bytes: stored.size_bytes,
        sha256: stored.sha256,
        inline: false,
        content_id: None,
    }];
    answered(&desk, &ticket, answer).await;
    s3.stop();
    desk.send_everything().await;
    assert_eq!(desk.sent_mails().len(), 0);
    let waits = entries(&desk, &ticket).await.pop().unwrap();
    assert_eq!(waits.message.delivery, Delivery::Queued);

    s3.start_again();
    desk.pass(Duration::minutes(2));
    desk.run_jobs().await;
    assert_eq!(desk.sent_mails().len(), 1);
    let sent = entries(&desk, &ticket).await.pop().unwrap();
    assert_eq!(sent.message.delivery, Delivery::Sent);
}

#[tokio::test]
async fn a_file_whose_bytes_changed_is_given_to_nobody() {
    let desk = TestDesk::with(&[("LOTSE_FILES_STORE", "directory")]).await;
    let stored = desk.db.put_blob(b"Bescheid".to_vec()).await.unwrap();
    let folder = desk.folder().join("blobs");
    let (place, name) = stored.sha256.split_at(2);
    std::fs::write(folder.join(place).join(name), b"Beschied").unwrap();
    let error = desk.db.blobs().get(&stored.sha256).await.unwrap_err();
    assert!(error.to_string().contains("the file is damaged"), "{error}");
}

/// The settings of a desk on this server with some of them changed.
fn config(s3: &S3, folder: &std::path::Path, changed: &[(&str, &str)]) -> Config {
    let mut sources = Sources::default();
    let own = [("LOTSE_DATA_DIR", folder.display().to_string())];
    let all = own.into_iter().chain(s3.settings("start"));
    sources.add_variables(all.map(|(name, value)| (name.to_owned(), value)));
    let changed = changed
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    sources.add_variables(changed);
    Config::from_sources(&sources).unwrap()
}

#[tokio::test]
async fn a_wrong_bucket_or_key_is_named_at_the_start() {
    support::certificates::install_provider();
    let s3 = S3::shared();
    for (variable, wrong, setting) in [
        ("LOTSE_FILES_BUCKET", "elsewhere", "files.bucket"),
        ("LOTSE_FILES_ACCESS_KEY", "nobody", "files.access_key"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let config = config(s3, folder.path(), &[(variable, wrong)]);
        let error = format!("{:#}", Desk::open(config).await.unwrap_err());
        assert!(error.contains(setting), "{variable}: {error}");
    }
}

#[tokio::test]
async fn a_desk_starts_while_its_store_is_away() {
    support::certificates::install_provider();
    let s3 = S3::start();
    let folder = tempfile::tempdir().unwrap();
    let config = config(&s3, folder.path(), &[]);
    s3.stop();
    let desk = Desk::open(config).await.unwrap();
    assert!(desk.db.put_blob(b"x".to_vec()).await.is_err());
    s3.start_again();
    desk.db.put_blob(b"x".to_vec()).await.unwrap();
}

#[tokio::test]
async fn a_backup_takes_the_files_from_s3_and_puts_them_back() {
    let s3 = S3::shared();
    let desk = desk_on(s3, "before").await;
    let ticket = ticket_of(&desk, &delivered(&desk, WITH_FILE).await).await;
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("backup");
    let written = backup::backup(&desk.config, &target).await.unwrap();
    assert_eq!(written.files, 2, "the raw mail and its file");

    let place = tempfile::tempdir().unwrap();
    let database = Database::empty(place.path()).await;
    let mut config = config(s3, place.path(), &[("LOTSE_FILES_PREFIX", "after")]);
    config.database.url = database.url().to_owned();
    restore::restore(config.clone(), &target).await.unwrap();
    let restored = Desk::open_existing(config.clone()).await.unwrap();
    assert!(verify::verify(&restored).await.unwrap().is_ok());
    let file = entries(&desk, &ticket).await[0].files[0].sha256.clone();
    let bytes = restored.db.blobs().get(&file).await.unwrap();
    assert_eq!(String::from_utf8(bytes).unwrap().trim_end(), "Zeile 1");

    std::fs::remove_file(place.path().join("history.key")).unwrap();
    let refused = restore::restore(config, &target).await.unwrap_err();
    assert!(refused.to_string().contains("files.bucket"), "{refused}");
}
