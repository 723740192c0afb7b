//! A mail that is passed on: as it came but for its line ends, with the heads that say who sent it on, when, and to whom.

use chrono::{DateTime, Utc};

use crate::mail::read::without_envelope_line;

/// The mail with those heads before it; nothing when an address cannot stand in a head.
pub(super) fn resent(
    raw: &[u8],
    from: &str,
    to: &[String],
    id: &str,
    at: DateTime<Utc>,
) -> Option<Vec<u8>> {
    let is_plain = |word: &str| word.bytes().all(|b| b.is_ascii_graphic());
    let all = to.iter().map(String::as_str).chain([from, id]);
    if to.is_empty() || !all.into_iter().all(is_plain) {
        return None;
    }
    // One a line: long lines of heads are cut by some servers.
    let to = to.join(",\r\n ");
    let date = at.to_rfc2822();
    let heads = format!(
        "Resent-Date: {date}\r\nResent-From: {from}\r\nResent-To: {to}\r\nResent-Message-ID: <{id}>\r\n"
    );
    let mut mail = heads.into_bytes();
    mail.extend(lines(without_envelope_line(raw)));
    Some(mail)
}

/// With the line ends of SMTP. A stranger's bare line feed or carriage return before a dot could end the mail for some
/// servers and have them read what follows as commands.
fn lines(raw: &[u8]) -> Vec<u8> {
    let mut mail = Vec::with_capacity(raw.len() + raw.len() / 40);
    let mut after_return = false;
    for byte in raw {
        match byte {
            b'\n' if after_return => {}
            b'\r' | b'\n' => mail.extend_from_slice(b"\r\n"),
            byte => mail.push(*byte),
        }
        after_return = *byte == b'\r';
    }
    mail
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_mail_follows_its_new_heads_unchanged_and_no_head_can_be_smuggled_in() {
        let raw = b"From: a@b.example\r\nSubject: X\r\n\r\nText\r\n";
        let at = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        let made = |to: &str| resent(raw, "desk@d.example", &[to.to_owned()], "1@d.example", at);
        let mail = made("amt@e.example").unwrap();
        let mail = String::from_utf8(mail).unwrap();
        assert!(mail.ends_with(std::str::from_utf8(raw).unwrap()));
        assert!(mail.contains("Resent-To: amt@e.example\r\n"));
        assert_eq!(made("amt@e.example\r\nBcc: x@e.example"), None);
    }

    #[test]
    fn no_line_of_a_stranger_ends_the_mail_early() {
        let raw = b"From a@b.example Wed Nov 25\nFrom: a@b.example\n\nText\n.\nRCPT TO:<x@y.example>\r.\r\n\r\r\n";
        let at = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        let to = ["amt@e.example".to_owned()];
        let mail = resent(raw, "desk@d.example", &to, "1@d.example", at).unwrap();
        let mail = String::from_utf8(mail).unwrap();
        let (_, rest) = mail
            .split_once("Resent-Message-ID: <1@d.example>\r\n")
            .unwrap();
        assert_eq!(
            rest,
            "From: a@b.example\r\n\r\nText\r\n.\r\nRCPT TO:<x@y.example>\r\n.\r\n\r\n\r\n"
        );
    }
}
