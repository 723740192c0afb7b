//! Lists out as XLSX: written behind the pages, fetched by whoever made them, and nothing half of them left.

use entities::field::{FieldFacts, Kind, Value, Words};
use entities::{Actor, Rule};
use support::desk::{Client, Page, TestDesk};
use support::disk::Disk;
use support::process::is_root;

const CONSOLE: Actor = Actor::System(Rule::Console);

/// Has a list written as XLSX; its page and the address of its file.
async fn xlsx(desk: &TestDesk, browser: &Client, list: &str) -> (String, Page) {
    let address = format!("/tickets/export?{list}");
    let all = [("format", "xlsx"), ("columns", "all")];
    let begun = browser.post(&address, &all).await;
    let path = begun.location().unwrap();
    browser
        .get(&path)
        .await
        .must_say("Die Datei wird geschrieben.");
    desk.run_jobs().await;
    let page = browser.get(&path).await;
    (format!("{path}/file"), page)
}

fn damage() -> FieldFacts {
    FieldFacts::new("schaden", Kind::Money, Words::new("schaden", "schaden"))
}

#[tokio::test]
async fn an_excel_file_is_written_behind_the_pages_and_fetched_by_its_maker_for_a_day() {
    let desk = TestDesk::new().await;
    let admin = desk.administrator().await;
    let money = desk.field(damage()).await;
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
    let kept = "SELECT count(*) FROM export_part";
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
