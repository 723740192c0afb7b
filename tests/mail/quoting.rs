//! An answer carries the message it answers below it, folded in the thread, unless somebody takes it out.

use entities::ticket::Ticket;
use lotse::mail::read::read;
use support::desk::{Client, TestDesk};

use super::office::{delivered, entries, letter, ticket_of};

const FORM: &str = "#composer";
const BOX: &str = "#composer-quoted input";

async fn case() -> (TestDesk, Ticket, Client) {
    let desk = TestDesk::new().await;
    let mail = letter(
        "Anna Brandt <anna@pankow.example>",
        "Zahllauf",
        "1@pankow.example",
        &["Precedence: bulk"],
    );
    let ticket = ticket_of(&desk, &delivered(&desk, &mail).await).await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    (desk, ticket, annika)
}

async fn send(
    desk: &TestDesk,
    ticket: &Ticket,
    browser: &Client,
    typed: &[(&str, &str)],
) -> String {
    let page = browser.get(&format!("/tickets/{}", ticket.number)).await;
    let sent = browser.submit(&page, FORM, typed).await;
    assert_eq!(sent.status, 303, "{}", sent.body());
    entries(desk, ticket).await.pop().unwrap().message.body
}

#[tokio::test]
async fn the_last_mail_goes_along_below_the_answer_and_is_folded_in_the_thread() {
    let (desk, ticket, annika) = case().await;
    let body = send(&desk, &ticket, &annika, &[("text", "Wir prüfen das.")]).await;
    assert!(body.starts_with("Wir prüfen das.\n\nAm "), "{body}");
    assert!(
        body.contains(" schrieb Anna Brandt:\n> Guten Tag, der Zahllauf"),
        "{body}"
    );

    desk.send_everything().await;
    let mail = read(desk.sent_mails()[0].as_bytes()).unwrap();
    assert!(mail.text.contains("> Guten Tag, der Zahllauf"));
    let html = mail.html.unwrap();
    assert!(html.contains("<p>Wir prüfen das.</p>"), "{html}");
    assert!(html.contains("<blockquote style="), "{html}");
    assert_eq!(mail.in_reply_to.as_deref(), Some("1@pankow.example"));
    assert_eq!(mail.references, ["1@pankow.example"]);

    let page = annika.get(&format!("/tickets/{}", ticket.number)).await;
    let message = entries(&desk, &ticket).await.pop().unwrap().message.id;
    let folded = page.text(&format!("#message-{message} details.quote blockquote"));
    assert!(folded.contains("der Zahllauf bricht ab"), "{folded}");
}

#[tokio::test]
async fn an_answer_goes_to_the_person_who_wrote_last_not_to_a_machine() {
    let (desk, ticket, annika) = case().await;
    let number = format!("AW: [#{}] Zahllauf", ticket.number);
    let asks = letter(
        "Anna Brandt <anna@pankow.example>",
        &number,
        "2@pankow.example",
        &[],
    );
    delivered(&desk, &asks).await;
    let away = letter(
        "Anna Brandt <abwesend@pankow.example>",
        "Automatische Antwort: Zahllauf",
        "3@pankow.example",
        &[
            "Auto-Submitted: auto-replied",
            "In-Reply-To: <2@pankow.example>",
        ],
    );
    delivered(&desk, &away).await;
    assert_eq!(entries(&desk, &ticket).await.len(), 3);
    let page = annika.get(&format!("/tickets/{}", ticket.number)).await;
    let to = page.attribute("#composer input[name=to]", "value").unwrap();
    assert!(to.contains("anna@pankow.example"), "{to}");
    let body = send(&desk, &ticket, &annika, &[("text", "Danke.")]).await;
    assert!(body.contains("bricht ab (2@pankow.example)"), "{body}");
    desk.send_everything().await;
    let mail = read(desk.sent_mails().last().unwrap().as_bytes()).unwrap();
    assert_eq!(mail.in_reply_to.as_deref(), Some("2@pankow.example"));
}

#[tokio::test]
async fn what_is_taken_out_stays_out_also_in_the_draft() {
    let (desk, ticket, annika) = case().await;
    let path = format!("/tickets/{}", ticket.number);
    let page = annika.get(&path).await;
    assert!(page.has(&format!("{BOX}[checked]")));
    let to = ("to", "anna@pankow.example");
    let typed = [("mode", "reply"), ("text", "Ohne Zitat."), to];
    annika.htmx_post(&format!("{path}/draft"), &typed).await;
    let page = annika.get(&path).await;
    assert!(page.has(BOX) && !page.has(&format!("{BOX}[checked]")));
    let body = send(&desk, &ticket, &annika, &[]).await;
    assert_eq!(body, "Ohne Zitat.");
}

#[tokio::test]
async fn taking_back_puts_the_quotation_back_into_its_box() {
    let (desk, ticket, annika) = case().await;
    send(&desk, &ticket, &annika, &[("text", "Zu früh.")]).await;
    let message = entries(&desk, &ticket).await.pop().unwrap().message.id;
    let path = format!("/tickets/{}", ticket.number);
    annika
        .post(&format!("{path}/messages/{message}/withdraw"), &[])
        .await;
    let page = annika.get(&path).await;
    assert_eq!(page.text("#composer textarea").trim(), "Zu früh.");
    assert!(page.has(&format!("{BOX}[checked]")));
}

#[tokio::test]
async fn quoting_into_the_text_takes_the_place_of_the_box() {
    let (_desk, ticket, annika) = case().await;
    let path = format!("/tickets/{}/composer", ticket.number);
    let typed = [
        ("mode", "reply"),
        ("text", ""),
        ("act", "quote"),
        ("quote", "x"),
    ];
    let answer = annika.htmx_post(&path, &typed).await;
    assert!(
        answer
            .text("textarea")
            .contains("> Guten Tag, der Zahllauf")
    );
    assert!(answer.has("input[name=quote]") && !answer.has("input[name=quote][checked]"));
}
