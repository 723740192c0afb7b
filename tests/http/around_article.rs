//! Around an article: who watches it and is told, what belongs to it, and its history.

use entities::article::{Audience, Content, Filing};
use entities::{Uuid, history};
use lotse::jobs;
use support::desk::{Client, Page, Persona, TestDesk, content};

struct Case {
    desk: TestDesk,
    mira: Persona,
    marek: Persona,
    annika: Persona,
    kita: Uuid,
}

async fn case() -> Case {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    Case {
        mira: desk.author("Mira Kessler").await,
        marek: desk.reviewer("Marek Lindner").await,
        annika: desk.agent("Annika Brandt").await,
        kita: desk.service("KITA-Netz", team).await,
        desk,
    }
}

impl Case {
    async fn published(&self, said: Content, change: impl Fn(&mut Filing)) -> Uuid {
        let mut filing = self.desk.filing(&self.mira).await;
        change(&mut filing);
        let begun = self.desk.begin_article(&self.mira, said, filing).await;
        let id = begun.unwrap().row.id;
        self.desk.send_to_review(&self.mira, id).await.unwrap();
        self.desk.publish(&self.marek, id).await.unwrap().row.id
    }

    async fn anew(&self, id: Uuid, said: Content) {
        self.desk.write(&self.mira, id, said).await.unwrap();
        self.desk.send_to_review(&self.mira, id).await.unwrap();
        self.desk.publish(&self.marek, id).await.unwrap();
    }
}

async fn turn(browser: &Client, id: Uuid, to: &str) -> Page {
    let at = format!("/knowledge/{id}");
    let page = browser.get(&at).await;
    let turned = browser
        .submit(&page, &format!("form[action='{at}/{to}']"), &[])
        .await;
    browser.follow(&turned).await
}

/// What somebody is told, the newest first.
async fn told(browser: &Client) -> Vec<String> {
    let page = browser.get("/notices").await;
    page.texts("#notices .told__what")
}

#[tokio::test]
async fn whoever_watches_is_told_of_what_others_do() {
    let case = case().await;
    let about_kita = |f: &mut Filing| f.service_ids = vec![case.kita];
    let id = case
        .published(content("Geschwisterbonus"), about_kita)
        .await;
    let (annika, marek) = (case.annika.sign_in().await, case.marek.sign_in().await);
    let page = annika.get(&format!("/knowledge/{id}")).await;
    let pressed = |page: &Page| page.attribute("#article-star", "aria-pressed").unwrap();
    assert_eq!(pressed(&page), "false");
    assert_eq!(pressed(&turn(&annika, id, "watch").await), "true");
    turn(&marek, id, "watch").await;
    assert_eq!(told(&annika).await, [""; 0]);

    let newer = Content {
        summary: "Neu.".to_owned(),
        ..content("Geschwisterbonus")
    };
    case.anew(id, newer).await;
    assert_eq!(told(&annika).await, ["Veröffentlicht: Fassung 2"]);
    let line = annika.get("/notices").await.text("#notices li");
    assert!(line.contains("Geschwisterbonus"), "{line}");
    // He published it himself, and she only wrote it.
    assert_eq!(told(&marek).await, [""; 0]);
    let mira = case.mira.sign_in().await;
    assert_eq!(told(&mira).await, [""; 0]);
    // Looking at it is reading the notice.
    annika.get(&format!("/knowledge/{id}")).await;
    assert!(!annika.get("/notices").await.has(".is-unread"));

    case.desk.release(case.kita, "7.5").await;
    jobs::run_due(&case.desk).await.unwrap();
    jobs::run_due(&case.desk).await.unwrap();
    let release = "Nach einem Release zu prüfen: KITA-Netz 7.5";
    for browser in [&annika, &mira, &marek] {
        assert_eq!(told(browser).await[0], release);
    }
    assert_eq!(told(&annika).await.len(), 2);

    let tobias = case.desk.agent("Tobias Reuter").await.sign_in().await;
    turn(&tobias, id, "watch").await;
    assert_eq!(pressed(&turn(&annika, id, "unwatch").await), "false");
    let page = marek.get(&format!("/knowledge/{id}")).await;
    marek
        .submit(
            &page,
            &format!("form[action='/knowledge/{id}/retire']"),
            &[],
        )
        .await;
    // What went out of sight took along what it had to tell.
    assert_eq!(told(&annika).await, [""; 0]);
    assert_eq!(told(&tobias).await, ["Stillgelegt"]);
    // It is gone for its readers, so the notice leads nowhere.
    let page = tobias.get("/notices").await;
    assert!(!page.has("#notices a[href*='/knowledge/']"));
    assert_eq!(tobias.get(&format!("/knowledge/{id}")).await.status, 404);
    let mira = case.desk.author("Ute Sommer").await.sign_in().await;
    let retired = mira.get(&format!("/knowledge/{id}")).await;
    assert!(!retired.has("#article-star"));
    case.desk.must_verify().await;
}

#[tokio::test]
async fn whoever_recorded_the_release_is_not_told_of_it() {
    let case = case().await;
    let admin = case.desk.administrator().await;
    let about_kita = |f: &mut Filing| {
        f.service_ids = vec![case.kita];
        f.owner_id = Some(admin.id);
    };
    case.published(content("Geschwisterbonus"), about_kita)
        .await;
    let browser = admin.sign_in().await;
    let form = browser.get("/settings/releases/new").await;
    let service = case.kita.to_string();
    let typed = [("service", service.as_str()), ("name", "7.5")];
    let saved = browser.submit(&form, "form.sheet", &typed).await;
    assert_eq!(saved.status, 303, "{}", saved.describe());
    jobs::run_due(&case.desk).await.unwrap();
    assert_eq!(told(&browser).await, [""; 0]);
    browser
        .get("/knowledge/recheck")
        .await
        .must_say("Geschwisterbonus");
}

#[tokio::test]
async fn the_history_says_who_did_what_and_keeps_the_name_of_who_was_not_helped() {
    let case = case().await;
    let id = case.published(content("Geschwisterbonus"), |_| {}).await;
    let annika = case.annika.sign_in().await;
    let at = format!("/knowledge/{id}");
    let page = annika.get(&at).await;
    let asked = format!("form[action='{at}/feedback']");
    annika.submit(&page, &asked, &[("helped", "no")]).await;
    let mira = case.mira.sign_in().await;
    let page = mira.get(&at).await;
    assert!(page.has(&format!("a[href='{at}/history']")));
    let page = mira.get(&format!("{at}/history")).await;
    page.must_say("Lückenlos.");
    page.must_say("Alle 5 Einträge sind verkettet");
    let first = page.text("tbody tr:first-child");
    for words in [
        "Rückmeldung",
        "Hat nicht geholfen, Fassung 1",
        "Leserin oder Leser",
    ] {
        assert!(first.contains(words), "{words}: {first}");
    }
    assert!(!page.says("Annika Brandt"));
    let lines = page.texts("tbody tr td:nth-child(3) .strong");
    let expected = [
        "Rückmeldung",
        "Veröffentlicht",
        "Zur Prüfung gegeben",
        "Angaben geändert",
        "Fassung geschrieben",
    ];
    assert_eq!(lines, expected);
    let filed = page.text("tbody tr:nth-child(4)");
    assert!(
        filed.contains("Verantwortlich: leer → Mira Kessler"),
        "{filed}"
    );
    let english = mira.get(&format!("{at}/history?lang=en")).await;
    english.must_say("Did not help, version 1");

    // Readers learn what became of the text that they read.
    case.desk
        .write(&case.mira, id, content("Kanarienvogel"))
        .await
        .unwrap();
    let page = annika.get(&format!("{at}/history")).await;
    assert_eq!(page.texts("tbody .strong"), ["Veröffentlicht"]);
    assert!(!page.has("#chain") && !page.says("Kanarienvogel"));
    let console = entities::Actor::System(entities::Rule::Console);
    let known = history::names(&case.desk.db, &console, &[id])
        .await
        .unwrap();
    assert_eq!(known[&id], "Geschwisterbonus");
}

#[tokio::test]
async fn a_long_history_is_read_in_pages() {
    let case = case().await;
    let id = case.desk.article(&case.mira, "Bonus").await.row.id;
    for number in 0..60 {
        let said = content(&format!("Bonus {number}"));
        case.desk.write(&case.mira, id, said).await.unwrap();
    }
    let mira = case.mira.sign_in().await;
    let page = mira.get(&format!("/knowledge/{id}/history")).await;
    assert_eq!(page.count("tbody tr"), 50);
    let next = page.attribute("a[rel='next']", "href").unwrap();
    assert_eq!(mira.get(&next).await.count("tbody tr"), 12);
}

#[tokio::test]
async fn what_belongs_together_is_named_and_what_is_hidden_is_not() {
    let case = case().await;
    let category = case.desk.category("Zahlungen", None).await;
    let keyword = |title: &str, word: &str| Content {
        keywords: vec![word.to_owned()],
        ..content(title)
    };
    let in_it = |f: &mut Filing| f.category_id = Some(category);
    let linked = case.published(content("Bescheid drucken"), |_| {}).await;
    case.published(keyword("Nachzahlung", "Größe"), |_| {})
        .await;
    case.published(content("Zahllauf anhalten"), in_it).await;
    case.published(content("Ganz anderes"), |_| {}).await;
    let about_kita = |f: &mut Filing| f.service_ids = vec![case.kita];
    case.published(content("Gutschein"), about_kita).await;
    let draft = case.desk.begin_article(
        &case.mira,
        keyword("Nur ein Entwurf", "Größe"),
        case.desk.filing(&case.mira).await,
    );
    draft.await.unwrap();
    let both = |f: &mut Filing| {
        f.category_id = Some(category);
        f.service_ids = vec![case.kita];
    };
    let said = Content {
        body: format!("## Schritte\n\n[Drucken](/knowledge/{linked})"),
        audience: Audience::Internal,
        ..keyword("Bonus", "grösse")
    };
    let id = case.published(said, both).await;
    let annika = case.annika.sign_in().await;
    let names = async |id: Uuid| {
        let page = annika.get(&format!("/knowledge/{id}")).await;
        page.texts("#article-related a")
    };
    let expected = [
        "Bescheid drucken",
        "Nachzahlung",
        "Gutschein",
        "Zahllauf anhalten",
    ];
    assert_eq!(names(id).await, expected);
    // From the other side too; and what a later version no longer says is forgotten.
    assert_eq!(names(linked).await, ["Bonus"]);
    case.anew(id, content("Bonus")).await;
    assert_eq!(names(linked).await, [""; 0]);
    assert_eq!(names(id).await, ["Gutschein", "Zahllauf anhalten"]);
}
