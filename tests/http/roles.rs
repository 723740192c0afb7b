//! The matrix of roles in a browser without scripts, and what is told before and after saving.

use entities::field::{FieldFacts, Kind, Right, Words};
use entities::policy::Scope;
use entities::{Permission, Uuid, role};
use support::desk::{Client, Page, TestDesk};

async fn id(desk: &TestDesk, shipped_as: &str) -> Uuid {
    let role = role::shipped(&desk.db, shipped_as).await.unwrap();
    role.unwrap().id
}

fn cell(role: Uuid, permission: Permission) -> String {
    format!("{}.{}", role.simple(), permission.name())
}

/// Presses a cell as a browser without scripts does, and looks at the page this leads to.
async fn press(browser: &Client, page: &Page, cell: &str) -> Page {
    let mut fields: Vec<(String, String)> = Vec::new();
    for value in page.attributes("#roles-chosen input", "value") {
        fields.push(("set".to_owned(), value));
    }
    fields.push(("turn".to_owned(), cell.to_owned()));
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let turned = browser.post("/settings/roles/turn", &fields).await;
    browser.follow(&turned).await
}

fn chosen(page: &Page) -> Vec<(String, String)> {
    let values = page.attributes("#roles-chosen input", "value");
    values.into_iter().map(|v| ("set".to_owned(), v)).collect()
}

async fn save(browser: &Client, fields: &[(String, String)]) -> Page {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    browser.post("/settings/roles/save", &fields).await
}

#[tokio::test]
async fn levels_are_chosen_by_clicks_and_saved_together() {
    let desk = TestDesk::new().await;
    let admin = desk.administrator().await;
    let browser = admin.sign_in().await;
    desk.agent("Annika Brandt").await;
    let (agent, lead) = (id(&desk, "agent").await, id(&desk, "lead").await);
    let page = browser.get("/settings/roles").await;
    page.must_say("1 Person");
    assert!(!page.has(".cell.is-changed"));
    let page = press(&browser, &page, &cell(agent, Permission::ShareViews)).await;
    let page = press(&browser, &page, &cell(lead, Permission::MergeTickets)).await;
    assert_eq!(page.count(".cell.is-changed"), 2);
    page.must_say("Änderungen speichern (2)");
    page.must_say("2 Änderungen nicht gespeichert");
    page.must_say("„Agent“, Ansichten teilen: eigene Teams statt nein");
    page.must_say("Betrifft 1 Person.");
    // Nothing is saved yet.
    let role = role::find(&desk.db, &admin.actor().await, agent).await;
    let held = |grants: &[entities::policy::Grant]| {
        let mut grants = grants.iter();
        grants.any(|g| g.permission == Permission::ShareViews)
    };
    assert!(!held(&role.unwrap().grants));
    let saved = save(&browser, &chosen(&page)).await;
    let page = browser.follow(&saved).await;
    page.must_say("Gespeichert");
    assert!(!page.has(".cell.is-changed"));
    let role = role::find(&desk.db, &admin.actor().await, agent).await;
    assert!(held(&role.unwrap().grants));
}

#[tokio::test]
async fn a_level_that_comes_round_to_what_is_saved_is_no_change() {
    let desk = TestDesk::new().await;
    let browser = desk.administrator().await.sign_in().await;
    let lead = id(&desk, "lead").await;
    let cell = cell(lead, Permission::ShareViews);
    let mut page = browser.get("/settings/roles").await;
    for changed in [1, 1, 0] {
        page = press(&browser, &page, &cell).await;
        assert_eq!(page.count(".cell.is-changed"), changed);
    }
    page.must_say("Ein Klick auf eine Stufe");
}

#[tokio::test]
async fn what_somebody_changed_meanwhile_is_told_and_the_choice_is_kept() {
    let desk = TestDesk::new().await;
    let browser = desk.administrator().await.sign_in().await;
    let lead = id(&desk, "lead").await;
    let cell = cell(lead, Permission::ShareViews);
    let page = browser.get("/settings/roles").await;
    let mine = press(&browser, &page, &cell).await;
    let others = press(&browser, &mine, &cell).await;
    let saved = save(&browser, &chosen(&others)).await;
    assert_eq!(saved.status, 303);
    let late = save(&browser, &chosen(&mine)).await;
    assert_eq!(late.status, 422);
    late.must_say("„Lead“ ist nicht gespeichert");
    assert_eq!(late.count(".cell.is-changed"), 1);
    // Seen as it is by now, it can be saved.
    let saved = save(&browser, &chosen(&late)).await;
    assert_eq!(saved.status, 303);
}

#[tokio::test]
async fn nobody_saves_more_than_they_hold() {
    let desk = TestDesk::new().await;
    let rights = [
        (Permission::ManageRoles, Scope::Everything),
        (Permission::Reply, Scope::OwnTeams),
    ];
    let jonas = desk.person_with("Jonas Weber", &rights).await;
    let browser = jonas.sign_in().await;
    let agent = id(&desk, "agent").await;
    let forged = [(
        "set".to_owned(),
        format!("{}=own_teams>everything", cell(agent, Permission::Reply)),
    )];
    let refused = save(&browser, &forged).await;
    assert_eq!(refused.status, 422);
    refused.must_say("mehr Rechte weiter, als Sie selbst haben");
    // Nor is it offered: own teams, then none.
    let page = browser.get("/settings/roles").await;
    let reply = cell(agent, Permission::Reply);
    let page = press(&browser, &page, &reply).await;
    page.must_say("Antworten: nein statt eigene Teams");
    let page = press(&browser, &page, &reply).await;
    assert!(!page.has(".cell.is-changed"));
}

#[tokio::test]
async fn teams_services_and_values_are_chosen_exactly() {
    let desk = TestDesk::new().await;
    let browser = desk.administrator().await.sign_in().await;
    let team = desk.team("Jugend 1").await;
    let kita = desk.service("KITA-Netz", team).await;
    let agent = id(&desk, "agent").await;
    let reply = cell(agent, Permission::Reply);
    let page = browser
        .get(&format!("/settings/roles/choose?cell={reply}"))
        .await;
    page.must_say("Fachverfahren, mit allem darunter");
    let (team, kita) = (team.to_string(), kita.to_string());
    let fields = [
        ("cell", reply.as_str()),
        ("only", &agent.to_string()),
        ("level", "own_organisation"),
        ("teams", &team),
        ("services", &kita),
    ];
    let chosen_page = browser.post("/settings/roles/choose", &fields).await;
    let page = browser.follow(&chosen_page).await;
    page.must_say(
        "Antworten: eigene Stelle; Fachverfahren KITA-Netz; Teams Jugend 1 statt eigene Teams",
    );
    let saved = save(&browser, &chosen(&page)).await;
    assert_eq!(saved.status, 303);
    let annika = desk.agent("Annika Brandt").await.actor().await;
    assert_eq!(annika.scopes(Permission::Reply).len(), 3);
}

#[tokio::test]
async fn a_role_is_made_copied_renamed_retired_and_restored() {
    let desk = TestDesk::new().await;
    let browser = desk.administrator().await.sign_in().await;
    let agent = id(&desk, "agent").await.to_string();
    let copy = [("of", agent.as_str()), ("name", "Agent Plus")];
    let copied = browser.post("/settings/roles/copy", &copy).await;
    let page = browser.follow(&copied).await;
    page.must_say("Agent Plus");
    let address = copied.location().unwrap();
    let address = address.split('?').next().unwrap().to_owned();
    let taken = browser.post("/settings/roles/copy", &copy).await;
    assert_eq!(taken.status, 422);
    let renamed = browser.post(&address, &[("name", "Agent Extra")]).await;
    browser.follow(&renamed).await.must_say("Agent Extra");
    let matrix = browser.get("/settings/roles").await;
    matrix.must_say("Agent Extra");
    browser.post(&format!("{address}/retire"), &[]).await;
    let matrix = browser.get("/settings/roles").await;
    assert!(!matrix.text("thead").contains("Agent Extra"));
    browser.post(&format!("{address}/restore"), &[]).await;
    let matrix = browser.get("/settings/roles").await;
    assert!(matrix.text("thead").contains("Agent Extra"));
    let both = format!(
        "/settings/roles/compare?one={agent}&other={}",
        &address[16..]
    );
    let page = browser.get(&both).await;
    assert_eq!(page.count("tr.is-different"), 0);
    page.must_say("gleich");
}

#[tokio::test]
async fn the_effect_and_the_reasons_are_told() {
    let desk = TestDesk::new().await;
    let browser = desk.administrator().await.sign_in().await;
    let (own, other) = (desk.team("Jugend 1").await, desk.team("Zahlstelle").await);
    let annika = desk.agent("Annika Brandt").in_team(own).await;
    let ticket = desk.ticket("Zahllauf bricht ab").in_team(other).await;
    let agent = id(&desk, "agent").await;
    let set = format!(
        "{}=everything>own_teams",
        cell(agent, Permission::ReadTickets)
    );
    let page = browser
        .get(&format!("/settings/roles/effect?set={set}"))
        .await;
    page.must_say("Für 1 Person kommen Tickets hinzu oder fallen weg");
    page.must_say("1 offene, 1 insgesamt");
    page.must_say("Zahllauf bricht ab");
    let sight = format!("/settings/roles/sight?who=Annika&ticket={}", ticket.number);
    let page = browser.get(&sight).await;
    page.must_say("eigene Teams – liegt bei einem anderen Team");
    page.must_say("Keine Rolle dieser Person enthält es");
    // Fields too, by the role their right comes from.
    let words = Words::new("Kassenzeichen", "Cash reference");
    let mut facts = FieldFacts::new("cash", Kind::Text, words);
    facts.settings.rights = vec![(agent, Right::Read)];
    facts.settings.personal = true;
    desk.field(facts).await;
    let page = browser.get(&sight).await;
    page.must_say("Kassenzeichen personenbezogen");
    page.must_say("Agent : lesen");
    let page = browser
        .get("/settings/roles/sight?who=Niemand&ticket=2026-1")
        .await;
    page.must_say("Niemand heißt so");
    page.must_say("Es gibt kein solches Ticket");
    // Two of one name: the right one is chosen.
    desk.agent("Annika Berg").await;
    let page = browser.get("/settings/roles/sight?who=Annika").await;
    let links = page.attributes(".itemlist a", "href");
    let hers = annika.id.to_string();
    assert!(links.len() == 2 && links.iter().any(|to| to.contains(&hers)));
}
