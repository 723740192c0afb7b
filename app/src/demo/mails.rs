//! Ready mails for trying the way from a mail to a ticket without a mail server.

use std::io;

use mail_builder::MessageBuilder;
use mail_builder::headers::raw::Raw;

use super::people::Person;
use super::sketches::error_window;

/// What a test mail carries besides its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extra {
    Nothing,
    Picture,
    Log,
    Table,
    /// The same text as HTML beside the plain one.
    Html,
    /// Marked as an automatic reply by its headers.
    AutomaticReply,
}

/// A test mail; `sender` is an index of the requesters.
#[derive(Debug, Clone, Copy)]
pub struct TestMail {
    pub sender: usize,
    pub subject: &'static str,
    pub body: &'static str,
    pub extra: Extra,
}

/// The mails offered for sending.
pub const TEST_MAILS: [TestMail; 8] = [
    TestMail {
        sender: 1,
        subject: "Kita-Gutschein: Bescheid bricht mit Fehler KN-4102 ab",
        body: "Guten Morgen,\n\nseit heute früh bricht der Bescheiddruck ab, sobald der Geschwisterbonus angehakt ist. Ein Bild der Meldung hängt an.\n\nMit freundlichen Grüßen\nSabine Kowalke\nKita-Gutscheinstelle",
        extra: Extra::Picture,
    },
    TestMail {
        sender: 0,
        subject: "Seite lädt sehr langsam seit 9 Uhr",
        body: "Hallo zusammen,\n\nseit 9 Uhr dauert bei uns in Neukölln jeder Klick etwa 20 Sekunden. Die Sprechstunde ist voll, bitte schauen Sie schnell nach.\n\nViele Grüße\nElif Yıldırım",
        extra: Extra::Nothing,
    },
    TestMail {
        sender: 14,
        subject: "Zugang für neue Kollegin ab Montag",
        body: "Sehr geehrte Damen und Herren,\n\nam Montag beginnt unsere neue Kollegin Judith Albrecht. Bitte richten Sie ihr einen Zugang zu KITA-Netz und HortPlan ein, mit denselben Rechten wie ihre Vorgängerin.\n\nVielen Dank im Voraus",
        extra: Extra::Html,
    },
    TestMail {
        sender: 365,
        subject: "Export im TrägerPortal bricht nach 500 Zeilen ab",
        body: "Guten Tag,\n\nunser Export enthält nur 500 statt 734 Zeilen. Das Protokoll aus dem Browser habe ich angehängt.\n\nFreundliche Grüße",
        extra: Extra::Log,
    },
    TestMail {
        sender: 40,
        subject: "Rückläufer ohne Verwendungszweck – bitte um Zuordnung",
        body: "Guten Tag,\n\nbei mehreren Rückläufern der Kasse fehlt der Verwendungszweck. Die Liste ohne Namen liegt bei.\n\nMit freundlichen Grüßen",
        extra: Extra::Table,
    },
    TestMail {
        sender: 77,
        subject: "Wie storniere ich einen Hortvertrag?",
        body: "Hallo,\n\neine Familie hat vor Beginn gekündigt. Ich finde nur „Beenden“, aber kein „Stornieren“. Können Sie mir helfen?\n\nDanke!",
        extra: Extra::Nothing,
    },
    TestMail {
        sender: 102,
        subject: "Automatische Antwort: Abwesenheit bis Freitag",
        body: "Guten Tag,\n\nich bin bis Freitag nicht im Haus. In dringenden Fällen wenden Sie sich bitte an meine Vertretung. Ihre Nachricht wird nicht weitergeleitet.",
        extra: Extra::AutomaticReply,
    },
    TestMail {
        sender: 203,
        subject: "Wunsch: Sammelbescheid für Geschwister",
        body: "Liebes Team vom Servicedesk,\n\nFamilien mit mehreren Kindern bekommen für jedes Kind einen eigenen Bescheid. Könnte es künftig einen Sammelbescheid geben?\n\nViele Grüße",
        extra: Extra::Html,
    },
];

/// An address, the moment and the identity of a mail to be built.
#[derive(Debug, Clone, Copy)]
pub struct Envelope<'a> {
    pub to: &'a str,
    /// Seconds since 1970.
    pub sent_at: i64,
    /// Without angle brackets.
    pub message_id: &'a str,
    /// The ids this mail answers, oldest first; the last is the one it replies to.
    pub answers: &'a [String],
}

/// Builds a mail as a requester would send it; line breaks in the subject become spaces.
pub fn raw_mail(
    sender: &Person,
    envelope: Envelope<'_>,
    subject: &str,
    body: &str,
    extra: Extra,
) -> io::Result<Vec<u8>> {
    let subject: String = subject
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    let mut mail = MessageBuilder::new()
        .from((sender.name(), sender.address.clone()))
        .to(envelope.to)
        .subject(subject)
        .date(envelope.sent_at)
        .message_id(envelope.message_id)
        .text_body(body);
    if let Some(answered) = envelope.answers.last() {
        mail = mail
            .in_reply_to(answered.as_str())
            .references(envelope.answers.to_vec());
    }
    mail = match extra {
        Extra::Nothing => mail,
        Extra::Picture => mail.attachment(
            "image/png",
            "Fehlermeldung Gutschein.png",
            error_window(&[150, 220, 190]),
        ),
        Extra::Log => mail.attachment(
            "text/plain",
            "Protokoll_Browser.log",
            "09:12:36 INFO  Export gestartet, Treffer 734\n09:12:36 WARN  Grenze 500 erreicht\n",
        ),
        Extra::Table => mail.attachment(
            "text/csv",
            "Rückläufer.csv",
            "Kassenzeichen;Betrag;Buchungstag\r\n4711-0093;120,00;03.\r\n4711-0117;48,50;03.\r\n",
        ),
        Extra::Html => mail.html_body(html(body)),
        Extra::AutomaticReply => mail
            .header("Auto-Submitted", Raw::new("auto-replied"))
            .header("X-Auto-Response-Suppress", Raw::new("All")),
    };
    mail.write_to_vec()
}

impl TestMail {
    /// The mail as bytes; fails only for a sender that does not exist or cannot be written.
    pub fn raw(&self, requesters: &[Person], envelope: Envelope<'_>) -> io::Result<Vec<u8>> {
        let sender = requesters
            .get(self.sender)
            .ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "no such requester"))?;
        raw_mail(sender, envelope, self.subject, self.body, self.extra)
    }
}

fn html(body: &str) -> String {
    let mut out = String::from("<html><body>");
    for paragraph in body.split("\n\n") {
        out.push_str("<p>");
        for letter in paragraph.chars() {
            match letter {
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '&' => out.push_str("&amp;"),
                '\n' => out.push_str("<br>"),
                other => out.push(other),
            }
        }
        out.push_str("</p>");
    }
    out.push_str("</body></html>");
    out
}
