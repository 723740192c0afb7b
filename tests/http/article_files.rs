//! Files of articles: they come and go with the versions that name them, and only their readers get the bytes.

use entities::Uuid;
use entities::article::Content;
use support::desk::{Client, File, Page, Persona, TestDesk, content};

/// The smallest picture there is.
const PNG: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

struct Case {
    desk: TestDesk,
    mira: Persona,
    marek: Persona,
    annika: Persona,
}

async fn case() -> Case {
    let desk = TestDesk::new().await;
    Case {
        mira: desk.author("Mira Kessler").await,
        marek: desk.reviewer("Marek Lindner").await,
        annika: desk.agent("Annika Brandt").await,
        desk,
    }
}

fn picture(name: &str) -> File<'_> {
    File {
        field: "uploads",
        name,
        content_type: "image/png",
        bytes: PNG,
    }
}

/// Sends the form of a page with files, to where the form or another button says.
async fn send(
    browser: &Client,
    page: &Page,
    to: Option<&str>,
    typed: &[(&str, &str)],
    files: &[File<'_>],
) -> Page {
    let filled = page.fill("form.editor", typed);
    let fields = filled.fields.iter();
    let fields: Vec<(&str, &str)> = fields
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .filter(|(name, _)| *name != "csrf")
        .collect();
    let to = to.unwrap_or(&filled.action);
    browser.upload(to, &fields, files).await
}

impl Case {
    /// Mira's article with a picture in its text and a document beside it, released by Marek.
    async fn published(&self) -> Uuid {
        let id = self
            .desk
            .article(&self.mira, "Bescheid drucken")
            .await
            .row
            .id;
        let mira = self.mira.sign_in().await;
        let form = mira.get(&format!("/knowledge/{id}/edit")).await;
        let document = File {
            content_type: "application/vnd.oasis.opendocument.text",
            bytes: b"Antrag",
            ..picture("Antrag.odt")
        };
        let body = [("body", "Die Maske:\n\n![Maske](files/Maske%201.png)")];
        let saved = send(
            &mira,
            &form,
            None,
            &body,
            &[picture("Maske 1.png"), document],
        )
        .await;
        assert_eq!(saved.status, 303, "{}", saved.describe());
        self.desk.send_to_review(&self.mira, id).await.unwrap();
        self.desk.publish(&self.marek, id).await.unwrap();
        id
    }
}

#[tokio::test]
async fn a_picture_is_shown_in_the_text_and_a_document_below_it() {
    let case = case().await;
    let id = case.published().await;
    let annika = case.annika.sign_in().await;
    let page = annika.get(&format!("/knowledge/{id}")).await;
    let source = page.attribute(".article__text img", "src").unwrap();
    assert_eq!(
        page.attribute(".article__text img", "alt").as_deref(),
        Some("Maske")
    );
    let shown = annika.get(&source).await;
    assert_eq!((shown.status.as_u16(), shown.bytes.as_slice()), (200, PNG));
    assert_eq!(shown.header("content-type"), "image/png");
    assert!(shown.header("content-disposition").starts_with("inline"));
    assert!(shown.header("cache-control").contains("immutable"));
    assert_eq!(page.texts(".article__files li a"), ["Antrag.odt"]);
    let saved = annika
        .get(&format!("/knowledge/{id}/files/Antrag.odt?inline=1"))
        .await;
    assert_eq!(saved.bytes, b"Antrag");
    assert_eq!(saved.header("content-type"), "application/octet-stream");
    assert!(
        saved
            .header("content-disposition")
            .starts_with("attachment")
    );
}

#[tokio::test]
async fn whoever_may_not_read_the_article_gets_none_of_its_files() {
    let case = case().await;
    let id = case.published().await;
    let at = format!("/knowledge/{id}/files/Maske%201.png");
    let nobody = case.desk.person_with("Nora Neu", &[]).await;
    assert_eq!(nobody.sign_in().await.get(&at).await.status, 404);
    // What a draft brings is for those who work on it.
    let mira = case.mira.sign_in().await;
    let form = mira.get(&format!("/knowledge/{id}/edit")).await;
    send(&mira, &form, None, &[], &[picture("Entwurf.png")]).await;
    let annika = case.annika.sign_in().await;
    for hidden in [
        "Entwurf.png",
        "Entwurf.png?version=3",
        "Maske%201.png?version=3",
        "nie.png",
    ] {
        let at = format!("/knowledge/{id}/files/{hidden}");
        assert_eq!(annika.get(&at).await.status, 404, "{hidden}");
    }
    let draft = format!("/knowledge/{id}/files/Entwurf.png?version=3");
    assert_eq!(mira.get(&draft).await.status, 200);
    assert_eq!(annika.get(&at).await.status, 200);
}

#[tokio::test]
async fn a_removed_picture_stays_with_the_versions_that_show_it() {
    let case = case().await;
    let id = case.published().await;
    let mira = case.mira.sign_in().await;
    let form = mira.get(&format!("/knowledge/{id}/edit")).await;
    let to = format!("/knowledge/{id}/files");
    let without = send(
        &mira,
        &form,
        Some(&to),
        &[("act", "remove:Maske 1.png")],
        &[],
    )
    .await;
    assert_eq!(
        without.count("#article-files li"),
        1,
        "{}",
        without.describe()
    );
    let saved = send(&mira, &without, None, &[], &[]).await;
    assert_eq!(saved.status, 303, "{}", saved.describe());
    let draft = mira.get(&format!("/knowledge/{id}?version=3")).await;
    assert!(!draft.has(".article__text img"));
    draft.must_say("Maske (Bild nicht vorhanden)");
    let before = mira.get(&format!("/knowledge/{id}?version=2")).await;
    let source = before.attribute(".article__text img", "src").unwrap();
    assert_eq!(mira.get(&source).await.bytes, PNG);
    // Readers still see what was reviewed.
    let annika = case.annika.sign_in().await;
    assert!(
        annika
            .get(&format!("/knowledge/{id}"))
            .await
            .has(".article__text img")
    );
    let compared = mira
        .get(&format!("/knowledge/{id}/compare?from=2&to=3"))
        .await;
    compared.must_say("Maske 1.png");
    case.desk.must_verify().await;
}

#[tokio::test]
async fn uploads_wait_in_the_form_until_it_is_saved_and_are_nobody_elses() {
    let case = case().await;
    let mira = case.mira.sign_in().await;
    let form = mira.get("/knowledge/new").await;
    let typed = [("title", " "), ("body", "![Neu](files/neu.png)")];
    let refused = send(&mira, &form, None, &typed, &[picture("neu.png")]).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.count("#article-files li"), 1);
    let source = refused.attribute("#article-preview img", "src").unwrap();
    assert_eq!(mira.get(&source).await.bytes, PNG);
    let tobias = case.desk.author("Tobias Reuter").await.sign_in().await;
    assert_eq!(tobias.get(&source).await.status, 404);
    // With a title it is saved, and the picture with it; the same name again is the same file anew.
    let again = [("title", "Neues")];
    let saved = send(&mira, &refused, None, &again, &[picture("neu.png")]).await;
    let page = mira.follow(&saved).await;
    assert!(page.has(".article__text img"), "{}", page.describe());
    // What somebody else's form holds, or nobody's, is no file.
    let stolen = refused
        .attribute("#article-files input[name=files]", "value")
        .unwrap();
    let form = tobias.get("/knowledge/new").await;
    let typed = [("title", "Fremdes"), ("files", stolen.as_str())];
    let taken = send(&tobias, &form, None, &typed, &[]).await;
    assert!(!tobias.follow(&taken).await.has(".article__files"));
}

#[tokio::test]
async fn a_drawing_with_scripts_in_it_is_never_shown() {
    let case = case().await;
    let id = case.desk.article(&case.mira, "Plan").await.row.id;
    let mira = case.mira.sign_in().await;
    let form = mira.get(&format!("/knowledge/{id}/edit")).await;
    let drawing = File {
        content_type: "image/svg+xml",
        bytes: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        ..picture("plan.svg")
    };
    let typed = [("body", "![Plan](files/plan.svg)")];
    let page = mira
        .follow(&send(&mira, &form, None, &typed, &[drawing]).await)
        .await;
    assert!(!page.has(".article__text img"));
    let at = page.attribute(".article__text p a", "href").unwrap();
    let saved = mira.get(&format!("{at}?inline=1")).await;
    assert_eq!(saved.header("content-type"), "application/octet-stream");
    assert!(
        saved
            .header("content-disposition")
            .starts_with("attachment")
    );
}

#[tokio::test]
async fn files_are_part_of_what_a_version_says() {
    let case = case().await;
    let id = case
        .desk
        .article(&case.mira, "Bescheid drucken")
        .await
        .row
        .id;
    let file = |name: &str| entities::article::File {
        name: name.to_owned(),
        content_type: "text/plain".to_owned(),
        size_bytes: 1,
        sha256: "0".repeat(64),
    };
    let with = |names: &[&str]| Content {
        files: names.iter().map(|name| file(name)).collect(),
        ..content("Bescheid drucken")
    };
    let write = async |names: &[&str]| case.desk.write(&case.mira, id, with(names)).await;
    assert_eq!(write(&["b", "a"]).await.unwrap().row.newest, 2);
    assert_eq!(write(&["a", "b", "a"]).await.unwrap().row.newest, 2);
    assert_eq!(write(&["a"]).await.unwrap().row.newest, 3);
    for name in ["", "../a", "a\\b", "a\nb"] {
        assert!(write(&[name]).await.is_err(), "{name:?}");
    }
}
