//! Work behind the pages that is killed half way goes on where it was.

use support::desk::File;

use super::kit::World;

const LINES: i64 = 1_000;
const PEOPLE: &str = "SELECT count(*) AS n FROM person WHERE email LIKE 'p%@pa.example'";
const DONE: &str = "SELECT CAST(lines_done AS BIGINT) AS n FROM people_import";

#[tokio::test(flavor = "multi_thread")]
async fn an_import_of_people_that_is_killed_goes_on_and_doubles_nobody() {
    let world = World::new().await;
    let admin = world.desk.administrator().await.sign_in().await;
    let lines: String = (0..LINES)
        .map(|n| format!("Person {n};p{n}@pa.example\n"))
        .collect();
    let table = format!("Name;E-Mail\n{lines}");
    let file = File {
        field: "file",
        name: "personen.csv",
        content_type: "text/csv",
        bytes: table.as_bytes(),
    };
    let preview = admin.upload("/settings/people/import", &[], &[file]).await;
    let path = preview.location().unwrap();
    admin.post(&format!("{path}/run"), &[]).await;
    let mut before = 0;
    for _ in 0..2 {
        let process = world.serve();
        let begun = std::time::Instant::now();
        loop {
            let now = world.number(PEOPLE).await;
            if now > before {
                before = now;
                break;
            }
            assert!(begun.elapsed().as_secs() < 30, "nobody was brought in");
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
        process.kill();
        let over = "UPDATE people_import SET claimed_until = NULL";
        world.desk.database().execute(over, vec![]).await;
    }
    assert!(before < LINES, "all were brought in before it was killed");
    let process = world.serve();
    world
        .until(
            "SELECT count(*) AS n FROM people_import WHERE ended_at IS NOT NULL",
            1,
        )
        .await;
    drop(process);
    assert_eq!(world.number(PEOPLE).await, LINES);
    assert_eq!(world.number(DONE).await, LINES);
    let report = admin.get(&path).await;
    let counts = report.texts("#import-result dd");
    let all: i64 = counts
        .iter()
        .map(|count| count.replace('.', "").parse::<i64>().unwrap())
        .sum();
    assert_eq!(all, LINES, "{counts:?}");
}

const CHOSEN: usize = 600;
const CHANGED: &str = "SELECT count(*) AS n FROM event WHERE name = 'prioritised'";

#[tokio::test(flavor = "multi_thread")]
async fn a_bulk_that_is_killed_goes_on_and_does_no_ticket_twice() {
    let world = World::new().await;
    for n in 0..CHOSEN {
        world.desk.ticket(&format!("Fall {n}")).await;
    }
    let admin = world.desk.administrator().await.sign_in().await;
    let form = [("all", "1"), ("do", "priority")];
    let sheet = admin.post("/tickets/bulk", &form).await.location().unwrap();
    admin.post(&sheet, &[("value", "high")]).await;
    let preview = admin.get(&sheet).await;
    let seen = preview.attribute("[name=seen]", "value").unwrap();
    admin
        .post(&format!("{sheet}/run"), &[("seen", &seen)])
        .await;
    let mut before = 0;
    for _ in 0..2 {
        let process = world.serve();
        let begun = std::time::Instant::now();
        loop {
            let now = world.number(CHANGED).await;
            if now > before {
                before = now;
                break;
            }
            assert!(begun.elapsed().as_secs() < 30, "nothing was changed");
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
        process.kill();
        let over = "UPDATE bulk SET claimed_until = NULL";
        world.desk.database().execute(over, vec![]).await;
    }
    assert!(
        before < CHOSEN as i64,
        "all were changed before it was killed"
    );
    let process = world.serve();
    world
        .until("SELECT count(*) AS n FROM bulk WHERE state = 'done'", 1)
        .await;
    drop(process);
    let page = admin.get(&sheet).await;
    page.must_say("Geändert: 600. Unverändert: 0. Abgelehnt: 0.");
    assert_eq!(world.number(CHANGED).await, CHOSEN as i64);
    let twice = "SELECT count(*) AS n FROM (SELECT subject_id FROM event WHERE name = 'prioritised' \
                 GROUP BY subject_id HAVING count(*) > 1) AS twice";
    assert_eq!(world.number(twice).await, 0);
}
