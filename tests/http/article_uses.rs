//! Articles in answers and what comes back, in the browser: put in, sent, counted, asked about, and what is missing.

use entities::article::{Audience, Content};
use entities::ticket::close::Ending;
use entities::ticket::{Close, ClosingReason, Ticket};
use entities::{Actor, Permit, Rule, Uuid};
use support::desk::{Client, Page, TestDesk, content};

struct Case {
    desk: TestDesk,
    annika: Client,
    ticket: Ticket,
    /// For everybody.
    article: Uuid,
    /// For the desk alone.
    internal: Uuid,
}

async fn article(desk: &TestDesk, title: &str, audience: Audience) -> Uuid {
    let mira = desk.author(&format!("Mira {title}")).await;
    let marek = desk.reviewer(&format!("Marek {title}")).await;
    let content = Content {
        audience,
        body: "## Schritte\n\n1. Den Lauf noch einmal anstoßen.\n\n:::intern\nNur wir wissen das.\n:::\n"
            .to_owned(),
        ..content(title)
    };
    let filing = desk.filing(&mira).await;
    let begun = desk.begin_article(&mira, content, filing).await.unwrap();
    desk.send_to_review(&mira, begun.row.id).await.unwrap();
    desk.publish(&marek, begun.row.id).await.unwrap();
    begun.row.id
}

async fn case() -> Case {
    let desk = TestDesk::new().await;
    let sabine = desk.requester("Sabine Kowalke").await;
    let ticket = desk.ticket("Zahllauf bricht ab").from(&sabine).await;
    Case {
        annika: desk.agent("Annika Brandt").await.sign_in().await,
        article: article(&desk, "Zahllauf wiederholen", Audience::Public).await,
        internal: article(&desk, "Zahllauf sperren", Audience::Internal).await,
        ticket,
        desk,
    }
}

impl Case {
    fn at(&self, part: &str) -> String {
        format!("/tickets/{}{part}", self.ticket.number)
    }
}

#[tokio::test]
async fn an_article_goes_into_an_answer_where_the_cursor_stood() {
    let case = case().await;
    let asked = [
        ("mode", "reply"),
        ("act", "articles"),
        ("text", "Guten Tag"),
    ];
    let panel = case.annika.htmx_post(&case.at("/composer"), &asked).await;
    assert!(panel.targets().contains(&"#composer-articles".to_owned()));
    panel.must_say("Zahllauf wiederholen");
    assert!(!panel.says("Zahllauf sperren"));
    let within = case.at("/composer/articles?mode=note&article_q=sperren");
    let hits = case.annika.htmx_get(&within).await;
    hits.must_say("Zahllauf sperren");

    let act = format!("article:both:{}", case.article);
    let typed = [
        ("mode", "reply"),
        ("act", act.as_str()),
        ("text", "Guten Tag,\n\nViele Grüße"),
        ("cursor", "10"),
    ];
    let put = case.annika.htmx_post(&case.at("/composer"), &typed).await;
    let text = put.text("#composer-text");
    assert!(
        text.starts_with("Guten Tag, **Schritte** 1. Den Lauf"),
        "{text}"
    );
    let address = format!("/help/articles/{}", case.article);
    assert!(
        text.ends_with("Viele Grüße") && text.contains(&address),
        "{text}"
    );
    // What stays in the house does not go out.
    assert!(!text.contains("Nur wir wissen das."));
    // What is for the desk alone goes into no answer, whatever button is pressed.
    let act = format!("article:text:{}", case.internal);
    let typed = [("mode", "reply"), ("act", act.as_str()), ("text", "Hallo")];
    let put = case.annika.htmx_post(&case.at("/composer"), &typed).await;
    assert_eq!(put.text("#composer-text"), "Hallo");
}

#[tokio::test]
async fn what_only_people_with_an_account_find_goes_out_as_text_alone() {
    let case = case().await;
    let id = article(&case.desk, "Zahllauf prüfen", Audience::Requesters).await;
    let offer = case.at("/composer/articles?mode=reply&article_q=pr%C3%BCfen");
    let hits = case.annika.htmx_get(&offer).await;
    let offered = hits.attributes("#article-hits button", "value");
    assert_eq!(offered, [format!("article:text:{id}")]);
    let act = format!("article:both:{id}");
    let typed = [("mode", "reply"), ("act", act.as_str()), ("text", "")];
    let put = case.annika.htmx_post(&case.at("/composer"), &typed).await;
    let text = put.text("#composer-text");
    assert!(
        text.contains("noch einmal anstoßen") && !text.contains("http"),
        "{text}"
    );
}

#[tokio::test]
async fn an_article_goes_into_an_answer_without_scripts_and_is_counted_when_it_has_left() {
    let case = case().await;
    let kept = [
        ("mode", "reply"),
        ("act", "articles"),
        ("text", "Guten Tag"),
    ];
    let go = case.annika.post(&case.at("/composer"), &kept).await;
    let offer = case.annika.follow(&go).await;
    assert!(offer.is_whole(), "{}", offer.describe());
    offer.must_say("Zahllauf wiederholen");
    let act = format!("article:link:{}", case.article);
    let typed = [("mode", "reply"), ("act", act.as_str())];
    let put = case
        .annika
        .post(&case.at("/composer/articles"), &typed)
        .await;
    let page = case.annika.follow(&put).await;
    let text = page.text("#composer-text");
    assert!(
        text.starts_with("Guten Tag Zahllauf wiederholen: "),
        "{text}"
    );
    let typed = [("to", "kowalke@pankow.example")];
    let sent = case.annika.submit(&page, "#composer", &typed).await;
    assert_eq!(sent.status, 303, "{}", sent.describe());
    let history = case.annika.get(&case.at("/history")).await;
    history.must_say("Artikel verwendet");
    // An impatient second click sends nothing and counts nothing.
    let again = case.annika.submit(&page, "#composer", &typed).await;
    assert_eq!(again.status, 303, "{}", again.describe());
    let after = case.annika.get(&case.at("/history")).await;
    let count = |page: &Page| page.body().matches("Artikel verwendet").count();
    assert_eq!(count(&after), count(&history));
    // It waits for whoever takes it back.
    let at = format!("/knowledge/{}", case.article);
    let page = case.annika.get(&at).await;
    page.must_say("0-mal in Antworten");
    let sql = "UPDATE message SET delivery = 'sent' WHERE delivery = 'queued'";
    case.desk.database().execute(sql, vec![]).await;
    let page = case.annika.get(&at).await;
    page.must_say("1-mal in Antworten");
}

#[tokio::test]
async fn readers_say_whether_it_helped_and_may_change_their_mind() {
    let case = case().await;
    let at = format!("/knowledge/{}", case.article);
    let page = case.annika.get(&at).await;
    page.must_say("Hat dieser Artikel geholfen?");
    page.must_say("Noch keine Rückmeldung zu dieser Fassung");
    let typed = [("helped", "no"), ("word", "Schritt 2 fehlt.")];
    let form = "#article-feedback form";
    let said = case.annika.submit(&page, form, &typed).await;
    let page = case.annika.follow(&said).await;
    page.must_say("Danke für Ihre Rückmeldung.");
    page.must_say("Geholfen: 0 ja, 1 nein");
    assert_eq!(page.text("#word"), "Schritt 2 fehlt.");
    let typed = [("helped", "yes"), ("word", "")];
    let said = case.annika.submit(&page, form, &typed).await;
    let page = case.annika.follow(&said).await;
    page.must_say("Geholfen: 1 ja, 0 nein");
    // What is too long is kept.
    let long = "x".repeat(501);
    let typed = [("helped", "no"), ("word", long.as_str())];
    let refused = case.annika.submit(&page, form, &typed).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.text("#word"), long);
    case.desk.must_verify().await;
}

#[tokio::test]
async fn authors_see_what_is_missing_and_begin_it_with_one_action() {
    let case = case().await;
    let team = case.desk.team("Jugend 1").await;
    let service = case.desk.service("KITA-Netz", team).await;
    let admin = case.desk.administrator().await.sign_in().await;
    let empty = admin.get("/knowledge/gaps").await;
    empty.must_say("Keine Lücken");
    empty.must_say("Kein Fall ist vorgemerkt.");
    for number in 0..10 {
        let title = format!("Bescheid {number} druckt nicht");
        let ticket = case.desk.ticket(&title).about(service).await;
        let close = Close {
            to: Ending::Solved,
            reason: Some(ClosingReason::UserError),
        };
        let console = Actor::System(Rule::Console);
        let permit = Permit::ask(&console, ticket).unwrap();
        case.desk.db.change(permit, close).await.unwrap();
    }
    let list = admin.get("/knowledge").await;
    assert_eq!(list.text("a[href='/knowledge/gaps'] .tally"), "1");
    let page = admin.get("/knowledge/gaps").await;
    page.must_say("KITA-Netz · Bedienung");
    page.must_say("10 Fälle");
    let begin = page.attribute("a[aria-label^='Artikel beginnen aus']", "href");
    let draft = admin.get(&begin.unwrap()).await;
    draft.must_say("So beginnt der Entwurf");
    assert_eq!(case.annika.get("/knowledge/gaps").await.status, 403);
    assert!(!case.annika.get("/knowledge").await.says("Was fehlt"));
}
