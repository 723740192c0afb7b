//! A mail that is passed on: as it came, with the heads that say who sent it on, when, and to whom.

use chrono::{DateTime, Utc};

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
    mail.extend_from_slice(raw);
    Some(mail)
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
}
