//! Two in one ticket: who is there, the draft that is shown and taken over, and what was written meanwhile.

use entities::Permission;
use entities::policy::Scope;
use entities::presence;
use support::desk::TestDesk;

#[tokio::test]
async fn colleagues_in_a_ticket_and_in_lists_are_named_and_told_apart_by_what_they_do() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let derya = desk.agent("Derya Aksoy").await.sign_in().await;
    let ticket = desk.ticket("Zahllauf").await;
    let at = format!("/tickets/{}", ticket.number);
    let here = format!("{at}/presence");
    let page = annika.get(&at).await;
    assert_eq!(
        page.attribute("#ticket-present", "hx-post"),
        Some(here.clone())
    );
    assert_eq!(annika.htmx_post(&here, &[]).await.body(), "", "alone");
    derya
        .htmx_post(&here, &[])
        .await
        .must_say("Annika Brandt liest mit");
    annika
        .htmx_get(&here)
        .await
        .must_say("Derya Aksoy liest mit");
    let typed = [("mode", "reply"), ("text", "Guten Tag")];
    derya.htmx_post(&format!("{at}/draft"), &typed).await;
    annika
        .htmx_get(&here)
        .await
        .must_say("Derya Aksoy schreibt");
    let listed = annika.htmx_get("/tickets/presence").await;
    listed.must_say("Derya Aksoy schreibt");
    let of = listed.attribute("[data-ticket]", "data-ticket");
    assert_eq!(of, Some(ticket.id.simple().to_string()));
    let rows = annika.get("/tickets").await;
    let place = rows.attribute("[data-present]", "data-present");
    assert_eq!(place, of);
    derya.htmx_post(&format!("{here}/leave"), &[]).await;
    assert_eq!(annika.htmx_get(&here).await.body(), "");
}

#[tokio::test]
async fn whoever_only_reads_is_not_named_and_does_not_see_who_writes() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let rights = [(Permission::ReadTickets, Scope::Everything)];
    let jonas = desk.person_with("Jonas Weber", &rights).await;
    let jonas = jonas.sign_in().await;
    let ticket = desk.ticket("Zahllauf").await;
    let at = format!("/tickets/{}", ticket.number);
    annika.htmx_post(&format!("{at}/presence"), &[]).await;
    let page = jonas.get(&at).await;
    assert_eq!(page.attribute("#ticket-present", "id"), None);
    let refused = jonas.htmx_post(&format!("{at}/presence"), &[]).await;
    assert_eq!(refused.status, 403);
    // Nor do they leave anything that others see, or read what others have ready to say.
    let typed = [("mode", "note"), ("text", "Von Jonas"), ("act", "share")];
    for part in ["draft", "composer"] {
        let refused = jonas.htmx_post(&format!("{at}/{part}"), &typed).await;
        assert_eq!(refused.status, 403, "{part}");
    }
    let blocks = jonas.htmx_get(&format!("{at}/composer/blocks")).await;
    assert_eq!(blocks.status, 403);
    let listed = jonas.htmx_get("/tickets/presence").await;
    assert!(!listed.body().contains("Annika"), "{}", listed.body());
    assert_eq!(annika.htmx_get(&format!("{at}/presence")).await.body(), "");
}

#[tokio::test]
async fn a_desk_that_does_not_want_it_neither_shows_nor_keeps_who_is_where() {
    let desk = TestDesk::with(&[("LOTSE_TICKETS_PRESENCE", "off")]).await;
    let agent = desk.agent("Annika Brandt").await;
    let annika = agent.sign_in().await;
    let derya = desk.agent("Derya Aksoy").await;
    let as_derya = derya.actor().await;
    let ticket = desk.ticket("Zahllauf").await;
    let at = format!("/tickets/{}", ticket.number);
    let page = annika.get(&at).await;
    assert!(page.has("#composer") && !page.has("#ticket-present"));
    assert!(!annika.get("/tickets").await.has("#present"));
    // A page that was opened before says it still.
    let here = format!("{at}/presence");
    for post in [here.clone(), format!("{here}/leave")] {
        assert_eq!(annika.htmx_post(&post, &[]).await.status, 404, "{post}");
    }
    for get in [here.as_str(), "/tickets/presence"] {
        assert_eq!(annika.htmx_get(get).await.status, 404, "{get}");
    }
    let typed = [("mode", "note"), ("text", "Geprüft")];
    let kept = annika.htmx_post(&format!("{at}/draft"), &typed).await;
    assert_eq!(kept.status, 200, "what is typed is kept all the same");
    let present = presence::of_ticket(&desk.db, &as_derya, &ticket).await;
    assert_eq!(present.unwrap(), []);
    // What somebody shows on purpose is seen.
    let shown = [("mode", "note"), ("text", "Geprüft"), ("act", "share")];
    annika.htmx_post(&format!("{at}/composer"), &shown).await;
    let page = derya.sign_in().await.get(&at).await;
    page.must_say("Annika Brandt teilt einen Entwurf");
}

#[tokio::test]
async fn a_draft_is_shown_to_colleagues_and_one_of_them_goes_on_with_it() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let derya = desk.agent("Derya Aksoy").await.sign_in().await;
    let ticket = desk.ticket("Zahllauf").await;
    let at = format!("/tickets/{}", ticket.number);
    let composer = format!("{at}/composer");
    let write = |text, act| [("mode", "note"), ("text", text), ("act", act)];
    let shared = annika
        .htmx_post(&composer, &write("Bitte gegenlesen", "share"))
        .await;
    shared.must_say("Ihren Entwurf sehen jetzt alle");
    let page = derya.get(&format!("{at}?mode=reply")).await;
    page.must_say("Annika Brandt teilt einen Entwurf");
    page.must_say("Bitte gegenlesen");
    let take = page.attribute(".shared button", "value").unwrap();
    let typed = [("mode", "reply"), ("text", ""), ("act", take.as_str())];
    let taken = derya.htmx_post(&composer, &typed).await;
    assert_eq!(taken.text("#composer-text").trim(), "Bitte gegenlesen");
    assert_eq!(
        taken.attribute("#composer", "data-mode").as_deref(),
        Some("note")
    );
    let page = annika.get(&format!("{at}?mode=note")).await;
    page.must_say("Derya Aksoy hat Ihren Entwurf übernommen.");
    assert_eq!(page.text("#composer-text").trim(), "");
    assert!(page.attribute("#composer-text", "data-taken").is_some());
    let late = derya.htmx_post(&composer, &write("", take.as_str())).await;
    assert_eq!(late.status, 422);
    late.must_say("Diesen Entwurf gibt es nicht mehr");
    // Who goes on writing keeps that, and is told until they have read it.
    let draft = format!("{at}/draft");
    let typed = [("mode", "note"), ("text", "Noch eine Frage")];
    annika.htmx_post(&draft, &typed).await;
    let page = annika.get(&format!("{at}?mode=note")).await;
    page.must_say("Derya Aksoy hat Ihren Entwurf übernommen.");
    assert_eq!(page.text("#composer-text").trim(), "Noch eine Frage");
    assert!(page.attribute("#composer-text", "data-taken").is_none());
    let read = write("Noch eine Frage", "taken-read");
    annika.htmx_post(&composer, &read).await;
    let page = annika.get(&format!("{at}?mode=note")).await;
    assert!(!page.has("#composer-shared .notice"));
    assert_eq!(page.text("#composer-text").trim(), "Noch eine Frage");
}

#[tokio::test]
async fn no_draft_is_taken_over_above_what_one_wrote_oneself() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let derya = desk.agent("Derya Aksoy").await.sign_in().await;
    let ticket = desk.ticket("Zahllauf").await;
    let at = format!("/tickets/{}", ticket.number);
    let composer = format!("{at}/composer");
    let write = |text, act| [("mode", "note"), ("text", text), ("act", act)];
    annika
        .htmx_post(&composer, &write("Von Annika", "share"))
        .await;
    let page = derya.get(&format!("{at}?mode=note")).await;
    let take = page.attribute(".shared button", "value").unwrap();
    let refused = derya
        .htmx_post(&composer, &write("Von Derya", take.as_str()))
        .await;
    assert_eq!(refused.status, 422);
    refused.must_say("Sie haben hier selbst schon etwas geschrieben.");
    assert_eq!(refused.text("#composer-text").trim(), "Von Derya");
    annika
        .htmx_post(&composer, &write("Von Annika", "unshare"))
        .await;
    let page = derya.get(&format!("{at}?mode=note")).await;
    assert_eq!(page.attribute(".shared button", "value"), None);
}

#[tokio::test]
async fn what_a_colleague_wrote_meanwhile_is_shown_before_it_is_asked_whether_to_send() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let derya = desk.agent("Derya Aksoy").await.sign_in().await;
    let sabine = desk.requester("Sabine Kern").await;
    let ticket = desk.ticket("Zahllauf").from(&sabine).await;
    let at = format!("/tickets/{}", ticket.number);
    let page = annika.get(&at).await;
    let other = derya.get(&format!("{at}?mode=note")).await;
    let note = [("text", "Ist schon beantwortet, am Telefon.")];
    derya.submit(&other, "#composer", &note).await;
    let refused = annika
        .submit(&page, "#composer", &[("text", "Guten Tag")])
        .await;
    refused.must_say("Derya Aksoy hat soeben geschrieben.");
    refused.must_say("Ist schon beantwortet, am Telefon.");
    assert_eq!(refused.text("#composer-text").trim(), "Guten Tag");
}
