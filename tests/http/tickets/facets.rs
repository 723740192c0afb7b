//! The filter beside a list: several of each question at once, the number of each, and nothing hidden told.

use entities::field::{Choice, FieldFacts, Kind, Right, Value, Words};
use entities::ticket::Priority;
use entities::{Actor, Rule, Uuid, export, first_start, role};
use support::desk::{Page, TestDesk};

const CONSOLE: Actor = Actor::System(Rule::Console);

fn titles(page: &Page) -> Vec<String> {
    let all = page.texts("#list-table a.subject").into_iter();
    let mut all: Vec<String> = all.map(|t| t.replace("Neue Nachricht: ", "")).collect();
    all.sort();
    all
}

#[tokio::test]
async fn the_filter_counts_what_each_choice_leaves_and_hides_what_the_reader_may_not_know() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let (hort, kita) = (
        desk.service("HortPlan", team).await,
        desk.service("KITA-Netz", team).await,
    );
    let voucher = desk.module("Gutschein", kita).await;
    let pankow = desk.district("Pankow", "PA").await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let agent_role = role::shipped(&desk.db, first_start::AGENT).await;
    let hidden = vec![(agent_role.unwrap().unwrap().id, Right::Hidden)];
    let options = || vec![Choice::new("Fax", "Fax"), Choice::new("Mail", "Mail")];
    let mut way = FieldFacts::new("way", Kind::Choice, Words::new("Weg", "Way"));
    way.options = options();
    let mut cost = FieldFacts::new("cost", Kind::Choice, Words::new("Kosten", "Cost"));
    cost.options = vec![Choice::new("Geheimteuer", "Secretly dear")];
    cost.settings.rights = hidden;
    let (way, cost) = (desk.field(way).await, desk.field(cost).await);
    for (title, service) in [("Eins", hort), ("Zwei", kita), ("Drei", voucher)] {
        let ticket = desk
            .ticket(title)
            .about(service)
            .of_district(pankow)
            .owned_by(&annika)
            .await;
        let set = [(&way, 0), (&cost, 0)];
        let set = set.map(|(field, place)| {
            (
                field.row.id,
                Some(Value::Options(vec![field.options[place].id])),
            )
        });
        desk.set(&CONSOLE, ticket.id, set.to_vec()).await.unwrap();
    }
    let browser = annika.sign_in().await;
    let page = browser.get(&format!("/tickets?service={kita}")).await;
    assert_eq!(titles(&page).len(), 2);
    let services = page.texts("#filter fieldset:has(input[name=service]) label");
    assert_eq!(services, ["KITA-Netz 2", "Gutschein 1", "HortPlan 1"]);
    assert_eq!(page.texts("#filter .bezgrid label"), ["PA 2 Pankow"]);
    let people = page.texts("#filter fieldset:has(input[name=owner]) label");
    assert_eq!(people[0], "ich 2");
    let way = page.texts("#filter fieldset:has(input[name=f-way]) label");
    assert_eq!(way, ["Fax 2", "Mail 0", "keine Angabe 0"]);
    assert!(!page.body().contains("Geheimteuer") && !page.body().contains("Kosten"));
    let module = browser
        .get(&format!("/tickets?service={kita}&module={voucher}"))
        .await;
    assert_eq!(titles(&module), ["Drei"]);
    let other = browser
        .get(&format!("/tickets?service={hort}&module={voucher}"))
        .await;
    assert_eq!(titles(&other), ["Eins"]);
}

#[tokio::test]
async fn several_services_people_and_districts_are_asked_for_at_once() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let (hort, kita, elterngeld) = (
        desk.service("HortPlan", team).await,
        desk.service("KITA-Netz", team).await,
        desk.service("Elterngeld", team).await,
    );
    let (pankow, mitte) = (
        desk.district("Pankow", "PA").await,
        desk.district("Mitte", "MI").await,
    );
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let mira = desk.agent("Mira Kessler").in_team(team).await;
    desk.ticket("Eins")
        .about(hort)
        .of_district(pankow)
        .owned_by(&annika)
        .await;
    desk.ticket("Zwei")
        .about(kita)
        .of_district(mitte)
        .owned_by(&mira)
        .await;
    desk.ticket("Drei")
        .about(elterngeld)
        .of_district(mitte)
        .await;
    desk.ticket("Vier").await;
    let browser = annika.sign_in().await;
    let page = browser.get("/tickets").await;
    let form = [
        ("service", hort.to_string()),
        ("service", kita.to_string()),
        ("service", "none".to_owned()),
    ];
    let asked = |typed: &[(&str, String)]| {
        let typed = typed.iter().map(|(name, value)| format!("{name}={value}"));
        format!("/tickets?{}", typed.collect::<Vec<_>>().join("&"))
    };
    assert_eq!(titles(&page).len(), 4);
    let services = browser.get(&asked(&form)).await;
    assert_eq!(titles(&services), ["Eins", "Vier", "Zwei"]);
    assert_eq!(
        services.text(".chip b"),
        "HortPlan, KITA-Netz, ohne Fachverfahren"
    );
    let chosen = services.texts("#filter label:has(input[name=service][checked])");
    assert_eq!(
        chosen,
        ["HortPlan 1", "KITA-Netz 1", "ohne Fachverfahren 1"]
    );
    services.must_say("Elterngeld");
    let narrow = asked(
        &[
            &form[..],
            &[("owner", "me".to_owned()), ("owner", "nobody".to_owned())],
        ]
        .concat(),
    );
    assert_eq!(titles(&browser.get(&narrow).await), ["Eins", "Vier"]);
    let narrower = format!("{narrow}&district={pankow}&district={mitte}");
    assert_eq!(titles(&browser.get(&narrower).await), ["Eins"]);
    let nowhere = browser.get("/tickets?district=none").await;
    assert_eq!(titles(&nowhere), ["Vier"]);
    assert_eq!(nowhere.text(".chip b"), "ohne Bezirk");
}

#[tokio::test]
async fn several_teams_ways_and_priorities_are_asked_for_at_once_each_with_its_number() {
    let desk = TestDesk::new().await;
    let (first, second) = (desk.team("Jugend 1").await, desk.team("Jugend 2").await);
    let annika = desk.agent("Annika Brandt").in_team(first).await;
    desk.ticket("Eins").in_team(first).await;
    desk.ticket("Zwei")
        .in_team(second)
        .urgent(Priority::High)
        .await;
    desk.ticket("Drei").urgent(Priority::High).await;
    let browser = annika.sign_in().await;
    let page = browser.get("/tickets").await;
    let facet = |page: &Page, name: &str| {
        page.texts(&format!("#filter fieldset:has(input[name={name}]) label"))
    };
    let teams = ["Jugend 1 1", "Jugend 2 1", "ohne Team 1"];
    assert_eq!(facet(&page, "team"), teams);
    let priorities = ["Sehr hoch 0", "Hoch 2", "Normal 1", "Niedrig 0"];
    assert_eq!(facet(&page, "priority"), priorities);
    assert_eq!(facet(&page, "channel"), ["E-Mail 0", "Telefon 3"]);
    let asked = format!("/tickets?team={second}&team=none");
    let both = browser.get(&asked).await;
    assert_eq!(titles(&both), ["Drei", "Zwei"]);
    assert_eq!(both.text(".chip b"), "Jugend 2, ohne Team");
    assert_eq!(facet(&both, "team"), teams);
    let by_phone = format!("{asked}&channel=phone&channel=mail&priority=normal&priority=high");
    let page = browser.get(&by_phone).await;
    assert_eq!(titles(&page), ["Drei", "Zwei"]);
    let none = browser.get(&format!("{asked}&channel=mail")).await;
    assert!(titles(&none).is_empty());
    assert_eq!(facet(&none, "channel"), ["E-Mail 0", "Telefon 2"]);
    // A view keeps them, and an address from before still means the same.
    let link = both.attribute("a[href^='/views/new?']", "href").unwrap();
    let form = browser.get(&link).await;
    let saved = browser
        .submit(&form, "#view-form", &[("name", "Zwei und keins")])
        .await;
    let view = browser.get(&saved.location().unwrap()).await;
    assert_eq!(titles(&view), ["Drei", "Zwei"]);
    let old = browser.get(&format!("/tickets?team={first}")).await;
    assert_eq!(titles(&old), ["Eins"]);
}

#[tokio::test]
async fn below_an_option_of_a_tree_stand_its_own_without_its_words() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let mut topic = FieldFacts::new("topic", Kind::Tree, Words::new("Thema", "Topic"));
    let letter = Choice::new("Bescheid", "Decision");
    let print = Choice {
        parent_id: Some(letter.id),
        ..Choice::new("Druck", "Print")
    };
    let printer = Choice {
        parent_id: Some(print.id),
        ..Choice::new("Drucker", "Printer")
    };
    topic.options = vec![letter, print, printer];
    let topic = desk.field(topic).await;
    let ids: Vec<Uuid> = topic.options.iter().map(|o| o.id).collect();
    let ticket = desk.ticket("Eins").await;
    let set = vec![(topic.row.id, Some(Value::Options(vec![ids[2]])))];
    desk.set(&CONSOLE, ticket.id, set).await.unwrap();
    desk.ticket("Zwei").await;
    let browser = annika.sign_in().await;
    let page = browser.get("/tickets").await;
    let lines = "#filter fieldset:has(input[name=f-topic]) label";
    // What stands above is said to whoever hears one line alone.
    let said = [
        "Bescheid 1",
        "Bescheid › Druck 1",
        "Bescheid › Druck › Drucker 1",
        "keine Angabe 1",
    ];
    assert_eq!(page.texts(lines), said);
    let heard = page.texts(&format!("{lines} .sr"));
    assert_eq!(heard, ["Bescheid ›", "Bescheid › Druck ›"]);
    let none = browser.get("/tickets?field=topic:-").await;
    assert_eq!(titles(&none), ["Zwei"]);
    assert_eq!(page.texts(lines), none.texts(lines));
}

#[tokio::test]
async fn what_was_ticked_is_kept_in_a_view_and_said_at_the_head_of_an_export() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let (hort, kita) = (
        desk.service("HortPlan", team).await,
        desk.service("KITA-Netz", team).await,
    );
    let mut way = FieldFacts::new("way", Kind::Choice, Words::new("Weg", "Way"));
    way.options = vec![Choice::new("Fax", "Fax"), Choice::new("Mail", "Mail")];
    let way = desk.field(way).await;
    let mut tickets = Vec::new();
    for (title, service, place) in [("Eins", hort, 0), ("Zwei", kita, 1), ("Drei", kita, 0)] {
        let ticket = desk.ticket(title).about(service).await;
        let option = Value::Options(vec![way.options[place].id]);
        let set = vec![(way.row.id, Some(option))];
        desk.set(&CONSOLE, ticket.id, set).await.unwrap();
        tickets.push(ticket);
    }
    desk.ticket("Vier").about(hort).await;
    let admin = desk.administrator().await;
    let browser = admin.sign_in().await;
    // As the form sends it: two ticks of one question, with what it asks besides left empty.
    let fax = way.options[0].id;
    let list = format!("/tickets?owner=&state=&service={kita}&service={hort}&f-way={fax}&f-way=-");
    let page = browser.get(&list).await;
    assert_eq!(titles(&page), ["Drei", "Eins", "Vier"]);
    assert_eq!(
        page.texts(".chip b"),
        ["HortPlan, KITA-Netz", "Fax, keine Angabe"]
    );
    let link = page.attribute("a[href^='/views/new?']", "href").unwrap();
    let form = browser.get(&link).await;
    let saved = browser
        .submit(&form, "#view-form", &[("name", "Fax")])
        .await;
    let view = browser.get(&saved.location().unwrap()).await;
    assert_eq!(titles(&view), ["Drei", "Eins", "Vier"]);
    assert!(!view.has("#view-changed"));
    assert_eq!(view.text("#sidenav-views a[aria-current]"), "Fax gesamt: 3");
    let list = view.attribute("#bulk-form", "action").unwrap();
    let list = list.replace("/tickets/bulk", "/tickets/export");
    let begun = browser.post(&list, &[("format", "xlsx")]).await;
    let begun = begun.location().unwrap();
    let id = Uuid::try_parse(begun.rsplit('/').next().unwrap()).unwrap();
    let export = export::find(&desk.db, &admin.actor().await, id).await;
    assert_eq!(
        export.unwrap().about,
        "Fachverfahren: HortPlan, KITA-Netz; Weg: Fax, keine Angabe"
    );
}
