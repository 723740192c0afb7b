//! Mails that the desk writes leave as plain text and as HTML that says the same words, and what answers the HTML is understood.

use entities::mailbox::{Mailbox, MailboxFacts, Sending};
use entities::setting::{Noun as _, Update};
use entities::ticket::Ticket;
use lotse::jobs;
use lotse::mail::read::{Mail, read};
use mail_parser::{MessageParser, MimeHeaders as _};
use scraper::{Html, Selector};
use support::desk::{Client, TestDesk, reply};

use super::office::{answered, delivered, entries, letter, message_of, ticket_of};
use super::receipts::sent;

const ANNA: &str = "Anna Brandt <anna@pankow.example>";

/// A ticket that came by mail, and an agent in front of it.
async fn case() -> (TestDesk, Ticket, Client) {
    let desk = TestDesk::new().await;
    let mail = letter(ANNA, "Zahllauf", "1@pankow.example", &["Precedence: bulk"]);
    let ticket = ticket_of(&desk, &delivered(&desk, &mail).await).await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    (desk, ticket, annika)
}

async fn answer(desk: &TestDesk, ticket: &Ticket, annika: &Client, text: &str) -> (String, Mail) {
    let page = annika.get(&format!("/tickets/{}", ticket.number)).await;
    let sent = annika.submit(&page, "#composer", &[("text", text)]).await;
    assert_eq!(sent.status, 303, "{}", sent.describe());
    desk.send_everything().await;
    let raw = desk.sent_mails().pop().unwrap();
    let mail = read(raw.as_bytes()).unwrap();
    (raw, mail)
}

/// The words of both parts; what only marks a list, a quotation or a signature is no word.
fn words(mail: &Mail) -> (Vec<String>, Vec<String>) {
    let words = |text: &str| -> Vec<String> {
        let all = text.split_whitespace().map(|word| word.replace("**", ""));
        all.filter(|word| !["-", ">", "--"].contains(&word.as_str()))
            .collect()
    };
    let html = Html::parse_document(mail.html.as_deref().unwrap());
    let body = html
        .select(&Selector::parse("body").unwrap())
        .next()
        .unwrap();
    // An element ends a word.
    let said = body.text().collect::<Vec<_>>().join(" ");
    (words(&mail.text), words(&said))
}

#[tokio::test]
async fn an_answer_says_the_same_words_in_both_parts() {
    let (desk, ticket, annika) = case().await;
    let text = "Guten Tag Frau Brandt,\n\n- **zuerst** prüfen\n- dann https://amt.example/hilfe?a=1&b=2 lesen\n\n\
                Hinweis <script>alert(1)</script>\n\n-- \nAnnika Brandt";
    let (raw, mail) = answer(&desk, &ticket, &annika, text).await;
    let parsed = MessageParser::new().parse(raw.as_bytes()).unwrap();
    let kind = parsed.content_type().unwrap();
    assert_eq!(
        (kind.ctype(), kind.subtype()),
        ("multipart", Some("alternative"))
    );
    assert_eq!((parsed.text_body.len(), parsed.html_body.len()), (1, 1));
    assert!(
        mail.text
            .starts_with("Guten Tag Frau Brandt,\n\n- **zuerst** prüfen\n")
    );
    assert!(mail.text.contains("> Guten Tag, der Zahllauf"));
    let html = mail.html.clone().unwrap();
    let link = "https://amt.example/hilfe?a=1&amp;b=2";
    for part in [
        "<html lang=\"de\">",
        "<li><strong>zuerst</strong> prüfen</li>",
        &format!("<a href=\"{link}\">{link}</a>"),
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<blockquote style=",
        "--<br>Annika Brandt",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    for part in ["<script", "<img", "src=", "<h"] {
        let rest = html.replace("<html", "").replace("<head", "");
        assert!(!rest.contains(part), "{part}: {html}");
    }
    let (plain, marked) = words(&mail);
    assert_eq!(plain, marked);
}

#[tokio::test]
async fn an_answer_that_holds_the_html_part_alone_comes_into_its_ticket() {
    let (desk, ticket, annika) = case().await;
    let (_, mail) = answer(&desk, &ticket, &annika, "Bitte **neu** anmelden.").await;
    let (id, html) = (mail.message_id.unwrap(), mail.html.unwrap());
    let raw = format!(
        "From: {ANNA}\r\nTo: desk@desk.example\r\nSubject: AW: Zahllauf\r\nMessage-ID: <2@pankow.example>\r\n\
         In-Reply-To: <{id}>\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
         <html><body><p>Es geht wieder.</p><p>Am 29.11.2026 um 10:00 schrieb Servicedesk:</p>\
         <blockquote type=\"cite\">{html}</blockquote></body></html>\r\n"
    );
    let came = delivered(&desk, &raw).await;
    assert_eq!(ticket_of(&desk, &came).await.id, ticket.id);
    let message = message_of(&desk, &came).await;
    assert!(
        message.body.starts_with("Es geht wieder."),
        "{}",
        message.body
    );
    assert_eq!(entries(&desk, &ticket).await.len(), 3);
    let page = annika.get(&format!("/tickets/{}", ticket.number)).await;
    let at = format!("#message-{}", message.id);
    assert!(
        page.text(&format!("{at} .entry__text"))
            .contains("Es geht wieder.")
    );
    let folded = page.text(&format!("{at} details.quote"));
    assert!(folded.contains("Bitte neu anmelden."), "{folded}");
}

#[tokio::test]
async fn a_receipt_has_both_parts_and_leads_nowhere_a_stranger_wrote() {
    let desk = TestDesk::new().await;
    let subject = "Gewinn <b>https://boese.example/x</b>";
    delivered(&desk, &letter(ANNA, subject, "1@pankow.example", &[])).await;
    jobs::run_due(&desk).await.unwrap();
    let receipt = sent(&desk).pop().unwrap();
    assert!(receipt.auto_generated.is_some());
    let html = receipt.html.clone().unwrap();
    assert!(
        html.contains("&lt;b&gt;https://boese.example/x&lt;/b&gt;"),
        "{html}"
    );
    assert!(!html.contains("<a ") && !html.contains("<b>"), "{html}");
    let (plain, marked) = words(&receipt);
    assert_eq!(plain, marked);
}

#[tokio::test]
async fn a_mailbox_that_sends_plain_text_alone_sends_what_it_sent_before() {
    let (desk, ticket, annika) = case().await;
    let petra = desk.administrator().await.sign_in().await;
    let mailbox = desk.first_mailbox().await;
    let path = format!("/settings/mailboxes/{}/sending", mailbox.id);
    let page = petra.get(&path).await;
    assert!(page.has("input[name=plain_only]:not([checked])"));
    assert_eq!(petra.post(&path, &[("plain_only", "1")]).await.status, 303);
    let page = petra.get(&path).await;
    assert!(page.has("input[name=plain_only][checked]"));
    let (raw, mail) = answer(&desk, &ticket, &annika, "Bitte **neu** anmelden.").await;
    assert!(mail.text.starts_with("Bitte **neu** anmelden."));
    assert_eq!(mail.html, None);
    assert!(!raw.contains("multipart"), "{raw}");
    // What is changed elsewhere about the mailbox leaves that as it is.
    let mailbox = desk.first_mailbox().await;
    let facts = MailboxFacts {
        sending: Sending {
            hourly_limit: Some(100),
            ..mailbox.sending()
        },
        ..mailbox.facts()
    };
    let id = mailbox.id;
    desk.console(Update::<Mailbox> { id, facts }).await;
    assert!(desk.first_mailbox().await.plain_only);
}

#[tokio::test]
async fn a_very_long_answer_leaves_with_every_word_of_it() {
    let desk = TestDesk::with(&[("LOTSE_MAIL_UNDO_S", "0")]).await;
    let ticket = desk.ticket("Protokoll").await;
    let line = "- Schritt *eins* > zwei [drei](https://amt.example/vier) _fünf_ & <sechs>\n";
    let mut long = reply("anna@pankow.example", &line.repeat(1_000));
    long.undo_seconds = 0;
    answered(&desk, &ticket, long).await;
    desk.run_jobs().await;
    let mail = desk.mails_to("anna@pankow.example").pop().unwrap();
    assert_eq!(mail.text.matches("Schritt").count(), 1_000);
    let html = mail.html.unwrap();
    assert_eq!(html.matches("<li>").count(), 1_000);
    assert_eq!(
        html.matches("drei (<a href=\"https://amt.example/vier\">")
            .count(),
        1_000
    );
}
