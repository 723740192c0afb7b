//! Lists out: what a file holds, how Excel reads it, and that nothing leaves by it that its reader may not see.

use entities::field::{FieldFacts, Kind, Right, Value, Words};
use entities::policy::Scope;
use entities::{Actor, Permission, Rule, Uuid};
use support::desk::{Client, Page, TestDesk};
use support::disk::Disk;
use support::process::is_root;

const CONSOLE: Actor = Actor::System(Rule::Console);

/// Takes a list out as CSV.
async fn csv(browser: &Client, list: &str) -> Page {
    let address = format!("/tickets/export?{list}");
    let page = browser.post(&address, &[("format", "csv")]).await;
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

/// Has a list written as XLSX; its page and the address of its file.
async fn xlsx(desk: &TestDesk, browser: &Client, list: &str) -> (String, Page) {
    let address = format!("/tickets/export?{list}");
    let begun = browser.post(&address, &[("format", "xlsx")]).await;
    let path = begun.location().unwrap();
    browser
        .get(&path)
        .await
        .must_say("Die Datei wird geschrieben.");
    desk.run_jobs().await;
    let page = browser.get(&path).await;
    (format!("{path}/file"), page)
}

#[tokio::test]
async fn an_excel_file_is_written_behind_the_pages_and_fetched_by_its_maker_for_a_day() {
    let desk = TestDesk::new().await;
    let admin = desk.administrator().await;
    let money = desk.field(facts("schaden", Kind::Money)).await;
    let ticket = desk.ticket("=1+1").await;
    desk.ticket("Bescheid fehlt").await;
    let values = vec![(money.row.id, Some(Value::Number(125_050)))];
    desk.set(&CONSOLE, ticket.id, values).await.unwrap();
    let browser = admin.sign_in().await;
    let (file, page) = xlsx(&desk, &browser, "sort=created").await;
    page.must_say("Die Datei ist fertig.");
    page.must_say("2 von 2 Zeilen");
    let got = browser.get(&file).await;
    assert_eq!(got.status, 200);
    assert!(got.header("content-disposition").contains("Alle offenen"));
    let sheet = lotse::people::sheet::read(&got.bytes).unwrap();
    assert_eq!(sheet.headings[..3], ["Nummer", "Betreff", "Status"]);
    assert_eq!(sheet.headings.last().map(String::as_str), Some("schaden"));
    assert_eq!(sheet.lines.len(), 2);
    // Text stays text, and money is a number.
    assert_eq!(sheet.lines[0].cells[1], "=1+1");
    assert_eq!(
        sheet.lines[0].cells.last().map(String::as_str),
        Some("1250.5")
    );
    let other = desk
        .administrator()
        .writing_from("zweite@desk.example")
        .await;
    assert_eq!(other.sign_in().await.get(&file).await.status, 404);
    desk.pass(chrono::Duration::hours(25));
    let browser = admin.sign_in().await;
    let gone = browser.get(&file).await;
    assert_eq!(gone.status, 410);
    gone.must_say("Die Datei ist nicht mehr da.");
}

#[tokio::test]
async fn an_export_is_stopped_and_leaves_nothing() {
    let desk = TestDesk::new().await;
    let browser = desk.administrator().await.sign_in().await;
    desk.ticket("Zahllauf").await;
    let begun = browser.post("/tickets/export", &[("format", "xlsx")]).await;
    let path = begun.location().unwrap();
    browser.post(&format!("{path}/stop"), &[]).await;
    desk.run_jobs().await;
    let page = browser.get(&path).await;
    page.must_say("Angehalten. Es liegt keine Datei bereit.");
    assert_eq!(browser.get(&format!("{path}/file")).await.status, 410);
    let kept = "SELECT count(*) FROM export WHERE tickets IS NOT NULL";
    assert_eq!(desk.database().number(kept, vec![]).await, 0);
}

#[tokio::test]
async fn a_disk_without_room_is_told_and_nothing_half_is_left() {
    let desk = TestDesk::new().await;
    let disk = Disk::new(1);
    std::os::unix::fs::symlink(disk.path(), desk.folder().join("exports")).unwrap();
    for n in 0..30 {
        desk.ticket(&format!("Fall {n}")).await;
    }
    let browser = desk.administrator().await.sign_in().await;
    // A folder nobody may write to stands for a full disk where nothing may be mounted.
    match is_root() {
        true => disk.fill_but(4),
        false => disk.make_read_only(),
    }
    let (file, page) = xlsx(&desk, &browser, "").await;
    page.must_say("Auf dem Server war kein Platz für die Datei.");
    assert_eq!(browser.get(&file).await.status, 410);
    let left = std::fs::read_dir(disk.path()).unwrap();
    let left = left.filter(|entry| entry.as_ref().unwrap().file_name() != "filler");
    assert_eq!(left.count(), 0);
    if is_root() {
        disk.empty();
        let (_, page) = xlsx(&desk, &browser, "").await;
        page.must_say("30 von 30 Zeilen");
    }
}
