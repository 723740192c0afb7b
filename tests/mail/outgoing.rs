//! What is composed is read back the same, carries no header it should not, and finds its ticket.

use chrono::{TimeZone, Utc};
use lotse::mail::address::{self, Mailbox};
use lotse::mail::compose::{Outgoing, OutgoingFile, Purpose, Unsendable, compose};
use lotse::mail::read::{read, suppressed_by};
use lotse::mail::token::Token;
use proptest::prelude::*;
use uuid::Uuid;

fn mailbox(name: &str, address: &str) -> Mailbox {
    Mailbox {
        name: Some(name.to_owned()).filter(|name| !name.is_empty()),
        address: address.to_owned(),
    }
}

fn answer() -> Outgoing {
    Outgoing {
        message_id: "m1.t1.abc@desk.example".to_owned(),
        date: Utc.with_ymd_and_hms(2026, 3, 2, 8, 15, 0).unwrap(),
        from: mailbox("Fachstelle Wohngeld, Süd", "wohngeld@amt.example"),
        to: vec![mailbox("Jürgen Groß", "gross@kreis.example")],
        cc: vec![mailbox("", "leitung@kreis.example")],
        reply_to: vec![mailbox("", "wohngeld+x@amt.example")],
        subject:
            "[#1042] Ihr Antrag: Rückfrage zur Nebenkostenabrechnung 2025 für die Schloßstraße 4"
                .to_owned(),
        text: "Guten Tag Herr Groß,\n\nbitte reichen Sie die Abrechnung nach.\n".to_owned(),
        html: Some("<p>Guten Tag Herr Groß,</p>".to_owned()),
        in_reply_to: Some("frage@kreis.example".to_owned()),
        references: vec!["frage@kreis.example".to_owned()],
        attachments: vec![OutgoingFile {
            name: "Übersicht der Gebühren – März.pdf".to_owned(),
            media_type: "application/pdf".to_owned(),
            bytes: b"%PDF-1.7 \x00\xff\r\n.\r\n".to_vec(),
        }],
        purpose: Purpose::Personal,
    }
}

#[test]
fn an_answer_reads_back_the_same() {
    let sent = answer();
    let raw = compose(&sent).unwrap();
    let mail = read(&raw).unwrap();
    assert_eq!(mail.warnings, []);
    assert_eq!(mail.subject.as_deref(), Some(sent.subject.as_str()));
    assert_eq!(mail.from.as_ref(), Some(&sent.from));
    assert_eq!(
        (&mail.to, &mail.cc, &mail.reply_to),
        (&sent.to, &sent.cc, &sent.reply_to)
    );
    assert_eq!(mail.date, Some(sent.date));
    assert_eq!(mail.message_id.as_deref(), Some("m1.t1.abc@desk.example"));
    assert_eq!(mail.in_reply_to, sent.in_reply_to);
    assert_eq!(mail.references, sent.references);
    assert_eq!(mail.text, sent.text.trim_end());
    assert_eq!(
        mail.html.as_deref().map(str::trim_end),
        sent.html.as_deref()
    );
    assert_eq!(mail.attachments.len(), 1);
    assert_eq!(mail.attachments[0].name, sent.attachments[0].name);
    assert_eq!(mail.attachments[0].bytes, sent.attachments[0].bytes);
    assert_eq!(suppressed_by(&mail), None);
    let text = String::from_utf8(raw).unwrap();
    assert!(text.contains("filename*"), "{text}");
    assert!(text.lines().all(|line| line.len() <= 998), "{text}");
    assert!(!text.to_lowercase().contains("\r\nbcc:"));
}

#[test]
fn an_automatic_message_says_so() {
    let host = "desk.example".to_owned();
    let raw = compose(&Outgoing {
        purpose: Purpose::Automatic { host },
        ..answer()
    })
    .unwrap();
    let text = String::from_utf8(raw.clone()).unwrap();
    for line in [
        "Auto-Submitted: auto-replied",
        "X-Auto-Response-Suppress: All",
        "Precedence: bulk",
        "X-Loop: desk.example",
    ] {
        assert!(
            text.contains(&format!("\r\n{line}\r\n")),
            "{line} in {text}"
        );
    }
    assert!(read(&raw).unwrap().auto_generated.is_some());
}

#[test]
fn long_threads_keep_their_first_and_newest_ids() {
    let references: Vec<String> = (0..50).map(|n| format!("id{n}@x.example")).collect();
    let raw = compose(&Outgoing {
        references,
        ..answer()
    })
    .unwrap();
    let found = read(&raw).unwrap().references;
    assert_eq!(found.len(), 20);
    assert_eq!(
        (found[0].as_str(), found[1].as_str()),
        ("id0@x.example", "id31@x.example")
    );
    assert_eq!(found[19], "id49@x.example");
}

#[test]
fn addresses_and_ids_with_line_breaks_are_refused() {
    let to = vec![mailbox("", "a@x.example>\r\nBcc: b@x.example")];
    assert!(matches!(
        compose(&Outgoing { to, ..answer() }),
        Err(Unsendable::Address(_))
    ));
    let message_id = "a@b>\r\nX: y".to_owned();
    assert!(matches!(
        compose(&Outgoing {
            message_id,
            ..answer()
        }),
        Err(Unsendable::MessageId(_))
    ));
}

#[test]
fn typed_lists_become_addresses() {
    let typed = "Groß, Jürgen <j@x.de>";
    assert_eq!(address::parse_list(typed).unwrap_err().part, "Groß");
    let typed = "Jürgen Groß <j@x.de>, \"Amt, Süd\" <a@b.de>; c@d.de\n e@bürgeramt-köln.de ,";
    let found = address::parse_list(typed).unwrap();
    let expected = [
        mailbox("Jürgen Groß", "j@x.de"),
        mailbox("Amt, Süd", "a@b.de"),
        mailbox("", "c@d.de"),
        mailbox("", "e@bürgeramt-köln.de"),
    ];
    assert_eq!(found, expected);
    for bad in [
        "kein-at",
        "a@",
        "@b.de",
        "a b@c.de",
        "x <a@b.de",
        "a@b.de\u{0}",
    ] {
        assert!(address::parse_list(bad).is_err(), "{bad}");
    }
}

#[test]
fn tokens_survive_lower_casing_and_nothing_else() {
    let (ticket, message) = (Uuid::from_u128(7), Uuid::from_u128(9));
    let token = Token::new(b"key", ticket, message);
    let id = token.message_id("desk.example");
    let plus = token.plus_address("amt@desk.example").unwrap();
    for text in [id.clone(), format!("<{}>", id.to_uppercase()), plus] {
        assert_eq!(Token::parse(b"key", &text), Some((ticket, message)));
        assert_eq!(Token::parse(b"other", &text), None);
    }
    for at in 0..id.find('@').unwrap() {
        let mut forged = id.clone().into_bytes();
        forged[at] = if forged[at] == b'0' { b'1' } else { b'0' };
        assert_eq!(
            Token::parse(b"key", &String::from_utf8(forged).unwrap()),
            None
        );
    }
    assert_eq!(Token::parse(b"key", "hallo@x.example"), None);
}

proptest! {
    #[test]
    fn nothing_typed_adds_a_header(subject in ".*[\r\n]*(Bcc: x@y.de)?.*", name in "(?s).{0,40}", file in "(?s).{0,60}") {
        let mut sent = answer();
        sent.subject = format!("{subject}\r\nBcc: evil@x.example\r\n\r\n{subject}");
        sent.from.name = Some(format!("{name}\r\nBcc: evil@x.example"));
        sent.attachments[0].name = format!("{file}\r\nX-Evil: yes\r\n\r\n");
        let raw = compose(&sent).unwrap();
        let text = String::from_utf8_lossy(&raw).into_owned();
        for line in text.split("\r\n") {
            prop_assert!(!line.starts_with("Bcc") && !line.starts_with("X-Evil"), "{}", line);
        }
        let mail = read(&raw).unwrap();
        prop_assert_eq!(&mail.from.as_ref().unwrap().address, "wohngeld@amt.example");
        prop_assert_eq!(mail.attachments.len(), 1);
        prop_assert_eq!(&mail.attachments[0].bytes, &sent.attachments[0].bytes);
    }
}
