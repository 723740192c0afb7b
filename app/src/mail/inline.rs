//! Pictures inside a mail: stored with a mark, shown from the ticket's own files.

use entities::ticket::attachment::Model as File;

/// No sender's HTML can hold this scheme: cleaning lets none but the web's through.
const MARK: &str = " src=\"lotse-file:";

/// The address that stands in stored HTML for a file with this digest.
#[must_use]
pub fn marked(sha256: &str) -> String {
    format!("lotse-file:{sha256}")
}

/// Stored HTML made fit to be shown: each marked picture gets the address `of` its file; unknown ones get none.
#[must_use]
pub fn shown(html: &str, files: &[File], of: impl Fn(&File) -> String) -> String {
    let mut pieces = html.split(MARK);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (sha256, rest) = piece.split_once('"').unwrap_or((piece, ""));
        if let Some(file) = files.iter().find(|file| file.sha256 == sha256) {
            out.push_str(&format!(" src=\"{}\"", of(file)));
        }
        out.push_str(rest);
    }
    out
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
        let html = format!(
            "<p><img src=\"{}\" alt=\"x\"><img src=\"{}\"></p>",
            marked("ab"),
            marked("cd")
        );
        let shown = shown(&html, &[file], |file| format!("/f/{}", file.sha256));
        assert_eq!(shown, "<p><img src=\"/f/ab\" alt=\"x\"><img></p>");
    }
}
