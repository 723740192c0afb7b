//! What the line of the search offers while somebody types an operator.

use entities::Permission;
use entities::field::{Choice, FieldFacts, Kind, Words};
use entities::policy::Scope;
use support::desk::{Client, TestDesk};

/// What would stand in the line after each choice.
async fn offered(browser: &Client, typed: &str) -> Vec<String> {
    let at = lotse::web::url::search_part("complete").with("q", typed);
    let list = browser.htmx_get(&at.to_string()).await;
    assert_eq!(list.status, 200, "{typed}: {}", list.describe());
    list.attributes("li[role=option]", "data-value")
}

#[tokio::test]
async fn an_operator_is_completed_in_both_languages_and_then_its_value() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend").await;
    desk.service("KITA-Netz", team).await;
    desk.service("Hort Plan", team).await;
    desk.district("Jugendamt Pankow", "PA").await;
    desk.requester("Sabine Kowalke").await;
    let mut facts = FieldFacts::new("grund", Kind::Choice, Words::new("Grund", "Reason"));
    facts.options = vec![
        Choice::new("Netz weg", "Outage"),
        Choice::new("Defekt", "Fault"),
    ];
    desk.field(facts).await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    for (typed, all) in [
        ("fach", &["fachverfahren:"][..]),
        ("bescheid ser", &["bescheid service:"]),
        ("-BEZ", &["-bezirk:"]),
        ("fachverfahren:kit", &["fachverfahren:KITA-Netz "]),
        (
            "bescheid -service:plan",
            &["bescheid -service:\"Hort Plan\" "],
        ),
        ("service:\"hort p", &["service:\"Hort Plan\" "]),
        ("district:pa", &["district:\"Jugendamt Pankow\" "]),
        ("state:gel", &["state:Gelöst "]),
        ("von:kowal", &["von:\"Sabine Kowalke\" "]),
        ("feld:gru", &["feld:grund="]),
        ("field:reason", &["field:grund="]),
        ("feld:grund=ne", &["feld:\"grund=Netz weg\" "]),
        // Words stay words, and what is finished is finished.
        ("bescheid", &[]),
        ("s", &[]),
        ("\"fach", &[]),
        ("service:KITA-Netz ", &[]),
        ("service:KITA-Netz", &["service:KITA-Netz "]),
        ("a:b:c", &[]),
        ("\u{0}\u{7}", &[]),
        ("", &[]),
    ] {
        let offered = offered(&annika, typed).await;
        let offered: Vec<&str> = offered.iter().map(String::as_str).collect();
        let is_done = |one: &&str| one.trim_end() != typed.trim_end();
        let all: Vec<&str> = all.iter().copied().filter(is_done).collect();
        assert_eq!(offered, all, "{typed:?}");
    }
    let days = offered(&annika, "vor:").await;
    assert_eq!(days.len(), 3, "{days:?}");
    assert_eq!(offered(&annika, "service:").await.len(), 2);
    // What is chosen is read as it was meant.
    for typed in [
        "service:\"Hort Plan\"",
        "feld:\"grund=Netz weg\"",
        days[2].trim(),
    ] {
        let page = annika
            .get(&lotse::web::url::search(typed).to_string())
            .await;
        assert!(!page.says("ist kein"), "{typed}: {}", page.describe());
    }
    // Without scripts the page says which there are.
    let page = annika.get("/search").await;
    page.must_say("Außerdem bezirk:, vor: und feld:Name=Wert.");
    assert!(page.has("input[role=combobox][aria-controls=search-complete]"));
}

#[tokio::test]
async fn nobody_is_offered_what_they_may_not_see() {
    let desk = TestDesk::new().await;
    desk.requester("Sabine Kowalke").await;
    desk.district("Jugendamt Pankow", "PA").await;
    let team = desk.team("Jugend").await;
    desk.service("KITA-Netz", team).await;
    let mut facts = FieldFacts::new(
        "krankheit",
        Kind::Choice,
        Words::new("Krankheit", "Illness"),
    );
    facts.options = vec![Choice::new("Grippe", "Flu")];
    facts.settings.personal = true;
    desk.field(facts).await;
    let only = [(Permission::ReadCases, Scope::Everything)];
    let mira = desk.person_with("Mira Kessler", &only).await;
    let mira = mira.sign_in().await;
    assert_eq!(
        offered(&mira, "service:k").await,
        ["service:KITA-Netz "],
        "cases are listed by it too"
    );
    for typed in [
        "von:kowal",
        "bezirk:pa",
        "feld:krank",
        "feld:krankheit=gr",
        "bez",
    ] {
        assert!(offered(&mira, typed).await.is_empty(), "{typed}");
    }
    let jonas = desk.vendor_user("Jonas Ehlers").await.sign_in().await;
    let refused = jonas.htmx_get("/search/complete?q=service:").await;
    assert!(!refused.status.is_success(), "{}", refused.describe());
}
