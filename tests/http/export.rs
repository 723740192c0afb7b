//! Lists out: what a file holds, how Excel reads it, and that nothing leaves by it that its reader may not see.

use entities::field::{FieldFacts, Kind, Right, Value, Words};
use entities::policy::Scope;
use entities::{Actor, Permission, Rule, Uuid};
use support::desk::{Client, Page, TestDesk};

const CONSOLE: Actor = Actor::System(Rule::Console);

/// Takes a list out as CSV, with all columns.
async fn csv(browser: &Client, list: &str) -> Page {
    taken(browser, list, &[("format", "csv"), ("columns", "all")]).await
}

/// The same, with the columns of the list.
async fn as_shown(browser: &Client, list: &str) -> Page {
    taken(browser, list, &[("format", "csv")]).await
}

async fn taken(browser: &Client, list: &str, form: &[(&str, &str)]) -> Page {
    let address = format!("/tickets/export?{list}");
    let page = browser.post(&address, form).await;
    assert_eq!(page.status, 200, "{}", page.describe());
    page
}

fn facts(key: &str, kind: Kind) -> FieldFacts {
    FieldFacts::new(key, kind, Words::new(key, key))
}

#[tokio::test]
async fn a_list_leaves_as_a_table_that_excel_opens() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let money = desk.field(facts("schaden", Kind::Money)).await;
    let ticket = desk
        .ticket("Zahllauf \"November\"; 14 Träger")
        .in_team(team)
        .owned_by(&annika)
        .await;
    let values = vec![(money.row.id, Some(Value::Number(-125_050)))];
    desk.set(&CONSOLE, ticket.id, values).await.unwrap();
    desk.ticket("=HYPERLINK(\"http://x\")").in_team(team).await;
    let browser = annika.sign_in().await;
    let page = csv(&browser, "sort=created").await;
    let disposition = page.header("content-disposition");
    assert!(
        disposition.starts_with("attachment; filename=\"Alle offenen 20"),
        "{disposition}"
    );
    let text = page.body();
    assert!(text.starts_with("\u{feff}Nummer;Betreff;Status;"), "{text}");
    let lines: Vec<&str> = text.trim_end().split("\r\n").collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert!(lines[1].contains("\"Zahllauf \"\"November\"\"; 14 Träger\";In Bearbeitung;"));
    assert!(lines[1].ends_with(";-1250,5"), "{}", lines[1]);
    assert!(
        lines[2].contains(";\"'=HYPERLINK(\"\"http://x\"\")\";Neu;"),
        "{}",
        lines[2]
    );
    let english = [
        ("locale", "en"),
        ("theme", "system"),
        ("density", "normal"),
        ("undo_seconds", "10"),
        ("single_keys", "on"),
    ];
    browser.post("/account/preferences", &english).await;
    let text = csv(&browser, "").await.body();
    assert!(text.starts_with("\u{feff}Number,Subject,State,"), "{text}");
    assert!(text.contains(",-1250.5\r\n"), "{text}");
}

#[tokio::test]
async fn a_file_holds_what_its_reader_may_see_and_export_and_no_hidden_field() {
    let desk = TestDesk::new().await;
    let (own, other) = (desk.team("Jugend 1").await, desk.team("Zahlstelle").await);
    let annika = desk.agent("Annika Brandt").in_team(own).await;
    let role = annika.actor().await;
    let Actor::Person(person) = &role else {
        panic!()
    };
    let mut hidden = facts("geheim", Kind::Text);
    hidden.settings.rights = vec![(person.roles[0], Right::Hidden)];
    let hidden = desk.field(hidden).await;
    let mine = desk.ticket("Bescheid fehlt").in_team(own).await;
    let foreign = desk.ticket("Zahllauf bricht ab").in_team(other).await;
    let canary = Some(Value::Text("Kanarienvogel".to_owned()));
    let values = vec![(hidden.row.id, canary)];
    desk.set(&CONSOLE, mine.id, values).await.unwrap();
    let browser = annika.sign_in().await;
    let text = csv(&browser, "").await.body();
    assert!(text.contains("Bescheid fehlt"));
    assert!(!text.contains(&foreign.number), "{text}");
    assert!(
        !text.contains("geheim") && !text.contains("Kanarienvogel"),
        "{text}"
    );
    let administrator = desk.administrator().await.sign_in().await;
    let text = csv(&administrator, "").await.body();
    assert!(text.contains(&foreign.number) && text.contains("Kanarienvogel"));
    let reader = [(Permission::ReadTickets, Scope::Everything)];
    let reader = desk
        .person_with("Jonas Weber", &reader)
        .await
        .sign_in()
        .await;
    let refused = reader.post("/tickets/export", &[("format", "csv")]).await;
    assert_eq!(refused.status, 403);
    assert_eq!(
        reader
            .get("/tickets")
            .await
            .count("[action^='/tickets/export']"),
        0
    );
}

#[tokio::test]
async fn a_view_leaves_with_its_columns_in_its_groups_and_order() {
    let desk = TestDesk::new().await;
    let admin = desk.administrator().await;
    let Actor::Person(person) = admin.actor().await else {
        panic!()
    };
    let mut hidden = facts("geheim", Kind::Text);
    hidden.settings.rights = vec![(person.roles[0], Right::Hidden)];
    let hidden = desk.field(hidden).await;
    desk.field(facts("schaden", Kind::Money)).await;
    let (mitte, pankow) = (
        desk.district("Mitte", "MI").await,
        desk.district("Pankow", "PA").await,
    );
    let first = desk.ticket("Zahllauf").of_district(pankow).await;
    let canary = Some(Value::Text("Kanarienvogel".to_owned()));
    let values = vec![(hidden.row.id, canary)];
    desk.set(&CONSOLE, first.id, values).await.unwrap();
    desk.ticket("Bescheid").of_district(mitte).await;
    desk.ticket("Gutschein").of_district(mitte).await;
    let browser = admin.sign_in().await;
    let list = "sort=-created&group=district&column=district%2Cf-schaden%2Cf-geheim%2Ctitle&priority=normal";
    let shown = as_shown(&browser, list).await;
    assert_eq!(
        shown.body().trim_start_matches('\u{feff}'),
        "Betreff;Bezirk;schaden\r\nGutschein;Mitte;\r\nBescheid;Mitte;\r\nZahllauf;Pankow;\r\n"
    );
    // The name says what the rows are.
    let disposition = shown.header("content-disposition");
    assert!(
        disposition.contains("Tickets (Priorit_t: Normal) 20"),
        "{disposition}"
    );
    // Kept as a view it is the same, with that name.
    let form = [
        ("list", list),
        ("name", "Nach Bezirk"),
        ("shelf", "everybody"),
    ];
    let saved = browser.post("/views/new", &form).await;
    assert_eq!(saved.status, 303, "{}", saved.describe());
    let view = desk.database().number("SELECT count(*) FROM view", vec![]);
    assert_eq!(view.await, 1);
    let id: Vec<Id> = desk.database().rows("SELECT id FROM view", vec![]).await;
    let of_view = as_shown(&browser, &format!("view={}", id[0].id)).await;
    assert_eq!(of_view.body(), shown.body());
    let disposition = of_view.header("content-disposition");
    assert!(
        disposition.contains("Nach Bezirk (Priorit_t"),
        "{disposition}"
    );
    let all = csv(&browser, list).await.body();
    assert!(
        all.contains("Kanal;") && !all.contains("Kanarienvogel"),
        "{all}"
    );
    // The list as it is without columns of its own, with the field it is about.
    let usual = as_shown(&browser, "sort=f-schaden").await.body();
    let head =
        "Nummer;Betreff;Bezirk;Fachverfahren;Team;Priorität;Frist;schaden;Geändert;Zuständig\r\n";
    assert!(usual.contains(head), "{usual}");
}

#[tokio::test]
async fn an_export_is_told_in_the_history_without_what_was_searched_for() {
    let desk = TestDesk::new().await;
    let admin = desk.administrator().await;
    for n in 0..3 {
        desk.ticket(&format!("Kowalke {n}")).await;
    }
    let browser = admin.sign_in().await;
    csv(&browser, "q=Kowalke").await;
    let told = async |sql: &str| desk.database().number(sql, vec![]).await;
    // The end is written once the last byte has left.
    let ended = "SELECT count(*) FROM event WHERE subject_kind = 'export' AND name = 'ended' AND payload LIKE '%\"rows\":3%'";
    for _ in 0..200 {
        if told(ended).await == 1 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(told(ended).await, 1);
    let begun = "SELECT count(*) FROM event WHERE subject_kind = 'export' AND name = 'begun' AND actor_id IS NOT NULL AND payload NOT LIKE '%Kowalke%'";
    assert_eq!(told(begun).await, 1);
    let unknown = browser.post("/tickets/export", &[("format", "pdf")]).await;
    assert_eq!(unknown.status, 400);
    assert_eq!(told("SELECT count(*) FROM export").await, 1);
    let id: Vec<Id> = desk.database().rows("SELECT id FROM export", vec![]).await;
    let seal = entities::history::seal(&desk.db, id[0].id).await.unwrap();
    assert_eq!((seal.count, seal.broken_at), (2, None));
}

#[derive(sea_orm::FromQueryResult)]
struct Id {
    id: Uuid,
}
