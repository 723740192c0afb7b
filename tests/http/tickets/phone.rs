//! New tickets by phone: the caller is found or made, the call is taken down, and it goes on as agreed.

use entities::ticket::{Channel, State, show, thread};
use entities::{Actor, Rule, Uuid};
use support::desk::{Client, Page, TestDesk};

struct Phone {
    desk: TestDesk,
    browser: Client,
    annika: Uuid,
    elif: Uuid,
    district: Uuid,
}

impl Phone {
    async fn ready() -> Phone {
        let desk = TestDesk::new().await;
        let youth = desk.team("Jugend 1").await;
        let annika = desk.agent("Annika Brandt").in_team(youth).await;
        let district = desk.district("Jugendamt Neukölln", "NK").await;
        let elif = desk.requester("Elif Yıldırım").of(district).await;
        desk.ticket("Statistikrecht").from(&elif).await;
        Phone {
            browser: annika.sign_in().await,
            annika: annika.id,
            elif: elif.id,
            district,
            desk,
        }
    }

    async fn opened(&self, answer: &Page) -> entities::ticket::Ticket {
        let to = answer.location().unwrap();
        let number = to.rsplit('/').next().unwrap().to_owned();
        let console = Actor::System(Rule::Console);
        show::by_number(&self.desk.db, &console, &number)
            .await
            .unwrap()
    }
}

#[tokio::test]
async fn the_caller_is_found_while_typing() {
    let phone = Phone::ready().await;
    let list = phone
        .browser
        .htmx_get("/tickets/new/callers?caller=yild")
        .await;
    assert_eq!(list.texts("mark"), ["Yıld"]);
    list.must_say("Jugendamt Neukölln");
    list.must_say("ein offenes Ticket");
    list.must_say("„yild“ als neue Person anlegen");
    let id = phone.elif.to_string();
    let typed = [("caller", "Elif Yıldırım"), ("person_id", id.as_str())];
    let picked = phone.browser.htmx_post("/tickets/new/caller", &typed).await;
    let chosen = picked.attribute("#district-id option[selected]", "value");
    assert_eq!(chosen.unwrap(), phone.district.to_string());
    picked.must_say("Statistikrecht");
}

#[tokio::test]
async fn without_scripts_a_search_offers_the_people_who_match() {
    let phone = Phone::ready().await;
    let page = phone.browser.get("/tickets/new").await;
    let typed = [("caller", "yild"), ("act", "search")];
    let answer = phone.browser.submit(&page, "#phone-form", &typed).await;
    let page = phone.browser.follow(&answer).await;
    let id = phone.elif.to_string();
    assert!(page.attributes("[name=picked]", "value").contains(&id));
    let typed = [
        ("picked", id.as_str()),
        ("title", "Hortvertrag lässt sich nicht verlängern"),
        ("text", "Die Schaltfläche bleibt grau."),
        ("outcome", "mine"),
    ];
    let answer = phone.browser.submit(&page, "#phone-form", &typed).await;
    assert_eq!(answer.status, 303, "{}", answer.body());
    let ticket = phone.opened(&answer).await;
    assert_eq!(ticket.requester_id, Some(phone.elif));
    assert_eq!(ticket.organisation_id, Some(phone.district));
    assert_eq!(ticket.owner_id, Some(phone.annika));
    assert_eq!(
        (ticket.state, ticket.channel),
        (State::Open, Channel::Phone)
    );
    let entries = thread::thread(&phone.desk.db, &ticket).await.unwrap();
    assert_eq!(entries[0].message.body, "Die Schaltfläche bleibt grau.");
    let empty = phone.browser.get("/tickets/new").await;
    assert_eq!(empty.attribute("#title", "value").unwrap(), "");
}

#[tokio::test]
async fn an_unknown_caller_is_made_once_with_the_ticket() {
    let phone = Phone::ready().await;
    let once = Uuid::new_v4().simple().to_string();
    let typed = [
        ("caller", "Cem Yildiz"),
        ("person_id", "new"),
        ("phone", "030 23125-147"),
        ("email", "cem@kinderinsel.example"),
        ("title", "Zugang"),
        ("text", "Kein Zugang."),
        ("outcome", "team"),
        ("once", once.as_str()),
    ];
    let first = phone.browser.htmx_post("/tickets/new", &typed).await;
    let ticket = phone.opened(&first).await;
    assert_eq!((ticket.state, ticket.owner_id), (State::New, None));
    let again = phone.browser.htmx_post("/tickets/new", &typed).await;
    assert_eq!(again.location(), first.location());
    let list = phone
        .browser
        .htmx_get("/tickets/new/callers?caller=23125147")
        .await;
    assert_eq!(list.texts("b"), ["Cem Yildiz"]);
}

#[tokio::test]
async fn everything_at_fault_is_named_and_nothing_typed_is_lost() {
    let phone = Phone::ready().await;
    let page = phone.browser.get("/tickets/new").await;
    let typed = [
        ("caller", "yild"),
        ("text", "Anliegen <b>"),
        ("outcome", "callback"),
        ("callback", "gestern"),
    ];
    let answer = phone.browser.submit(&page, "#phone-form", &typed).await;
    assert_eq!(answer.status, 422);
    answer.must_say("Bitte wählen Sie die anrufende Person aus");
    answer.must_say("Bitte geben Sie Tag und Uhrzeit des Rückrufs ein.");
    assert_eq!(answer.text("#text").trim(), "Anliegen <b>");
    assert!(answer.has("[name=picked]") && answer.has("#title[aria-invalid=true]"));
    let kept = phone.browser.get("/tickets/new").await;
    assert_eq!(kept.text("#text").trim(), "Anliegen <b>");
    let gone = phone
        .browser
        .submit(&kept, "#phone-form", &[("act", "discard")]);
    assert_eq!(gone.await.status, 303);
    let empty = phone.browser.get("/tickets/new").await;
    assert_eq!(empty.text("#text").trim(), "");
}

#[tokio::test]
async fn a_call_back_becomes_a_reminder_and_a_solved_call_needs_its_reason() {
    let phone = Phone::ready().await;
    let id = phone.elif.to_string();
    let common = [
        ("person_id", id.as_str()),
        ("title", "Rückruf"),
        ("text", "Bitte zurückrufen."),
    ];
    let with = |more: &[(&'static str, &'static str)]| [&common[..], more].concat();
    let past = with(&[("outcome", "callback"), ("callback", "2001-01-01T09:00")]);
    let answer = phone.browser.htmx_post("/tickets/new", &past).await;
    assert_eq!(answer.status, 422);
    let later = with(&[("outcome", "callback"), ("callback", "2099-01-05T09:30")]);
    let answer = phone.browser.htmx_post("/tickets/new", &later).await;
    let ticket = phone.opened(&answer).await;
    assert_eq!(
        ticket.reminder_at.unwrap().to_rfc3339(),
        "2099-01-05T08:30:00+00:00"
    );
    let solved = with(&[("outcome", "solved")]);
    let answer = phone.browser.htmx_post("/tickets/new", &solved).await;
    assert_eq!(answer.status, 422);
    let solved = with(&[("outcome", "solved"), ("reason", "user_error")]);
    let answer = phone.browser.htmx_post("/tickets/new", &solved).await;
    assert_eq!(phone.opened(&answer).await.state, State::Solved);
}

#[tokio::test]
async fn who_may_not_open_tickets_finds_nobody() {
    let phone = Phone::ready().await;
    let stranger = phone.desk.requester("Rita Fremd").await.sign_in().await;
    for path in ["/tickets/new", "/tickets/new/callers?caller=yild"] {
        let answer = stranger.get(path).await;
        assert_eq!(answer.status, 403, "{path}");
        assert!(!answer.says("Yıldırım"));
    }
    let answer = stranger.post("/tickets/new", &[("title", "x")]).await;
    assert_eq!(answer.status, 403);
}
