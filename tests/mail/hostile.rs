//! What only an attacker or a broken program sends is read too, with bounded work and nothing lost in silence.

use lotse::mail::read::{Mail, Warning, read};

const HEAD: &str = "From: a@b.example\r\nTo: desk@desk.example\r\nSubject: Frage\r\n\
                    Date: Mon, 2 Mar 2026 09:00:00 +0100\r\nMessage-ID: <x@b.example>\r\n";

fn mail(rest: impl AsRef<[u8]>) -> Mail {
    let mut raw = HEAD.as_bytes().to_vec();
    raw.extend_from_slice(rest.as_ref());
    read(&raw).unwrap()
}

#[test]
fn ten_thousand_recipients_are_all_there() {
    let people: Vec<String> = (0..10_000)
        .map(|n| format!("\"Person, {n}\" <p{n}@amt.example>"))
        .collect();
    let raw = format!(
        "From: a@b.example\r\nTo: {}\r\n\r\nText",
        people.join(",\r\n ")
    );
    let found = read(raw.as_bytes()).unwrap();
    assert_eq!(found.to.len(), 10_000);
    assert_eq!(found.to[9_999].address, "p9999@amt.example");
    assert_eq!(found.to[9_999].name.as_deref(), Some("Person, 9999"));
}

#[test]
fn two_hundred_levels_of_nesting_are_read_to_the_ground() {
    let mut rest = String::new();
    for level in 0..200 {
        rest.push_str(&format!(
            "Content-Type: multipart/mixed; boundary=\"b{level}\"\r\n\r\n--b{level}\r\n"
        ));
    }
    rest.push_str("\r\ntief unten");
    for level in (0..200).rev() {
        rest.push_str(&format!("\r\n--b{level}--\r\n"));
    }
    let found = mail(&rest);
    assert_eq!(found.text, "tief unten");
    assert_eq!(found.warnings, []);

    let messages = "Content-Type: message/rfc822\r\n\r\nSubject: innen\r\n".repeat(200);
    let found = mail(format!("{messages}\r\ntief unten"));
    assert_eq!(found.attachments.len(), 1);
    assert_eq!(found.attachments[0].name, "innen.eml");
    assert!(found.attachments[0].bytes.ends_with(b"tief unten"));
    assert_eq!(found.warnings, []);
}

#[test]
fn twenty_thousand_levels_end_in_a_file_and_a_warning() {
    let rest: String = (0..20_000)
        .map(|n| format!("Content-Type: multipart/mixed; boundary=b{n:05}\r\n\r\n--b{n:05}\r\n"))
        .collect();
    let found = mail(rest);
    assert!(found.warnings.contains(&Warning::NestedTooDeep));
    assert_eq!(found.attachments.len(), 1);
}

#[test]
fn five_thousand_attachments_keep_their_order_and_bytes() {
    let mut rest = "Content-Type: multipart/mixed; boundary=b\r\n\r\n".to_owned();
    for number in 0..5_000 {
        rest.push_str(&format!(
            "--b\r\nContent-Type: text/csv; name=\"{number}.csv\"\r\n\
             Content-Disposition: attachment\r\n\r\n{number};\r\n"
        ));
    }
    let found = mail(rest + "--b--\r\n");
    assert_eq!(found.attachments.len(), 5_000);
    let last = &found.attachments[4_999];
    assert_eq!(
        (last.name.as_str(), last.bytes.as_slice()),
        ("4999.csv", &b"4999;"[..])
    );
}

#[test]
fn hundreds_of_forwarded_mails_keep_their_type() {
    let one = "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: weiter\r\n\r\nText\r\n";
    let head = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
    let found = mail(format!("{head}{}--b--\r\n", one.repeat(400)));
    assert_eq!(found.attachments.len(), 400);
    for file in &found.attachments {
        assert_eq!(file.name, "weiter.eml");
        assert_eq!(file.media_type, "message/rfc822");
        assert_eq!(file.bytes, b"Subject: weiter\r\n\r\nText");
    }
}

#[test]
fn an_archive_is_a_file_and_is_never_unpacked() {
    let mut packed = b"PK\x03\x04".to_vec();
    packed.extend([0; 996]);
    let mut rest = b"Content-Type: application/zip; name=bombe.zip\r\n\r\n".to_vec();
    rest.extend(&packed);
    let found = mail(rest);
    assert_eq!(found.attachments.len(), 1);
    assert_eq!(found.attachments[0].bytes, packed);
}

#[test]
fn a_line_of_ten_megabytes_is_one_line() {
    let line = "a".repeat(10_000_000);
    let found = mail(format!("\r\n{line}\r\nund weiter\r\n"));
    assert_eq!(found.text.len(), line.len() + "\nund weiter".len());
    assert_eq!(found.text.lines().count(), 2);
}

#[test]
fn bombs_of_headers_leave_the_mail_readable() {
    let many: String = (0..100_000).map(|n| format!("X-B-{n}: bumm\r\n")).collect();
    assert_eq!(mail(format!("{many}\r\nText")).text, "Text");

    let long = format!("X-Bombe: {}\r\n\r\nText", "bumm ".repeat(2_000_000));
    let found = mail(long);
    assert_eq!(
        (found.text.as_str(), found.subject.as_deref()),
        ("Text", Some("Frage"))
    );

    let parameters: String = (0..100_000).map(|n| format!("; name*{n}*=abc")).collect();
    let found = mail(format!("Content-Type: text/plain{parameters}\r\n\r\nText"));
    assert_eq!(found.text, "Text");
    assert_eq!(found.warnings, [Warning::HeaderCut]);

    let folded = format!("X: a\r\n{}\r\nText", " b\r\n".repeat(50_000));
    assert_eq!(mail(folded).text, "Text");
}

#[test]
fn words_that_never_end_are_kept_as_they_stand() {
    let words = "=?utf-8?q?x".repeat(30_000);
    let raw = format!("From: a@b.example\r\nSubject: {words}\r\n\r\nText");
    assert_eq!(
        read(raw.as_bytes()).unwrap().subject.as_deref(),
        Some(words.as_str())
    );
    let raw = format!(
        "Subject: x\r\nFrom: {} <a@b.example>\r\n\r\nText",
        " =?ab?b?x".repeat(10_000)
    );
    let from = read(raw.as_bytes()).unwrap().from.unwrap();
    assert_eq!(from.address, "a@b.example");
}

#[test]
fn an_id_of_five_kilobytes_is_known_again_and_kept_apart_from_others() {
    let id = |end: &str| format!("{}{end}@b.example", "a".repeat(5_000));
    let of =
        |head: String| read(format!("From: a@b.example\r\n{head}\r\n\r\nx").as_bytes()).unwrap();
    let first = of(format!("Message-ID: <{}>", id("1"))).message_id.unwrap();
    let other = of(format!("Message-ID: <{}>", id("2"))).message_id.unwrap();
    let answer = of(format!("In-Reply-To: <{}>", id("1")));
    assert_eq!(answer.in_reply_to, Some(first.clone()));
    assert_ne!(first, other);
    assert!(first.len() < 998);
    let spaced = of("Message-ID: < a b @ c.example >".to_owned());
    assert_eq!(spaced.message_id.as_deref(), Some("ab@c.example"));
}

#[test]
fn of_ten_thousand_references_the_newest_count() {
    let all: String = (0..10_000)
        .map(|n| format!(" <{n}@b.example>\r\n"))
        .collect();
    let found = mail(format!("References:{all}\r\nx"));
    assert_eq!(found.references.len(), 100);
    assert_eq!(found.references[99], "9999@b.example");
}

#[test]
fn a_boundary_without_end_or_without_parts_does_not_hold_anybody_up() {
    let unfound: String = (0..1_000)
        .map(|n| format!("--o\r\nContent-Type: multipart/mixed; boundary=z{n}\r\n\r\nx\r\n"))
        .collect();
    let found = mail(format!(
        "Content-Type: multipart/mixed; boundary=o\r\n\r\n{unfound}--o--\r\n"
    ));
    assert_eq!(found.attachments.len(), 1_000);
    let long = "-".repeat(200_000);
    let found = mail(format!(
        "Content-Type: multipart/mixed; boundary=\"{long}x\"\r\n\r\n{long}{long}"
    ));
    assert!(found.warnings.contains(&Warning::HeaderCut));
}

#[test]
fn links_that_never_close_and_marks_without_end_become_text() {
    let links = format!(
        "{}Text{}",
        "<a href=http://x.example>".repeat(5_000),
        "</a>".repeat(5_000)
    );
    let found = mail(format!("Content-Type: text/html\r\n\r\n{links}"));
    assert_eq!(found.text, "Text <http://x.example>");
    let found = mail(format!(
        "Content-Type: text/html\r\n\r\n{}",
        "<!--".repeat(50_000)
    ));
    assert_eq!(found.text, "");
}

#[test]
fn a_returned_message_without_an_empty_line_does_not_end_the_reading() {
    let part = "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: zurück\r\nReturn-Path: <a@b.example>\r\n";
    let found = mail(format!(
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nText\r\n{part}{part}\r\nRest\r\n--b--\r\n"
    ));
    assert_eq!(found.text, "Text");
    assert!(!found.attachments.is_empty());
    let whole: Vec<u8> = found
        .attachments
        .into_iter()
        .flat_map(|file| file.bytes)
        .collect();
    assert!(whole.windows(4).any(|word| word == b"Rest"));
}
