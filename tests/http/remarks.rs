//! Remarks at passages while a version is reviewed: who quotes what, who reads it, and who is done with it.

use entities::Uuid;
use entities::article::Content;
use support::desk::{Client, Page, Persona, TestDesk, content};

struct Case {
    desk: TestDesk,
    mira: Persona,
    marek: Persona,
    id: Uuid,
}

async fn case() -> Case {
    let desk = TestDesk::new().await;
    let mira = desk.author("Mira Kessler").await;
    let marek = desk.reviewer("Marek Lindner").await;
    let said = Content {
        body: "## Schritte\n\n1. **Öffnen** Sie die [Maske](https://example.org/x).\n2. Haken Sie den Bonus an.\n".to_owned(),
        ..content("Geschwisterbonus")
    };
    let filing = desk.filing(&mira).await;
    let id = desk
        .begin_article(&mira, said, filing)
        .await
        .unwrap()
        .row
        .id;
    desk.send_to_review(&mira, id).await.unwrap();
    Case {
        desk,
        mira,
        marek,
        id,
    }
}

impl Case {
    fn at(&self) -> String {
        format!("/knowledge/{}", self.id)
    }

    async fn remark(&self, browser: &Client, quote: &str, text: &str) -> Page {
        let page = browser.get(&self.at()).await;
        let form = format!("form[action='{}/remarks']", self.at());
        let typed = [("quote", quote), ("text", text)];
        browser.submit(&page, &form, &typed).await
    }
}

#[tokio::test]
async fn a_reviewer_quotes_a_passage_and_its_author_is_done_with_it() {
    let case = case().await;
    let marek = case.marek.sign_in().await;
    let done = case
        .remark(&marek, "Öffnen Sie die Maske", "Welche Maske?")
        .await;
    marek
        .follow(&done)
        .await
        .must_say("Die Anmerkung ist gespeichert.");
    case.remark(&marek, "", "Bitte kürzer.").await;

    let mira = case.mira.sign_in().await;
    let page = mira.get(&case.at()).await;
    page.must_say("2 Anmerkungen sind noch offen.");
    assert_eq!(page.text("#article-remarks .tally"), "2");
    assert_eq!(
        page.texts("#article-remarks .quoted"),
        ["Öffnen Sie die Maske"]
    );
    let to = page
        .attribute("#article-remarks a.remark__quote", "href")
        .unwrap();
    assert_eq!(to, "#article-title:~:text=%C3%96ffnen%20Sie%20die%20Maske");
    // They stand beside the text in which they are mended.
    let edit = mira.get(&format!("{}/edit", case.at())).await;
    assert_eq!(
        edit.texts("form.editor .remark"),
        ["Welche Maske?", "Bitte kürzer."]
    );

    let settle = "#article-remarks li:first-child form";
    let settled = mira.submit(&page, settle, &[]).await;
    let page = mira.follow(&settled).await;
    page.must_say("Eine Anmerkung ist noch offen.");
    assert_eq!(page.text("#article-remarks > summary .tally"), "1");
    page.must_say("Erledigt von Mira Kessler");
    assert!(
        !mira
            .get(&format!("{}/edit", case.at()))
            .await
            .says("Welche Maske?")
    );
    // It was not done after all.
    let again = "#article-remarks details li form";
    let reopened = mira.submit(&page, again, &[]).await;
    let page = mira.follow(&reopened).await;
    page.must_say("2 Anmerkungen sind noch offen.");
    // Whoever was slower is told that there is nothing left to do.
    let twice = mira.submit(&page, settle, &[("done", "")]).await;
    assert_eq!(twice.status, 422, "{}", twice.describe());

    let history = mira.get(&format!("{}/history", case.at())).await;
    let lines = history.texts("tbody .strong");
    assert_eq!(
        lines[..2],
        ["Anmerkung wieder geöffnet", "Anmerkung erledigt"]
    );
    let texts =
        "SELECT count(*) FROM event WHERE payload LIKE '%Maske%' OR payload LIKE '%kürzer%'";
    assert_eq!(case.desk.database().number(texts, vec![]).await, 0);
    case.desk.must_verify().await;
}

#[tokio::test]
async fn a_passage_that_is_not_there_is_refused_with_what_was_typed() {
    let case = case().await;
    let marek = case.marek.sign_in().await;
    let refused = case
        .remark(&marek, "Schließen Sie die Maske", "Wirklich?")
        .await;
    assert_eq!(refused.status, 422);
    refused.must_say("Diese Stelle steht nicht in der Fassung.");
    assert!(refused.has("#quote-fault") && !refused.has("#text-fault"));
    assert!(refused.text("#quote").contains("Schließen"));
    assert!(refused.text("#text").contains("Wirklich?"));
    let empty = case.remark(&marek, "Haken Sie den Bonus an", " ").await;
    assert!(empty.has("#text-fault") && empty.text("#quote").contains("Bonus"));
    // With it the version goes back as well.
    let typed = [("quote", "Haken Sie"), ("text", "Wo?")];
    let given = marek.post(&format!("{}/return", case.at()), &typed).await;
    let page = marek.follow(&given).await;
    page.must_say("wieder ein Entwurf");
    assert_eq!(page.texts(".quoted"), ["Haken Sie"]);
}

#[tokio::test]
async fn remarks_are_for_those_who_work_on_the_article_and_done_by_its_authors() {
    let case = case().await;
    let marek = case.marek.sign_in().await;
    case.remark(&marek, "Öffnen", "Kanarienvogel").await;
    case.desk.publish(&case.marek, case.id).await.unwrap();
    let annika = case.desk.agent("Annika Brandt").await.sign_in().await;
    for part in ["", "/history"] {
        let page = annika.get(&format!("{}{part}", case.at())).await;
        assert_eq!(page.status, 200);
        assert!(
            !page.says("Kanarienvogel") && !page.says("Anmerkung"),
            "{part}"
        );
    }
    let page = case.mira.sign_in().await.get(&case.at()).await;
    let settle = page
        .attribute("#article-remarks li form", "action")
        .unwrap();
    assert_eq!(marek.post(&settle, &[("done", "1")]).await.status, 403);
    assert_eq!(annika.post(&settle, &[("done", "1")]).await.status, 403);
    // A remark of another article is none of this one.
    let other = case.desk.article(&case.mira, "Bescheid").await.row.id;
    let settle = settle.replace(&case.id.to_string(), &other.to_string());
    let mira = case.mira.sign_in().await;
    assert_eq!(mira.post(&settle, &[("done", "1")]).await.status, 404);
}
