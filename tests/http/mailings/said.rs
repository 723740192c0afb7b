//! Saying who is written to: once, anew, and with faults at their fields.

use entities::field::{FieldFacts, Kind, Moment, Words};

use super::{Case, TITLE};

#[tokio::test]
async fn a_form_that_is_pressed_twice_is_one_mailing() {
    let case = Case::new().await;
    let form = case.browser.get("/tickets/mailings").await;
    let once = form.attribute("[name=once]", "value").unwrap();
    let typed = [("lines", "jan@mitte.example"), ("once", once.as_str())];
    let (at, _) = case.preview(&typed).await;
    let (again, preview) = case.preview(&typed).await;
    assert_eq!(again, at);
    preview.must_say("1 Person bekommt ein Ticket.");
    case.open(&at, &preview).await;
    // Come back to and changed, it says something else.
    let changed = [("lines", "sabine@pankow.example"), ("once", once.as_str())];
    let (other, preview) = case.preview(&changed).await;
    assert_ne!(other, at);
    preview.must_say("Sabine Kowalke");
    assert_eq!(case.tickets().await, 1);
}

#[tokio::test]
async fn only_what_was_seen_is_begun_and_what_was_said_can_be_said_anew() {
    let case = Case::new().await;
    let (at, before) = case.preview(&[("lines", "jan@mitte.example")]).await;
    let service = case.service.to_string();
    let typed = [
        ("title", TITLE),
        ("service", service.as_str()),
        ("lines", "jan@mitte.example\nsabine@pankow.example"),
        ("then", "open"),
    ];
    let said = case.browser.post(&at, &typed).await;
    assert_eq!(said.status, 303, "{}", said.describe());
    // Another window still shows what was said first.
    case.run(&at, &before).await;
    case.desk.run_jobs().await;
    assert_eq!(case.tickets().await, 0);
    let preview = case.browser.get(&at).await;
    preview.must_say("2 Personen bekommen je ein Ticket.");
    case.open(&at, &preview).await;
    assert_eq!(case.tickets().await, 2);
    let (other, _) = case.preview(&[("lines", "jan@mitte.example")]).await;
    let stop = case.browser.post(&format!("{other}/stop"), &[]).await;
    assert_eq!(stop.location().as_deref(), Some("/tickets/mailings"));
    assert_eq!(case.browser.get(&other).await.status, 404);
}

#[tokio::test]
async fn what_cannot_be_read_is_told_at_its_field_and_what_was_typed_stays() {
    let case = Case::new().await;
    let empty = case.send(&[("title", "")]).await;
    assert_eq!(empty.status, 422);
    empty.must_say("Bitte geben Sie einen Betreff ein.");
    empty.must_say("Bitte nennen Sie Personen oder wählen Sie eine Stelle.");
    let typed = [
        ("service", ""),
        ("lines", "jan@mitte.example"),
        ("reason", ""),
    ];
    let refused = case.send(&typed).await;
    assert_eq!(refused.status, 422);
    refused.must_say("Bitte wählen Sie ein Fachverfahren.");
    refused.must_say("Bitte wählen Sie einen Grund.");
    assert_eq!(refused.text("#lines").trim(), "jan@mitte.example");
    assert_eq!(refused.attribute("#title", "value").as_deref(), Some(TITLE));
    let words = Words::new("Betroffene", "Affected");
    let mut affected = FieldFacts::new("betroffene", Kind::Whole, words);
    affected.settings.required = vec![Moment::Create];
    case.desk.field(affected).await;
    let needed = case.send(&[("lines", "jan@mitte.example")]).await;
    assert_eq!(needed.status, 422);
    needed.must_say("die ein Serienbrief nicht machen kann: Betroffene.");
}
