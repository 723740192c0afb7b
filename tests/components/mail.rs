//! Dovecot and Exim take, keep and hand out mail over TLS.

use std::time::Duration;

use async_imap::extensions::idle::IdleResponse;
use futures_util::TryStreamExt;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use support::dovecot::Dovecot;
use support::smtp::Smtp;

type Transport = AsyncSmtpTransport<Tokio1Executor>;

const LETTER: &[u8] = b"From: a@example.org\r\nTo: desk@example.org\r\n\
    Subject: Drucker\r\n\r\nEr druckt nicht.\r\n";

fn tls(smtp: &Smtp) -> TlsParameters {
    let authority = std::fs::read(smtp.authority()).unwrap();
    TlsParameters::builder("localhost".to_owned())
        .add_root_certificate(Certificate::from_pem(&authority).unwrap())
        .build()
        .unwrap()
}

fn starttls(smtp: &Smtp) -> Transport {
    Transport::builder_dangerous("127.0.0.1")
        .port(smtp.port())
        .tls(Tls::Required(tls(smtp)))
        .build()
}

fn letter(to: &str) -> Message {
    Message::builder()
        .from("desk@example.org".parse().unwrap())
        .to(to.parse().unwrap())
        .subject("Ihre Anfrage")
        .body("Guten Tag, Ihr Drucker läuft wieder.".to_owned())
        .unwrap()
}

#[tokio::test]
async fn dovecot_hands_out_what_was_delivered() {
    let dovecot = Dovecot::start();
    dovecot.add_mailbox("desk@example.org", "geheim");
    dovecot.add_mailbox("other@example.org", "geheimer");
    dovecot.deliver("desk@example.org", LETTER);

    let mut session = dovecot.session("desk@example.org", "geheim").await;
    assert_eq!(session.select("INBOX").await.unwrap().exists, 1);
    let fetched: Vec<_> = session
        .fetch("1", "BODY[]")
        .await
        .unwrap()
        .try_collect()
        .await
        .unwrap();
    assert_eq!(fetched[0].body(), Some(LETTER));
    session.create("Archiv").await.unwrap();
    session.mv("1", "Archiv").await.unwrap();
    session.logout().await.unwrap();

    let mut other = dovecot.session("other@example.org", "geheimer").await;
    assert_eq!(other.select("INBOX").await.unwrap().exists, 0);
    assert!(dovecot.messages("desk@example.org", "INBOX").is_empty());
    assert_eq!(dovecot.messages("desk@example.org", "Archiv"), [LETTER]);
    assert_eq!(dovecot.flags("desk@example.org", "Archiv"), ["S"]);
}

#[tokio::test]
async fn dovecot_tells_an_idle_client_of_new_mail() {
    let dovecot = Dovecot::start();
    dovecot.add_mailbox("desk@example.org", "geheim");
    dovecot.restart();
    let mut session = dovecot.session("desk@example.org", "geheim").await;
    session.select("INBOX").await.unwrap();
    let mut idle = session.idle();
    idle.init().await.unwrap();
    let (news, _stop) = idle.wait_with_timeout(Duration::from_secs(20));
    dovecot.deliver("desk@example.org", LETTER);
    assert!(matches!(news.await.unwrap(), IdleResponse::NewData(_)));
}

#[tokio::test]
async fn exim_takes_mail_over_starttls_and_tls() {
    let smtp = Smtp::start();
    let sent = starttls(&smtp).send(letter("anna@example.org")).await;
    sent.unwrap();
    let implicit = Transport::builder_dangerous("127.0.0.1")
        .port(smtp.tls_port())
        .tls(Tls::Wrapper(tls(&smtp)))
        .credentials(Credentials::new(Smtp::USER.into(), Smtp::PASSWORD.into()))
        .build();
    implicit.send(letter("Anna@example.org")).await.unwrap();

    let inbox = smtp.wait_for("anna@example.org", 2).await;
    let message = mail_parser::MessageParser::default()
        .parse(&inbox[0])
        .unwrap();
    assert_eq!(message.subject(), Some("Ihre Anfrage"));
    assert!(message.body_text(0).unwrap().contains("läuft wieder"));
    assert!(smtp.inbox("berta@example.org").is_empty());
}

#[tokio::test]
async fn exim_refuses_a_wrong_password() {
    let smtp = Smtp::start();
    let wrong = Transport::builder_dangerous("127.0.0.1")
        .port(smtp.port())
        .tls(Tls::Required(tls(&smtp)))
        .credentials(Credentials::new(Smtp::USER.into(), "wrong".into()))
        .build();
    let error = wrong.send(letter("anna@example.org")).await.unwrap_err();
    assert!(error.is_permanent(), "{error}");
}

#[tokio::test]
async fn exim_answers_as_it_is_told() {
    let smtp = Smtp::start();
    let transport = starttls(&smtp);
    let later = transport.send(letter("tempfail@example.org")).await;
    assert!(later.unwrap_err().is_transient());
    let never = transport.send(letter("unknown@example.org")).await;
    assert!(never.unwrap_err().is_permanent());

    smtp.answer("*@voll.example", "452 4.2.2 Mailbox full");
    let full = transport.send(letter("carl@voll.example")).await;
    assert!(full.unwrap_err().to_string().contains("452"));
    transport.send(letter("carl@leer.example")).await.unwrap();
    smtp.accept_all();
    transport.send(letter("carl@voll.example")).await.unwrap();
    smtp.wait_for("carl@voll.example", 1).await;
    smtp.wait_for("carl@leer.example", 1).await;
}

#[tokio::test]
async fn exim_comes_back_on_its_port() {
    let smtp = Smtp::start();
    let transport = starttls(&smtp);
    smtp.stop();
    assert!(transport.send(letter("anna@example.org")).await.is_err());
    smtp.start_again();
    transport.send(letter("anna@example.org")).await.unwrap();
    smtp.wait_for("anna@example.org", 1).await;
}

#[tokio::test]
async fn exim_fills_the_mailboxes_of_dovecot() {
    let dovecot = Dovecot::start();
    dovecot.add_mailbox("desk@example.org", "geheim");
    let smtp = Smtp::start_before(&dovecot);
    let mut session = dovecot.session("desk@example.org", "geheim").await;
    session.select("INBOX").await.unwrap();
    let mut idle = session.idle();
    idle.init().await.unwrap();
    let (news, _stop) = idle.wait_with_timeout(Duration::from_secs(20));
    starttls(&smtp)
        .send(letter("desk@example.org"))
        .await
        .unwrap();
    assert!(matches!(news.await.unwrap(), IdleResponse::NewData(_)));
    assert_eq!(dovecot.messages("desk@example.org", "INBOX").len(), 1);
    assert!(smtp.received().is_empty());
}
