//! Pictures inside a mail: stored with a mark, shown from the ticket's own files.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use entities::ticket::attachment::Model as File;
use sha2::{Digest as _, Sha256};

use super::html::{self, Picture, Reduced};
use super::read::Mail;

/// No page has more pictures of its own; the rest shows the words that stand for them.
const MOST_EMBEDDED: usize = 200;

/// A picture that stood in the page itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embedded {
    /// As the second part of its media type, and the end of a file name.
    pub kind: &'static str,
    pub bytes: Vec<u8>,
}

/// The HTML of a mail as the thread shows it, and the pictures to store beside its files.
#[must_use]
pub fn reduced(mail: &Mail) -> (Option<Reduced>, Vec<Embedded>) {
    let mut embedded: Vec<Embedded> = Vec::new();
    let Some(page) = mail.html.as_deref() else {
        return (None, embedded);
    };
    let mut find = |address: &str| {
        let scheme = address.get(..4)?;
        if scheme.eq_ignore_ascii_case("cid:") {
            let id = html::content_id(address);
            let file = mail
                .attachments
                .iter()
                .find(|file| file.content_id.as_deref() == Some(&id))?;
            return Some(Picture {
                sha256: file.sha256.clone(),
                size: html::size_of(&file.bytes),
            });
        }
        let picture = decoded(address)?;
        let found = Picture {
            sha256: hex::encode(Sha256::digest(&picture.bytes)),
            size: html::size_of(&picture.bytes),
        };
        if embedded.iter().all(|known| known.bytes != picture.bytes) {
            if embedded.len() == MOST_EMBEDDED {
                return None;
            }
            embedded.push(picture);
        }
        Some(found)
    };
    let reduced = html::reduce(page, &mut find);
    (Some(reduced), embedded)
}

/// `data:image/png;base64,…` of a kind that cannot act.
fn decoded(address: &str) -> Option<Embedded> {
    let (head, data) = address.strip_prefix("data:image/")?.split_once(',')?;
    let kind = head.split(';').next().unwrap_or_default();
    let kind = ["png", "jpeg", "gif", "webp"]
        .into_iter()
        .find(|known| kind.eq_ignore_ascii_case(known))?;
    let data: String = data.split_whitespace().collect();
    let bytes = STANDARD.decode(data.trim_end_matches(['\\'])).ok()?;
    Some(Embedded { kind, bytes })
}

/// HTML of a mail that came in before it was reduced then.
#[must_use]
pub fn reduced_late(stored: &str) -> String {
    let mut find = |address: &str| {
        Some(Picture {
            sha256: address.strip_prefix(html::STORED)?.to_owned(),
            size: None,
        })
    };
    html::reduce(stored, &mut find).html
}

/// How reduced HTML is put into a page.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// What stands over folded history.
    pub quoted: &'a str,
    /// What a table that scrolls is called.
    pub table: &'a str,
    pub history: History,
    pub pictures: Loading,
}

/// Whether quoted history is seen at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum History {
    Folded,
    Open,
}

/// When pictures are loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loading {
    /// When they come into sight.
    Lazy,
    /// At once, for paper.
    Eager,
}

/// Reduced HTML fit for a page: each picture gets the address `of` its file; unknown ones are left out.
#[must_use]
pub fn shown(
    reduced: &str,
    files: &[File],
    look: Look<'_>,
    of: impl Fn(&File) -> String,
) -> String {
    let open = match look.history {
        History::Open => " open",
        History::Folded => "",
    };
    let fold = format!(
        "<details class=\"quote\"{open}><summary>{}</summary>",
        escaped(look.quoted)
    );
    let table = format!(
        "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"{}\">",
        escaped(look.table)
    );
    // Text holds no `<`, so what looks like a mark is one.
    let mut page = reduced
        .replace(html::FOLD_MARK, &fold)
        .replace(html::TABLE_MARK, &table);
    if look.pictures == Loading::Eager {
        page = page.replace(" loading=\"lazy\" decoding=\"async\">", ">");
    }
    if !page.contains(html::PICTURE_MARK) {
        return page;
    }
    let by_digest: HashMap<&str, &File> = files.iter().map(|f| (f.sha256.as_str(), f)).collect();
    let mut pieces = page.split(html::PICTURE_MARK);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (sha256, rest) = piece.split_once('"').unwrap_or((piece, ""));
        match by_digest.get(sha256) {
            Some(file) => out.push_str(&format!("<img src=\"{}\"{rest}", escaped(&of(file)))),
            None => out.push_str(rest.split_once('>').map_or("", |(_, after)| after)),
        }
    }
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use entities::Uuid;

    #[test]
    fn a_marked_picture_gets_the_address_of_its_file() {
        let file = File {
            id: Uuid::nil(),
            message_id: Uuid::nil(),
            ticket_id: Uuid::nil(),
            name: "logo.png".into(),
            content_type: "image/png".into(),
            size_bytes: 1,
            sha256: "ab".into(),
            inline: true,
            content_id: None,
        };
        let stored = "<p>&lt;img src=\"lotse-file:ab\"<img src=\"lotse-file:ab\" alt=\"x\" loading=\"lazy\" decoding=\"async\"><img src=\"lotse-file:cd\" alt=\"y\"></p>";
        let look = Look {
            quoted: "Q",
            table: "T",
            history: History::Folded,
            pictures: Loading::Eager,
        };
        let shown = shown(stored, &[file], look, |file| {
            format!("/f/{}?a&b", file.sha256)
        });
        assert_eq!(
            shown,
            "<p>&lt;img src=\"lotse-file:ab\"<img src=\"/f/ab?a&amp;b\" alt=\"x\"></p>"
        );
    }
}
