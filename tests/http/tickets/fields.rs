//! Dynamic fields on the ticket: filled in place, asked for when needed, kept when they do not fit.

use entities::field::{Choice, Field, FieldFacts, Kind, Moment, Value, Words, read};
use entities::ticket::{State, Ticket};
use entities::{Actor, Rule, Uuid};
use support::desk::{Client, TestDesk};

const CONSOLE: Actor = Actor::System(Rule::Console);

struct Case {
    desk: TestDesk,
    browser: Client,
    ticket: Ticket,
    service: Uuid,
    annika: Uuid,
}

fn facts(key: &str, kind: Kind) -> FieldFacts {
    FieldFacts::new(
        key,
        kind,
        Words::new(format!("Feld {key}"), format!("Field {key}")),
    )
}

fn options(names: &[&str]) -> Vec<Choice> {
    names.iter().map(|name| Choice::new(*name, *name)).collect()
}

impl Case {
    async fn ready() -> Case {
        let desk = TestDesk::new().await;
        let team = desk.team("Jugend 1").await;
        let service = desk.service("KITA-Netz", team).await;
        let annika = desk.agent("Annika Brandt").in_team(team).await;
        let ticket = desk.ticket("Gutschein").in_team(team).await;
        Case {
            browser: annika.sign_in().await,
            annika: annika.id,
            ticket,
            service,
            desk,
        }
    }

    fn path(&self, part: &str) -> String {
        format!("/tickets/{}/{part}", self.ticket.number)
            .trim_end_matches('/')
            .to_owned()
    }

    /// Opens the form of a field, types, sends, and gives what the ticket then holds.
    async fn fill(&self, field: &Field, typed: &[(&str, &str)]) -> Result<Option<Value>, String> {
        let path = self.path(&format!("fields/{}/edit", field.row.id));
        let form = self.browser.get(&path).await;
        let sent = self.browser.submit(&form, "#fact-form", typed).await;
        if sent.status == 422 {
            return Err(sent.text(".error"));
        }
        assert_eq!(sent.status, 303, "{}", sent.describe());
        let ticket = self.desk.read(self.ticket.id).await;
        let sheet = read::sheet(&self.desk.db, &CONSOLE, &ticket).await.unwrap();
        Ok(sheet.values.get(&field.row.id).cloned())
    }
}

#[tokio::test]
async fn every_kind_of_field_is_filled_by_a_form_without_scripts() {
    let case = Case::ready().await;
    let with = |key: &str, kind, names: &[&str]| FieldFacts {
        options: options(names),
        ..facts(key, kind)
    };
    let many: Vec<String> = (1..40).map(|n| format!("Nummer {n}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let desk = &case.desk;
    let text = desk.field(facts("text", Kind::Text)).await;
    let filled = case.fill(&text, &[("value", " Stichtag ")]).await;
    assert_eq!(filled, Ok(Some(Value::Text("Stichtag".to_owned()))));
    let choice = desk
        .field(with("choice", Kind::Choice, &["Fax", "Mail"]))
        .await;
    let mail = choice.options[1].id;
    let filled = case.fill(&choice, &[("value", &mail.to_string())]).await;
    assert_eq!(filled, Ok(Some(Value::Options(vec![mail]))));
    let found = desk.field(with("found", Kind::Choice, &many)).await;
    let filled = case.fill(&found, &[("value-text", "Nummer 17")]).await;
    assert_eq!(filled, Ok(Some(Value::Options(vec![found.options[16].id]))));
    let several = case.fill(&found, &[("value-text", "Nummer 1 ")]).await;
    assert_eq!(several, Ok(Some(Value::Options(vec![found.options[0].id]))));
    let none = case.fill(&found, &[("value-text", "Nummern")]).await;
    assert!(none.unwrap_err().contains("wählen Sie einen anderen"));
    let cleared = case.fill(&found, &[("value-text", "")]).await;
    assert_eq!(cleared, Ok(None));
    let yes = desk.field(facts("yes", Kind::YesNo)).await;
    assert_eq!(
        case.fill(&yes, &[("value", "no")]).await,
        Ok(Some(Value::YesNo(false)))
    );
    let whole = desk.field(facts("whole", Kind::Whole)).await;
    let filled = case.fill(&whole, &[("value", "1.284")]).await;
    assert_eq!(filled, Ok(Some(Value::Number(1284))));
    assert!(case.fill(&whole, &[("value", "7,4")]).await.is_err());
    let decimal = desk.field(facts("decimal", Kind::Decimal)).await;
    for typed in ["2,5", "2.5"] {
        let filled = case.fill(&decimal, &[("value", typed)]).await;
        assert_eq!(filled, Ok(Some(Value::Number(2_500_000))), "{typed}");
    }
    let money = desk.field(facts("money", Kind::Money)).await;
    let filled = case.fill(&money, &[("value", "1.250,50 €")]).await;
    assert_eq!(filled, Ok(Some(Value::Number(125_050))));
    let date = desk.field(facts("date", Kind::Date)).await;
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    let filled = case.fill(&date, &[("value", "24.11.2026")]).await;
    assert_eq!(filled, Ok(Some(Value::Date(day))));
    assert!(case.fill(&date, &[("value", "31.02.2026")]).await.is_err());
    let person = desk.field(facts("person", Kind::Person)).await;
    let filled = case.fill(&person, &[("value-text", "Annika Brandt")]).await;
    assert_eq!(filled, Ok(Some(Value::Reference(case.annika))));
    let ticket = desk.field(facts("ticket", Kind::Ticket)).await;
    let filled = case
        .fill(&ticket, &[("value-text", &case.ticket.number)])
        .await;
    assert_eq!(filled, Ok(Some(Value::Reference(case.ticket.id))));
    let page = case.browser.get(&case.path("")).await;
    page.must_say("9 von 10 Feldern");
    page.must_say("1.250,50 €");
}

#[tokio::test]
async fn what_does_not_fit_is_told_beside_the_field_and_kept() {
    let case = Case::ready().await;
    let mut release = facts("release", Kind::External);
    release.settings.help = Words::new("Zum Beispiel KN-4102", "For example KN-4102");
    release.settings.limits.pattern = Some("[A-Z]{2}-[0-9]{4}".to_owned());
    release.settings.limits.link = Some("https://vendor.example/{value}".to_owned());
    let field = case.desk.field(release).await;
    let path = case.path(&format!("fields/{}/edit", field.row.id));
    let form = case.browser.get(&path).await;
    let typed = [("value", "kn 4102")];
    let sent = case.browser.submit(&form, "#fact-form", &typed).await;
    assert_eq!(sent.status, 422);
    assert_eq!(sent.attribute("#value", "value").unwrap(), "kn 4102");
    assert_eq!(sent.attribute("#value", "aria-invalid").unwrap(), "true");
    sent.must_say("Zum Beispiel KN-4102");
    case.fill(&field, &[("value", "KN-4102")]).await.unwrap();
    let page = case.browser.get(&case.path("")).await;
    let link = page.attribute("#fact-field-release a[rel]", "href");
    assert_eq!(link.unwrap(), "https://vendor.example/KN-4102");
}

#[tokio::test]
async fn solving_asks_for_what_is_missing_and_takes_it_along() {
    let case = Case::ready().await;
    let mut cause = facts("cause", Kind::Text);
    cause.settings.required = vec![Moment::Close];
    case.desk.field(cause).await;
    let page = case.browser.get(&case.path("")).await;
    page.must_say("Noch eine Pflichtangabe");
    let form = case.browser.get(&case.path("state/edit")).await;
    let typed = [("value", "solved"), ("reason", "data")];
    let asked = case.browser.submit(&form, "#fact-form", &typed).await;
    assert_eq!(asked.status, 422);
    assert!(
        asked
            .text("#f-cause-fault")
            .contains("füllen Sie dieses Feld")
    );
    assert_eq!(case.desk.read(case.ticket.id).await.state, State::New);
    let typed = [("f-cause", "Stichtag fehlte")];
    let sent = case.browser.submit(&asked, "#fact-form", &typed).await;
    assert_eq!(sent.status, 303, "{}", sent.describe());
    assert_eq!(case.desk.read(case.ticket.id).await.state, State::Solved);
    let history = case.browser.get(&case.path("history")).await;
    history.must_say("Feld cause: Stichtag fehlte");
}

#[tokio::test]
async fn a_service_asks_for_its_own_fields() {
    let case = Case::ready().await;
    let mut topic = facts("topic", Kind::Text);
    topic.settings.required = vec![Moment::Classify];
    topic.settings.shown.services = vec![case.service];
    case.desk.field(topic).await;
    let form = case.browser.get(&case.path("service/edit")).await;
    let service = case.service.to_string();
    let typed = [("value", service.as_str())];
    let asked = case.browser.submit(&form, "#fact-form", &typed).await;
    assert_eq!(asked.status, 422);
    let typed = [("f-topic", "Druck")];
    let sent = case.browser.submit(&asked, "#fact-form", &typed).await;
    assert_eq!(sent.status, 303, "{}", sent.describe());
    let ticket = case.desk.read(case.ticket.id).await;
    assert_eq!(ticket.service_id, Some(case.service));
    case.browser.get(&case.path("")).await.must_say("Druck");
}

#[tokio::test]
async fn a_call_is_taken_with_its_fields() {
    let case = Case::ready().await;
    let mut affected = facts("affected", Kind::Whole);
    affected.settings.required = vec![Moment::Create];
    affected.settings.limits.min = Some(1);
    let affected = case.desk.field(affected).await;
    let form = case.browser.get("/tickets/new").await;
    let typed = [
        ("person_id", "new"),
        ("name", "Elif Yıldırım"),
        ("title", "Zahllauf"),
        ("text", "bricht ab"),
        ("f-affected", "0"),
    ];
    let refused = case.browser.submit(&form, "#phone-form", &typed).await;
    assert_eq!(refused.status, 422);
    refused.must_say("Bitte geben Sie mindestens 1 ein.");
    assert_eq!(refused.attribute("#f-affected", "value").unwrap(), "0");
    let typed = [
        ("f-affected", "12"),
        ("person_id", "new"),
        ("name", "Elif Yıldırım"),
    ];
    let sent = case.browser.submit(&refused, "#phone-form", &typed).await;
    assert_eq!(sent.status, 303, "{}", sent.describe());
    let page = case.browser.follow(&sent).await;
    assert!(page.text("#fact-field-affected").contains("12"));
    // The next call of the same person can begin where the last one ended.
    let number = sent.location().unwrap();
    let number = number.rsplit('/').next().unwrap();
    let ticket = entities::ticket::show::by_number(&case.desk.db, &CONSOLE, number).await;
    let person = ticket.unwrap().requester_id.unwrap().to_string();
    let typed = [("person_id", person.as_str())];
    let same = case.browser.htmx_post("/tickets/new/same", &typed).await;
    let name = format!("#f-{}", affected.row.key);
    assert_eq!(same.attribute(&name, "value").unwrap(), "12");
}

#[tokio::test]
async fn an_option_that_is_retired_while_a_form_is_open_is_told_and_stays_to_be_seen() {
    let case = Case::ready().await;
    let mut way = facts("way", Kind::Choice);
    way.options = options(&["Fax", "Mail"]);
    let field = case.desk.field(way.clone()).await;
    let fax = field.options[0].id;
    let path = case.path(&format!("fields/{}/edit", field.row.id));
    let form = case.browser.get(&path).await;
    way.options.clone_from(&field.options);
    way.options[0].retired = true;
    way.version = field.row.version;
    let update = entities::field::Update {
        id: field.row.id,
        facts: way,
    };
    let permit = entities::Permit::ask(&CONSOLE, entities::permit::Desk).unwrap();
    case.desk.db.change(permit, update).await.unwrap();
    let typed = [("value", fax.to_string())];
    let typed = typed
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    let sent = case.browser.submit(&form, "#fact-form", &typed).await;
    assert_eq!(sent.status, 422);
    assert!(sent.text(".error").contains("wählen Sie einen anderen"));
    assert_eq!(
        sent.text("#value option[selected]"),
        "Fax (nicht mehr zur Auswahl)"
    );
    // Whoever had it before keeps it.
    let held = vec![(
        field.row.id,
        Some(Value::Options(vec![field.options[1].id])),
    )];
    case.desk.set(&CONSOLE, case.ticket.id, held).await.unwrap();
}
