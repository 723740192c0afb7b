//! A forgotten password, as whoever forgot it sees it, and as whoever tries it on others.

use chrono::Duration;
use support::desk::{Client, Page, TestDesk};
use support::provider::{Does, Provider};

use super::{OTHER, PASSWORD, annika, attempt, is_in};

const ANNIKA: &str = "annika.brandt@desk.example";

async fn ask(browser: &Client, email: &str) -> Page {
    let page = browser.get("/sign-in").await;
    assert!(page.has("a[href='/sign-in/forgotten']"));
    let page = browser.get("/sign-in/forgotten").await;
    browser
        .submit(&page, "#forgotten-form", &[("email", email)])
        .await
}

/// Asks, and gives the link of the mail that comes.
async fn link(desk: &TestDesk) -> String {
    let before = desk.mails_to(ANNIKA).len();
    assert_eq!(ask(&desk.visitor(), ANNIKA).await.status, 200);
    desk.run_jobs().await;
    let mails = desk.mails_to(ANNIKA);
    assert_eq!(mails.len(), before + 1);
    let text = &mails[before].text;
    let link = text.lines().find(|line| line.contains("word=")).unwrap();
    link.strip_prefix(&desk.base()).unwrap().trim().to_owned()
}

async fn choose(browser: &Client, link: &str, new: &str, again: &str) -> Page {
    let page = browser.get(link).await;
    let typed = [("new_password", new), ("again", again)];
    browser.submit(&page, "#new-password-form", &typed).await
}

#[tokio::test]
async fn a_link_in_the_mail_gives_a_new_password_once() {
    let desk = TestDesk::new().await;
    let annika = annika(&desk).await;
    let elsewhere = annika.sign_in().await;
    let link = link(&desk).await;
    let browser = desk.visitor();
    // Mail scanners look first.
    assert_eq!(desk.visitor().get(&link).await.status, 200);
    let page = choose(&browser, &link, "kurz", "kurz").await;
    assert_eq!(page.status, 422);
    assert!(page.has("#new_password-fault"));
    let page = choose(&browser, &link, OTHER, "anders geschrieben").await;
    assert!(page.has("#again-fault"));
    assert!(is_in(&elsewhere).await);
    let page = choose(&browser, &link, OTHER, OTHER).await;
    assert_eq!(page.status, 303);
    browser
        .follow(&page)
        .await
        .must_say("Ihr neues Kennwort gilt");
    assert!(!is_in(&elsewhere).await, "sessions begun before");
    assert_eq!(attempt(&browser, ANNIKA, PASSWORD).await.status, 422);
    assert_eq!(attempt(&browser, ANNIKA, OTHER).await.status, 303);
    let page = desk.visitor().get(&link).await;
    assert_eq!(page.status, 410);
    page.must_say("Dieser Link gilt nicht mehr");
    desk.run_jobs().await;
    let last = desk.mails_to(ANNIKA).pop().unwrap();
    assert!(last.text.contains("soeben geändert"), "{}", last.text);
}

#[tokio::test]
async fn the_answer_is_the_same_whoever_is_asked_for() {
    let desk = TestDesk::new().await;
    annika(&desk).await;
    desk.requester("Sabine Krüger").await;
    let known = ask(&desk.visitor(), ANNIKA).await;
    for nobody in ["nobody@desk.example", "sabine.kruger@desk.example"] {
        let page = ask(&desk.visitor(), nobody).await;
        assert_eq!((page.status, page.body()), (known.status, known.body()));
        desk.run_jobs().await;
        assert!(desk.mails_to(nobody).is_empty());
    }
    let page = ask(&desk.visitor(), "no address").await;
    assert_eq!(page.status, 422);
    assert_eq!(
        page.attribute("#email", "value").as_deref(),
        Some("no address")
    );
}

#[tokio::test]
async fn a_link_holds_for_an_hour_and_newer_ones_do_not_end_it() {
    let desk = TestDesk::new().await;
    annika(&desk).await;
    let (first, second) = (link(&desk).await, link(&desk).await);
    assert_eq!(desk.visitor().get(&first).await.status, 200);
    desk.pass(Duration::minutes(61));
    for link in [&first, &second] {
        assert_eq!(desk.visitor().get(link).await.status, 410);
    }
    let (first, second) = (link(&desk).await, link(&desk).await);
    assert_eq!(
        choose(&desk.visitor(), &first, OTHER, OTHER).await.status,
        303
    );
    assert_eq!(
        desk.visitor().get(&second).await.status,
        410,
        "it ends with the other"
    );
}

#[tokio::test]
async fn of_many_who_use_a_link_at_once_one_succeeds() {
    let desk = TestDesk::new().await;
    annika(&desk).await;
    let link = link(&desk).await;
    let one = async |number: usize| {
        let new = format!("{OTHER} {number}");
        choose(&desk.visitor(), &link, &new, &new).await.status
    };
    let all = futures_util::future::join_all((0..4).map(one)).await;
    assert_eq!(
        all.iter().filter(|status| **status == 303).count(),
        1,
        "{all:?}"
    );
}

#[tokio::test]
async fn nobody_is_buried_in_mails_and_others_still_get_theirs() {
    let desk = TestDesk::with(&[("LOTSE_SIGN_IN_ATTEMPTS_PER_ADDRESS", "6")]).await;
    annika(&desk).await;
    desk.agent("Derya Aksoy").with_password(PASSWORD).await;
    for _ in 0..5 {
        assert_eq!(ask(&desk.visitor(), ANNIKA).await.status, 200);
    }
    ask(&desk.visitor(), "derya.aksoy@desk.example").await;
    desk.run_jobs().await;
    assert_eq!(desk.mails_to(ANNIKA).len(), 3);
    assert_eq!(desk.mails_to("derya.aksoy@desk.example").len(), 1);
    let page = ask(&desk.visitor(), "else@desk.example").await;
    assert_eq!(page.status, 429, "too many from one place");
    page.must_say("wieder einen Link anfordern");
    assert_eq!(attempt(&desk.visitor(), ANNIKA, PASSWORD).await.status, 303);
}

#[tokio::test]
async fn who_comes_in_by_a_provider_alone_is_told_so() {
    let desk = TestDesk::beside_providers().await;
    desk.agent("Annika Brandt").await;
    let provider = Provider::start(&desk.base());
    let id = desk.trust(&provider, "Amt", |_| {}).await;
    let browser = desk.visitor();
    browser
        .sign_in_by(&provider, id, Does::SignIn(ANNIKA))
        .await;
    ask(&desk.visitor(), ANNIKA).await;
    desk.run_jobs().await;
    let mails = desk.mails_to(ANNIKA);
    assert_eq!(mails.len(), 1);
    assert!(mails[0].text.contains("mit Ihrem dienstlichen Konto"));
    assert!(!mails[0].text.contains("word="));
}

#[tokio::test]
async fn a_word_of_the_mail_is_stored_nowhere() {
    let desk = TestDesk::new().await;
    annika(&desk).await;
    let link = link(&desk).await;
    let word = link.split_once("word=").unwrap().1;
    let rows = "SELECT count(*) FROM one_time_link";
    assert_eq!(desk.database().number(rows, vec![]).await, 1);
    let outbox = "SELECT count(*) FROM outbox WHERE last_error LIKE '%' || $1 || '%'";
    let events = "SELECT count(*) FROM event WHERE payload LIKE '%' || $1 || '%'";
    for sql in [outbox, events] {
        assert_eq!(desk.database().number(sql, vec![word.into()]).await, 0);
    }
    let hash = "SELECT count(*) FROM one_time_link WHERE hash = $1";
    assert_eq!(
        desk.database()
            .number(hash, vec![word.as_bytes().to_vec().into()])
            .await,
        0
    );
}

#[tokio::test]
async fn a_retired_person_has_no_use_of_a_link() {
    let desk = TestDesk::new().await;
    let annika = annika(&desk).await;
    let link = link(&desk).await;
    desk.console(entities::person::Retire::of(annika.id)).await;
    assert_eq!(desk.visitor().get(&link).await.status, 410);
}
