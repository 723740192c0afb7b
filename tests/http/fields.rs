//! Defining fields: the form keeps what was typed, says what is wrong where it is, and loses no old value.

use entities::field::{Choice, FieldFacts, Kind, Value, Words, list, read};
use entities::{Actor, Rule, Uuid};
use support::desk::{Client, Page, TestDesk};

const CONSOLE: Actor = Actor::System(Rule::Console);

async fn ready() -> (TestDesk, Client) {
    let desk = TestDesk::new().await;
    let browser = desk.administrator().await.sign_in().await;
    (desk, browser)
}

fn typed<'a>(kind: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all = vec![("label_de", "Thema"), ("key", "topic"), ("kind", kind)];
    all.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
    all.extend(more);
    all
}

async fn create(browser: &Client, typed: &[(&str, &str)]) -> Page {
    let form = browser.get("/settings/fields/new").await;
    browser.submit(&form, "#field-form", typed).await
}

async fn created(desk: &TestDesk, page: &Page) -> entities::field::Field {
    assert_eq!(page.status, 303, "{}", page.describe());
    let to = page.location().unwrap();
    let id = to
        .split(['?', '/'])
        .find_map(|part| Uuid::try_parse(part).ok());
    list::find(&desk.db, &CONSOLE, id.unwrap()).await.unwrap()
}

#[tokio::test]
async fn a_tree_is_typed_as_lines_and_changed_without_losing_old_values() {
    let (desk, browser) = ready().await;
    let lines = "Bescheid | Decision\n- Druck | Printing\n- Versand\nZahlung | Payment";
    let made = create(&browser, &typed("tree", &[("options", lines)])).await;
    let field = created(&desk, &made).await;
    let labels: Vec<&str> = field.options.iter().map(|o| o.label.de.as_str()).collect();
    assert_eq!(labels, ["Bescheid", "Druck", "Versand", "Zahlung"]);
    assert_eq!(field.options[1].parent_id, Some(field.options[0].id));
    let druck = field.options[1].id;
    let ticket = desk.ticket("Gutschein").await;
    let value = Value::Options(vec![druck]);
    let set = vec![(field.row.id, Some(value.clone()))];
    desk.set(&CONSOLE, ticket.id, set).await.unwrap();

    let address = format!("/settings/fields/{}", field.row.id);
    let form = browser.get(&address).await;
    form.must_say("in einem Ticket gefüllt");
    let shorter = [(
        "options",
        "Zahlung | Payment\nBescheid | Decision\n- Versand",
    )];
    let saved = browser.submit(&form, "#field-form", &shorter).await;
    assert_eq!(saved.status, 303, "{}", saved.describe());
    let after = list::find(&desk.db, &CONSOLE, field.row.id).await.unwrap();
    assert!(after.options.iter().any(|o| o.id == druck && o.retired));
    let here = desk.read(ticket.id).await;
    let sheet = read::sheet(&desk.db, &CONSOLE, &here).await.unwrap();
    assert_eq!(sheet.values.get(&field.row.id), Some(&value));
    assert_eq!(sheet.words[&druck].de, "Bescheid › Druck");
}

/// The lines of a form's options.
fn lines(form: &Page) -> String {
    let filled = form.fill("#field-form", &[]);
    let options = filled
        .fields
        .into_iter()
        .find(|(name, _)| name == "options");
    options.unwrap().1
}

#[tokio::test]
async fn an_option_that_is_renamed_or_moved_stays_the_same_option() {
    let (desk, browser) = ready().await;
    let text = "Bescheid\n- Druck\n- Versand\nZahlung";
    let made = create(&browser, &typed("tree", &[("options", text)])).await;
    let field = created(&desk, &made).await;
    let (druck, versand) = (field.options[1].id, field.options[2].id);
    let address = format!("/settings/fields/{}", field.row.id);
    let form = browser.get(&address).await;
    let before = lines(&form);
    let moved = before
        .replace("Druck", "Ausdruck")
        .replace("- Versand", "Versand");
    // The old words may be another option's from now on.
    let after = moved.replace("Zahlung", "- Druck\nZahlung");
    let preview = [
        ("options", after.as_str()),
        ("version", "1"),
        ("label_de", "Thema"),
    ];
    let preview = browser
        .htmx_post(&format!("{address}/preview"), &preview)
        .await;
    preview.must_say("Umbenannt: Druck → Ausdruck");
    let saved = browser
        .submit(&form, "#field-form", &[("options", &after)])
        .await;
    assert_eq!(saved.status, 303, "{}", saved.describe());
    let now = list::find(&desk.db, &CONSOLE, field.row.id).await.unwrap();
    assert_eq!(now.option(druck).unwrap().label.de, "Ausdruck");
    assert_eq!(now.option(versand).unwrap().parent_id, None);
    assert!(now.options.iter().all(|o| !o.retired), "{:#?}", now.options);
    assert_eq!(now.options.len(), 5);
    // A mark of nothing, and one that stands twice, are told by their lines.
    let form = browser.get(&address).await;
    let mark = before.rsplit_once(' ').unwrap().1;
    for (wrong, told) in [
        (
            "Neu #0badc0de".to_owned(),
            "Zeile 5: Die Kennung #0badc0de gehört",
        ),
        (format!("Anders {mark}"), "steht schon in einer Zeile davor"),
    ] {
        let options = format!("{before}\n{wrong}");
        let refused = browser
            .submit(&form, "#field-form", &[("options", &options)])
            .await;
        assert_eq!(refused.status, 422);
        let fault = refused.text("#options-fault");
        assert!(fault.contains(told), "{fault}");
    }
}

#[tokio::test]
async fn ten_thousand_lines_are_taken_or_their_faults_are_named() {
    let (desk, browser) = ready().await;
    let lines: Vec<String> = (1..=10_000).map(|n| format!("Nummer {n}")).collect();
    let twice = format!("{}\nNummer 17\nNummer 4711", lines.join("\n"));
    let refused = create(&browser, &typed("choice", &[("options", &twice)])).await;
    assert_eq!(refused.status, 422);
    refused.must_say("Zeile 10.001: „Nummer 17“ steht dort schon.");
    assert!(refused.text("#options").contains("Nummer 9999"));
    let made = create(
        &browser,
        &typed("choice", &[("options", &lines.join("\n"))]),
    )
    .await;
    assert_eq!(created(&desk, &made).await.options.len(), 10_000);
}

#[tokio::test]
async fn every_fault_stands_beside_its_field_and_what_was_typed_stays() {
    let (_desk, browser) = ready().await;
    let faults = [
        ("text", "pattern", "(", "#pattern-fault"),
        // It would take more memory than any pattern may.
        ("text", "pattern", "((a{1000}){1000})", "#pattern-fault"),
        ("whole", "min", "zwei", "#min-fault"),
        ("external", "link", "javascript:x", "#link-fault"),
        ("text", "key", "Zwei Worte", "#key-fault"),
        ("choice", "options", "- Druck", "#options-fault"),
        ("choice", "default", "Fax", "#default-fault"),
    ];
    for (kind, name, value, place) in faults {
        let refused = create(&browser, &typed(kind, &[(name, value)])).await;
        assert_eq!(refused.status, 422, "{name}");
        assert!(
            !refused.text(place).is_empty(),
            "{name}: {}",
            refused.describe()
        );
        let kept = match refused.attribute(&format!("#{name}"), "value") {
            Some(kept) => kept,
            None => refused.text(&format!("#{name}")),
        };
        assert_eq!(kept.trim(), value);
    }
}

#[tokio::test]
async fn of_two_administrators_the_second_is_told_and_keeps_what_was_typed() {
    let (desk, browser) = ready().await;
    let field = desk
        .field(FieldFacts::new(
            "topic",
            Kind::Text,
            Words::new("Thema", "Topic"),
        ))
        .await;
    let address = format!("/settings/fields/{}", field.row.id);
    let mine = browser.get(&address).await;
    let theirs = browser.get(&address).await;
    let first = browser
        .submit(&theirs, "#field-form", &[("help_de", "Worum geht es?")])
        .await;
    assert_eq!(first.status, 303);
    let late = browser
        .submit(&mine, "#field-form", &[("label_de", "Gegenstand")])
        .await;
    assert_eq!(late.status, 422);
    late.must_say("Jemand anderes hat inzwischen etwas geändert.");
    assert_eq!(late.attribute("#label_de", "value").unwrap(), "Gegenstand");
    // The later one sees what would be overwritten.
    late.must_say("Hilfetext (Deutsch) : Worum geht es?");
    late.must_say("Bezeichnung (Deutsch) : Thema");
    let again = browser.submit(&late, "#field-form", &[]).await;
    assert_eq!(again.status, 303);
}

#[tokio::test]
async fn the_preview_tries_the_pattern_and_shows_the_control() {
    let (_desk, browser) = ready().await;
    let typed = typed(
        "external",
        &[("pattern", "KN-[0-9]{4}"), ("examples", "KN-4102\nKN-41")],
    );
    let shown = browser
        .htmx_post("/settings/fields/new/preview", &typed)
        .await;
    let tried = shown.texts("#field-preview .plainlist li");
    assert_eq!(tried, ["KN-4102 passt", "KN-41 passt nicht"]);
    assert!(shown.has("#preview-form"));
}

#[tokio::test]
async fn the_list_is_filtered_and_ordered_by_fields_the_reader_knows() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let mut way = FieldFacts::new("way", Kind::Choice, Words::new("Weg", "Way"));
    way.options = vec![Choice::new("Fax", "Fax"), Choice::new("Mail", "Mail")];
    let way = desk.field(way).await;
    let role = entities::role::shipped(&desk.db, entities::first_start::AGENT).await;
    let mut cost = FieldFacts::new("cost", Kind::Whole, Words::new("Kosten", "Cost"));
    cost.settings.rights = vec![(role.unwrap().unwrap().id, entities::field::Right::Hidden)];
    let cost = desk.field(cost).await;
    for (title, option, amount) in [("Eins", 0, 3), ("Zwei", 1, 2), ("Drei", 0, 1)] {
        let ticket = desk.ticket(title).await;
        let option = Value::Options(vec![way.options[option].id]);
        let held = vec![
            (way.row.id, Some(option)),
            (cost.row.id, Some(Value::Number(amount))),
        ];
        desk.set(&CONSOLE, ticket.id, held).await.unwrap();
    }
    let fax = way.options[0].id;
    let page = annika
        .get(&format!("/tickets?f-way={fax}&sort=f-way"))
        .await;
    assert_eq!(
        page.texts("td[data-col=subject] a"),
        ["Neue Nachricht: Eins", "Neue Nachricht: Drei"]
    );
    assert_eq!(page.texts("td[data-col=field]"), ["Fax", "Fax"]);
    assert!(page.text(".chip").contains("Weg Fax"));
    // A field that is hidden neither filters nor orders nor shows.
    let page = annika.get("/tickets?field=cost:1&sort=f-cost").await;
    assert_eq!(page.count("td[data-col=subject] a"), 3);
    assert!(!page.body().contains("Kosten"));
}

#[tokio::test]
async fn every_change_of_a_definition_stands_in_its_history() {
    let (desk, browser) = ready().await;
    let made = create(&browser, &typed("choice", &[("options", "Fax\nMail")])).await;
    let field = created(&desk, &made).await;
    let address = format!("/settings/fields/{}", field.row.id);
    let form = browser.get(&address).await;
    let after = lines(&form).replace("Fax", "Telefax") + "\nBrief";
    let changed = [("label_de", "Eingangsweg"), ("options", &after)];
    let saved = browser.submit(&form, "#field-form", &changed).await;
    assert_eq!(saved.status, 303, "{}", saved.describe());
    let history = browser.get(&format!("{address}/history")).await;
    history.must_say("Umbenannt: Fax → Telefax");
    history.must_say("neu Brief");
    history.must_say("Eingangsweg");
    assert_eq!(history.count("tbody tr"), 2);
    let agent = desk.agent("Annika Brandt").await.sign_in().await;
    let refused = agent.get(&format!("{address}/history")).await;
    assert_eq!(refused.status, 404);
}

#[tokio::test]
async fn a_key_that_is_taken_is_told_and_everything_typed_stays() {
    let (_desk, browser) = ready().await;
    let first = create(&browser, &typed("text", &[("key", "topic")])).await;
    assert_eq!(first.status, 303, "{}", first.describe());
    let again = typed("text", &[("key", "topic"), ("help_de", "Worum geht es?")]);
    let refused = create(&browser, &again).await;
    assert_eq!(refused.status, 422);
    assert!(!refused.text("#key-fault").is_empty());
    assert_eq!(refused.attribute("#key", "value").unwrap(), "topic");
    let help = refused.attribute("#help_de", "value").unwrap();
    assert_eq!(help, "Worum geht es?");
}

#[test]
fn no_pattern_runs_longer_than_its_text_is_long() {
    use entities::field::pattern::Pattern;
    let text = format!("{}!", "a".repeat(20_000));
    for pattern in ["(a+)+", "(a|a)*", "(a|aa)+", "(.*a){20}"] {
        let pattern = Pattern::parse(pattern).unwrap();
        assert!(!pattern.fits(&text));
    }
}
