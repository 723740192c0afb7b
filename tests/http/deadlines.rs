//! Deadlines on pages: the settings they come from, the band at a ticket, the list, the start page.

use chrono::Duration;
use entities::calendar;
use entities::setting::{Setting as _, Show};
use entities::ticket::{Reply, SetReminder, Then};
use entities::{Actor, Permit, Rule, time_limit};
use support::desk::{TestDesk, an_hour_and_a_day, reply};

const CONSOLE: Actor = Actor::System(Rule::Console);

#[tokio::test]
async fn a_calendar_says_what_is_wrong_with_its_hours_and_keeps_them() {
    let desk = TestDesk::new().await;
    let browser = desk.administrator().await.sign_in().await;
    browser
        .get("/settings/calendars")
        .await
        .must_say("Mo–Fr 08:00–16:00");
    let form = browser.get("/settings/calendars/new").await;
    let save = async |typed: &[(&str, &str)]| {
        let named = [&[("name", "Bereitschaft")], typed].concat();
        browser.submit(&form, "form.sheet", &named).await
    };
    for (typed, words) in [
        (("mo", "25:00-26:00"), "Diese Uhrzeit gibt es nicht."),
        (
            ("tu", "16:00-8:00"),
            "Das Ende liegt nicht nach dem Anfang.",
        ),
        (
            ("we", "8-12, 11-16"),
            "Die Zeiten eines Tages überschneiden sich.",
        ),
        (("th", "vormittags"), "Bitte schreiben Sie Anfang und Ende"),
        (("days", "24.12.\n24.12. Heiligabend"), "steht zweimal da"),
        (("days", "31.02."), "Diesen Tag gibt es nicht."),
    ] {
        let refused = save(&[typed]).await;
        assert_eq!(refused.status, 422, "{typed:?}");
        refused.must_say(words);
        assert!(refused.body().contains(typed.1.lines().last().unwrap()));
    }
    let refused = save(&[]).await;
    assert_eq!(refused.status, 422);
    refused.must_say("Bitte geben Sie an mindestens einem Wochentag Zeiten an");
    let typed = [
        ("mo", "8-12, 13-16:30"),
        ("sa", "09.00 – 12.00 Uhr"),
        ("days", "24.12. Heiligabend\n02.10.2026 Brückentag"),
    ];
    let made = save(&typed).await;
    assert_eq!(made.status, 303, "{}", made.describe());
    let page = browser.get(&made.location().unwrap()).await;
    let value = |name: &str| page.attribute(&format!("#{name}"), "value").unwrap();
    assert_eq!(value("mo"), "08:00–12:00, 13:00–16:30");
    assert_eq!(value("sa"), "09:00–12:00");
    assert_eq!(
        page.text("#days"),
        "24.12. Heiligabend 02.10.2026 Brückentag"
    );
    let form = browser.get("/settings/calendars/new").await;
    let taken = browser
        .submit(
            &form,
            "form.sheet",
            &[("name", "Bereitschaft"), ("mo", "8-9")],
        )
        .await;
    taken.must_say("Diesen Namen gibt es schon.");
}

#[tokio::test]
async fn times_are_typed_with_their_units_and_hold_at_once() {
    let desk = TestDesk::new().await;
    let always = desk.always().await.to_string();
    let browser = desk.administrator().await.sign_in().await;
    let form = browser.get("/settings/time-limits/new").await;
    let mut typed = vec![
        ("name", "Allgemein"),
        ("calendar", always.as_str()),
        ("standard", "1"),
        ("normal_first", "4"),
        ("normal_solution", "2 Tage"),
    ];
    let refused = browser.submit(&form, "form.sheet", &typed).await;
    assert_eq!(refused.status, 422);
    refused.must_say("Bitte schreiben Sie die Einheit dazu");
    let kept = refused.attribute("#normal_solution", "value");
    assert_eq!(kept.as_deref(), Some("2 Tage"));
    typed[3].1 = "4 h";
    let made = browser.submit(&form, "form.sheet", &typed).await;
    assert_eq!(made.status, 303, "{}", made.describe());
    let page = browser.get(&made.location().unwrap()).await;
    let value = page.attribute("#normal_first", "value");
    assert_eq!(value.as_deref(), Some("4 Std."));
    let list = browser.get("/settings/time-limits").await;
    list.must_say("4 Std. / 2 Tage");
    list.must_say("gilt allgemein");

    let ticket = desk.ticket("Zahllauf").await;
    let due = ticket.solution_due_at.unwrap() - ticket.created_at;
    assert_eq!(due, Duration::hours(16));
    let limits = time_limit::list(&desk.db, &CONSOLE, Show::All).await;
    let limit = limits.unwrap().remove(0).limit;
    assert_eq!(limit.facts().goals.normal.first_answer, Some(240));
    assert_eq!(calendar::choices(&desk.db).await.unwrap().len(), 2);
    typed[0].1 = "Noch eine";
    let form = browser.get("/settings/time-limits/new").await;
    let second = browser.submit(&form, "form.sheet", &typed).await;
    assert_eq!(second.status, 422);
    second.must_say("Es gibt schon eine Zeitvorgabe");
}

#[tokio::test]
async fn the_band_says_what_is_left_stopped_and_overdue() {
    let desk = TestDesk::new().await;
    let always = desk.always().await;
    desk.general_limit(always, an_hour_and_a_day()).await;
    let annika = desk.agent("Annika Brandt").await;
    let ticket = desk.ticket("Zahllauf").owned_by(&annika).await;
    let address = format!("/tickets/{}", ticket.number);
    let browser = annika.sign_in().await;
    let page = browser.get(&address).await;
    assert_eq!(page.attribute(".band", "data-due").as_deref(), Some("ok"));
    assert!(
        page.text(".band").contains("noch 7 Std. 59 Min."),
        "{}",
        page.text(".band")
    );
    page.must_say("8 Std., Kalender Immer");

    desk.pass(Duration::hours(2));
    let ask = Reply {
        then: Then::WaitForRequester,
        ..reply("sabine@pa.example", "Welche Nummer?")
    };
    let permit = Permit::ask(&annika.actor().await, desk.read(ticket.id).await).unwrap();
    desk.db.change(permit, ask).await.unwrap();
    desk.pass(Duration::hours(30));
    let browser = annika.sign_in().await;
    let page = browser.get(&address).await;
    assert_eq!(page.attribute(".band", "data-due").as_deref(), Some("hold"));
    let band = page.text(".band");
    assert!(band.contains("30 Std. angehalten"), "{band}");
    assert!(band.contains("es bleiben 5 Std. 59 Min."), "{band}");
    let history = browser.get(&format!("{address}/history")).await;
    history.must_say("Frist angehalten");

    let permit = Permit::ask(&annika.actor().await, desk.read(ticket.id).await).unwrap();
    desk.db
        .change(permit, entities::ticket::Reopen)
        .await
        .unwrap();
    desk.pass(Duration::hours(7));
    let page = browser.get(&address).await;
    assert_eq!(page.attribute(".band", "data-due").as_deref(), Some("late"));
    assert!(page.text(".band strong").contains("seit 1 Std."));
    let print = browser.get(&format!("{address}/print")).await;
    assert!(print.has(".band"));
}

#[tokio::test]
async fn lists_show_what_is_due_first_when_asked() {
    let desk = TestDesk::new().await;
    let always = desk.always().await;
    desk.general_limit(always, an_hour_and_a_day()).await;
    let annika = desk.agent("Annika Brandt").await;
    desk.ticket("Zuerst da").owned_by(&annika).await;
    desk.pass(Duration::hours(9));
    desk.ticket("Später da").owned_by(&annika).await;
    let browser = annika.sign_in().await;
    let page = browser.get("/tickets?sort=due").await;
    assert_eq!(
        page.attributes("#list-table .due", "data-due"),
        ["late", "ok"]
    );
    assert_eq!(
        page.attributes("#list-table .due progress", "value"),
        ["100", "0"]
    );
    let late = browser.get("/tickets?due=overdue").await;
    assert_eq!(late.count("#list-table tbody tr"), 1);
}

#[tokio::test]
async fn the_day_holds_deadlines_and_reminders_the_overdue_ones_above_now() {
    let desk = TestDesk::new().await;
    let always = desk.always().await;
    let annika = desk.agent("Annika Brandt").await;
    let none = desk.ticket("Ohne Frist").owned_by(&annika).await;
    let remind = desk.ticket("Anrufen").owned_by(&annika).await;
    desk.general_limit(always, an_hour_and_a_day()).await;
    desk.ticket("Überfällig").owned_by(&annika).await;
    let permit = Permit::ask(&annika.actor().await, remind).unwrap();
    let at = Some(desk.db.clock().now() + Duration::hours(10));
    let at = SetReminder { at };
    desk.db.change(permit, at).await.unwrap();
    desk.pass(Duration::hours(9));
    desk.ticket("Kommt noch").owned_by(&annika).await;
    let page = annika.sign_in().await.get("/").await;
    let titles = page.texts("#mine .job__title > span:last-child");
    // The reminder set a deadline too: a change is an event, and rules hold from the next one on.
    assert_eq!(titles.len(), 4);
    assert_eq!(titles[3], "Ohne Frist");
    assert!(titles[..2].contains(&"Überfällig".to_owned()), "{titles:?}");
    assert!(page.has(".day__mark--now") && page.has(".day__mark--late"));
    assert_eq!(desk.read(none.id).await.due_at, None);
    assert_eq!(page.text(".pulse a[data-state=error] b"), "2");
}
