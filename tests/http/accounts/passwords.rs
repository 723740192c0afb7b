//! What is taken as a password, wherever one is set.

use super::{OTHER, PASSWORD, annika};
use support::desk::TestDesk;

/// A password, and what the page says of it.
const REFUSED: [(&str, &str); 5] = [
    ("kurz", "mindestens 12 Zeichen"),
    ("passwordpassword", "leicht zu erraten"),
    ("Passwort1234!", "leicht zu erraten"),
    ("Annika.Brandt.1", "Ihrem Namen"),
    ("Servicedesk2026", "Namen des Servicedesks"),
];

#[tokio::test]
async fn a_weak_password_is_refused_at_its_field() {
    let desk = TestDesk::new().await;
    let browser = annika(&desk).await.sign_in().await;
    for (weak, says) in REFUSED {
        let page = browser.get("/account").await;
        let typed = [
            ("old_password", PASSWORD),
            ("new_password", weak),
            ("again", weak),
        ];
        let page = browser.submit(&page, "#password-form", &typed).await;
        assert_eq!(page.status, 422, "{weak}");
        assert!(page.text("#new_password-fault").contains(says), "{weak}");
        assert!(!page.body().contains(weak), "{weak} came back");
    }
}

#[tokio::test]
async fn administrators_set_no_weak_password_either() {
    let desk = TestDesk::new().await;
    let annika = annika(&desk).await;
    let browser = desk.administrator().await.sign_in().await;
    let address = format!("/settings/people/{}/password", annika.id);
    for (weak, says) in REFUSED {
        let page = browser.post(&address, &[("password", weak)]).await;
        assert_eq!(page.status, 422, "{weak}");
        assert!(page.text("#password-fault").contains(says), "{weak}");
    }
    let page = browser.post(&address, &[("password", OTHER)]).await;
    assert_eq!(page.status, 303);
}

#[tokio::test]
async fn who_has_a_new_password_is_told_by_mail() {
    let desk = TestDesk::new().await;
    let browser = annika(&desk).await.sign_in().await;
    let page = browser.get("/account").await;
    let typed = [
        ("old_password", PASSWORD),
        ("new_password", OTHER),
        ("again", OTHER),
    ];
    let page = browser.submit(&page, "#password-form", &typed).await;
    assert_eq!(page.status, 303);
    desk.run_jobs().await;
    let mails = desk.mails_to("annika.brandt@desk.example");
    assert_eq!(mails.len(), 1);
    assert!(
        mails[0].text.contains("Ihr Kennwort wurde soeben geändert"),
        "{}",
        mails[0].text
    );
    assert!(!mails[0].text.contains(OTHER));
    desk.must_be_idle().await;
}
