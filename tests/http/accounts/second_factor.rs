//! A code beside the password: setting it up, coming in with it, and what happens when the device is lost.

use chrono::Duration;
use entities::second_factor::totp;
use support::desk::{Client, Page, Persona, TestDesk};

use super::{PASSWORD, annika, attempt, is_in};

const ANNIKA: &str = "annika.brandt@desk.example";

/// What the app shows now.
fn code(desk: &TestDesk, secret: &str) -> String {
    totp::code_at(secret, desk.db.clock().now()).unwrap()
}

fn secret_of(page: &Page) -> String {
    page.text("code.secret").replace(' ', "")
}

/// Sets a second factor up; gives its secret and the recovery codes.
async fn set_up(desk: &TestDesk, browser: &Client) -> (String, Vec<String>) {
    let page = browser.get("/account/second-factor").await;
    let secret = secret_of(&page);
    let code = code(desk, &secret);
    let typed = [("code", code.as_str()), ("password", PASSWORD)];
    let page = browser.submit(&page, "#factor-form", &typed).await;
    assert_eq!(page.status, 200, "{}", page.describe());
    page.must_say("Der zweite Faktor ist eingerichtet");
    let codes = page.texts(".codes code");
    assert_eq!(codes.len(), 10);
    desk.pass(Duration::seconds(60));
    (secret, codes)
}

async fn with_factor(desk: &TestDesk) -> (Persona, String, Vec<String>) {
    let annika = annika(desk).await;
    let (secret, codes) = set_up(desk, &annika.sign_in().await).await;
    (annika, secret, codes)
}

/// Types the password and then this code.
async fn come_in(browser: &Client, code: &str) -> Page {
    let page = attempt(browser, ANNIKA, PASSWORD).await;
    assert_eq!(page.location().as_deref(), Some("/sign-in/code"));
    assert!(!is_in(browser).await, "the password alone opens nothing");
    let page = browser.follow(&page).await;
    browser.submit(&page, "#code-form", &[("code", code)]).await
}

#[tokio::test]
async fn a_code_is_asked_after_the_password_and_opens_once() {
    let desk = TestDesk::new().await;
    let (_, secret, _) = with_factor(&desk).await;
    let browser = desk.visitor();
    let shown = code(&desk, &secret);
    let page = come_in(&browser, &shown).await;
    assert_eq!(page.location().as_deref(), Some("/"));
    assert!(is_in(&browser).await);
    let second = desk.visitor();
    let page = come_in(&second, &shown).await;
    assert_eq!(page.status, 422, "each code once");
    assert!(page.has("#code-fault"));
    desk.pass(Duration::seconds(30));
    // A clock may be a step behind.
    let behind = totp::code_at(&secret, desk.db.clock().now() + Duration::seconds(30)).unwrap();
    assert_eq!(come_in(&second, &behind).await.status, 303);
}

#[tokio::test]
async fn a_wrong_first_code_or_password_sets_nothing_up_and_keeps_the_key() {
    let desk = TestDesk::new().await;
    let browser = annika(&desk).await.sign_in().await;
    let page = browser.get("/account/second-factor").await;
    assert!(page.has("svg.qr path"), "a picture for the app");
    let secret = secret_of(&page);
    let typed = [("code", "000000"), ("password", PASSWORD)];
    let page = browser.submit(&page, "#factor-form", &typed).await;
    assert_eq!(page.status, 422);
    assert!(page.has("#code-fault"));
    assert_eq!(secret_of(&page), secret, "the app has it already");
    let code = code(&desk, &secret);
    let typed = [
        ("code", code.as_str()),
        ("password", "ein anderes Kennwort"),
    ];
    let page = browser.submit(&page, "#factor-form", &typed).await;
    assert_eq!(page.status, 422);
    assert!(page.has("#password-fault"));
    assert_eq!(
        attempt(&desk.visitor(), ANNIKA, PASSWORD)
            .await
            .location()
            .as_deref(),
        Some("/")
    );
}

#[tokio::test]
async fn a_key_offered_to_somebody_else_is_worth_nothing() {
    let desk = TestDesk::new().await;
    let hers = annika(&desk).await.sign_in().await;
    let derya = desk
        .agent("Derya Aksoy")
        .with_password(PASSWORD)
        .await
        .sign_in()
        .await;
    let page = derya.get("/account/second-factor").await;
    let (secret, offer) = (
        secret_of(&page),
        page.attribute("[name=offer]", "value").unwrap(),
    );
    let code = code(&desk, &secret);
    let typed = [
        ("offer", offer.as_str()),
        ("code", &code),
        ("password", PASSWORD),
    ];
    let page = hers.post("/account/second-factor", &typed).await;
    assert_eq!(page.status, 303);
    let rows = "SELECT count(*) FROM second_factor";
    assert_eq!(desk.database().number(rows, vec![]).await, 0);
}

#[tokio::test]
async fn the_secret_is_sealed_and_codes_are_hashed() {
    let desk = TestDesk::new().await;
    let (_, secret, codes) = with_factor(&desk).await;
    let sql = "SELECT count(*) FROM second_factor WHERE secret LIKE '%' || $1 || '%'";
    assert_eq!(
        desk.database()
            .number(sql, vec![secret.clone().into()])
            .await,
        0
    );
    let plain = codes[0].replace('-', "").into_bytes();
    let sql = "SELECT count(*) FROM recovery_code WHERE hash = $1";
    assert_eq!(desk.database().number(sql, vec![plain.into()]).await, 0);
    let sql = "SELECT count(*) FROM event WHERE payload LIKE '%' || $1 || '%'";
    for word in [&secret, &codes[0]] {
        assert_eq!(
            desk.database().number(sql, vec![word.clone().into()]).await,
            0
        );
    }
    assert!(
        !desk
            .visitor()
            .get("/sign-in")
            .await
            .body()
            .contains(&secret)
    );
}

#[tokio::test]
async fn a_recovery_code_opens_once_and_is_told() {
    let desk = TestDesk::new().await;
    let (_, _, codes) = with_factor(&desk).await;
    let browser = desk.visitor();
    // As people type it.
    let typed = codes[3].to_uppercase().replace('-', " ");
    assert_eq!(come_in(&browser, &typed).await.status, 303);
    browser
        .get("/account/second-factor")
        .await
        .must_say("Von 10 Wiederherstellungscodes sind noch 9 übrig");
    assert_eq!(come_in(&desk.visitor(), &codes[3]).await.status, 422);
    desk.run_jobs().await;
    let told = desk.mails_to(ANNIKA);
    let used = told
        .iter()
        .filter(|mail| mail.text.contains("einem Wiederherstellungscode"));
    assert_eq!(used.count(), 1);
    let ways = browser
        .get("/account/sign-ins")
        .await
        .texts("tbody td:nth-child(3)");
    assert!(
        ways.contains(&"Kennwort und Wiederherstellungscode".to_owned()),
        "{ways:?}"
    );
}

#[tokio::test]
async fn of_many_who_use_a_recovery_code_at_once_one_gets_in() {
    let desk = TestDesk::new().await;
    let (_, _, codes) = with_factor(&desk).await;
    let one = async |_: usize| come_in(&desk.visitor(), &codes[0]).await.status == 303;
    let all = futures_util::future::join_all((0..4).map(one)).await;
    assert_eq!(all.iter().filter(|in_| **in_).count(), 1, "{all:?}");
}

#[tokio::test]
async fn new_recovery_codes_end_the_old_ones() {
    let desk = TestDesk::new().await;
    let (annika, _, old) = with_factor(&desk).await;
    let browser = annika.sign_in().await;
    let page = browser.get("/account/second-factor").await;
    let refused = browser
        .submit(&page, "#factor-form", &[("password", "falsch")])
        .await;
    assert_eq!(refused.status, 422);
    let page = browser
        .submit(&page, "#factor-form", &[("password", PASSWORD)])
        .await;
    let new = page.texts(".codes code");
    assert_eq!(new.len(), 10);
    assert_eq!(come_in(&desk.visitor(), &old[0]).await.status, 422);
    assert_eq!(come_in(&desk.visitor(), &new[0]).await.status, 303);
}

#[tokio::test]
async fn guessing_codes_ends_soon_and_elsewhere_one_still_gets_in() {
    let settings = [
        ("LOTSE_SIGN_IN_ATTEMPTS_PER_ACCOUNT", "3"),
        ("LOTSE_TRUSTED_PROXIES", "127.0.0.1"),
    ];
    let desk = TestDesk::with(&settings).await;
    let (_, secret, _) = with_factor(&desk).await;
    // Somebody who knows the password.
    let thief = desk.visitor();
    attempt(&thief, ANNIKA, PASSWORD).await;
    for (guess, status) in [
        ("111111", 422),
        ("222222", 422),
        ("333333", 422),
        ("444444", 429),
    ] {
        let page = thief.post("/sign-in/code", &[("code", guess)]).await;
        assert_eq!(page.status, status, "{guess}");
    }
    let shown = code(&desk, &secret);
    let page = thief.post("/sign-in/code", &[("code", &shown)]).await;
    assert_eq!(page.status, 429, "not even the right one");
    let browser = desk.visitor();
    attempt(&browser, ANNIKA, PASSWORD).await;
    let request = browser
        .request(reqwest::Method::POST, "/sign-in/code")
        .header("X-Forwarded-For", "198.51.100.7")
        .form(&[("code", &shown)]);
    assert_eq!(browser.send(request).await.status, 303);
}

#[tokio::test]
async fn half_a_sign_in_is_this_browsers_own_and_ends_soon() {
    let desk = TestDesk::new().await;
    let (_, secret, _) = with_factor(&desk).await;
    let stranger = desk.visitor();
    let page = stranger.get("/sign-in/code").await;
    assert_eq!(page.location().as_deref(), Some("/sign-in"));
    stranger.set_cookie("lotse_half", "made-up");
    let page = stranger
        .post("/sign-in/code", &[("code", &code(&desk, &secret))])
        .await;
    assert_eq!(page.location().as_deref(), Some("/sign-in"));
    let browser = desk.visitor();
    attempt(&browser, ANNIKA, PASSWORD).await;
    assert_eq!(browser.get("/sign-in/code").await.status, 200);
    desk.pass(Duration::minutes(11));
    let page = browser
        .post("/sign-in/code", &[("code", &code(&desk, &secret))])
        .await;
    assert_eq!(page.location().as_deref(), Some("/sign-in"));
}

#[tokio::test]
async fn a_reset_by_mail_does_not_go_around_the_second_factor() {
    let desk = TestDesk::new().await;
    with_factor(&desk).await;
    desk.visitor()
        .post("/sign-in/forgotten", &[("email", ANNIKA)])
        .await;
    desk.run_jobs().await;
    let mails = desk.mails_to(ANNIKA);
    let link = mails
        .iter()
        .flat_map(|mail| mail.text.lines())
        .find(|line| line.contains("word="));
    let link = link
        .unwrap()
        .strip_prefix(&desk.base())
        .unwrap()
        .trim()
        .to_owned();
    let browser = desk.visitor();
    let new = "Fünf Stare auf dem Dach";
    let page = browser.get(&link).await;
    let typed = [("new_password", new), ("again", new)];
    browser.submit(&page, "#new-password-form", &typed).await;
    let page = attempt(&browser, ANNIKA, new).await;
    assert_eq!(page.location().as_deref(), Some("/sign-in/code"));
}

#[tokio::test]
async fn removing_it_needs_the_password_and_is_told() {
    let desk = TestDesk::new().await;
    let (annika, ..) = with_factor(&desk).await;
    let browser = annika.sign_in().await;
    let page = browser
        .post("/account/second-factor/remove", &[("password", "falsch")])
        .await;
    assert_eq!(page.status, 422);
    let page = browser
        .post("/account/second-factor/remove", &[("password", PASSWORD)])
        .await;
    browser
        .follow(&page)
        .await
        .must_say("Der zweite Faktor ist entfernt");
    assert_eq!(
        attempt(&desk.visitor(), ANNIKA, PASSWORD)
            .await
            .location()
            .as_deref(),
        Some("/")
    );
    desk.run_jobs().await;
    let told = desk.mails_to(ANNIKA);
    assert!(
        told.iter()
            .any(|mail| mail.text.contains("soeben entfernt"))
    );
}

#[tokio::test]
async fn an_administrator_removes_a_lost_one() {
    let desk = TestDesk::new().await;
    let (annika, ..) = with_factor(&desk).await;
    let address = format!("/settings/people/{}/second-factor", annika.id);
    let derya = desk.agent("Derya Aksoy").await.sign_in().await;
    assert_eq!(derya.post(&address, &[]).await.status, 403);
    let admin = desk.administrator().await.sign_in().await;
    let page = admin
        .get(&format!("/settings/people/{}/access", annika.id))
        .await;
    let page = admin.submit(&page, "#factor-form", &[]).await;
    assert_eq!(page.status, 303);
    admin.follow(&page).await.must_say("Nicht eingerichtet");
    assert_eq!(
        attempt(&desk.visitor(), ANNIKA, PASSWORD)
            .await
            .location()
            .as_deref(),
        Some("/")
    );
    desk.run_jobs().await;
    let told = desk.mails_to(ANNIKA);
    assert!(
        told.iter()
            .any(|mail| mail.text.contains("soeben entfernt"))
    );
}

#[tokio::test]
async fn where_it_is_required_it_is_set_up_on_the_way_in() {
    let desk = TestDesk::with(&[("LOTSE_SIGN_IN_SECOND_FACTOR", "required")]).await;
    annika(&desk).await;
    let browser = desk.visitor();
    let page = browser.get("/sign-in?next=%2Faccount").await;
    let typed = [("email", ANNIKA), ("password", PASSWORD)];
    let page = browser.submit(&page, "#sign-in-form", &typed).await;
    assert_eq!(page.location().as_deref(), Some("/sign-in/second-factor"));
    assert!(!is_in(&browser).await);
    let page = browser.follow(&page).await;
    let secret = secret_of(&page);
    let wrong = browser
        .submit(&page, "#factor-form", &[("code", "000000")])
        .await;
    assert_eq!(wrong.status, 422);
    let code = code(&desk, &secret);
    let page = browser
        .submit(&page, "#factor-form", &[("code", &code)])
        .await;
    assert_eq!(page.texts(".codes code").len(), 10);
    assert_eq!(
        page.attribute(".kern-btn--primary", "href").as_deref(),
        Some("/account")
    );
    assert!(is_in(&browser).await);
    // Nobody sets up another one in the place of the first.
    let other = desk.visitor();
    let page = attempt(&other, ANNIKA, PASSWORD).await;
    assert_eq!(page.location().as_deref(), Some("/sign-in/code"));
    let page = other.get("/sign-in/second-factor").await;
    assert_eq!(page.location().as_deref(), Some("/sign-in"));
}
