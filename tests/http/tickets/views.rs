//! Views: a list is saved, found at the side, changed, and never shows more than its reader may see.

use entities::field::{Choice, FieldFacts, Kind, Right, Value, Words};
use entities::policy::Scope;
use entities::ticket::Priority;
use entities::{Actor, Permission, Rule, Uuid, first_start, role};
use support::desk::{Client, Page, TestDesk};

const CONSOLE: Actor = Actor::System(Rule::Console);

/// Saves a list as a person does; gives the address of the view.
async fn save(browser: &Client, list: &str, typed: &[(&str, &str)]) -> String {
    let page = browser.get(list).await;
    let link = page.attribute("a[href^='/views/new?']", "href").unwrap();
    let form = browser.get(&link).await;
    let saved = browser.submit(&form, "#view-form", typed).await;
    assert_eq!(saved.status, 303, "{}", saved.describe());
    saved.location().unwrap()
}

fn titles(page: &Page) -> Vec<String> {
    let all = page.texts("#list-table a.subject").into_iter();
    all.map(|t| t.replace("Neue Nachricht: ", "")).collect()
}

fn id(address: &str) -> Uuid {
    Uuid::try_parse(address.split("view=").nth(1).unwrap()).unwrap()
}

#[tokio::test]
async fn a_saved_list_stands_at_the_side_with_its_count_and_opens_again() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    desk.ticket("Eilig").urgent(Priority::VeryHigh).await;
    desk.ticket("Auch eilig").urgent(Priority::VeryHigh).await;
    desk.ticket("Ruhig").await;
    let browser = annika.sign_in().await;
    let list = "/tickets?priority=very_high&sort=created&column=number,title,requester";
    let view = save(&browser, list, &[("name", "Feuerwehr")]).await;
    let page = browser.get(&view).await;
    assert_eq!(titles(&page), ["Eilig", "Auch eilig"]);
    assert!(page.text("#list-title").starts_with("Feuerwehr"));
    assert_eq!(page.count("#list-table thead th"), 4);
    assert!(!page.has("#view-changed"));
    let current = page.text("#sidenav-views a[aria-current]");
    assert_eq!(current, "Feuerwehr gesamt: 2");
    // A ticket opened from it remembers the view and its name.
    let ticket = page.attribute("#list-table a.subject", "href").unwrap();
    let ticket = browser.get(&ticket).await;
    assert!(ticket.text("#pane-title").starts_with("Feuerwehr"));
}

#[tokio::test]
async fn a_changed_list_says_so_and_is_saved_or_left_alone() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    desk.ticket("Eilig").urgent(Priority::VeryHigh).await;
    desk.ticket("Ruhig").await;
    let browser = annika.sign_in().await;
    let view = save(
        &browser,
        "/tickets?priority=very_high",
        &[("name", "Feuerwehr")],
    )
    .await;
    let page = browser.get(&view).await;
    let lift = page.attribute(".chip a", "href").unwrap();
    let changed = browser.get(&lift).await;
    assert_eq!(titles(&changed).len(), 2);
    changed.must_say("gegenüber der Ansicht „Feuerwehr“ verändert");
    assert_eq!(titles(&browser.get(&view).await), ["Eilig"]);
    let kept = browser.submit(&changed, "#view-changed form", &[]).await;
    assert_eq!(kept.location().unwrap(), view);
    let page = browser.get(&view).await;
    assert_eq!(titles(&page).len(), 2);
    assert!(!page.has("#view-changed"));
}

#[tokio::test]
async fn a_taken_name_is_said_at_its_field_and_what_was_typed_stays() {
    let desk = TestDesk::new().await;
    let browser = desk.agent("Annika Brandt").await.sign_in().await;
    save(&browser, "/tickets?owner=me", &[("name", "Meins")]).await;
    let form = browser.get("/views/new?list=owner%3Dnobody").await;
    for (typed, said) in [("meins ", "#name-fault"), ("", "#name-fault")] {
        let refused = browser
            .submit(&form, "#view-form", &[("name", typed)])
            .await;
        assert_eq!(refused.status, 422);
        assert!(refused.has(said), "{}", refused.describe());
        assert_eq!(refused.attribute("#name", "value").unwrap(), typed);
        let list = refused.attribute("input[name=list]", "value").unwrap();
        assert_eq!(list, "owner=nobody");
        refused.must_say("niemand");
    }
}

#[tokio::test]
async fn a_private_view_is_not_found_by_others_and_a_shared_one_counts_for_each_reader() {
    let desk = TestDesk::new().await;
    let (youth, pay) = (desk.team("Jugend 1").await, desk.team("Zahlstelle").await);
    desk.ticket("Eins").in_team(youth).await;
    desk.ticket("Zwei").in_team(pay).await;
    let admin = desk.administrator().await.sign_in().await;
    let reads = [(Permission::ReadTickets, Scope::OwnTeams)];
    let jonas = desk
        .person_with("Jonas Weber", &reads)
        .in_team(pay)
        .await
        .sign_in()
        .await;
    let own = save(&admin, "/tickets?state=new", &[("name", "Nur meins")]).await;
    for (method, address) in [
        ("get", own.clone()),
        ("get", format!("/views/{}", id(&own))),
        ("post", format!("/views/{}/retire", id(&own))),
    ] {
        let page = match method {
            "get" => jonas.get(&address).await,
            _ => jonas.post(&address, &[]).await,
        };
        assert_eq!(page.status, 404, "{address}");
        assert!(!page.body().contains("Nur meins"));
    }
    let shared = save(
        &admin,
        "/tickets?state=new",
        &[("name", "Neues"), ("shelf", "everybody")],
    )
    .await;
    assert_eq!(titles(&admin.get(&shared).await).len(), 2);
    let page = jonas.get(&shared).await;
    assert_eq!(titles(&page), ["Zwei"]);
    assert_eq!(
        page.text("#sidenav-views a[aria-current]"),
        "Neues gesamt: 1"
    );
    // The way to the view says what its reader finds there.
    assert!(page.has("a[aria-label='Über diese Ansicht']"));
    let all = jonas.get("/views/all").await;
    all.must_say("Über diese Ansicht");
    assert!(!all.says("Ansicht bearbeiten"));
    admin.get("/views/all").await.must_say("Ansicht bearbeiten");
    // Who may not share there is refused, whatever the form says.
    let form = jonas.get("/views/new?list=state%3Dnew").await;
    assert!(!form.has("select[name=shelf]"));
    let typed = [
        ("name", "Für alle"),
        ("shelf", "everybody"),
        ("list", "state=new"),
    ];
    assert_eq!(jonas.post("/views/new", &typed).await.status, 403);
    // Only its keeper changes it.
    let retire = format!("/views/{}/retire", id(&shared));
    assert_eq!(jonas.post(&retire, &[]).await.status, 403);
    assert_eq!(admin.post(&retire, &[]).await.status, 303);
    let page = jonas.get(&shared).await;
    page.must_say("Diese Ansicht ist stillgelegt.");
    assert_eq!(titles(&page), ["Zwei"]);
    assert!(!page.text("#sidenav-views").contains("Neues"));
}

#[tokio::test]
async fn a_service_with_a_view_of_its_own_stands_at_the_side_once() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let (hort, kita) = (
        desk.service("HortPlan", team).await,
        desk.service("KITA-Netz", team).await,
    );
    for service in [hort, kita] {
        desk.ticket("Fall").in_team(team).about(service).await;
    }
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let browser = annika.sign_in().await;
    let side = "section[aria-labelledby=views-services] a";
    let page = browser.get("/").await;
    assert_eq!(page.count(side), 2);
    save(
        &browser,
        &format!("/tickets?service={kita}"),
        &[("name", "Kita")],
    )
    .await;
    let page = browser.get("/").await;
    assert_eq!(page.texts(side), ["HortPlan gesamt: 1"]);
}

#[tokio::test]
async fn a_field_hidden_from_a_role_is_no_oracle_through_a_shared_view() {
    let desk = TestDesk::new().await;
    let agent_role = role::shipped(&desk.db, first_start::AGENT).await;
    let mut cost = FieldFacts::new("cost", Kind::Choice, Words::new("Kosten", "Cost"));
    cost.options = vec![Choice::new("Hoch", "High"), Choice::new("Niedrig", "Low")];
    cost.settings.rights = vec![(agent_role.unwrap().unwrap().id, Right::Hidden)];
    let cost = desk.field(cost).await;
    for (title, option) in [("Eins", 0), ("Zwei", 1), ("Drei", 1)] {
        let ticket = desk.ticket(title).await;
        let value = Value::Options(vec![cost.options[option].id]);
        desk.set(&CONSOLE, ticket.id, vec![(cost.row.id, Some(value))])
            .await
            .unwrap();
    }
    let admin = desk.administrator().await.sign_in().await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let high = cost.options[0].id;
    let list = format!("/tickets?field=cost:{high}&sort=f-cost&column=title,f-cost");
    let typed = [("name", "Teuer"), ("shelf", "everybody")];
    let view = save(&admin, &list, &typed).await;
    let page = admin.get(&view).await;
    assert_eq!(titles(&page), ["Eins"]);
    assert_eq!(
        page.text("#sidenav-views a[aria-current]"),
        "Teuer gesamt: 1"
    );
    let page = annika.get(&view).await;
    // Neither the rows, nor the count, nor the order, nor an address tells of the field.
    assert_eq!(titles(&page), ["Drei", "Zwei", "Eins"]);
    assert_eq!(
        page.text("#sidenav-views a[aria-current]"),
        "Teuer gesamt: 3"
    );
    page.must_say("Ein Feld dieser Ansicht ist stillgelegt oder für Sie nicht sichtbar.");
    let edit = annika.get(&format!("/views/{}", id(&view))).await;
    for page in [&page, &edit] {
        for word in ["cost", "Kosten", &high.to_string()] {
            assert!(!page.body().contains(word), "{word}");
        }
    }
}

#[tokio::test]
async fn a_view_outlives_what_it_names() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let service = desk.service("Gutscheine", team).await;
    desk.ticket("Gutschein fehlt").about(service).await;
    desk.ticket("Anderes").await;
    let browser = desk.administrator().await.sign_in().await;
    let view = save(
        &browser,
        &format!("/tickets?service={service}"),
        &[("name", "Gutscheine")],
    )
    .await;
    let retired = browser
        .post(&format!("/settings/services/{service}/retire"), &[])
        .await;
    assert_eq!(retired.status, 303);
    let page = browser.get(&view).await;
    page.must_say("Stillgelegt ist inzwischen: Gutscheine.");
    assert_eq!(titles(&page), ["Gutschein fehlt"]);
    assert_eq!(
        page.text("#sidenav-views a[aria-current]"),
        "Gutscheine gesamt: 1"
    );
}

#[tokio::test]
async fn views_are_put_in_order_renamed_and_brought_back() {
    let desk = TestDesk::new().await;
    let browser = desk.agent("Annika Brandt").await.sign_in().await;
    let mut last = String::new();
    for name in ["Eins", "Zwei", "Drei"] {
        last = save(&browser, "/tickets?owner=me", &[("name", name)]).await;
    }
    let names = async || browser.get("/views/all").await.texts("tbody a.subject");
    assert_eq!(names().await, ["Eins", "Zwei", "Drei"]);
    let id = id(&last);
    let moved = browser
        .post(&format!("/views/{id}/move"), &[("to", "up")])
        .await;
    assert_eq!(moved.status, 303);
    assert_eq!(names().await, ["Eins", "Drei", "Zwei"]);
    let form = browser.get(&format!("/views/{id}")).await;
    browser
        .submit(&form, "#view-form", &[("name", "Dreizehn")])
        .await;
    assert_eq!(names().await, ["Eins", "Dreizehn", "Zwei"]);
    browser.post(&format!("/views/{id}/retire"), &[]).await;
    assert_eq!(names().await, ["Eins", "Zwei"]);
    let page = browser.get(&format!("/views/{id}")).await;
    let told = page.texts("#view-history + ul li").join("\n");
    for line in [
        "Stillgelegt",
        "Geändert: Name",
        "Geändert: Platz",
        "Angelegt",
    ] {
        assert!(told.contains(line), "{told}");
    }
    browser.post(&format!("/views/{id}/restore"), &[]).await;
    assert_eq!(names().await, ["Eins", "Dreizehn", "Zwei"]);
}

#[tokio::test]
async fn rows_stand_in_groups_whose_pages_follow_one_another() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let (hort, kita) = (
        desk.service("HortPlan", team).await,
        desk.service("KITA-Netz", team).await,
    );
    for place in 0..30 {
        desk.ticket(&format!("Hort {place}")).about(hort).await;
        desk.ticket(&format!("Kita {place}")).about(kita).await;
    }
    desk.ticket("Ohne").await;
    let browser = desk.agent("Annika Brandt").await.sign_in().await;
    let view = save(
        &browser,
        "/tickets?group=service&sort=created",
        &[("name", "Nach Verfahren")],
    )
    .await;
    let first = browser.get(&view).await;
    assert_eq!(
        first.texts("#list-table tr.group th"),
        ["HortPlan 30", "KITA-Netz 30"]
    );
    assert_eq!(first.count("#list-table tbody tr:not(.group)"), 50);
    let next = first.attribute("a[rel=next]", "href").unwrap();
    let second = browser.get(&next).await;
    assert_eq!(
        second.texts("#list-table tr.group th"),
        ["KITA-Netz 30", "ohne Angabe 1"]
    );
    let rows = titles(&second);
    assert_eq!(
        (rows.len(), rows[0].as_str(), rows[10].as_str()),
        (11, "Kita 20", "Ohne")
    );
    assert!(!second.has("#view-changed"));
    let ended = browser.get("/tickets?group=service&state=closed").await;
    ended.must_say("Gruppen gibt es nur, wenn die Liste allein offene Tickets zeigt.");
}
