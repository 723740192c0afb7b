//! From a solved case to an article in the browser: asked where it is solved, drafted without names, linked both ways.

use entities::Uuid;
use entities::ticket::Ticket;
use support::desk::{Client, Page, TestDesk};

struct Case {
    desk: TestDesk,
    ticket: Ticket,
    mira: Client,
}

/// A case with names and numbers in it, and an author who reads it.
async fn case() -> Case {
    let desk = TestDesk::new().await;
    let office = desk.district("Jugendamt Pankow", "PA").await;
    let sabine = desk.requester("Sabine Kowalke").of(office).await;
    let mira = desk.administrator().await;
    let text = "Guten Tag,\nbei Frau Kowalke (Tel. 030 90227-5050) bricht der Zahllauf ab, Az. 51/4711.\n\
                Die Meldung ist KN_4102.";
    let ticket = desk
        .ticket("Zahllauf von Frau Kowalke")
        .saying(text)
        .from(&sabine)
        .await;
    Case {
        mira: mira.sign_in().await,
        desk,
        ticket,
    }
}

impl Case {
    fn at(&self, part: &str) -> String {
        format!("/tickets/{}{part}", self.ticket.number)
    }

    async fn solve(&self, reusable: &str) -> Page {
        let form = self.mira.get(&self.at("/state/edit")).await;
        let typed = [
            ("value", "solved"),
            ("reason", "user_error"),
            ("reusable", reusable),
        ];
        let done = self.mira.submit(&form, "#fact-form", &typed).await;
        self.mira.follow(&done).await
    }
}

#[tokio::test]
async fn solving_asks_whether_it_helps_others_and_it_is_said_and_taken_back() {
    let case = case().await;
    let form = case.mira.get(&case.at("/state/edit")).await;
    form.must_say("Wiederverwendbar – die Lösung hilft auch anderen");
    let page = case.solve("1").await;
    assert_eq!(page.text("#ticket-reusable .badge"), "Wiederverwendbar");
    let back = case.mira.submit(&page, "#ticket-reusable", &[]).await;
    let page = case.mira.follow(&back).await;
    assert!(!page.has("#ticket-reusable .badge"));
    let said = case
        .mira
        .htmx_post(&case.at("/reusable"), &[("reusable", "1")])
        .await;
    assert!(said.has("#ticket-reusable .badge"), "{}", said.describe());
    let history = case.mira.get(&case.at("/history")).await;
    history.must_say("Als wiederverwendbar vorgemerkt");
    history.must_say("Nicht mehr als wiederverwendbar vorgemerkt");
}

#[tokio::test]
async fn an_answer_that_solves_asks_the_same() {
    let case = case().await;
    let page = case.mira.get(&case.at("")).await;
    let typed = [
        ("text", "Bitte den Lauf wiederholen."),
        ("to", "kowalke@pankow.example"),
        ("then", "solved"),
        ("reason", "user_error"),
        ("reusable", "1"),
    ];
    let sent = case.mira.submit(&page, "#composer", &typed).await;
    let page = case.mira.follow(&sent).await;
    assert_eq!(page.text("#ticket-reusable .badge"), "Wiederverwendbar");
    page.must_say("Bitte den Lauf wiederholen.");
}

#[tokio::test]
async fn what_names_somebody_is_taken_out_shown_and_may_be_taken_back() {
    let case = case().await;
    let page = case.solve("").await;
    assert!(page.has("#facts-knowledge a[data-key=v]"));
    let form = case.mira.get(&case.at("/article")).await;
    assert_eq!(form.status, 200, "{}", form.describe());
    let removed = form.texts(".removal del");
    assert_eq!(removed, ["Kowalke", "030 90227-5050", "51/4711"]);
    let instead = form.texts(".removal ins");
    assert_eq!(instead, ["‹Name›", "‹Telefonnummer›", "‹Aktenzeichen›"]);
    let draft = form.text("#case-draft");
    assert!(
        draft.contains("bei Frau ‹Name› (Tel. ‹Telefonnummer›) bricht der Zahllauf ab"),
        "{draft}"
    );
    assert!(!draft.contains("Kowalke") && draft.contains("KN_4102"));
    for heading in ["Symptom", "Ursache", "Lösung", "Nachstellung", "Gesehen"] {
        let headings = form.texts("#case-draft :is(h2, h3)");
        assert!(headings.iter().any(|text| text == heading), "{headings:?}");
    }
    // One is taken back, by itself; the page without scripts keeps the choice.
    let keep = form.attributes("input[name=keep]", "value")[2].clone();
    let again = case
        .mira
        .post(&case.at("/article/preview"), &[("keep", &keep)])
        .await;
    assert!(again.text("#case-draft").contains("51/4711"));
    assert_eq!(again.count("input[name=keep][checked]"), 1);
    let part = case
        .mira
        .htmx_post(&case.at("/article/preview"), &[("keep", &keep)])
        .await;
    assert_eq!(part.targets(), ["#case-draft"]);

    let begun = case
        .mira
        .submit(&form, "#case-form", &[("keep", &keep)])
        .await;
    let address = begun.location().unwrap();
    let editor = case.mira.follow(&begun).await;
    let title = editor.attribute("#title", "value").unwrap();
    assert_eq!(title, "Zahllauf von Frau ‹Name›");
    let body = editor.text("#body");
    assert!(
        body.contains("Az. 51/4711") && body.contains("KN_4102"),
        "{body}"
    );
    assert!(
        !body.contains("Kowalke") && body.contains("Bedienung"),
        "{body}"
    );
    // Each side leads to the other.
    let id: Uuid = address.split('/').nth(2).unwrap().parse().unwrap();
    let ticket = case.mira.get(&case.at("")).await;
    assert!(ticket.has(&format!("#facts-knowledge a[href='/knowledge/{id}']")));
    let article = case.mira.get(&format!("/knowledge/{id}")).await;
    article.must_say("Aus diesen Fällen");
    assert!(article.has(&format!("aside a[href='{}']", case.at(""))));
    let history = case.mira.get(&case.at("/history")).await;
    history.must_say("Artikel begonnen");
    case.desk.must_verify().await;
}

#[tokio::test]
async fn whoever_writes_no_articles_begins_none_from_a_case() {
    let case = case().await;
    let annika = case.desk.agent("Annika Brandt").await.sign_in().await;
    let page = annika.get(&case.at("")).await;
    assert!(!page.has("a[data-key=v]"));
    assert_eq!(annika.get(&case.at("/article")).await.status, 403);
    assert_eq!(annika.post(&case.at("/article"), &[]).await.status, 403);
}
