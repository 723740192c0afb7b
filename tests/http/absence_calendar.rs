//! Absences from a calendar as its person sees them: named, read at once and by the clock, with a clear word when it fails.

use std::sync::{Arc, Mutex};

use chrono::{Days, NaiveDate};
use lotse::jobs;
use support::desk::{Client, Page, Persona, TestDesk};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

/// A server of calendars that answers all with the same.
struct Cloud {
    port: u16,
    answer: Arc<Mutex<String>>,
}

impl Cloud {
    async fn start() -> Cloud {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let answer = Arc::new(Mutex::new(String::new()));
        let says = answer.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let answer = says.lock().unwrap().clone();
                tokio::spawn(async move {
                    let mut asked = Vec::new();
                    while !asked.ends_with(b"\r\n\r\n") {
                        match stream.read_u8().await {
                            Ok(byte) => asked.push(byte),
                            Err(_) => return,
                        }
                    }
                    // Whoever asked may have enough of it before the end.
                    let _ = stream.write_all(answer.as_bytes()).await;
                });
            }
        });
        Cloud { port, answer }
    }

    fn address(&self) -> String {
        format!("http://127.0.0.1:{}/geheim/kalender.ics", self.port)
    }

    fn answers(&self, status: &str, head: &str, body: &str) {
        let length = body.len();
        *self.answer.lock().unwrap() = format!(
            "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{head}\r\n{body}"
        );
    }

    /// A calendar with these entries: what each is called, its title, its first day and the day after its last one.
    fn holds(&self, entries: &[(&str, &str, NaiveDate, NaiveDate)]) {
        let events: String = entries
            .iter()
            .map(|(uid, title, from, end)| {
                let (from, end) = (from.format("%Y%m%d"), end.format("%Y%m%d"));
                format!(
                    "BEGIN:VEVENT\r\nUID:{uid}\r\nSUMMARY:{title}\r\nDTSTART;VALUE=DATE:{from}\r\n\
                     DTEND;VALUE=DATE:{end}\r\nEND:VEVENT\r\n"
                )
            })
            .collect();
        let text = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n");
        self.answers("200 OK", "Content-Type: text/calendar\r\n", &text);
    }
}

struct Office {
    desk: TestDesk,
    cloud: Cloud,
    tobias: Persona,
}

async fn office() -> Office {
    let desk = TestDesk::with(&[("LOTSE_CALENDARS_INTERNAL_HOSTS", "127.0.0.1")]).await;
    let team = desk.team("Jugend 1").await;
    Office {
        tobias: desk.agent("Tobias Reuter").in_team(team).await,
        cloud: Cloud::start().await,
        desk,
    }
}

impl Office {
    fn in_days(&self, days: u64) -> NaiveDate {
        let today = entities::clock::day(self.desk.db.clock().now());
        today.checked_add_days(Days::new(days)).unwrap()
    }

    /// Tobias names the calendar; the page he then sees.
    async fn names_it(&self, browser: &Client) -> Page {
        let page = browser.get("/account/absences/calendar").await;
        let address = self.cloud.address();
        let typed = [("address", address.as_str())];
        let done = browser.submit(&page, "#calendar-form", &typed).await;
        assert_eq!(done.status, 303, "{}", done.describe());
        browser.follow(&done).await
    }

    async fn an_hour_passes(&self) {
        self.pass(61).await;
    }

    /// So many minutes pass, and the clock does its work.
    async fn pass(&self, minutes: i64) {
        self.desk.pass(chrono::Duration::minutes(minutes));
        jobs::run_due(&self.desk).await.unwrap();
    }

    /// Tobias asks to have it read now; the page he then sees.
    async fn reads_it(&self, browser: &Client) -> Page {
        let page = browser.get("/account/absences/calendar").await;
        let done = browser.submit(&page, "#calendar-read", &[]).await;
        assert_eq!(done.status, 303, "{}", done.describe());
        browser.follow(&done).await
    }
}

#[tokio::test]
async fn absences_come_from_a_calendar_at_once_and_move_with_it_every_hour() {
    let office = office().await;
    let (day, cloud) = (|days| office.in_days(days), &office.cloud);
    cloud.holds(&[
        ("a", "Urlaub an der Nordsee", day(0), day(3)),
        ("b", "Jour fixe", day(5), day(6)),
    ]);
    let browser = office.tobias.sign_in().await;
    let own = browser.get("/account/absences").await;
    assert!(own.has("a[href='/account/absences/calendar']"));
    let page = office.names_it(&browser).await;
    page.must_say("Der Kalender ist gespeichert.");
    page.must_say("Im Kalender steht eine Abwesenheit.");
    page.must_say("Gespeichert ist eine Adresse bei 127.0.0.1.");
    assert!(!page.says("geheim"), "the address is a secret");
    let own = browser.get("/account/absences").await;
    own.must_say("aus Ihrem Kalender gelesen");
    assert!(!own.says("Nordsee"), "no reason");
    let start = browser.get("/").await;
    assert!(start.text("#away").contains("Tobias Reuter"));
    // He cuts it short in his calendar.
    cloud.holds(&[("a", "Urlaub an der Nordsee", day(2), day(3))]);
    office.an_hour_passes().await;
    assert!(!browser.get("/").await.has("#away"));
    let own = browser.get("/account/absences").await;
    own.must_say("aus Ihrem Kalender gelesen");
    cloud.holds(&[]);
    office.an_hour_passes().await;
    office.pass(10).await;
    let page = browser.get("/account/absences/calendar").await;
    page.must_say("Im Kalender steht keine Abwesenheit.");
    let own = browser.get("/account/absences").await;
    own.must_say("Es ist keine Abwesenheit eingetragen.");
    let done = browser.submit(&page, "#calendar-end", &[]).await;
    let page = browser.follow(&done).await;
    page.must_say("Der Kalender wird nicht mehr gelesen.");
    assert!(!page.has("#calendar-state"));
    office.desk.must_verify().await;
}

#[tokio::test]
async fn a_calendar_that_is_empty_for_a_moment_ends_nobodys_absence() {
    let office = office().await;
    let (day, cloud) = (|days| office.in_days(days), &office.cloud);
    let week = [("a", "Urlaub", day(0), day(6))];
    cloud.holds(&week);
    let browser = office.tobias.sign_in().await;
    office.names_it(&browser).await;
    let is_away = async || browser.get("/").await.has("#away");
    assert!(is_away().await);
    // The server writes an empty calendar while it is made anew.
    cloud.holds(&[]);
    office.desk.pass(chrono::Duration::minutes(2));
    let page = office.reads_it(&browser).await;
    page.must_say("Im Kalender steht auf einmal keine Abwesenheit mehr.");
    page.must_say("Was eingetragen ist, bleibt vorerst.");
    assert!(is_away().await);
    // Asking again does not make it true any sooner.
    office.desk.pass(chrono::Duration::minutes(2));
    let page = office.reads_it(&browser).await;
    page.must_say("Im Kalender steht auf einmal keine Abwesenheit mehr.");
    cloud.holds(&week);
    office.pass(10).await;
    let page = browser.get("/account/absences/calendar").await;
    page.must_say("Im Kalender steht eine Abwesenheit.");
    assert!(is_away().await);
    // What stays empty is believed.
    cloud.holds(&[]);
    office.an_hour_passes().await;
    assert!(is_away().await);
    office.pass(10).await;
    assert!(!is_away().await);
    let own = browser.get("/account/absences").await;
    own.must_say("Es ist keine Abwesenheit eingetragen.");
    office.desk.must_verify().await;
}

#[tokio::test]
async fn whoever_asks_again_and_again_has_their_calendar_read_once_a_minute() {
    let office = office().await;
    let (day, cloud) = (|days| office.in_days(days), &office.cloud);
    cloud.holds(&[("a", "Urlaub", day(2), day(3))]);
    let browser = office.tobias.sign_in().await;
    office.names_it(&browser).await;
    cloud.holds(&[
        ("a", "Urlaub", day(2), day(3)),
        ("b", "Urlaub", day(8), day(9)),
    ]);
    let page = office.reads_it(&browser).await;
    page.must_say("Der Kalender wurde gerade erst gelesen. Bitte warten Sie eine Minute.");
    page.must_say("Im Kalender steht eine Abwesenheit.");
    // Nor does saving it again help.
    let typed = [("words", "Urlaub, Auszeit")];
    let done = browser.submit(&page, "#calendar-form", &typed).await;
    let page = browser.follow(&done).await;
    page.must_say("Der Kalender ist gespeichert.");
    page.must_say("Gelesen wird er in einer Minute.");
    let kept = page.attribute("#words", "value");
    assert_eq!(kept.as_deref(), Some("Urlaub, Auszeit"));
    office.pass(1).await;
    let page = browser.get("/account/absences/calendar").await;
    page.must_say("Im Kalender stehen 2 Abwesenheiten.");
    office.desk.pass(chrono::Duration::minutes(1));
    let page = office.reads_it(&browser).await;
    assert!(!page.says("gerade erst gelesen"), "{}", page.describe());
}

#[tokio::test]
async fn a_calendar_that_fails_for_a_day_is_told_on_the_start_page_until_it_is_read_again() {
    let office = office().await;
    let (day, cloud) = (|days| office.in_days(days), &office.cloud);
    cloud.holds(&[("a", "Urlaub", day(20), day(22))]);
    let browser = office.tobias.sign_in().await;
    office.names_it(&browser).await;
    let words = "lässt sich seit mehr als einem Tag nicht lesen";
    cloud.answers("404 Not Found", "", "");
    office.an_hour_passes().await;
    assert!(!browser.get("/").await.says(words), "an hour is nothing");
    office.pass(24 * 60).await;
    // Whoever was away for a day signs in again.
    let browser = office.tobias.sign_in().await;
    let start = browser.get("/").await;
    start.must_say(words);
    assert!(start.has("#start a[href='/account/absences/calendar']"));
    let annika = office.desk.agent("Annika Brandt").await;
    let hers = annika.sign_in().await.get("/").await;
    assert!(!hers.says(words), "it is nobody else's");
    cloud.holds(&[("a", "Urlaub", day(20), day(22))]);
    office.an_hour_passes().await;
    let start = browser.get("/").await;
    assert!(!start.says(words), "{}", start.describe());
}

#[tokio::test]
async fn what_goes_wrong_with_a_calendar_stands_beside_it_and_takes_nothing_away() {
    let office = office().await;
    let (day, cloud) = (|days| office.in_days(days), &office.cloud);
    cloud.holds(&[("a", "Urlaub", day(2), day(3))]);
    let browser = office.tobias.sign_in().await;
    office.names_it(&browser).await;
    let whole = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n";
    let large = "x".repeat(6 * 1024 * 1024);
    for (status, head, body, words) in [
        ("404 Not Found", "", "", "mit dem Fehler 404"),
        (
            "200 OK",
            "",
            "<p>Anmeldung</p>",
            "kein Kalender im Format iCal",
        ),
        ("200 OK", "", whole, "kam nicht vollständig an"),
        ("200 OK", "", large.as_str(), "größer als 5 MB"),
        (
            "302 Found",
            "Location: http://127.0.0.1/\r\n",
            "",
            "verweist auf eine andere Adresse",
        ),
    ] {
        cloud.answers(status, head, body);
        office.desk.pass(chrono::Duration::minutes(1));
        let told = office.reads_it(&browser).await;
        told.must_say("Der Kalender ließ sich nicht lesen.");
        told.must_say(words);
        told.must_say("Was eingetragen ist, bleibt.");
        let own = browser.get("/account/absences").await;
        own.must_say("aus Ihrem Kalender gelesen");
    }
}

#[tokio::test]
async fn an_address_that_may_not_be_fetched_is_refused_where_it_was_typed() {
    let office = office().await;
    let browser = office.tobias.sign_in().await;
    let page = browser.get("/account/absences/calendar").await;
    for (typed, words) in [
        ("", "die mit https:// oder webcal:// beginnt"),
        ("mein Kalender", "die mit https:// oder webcal:// beginnt"),
        (
            "http://cloud.example/a.ics",
            "die mit https:// oder webcal:// beginnt",
        ),
        (
            "file:///etc/passwd",
            "die mit https:// oder webcal:// beginnt",
        ),
        (
            "https://10.0.0.1/a.ics",
            "Der Server liegt in einem internen Netz.",
        ),
        (
            "webcal://[::1]/a.ics",
            "Der Server liegt in einem internen Netz.",
        ),
    ] {
        let form = [("address", typed), ("words", "Auszeit")];
        let wrong = browser.submit(&page, "#calendar-form", &form).await;
        assert_eq!(wrong.status, 422, "{typed}");
        wrong.must_say(words);
        assert!(wrong.has("#address-fault"), "{}", wrong.describe());
        let kept = wrong.attribute("#words", "value");
        assert_eq!(kept.as_deref(), Some("Auszeit"));
    }
    let many = ["Auszeit"; 21].join(", ");
    let form = [
        ("address", "https://cloud.example/a.ics"),
        ("words", many.as_str()),
    ];
    let wrong = browser.submit(&page, "#calendar-form", &form).await;
    assert!(wrong.has("#words-fault"), "{}", wrong.describe());
}

#[tokio::test]
async fn whoever_works_on_no_tickets_names_no_calendar() {
    let office = office().await;
    let sabine = office.desk.requester("Sabine Kowalke").await;
    let browser = sabine.sign_in().await;
    let page = browser.get("/account/absences/calendar").await;
    assert_eq!(page.status, 403, "{}", page.describe());
    let sent = browser.post("/account/absences/calendar", &[]).await;
    assert_eq!(sent.status, 403);
}
