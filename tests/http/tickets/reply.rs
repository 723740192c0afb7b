//! Answering: what is sent to whom, what is refused, and that nothing is sent twice.

use entities::session;
use entities::ticket::message::Addresses;
use entities::ticket::{Delivery, State, WaitingFor};
use support::desk::File;

use super::case::Case;

const FORM: &str = "#composer";

#[tokio::test]
async fn a_reply_without_scripts_goes_to_the_requester_and_waits() {
    let case = Case::open().await;
    let page = case.browser.get(&case.page()).await;
    let answer = case
        .browser
        .submit(
            &page,
            FORM,
            &[("text", "Guten Tag,\r\nbitte erneut versuchen.")],
        )
        .await;
    assert_eq!(answer.status, 303, "{}", answer.body());
    let ticket = case.now().await;
    assert_eq!(ticket.state, State::Waiting);
    assert_eq!(ticket.waiting_for, Some(WaitingFor::Requester));
    assert_eq!(ticket.owner_id, Some(case.annika.id));
    let entry = case.last().await;
    assert_eq!(entry.message.body, "Guten Tag,\nbitte erneut versuchen.");
    assert_eq!(entry.message.delivery, Delivery::Queued);
    assert_eq!(
        entry.message.parties().to[0].address,
        "sabine@pankow.example"
    );
    let subject = entry.message.subject.unwrap();
    assert!(subject.contains(&case.ticket.number), "{subject}");
    let shown = case.browser.follow(&answer).await;
    shown.must_say("bitte erneut versuchen.");
    shown.must_say("Zurückholen");
}

#[tokio::test]
async fn without_scripts_the_next_page_says_once_that_an_answer_is_on_its_way() {
    let case = Case::open().await;
    let page = case.browser.get(&case.page()).await;
    let text = [("text", "Bitte erneut versuchen.")];
    let answer = case.browser.submit(&page, FORM, &text).await;
    assert_eq!(answer.status, 303, "{}", answer.body());
    // Another browser of the same person has asked for nothing.
    let elsewhere = case.annika.sign_in().await.get(&case.page()).await;
    assert!(!elsewhere.has("#toasts .toast"));
    let shown = case.browser.follow(&answer).await;
    let told = shown.text("#toasts .toast");
    assert!(told.contains("wird gesendet"), "{told}");
    let back = case
        .browser
        .submit(&shown, "#toasts .toast form", &[])
        .await;
    assert_eq!(back.status, 303, "{}", back.describe());
    let shown = case.browser.follow(&back).await;
    assert!(shown.has("#toasts .toast"), "{}", shown.describe());
    let again = case.browser.get(&case.page()).await;
    assert!(!again.has("#toasts .toast"), "{}", again.describe());
}

/// Annika saves a note without scripts, and follows no redirect.
async fn note(case: &Case) {
    let note = [("mode", "note"), ("text", "Angerufen.")];
    let saved = case.browser.post(&case.at("notes"), &note).await;
    assert_eq!(saved.status, 303, "{}", saved.body());
}

#[tokio::test]
async fn what_was_saved_is_told_by_the_next_page_whichever_it_is() {
    let case = Case::open().await;
    note(&case).await;
    let next = case.browser.get("/tickets").await;
    assert!(next.has("#toasts .toast"), "{}", next.describe());
}

#[tokio::test]
async fn what_nobody_came_to_read_is_no_news_a_minute_later() {
    let case = Case::open().await;
    note(&case).await;
    case.desk.pass(chrono::Duration::minutes(2));
    let later = case.browser.get(&case.page()).await;
    assert!(!later.has("#toasts .toast"), "{}", later.describe());
}

#[tokio::test]
async fn what_nobody_came_to_read_is_forgotten_with_the_names_in_it() {
    let case = Case::open().await;
    note(&case).await;
    let limits = session::Limits {
        idle: chrono::Duration::hours(8),
        absolute: chrono::Duration::hours(12),
    };
    let kept = async || {
        let sql = "SELECT COUNT(*) FROM session WHERE told IS NOT NULL";
        case.desk.database().number(sql, vec![]).await
    };
    session::sweep(&case.desk.db, limits).await.unwrap();
    assert_eq!(kept().await, 1);
    case.desk.pass(chrono::Duration::minutes(2));
    session::sweep(&case.desk.db, limits).await.unwrap();
    assert_eq!(kept().await, 0);
    let page = case.browser.get(&case.page()).await;
    assert_eq!(page.status, 200, "the session itself goes on");
}

#[tokio::test]
async fn a_way_back_that_is_seen_late_is_offered_as_long_as_it_is_open() {
    let case = Case::open().await;
    let text = [("text", "Bitte erneut versuchen.")];
    for (late, is_open) in [(4, true), (11, false)] {
        let page = case.browser.get(&case.page()).await;
        let answer = case.browser.submit(&page, FORM, &text).await;
        assert_eq!(answer.status, 303, "{}", answer.body());
        case.desk.pass(chrono::Duration::seconds(late));
        let shown = case.browser.follow(&answer).await;
        assert_eq!(shown.has("#toasts .toast form"), is_open, "{late}");
        let left = shown.attribute("#toasts .toast", "data-left");
        let left: Option<u8> = left.map(|left| left.parse().unwrap());
        // The countdown goes on instead of beginning anew.
        assert_eq!(left.is_some_and(|left| left <= 6), is_open, "{left:?}");
    }
}

#[tokio::test]
async fn with_scripts_the_composer_is_emptied_and_offers_the_way_back() {
    let case = Case::open().await;
    let typed = [
        ("mode", "reply"),
        ("to", "sabine@pankow.example"),
        ("text", "Erledigt."),
        ("then", "solved"),
        ("reason", "data"),
    ];
    let answer = case.browser.htmx_post(&case.at("replies"), &typed).await;
    assert_eq!(answer.status, 200);
    let body = answer.body();
    assert!(body.contains("hx-target=\"#composer\"") && body.contains("hx-target=\"#toasts\""));
    assert!(body.contains("/withdraw"), "{body}");
    assert!(!body.contains("Erledigt."), "{body}");
    assert_eq!(case.state().await, State::Solved);
}

#[tokio::test]
async fn a_double_click_sends_once() {
    let case = Case::open().await;
    let page = case.browser.get(&case.page()).await;
    let typed = [("text", "Nur einmal.")];
    let (a, b) = tokio::join!(
        case.browser.submit(&page, FORM, &typed),
        case.browser.submit(&page, FORM, &typed)
    );
    assert_eq!((a.status.as_u16(), b.status.as_u16()), (303, 303));
    assert_eq!(case.added().await.len(), 1);
}

#[tokio::test]
async fn solving_needs_a_reason_and_what_was_typed_stays() {
    let case = Case::open().await;
    let page = case.browser.get(&case.page()).await;
    let typed = [
        ("text", "Es lag an <den> Daten."),
        ("cc", "x@pankow.example"),
        ("then", "solved"),
    ];
    let answer = case.browser.submit(&page, FORM, &typed).await;
    assert_eq!(answer.status, 422);
    answer.must_say("Bitte wählen Sie einen Grund.");
    assert_eq!(
        answer.text("#composer textarea").trim(),
        "Es lag an <den> Daten."
    );
    assert_eq!(
        answer.attribute("#composer-cc", "value").unwrap(),
        "x@pankow.example"
    );
    assert!(case.added().await.is_empty());
    let again = case
        .browser
        .submit(&answer, FORM, &[("then", "solved"), ("reason", "data")]);
    assert_eq!(again.await.status, 303);
    assert_eq!(case.state().await, State::Solved);
}

#[tokio::test]
async fn a_line_break_or_a_broken_address_is_refused_in_every_field() {
    let case = Case::open().await;
    let evil = "a@b.example\r\nBcc: evil@x.example";
    for (field, value, words) in [
        ("to", evil, "ist keine E-Mail-Adresse"),
        ("cc", evil, "ist keine E-Mail-Adresse"),
        ("bcc", evil, "ist keine E-Mail-Adresse"),
        ("to", "Sabine, ohne@", "„Sabine“ ist keine E-Mail-Adresse"),
        ("subject", "Re: x\r\nBcc: evil@x.example", "Zeilenumbrüche"),
        ("to", " ", "Bitte geben Sie"),
    ] {
        let mut typed = vec![("to", "a@b.example"), ("text", "Text")];
        typed.retain(|(name, _)| *name != field);
        typed.push((field, value));
        let answer = case.browser.htmx_post(&case.at("replies"), &typed).await;
        assert_eq!(answer.status, 422, "{field}: {value}");
        let shown = answer.body();
        assert!(
            shown.contains(words) || value == " ",
            "{field}: {value}: {shown}"
        );
    }
    assert!(case.added().await.is_empty());
}

#[tokio::test]
async fn a_blind_copy_is_kept_and_goes_into_the_envelope_alone() {
    let case = Case::open().await;
    let typed = [
        ("to", "Sabine Kowalke <sabine@pankow.example>"),
        (
            "cc",
            "leitung@pankow.example; Sabine <sabine@pankow.example>",
        ),
        ("bcc", "still@pankow.example"),
        ("text", "Text"),
    ];
    let answer = case.browser.htmx_post(&case.at("replies"), &typed).await;
    assert_eq!(answer.status, 200);
    let entry = case.last().await;
    let Addresses { cc, bcc, .. } = entry.message.parties();
    assert_eq!(cc[0].address, "leitung@pankow.example");
    assert_eq!(bcc[0].address, "still@pankow.example");
    let recipients = entry.outbound.unwrap().recipients;
    assert!(recipients.contains("still@pankow.example"), "{recipients}");
}

#[tokio::test]
async fn files_sent_with_the_form_arrive_under_safe_names() {
    let case = Case::open().await;
    let fields = [
        ("mode", "reply"),
        ("to", "sabine@pankow.example"),
        ("text", "Anbei."),
    ];
    let file = |name, bytes| File {
        field: "files",
        name,
        content_type: "application/pdf",
        bytes,
    };
    let files = [
        file("Bescheid.pdf", b"%PDF-1.7"),
        file("../../b.pdf", b"%PDF"),
    ];
    let answer = case
        .browser
        .upload(&case.at("replies"), &fields, &files)
        .await;
    assert_eq!(answer.status, 303, "{}", answer.body());
    let entry = case.last().await;
    let names: Vec<&str> = entry.files.iter().map(|f| f.name.as_str()).collect();
    assert_eq!(names, ["Bescheid.pdf", "b.pdf"]);
    let bytes = case.desk.db.blobs().get(&entry.files[0].sha256).await;
    assert_eq!(bytes.unwrap(), b"%PDF-1.7");
}

#[tokio::test]
async fn a_message_that_came_in_meanwhile_stops_the_reply_until_it_is_meant() {
    let case = Case::open().await;
    let page = case.browser.get(&case.page()).await;
    let derya = case.desk.agent("Derya Aksoy").await;
    let other = derya.sign_in().await;
    let notes = case.at("notes");
    let note = other.htmx_post(&notes, &[("text", "Ich bin dran.")]);
    assert_eq!(note.await.status, 200);

    let typed = [("text", "Meine Antwort.")];
    let answer = case.browser.submit(&page, FORM, &typed).await;
    assert_eq!(answer.status, 422);
    answer.must_say("Derya Aksoy hat soeben geschrieben.");
    answer.must_say("Ihre Nachricht ist als Entwurf gesichert.");
    assert_eq!(case.added().await.len(), 1);
    let reloaded = case.browser.get(&case.page()).await;
    assert_eq!(reloaded.text("#composer textarea").trim(), "Meine Antwort.");

    let anyway = case.browser.submit(&answer, FORM, &[("anyway", "open")]);
    assert_eq!(anyway.await.status, 303);
    assert_eq!(case.last().await.message.body, "Meine Antwort.");
    assert_eq!(case.state().await, State::Open);
}

#[tokio::test]
async fn one_who_may_only_read_gets_no_composer_and_no_way_past_it() {
    let case = Case::open().await;
    let everything = entities::policy::Scope::Everything;
    let reader = case
        .desk
        .person_with(
            "Rita Leser",
            &[(entities::Permission::ReadTickets, everything)],
        )
        .await
        .sign_in()
        .await;
    let page = reader.get(&case.page()).await;
    assert!(!page.has("#composer textarea"));
    for part in ["replies", "notes", "calls"] {
        let typed = [("text", "x"), ("to", "a@b.example")];
        let answer = reader.htmx_post(&case.at(part), &typed).await;
        assert_eq!(answer.status, 403, "{part}");
    }
    assert!(case.added().await.is_empty());
}

#[tokio::test]
async fn the_next_ticket_follows_when_asked_for() {
    let case = Case::open().await;
    let other = case.desk.ticket("Rolle fehlt").owned_by(&case.annika).await;
    let typed = [
        ("to", "sabine@pankow.example"),
        ("text", "Text"),
        ("next", "1"),
    ];
    let answer = case.browser.htmx_post(&case.at("replies"), &typed).await;
    assert_eq!(
        answer.location().unwrap(),
        format!("/tickets/{}", other.number)
    );
}
