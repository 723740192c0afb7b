//! Facts changed in place, with scripts and without.

use entities::Permission;
use entities::policy::Scope;
use entities::ticket::{ClosingReason, Kind, Priority, State, WaitingFor};
use support::desk::TestDesk;

#[tokio::test]
async fn every_fact_can_be_changed_without_scripts() {
    let desk = TestDesk::new().await;
    let youth = desk.team("Jugend 1").await;
    let kita = desk.service("KITA-Netz", youth).await;
    let pankow = desk.district("Pankow", "PA").await;
    let annika = desk.agent("Annika Brandt").in_team(youth).await;
    let ticket = desk.ticket("Zahllauf").in_team(youth).await;
    let browser = annika.sign_in().await;
    let (annika_id, kita, pankow) = (annika.id.to_string(), kita.to_string(), pankow.to_string());
    let changes: [(&str, &[(&str, &str)]); 6] = [
        ("owner", &[("value", &annika_id)]),
        ("priority", &[("value", "very_high")]),
        ("service", &[("value", &kita)]),
        ("kind", &[("value", "question")]),
        ("district", &[("value", &pankow)]),
        ("state", &[("value", "vendor")]),
    ];
    for (part, typed) in changes {
        let edit = browser
            .get(&format!("/tickets/{}/{part}/edit", ticket.number))
            .await;
        assert!(edit.is_whole(), "{part}");
        let done = browser.submit(&edit, "#fact-form", typed).await;
        assert_eq!(done.status, 303, "{part}: {}", done.describe());
    }
    let now = desk.read(ticket.id).await;
    assert_eq!(now.owner_id, Some(annika.id));
    assert_eq!(now.priority, Priority::VeryHigh);
    assert_eq!(now.kind, Kind::Question);
    assert_eq!(now.service_id.map(|id| id.to_string()), Some(kita));
    assert_eq!(now.district_id.map(|id| id.to_string()), Some(pankow));
    assert_eq!(
        (now.state, now.waiting_for),
        (State::Waiting, Some(WaitingFor::Vendor))
    );
}

#[tokio::test]
async fn a_case_is_solved_with_a_reason_and_opened_again() {
    let desk = TestDesk::new().await;
    let youth = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(youth).await;
    let ticket = desk
        .ticket("Zahllauf")
        .in_team(youth)
        .owned_by(&annika)
        .await;
    let browser = annika.sign_in().await;
    let part = |name: &str| format!("/tickets/{}/{name}", ticket.number);
    let refused = browser
        .htmx_post(&part("state"), &[("value", "closed"), ("reason", "")])
        .await;
    assert_eq!(refused.status, 422);
    refused.must_say("Grund");
    let done = browser
        .htmx_post(&part("state"), &[("value", "closed"), ("reason", "data")])
        .await;
    assert_eq!(done.status, 200, "{}", done.describe());
    let now = desk.read(ticket.id).await;
    assert_eq!(
        (now.state, now.closing_reason),
        (State::Closed, Some(ClosingReason::Data))
    );
    browser
        .htmx_post(&part("state"), &[("value", "open")])
        .await;
    assert_eq!(desk.read(ticket.id).await.state, State::Open);
}

#[tokio::test]
async fn a_reminder_lies_ahead_or_is_refused_with_what_was_typed() {
    let desk = TestDesk::new().await;
    let youth = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(youth).await;
    let ticket = desk
        .ticket("Zahllauf")
        .in_team(youth)
        .owned_by(&annika)
        .await;
    let browser = annika.sign_in().await;
    let part = format!("/tickets/{}/reminder", ticket.number);
    let refused = browser
        .htmx_post(&part, &[("at", "2020-01-01T08:00")])
        .await;
    assert_eq!(refused.status, 422);
    assert_eq!(
        refused.attribute("input[name=at]", "value").unwrap(),
        "2020-01-01T08:00"
    );
    browser.htmx_post(&part, &[("quick", "tomorrow")]).await;
    assert!(desk.read(ticket.id).await.reminder_at.is_some());
    browser.htmx_post(&part, &[("quick", "none")]).await;
    assert_eq!(desk.read(ticket.id).await.reminder_at, None);
}

#[tokio::test]
async fn a_new_title_keeps_what_was_typed_when_it_is_empty() {
    let desk = TestDesk::new().await;
    let youth = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(youth).await;
    let ticket = desk.ticket("Zahllauf").in_team(youth).await;
    let browser = annika.sign_in().await;
    let part = format!("/tickets/{}/title", ticket.number);
    assert_eq!(
        browser.htmx_post(&part, &[("title", "  ")]).await.status,
        422
    );
    browser
        .htmx_post(&part, &[("title", "Zahllauf November")])
        .await;
    assert_eq!(desk.read(ticket.id).await.title, "Zahllauf November");
}

#[tokio::test]
async fn a_ticket_given_away_leaves_for_the_list() {
    let desk = TestDesk::new().await;
    let youth = desk.team("Jugend 1").await;
    let housing = desk.team("Wohngeld").await;
    let annika = desk
        .person_with(
            "Annika Brandt",
            &[
                (Permission::ReadTickets, Scope::OwnTeams),
                (Permission::Assign, Scope::OwnTeams),
            ],
        )
        .in_team(youth)
        .await;
    let ticket = desk.ticket("Zahllauf").in_team(youth).await;
    let browser = annika.sign_in().await;
    let done = browser
        .post(
            &format!("/tickets/{}/team", ticket.number),
            &[("value", &housing.to_string())],
        )
        .await;
    assert_eq!(done.status, 303);
    let list = done.location().unwrap();
    assert!(
        list.starts_with("/tickets?") && list.contains(&ticket.number),
        "{list}"
    );
}
