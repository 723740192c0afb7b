//! Lists filtered by a field with more options than anybody looks through.

use entities::field::{Choice, Field, FieldFacts, Kind, Right, Value, Words};
use entities::{Actor, Rule};
use support::desk::{Persona, TestDesk};

const CONSOLE: Actor = Actor::System(Rule::Console);

/// A field with 450 streets, of which two tickets hold one and another ticket another.
async fn streets(desk: &TestDesk, hidden_from: Option<&Persona>) -> Field {
    let mut streets = FieldFacts::new("street", Kind::Choice, Words::new("Straße", "Street"));
    let name = |n: usize| match n {
        440 => "Größenweg".to_owned(),
        n => format!("Straße {n}"),
    };
    streets.options = (0..450).map(|n| Choice::new(name(n), name(n))).collect();
    if let Some(person) = hidden_from {
        let Actor::Person(person) = person.actor().await else {
            panic!()
        };
        streets.settings.rights = vec![(person.roles[0], Right::Hidden)];
    }
    let field = desk.field(streets).await;
    for (title, place) in [("Eins", 440), ("Zwei", 440), ("Drei", 17)] {
        let ticket = desk.ticket(title).await;
        let value = Some(Value::Options(vec![field.options[place].id]));
        desk.set(&CONSOLE, ticket.id, vec![(field.row.id, value)])
            .await
            .unwrap();
    }
    field
}

#[tokio::test]
async fn an_option_of_many_is_found_by_typing_and_filters_the_list() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let field = streets(&desk, None).await;
    let browser = annika.sign_in().await;
    let page = browser.get("/tickets").await;
    assert_eq!(page.count("#filter-fields option"), 0);
    let hits = page.attribute("#filter-f-street-text", "hx-get").unwrap();
    let found = browser
        .htmx_get(&format!("{hits}&f-street-text=grossen"))
        .await;
    assert_eq!(found.texts("[role=option]"), ["Größenweg"]);
    let many = browser.htmx_get(&format!("{hits}&f-street-text=str")).await;
    assert_eq!(many.count("[role=option]:not([aria-disabled])"), 12);
    many.must_say("12 von 449");
    // Chosen.
    let id = field.options[440].id;
    let chosen = format!("/tickets?f-street={id}&f-street-text=Größenweg");
    let list = browser.get(&chosen).await;
    assert_eq!(list.count("#list [data-row]"), 2);
    let head = list.text("#list .sheet__head");
    assert!(head.contains("Größenweg"), "{head}");
    let line = list.attribute("#filter-f-street-text", "value");
    assert_eq!(line.as_deref(), Some("Größenweg"));
    // Another one is typed over it, and not chosen: all that are called so.
    let typed = format!("/tickets?f-street={id}&f-street-text=straße+17");
    let list = browser.get(&typed).await;
    assert_eq!(list.count("#list [data-row]"), 1);
    list.must_say("Drei");
    let nothing = browser.get("/tickets?f-street=&f-street-text=Allee").await;
    assert_eq!(nothing.count("#list [data-row]"), 0);
    let all = format!("/tickets?f-street={id}&f-street-text=");
    assert_eq!(browser.get(&all).await.count("#list [data-row]"), 3);
}

#[tokio::test]
async fn what_holds_none_of_many_options_is_counted_and_asked_for_beside_the_line() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let field = streets(&desk, None).await;
    desk.ticket("Leer").await;
    let browser = annika.sign_in().await;
    let tick = "#filter-fields label:has(input[name=f-street][value='-'])";
    let page = browser.get("/tickets").await;
    assert_eq!(page.text(tick), "keine Angabe 1");
    let id = field.options[440].id;
    // As the form sends it: the choice, what stands in its line, and the tick.
    let asked = [
        (String::new(), "", 1, "keine Angabe"),
        (id.to_string(), "Größenweg", 3, "Größenweg, keine Angabe"),
        (id.to_string(), "straße 17", 2, "straße 17, keine Angabe"),
    ];
    for (id, line, count, said) in asked {
        let list = format!("/tickets?f-street={id}&f-street-text={line}&f-street=-");
        let page = browser.get(&list).await;
        assert_eq!(page.count("#list [data-row]"), count, "{said}");
        assert_eq!(page.text(".chip b"), said);
        let shown = page.attribute("#filter-f-street-text", "value");
        assert_eq!(shown.as_deref(), Some(line));
        assert!(page.has(&format!("{tick} input[checked]")));
        assert_eq!(page.text(tick), "keine Angabe 1");
    }
}

#[tokio::test]
async fn options_of_a_hidden_field_are_found_by_nobody_who_may_not_know_it() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let field = streets(&desk, Some(&annika)).await;
    let browser = annika.sign_in().await;
    let path = format!("/fields/{}/options?of=f-street&any=1", field.row.id);
    assert_eq!(browser.htmx_get(&path).await.status, 404);
    assert!(!browser.get("/tickets").await.has("#filter-f-street-text"));
}
