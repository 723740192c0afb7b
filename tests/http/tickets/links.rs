//! Links, mergers, moved messages and vendors' numbers as an agent meets them, with scripts and without.

use entities::ticket::link::{self, LinkKind};
use entities::ticket::{State, Ticket, thread, vendor_number};
use entities::{Actor, Permission, Rule, policy::Scope};
use support::desk::{Client, TestDesk};

const CONSOLE: Actor = Actor::System(Rule::Console);

async fn kinds(desk: &TestDesk, one: &Ticket, other: &Ticket) -> Vec<LinkKind> {
    link::between(&desk.db, one.id, other.id).await.unwrap()
}

async fn annika(desk: &TestDesk) -> Client {
    let youth = desk.team("Jugend 1").await;
    desk.agent("Annika Brandt")
        .in_team(youth)
        .await
        .sign_in()
        .await
}

fn at(ticket: &Ticket, part: &str) -> String {
    format!("/tickets/{}{part}", ticket.number)
}

#[tokio::test]
async fn a_link_is_added_by_number_and_removed_without_scripts() {
    let desk = TestDesk::new().await;
    let browser = annika(&desk).await;
    let (effect, cause) = (
        desk.ticket("Zahllauf").await,
        desk.ticket("Umstellung").await,
    );
    let form = browser.get(&at(&effect, "/links/new")).await;
    assert!(form.is_whole());
    let typed = [("kind", "caused_by"), ("q", cause.number.as_str())];
    let done = browser.submit(&form, "#link-form", &typed).await;
    assert_eq!(done.status, 303, "{}", done.describe());
    assert_eq!(kinds(&desk, &effect, &cause).await, [LinkKind::CausedBy]);
    let page = browser.get(&at(&effect, "")).await;
    let said = page.text("#facts-links .links");
    assert!(
        said.contains("Umstellung") && said.contains("Verursacht durch"),
        "{said}"
    );
    let other = browser.get(&at(&cause, "")).await;
    assert!(other.text("#facts-links").contains("Verursacht"));
    assert_eq!(
        page.attribute("#facts-links [data-key=l]", "aria-keyshortcuts")
            .unwrap(),
        "l"
    );
    let done = browser.submit(&page, "#facts-links form", &[]).await;
    assert_eq!(done.status, 303);
    assert_eq!(kinds(&desk, &effect, &cause).await, []);
}

#[tokio::test]
async fn words_bring_hits_to_choose_from_and_what_was_typed_stays() {
    let desk = TestDesk::new().await;
    let browser = annika(&desk).await;
    let ticket = desk.ticket("Zahllauf").await;
    let wanted = desk.ticket("Umstellung der Kasse").await;
    let form = browser.get(&at(&ticket, "/links/new")).await;
    let typed = [("kind", "related"), ("q", "kasse")];
    let asked = browser.submit(&form, "#link-form", &typed).await;
    assert_eq!(asked.status, 422);
    assert_eq!(asked.attribute("#pick-q", "value").unwrap(), "kasse");
    let hit = asked.attribute("#pick-hits input", "value").unwrap();
    assert_eq!(hit, wanted.number);
    let chosen = [("kind", "related"), ("q", "kasse"), ("other", hit.as_str())];
    let done = browser.submit(&asked, "#link-form", &chosen).await;
    assert_eq!(done.status, 303);
    assert_eq!(kinds(&desk, &ticket, &wanted).await, [LinkKind::Related]);
    // The same hits come while typing.
    let hits = browser.htmx_get(&at(&ticket, "/candidates?q=kasse")).await;
    hits.must_say("Umstellung der Kasse");
    // So do those whose number is typed only so far.
    let begun = &wanted.number[..wanted.number.len() - 3];
    for part in [begun, &wanted.number.replace('-', "")[..9]] {
        let path = at(&ticket, &format!("/candidates?q={part}"));
        browser.htmx_get(&path).await.must_say(&wanted.number);
    }
    // A hit of other words than those that stand there was not chosen by anybody.
    let stale = [("q", "Zahllauf"), ("other", wanted.number.as_str())];
    let refused = browser.htmx_post(&at(&ticket, "/links"), &stale).await;
    assert_eq!(refused.status, 422);
    for wrong in ["", "gibt es nicht", "2026-999999-1"] {
        let refused = browser
            .htmx_post(&at(&ticket, "/links"), &[("q", wrong)])
            .await;
        assert_eq!(refused.status, 422, "{wrong}");
    }
    let twice = browser
        .htmx_post(&at(&ticket, "/links"), &[("q", &wanted.number)])
        .await;
    twice.must_say("schon so verknüpft");
}

#[tokio::test]
async fn merging_shows_first_what_will_happen_and_leads_to_the_target() {
    let desk = TestDesk::new().await;
    let browser = annika(&desk).await;
    let sabine = desk.requester("Sabine Kowalke").await;
    let source = desk
        .ticket("Doppelt")
        .saying("Zweiter Anruf.")
        .from(&sabine)
        .await;
    let target = desk.ticket("Zahllauf").saying("Erster Anruf.").await;
    let choice = browser.get(&at(&source, "/merge")).await;
    let page = at(&source, &format!("/merge?q={}", target.number));
    assert!(choice.has("#merge-form #pick-q"));
    let preview = browser.get(&page).await;
    preview.must_say("Eine Nachricht kommt hinzu");
    preview.must_say("Sabine Kowalke");
    assert_eq!(desk.read(source.id).await.state, State::New);
    let done = browser.submit(&preview, "#merge-form", &[]).await;
    assert_eq!(done.status, 303, "{}", done.describe());
    // The same form once more changes nothing and leads to the same place.
    let again = browser.submit(&preview, "#merge-form", &[]).await;
    assert_eq!(again.location(), done.location());
    let shown = browser.follow(&done).await;
    shown.must_say(&format!(
        "{} wurde mit diesem Ticket zusammengeführt",
        source.number
    ));
    shown.must_say("Zweiter Anruf.");
    shown.must_say(&format!("Kam aus {}", source.number));
    let old = browser.get(&at(&source, "")).await;
    assert_eq!(old.status, 303);
    assert!(old.location().unwrap().starts_with(&at(&target, "")));
    let history = browser.get(&at(&source, "/history")).await;
    history.must_say("Zusammengeführt in");
    let all = thread::thread(&desk.db, &desk.read(target.id).await).await;
    assert_eq!(all.unwrap().len(), 2);
}

#[tokio::test]
async fn a_merger_is_taken_back_from_the_target_or_the_merged_ticket_while_nothing_else_happened() {
    let desk = TestDesk::new().await;
    let browser = annika(&desk).await;
    let target = desk.ticket("Zahllauf").saying("Erster Anruf.").await;
    let source = desk.ticket("Doppelt").saying("Zweiter Anruf.").await;
    let preview = at(&source, &format!("/merge?q={}", target.number));
    for from in ["#toasts form", "#facts-links .links form", "history"] {
        let done = browser
            .submit(&browser.get(&preview).await, "#merge-form", &[])
            .await;
        let page = browser.follow(&done).await;
        let undone = match from {
            "history" => {
                let page = browser.get(&at(&source, "/history")).await;
                browser
                    .submit(&page, "#facts-links form[action$='/unmerge']", &[])
                    .await
            }
            form => browser.submit(&page, form, &[]).await,
        };
        assert_eq!(undone.status, 303, "{from}: {}", undone.describe());
        let shown = browser.follow(&undone).await;
        shown.must_say(&format!(
            "Die Zusammenführung mit {} ist rückgängig gemacht",
            target.number
        ));
        shown.must_say("Zweiter Anruf.");
        assert_eq!(desk.read(source.id).await.state, State::New);
    }
    let done = browser
        .submit(&browser.get(&preview).await, "#merge-form", &[])
        .await;
    let page = browser.follow(&done).await;
    browser.post(&at(&target, "/watch"), &[]).await;
    assert!(
        browser
            .get(&at(&target, ""))
            .await
            .has("form[action$='/unmerge']")
    );
    let changed = browser
        .post(&at(&target, "/priority"), &[("value", "high")])
        .await;
    assert_eq!(changed.status, 303, "{}", changed.describe());
    assert!(
        !browser
            .get(&at(&target, ""))
            .await
            .has("form[action$='/unmerge']")
    );
    let late = browser.submit(&page, "#toasts form", &[]).await;
    assert_eq!(late.status, 409, "{}", late.describe());
    late.must_say("Seit dem Zusammenführen ist in einem der beiden Tickets etwas geschehen");
}

#[tokio::test]
async fn merging_where_it_makes_no_sense_says_why() {
    let desk = TestDesk::new().await;
    let browser = annika(&desk).await;
    let pay = desk.team("Zahlstelle").await;
    let ticket = desk.ticket("Zahllauf").await;
    let foreign = desk.ticket("Fremd").in_team(pay).await;
    for (other, why) in [
        (&ticket, "mit sich selbst"),
        (&foreign, "nicht zusammenführen"),
    ] {
        let page = at(&ticket, &format!("/merge?q={}", other.number));
        let refused = browser.get(&page).await;
        assert_eq!(refused.status, 422);
        refused.must_say(why);
    }
    let forced = browser
        .post(&at(&ticket, "/merge"), &[("other", &foreign.number)])
        .await;
    assert_eq!(forced.status, 403);
    assert_eq!(desk.read(ticket.id).await.state, State::New);
}

#[tokio::test]
async fn a_merger_that_became_impossible_says_so_in_place_of_its_preview() {
    let desk = TestDesk::new().await;
    let browser = annika(&desk).await;
    let (source, target, third) = (
        desk.ticket("Doppelt").await,
        desk.ticket("Zahllauf").await,
        desk.ticket("Kasse").await,
    );
    let gone = [("other", third.number.as_str())];
    let done = browser.post(&at(&target, "/merge"), &gone).await;
    assert_eq!(done.status, 303, "{}", done.describe());
    let stale = [("other", target.number.as_str())];
    let refused = browser.htmx_post(&at(&source, "/merge"), &stale).await;
    assert_eq!(refused.status, 422);
    let body = refused.body();
    assert!(
        body.starts_with("<hx-partial hx-target=\"#merge-preview\""),
        "{body}"
    );
    assert!(refused.has("#merge-form #pick-q"), "{body}");
    refused.must_say("zusammengeführt");
}

#[tokio::test]
async fn the_only_message_of_a_ticket_goes_with_the_whole_ticket() {
    let desk = TestDesk::new().await;
    let browser = annika(&desk).await;
    let (wrong, right) = (desk.ticket("Falsch").await, desk.ticket("Richtig").await);
    let page = browser.get(&at(&wrong, "")).await;
    let way = page.attribute("#thread a[href$='/move']", "href").unwrap();
    let form = browser.get(&way).await;
    form.must_say("Führen Sie stattdessen das ganze Ticket zusammen");
    let merge = form.attribute("#move-form a", "href").unwrap();
    assert_eq!(merge, at(&wrong, "/merge"));
    let typed = [("q", right.number.as_str())];
    let forced = browser.htmx_post(&way, &typed).await;
    assert_eq!(forced.status, 422);
    forced.must_say("Führen Sie stattdessen das ganze Ticket zusammen");
    assert_eq!(desk.read(wrong.id).await.message_count, 1);
}

#[tokio::test]
async fn a_message_is_moved_to_where_it_belongs() {
    let desk = TestDesk::new().await;
    let browser = annika(&desk).await;
    let (wrong, right) = (
        desk.ticket("Falsch").saying("Gehört woanders hin.").await,
        desk.ticket("Richtig").await,
    );
    let note = [("text", "Geprüft."), ("mode", "note")];
    let noted = browser.upload(&at(&wrong, "/notes"), &note, &[]).await;
    assert_eq!(noted.status, 303);
    let page = browser.get(&at(&wrong, "")).await;
    let more = page.attribute("#thread-end", "hx-get").unwrap();
    let way = page.attribute("#thread a[href$='/move']", "href").unwrap();
    let form = browser.get(&way).await;
    form.must_say("Gehört woanders hin.");
    let empty = browser.submit(&form, "#move-form", &[("q", "")]).await;
    assert_eq!(empty.status, 422);
    let done = browser
        .submit(&form, "#move-form", &[("q", right.number.as_str())])
        .await;
    assert_eq!(done.status, 303, "{}", done.describe());
    let there = browser.follow(&done).await;
    there.must_say("Gehört woanders hin.");
    there.must_say(&format!("Kam aus {}", wrong.number));
    // An open page of the old ticket loses the entry.
    let lost = browser.htmx_get(&more).await;
    assert!(
        lost.body().contains("hx-swap=\"delete\""),
        "{}",
        lost.body()
    );
    let gone = browser.get(&way).await;
    assert_eq!(gone.status, 404);
}

#[tokio::test]
async fn a_vendors_number_is_noted_and_removed() {
    let desk = TestDesk::new().await;
    let browser = annika(&desk).await;
    let nord = desk.vendor("Nordlicht Software", "nordlicht.example").await;
    let ticket = desk.ticket("Zahllauf").await;
    let form = browser.get(&at(&ticket, "/vendor-number/edit")).await;
    let nord = nord.to_string();
    let typed = |number| [("vendor", nord.as_str()), ("number", number)];
    let refused = browser
        .submit(&form, "#fact-form", &typed("zwei Worte"))
        .await;
    assert_eq!(refused.status, 422);
    assert_eq!(
        refused.attribute("input[name=number]", "value").unwrap(),
        "zwei Worte"
    );
    let done = browser.submit(&form, "#fact-form", &typed("KN-4711")).await;
    assert_eq!(done.status, 303);
    let page = browser.get(&at(&ticket, "")).await;
    assert!(page.text("#fact-vendor-number").contains("KN-4711"));
    browser.submit(&form, "#fact-form", &typed("")).await;
    assert_eq!(vendor_number::of(&desk.db, &ticket).await.unwrap(), []);
}

#[tokio::test]
async fn what_somebody_may_not_see_is_not_among_the_links() {
    let desk = TestDesk::new().await;
    let (youth, pay) = (desk.team("Jugend 1").await, desk.team("Zahlstelle").await);
    let own = desk.ticket("Eigenes").in_team(youth).await;
    let foreign = desk.ticket("Geheimes").in_team(pay).await;
    let admin = desk.administrator().await.sign_in().await;
    let typed = [("q", foreign.number.as_str()), ("kind", "related")];
    let done = admin.post(&at(&own, "/links"), &typed).await;
    assert_eq!(done.status, 303, "{}", done.describe());
    let annika = desk
        .person_with(
            "Annika Brandt",
            &[
                (Permission::ReadTickets, Scope::OwnTeams),
                (Permission::LinkTickets, Scope::OwnTeams),
            ],
        )
        .in_team(youth)
        .await;
    let browser = annika.sign_in().await;
    for part in [
        "",
        "/history",
        "/candidates?q=geheim",
        "/thread?after=0&event=0",
    ] {
        let page = browser.get(&at(&own, part)).await;
        assert_eq!(page.status, 200, "{part}");
        assert!(
            !page.says("Geheimes") && !page.says(&foreign.number),
            "{part}"
        );
    }
    let seen = link::of(&desk.db, &CONSOLE, own.id).await.unwrap();
    assert_eq!(seen.len(), 1);
}
