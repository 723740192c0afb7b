//! The knowledge base for people outside of the desk: whoever comes by, requesters who have signed in, people of vendors.

use entities::article::{self, Audience, Content, Filing};
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
