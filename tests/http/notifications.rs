//! Choosing how one is told: by topic and way, the time of the day, quiet hours; what is wrong is said where it stands.

use support::desk::TestDesk;

#[tokio::test]
async fn what_somebody_chose_stands_in_the_form_again_and_bad_times_are_refused_with_what_was_typed()
 {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let browser = annika.sign_in().await;
    let page = browser.get("/account/notifications").await;
    let checked = |page: &support::desk::Page, name: &str| {
        let of = format!("input[name={name}][checked]");
        page.attribute(&of, "value").unwrap()
    };
    assert_eq!(checked(&page, "mentioned"), "at_once");
    assert_eq!(checked(&page, "watched"), "page");
    let typed = [
        ("watched", "daily"),
        ("mentioned", "off"),
        ("daily_at", "8:15"),
        ("quiet", "on"),
        ("quiet_from", "18:00"),
        ("quiet_to", "6:30"),
        ("quiet_weekend", "on"),
    ];
    let done = browser.submit(&page, "#notifications-form", &typed).await;
    let page = browser.follow(&done).await;
    page.must_say("Gespeichert.");
    assert_eq!(checked(&page, "watched"), "daily");
    assert_eq!(checked(&page, "mentioned"), "off");
    let value = |name: &str| page.attribute(&format!("#{name}"), "value").unwrap();
    assert_eq!([value("daily_at"), value("quiet_from")], ["08:15", "18:00"]);
    let bad = [("daily_at", "25:00"), ("quiet_to", "abends")];
    let refused = browser.submit(&page, "#notifications-form", &bad).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.count("#notifications-form span.error"), 2);
    assert_eq!(refused.attribute("#quiet_to", "value").unwrap(), "abends");
    assert_eq!(
        checked(&refused, "watched"),
        "daily",
        "the rest is kept as well"
    );
    let same = [("quiet_from", "10:00"), ("quiet_to", "10:00")];
    let refused = browser.submit(&page, "#notifications-form", &same).await;
    refused.must_say("Die Ruhezeit muss zu einer anderen Zeit enden");
}

#[tokio::test]
async fn keys_are_put_elsewhere_refused_when_taken_and_set_back() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let browser = annika.sign_in().await;
    let page = browser.get("/account/keys").await;
    // The field of the key `r`.
    let done = browser
        .submit(&page, "#own-keys-form", &[("key-72", "q")])
        .await;
    let page = browser.follow(&done).await;
    let own = page.attribute("html", "data-own-keys");
    assert_eq!(own.as_deref(), Some("{\"r\":\"q\"}"));
    let caps = browser.get("/help/keys").await.texts(".sheet kbd");
    assert!(
        caps.contains(&"q".to_owned()) && !caps.contains(&"r".to_owned()),
        "{caps:?}"
    );
    let refused = browser
        .submit(&page, "#own-keys-form", &[("key-6d", "q")])
        .await;
    assert_eq!(refused.status, 422);
    refused.must_say("Diese Taste ist schon belegt: Antworten.");
    assert_eq!(refused.attribute("#key-6d", "value").unwrap(), "q");
    // The other preferences leave the keys alone.
    let account = browser.get("/account").await;
    browser.submit(&account, "#preferences-form", &[]).await;
    assert!(
        browser
            .get("/")
            .await
            .attribute("html", "data-own-keys")
            .is_some()
    );
    browser
        .submit(&page, "#own-keys-form", &[("reset", "all")])
        .await;
    assert_eq!(
        browser.get("/").await.attribute("html", "data-own-keys"),
        None
    );
}
