//! The same article in two languages: begun beside its original, led to from it, and told of when the original moves on.

use entities::Uuid;
use entities::article::{Audience, Content};
use support::desk::{Client, Page, Persona, TestDesk, content};

struct Case {
    desk: TestDesk,
    mira: Persona,
    marek: Persona,
    category: Uuid,
    original: Uuid,
}

fn said(title: &str, body: &str) -> Content {
    Content {
        audience: Audience::Public,
        body: body.to_owned(),
        ..content(title)
    }
}

async fn case() -> Case {
    let desk = TestDesk::new().await;
    let mira = desk.author("Mira Kessler").await;
    let marek = desk.reviewer("Marek Lindner").await;
    let category = desk.category("Zugang", None).await;
    let mut filing = desk.filing(&mira).await;
    filing.category_id = Some(category);
    let begun = said("Kennwort ändern", "## Schritte\n\n1. Öffnen");
    let begun = desk.begin_article(&mira, begun, filing).await.unwrap();
    let original = begun.row.id;
    desk.send_to_review(&mira, original).await.unwrap();
    desk.publish(&marek, original).await.unwrap();
    Case {
        desk,
        mira,
        marek,
        category,
        original,
    }
}

impl Case {
    /// The form in which the original is translated.
    async fn form(&self, browser: &Client) -> Page {
        browser
            .get(&format!("/knowledge/new?translates={}", self.original))
            .await
    }

    /// Translates and publishes it; its id.
    async fn translated(&self, browser: &Client) -> Uuid {
        let form = self.form(browser).await;
        let typed = [
            ("title", "Change your password"),
            ("summary", "How to."),
            ("body", "## Steps\n\n1. Open"),
            ("then", "review"),
        ];
        let saved = browser.submit(&form, "form.editor", &typed).await;
        assert_eq!(saved.status, 303, "{}", saved.describe());
        let to = saved.location().unwrap();
        let id = to.trim_start_matches("/knowledge/").split('?').next();
        let id = Uuid::try_parse(id.unwrap()).unwrap();
        self.desk.publish(&self.marek, id).await.unwrap();
        id
    }

    async fn anew(&self) {
        let newer = said("Kennwort ändern", "## Schritte\n\n1. Neu öffnen");
        self.desk
            .write(&self.mira, self.original, newer)
            .await
            .unwrap();
        self.desk
            .send_to_review(&self.mira, self.original)
            .await
            .unwrap();
        self.desk.publish(&self.marek, self.original).await.unwrap();
    }
}

#[tokio::test]
async fn a_translation_is_begun_beside_its_original_and_each_leads_to_the_other() {
    let case = case().await;
    let mira = case.mira.sign_in().await;
    let at = format!("/knowledge/{}", case.original);
    let page = mira.get(&at).await;
    assert!(page.has(&format!(
        "a[href='/knowledge/new?translates={}']",
        case.original
    )));
    let form = case.form(&mira).await;
    let beside = form.text(".edit2__both .diff:first-child");
    assert!(
        beside.contains("Kennwort ändern") && beside.contains("Öffnen"),
        "{beside}"
    );
    let chosen = |name: &str| form.attribute(&format!("#{name} option[selected]"), "value");
    assert_eq!(chosen("language").as_deref(), Some("en"));
    assert_eq!(chosen("category"), Some(case.category.to_string()));
    assert_eq!(form.text("#body"), "");
    assert!(form.has("input[name='follows_now'][value='1'][checked]"));
    let id = case.translated(&mira).await;
    let page = mira.get(&at).await;
    assert!(page.has(&format!("a[hreflang='en'][href='/knowledge/{id}']")));
    let page = mira.get(&format!("/knowledge/{id}")).await;
    assert!(page.has(&format!("a[hreflang='de'][href='{at}']")));
    // There is one translation in a language.
    let form = case.form(&mira).await;
    let again = mira
        .submit(
            &form,
            "form.editor",
            &[("title", "Passwords"), ("body", "Twice.")],
        )
        .await;
    assert_eq!(again.status, 422, "{}", again.describe());
    assert!(again.has("#language-fault") && again.text("#body").contains("Twice."));
    // And none of a translation, nor in the language of the original.
    let other = format!("/knowledge/new?translates={id}");
    let form = mira.get(&other).await;
    let of_it = mira.submit(&form, "form.editor", &[("title", "Noch eine")]);
    assert_eq!(of_it.await.status, 422);
    case.desk.must_verify().await;
}

#[tokio::test]
async fn a_translation_of_an_older_version_says_so_and_waits_for_its_authors() {
    let case = case().await;
    let mira = case.mira.sign_in().await;
    let id = case.translated(&mira).await;
    let at = format!("/knowledge/{id}");
    let annika = case.desk.agent("Annika Brandt").await.sign_in().await;
    assert!(!annika.get(&at).await.says("ältere Fassung des Originals"));
    mira.get("/knowledge/due").await.must_say("Nichts fällig");

    case.anew().await;
    annika
        .get(&at)
        .await
        .must_say("ältere Fassung des Originals");
    let due = mira.get("/knowledge/due?mine=1").await;
    assert_eq!(due.texts("td a.subject"), ["Change your password"]);
    due.must_say("veröffentlicht ist Fassung 2, bisher entsprach sie Fassung 1");
    assert_eq!(due.text(".tabs [aria-current]"), "Prüfung fällig 1");
    // Writing on alone does not make it follow; saying so does.
    let form = mira.get(&format!("{at}/edit")).await;
    assert!(
        form.text(".edit2__both .diff:first-child")
            .contains("Neu öffnen")
    );
    assert!(!form.has("input[name='follows_now'][checked]"));
    let typed = [("body", "## Steps\n\n1. Open it")];
    mira.submit(&form, "form.editor", &typed).await;
    annika
        .get(&at)
        .await
        .must_say("ältere Fassung des Originals");
    let form = mira.get(&format!("{at}/edit")).await;
    let typed = [("body", "## Steps\n\n1. Open anew"), ("follows_now", "2")];
    let saved = mira.submit(&form, "form.editor", &typed).await;
    assert_eq!(saved.status, 303, "{}", saved.describe());
    assert!(!annika.get(&at).await.says("ältere Fassung des Originals"));
    mira.get("/knowledge/due").await.must_say("Nichts fällig");
    let history = mira.get(&format!("{at}/history")).await;
    history.must_say("Fassung des Originals: 1 → 2");
}

#[tokio::test]
async fn readers_outside_are_led_to_their_language_and_told_what_is_older() {
    let case = case().await;
    let mira = case.mira.sign_in().await;
    let visitor = case.desk.visitor();
    let help = |id: Uuid| format!("/help/articles/{id}");
    let page = visitor.get(&help(case.original)).await;
    assert!(!page.has(".article__line a"));
    let id = case.translated(&mira).await;
    let page = visitor.get(&help(case.original)).await;
    page.must_say("Auf Englisch lesen");
    let to = page.attribute(".article__line a", "href").unwrap();
    assert_eq!(to, help(id));
    let page = visitor.get(&format!("{to}?lang=en")).await;
    page.must_say("Read in German");
    assert!(!page.says("older version"));
    case.anew().await;
    visitor
        .get(&to)
        .await
        .must_say("This translation renders an older version");
    // What is for the desk alone is led to by nobody outside.
    let hidden = Content {
        audience: Audience::Internal,
        ..content("Change your password")
    };
    case.desk.write(&case.mira, id, hidden).await.unwrap();
    case.desk.send_to_review(&case.mira, id).await.unwrap();
    case.desk.publish(&case.marek, id).await.unwrap();
    let page = visitor.get(&help(case.original)).await;
    assert!(!page.has(".article__line a"));
}
