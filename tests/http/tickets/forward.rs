//! A message is sent on to somebody outside, and what they answer stays inside.

use entities::history;
use entities::ticket::{Audience, Delivery};

use super::case::Case;

async fn form(case: &Case) -> (String, support::desk::Page) {
    let page = case.browser.get(&case.page()).await;
    let way = page
        .attribute("#thread a[href$='/forward']", "href")
        .unwrap();
    let form = case.browser.get(&way).await;
    (way, form)
}

#[tokio::test]
async fn a_message_goes_out_with_what_was_added_and_the_answer_stays_internal() {
    let case = Case::open().await;
    let before = case.now().await;
    let (_, page) = form(&case).await;
    page.must_say("Weitergeleitete Nachricht");
    let typed = [
        ("to", "Jugendamt <jugendamt@mitte.example>"),
        ("text", "Bitte übernehmen."),
    ];
    let done = case.browser.submit(&page, "#forward-form", &typed).await;
    assert_eq!(done.status, 303, "{}", done.describe());
    // The same form once more sends nothing again.
    let again = case.browser.submit(&page, "#forward-form", &typed).await;
    assert_eq!(again.status, 303, "{}", again.describe());
    let message = case.last().await.message;
    assert_eq!(message.audience, Audience::Internal);
    assert_eq!(message.delivery, Delivery::Queued);
    let shown = case.browser.get(&case.page()).await;
    shown.must_say("weitergeleitet an Jugendamt");
    case.desk.send_everything().await;
    let mails = case.desk.mails_to("jugendamt@mitte.example");
    assert_eq!(mails.len(), 1);
    let said = format!("{:?}", mails[0]);
    assert!(
        said.contains("Bitte übernehmen.") && said.contains("> Von: Sabine Kowalke"),
        "{said}"
    );
    let html = mails[0].html.as_deref().unwrap();
    let (above, quoted) = html.split_once("<blockquote style=").unwrap();
    assert!(above.contains("<p>Bitte übernehmen.</p>"), "{html}");
    assert!(quoted.contains("Von: Sabine Kowalke"), "{html}");
    let after = case.now().await;
    assert_eq!(
        (after.state, after.owner_id),
        (before.state, before.owner_id)
    );
    assert_eq!(after.first_reply_at, before.first_reply_at);
    let events = history::of(&case.desk.db, case.ticket.id, None, 20).await;
    let events = events.unwrap();
    assert!(events.iter().any(|event| event.name == "forwarded"));

    let mail_id = message.mail_id.unwrap();
    let answer = format!(
        "From: jugendamt@mitte.example\nTo: desk@desk.example\nSubject: AW: Zahllauf\n\
         Message-ID: <antwort@mitte.example>\nIn-Reply-To: <{mail_id}>\n\nWir übernehmen.\n"
    );
    case.desk.deliver(&answer).await;
    case.desk.run_jobs().await;
    let came = case.last().await.message;
    assert!(came.body.contains("Wir übernehmen."));
    assert_eq!(came.audience, Audience::Internal);
    case.desk.must_verify().await;
}

#[tokio::test]
async fn nothing_is_sent_to_nobody_to_ourselves_or_past_the_sharing_with_a_vendor() {
    let case = Case::open().await;
    case.desk
        .maker("Nordlicht Software", "nordlicht.example")
        .await;
    let own = case.desk.first_mailbox().await.address;
    let (_, page) = form(&case).await;
    for (to, wanted) in [
        ("", "mindestens"),
        ("kaputt", "kaputt"),
        (own.as_str(), "ist ein eigenes Postfach"),
        (
            "jonas@support.nordlicht.example",
            "An Nordlicht Software schreiben Sie",
        ),
    ] {
        let typed = [("to", to), ("text", "Bitte übernehmen.")];
        let refused = case.browser.submit(&page, "#forward-form", &typed).await;
        assert_eq!(refused.status, 422, "{to}: {}", refused.describe());
        let said = refused.text("#forward-to-fault");
        assert!(to.is_empty() || said.contains(wanted), "{to}: {said}");
        assert!(refused.text("#forward-text").contains("Bitte übernehmen."));
    }
    case.desk.must_verify().await;
}

#[tokio::test]
async fn what_colleagues_wrote_for_each_other_is_not_sent_on() {
    let case = Case::open().await;
    let typed = [("mode", "note"), ("text", "Unter uns.")];
    case.browser.htmx_post(&case.at("notes"), &typed).await;
    let note = case.last().await.message;
    assert_eq!(note.body, "Unter uns.");
    let way = case.at(&format!("messages/{}/forward", note.id));
    assert_eq!(case.browser.get(&way).await.status, 404);
    let page = case.browser.get(&case.page()).await;
    assert!(!page.has(&format!("a[href$='{}/forward']", note.id)));
}
