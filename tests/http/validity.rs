//! What a release asks of the knowledge base: a list to check, a word to readers, and a button that says it holds.

use entities::article::Filing;
use support::desk::{TestDesk, content};

#[tokio::test]
async fn readers_are_told_of_a_release_until_somebody_has_checked_the_article() {
    let desk = TestDesk::new().await;
    let mira = desk.author("Mira Kessler").await;
    let marek = desk.reviewer("Marek Lindner").await;
    let annika = desk.agent("Annika Brandt").await;
    let team = desk.team("Jugend 1").await;
    let kita = desk.service("KITA-Netz", team).await;
    let filing = Filing {
        service_ids: vec![kita],
        ..desk.filing(&mira).await
    };
    let begun = desk.begin_article(&mira, content("Geschwisterbonus"), filing);
    let id = begun.await.unwrap().row.id;
    desk.send_to_review(&mira, id).await.unwrap();
    desk.publish(&marek, id).await.unwrap();
    let at = format!("/knowledge/{id}");
    let (mira, annika) = (mira.sign_in().await, annika.sign_in().await);
    let page = mira.get("/knowledge/recheck").await;
    page.must_say("Nichts zu prüfen");
    assert_eq!(page.text(".tabs [aria-current]"), "Nach Release prüfen 0");

    desk.release(kita, "7.5").await;
    let read = annika.get(&at).await;
    read.must_say("Seit Release 7.5 (KITA-Netz) nicht geprüft.");
    assert!(!read.has("form[action$='/checked']"));
    assert!(!annika.get("/knowledge").await.has(".tabs"));
    assert_eq!(annika.get("/knowledge/recheck").await.status, 403);
    let list = mira.get("/knowledge/recheck?mine=1").await;
    assert_eq!(list.text(".tabs [aria-current]"), "Nach Release prüfen 1");
    let line = list.text("tbody tr");
    for words in ["Geschwisterbonus", "KITA-Netz 7.5", "Mira Kessler"] {
        assert!(line.contains(words), "{words}: {line}");
    }
    assert_eq!(list.attributes("tbody a", "href"), [at.as_str()]);
    let english = mira.get("/knowledge/recheck?lang=en").await;
    english.must_say("Check after release");

    let page = mira.get(&format!("{at}?lang=de")).await;
    let form = format!("form[action='{at}/checked']");
    let checked = mira.submit(&page, &form, &[]).await;
    let after = mira.follow(&checked).await;
    after.must_say("Geprüft: Der Artikel gilt weiterhin.");
    after.must_say("gilt für KITA-Netz ab 7.5");
    assert!(!annika.get(&at).await.says("nicht geprüft"));
    // Who was slower is told that there is nothing left to do.
    assert_eq!(mira.submit(&page, &form, &[]).await.status, 422);
    let list = mira.get("/knowledge/recheck").await;
    list.must_say("Nichts zu prüfen");
}
