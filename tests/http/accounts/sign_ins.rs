//! Who signed in when and from where, and ending sessions of others.

use support::desk::TestDesk;

use super::{PASSWORD, annika, attempt, is_in};

const ANNIKA: &str = "annika.brandt@desk.example";

#[tokio::test]
async fn everybody_sees_who_came_in_as_them_and_who_did_not() {
    let desk = TestDesk::with(&[("LOTSE_SIGN_IN_ATTEMPTS_PER_ACCOUNT", "2")]).await;
    annika(&desk).await;
    let stranger = desk.visitor();
    for status in [422, 422, 429, 429] {
        assert_eq!(
            attempt(&stranger, ANNIKA, "falsch geraten").await.status,
            status
        );
    }
    desk.pass(chrono::Duration::minutes(20));
    let browser = desk.visitor();
    assert_eq!(attempt(&browser, ANNIKA, PASSWORD).await.status, 303);
    let page = browser.get("/account").await;
    assert!(page.has("a[href='/account/sign-ins']"));
    let page = browser.get("/account/sign-ins").await;
    assert_eq!(
        page.texts("tbody td:nth-child(2)"),
        [
            "Angemeldet",
            "Zu viele Versuche von dort, eine Weile gesperrt",
            "Falsches Kennwort",
            "Falsches Kennwort",
        ],
    );
    assert_eq!(page.texts("tbody td:nth-child(3)")[0], "Kennwort");
    page.must_say("127.0.0.1");
    // What others tried on others is not told.
    let derya = desk.agent("Derya Aksoy").await.sign_in().await;
    derya
        .get("/account/sign-ins")
        .await
        .must_say("niemand angemeldet");
}

#[tokio::test]
async fn what_was_typed_as_an_address_is_not_kept() {
    let desk = TestDesk::new().await;
    attempt(&desk.visitor(), "Kanarienvogel4711", "x").await;
    let sql = "SELECT count(*) FROM sign_in_entry WHERE detail || address || browser LIKE '%Kanarienvogel%'";
    assert_eq!(desk.database().number(sql, vec![]).await, 0);
    let tries = "SELECT count(*) FROM sign_in_entry WHERE outcome = 'wrong' AND person_id IS NULL";
    assert_eq!(desk.database().number(tries, vec![]).await, 1);
}

#[tokio::test]
async fn the_list_is_paged() {
    let desk = TestDesk::new().await;
    annika(&desk).await;
    let browser = desk.visitor();
    for _ in 0..51 {
        attempt(&desk.visitor(), ANNIKA, PASSWORD).await;
        desk.pass(chrono::Duration::seconds(1));
    }
    attempt(&browser, ANNIKA, PASSWORD).await;
    let page = browser.get("/account/sign-ins").await;
    assert_eq!(page.count("tbody tr"), 50);
    let next = page.attribute("a[rel=next]", "href").unwrap();
    let page = browser.get(&next).await;
    assert_eq!(page.count("tbody tr"), 2);
    assert!(!page.has("a[rel=next]"));
}

#[tokio::test]
async fn administrators_see_and_end_sessions_of_others() {
    let desk = TestDesk::new().await;
    let annika = annika(&desk).await;
    let (office, home) = (annika.sign_in().await, annika.sign_in().await);
    let admin = desk.administrator().await.sign_in().await;
    let person = format!("/settings/people/{}", annika.id);
    let page = admin.get(&person).await;
    assert!(page.has(&format!("a[href='{person}/access']")));
    let page = admin.get(&format!("{person}/access")).await;
    let ends = page.attributes("#session-list button", "value");
    assert_eq!(ends.len(), 3, "each, and all");
    let sessions = format!("{person}/sessions");
    let page = admin.post(&sessions, &[("session", &ends[0])]).await;
    assert_eq!(page.status, 303);
    let left = [is_in(&office).await, is_in(&home).await];
    assert_eq!(left.iter().filter(|left| **left).count(), 1, "{left:?}");
    admin.post(&sessions, &[("session", "many")]).await;
    assert!(!is_in(&office).await && !is_in(&home).await);
    let sql = "SELECT count(*) FROM event WHERE name = 'sessions_ended' AND subject_id = $1";
    let events = desk.database().number(sql, vec![annika.id.into()]).await;
    assert_eq!(events, 2);
    assert!(is_in(&admin).await);
}

#[tokio::test]
async fn others_neither_see_nor_end_sessions() {
    let desk = TestDesk::new().await;
    let annika = annika(&desk).await;
    let hers = annika.sign_in().await;
    let derya = desk.agent("Derya Aksoy").await.sign_in().await;
    let person = format!("/settings/people/{}", annika.id);
    assert_eq!(derya.get(&format!("{person}/access")).await.status, 403);
    let page = derya
        .post(&format!("{person}/sessions"), &[("session", "many")])
        .await;
    assert_eq!(page.status, 403);
    assert!(is_in(&hers).await);
}
