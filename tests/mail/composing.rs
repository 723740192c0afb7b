//! What people type arrives as they typed it: names of files, long lines, many recipients, odd ids.

use chrono::{TimeZone, Utc};
use lotse::mail::address::Mailbox;
use lotse::mail::compose::{Outgoing, OutgoingFile, Purpose, compose};
use lotse::mail::read::read;
use mail_parser::{MessageParser, MimeHeaders as _};

fn to(n: usize) -> Mailbox {
    Mailbox {
        name: Some(format!("Müller, Frieda {n}")),
        address: format!("frieda{n}@kreis.example"),
    }
}

fn answer() -> Outgoing {
    Outgoing {
        message_id: "m1.t1.abc@desk.example".to_owned(),
        date: Utc.with_ymd_and_hms(2026, 3, 2, 8, 15, 0).unwrap(),
        from: to(0),
        to: vec![to(1)],
        cc: vec![],
        reply_to: vec![],
        subject: "Rückfrage".to_owned(),
        text: "Guten Tag".to_owned(),
        html: Some("<p>Guten Tag</p>".to_owned()),
        in_reply_to: None,
        references: vec![],
        attachments: vec![],
        purpose: Purpose::Personal,
    }
}

fn lines_are_short(raw: &[u8]) -> bool {
    raw.split(|byte| *byte == b'\n')
        .all(|line| line.len() <= 998)
}

#[test]
fn files_keep_their_names_for_a_reader_that_is_not_ours() {
    let long = "Überprüfungsbögen für Straßenbaumaßnahmen ".repeat(5) + "Köpenick.docx";
    let names = [
        "Übersicht der Gebühren – März.pdf",
        "Anlage 1; Teil \"B\" (neu), 100 % fertig.pdf",
        "O'Neill's Größe = 5'.txt",
        "😀 Urlaubsantrag 🏖️.pdf",
        "plain.txt",
        &long,
        &("x".repeat(300) + ".csv"),
    ];
    let attachments = names.iter().map(|name| OutgoingFile {
        name: (*name).to_owned(),
        media_type: "application/octet-stream".to_owned(),
        bytes: vec![0, 13, 10, 255],
    });
    let raw = compose(&Outgoing {
        attachments: attachments.collect(),
        ..answer()
    })
    .unwrap();
    assert!(lines_are_short(&raw) && raw.is_ascii());
    let mail = MessageParser::new().parse(&raw).unwrap();
    let found: Vec<_> = mail
        .attachments()
        .map(|part| part.attachment_name().unwrap())
        .collect();
    assert_eq!(found, names);
    assert!(mail.attachments().all(|p| p.contents() == [0, 13, 10, 255]));
    let ours = read(&raw).unwrap();
    let found: Vec<_> = ours.attachments.iter().map(|f| f.name.as_str()).collect();
    assert_eq!(found[1], names[1]);
    assert_eq!(found[3], names[3]);
}

#[test]
fn long_lines_and_many_recipients_are_folded_and_come_back_whole() {
    let line = ["ein sehr langes Wort ".repeat(300), "ß".repeat(3000)].concat();
    let sent = Outgoing {
        to: (0..300).map(to).collect(),
        subject: "Wichtige Änderung für alle Ämter "
            .repeat(20)
            .trim()
            .to_owned(),
        text: format!("{line}\nvon\n.\nbis"),
        html: Some(format!("<p>{line}</p>")),
        ..answer()
    };
    let raw = compose(&sent).unwrap();
    assert!(lines_are_short(&raw) && raw.is_ascii());
    let mail = read(&raw).unwrap();
    assert_eq!(mail.to, sent.to);
    assert_eq!(mail.subject.as_deref(), Some(sent.subject.as_str()));
    assert_eq!(mail.text, sent.text);
}

#[test]
fn what_a_strangers_mail_calls_itself_keeps_no_answer_from_leaving() {
    for odd in ["", "kein at und blanks", "a<b>@c", "ä@b", &"x".repeat(5000)] {
        let raw = compose(&Outgoing {
            in_reply_to: Some(odd.to_owned()),
            references: vec![odd.to_owned(), "gut@kreis.example".to_owned()],
            ..answer()
        })
        .unwrap();
        let mail = read(&raw).unwrap();
        assert_eq!(mail.in_reply_to, None, "{odd}");
        assert_eq!(mail.references, ["gut@kreis.example"], "{odd}");
    }
}

#[test]
fn references_stay_short_whatever_ids_strangers_use() {
    let id = |n: usize| format!("{n}{}@x.example", "y".repeat(800));
    let raw = compose(&Outgoing {
        references: (0..15).map(id).collect(),
        ..answer()
    })
    .unwrap();
    let found = read(&raw).unwrap().references;
    assert_eq!((&found[0], found.last().unwrap()), (&id(0), &id(14)));
    assert!(found.iter().map(String::len).sum::<usize>() <= 4_000);
    assert!(lines_are_short(&raw));
}
