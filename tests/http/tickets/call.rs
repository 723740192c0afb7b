//! Calls in an existing ticket.

use entities::ticket::{Channel, Direction, State};

use super::case::Case;

#[tokio::test]
async fn a_call_has_a_direction_and_minutes() {
    let case = Case::open().await;
    let page = case
        .browser
        .get(&format!("{}?mode=call", case.page()))
        .await;
    page.must_say("Gespräch mit Sabine Kowalke");
    let typed = [
        ("text", "Hat den Lauf neu gestartet."),
        ("direction", "out"),
        ("minutes", "7"),
    ];
    let answer = case.browser.submit(&page, "#composer", &typed).await;
    assert_eq!(answer.status, 303);
    let message = case.last().await.message;
    assert_eq!(message.channel, Channel::Phone);
    assert_eq!(message.direction, Direction::Out);
    assert_eq!(message.call_minutes, Some(7));
    assert_eq!(message.author_id, Some(case.annika.id));
}

#[tokio::test]
async fn a_call_of_the_requester_brings_a_solved_ticket_back() {
    let case = Case::open().await;
    let typed = [
        ("to", "sabine@pankow.example"),
        ("text", "Gelöst."),
        ("then", "solved"),
        ("reason", "data"),
    ];
    case.browser.htmx_post(&case.at("replies"), &typed).await;
    assert_eq!(case.state().await, State::Solved);
    let typed = [("text", "Geht doch nicht."), ("direction", "in")];
    let answer = case.browser.htmx_post(&case.at("calls"), &typed).await;
    assert_eq!(answer.status, 200);
    assert_eq!(case.state().await, State::Open);
    assert_eq!(
        case.last().await.message.author_id,
        case.ticket.requester_id
    );
}

#[tokio::test]
async fn minutes_that_are_no_number_are_refused_with_the_text_kept() {
    let case = Case::open().await;
    for minutes in ["vier", "-1", "99999", "1.5"] {
        let typed = [("text", "Gespräch"), ("minutes", minutes)];
        let answer = case.browser.htmx_post(&case.at("calls"), &typed).await;
        assert_eq!(answer.status, 422, "{minutes}");
        answer.must_say("Bitte geben Sie die Dauer in ganzen Minuten ein");
        assert_eq!(answer.text("#composer textarea").trim(), "Gespräch");
        assert_eq!(
            answer.attribute("#composer-minutes", "value").unwrap(),
            minutes
        );
    }
    assert!(case.added().await.is_empty());
}
