//! Work behind the pages that is killed half way goes on where it was.

use support::desk::File;

use super::kit::World;

const LINES: i64 = 1_000;
const PEOPLE: &str = "SELECT count(*) AS n FROM person WHERE email LIKE 'p%@pa.example'";
const DONE: &str = "SELECT CAST(lines_done AS BIGINT) AS n FROM people_import";

/// Twice a process is killed as soon as it has done more; how much was done by then.
async fn kill_twice(world: &World, done: &str, over: &str) -> i64 {
    let mut before = world.number(done).await;
    for _ in 0..2 {
        let process = world.serve();
        let begun = std::time::Instant::now();
        loop {
            let now = world.number(done).await;
            if now > before {
                before = now;
                break;
            }
            assert!(begun.elapsed().as_secs() < 30, "nothing was done: {done}");
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
        process.kill();
        world.desk.database().execute(over, vec![]).await;
    }
    before
}

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
    let over = "UPDATE people_import SET claimed_until = NULL";
    let before = kill_twice(&world, PEOPLE, over).await;
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

const BULK_OVER: &str = "UPDATE bulk SET claimed_until = NULL";
const BULK_DONE: &str = "SELECT count(*) AS n FROM bulk WHERE state = 'done'";

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
    let before = kill_twice(&world, CHANGED, BULK_OVER).await;
    assert!(
        before < CHOSEN as i64,
        "all were changed before it was killed"
    );
    let process = world.serve();
    world.until(BULK_DONE, 1).await;
    drop(process);
    let page = admin.get(&sheet).await;
    page.must_say("Geändert: 600. Unverändert: 0. Abgelehnt: 0.");
    assert_eq!(world.number(CHANGED).await, CHOSEN as i64);
    let twice = "SELECT count(*) AS n FROM (SELECT subject_id FROM event WHERE name = 'prioritised' \
                 GROUP BY subject_id HAVING count(*) > 1) AS twice";
    assert_eq!(world.number(twice).await, 0);
}

const CONCERNED: usize = 350;
const TOLD: &str = "SELECT count(*) AS n FROM message WHERE told_of IS NOT NULL";

#[tokio::test(flavor = "multi_thread")]
async fn requesters_who_are_told_of_a_repair_while_processes_die_are_told_once() {
    let world = World::new().await;
    let desk = &world.desk;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let fault = desk.ticket("Bescheid bricht ab").await;
    let share = desk.share(&fault, nordlicht).await;
    for n in 0..CONCERNED {
        let requester = desk.requester(&format!("Person {n}")).await;
        let ticket = desk.ticket(&format!("Fall {n}")).from(&requester).await;
        desk.hang(&ticket, &fault).await;
    }
    desk.make_live(&share).await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let tell = format!("/tickets/{}/shares/{}/tell", fault.number, share.id);
    let sheet = annika.post(&tell, &[]).await.location().unwrap();
    let page = annika.get(&sheet).await;
    let form = format!("form[action='{sheet}']");
    annika.submit(&page, &form, &[]).await;
    let preview = annika.get(&sheet).await;
    let run = format!("form[action='{sheet}/run']");
    annika.submit(&preview, &run, &[]).await;
    let before = kill_twice(&world, TOLD, BULK_OVER).await;
    assert!(
        before < CONCERNED as i64,
        "all were told before it was killed"
    );
    let process = world.serve();
    world.until(BULK_DONE, 1).await;
    drop(process);
    // The fault itself has no requester.
    let page = annika.get(&sheet).await;
    page.must_say("Benachrichtigt: 350. Ausgelassen: 1.");
    assert_eq!(world.number(TOLD).await, CONCERNED as i64);
    let twice = "SELECT count(*) AS n FROM (SELECT ticket_id FROM message WHERE told_of IS NOT NULL \
                 GROUP BY ticket_id HAVING count(*) > 1) AS twice";
    assert_eq!(world.number(twice).await, 0);
    let mails = "SELECT count(*) AS n FROM outbound_mail";
    assert_eq!(world.number(mails).await, CONCERNED as i64);
}

const WRITTEN_TO: usize = 400;
const OPENED: &str = "SELECT count(*) AS n FROM ticket WHERE title = 'Umstellung'";

#[tokio::test(flavor = "multi_thread")]
async fn people_who_are_to_be_written_to_while_processes_die_get_one_ticket_each() {
    let world = World::new().await;
    let team = world.desk.team("Jugend 1").await;
    let service = world.desk.service("Jugendhilfe", team).await.to_string();
    let mut lines = String::new();
    for n in 0..WRITTEN_TO {
        let address = format!("p{n}@pa.example");
        let name = format!("Person {n}");
        world.desk.requester(&name).writing_from(&address).await;
        lines.push_str(&format!("{name} <{address}>\n"));
    }
    let annika = world.desk.agent("Annika Brandt").in_team(team).await;
    let annika = annika.sign_in().await;
    let form = [
        ("title", "Umstellung"),
        ("service", service.as_str()),
        ("lines", lines.as_str()),
        ("then", "open"),
    ];
    let sent = annika.post("/tickets/mailings", &form).await;
    let at = sent.location().unwrap();
    annika.post(&format!("{at}/run"), &[("seen", "1")]).await;
    let over = "UPDATE mailing SET claimed_until = NULL";
    let before = kill_twice(&world, OPENED, over).await;
    assert!(
        before < WRITTEN_TO as i64,
        "all were opened before it was killed"
    );
    let process = world.serve();
    let done = "SELECT count(*) AS n FROM mailing WHERE state = 'done'";
    world.until(done, 1).await;
    drop(process);
    assert_eq!(world.number(OPENED).await, WRITTEN_TO as i64);
    let people = "SELECT count(DISTINCT requester_id) AS n FROM ticket WHERE title = 'Umstellung'";
    assert_eq!(world.number(people).await, WRITTEN_TO as i64);
    annika.get(&at).await.must_say("400 Tickets sind angelegt.");
}
