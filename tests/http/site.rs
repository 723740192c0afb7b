//! The knowledge base for people outside of the desk: whoever comes by, requesters who have signed in, people of vendors.

use entities::article::{self, Audience, Content, File, Filing};
use entities::language::Language;
use entities::{Permit, Uuid};
use support::desk::{Persona, TestDesk, content};

struct Case {
    desk: TestDesk,
    mira: Persona,
    marek: Persona,
}

async fn case() -> Case {
    let desk = TestDesk::new().await;
    Case {
        mira: desk.author("Mira Kessler").await,
        marek: desk.reviewer("Marek Lindner").await,
        desk,
    }
}

impl Case {
    /// A published article for these readers.
    async fn published(&self, content: Content, change: impl Fn(&mut Filing)) -> Uuid {
        let mut filing = self.desk.filing(&self.mira).await;
        change(&mut filing);
        let begun = self.desk.begin_article(&self.mira, content, filing).await;
        let id = begun.unwrap().row.id;
        self.desk.send_to_review(&self.mira, id).await.unwrap();
        self.desk.publish(&self.marek, id).await.unwrap().row.id
    }

    async fn for_whom(&self, title: &str, audience: Audience) -> Uuid {
        let said = Content {
            audience,
            ..content(title)
        };
        self.published(said, |_| {}).await
    }
}

#[tokio::test]
async fn whoever_comes_by_finds_and_reads_what_is_public() {
    let case = case().await;
    let kita = case.desk.category("KITA-Netz", None).await;
    let empty = case.desk.category("Nur intern", None).await;
    let said = Content {
        audience: Audience::Public,
        body: "## Schritte\n\n1. Öffnen\n\n:::intern\nNotausgang\n:::\n".to_owned(),
        ..content("Gutschein beantragen")
    };
    let id = case.published(said, |f| f.category_id = Some(kita)).await;
    let hidden = case.for_whom("Zahllauf anhalten", Audience::Internal).await;
    let browser = case.desk.visitor();
    let list = browser.get("/help").await;
    assert_eq!(list.text("h1"), "Hilfe und Anleitungen");
    assert_eq!(list.texts(".site__list a"), ["Gutschein beantragen"]);
    assert_eq!(list.texts("aside .toc a"), ["Alle Artikel", "KITA-Netz"]);
    assert!(!list.says("Nur intern") && !list.says("Rubrik"));
    let found = browser.get("/help?q=gutschein").await;
    assert_eq!(found.count(".site__list li"), 1);
    let none = browser.get("/help?q=zahllauf").await;
    none.must_say("Kein Artikel gefunden");
    let in_it = browser.get(&format!("/help?category={kita}")).await;
    assert_eq!(in_it.count(".site__list li"), 1);
    let in_other = browser.get(&format!("/help?category={empty}")).await;
    assert!(!in_other.says("Nur intern") && !in_other.has(".site__list"));

    let at = format!("/help/articles/{id}");
    let page = browser.get(&at).await;
    assert_eq!(page.text("h1"), "Gutschein beantragen");
    assert_eq!(page.attributes(".toc a", "href"), ["#s-schritte"]);
    assert!(page.has("button[data-print]") && page.has("a.anchor[href='#s-schritte']"));
    assert!(!page.says("Notausgang") && !page.says("Mira Kessler"));
    let english = browser.get(&format!("{at}?lang=en")).await;
    english.must_say("On this page");
    let address = format!("/help/articles/{hidden}");
    assert_eq!(browser.get(&address).await.status, 404);
}

#[tokio::test]
async fn readers_keep_what_is_published_while_a_draft_is_written_and_lose_what_is_retired() {
    let case = case().await;
    let id = case.for_whom("Gutschein", Audience::Public).await;
    let draft = Content {
        audience: Audience::Internal,
        ..content("Gutschein neu")
    };
    case.desk.write(&case.mira, id, draft).await.unwrap();
    let browser = case.desk.visitor();
    let at = format!("/help/articles/{id}");
    assert_eq!(browser.get(&at).await.text("h1"), "Gutschein");
    assert!(!browser.get("/help").await.says("Gutschein neu"));
    let actor = case.marek.actor().await;
    let article = article::find(&case.desk.db, &actor, id).await.unwrap();
    let permit = Permit::ask(&actor, article).unwrap();
    case.desk.db.change(permit, article::Retire).await.unwrap();
    assert_eq!(browser.get(&at).await.status, 404);
    browser.get("/help").await.must_say("Noch kein Artikel");
}

#[tokio::test]
async fn requesters_who_have_signed_in_read_more_than_visitors_and_people_of_vendors_do_not() {
    let case = case().await;
    let id = case.for_whom("Bonus erfassen", Audience::Requesters).await;
    let at = format!("/help/articles/{id}");
    assert_eq!(case.desk.visitor().get(&at).await.status, 404);
    let requester = case.desk.requester("Sabine Krüger").await.sign_in().await;
    assert_eq!(requester.get(&at).await.text("h1"), "Bonus erfassen");
    let list = requester.get("/help").await;
    assert_eq!(list.texts(".site__list a"), ["Bonus erfassen"]);
    assert_eq!(requester.get(&format!("/knowledge/{id}")).await.status, 404);
    let house = case.desk.vendor("Nordlicht", "nordlicht.example").await;
    let jonas = case.desk.vendor_user("Jonas Ehlers").of(house).await;
    let jonas = jonas.sign_in().await;
    assert_eq!(jonas.get(&at).await.status, 404);
    let portal = jonas.get(&format!("/portal/knowledge/{id}")).await;
    assert_eq!(portal.status, 404);
}

#[tokio::test]
async fn a_vendor_reads_its_own_in_the_portal_and_is_told_of_releases() {
    let case = case().await;
    let team = case.desk.team("Jugend 1").await;
    let kita = case.desk.service("KITA-Netz", team).await;
    let house = case.desk.vendor("Nordlicht", "nordlicht.example").await;
    let other = case.desk.vendor("Havelcode", "havelcode.example").await;
    let said = |title: &str, vendor: Uuid| Content {
        audience: Audience::Vendors,
        vendor_ids: vec![vendor],
        ..content(title)
    };
    let about_kita = |f: &mut Filing| f.service_ids = vec![kita];
    let own = case
        .published(said("Testumgebung", house), about_kita)
        .await;
    let others = case.published(said("Anderes", other), |_| {}).await;
    case.for_whom("Öffentlich", Audience::Public).await;
    case.desk.release(kita, "7.5").await;
    let jonas = case.desk.vendor_user("Jonas Ehlers").of(house).await;
    let browser = jonas.sign_in().await;
    let list = browser.get("/portal/knowledge").await;
    assert_eq!(list.texts(".site__list a"), ["Öffentlich", "Testumgebung"]);
    assert_eq!(list.text("nav a.navlink[aria-current]"), "Wissen");
    let page = browser.get(&format!("/portal/knowledge/{own}")).await;
    page.must_say("Seit Release 7.5 (KITA-Netz) nicht geprüft.");
    let hidden = browser.get(&format!("/portal/knowledge/{others}")).await;
    assert_eq!(hidden.status, 404);
    assert_eq!(browser.get("/help").await.count(".site__list li"), 1);
}

#[tokio::test]
async fn the_list_speaks_the_readers_language_and_leads_to_the_other() {
    let case = case().await;
    case.for_whom("Gutschein", Audience::Public).await;
    let said = Content {
        audience: Audience::Public,
        ..content("Reset your password")
    };
    case.published(said, |f| f.language = Language::En).await;
    let browser = case.desk.visitor();
    let german = browser.get("/help?lang=de").await;
    assert_eq!(german.texts(".site__list a"), ["Gutschein"]);
    let to = german.attribute(".site__other a", "href").unwrap();
    let other = browser.get(&to).await;
    assert_eq!(other.texts(".site__list a"), ["Reset your password"]);
    assert_eq!(
        other.attribute(".site__list li", "lang").as_deref(),
        Some("en")
    );
    let english = browser.get("/help?lang=en").await;
    assert_eq!(english.texts(".site__list a"), ["Reset your password"]);
}

/// A picture and two other files: one for all, one within a passage that stays in the house, one that no text names.
async fn with_files(case: &Case, audience: Audience, vendors: Vec<Uuid>) -> Uuid {
    let mut files = Vec::new();
    for (name, kind, bytes) in [
        ("Maske 1.png", "image/png", "PNG für alle"),
        ("liste.pdf", "application/pdf", "PDF für alle"),
        ("intern.png", "image/png", "Nur im Haus"),
        ("lose.txt", "text/plain", "Nirgends genannt"),
    ] {
        let stored = case.desk.db.put_blob(bytes.into()).await.unwrap();
        files.push(File {
            name: name.to_owned(),
            content_type: kind.to_owned(),
            size_bytes: stored.size_bytes,
            sha256: stored.sha256,
        });
    }
    let body = "![Maske](files/Maske%201.png)\n\n[Liste](files/liste.pdf)\n\n:::intern\n![Plan](files/intern.png)\n:::\n";
    let said = Content {
        audience,
        vendor_ids: vendors,
        body: body.to_owned(),
        files,
        ..content("Gutschein")
    };
    case.published(said, |_| {}).await
}

#[tokio::test]
async fn readers_have_the_files_of_what_they_read_and_none_that_stay_in_the_house() {
    let case = case().await;
    let id = with_files(&case, Audience::Public, vec![]).await;
    let at = format!("/help/articles/{id}");
    let browser = case.desk.visitor();
    let page = browser.get(&at).await;
    let src = page.attribute(".article__text img", "src").unwrap();
    assert!(
        src.starts_with(&format!("{at}/files/Maske%201.png?inline=")),
        "{src}"
    );
    let picture = browser.get(&src).await;
    assert_eq!(
        (picture.status.as_u16(), picture.body().as_str()),
        (200, "PNG für alle")
    );
    assert_eq!(picture.header("content-type"), "image/png");
    assert!(picture.header("cache-control").contains("immutable"));
    let to = format!("{at}/files/liste.pdf");
    assert!(page.has(&format!(".article__text a[href='{to}']")));
    let saved = browser.get(&to).await;
    assert!(
        saved
            .header("content-disposition")
            .starts_with("attachment")
    );
    assert!(!page.says("intern.png") && !page.body().contains("lose.txt"));
    for name in ["intern.png", "lose.txt", "gibt-es-nicht.png", "..%2Fetc"] {
        for how in ["", "?inline=1"] {
            let hidden = browser.get(&format!("{at}/files/{name}{how}")).await;
            assert_eq!(hidden.status, 404, "{name}: {}", hidden.describe());
        }
    }
    // What is taken out of the text, or retired, is not given out any more.
    case.desk
        .write(&case.mira, id, content("Gutschein"))
        .await
        .unwrap();
    case.desk.send_to_review(&case.mira, id).await.unwrap();
    assert_eq!(browser.get(&to).await.status, 200);
    case.desk.publish(&case.marek, id).await.unwrap();
    assert_eq!(browser.get(&to).await.status, 404);
}

#[tokio::test]
async fn files_for_some_readers_are_there_for_them_alone() {
    let case = case().await;
    let house = case.desk.vendor("Nordlicht", "nordlicht.example").await;
    let other = case.desk.vendor("Havelcode", "havelcode.example").await;
    let theirs = with_files(&case, Audience::Vendors, vec![house]).await;
    let requesters = with_files(&case, Audience::Requesters, vec![]).await;
    let jonas = case.desk.vendor_user("Jonas Ehlers").of(house).await;
    let lea = case.desk.vendor_user("Lea Funk").of(other).await;
    let sabine = case.desk.requester("Sabine Krüger").await;
    let (jonas, lea) = (jonas.sign_in().await, lea.sign_in().await);
    let (sabine, visitor) = (sabine.sign_in().await, case.desk.visitor());
    let portal = format!("/portal/knowledge/{theirs}/files/liste.pdf");
    let help = |id: Uuid| format!("/help/articles/{id}/files/liste.pdf");
    assert_eq!(jonas.get(&portal).await.body(), "PDF für alle");
    let page = jonas.get(&format!("/portal/knowledge/{theirs}")).await;
    let src = page.attribute(".article__text img", "src").unwrap();
    assert_eq!(jonas.get(&src).await.status, 200);
    let inside = format!("/portal/knowledge/{theirs}/files/intern.png");
    assert_eq!(jonas.get(&inside).await.status, 404);
    assert_eq!(lea.get(&portal).await.status, 404);
    for browser in [&jonas, &sabine, &visitor] {
        assert_eq!(browser.get(&help(theirs)).await.status, 404);
    }
    assert_eq!(sabine.get(&help(requesters)).await.status, 200);
    assert_eq!(visitor.get(&help(requesters)).await.status, 404);
    assert_eq!(jonas.get(&help(requesters)).await.status, 404);
}

async fn answers(case: &Case, id: Uuid) -> (i64, i64) {
    let article = case.desk.read_article(id).await;
    let shown = article.shown();
    let said = article::feedback::answers(&case.desk.db, &article, shown).await;
    let said = said.unwrap();
    (said.yes, said.no)
}

#[tokio::test]
async fn a_visitor_says_once_whether_it_helped_and_nothing_is_kept_of_them() {
    let case = case().await;
    let id = case.for_whom("Gutschein", Audience::Public).await;
    let at = format!("/help/articles/{id}");
    let browser = case.desk.visitor();
    let page = browser.get(&at).await;
    assert!(
        !page.has("textarea"),
        "nobody could ask them what they mean"
    );
    let form = "#article-feedback form";
    let done = browser.submit(&page, form, &[("helped", "no")]).await;
    assert_eq!(
        done.location().unwrap(),
        format!("{at}?done=feedback#article-feedback")
    );
    let page = browser.follow(&done).await;
    page.must_say("Danke für Ihre Rückmeldung.");
    page.must_say("Ihre Antwort: Nein");
    assert_eq!(
        page.attributes("button[aria-pressed='true']", "value"),
        ["no"]
    );
    // They may think again, and the same again is no other answer.
    for _ in 0..2 {
        browser.submit(&page, form, &[("helped", "yes")]).await;
    }
    assert_eq!(answers(&case, id).await, (1, 0));
    let events = "SELECT count(*) FROM event WHERE name = 'visitor_answered' AND actor_id IS NULL";
    assert_eq!(case.desk.database().number(events, vec![]).await, 2);
    let other = case.desk.visitor();
    other
        .submit(&other.get(&at).await, form, &[("helped", "no")])
        .await;
    assert_eq!(answers(&case, id).await, (1, 1));
    let old = [("version", "9"), ("helped", "no")];
    let refused = other.post(&format!("{at}/feedback"), &old).await;
    assert_eq!(refused.status, 422, "{}", refused.describe());
    assert!(refused.has("#article-feedback [role='alert']"));
    // Neither what the browser keeps nor where it stands is in the database.
    let word = browser.cookie("lotse_reader").unwrap();
    for sql in [
        "SELECT count(*) FROM article_visitor_answer WHERE visitor LIKE '%' || $1 || '%'",
        "SELECT count(*) FROM event WHERE payload LIKE '%' || $1 || '%'",
    ] {
        let found = case
            .desk
            .database()
            .number(sql, vec![word.as_str().into()])
            .await;
        assert_eq!(found, 0, "{sql}");
    }
    let kept = "SELECT count(*) FROM sign_in_counter WHERE key LIKE '%127.0.0.1%'";
    assert_eq!(case.desk.database().number(kept, vec![]).await, 0);
    case.desk.must_verify().await;
}

#[tokio::test]
async fn strangers_answer_only_so_often_and_from_no_other_page() {
    let case = case().await;
    let id = case.for_whom("Gutschein", Audience::Public).await;
    let at = format!("/help/articles/{id}/feedback");
    let answer = [("version", "1"), ("helped", "no")];
    let elsewhere = case.desk.visitor();
    let forged = elsewhere
        .request(reqwest::Method::POST, &at)
        .header("sec-fetch-site", "cross-site")
        .form(&answer);
    assert_eq!(elsewhere.send(forged).await.status, 403);
    for _ in 0..30 {
        let done = case.desk.visitor().post(&at, &answer).await;
        assert_eq!(done.status, 303, "{}", done.describe());
    }
    let refused = case.desk.visitor().post(&at, &answer).await;
    assert_eq!(refused.status, 422, "{}", refused.describe());
    refused.must_say("zu viele Rückmeldungen");
    assert_eq!(answers(&case, id).await, (0, 30));
    // Whoever has signed in is counted as themselves.
    let sabine = case.desk.requester("Sabine Krüger").await.sign_in().await;
    assert_eq!(sabine.post(&at, &answer).await.status, 303);
    case.desk.pass(chrono::Duration::minutes(61));
    assert_eq!(case.desk.visitor().post(&at, &answer).await.status, 303);
}

#[tokio::test]
async fn people_who_have_signed_in_say_what_is_missing_and_authors_read_it_without_a_name() {
    let case = case().await;
    let house = case.desk.vendor("Nordlicht", "nordlicht.example").await;
    let said = Content {
        audience: Audience::Vendors,
        vendor_ids: vec![house],
        ..content("Testumgebung")
    };
    let theirs = case.published(said, |_| {}).await;
    let jonas = case.desk.vendor_user("Jonas Ehlers").of(house).await;
    let jonas = jonas.sign_in().await;
    let at = format!("/portal/knowledge/{theirs}");
    let form = "#article-feedback form";
    let page = jonas.get(&at).await;
    let long = "x".repeat(501);
    let typed = [("helped", "no"), ("word", long.as_str())];
    let refused = jonas.submit(&page, form, &typed).await;
    assert_eq!(refused.status, 422);
    assert!(refused.has("#word-fault") && refused.text("#word").contains("xxx"));
    let typed = [("helped", "no"), ("word", "Der Schlüssel fehlt.")];
    let done = jonas.submit(&page, form, &typed).await;
    jonas.follow(&done).await.must_say("Ihre Antwort: Nein");
    let forged = jonas
        .request(reqwest::Method::POST, &format!("{at}/feedback"))
        .form(&[("csrf", "x")]);
    assert_eq!(jonas.send(forged).await.status, 403);

    let requesters = case.for_whom("Bonus", Audience::Requesters).await;
    let sabine = case.desk.requester("Sabine Krüger").await.sign_in().await;
    let page = sabine.get(&format!("/help/articles/{requesters}")).await;
    sabine.submit(&page, form, &[("helped", "yes")]).await;
    assert_eq!(answers(&case, requesters).await, (1, 0));
    let hidden = sabine
        .post(&format!("/help/articles/{theirs}/feedback"), &typed)
        .await;
    assert_eq!(hidden.status, 404);

    let mira = case.mira.sign_in().await;
    let page = mira.get(&format!("/knowledge/{theirs}")).await;
    page.must_say("Der Schlüssel fehlt.");
    assert!(!page.says("Jonas Ehlers"));
    let history = mira.get(&format!("/knowledge/{theirs}/history")).await;
    history.must_say("Hat nicht geholfen, Fassung 1");
    assert!(!history.says("Jonas Ehlers") && !history.says("Schlüssel"));
}
