//! The knowledge base in the browser: an article is written, reviewed, read, found, and kept when something is refused.

use entities::Uuid;
use support::desk::{Client, Page, Persona, TestDesk, content};

struct Case {
    desk: TestDesk,
    mira: Persona,
    marek: Persona,
    annika: Persona,
    category: Uuid,
}

async fn case() -> Case {
    let desk = TestDesk::new().await;
    Case {
        mira: desk.author("Mira Kessler").await,
        marek: desk.reviewer("Marek Lindner").await,
        annika: desk.agent("Annika Brandt").await,
        category: desk.category("KITA-Netz", None).await,
        desk,
    }
}

#[track_caller]
fn address_of(page: &Page) -> String {
    assert_eq!(page.status, 303, "{}", page.describe());
    let location = page.location().unwrap();
    location.split('?').next().unwrap().to_owned()
}

/// What an author types for an article that can be reviewed.
async fn write(case: &Case, browser: &Client, then: &str) -> Page {
    let form = browser.get("/knowledge/new").await;
    let category = case.category.to_string();
    let typed = [
        ("title", "Geschwisterbonus erfassen"),
        ("summary", "So setzen Sie den Bonus."),
        (
            "body",
            "## Bevor Sie beginnen\n\n- Haushalt prüfen\n\n## Schritte\n\n1. Öffnen",
        ),
        ("keywords", "Bonus, Geschwister"),
        ("category", &category),
        ("audience", "requesters"),
        ("then", then),
    ];
    browser.submit(&form, "form.editor", &typed).await
}

#[tokio::test]
async fn an_article_is_written_reviewed_and_read_without_scripts() {
    let case = case().await;
    let mira = case.mira.sign_in().await;
    let saved = write(&case, &mira, "").await;
    let at = address_of(&saved);
    let draft = mira.follow(&saved).await;
    draft.must_say("Der Artikel ist gespeichert.");
    draft.must_say("Entwurf");
    let annika = case.annika.sign_in().await;
    assert_eq!(annika.get(&at).await.status, 404);
    annika.get("/knowledge").await.must_say("Noch kein Artikel");

    let sent = mira
        .submit(&draft, &format!("form[action='{at}/review']"), &[])
        .await;
    mira.follow(&sent)
        .await
        .must_say("liegt zur Prüfung bereit");
    let marek = case.marek.sign_in().await;
    let list = marek.get("/knowledge?state=in_review").await;
    list.must_say("Geschwisterbonus erfassen");
    let page = marek.get(&at).await;
    let published = marek
        .submit(&page, &format!("form[action='{at}/publish']"), &[])
        .await;
    marek
        .follow(&published)
        .await
        .must_say("Die Fassung ist veröffentlicht.");

    let page = annika.get(&at).await;
    assert_eq!(page.text("h1"), "Geschwisterbonus erfassen");
    page.must_say("Fachlich geprüft");
    page.must_say("Servicedesk und Anfragende");
    let contents = page.attributes(".toc a[href^='#']", "href");
    assert_eq!(contents, ["#s-bevor-sie-beginnen", "#s-schritte"]);
    assert!(page.has("h2#s-schritte a.anchor[href='#s-schritte']"));
    assert_eq!(page.text(".article__text ol li"), "Öffnen");
    // How it is worked on is not for readers.
    assert!(!page.has("#article-flow") && !page.says("Fassungen"));
    let list = annika.get("/knowledge?q=bonus").await;
    list.must_say("Geschwisterbonus erfassen");
    assert!(list.has("nav a[href='/knowledge'][aria-current='page']"));
    assert_eq!(annika.get(&format!("{at}/edit")).await.status, 403);
    assert_eq!(annika.get(&format!("{at}/versions")).await.status, 404);
}

#[tokio::test]
async fn saving_and_sending_to_review_is_one_step_and_says_what_is_missing() {
    let case = case().await;
    let mira = case.mira.sign_in().await;
    let form = mira.get("/knowledge/new").await;
    let typed = [("title", "Bescheid drucken"), ("then", "review")];
    let refused = mira.submit(&form, "form.editor", &typed).await;
    assert_eq!(refused.status, 422, "{}", refused.describe());
    refused.must_say("Der Artikel ist gespeichert.");
    for field in ["summary", "body", "category"] {
        assert!(refused.has(&format!("#{field}-fault")), "{field}");
    }
    assert!(!refused.has("#owner-fault"));
    // It is the form of the article that was saved, so nothing is begun twice.
    let category = case.category.to_string();
    let rest = [
        ("summary", "Kurz."),
        ("body", "Text."),
        ("category", &category),
        ("then", "review"),
    ];
    let sent = mira.submit(&refused, "form.editor", &rest).await;
    mira.follow(&sent)
        .await
        .must_say("liegt zur Prüfung bereit");
    assert_eq!(mira.get("/knowledge").await.count("tbody tr"), 1);
}

#[tokio::test]
async fn what_was_typed_is_kept_when_it_is_refused() {
    let case = case().await;
    let mira = case.mira.sign_in().await;
    let form = mira.get("/knowledge/new").await;
    let long = "x".repeat(301);
    let typed = [
        ("title", " "),
        ("summary", long.as_str()),
        ("body", "## Mühsam\n\ngeschrieben <b>"),
        ("review_due", "bald"),
        ("audience", "vendors"),
    ];
    let refused = mira.submit(&form, "form.editor", &typed).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text("#body").contains("geschrieben <b>"));
    assert_eq!(
        refused.attribute("#review_due", "value").as_deref(),
        Some("bald")
    );
    for field in ["title", "summary", "review_due"] {
        assert!(refused.has(&format!("#{field}-fault")), "{field}");
    }
    refused.must_say("mindestens einen Hersteller");
    assert!(mira.get("/knowledge").await.says("Noch kein Artikel"));
}

#[tokio::test]
async fn two_who_write_at_once_lose_nothing() {
    let case = case().await;
    let id = case
        .desk
        .article(&case.mira, "Bescheid drucken")
        .await
        .row
        .id;
    let tobias = case.desk.author("Tobias Reuter").await;
    let (mira, tobias) = (case.mira.sign_in().await, tobias.sign_in().await);
    let at = format!("/knowledge/{id}/edit");
    let (first, second) = (mira.get(&at).await, tobias.get(&at).await);
    let his = [("body", "Tobias schrieb dies."), ("summary", "Seins.")];
    address_of(&tobias.submit(&second, "form.editor", &his).await);
    let hers = [("body", "Mira schrieb das.")];
    let refused = mira.submit(&first, "form.editor", &hers).await;
    assert_eq!(refused.status, 422, "{}", refused.describe());
    refused.must_say("Tobias Reuter hat diesen Artikel inzwischen geändert.");
    assert_eq!(refused.text(".saved-body"), "Tobias schrieb dies.");
    refused.must_say("Seins.");
    assert!(refused.text("#body").contains("Mira schrieb das."));
    // Having read it, she saves over it; his version stays.
    let saved = mira.submit(&refused, "form.editor", &[]).await;
    address_of(&saved);
    let versions = mira.get(&format!("/knowledge/{id}/versions")).await;
    assert_eq!(versions.count("tbody tr"), 3);
    mira.get(&format!("/knowledge/{id}?version=2"))
        .await
        .must_say("Tobias schrieb dies.");
}

#[tokio::test]
async fn two_versions_stand_side_by_side_with_their_words_marked() {
    let case = case().await;
    let published = case
        .desk
        .published(&case.mira, &case.marek, "Bescheid drucken");
    let id = published.await.row.id;
    let newer = entities::article::Content {
        body: "## Schritte\n\n1. Bescheid neu drucken\n2. Ablegen\n".to_owned(),
        ..content("Bescheid drucken")
    };
    case.desk.write(&case.mira, id, newer).await.unwrap();
    let mira = case.mira.sign_in().await;
    let at = format!("/knowledge/{id}");
    let page = mira.get(&format!("{at}?version=2")).await;
    page.must_say("Mit der veröffentlichten Fassung vergleichen");
    let page = mira.get(&format!("{at}/compare")).await;
    assert_eq!(
        page.texts(".compare ins").concat().replace(' ', ""),
        "neu2.Ablegen"
    );
    assert!(!page.has(".compare del"));
    assert_eq!(page.texts(".compare .group th"), ["Text"]);
    let back = mira.get(&format!("{at}/compare?from=2&to=1")).await;
    assert!(back.has(".compare del") && !back.has(".compare ins"));
    let same = mira.get(&format!("{at}/compare?from=2&to=2")).await;
    same.must_say("Beide Fassungen sagen dasselbe.");
    assert_eq!(mira.get(&format!("{at}/compare?from=9")).await.status, 404);
    let annika = case.annika.sign_in().await;
    assert_eq!(annika.get(&format!("{at}/compare")).await.status, 404);
}

#[tokio::test]
async fn an_older_version_is_taken_up_again() {
    let case = case().await;
    let id = case.desk.article(&case.mira, "Erste").await.row.id;
    case.desk
        .write(&case.mira, id, content("Zweite"))
        .await
        .unwrap();
    let mira = case.mira.sign_in().await;
    let at = format!("/knowledge/{id}/versions");
    let page = mira.get(&at).await;
    let form = format!("tr:last-child form[action='{at}']");
    let done = mira.submit(&page, &form, &[]).await;
    let article = mira.follow(&done).await;
    assert_eq!(article.text("h1"), "Erste");
    let page = mira.get(&at).await;
    page.must_say("Fassung 1 wieder aufgenommen");
    page.must_say("Mira Kessler");
    // Whoever looked at the page before that is told instead of overwriting.
    let late = mira.post(&at, &[("number", "1"), ("edition", "1")]).await;
    assert_eq!(late.status, 422);
}

#[tokio::test]
async fn the_preview_shows_what_was_typed_with_scripts_and_without() {
    let case = case().await;
    let mira = case.mira.sign_in().await;
    let typed = [
        ("title", "Bonus"),
        ("body", "Ein **Wort** <script>alert(1)</script>"),
    ];
    let fragment = mira.htmx_post("/knowledge/new/preview", &typed).await;
    assert!(!fragment.is_whole());
    assert_eq!(fragment.text("#article-preview strong"), "Wort");
    assert!(!fragment.has("script"));
    let id = case.desk.article(&case.mira, "Bescheid").await.row.id;
    let whole = mira.post(&format!("/knowledge/{id}/preview"), &typed).await;
    assert!(whole.is_whole());
    assert_eq!(whole.attribute("#title", "value").as_deref(), Some("Bonus"));
    assert_eq!(whole.text("#article-preview strong"), "Wort");
    let annika = case.annika.sign_in().await;
    let refused = annika.htmx_post("/knowledge/new/preview", &typed).await;
    assert_eq!(refused.status, 403);
}

#[tokio::test]
async fn a_hostile_article_runs_and_loads_nothing() {
    let case = case().await;
    let hostile = entities::article::Content {
        title: "<img src=x onerror=alert(1)>".to_owned(),
        body: "## <script>alert(1)</script>\n\n[a](javascript:alert(1)) ![b](https://example.org/b.gif)\n\n\
               <iframe src=\"https://example.org\"></iframe>\n\n<a href=\"data:text/html,x\">c</a>"
            .to_owned(),
        ..content("Böse")
    };
    let filing = case.desk.filing(&case.mira).await;
    let begun = case.desk.begin_article(&case.mira, hostile, filing).await;
    let id = begun.unwrap().row.id;
    let mira = case.mira.sign_in().await;
    for at in ["", "/edit", "/versions"] {
        let page = mira.get(&format!("/knowledge/{id}{at}")).await;
        assert_eq!(page.status, 200);
        assert!(
            !page.has("#content script:not([src^='/assets/']), #content iframe, #content img"),
            "{at}"
        );
        let targets = page.attributes("#content a", "href");
        let is_bad = |href: &String| href.starts_with("javascript") || href.starts_with("data");
        assert!(!targets.iter().any(is_bad), "{targets:?}");
    }
}

#[tokio::test]
async fn a_reviewer_gives_it_back_and_the_author_reads_why() {
    let case = case().await;
    let id = case
        .desk
        .article(&case.mira, "Bescheid drucken")
        .await
        .row
        .id;
    case.desk.send_to_review(&case.mira, id).await.unwrap();
    let marek = case.marek.sign_in().await;
    let at = format!("/knowledge/{id}");
    let refused = marek.post(&format!("{at}/return"), &[("text", " ")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.has("#text-fault"), "{}", refused.describe());
    let done = marek
        .post(&format!("{at}/return"), &[("text", "Schritt 3 fehlt.")])
        .await;
    marek.follow(&done).await.must_say("wieder ein Entwurf");
    let mira = case.mira.sign_in().await;
    let page = mira.get(&at).await;
    page.must_say("Schritt 3 fehlt.");
    page.must_say("Marek Lindner");
    page.must_say("zurückgegeben");
    // What an agent without a part in it tries is refused.
    let annika = case.annika.sign_in().await;
    let tried = annika
        .post(&format!("{at}/publish"), &[("version", "1")])
        .await;
    assert_eq!(tried.status, 404);
}

#[tokio::test]
async fn authors_are_told_why_they_cannot_publish_their_own() {
    let case = case().await;
    let admin = case.desk.administrator().await;
    let id = case.desk.article(&admin, "Bescheid drucken").await.row.id;
    case.desk.send_to_review(&admin, id).await.unwrap();
    let browser = admin.sign_in().await;
    let page = browser.get(&format!("/knowledge/{id}")).await;
    page.must_say("Jemand anderes prüft und veröffentlicht sie.");
    let publish = format!("/knowledge/{id}/publish");
    assert!(!page.has(&format!("form[action='{publish}']")));
    let refused = browser.post(&publish, &[("version", "1")]).await;
    assert_eq!(refused.status, 422);
    refused.must_say("Was Sie selbst geschrieben haben, veröffentlicht jemand anderes.");
}

#[tokio::test]
async fn a_reader_never_reads_a_draft() {
    let case = case().await;
    let id = case
        .desk
        .published(&case.mira, &case.marek, "Bescheid drucken")
        .await
        .row
        .id;
    let draft = entities::article::Content {
        summary: "Kanarienvogel".to_owned(),
        body: "Kanarienvogel".to_owned(),
        note: "Kanarienvogel".to_owned(),
        ..content("Kanarienvogel")
    };
    case.desk.write(&case.mira, id, draft).await.unwrap();
    let annika = case.annika.sign_in().await;
    for at in ["?version=2", "?version=9", "/versions", "/edit"] {
        let page = annika.get(&format!("/knowledge/{id}{at}")).await;
        assert!(
            matches!(page.status.as_u16(), 403 | 404),
            "{}",
            page.describe()
        );
        assert!(!page.says("Kanarienvogel"), "{at}");
    }
    for at in [format!("/knowledge/{id}"), "/knowledge".to_owned()] {
        let page = annika.get(&at).await;
        page.must_say("Bescheid drucken");
        assert!(!page.says("Kanarienvogel"), "{at}");
    }
    let found = annika.get("/knowledge?q=Kanarienvogel").await;
    found.must_say("Kein Artikel gefunden");
    let mira = case.mira.sign_in().await;
    let page = mira.get(&format!("/knowledge/{id}")).await;
    page.must_say("Eine neue Fassung ist in Arbeit.");
    assert_eq!(page.text("h1"), "Bescheid drucken");
    let page = mira.get(&format!("/knowledge/{id}?version=2")).await;
    page.must_say("Diese Fassung ist noch nicht veröffentlicht.");
}

#[tokio::test]
async fn categories_are_kept_by_those_who_publish() {
    let case = case().await;
    let marek = case.marek.sign_in().await;
    let form = marek.get("/settings/categories/new").await;
    let parent = case.category.to_string();
    let typed = [("name", "Gutschein"), ("parent", parent.as_str())];
    let made = marek.submit(&form, "form.sheet", &typed).await;
    assert_eq!(made.status, 303, "{}", made.describe());
    let twice = marek
        .submit(&form, "form.sheet", &[("name", "KITA-Netz")])
        .await;
    assert_eq!(
        twice.status,
        303,
        "the same form again: {}",
        twice.describe()
    );
    let form = marek.get("/settings/categories/new").await;
    let taken = marek.submit(&form, "form.sheet", &typed).await;
    assert_eq!(taken.status, 422, "{}", taken.describe());
    let list = marek.get("/knowledge").await;
    assert_eq!(
        list.texts("aside .toc a"),
        ["Alle Artikel", "KITA-Netz", "Gutschein"]
    );
    let mira = case.mira.sign_in().await;
    assert_eq!(mira.get("/settings/categories").await.status, 403);
}

#[tokio::test]
async fn what_is_due_is_listed_for_whoever_answers_for_it() {
    let case = case().await;
    let today = case.desk.db.clock().now().date_naive();
    let tobias = case.desk.author("Tobias Reuter").await;
    for (title, owner, days) in [
        ("Bald fällig", &case.mira, 9),
        ("Überfällig", &case.mira, -3),
        ("Noch lange gut", &case.mira, 90),
        ("Eines anderen", &tobias, 2),
    ] {
        let mut filing = case.desk.filing(owner).await;
        filing.review_due_on = Some(today + chrono::Duration::days(days));
        let begun = case.desk.begin_article(owner, content(title), filing);
        begun.await.unwrap();
    }
    let mira = case.mira.sign_in().await;
    let mine = mira.get("/knowledge/due?mine=1").await;
    assert_eq!(mine.texts("td a.subject"), ["Überfällig", "Bald fällig"]);
    mine.must_say("überfällig");
    let all = mira.get("/knowledge/due").await;
    let titles = ["Überfällig", "Eines anderen", "Bald fällig"];
    assert_eq!(all.texts("td a.subject"), titles);
}
