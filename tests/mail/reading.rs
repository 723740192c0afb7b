//! Reading refuses what is no mail, never panics, and cleans what it shows.

use lotse::mail::quote;
use lotse::mail::read::{Unreadable, read, suppressed_by};
use proptest::prelude::*;

use crate::fixtures;

#[test]
fn what_is_no_mail_is_refused() {
    assert_eq!(read(b""), Err(Unreadable::Empty));
    assert_eq!(read(b" \r\n\r\n"), Err(Unreadable::Empty));
    assert_eq!(read(b"just some words\n"), Err(Unreadable::NoHeader));
    assert_eq!(
        read(b"Hinweis: kein Kopf\n\nText"),
        Err(Unreadable::NoHeader)
    );
}

#[test]
fn deep_nesting_does_not_exhaust_the_stack() {
    let mut raw = b"From: a@example.org\r\n".to_vec();
    for _ in 0..50_000 {
        raw.extend(b"Content-Type: message/rfc822\r\n\r\n");
    }
    let mail = read(&raw).unwrap();
    assert!(mail.warnings.iter().any(|w| w.code() == "nested-too-deep"));
}

#[test]
fn answers_are_suppressed_by_the_header_that_forbids_them() {
    let forbidding = |head: &str| {
        let raw = format!("From: Amt <amt@example.org>\r\n{head}\r\n\r\nText\r\n");
        suppressed_by(&read(raw.as_bytes()).unwrap()).map(|header| header.to_string())
    };
    for line in [
        "Auto-Submitted: auto-generated",
        "Precedence: bulk",
        "Precedence: list",
        "Precedence: junk",
        "List-Id: <fach.example.org>",
        "List-Unsubscribe: <mailto:ab@example.org>",
        "Mailing-List: fach",
        "X-Loop: desk",
        "X-No-Loop: yes",
        "X-Auto-Response-Suppress: OOF",
        "Return-Path: <>",
    ] {
        assert_eq!(forbidding(line).as_deref(), Some(line));
    }
    assert_eq!(forbidding("Auto-Submitted: no"), None);
    assert_eq!(forbidding("Return-Path: <amt@example.org>"), None);
    for address in [
        "noreply@x.de",
        "No-Reply@x.de",
        "postmaster@x.de",
        "MAILER-DAEMON@x.de",
    ] {
        let line = format!("Reply-To: {address}");
        assert_eq!(forbidding(&line), Some(line));
    }
}

#[test]
fn history_and_signature_are_told_from_the_answer() {
    for (text, fresh, quoted_start) in [
        (
            "Danke!\n\nVon: Amt <a@b.de>\nGesendet: Montag\nAn: C\n\nAlt",
            "Danke!",
            "Von:",
        ),
        (
            "Ja.\n\nAm Mo., 2. März 2026 um 09:12 schrieb Amt <a@b.de>:\n> Alt",
            "Ja.",
            "Am Mo.",
        ),
        (
            "Ja.\n\nAm 02.03.26 um 09:12\nschrieb Amt:\n> Alt",
            "Ja.",
            "Am 02",
        ),
        (
            "Ok\n-----Ursprüngliche Nachricht-----\nVon: x",
            "Ok",
            "-----Urs",
        ),
        (
            "Ok\n\nOn Mon, Mar 2, 2026, Amt wrote:\n> Alt",
            "Ok",
            "On Mon",
        ),
        ("Gruß\n-- \nAnna Beispiel", "Gruß", "--"),
        (
            "Text\n________________________________\nVon: A\nGesendet: B",
            "Text",
            "____",
        ),
        (
            "> Frage eins?\nAntwort\n> Rest",
            "> Frage eins?\nAntwort",
            "> Rest",
        ),
    ] {
        let split = quote::split(text);
        assert_eq!(split.fresh, fresh);
        assert!(split.quoted.starts_with(quoted_start), "{split:?}");
    }
    let plain = quote::split("Am Montag war alles gut.\nHeute nicht.");
    assert_eq!(plain.quoted, "");
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(raw in prop::collection::vec(any::<u8>(), 0..2000)) {
        let _ = read(&raw);
        let mut with_head = b"From: a@b.de\r\nContent-Type: multipart/mixed; boundary=x\r\n".to_vec();
        with_head.extend(&raw);
        if let Ok(mail) = read(&with_head) {
            prop_assert!(!mail.text.contains('\0'));
        }
    }

    #[test]
    fn mutated_fixtures_never_panic(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
        cut in any::<prop::sample::Index>(),
    ) {
        let all = fixtures::all();
        let mut raw = which.get(&all).1.clone();
        for (at, byte) in changes {
            let at = at.index(raw.len());
            raw[at] = byte;
        }
        let whole = read(&raw);
        raw.truncate(cut.index(raw.len()));
        let part = read(&raw);
        for mail in [whole, part].into_iter().flatten() {
            let _ = lotse::mail::inline::reduced(&mail);
            let _ = quote::split(&mail.text);
            for file in &mail.attachments {
                prop_assert!(!file.name.contains(['/', '\\', '\r', '\n', '\0']));
            }
        }
    }

    #[test]
    fn any_html_is_read_as_text(html in "(<(img|a|p|style|table|!--|/p|script)|[ a-z\"'=<>&;#/:]|src=\"cid:|https://|ü){0,60}") {
        let _ = lotse::mail::read::html_to_text(&html);
    }
}
