//! Checklists as people meet them: templates in the settings, lines in a ticket, and what is due on the start page.

use entities::clock::day;
use support::desk::{Client, Page, TestDesk};

async fn titled(desk: &TestDesk, title: &str) -> (String, entities::ticket::Ticket) {
    let ticket = desk.ticket(title).await;
    (format!("/tickets/{}", ticket.number), ticket)
}

fn lines(page: &Page) -> Vec<String> {
    page.texts("#facts-checklist .checkline__text")
}

async fn add(browser: &Client, path: &str, text: &str, more: &[(&str, &str)]) -> Page {
    let mut fields = vec![("text", text)];
    fields.extend(more);
    browser.post(&format!("{path}/checklist"), &fields).await
}

#[tokio::test]
async fn an_administrator_keeps_templates_and_a_ticket_takes_all_their_lines() {
    let desk = TestDesk::new().await;
    let team = desk.team("Zahlstelle").await;
    let service = desk.service("Zahllauf", team).await;
    let module = desk.module("Tagespflege", service).await;
    let other = desk.service("Gutschein", team).await;
    let admin = desk.administrator().await.sign_in().await;
    admin
        .get("/settings/checklists")
        .await
        .must_say("Noch gibt es keine Vorlage");
    let page = admin.get("/settings/checklists/new").await;
    let service_id = service.to_string();
    let typed = [
        ("name", "Jahreswechsel"),
        ("services", &service_id),
        ("step", "Sichern"),
        ("days", ""),
        ("responsible", "owner"),
        ("step", ""),
        ("days", ""),
        ("responsible", ""),
        ("step", "Prüfen"),
        ("days", "3"),
        ("responsible", ""),
    ];
    let made = admin.submit(&page, "form.sheet", &typed).await;
    assert_eq!(made.status, 303, "{}", made.describe());
    let at = made.location().unwrap();
    let page = admin.get(&at).await;
    let steps = page.attributes("input[name=step]", "value");
    assert_eq!(steps[..2], ["Sichern", "Prüfen"]);

    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let browser = annika.sign_in().await;
    let ticket = desk.ticket("Lauf").about(module).owned_by(&annika).await;
    let path = format!("/tickets/{}", ticket.number);
    let form = browser.get(&format!("{path}/checklist/new")).await;
    let done = browser
        .submit(&form, "form:has([name=template])", &[])
        .await;
    assert_eq!(done.status, 303, "{}", done.describe());
    let page = browser.follow(&done).await;
    let shown = lines(&page);
    assert!(shown[0].starts_with("Sichern Annika Brandt"), "{shown:?}");
    assert!(shown[1].starts_with("Prüfen bis"), "{shown:?}");
    assert!(page.text("#facts-checklist summary").contains("0/2"));
    // It is offered below its service, and nowhere else.
    let elsewhere = desk.ticket("Anderes").about(other).await;
    let form = format!("/tickets/{}/checklist/new", elsewhere.number);
    assert!(!browser.get(&form).await.has("[name=template]"));
}

#[tokio::test]
async fn what_makes_no_template_is_refused_and_stays_in_the_form() {
    let desk = TestDesk::new().await;
    let admin = desk.administrator().await.sign_in().await;
    let page = admin.get("/settings/checklists/new").await;
    let typed = [
        ("name", "Jahreswechsel"),
        ("step", "Sichern"),
        ("days", "bald"),
        ("responsible", ""),
        ("step", ""),
        ("days", "4"),
        ("responsible", ""),
    ];
    let refused = admin.submit(&page, "form.sheet", &typed).await;
    assert_eq!(refused.status, 422);
    refused.must_say("ganze Zahl von Tagen");
    refused.must_say("Bitte schreiben Sie, was zu tun ist.");
    let steps = refused.attributes("input[name=step]", "value");
    assert_eq!(steps[0], "Sichern");
    assert_eq!(
        refused.attributes("input[name=days]", "value")[..2],
        ["bald", "4"]
    );
    let empty = admin
        .submit(&page, "form.sheet", &[("name", "Leer"), ("step", "")])
        .await;
    empty.must_say("mindestens einen Punkt");
}

#[tokio::test]
async fn lines_are_written_ticked_changed_and_moved_in_place() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let (path, ticket) = titled(&desk, "Umzug").await;
    for text in ["Planen", "Packen"] {
        let done = add(&annika, &path, text, &[]).await;
        assert_eq!(done.status, 303, "{}", done.describe());
    }
    let page = annika.get(&path).await;
    assert_eq!(lines(&page), ["Planen", "Packen"]);
    let box_of = "#facts-checklist .checkline:first-child form";
    let done = annika.submit(&page, box_of, &[]).await;
    let page = annika.follow(&done).await;
    assert!(page.text("#facts-checklist summary").contains("1/2"));
    assert_eq!(
        page.attribute("#facts-checklist .tickbtn", "aria-checked")
            .unwrap(),
        "true"
    );
    assert!(lines(&page)[0].contains("Annika Brandt"));
    let edit = page.attributes("#facts-checklist .checkline a", "href");
    let line = edit[1].trim_end_matches("/edit").to_owned();
    let form = annika.get(&edit[1]).await;
    assert_eq!(form.attribute("[name=text]", "value").unwrap(), "Packen");
    let seen = form.attribute("[name=seen]", "value").unwrap();
    let typed = [
        ("text", "Kisten packen"),
        ("due", "2026-12-24"),
        ("seen", &seen),
    ];
    let saved = annika.htmx_post(&line, &typed).await;
    assert_eq!(
        saved.targets(),
        ["#facts", "#ticket-title", "#ticket-events"]
    );
    let page = annika.get(&path).await;
    assert!(
        lines(&page)[1].starts_with("Kisten packen"),
        "{:?}",
        lines(&page)
    );
    // Whoever saw the old words is told, and keeps their own.
    let late = annika
        .post(&line, &[("text", "Nichts packen"), ("seen", &seen)])
        .await;
    assert_eq!(late.status, 422);
    assert_eq!(
        late.attribute("[name=text]", "value").unwrap(),
        "Nichts packen"
    );
    annika.post(&line, &[("act", "up")]).await;
    assert!(lines(&annika.get(&path).await)[0].starts_with("Kisten packen"));
    annika.post(&line, &[("act", "remove")]).await;
    assert_eq!(lines(&annika.get(&path).await).len(), 1);
    let history = annika.get(&format!("{path}/history")).await;
    history.must_say("Punkt der Checkliste entfernt");
    history.must_say("Kisten packen");
    assert_eq!(desk.read(ticket.id).await.version, ticket.version);
}

#[tokio::test]
async fn what_is_wrong_with_a_line_is_said_beside_it() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let sabine = desk.requester("Sabine König").await;
    let (path, _) = titled(&desk, "Umzug").await;
    let refused = add(&annika, &path, " ", &[("due", "2026-12-24")]).await;
    assert_eq!(refused.status, 422);
    refused.must_say("Bitte schreiben Sie, was zu tun ist.");
    assert_eq!(
        refused.attribute("[name=due]", "value").unwrap(),
        "2026-12-24"
    );
    let blind = add(
        &annika,
        &path,
        "Anrufen",
        &[("responsible", &sabine.id.to_string())],
    )
    .await;
    blind.must_say("Diese Person sieht das Ticket nicht");
    let odd = add(&annika, &path, "Anrufen", &[("due", "bald")]).await;
    assert_eq!(odd.status, 422);
    assert_eq!(odd.attribute("[name=text]", "value").unwrap(), "Anrufen");
    assert!(lines(&annika.get(&path).await).is_empty());
    let gone = format!("{path}/checklist/{}", entities::new_id().simple());
    assert_eq!(annika.post(&gone, &[("text", "x")]).await.status, 404);
}

#[tokio::test]
async fn open_lines_warn_where_a_ticket_is_solved_and_forbid_nothing() {
    let desk = TestDesk::new().await;
    let team = desk.team("Zahlstelle").await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let browser = annika.sign_in().await;
    let ticket = desk.ticket("Umzug").in_team(team).owned_by(&annika).await;
    let path = format!("/tickets/{}", ticket.number);
    let warning = "1 Punkt der Checkliste ist noch offen.";
    let state = format!("{path}/state/edit");
    assert!(!browser.get(&state).await.says(warning));
    add(&browser, &path, "Planen", &[]).await;
    browser.get(&state).await.must_say(warning);
    assert!(browser.get(&path).await.text("#composer").contains(warning));
    let solved = [("value", "solved"), ("reason", "data")];
    let done = browser.post(&format!("{path}/state"), &solved).await;
    assert_eq!(done.status, 303, "{}", done.describe());
    assert_eq!(
        desk.read(ticket.id).await.state,
        entities::ticket::State::Solved
    );
}

#[tokio::test]
async fn lines_that_are_due_stand_on_the_start_page_of_whoever_does_them() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let browser = annika.sign_in().await;
    let jonas = desk.agent("Jonas Weber").await.sign_in().await;
    let (path, ticket) = titled(&desk, "Umzug").await;
    let me = annika.id.to_string();
    let today = day(desk.db.clock().now()).to_string();
    add(
        &browser,
        &path,
        "Heute packen",
        &[("responsible", &me), ("due", &today)],
    )
    .await;
    add(
        &browser,
        &path,
        "Irgendwann packen",
        &[("responsible", &me)],
    )
    .await;
    let start = browser.get("/").await;
    let shown = start.text("#my-lines");
    assert!(
        shown.contains("Heute packen") && shown.contains(&ticket.number),
        "{shown}"
    );
    assert!(!shown.contains("Irgendwann"));
    assert!(!jonas.get("/").await.has("#my-lines"));
}
