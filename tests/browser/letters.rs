//! What the requester's mail program sends, and what it reads.

use lettre::Message;
use lettre::message::header::ContentType;
use lettre::message::{Attachment, MultiPart, SinglePart};
use mail_parser::{HeaderValue, MessageParser, MimeHeaders};

use crate::office::Office;

pub const TITLE: &str = "Zahllauf bricht ab – Überprüfung nötig";
pub const PROTOCOL: &str = "Prüfprotokoll für März.pdf";
const FIRST_ID: &str = "erste.anfrage@pankow.example";

/// The mail everything begins with: umlauts in the subject, the text and the name of its file.
pub fn request() -> Vec<u8> {
    let text = "Guten Tag,\r\n\r\nseit heute früh bricht der Zahllauf für Tagespflege ab. \
        Können Sie das bitte überprüfen? Das Protokoll hängt an.\r\n\r\n\
        Mit freundlichen Grüßen\r\nSabine König\r\nJugendamt Pankow\r\n";
    let file = Attachment::new(PROTOCOL.to_owned()).body(
        b"%PDF-1.4\n".to_vec(),
        ContentType::parse("application/pdf").unwrap(),
    );
    letter(FIRST_ID)
        .subject(TITLE)
        .multipart(
            MultiPart::mixed()
                .singlepart(SinglePart::plain(text.to_owned()))
                .singlepart(file),
        )
        .unwrap()
        .formatted()
}

/// Her answer to a mail of the desk, as her program writes it.
pub fn answer(to: &Read, text: &str) -> Vec<u8> {
    let quoted: String = to
        .text
        .lines()
        .map(|line| format!("> {line}\r\n"))
        .collect();
    letter("zweite.anfrage@pankow.example")
        .subject(format!("AW: {}", to.subject))
        .in_reply_to(format!("<{}>", to.message_id))
        .references(format!("<{FIRST_ID}> <{}>", to.message_id))
        .singlepart(SinglePart::plain(format!(
            "{text}\r\n\r\nServicedesk Jugendhilfe schrieb:\r\n{quoted}"
        )))
        .unwrap()
        .formatted()
}

fn letter(id: &str) -> lettre::message::MessageBuilder {
    Message::builder()
        .from(
            format!("Sabine König <{}>", Office::REQUESTER)
                .parse()
                .unwrap(),
        )
        .to(Office::ADDRESS.parse().unwrap())
        .message_id(Some(format!("<{id}>")))
}

/// A mail as the requester's program shows it.
#[derive(Debug)]
pub struct Read {
    pub from: String,
    pub to: String,
    pub subject: String,
    pub message_id: String,
    pub in_reply_to: Vec<String>,
    pub references: Vec<String>,
    pub text: String,
    /// Names with contents.
    pub files: Vec<(String, Vec<u8>)>,
    pub automatic: bool,
}

impl Read {
    /// Reads a mail as it lies in the mailbox.
    pub fn mail(raw: &[u8]) -> Read {
        let mail = MessageParser::default().parse(raw).unwrap();
        let first = |list: Option<&mail_parser::Address<'_>>| {
            let address = list.and_then(|list| list.first()).unwrap();
            address.address().unwrap().to_owned()
        };
        Read {
            from: first(mail.from()),
            to: first(mail.to()),
            subject: mail.subject().unwrap().to_owned(),
            message_id: mail.message_id().unwrap().to_owned(),
            in_reply_to: ids(mail.in_reply_to()),
            references: ids(mail.references()),
            text: mail.body_text(0).unwrap().into_owned(),
            files: mail
                .attachments()
                .map(|part| {
                    let name = part.attachment_name().unwrap_or_default();
                    (name.to_owned(), part.contents().to_vec())
                })
                .collect(),
            automatic: mail.header("Auto-Submitted").is_some(),
        }
    }

    /// Whether this is a reply to her request, with all a mail program needs to show both together.
    pub fn check_reply(&self, number: &str, domain: &str) {
        assert_eq!(self.from, Office::ADDRESS, "{self:#?}");
        assert_eq!(self.to, Office::REQUESTER, "{self:#?}");
        assert!(self.subject.contains(&format!("[#{number}]")), "{self:#?}");
        assert!(self.subject.contains(TITLE), "{self:#?}");
        assert_eq!(self.in_reply_to, [FIRST_ID], "{self:#?}");
        assert!(self.references.iter().any(|id| id == FIRST_ID), "{self:#?}");
        assert!(
            self.message_id.ends_with(&format!("@{domain}")),
            "{self:#?}"
        );
        assert!(!self.automatic, "{self:#?}");
    }
}

fn ids(value: &HeaderValue<'_>) -> Vec<String> {
    match (value.as_text_list(), value.as_text()) {
        (Some(list), _) => list.iter().map(|id| id.clone().into_owned()).collect(),
        (None, Some(one)) => vec![one.to_owned()],
        (None, None) => vec![],
    }
}
