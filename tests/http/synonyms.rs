//! Words that mean the same: who keeps them, what is refused, and that a search knows them at once.

use lotse::finding::reindex;
use lotse::jobs::indexing;
use support::desk::{Client, Page, TestDesk};

const NEW: &str = "/settings/synonyms/new";

async fn save(browser: &Client, at: &str, words: &str) -> Page {
    let page = browser.get(at).await;
    browser
        .submit(&page, "form.sheet", &[("words", words)])
        .await
}

async fn found(desk: &TestDesk, browser: &Client, words: &str) -> Vec<String> {
    indexing::run_due(desk).await.unwrap();
    let page = browser.get(&format!("/search?q={words}")).await;
    page.texts("#hits .hit h2")
}

#[tokio::test]
async fn what_an_administrator_calls_the_same_is_found_by_either_word() {
    let desk = TestDesk::new().await;
    desk.ticket("Gutschein der Kindertagesstätte").await;
    desk.ticket("Serienbrief fehlt").await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    assert!(found(&desk, &annika, "kita").await.is_empty());

    let admin = desk.administrator().await.sign_in().await;
    admin
        .get("/settings/synonyms")
        .await
        .must_say("Noch sind keine Wörter als gleichbedeutend bekannt");
    let made = save(&admin, NEW, "Kita\n  Kindertagesstätte ,kita\n\nHort").await;
    assert_eq!(made.status, 303, "{}", made.describe());
    let page = admin.follow(&made).await;
    page.must_say("Kita, Kindertagesstätte, Hort");
    let title = ["Gutschein der Kindertagesstätte"];
    for words in ["kita", "hort"] {
        assert_eq!(found(&desk, &annika, words).await, title, "{words}");
    }
    // An index that is built anew knows them too.
    let engine = desk.index.engine().await.unwrap();
    let zone = desk.config.time_zone;
    reindex::anew(&desk.db, &engine, zone, |_, _| {})
        .await
        .unwrap();
    assert_eq!(found(&desk, &annika, "kita").await, title);

    let at = made.location().unwrap();
    let at = at.split('?').next().unwrap();
    let saved = save(&admin, at, "Rundschreiben\nSerienbrief").await;
    assert_eq!(saved.status, 303, "{}", saved.describe());
    assert!(found(&desk, &annika, "kita").await.is_empty());
    let page = annika.get("/search?q=rundschreiben").await;
    assert_eq!(page.texts("#hits .hit h2"), ["Serienbrief fehlt"]);

    admin.post(&format!("{at}/retire"), &[]).await;
    assert!(found(&desk, &annika, "rundschreiben").await.is_empty());
    let list = admin.get("/settings/synonyms?all=1&q=rund").await;
    list.must_say("Rundschreiben, Serienbrief (stillgelegt)");
    admin.post(&format!("{at}/restore"), &[]).await;
    assert_eq!(found(&desk, &annika, "rundschreiben").await.len(), 1);
}

#[tokio::test]
async fn what_makes_no_group_is_refused_and_stays_in_the_form() {
    let desk = TestDesk::new().await;
    desk.synonyms("Kita\nKindertagesstätte").await;
    let admin = desk.administrator().await.sign_in().await;
    let many: Vec<String> = (0..21).map(|n| format!("Wort {n}")).collect();
    let long = format!("Kurz\n{}", "lang".repeat(16));
    for (typed, fault) in [
        (" \n,", "Bitte füllen Sie dieses Feld aus."),
        (
            "Hort\nhort, HORT",
            "Schreiben Sie mindestens zwei verschiedene Wörter",
        ),
        (
            "Hort\n?!",
            "In jeder Zeile muss ein Buchstabe oder eine Ziffer stehen.",
        ),
        (many.join("\n").as_str(), "höchstens 20 Wörter"),
        (long.as_str(), "höchstens 60 Zeichen"),
        (
            "Tagespflege\nKITA",
            "Ein Wort steht schon in einer anderen Gruppe.",
        ),
    ] {
        let refused = save(&admin, NEW, typed).await;
        assert_eq!(refused.status, 422, "{typed}: {}", refused.describe());
        refused.must_say(fault);
        let kept = refused.text("textarea[name=words]");
        let typed: Vec<&str> = typed.split_whitespace().collect();
        assert_eq!(kept, typed.join(" "), "{fault}");
    }
    let refused = save(&admin, NEW, "Tagespflege\nKITA").await;
    refused.must_say("„KITA“ steht schon bei: Kita, Kindertagesstätte");
    assert_eq!(
        admin.get("/settings/synonyms").await.texts("td a"),
        ["Kita, Kindertagesstätte"]
    );
    // A retired group keeps no word from another one, and cannot come back beside it.
    let group = admin.get("/settings/synonyms").await;
    let at = group.attributes("td a", "href").remove(0);
    admin.post(&format!("{at}/retire"), &[]).await;
    let made = save(&admin, NEW, "Tagespflege\nKITA").await;
    assert_eq!(made.status, 303, "{}", made.describe());
    let back = admin.post(&format!("{at}/restore"), &[]).await;
    assert!(back.status.is_client_error(), "{}", back.describe());
}

#[tokio::test]
async fn whoever_manages_no_services_keeps_no_words() {
    let desk = TestDesk::new().await;
    let group = desk.synonyms("Kita\nKindertagesstätte").await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    for at in ["/settings/synonyms".to_owned(), NEW.to_owned()] {
        assert_eq!(annika.get(&at).await.status, 403, "{at}");
    }
    let at = format!("/settings/synonyms/{group}");
    assert!(annika.get(&at).await.status.is_client_error());
    let typed = [("words", "Kita\nHort")];
    assert!(annika.post(&at, &typed).await.status.is_client_error());
    let admin = desk.administrator().await.sign_in().await;
    admin.get(&at).await.must_say("Kindertagesstätte");
}
