//! Failed tries, as who attacks an account and as whose account it is.

use chrono::Duration;
use reqwest::Method;
use support::desk::{Client, TestDesk};

use super::{PASSWORD, annika, is_in};

const ANNIKA: &str = "annika.brandt@desk.example";

/// A desk behind a proxy that tells from where requests come.
async fn behind_a_proxy(most: &str) -> TestDesk {
    TestDesk::with(&[
        ("LOTSE_TRUSTED_PROXIES", "127.0.0.1"),
        ("LOTSE_SIGN_IN_ATTEMPTS_PER_ACCOUNT", most),
        ("LOTSE_SIGN_IN_ATTEMPTS_PER_ADDRESS", "20"),
    ])
    .await
}

/// One try from a place; the status of the answer.
async fn from(browser: &Client, place: &str, password: &str) -> u16 {
    let fields = [("email", ANNIKA), ("password", password)];
    let request = browser
        .request(Method::POST, "/sign-in")
        .header("X-Forwarded-For", place)
        .form(&fields);
    browser.send(request).await.status.as_u16()
}

/// Fails until nothing is looked at any more; how often it was.
async fn attack(desk: &TestDesk, places: impl Iterator<Item = String>) -> usize {
    let mut looked_at = 0;
    for place in places {
        let stranger = desk.visitor();
        while from(&stranger, &place, "ein falsches Kennwort").await == 422 {
            looked_at += 1;
        }
    }
    looked_at
}

#[tokio::test]
async fn one_place_locks_out_itself_alone() {
    let desk = behind_a_proxy("3").await;
    annika(&desk).await;
    let evil = ["203.0.113.9".to_owned()];
    assert_eq!(attack(&desk, evil.iter().cloned()).await, 3);
    // However long they go on, it counts nowhere else.
    for _ in 0..40 {
        assert_eq!(from(&desk.visitor(), &evil[0], PASSWORD).await, 429);
    }
    let browser = desk.visitor();
    assert_eq!(from(&browser, "198.51.100.7", PASSWORD).await, 303);
    assert!(is_in(&browser).await);
}

#[tokio::test]
async fn a_browser_one_came_in_by_stays_open_whatever_others_do() {
    let desk = behind_a_proxy("3").await;
    annika(&desk).await;
    let browser = desk.visitor();
    assert_eq!(from(&browser, "198.51.100.7", PASSWORD).await, 303);
    browser.post("/sign-out", &[]).await;
    // From everywhere, and from where she sits herself, until the whole account is closed to strangers.
    let everywhere = (0..40).map(|n| format!("203.0.113.{n}"));
    let here = std::iter::once("198.51.100.7".to_owned());
    assert_eq!(attack(&desk, here.chain(everywhere)).await, 30);
    assert_eq!(from(&desk.visitor(), "192.0.2.44", PASSWORD).await, 429);
    for _ in 0..3 {
        assert_eq!(from(&browser, "198.51.100.7", PASSWORD).await, 303);
        browser.post("/sign-out", &[]).await;
    }
}

#[tokio::test]
async fn a_known_browser_has_no_more_tries_than_others() {
    let desk = behind_a_proxy("3").await;
    annika(&desk).await;
    let stolen = desk.visitor();
    assert_eq!(from(&stolen, "198.51.100.7", PASSWORD).await, 303);
    stolen.post("/sign-out", &[]).await;
    let mut looked_at = 0;
    for place in 0..20 {
        let place = format!("203.0.113.{place}");
        looked_at += usize::from(from(&stolen, &place, "falsch geraten").await == 422);
    }
    assert_eq!(looked_at, 3);
    // Elsewhere nothing was used up.
    assert_eq!(from(&desk.visitor(), "192.0.2.44", PASSWORD).await, 303);
}

#[tokio::test]
async fn a_browser_is_known_for_its_own_people_only() {
    let desk = behind_a_proxy("3").await;
    annika(&desk).await;
    desk.agent("Eve Fremd").with_password(PASSWORD).await;
    let eves = desk.visitor();
    let typed = [("email", "eve.fremd@desk.example"), ("password", PASSWORD)];
    assert_eq!(eves.post("/sign-in", &typed).await.status, 303);
    eves.post("/sign-out", &[]).await;
    assert!(eves.cookie("lotse_device").is_some());
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(from(&eves, "203.0.113.9", "falsch geraten").await);
    }
    assert_eq!(statuses, [422, 422, 422, 429]);
    let known = "SELECT count(*) FROM sign_in_counter WHERE key LIKE 'device %'";
    assert_eq!(desk.database().number(known, vec![]).await, 0);
}

#[tokio::test]
async fn a_made_up_device_is_none_and_is_not_taken_over() {
    let desk = behind_a_proxy("3").await;
    annika(&desk).await;
    let browser = desk.visitor();
    browser.set_cookie("lotse_device", "planted");
    assert_eq!(from(&browser, "198.51.100.7", PASSWORD).await, 303);
    assert_ne!(browser.cookie("lotse_device").as_deref(), Some("planted"));
    let kept = browser.cookie("lotse_device").unwrap();
    browser.post("/sign-out", &[]).await;
    assert_eq!(from(&browser, "198.51.100.7", PASSWORD).await, 303);
    assert_eq!(
        browser.cookie("lotse_device").unwrap(),
        kept,
        "the same word stays"
    );
}

#[tokio::test]
async fn whoever_waits_gets_in_once_the_time_is_over() {
    let desk = behind_a_proxy("2").await;
    annika(&desk).await;
    let everywhere = (0..20).map(|n| format!("203.0.113.{n}"));
    assert_eq!(attack(&desk, everywhere).await, 20);
    assert_eq!(from(&desk.visitor(), "192.0.2.44", PASSWORD).await, 429);
    desk.pass(Duration::minutes(16));
    assert_eq!(from(&desk.visitor(), "192.0.2.44", PASSWORD).await, 303);
}

#[tokio::test]
async fn a_link_by_mail_opens_a_way_in_during_an_attack() {
    let desk = behind_a_proxy("2").await;
    annika(&desk).await;
    let everywhere = (0..20).map(|n| format!("203.0.113.{n}"));
    attack(&desk, everywhere).await;
    let browser = desk.visitor();
    browser
        .post("/sign-in/forgotten", &[("email", ANNIKA)])
        .await;
    desk.run_jobs().await;
    let text = &desk.mails_to(ANNIKA)[0].text;
    let link = text.lines().find(|line| line.contains("word=")).unwrap();
    let link = link.strip_prefix(&desk.base()).unwrap().trim();
    let new = "Fünf Stare auf dem Dach";
    let page = browser.get(link).await;
    let typed = [("new_password", new), ("again", new)];
    let page = browser.submit(&page, "#new-password-form", &typed).await;
    assert_eq!(page.status, 303);
    assert_eq!(from(&browser, "192.0.2.44", new).await, 303);
}

#[tokio::test]
async fn whoever_is_locked_out_is_shown_so_beside_their_name_until_they_come_in() {
    let desk = behind_a_proxy("2").await;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    desk.vendor_user("Annika Brandt")
        .of(nordlicht)
        .with_password(PASSWORD)
        .await;
    let carla = desk
        .coordinator("Carla Voss")
        .of(nordlicht)
        .await
        .sign_in()
        .await;
    let admin = desk.administrator().await.sign_in().await;
    let lists = [
        (&admin, format!("/settings/guests/{nordlicht}")),
        (&carla, "/portal/people".to_owned()),
    ];
    let says_locked = async || {
        let mut says = vec![];
        for (browser, list) in &lists {
            let page = browser.get(list).await;
            page.must_say("Annika Brandt");
            says.push(page.says("Gesperrt"));
        }
        says
    };
    assert_eq!(says_locked().await, [false, false]);
    assert_eq!(
        attack(&desk, ["203.0.113.9".to_owned()].into_iter()).await,
        2
    );
    assert_eq!(says_locked().await, [true, true]);
    let page = admin.get(&lists[0].1).await;
    page.must_say("zu viele falsche Versuche");
    assert!(page.has("button[value=end]"), "{}", page.describe());
    // From elsewhere the door is open, and then nobody is locked out.
    desk.pass(Duration::minutes(1));
    let browser = desk.visitor();
    assert_eq!(from(&browser, "198.51.100.7", PASSWORD).await, 303);
    assert_eq!(says_locked().await, [false, false]);
    desk.pass(Duration::minutes(1));
    assert_eq!(
        attack(&desk, ["203.0.113.77".to_owned()].into_iter()).await,
        2
    );
    assert_eq!(says_locked().await, [true, true]);
    desk.pass(Duration::minutes(16));
    assert_eq!(says_locked().await, [false, false]);
}
