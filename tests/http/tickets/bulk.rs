//! One thing done to many tickets: chosen, looked at, done, taken back.

use entities::field::{FieldFacts, Kind, Moment, Value, Words, read};
use entities::ticket::{Priority, State, Ticket};
use entities::{Actor, Rule, Uuid};
use support::desk::{Client, Page, Persona, TestDesk};

const CONSOLE: Actor = Actor::System(Rule::Console);

struct Case {
    desk: TestDesk,
    team: Uuid,
    other: Uuid,
    annika: Persona,
    browser: Client,
}

impl Case {
    async fn new() -> Case {
        let desk = TestDesk::new().await;
        let (team, other) = (desk.team("Jugend 1").await, desk.team("Zahlstelle").await);
        let annika = desk.agent("Annika Brandt").in_team(team).await;
        let browser = annika.sign_in().await;
        Case {
            desk,
            team,
            other,
            annika,
            browser,
        }
    }

    async fn tickets(&self, count: usize, team: Uuid) -> Vec<Ticket> {
        let mut tickets = Vec::new();
        for n in 0..count {
            let ticket = self.desk.ticket(&format!("Fall {n}")).in_team(team).await;
            tickets.push(ticket);
        }
        tickets
    }

    /// Chooses tickets and a verb; the address of the sheet.
    async fn choose(&self, what: &str, tickets: &[Ticket]) -> String {
        let ids: Vec<String> = tickets.iter().map(|t| t.id.to_string()).collect();
        let mut form: Vec<(&str, &str)> = ids.iter().map(|id| ("id", id.as_str())).collect();
        form.push(("do", what));
        let sent = self.browser.post("/tickets/bulk", &form).await;
        assert_eq!(sent.status, 303, "{}", sent.describe());
        sent.location().unwrap()
    }

    /// Says what is to be done; the preview.
    async fn say(&self, sheet: &str, typed: &[(&str, &str)]) -> Page {
        let sent = self.browser.post(sheet, typed).await;
        assert_eq!(sent.status, 303, "{}", sent.describe());
        self.browser.get(sheet).await
    }

    /// Does what its preview shows; where one comes out.
    async fn run(&self, sheet: &str) -> Page {
        let preview = self.browser.get(sheet).await;
        let seen = preview.attribute("[name=seen]", "value");
        self.run_as_seen(sheet, &seen.unwrap_or_default()).await
    }

    async fn run_as_seen(&self, sheet: &str, seen: &str) -> Page {
        let form = [("seen", seen)];
        let sent = self.browser.post(&format!("{sheet}/run"), &form).await;
        self.browser.follow(&sent).await
    }

    async fn events(&self, ticket: &Ticket) -> i64 {
        let sql = "SELECT count(*) FROM event WHERE subject_id = $1";
        self.desk
            .database()
            .number(sql, vec![ticket.id.into()])
            .await
    }
}

#[tokio::test]
async fn chosen_tickets_are_looked_at_done_and_taken_back() {
    let case = Case::new().await;
    let tickets = case.tickets(3, case.team).await;
    let before = case.events(&tickets[0]).await;
    let sheet = case.choose("priority", &tickets).await;
    let page = case.say(&sheet, &[("value", "very_high")]).await;
    page.must_say("Priorität: Sehr hoch");
    page.must_say("Es ändern sich: 3. Es bleiben, wie sie sind: 0. Abgelehnt: 0.");
    assert_eq!(
        case.desk.read(tickets[0].id).await.priority,
        Priority::Normal
    );
    let list = case.run(&sheet).await;
    assert!(list.has("#list-table"), "{}", list.describe());
    // What is done often stands in the bar, the rest behind a button of it.
    assert!(list.has(".bulk > button[value=priority]"));
    assert!(list.has(".bulk > details button[value=serial]"));
    assert!(
        list.text("#toasts .toast")
            .contains("3 Tickets geändert. Priorität: Sehr hoch")
    );
    for ticket in &tickets {
        assert_eq!(case.desk.read(ticket.id).await.priority, Priority::VeryHigh);
        assert_eq!(case.events(ticket).await, before + 1);
    }
    // The same button once more does nothing more.
    case.run(&sheet).await;
    assert_eq!(case.events(&tickets[0]).await, before + 1);
    let changed = [("value", "high")];
    let path = format!("/tickets/{}/priority", tickets[1].number);
    case.browser.post(&path, &changed).await;
    let back = case.browser.submit(&list, "#toasts .toast form", &[]).await;
    let back = case.browser.follow(&back).await;
    back.must_say("Zurückgenommen: 2. Unverändert: 0. Nicht zurückgenommen: 1.");
    back.must_say("Inzwischen geändert");
    back.must_say(&tickets[1].number);
    let priorities = [Priority::Normal, Priority::High, Priority::Normal];
    for (ticket, priority) in tickets.iter().zip(priorities) {
        assert_eq!(case.desk.read(ticket.id).await.priority, priority);
    }
    assert_eq!(case.events(&tickets[0]).await, before + 2);
}

#[tokio::test]
async fn what_is_refused_is_told_with_its_reason_before_and_after() {
    let case = Case::new().await;
    let mut cause = FieldFacts::new("cause", Kind::Text, Words::new("Ursache", "Cause"));
    cause.settings.required = vec![Moment::Close];
    let cause = case.desk.field(cause).await;
    let tickets = case.tickets(3, case.team).await;
    let foreign = case.tickets(1, case.other).await;
    for ticket in [&tickets[0], &tickets[1]] {
        let value = Some(Value::Text("Stichtag".to_owned()));
        let values = vec![(cause.row.id, value)];
        case.desk.set(&CONSOLE, ticket.id, values).await.unwrap();
    }
    let all = [tickets.clone(), foreign].concat();
    let sheet = case.choose("state", &all).await;
    let missing = case.browser.post(&sheet, &[("value", "solved")]).await;
    assert_eq!(missing.status, 422);
    missing.must_say("Bitte wählen Sie einen Grund.");
    let typed = [("value", "solved"), ("reason", "data")];
    let page = case.say(&sheet, &typed).await;
    page.must_say("Es ändern sich: 2. Es bleiben, wie sie sind: 0. Abgelehnt: 2.");
    page.must_say("Eine Pflichtangabe fehlt");
    page.must_say("Sie dürfen diese Tickets so nicht ändern");
    // Somebody is faster with one of them.
    let path = format!("/tickets/{}/title", tickets[1].number);
    case.browser
        .post(&path, &[("value", "Neuer Titel"), ("title", "Neuer Titel")])
        .await;
    assert!(case.desk.read(tickets[1].id).await.version > tickets[1].version);
    let result = case.run(&sheet).await;
    result.must_say("Geändert: 1. Unverändert: 0. Abgelehnt: 3.");
    result.must_say("Inzwischen geändert");
    let states = [State::Solved, State::New, State::New];
    for (ticket, state) in tickets.iter().zip(states) {
        assert_eq!(case.desk.read(ticket.id).await.state, state);
    }
}

#[tokio::test]
async fn who_solves_many_is_asked_whether_their_solutions_help_others() {
    let case = Case::new().await;
    let tickets = case.tickets(2, case.team).await;
    let sheet = case.choose("state", &tickets).await;
    let typed = [("value", "solved"), ("reason", "data"), ("reusable", "1")];
    let page = case.say(&sheet, &typed).await;
    page.must_say("wiederverwendbar");
    let list = case.run(&sheet).await;
    for ticket in &tickets {
        let ticket = case.desk.read(ticket.id).await;
        assert_eq!(ticket.state, State::Solved);
        let marked = entities::ticket::reusable::is_reusable(&case.desk.db, &ticket);
        assert!(marked.await.unwrap());
    }
    // What is taken back is open again, and nothing is noted of it.
    case.browser.submit(&list, "#toasts .toast form", &[]).await;
    let ticket = case.desk.read(tickets[0].id).await;
    assert_eq!(ticket.state, State::New);
    case.desk.must_verify().await;
}

#[tokio::test]
async fn all_that_match_are_the_list_of_that_moment_and_larger_ones_are_done_behind_the_pages() {
    let case = Case::new().await;
    let tickets = case.tickets(130, case.team).await;
    let urgent = case
        .desk
        .ticket("Eilig")
        .in_team(case.team)
        .urgent(Priority::High)
        .await;
    let form = [("all", "1"), ("do", "me")];
    let sent = case
        .browser
        .post("/tickets/bulk?priority=normal", &form)
        .await;
    let sheet = sent.location().unwrap();
    case.desk.ticket("Später").in_team(case.team).await;
    let page = case.browser.get(&sheet).await;
    page.must_say("130 Tickets");
    page.must_say("Es ändern sich: 130.");
    let under_way = case.run(&sheet).await;
    under_way.must_say("0 von 130 Tickets");
    assert!(under_way.has("progress"));
    case.desk.run_jobs().await;
    let done = case.browser.get(&sheet).await;
    done.must_say("Geändert: 130.");
    for ticket in [&tickets[0], &tickets[129]] {
        assert_eq!(
            case.desk.read(ticket.id).await.owner_id,
            Some(case.annika.id)
        );
    }
    assert_eq!(case.desk.read(urgent.id).await.owner_id, None);
    let back = case.browser.post(&format!("{sheet}/undo"), &[]).await;
    assert_eq!(back.location(), Some(sheet.clone()));
    case.desk.run_jobs().await;
    case.browser
        .get(&sheet)
        .await
        .must_say("Zurückgenommen: 130.");
    let ticket = case.desk.read(tickets[0].id).await;
    assert_eq!((ticket.owner_id, ticket.state), (None, State::New));
}

#[tokio::test]
async fn a_bulk_is_stopped_and_its_time_to_take_back_ends() {
    let case = Case::new().await;
    let tickets = case.tickets(102, case.team).await;
    let sheet = case.choose("me", &tickets).await;
    case.run(&sheet).await;
    case.browser.post(&format!("{sheet}/stop"), &[]).await;
    case.desk.run_jobs().await;
    let page = case.browser.get(&sheet).await;
    page.must_say("Angehalten.");
    assert_eq!(case.desk.read(tickets[0].id).await.owner_id, None);
    let few = case.choose("me", &tickets[..2]).await;
    case.run(&few).await;
    case.desk.pass(chrono::Duration::seconds(11));
    case.browser.post(&format!("{few}/undo"), &[]).await;
    let page = case.browser.get(&few).await;
    page.must_say("Geändert: 2.");
    assert!(!page.says("Rückgängig"));
    assert_eq!(
        case.desk.read(tickets[0].id).await.owner_id,
        Some(case.annika.id)
    );
}

#[tokio::test]
async fn nothing_is_done_whose_preview_nobody_has_seen() {
    let case = Case::new().await;
    let tickets = case.tickets(2, case.team).await;
    let sheet = case.choose("priority", &tickets).await;
    case.run_as_seen(&sheet, "").await;
    let first = case.say(&sheet, &[("value", "high")]).await;
    let seen = first.attribute("[name=seen]", "value").unwrap();
    // The form that says what is to be done goes elsewhere, and what it says is said anew.
    assert!(!first.has(".say [name=seen]"));
    let second = case.say(&sheet, &[("value", "very_high")]).await;
    second.must_say("Priorität: Sehr hoch");
    for old in ["", seen.as_str()] {
        let shown = case.run_as_seen(&sheet, old).await;
        shown.must_say("Priorität: Sehr hoch");
        shown.must_say("Es ändern sich: 2.");
    }
    for ticket in &tickets {
        assert_eq!(case.desk.read(ticket.id).await.priority, Priority::Normal);
    }
    case.run(&sheet).await;
    for ticket in &tickets {
        assert_eq!(case.desk.read(ticket.id).await.priority, Priority::VeryHigh);
    }
}

#[tokio::test]
async fn nobody_chooses_what_they_cannot_see_nor_looks_at_the_bulk_of_another() {
    let case = Case::new().await;
    let tickets = case.tickets(1, case.team).await;
    let nothing = case.browser.post("/tickets/bulk", &[("do", "me")]).await;
    assert_eq!(nothing.status, 422);
    nothing.must_say("Bitte wählen Sie mindestens ein Ticket.");
    let stranger = Uuid::now_v7().to_string();
    let form = [("id", stranger.as_str()), ("do", "me")];
    assert_eq!(case.browser.post("/tickets/bulk", &form).await.status, 422);
    let sheet = case.choose("me", &tickets).await;
    let other = case.desk.agent("Jonas Weber").await.sign_in().await;
    for path in [
        sheet.clone(),
        format!("{sheet}/run"),
        format!("{sheet}/undo"),
    ] {
        let page = match path == sheet {
            true => other.get(&path).await,
            false => other.post(&path, &[]).await,
        };
        assert_eq!(page.status, 404);
    }
    assert_eq!(case.desk.read(tickets[0].id).await.owner_id, None);
    // Discarded, it is gone.
    case.browser.post(&format!("{sheet}/stop"), &[]).await;
    assert_eq!(case.browser.get(&sheet).await.status, 404);
}

#[tokio::test]
async fn fields_services_reminders_and_other_teams_are_set_and_taken_back() {
    let case = Case::new().await;
    let service = case.desk.service("KITA-Netz", case.other).await;
    let field = FieldFacts::new(
        "affected",
        Kind::Whole,
        Words::new("Betroffene", "Affected"),
    );
    let field = case.desk.field(field).await;
    let tickets = case.tickets(2, case.team).await;
    let sheet = case.choose("field", &tickets).await;
    let asked = case.browser.get(&sheet).await;
    let control = case
        .browser
        .submit(&asked, ".say form", &[("field", "affected")])
        .await;
    assert!(control.has("#value"), "{}", control.describe());
    let refused = case
        .browser
        .submit(&control, ".say form", &[("value", "viele")])
        .await;
    assert_eq!(refused.status, 422);
    refused.must_say("Bitte geben Sie eine ganze Zahl ein");
    let page = case
        .say(&sheet, &[("field", "affected"), ("value", "12")])
        .await;
    page.must_say("Betroffene: 12");
    case.run(&sheet).await;
    let held = async || {
        let ticket = case.desk.read(tickets[0].id).await;
        let sheet = read::sheet(&case.desk.db, &CONSOLE, &ticket).await.unwrap();
        sheet.values.get(&field.row.id).cloned()
    };
    assert_eq!(held().await, Some(Value::Number(12)));
    case.browser.post(&format!("{sheet}/undo"), &[]).await;
    assert_eq!(held().await, None);
    // To another team's service: out of reach, and still one's own to call back.
    let sheet = case.choose("classify", &tickets).await;
    let id = service.to_string();
    case.say(&sheet, &[("value", id.as_str())]).await;
    case.run(&sheet).await;
    assert_eq!(
        case.desk.read(tickets[0].id).await.team_id,
        Some(case.other)
    );
    case.browser.post(&format!("{sheet}/undo"), &[]).await;
    let ticket = case.desk.read(tickets[0].id).await;
    assert_eq!((ticket.team_id, ticket.service_id), (Some(case.team), None));
    let sheet = case.choose("reminder", &tickets).await;
    let past = case
        .browser
        .post(&sheet, &[("value", "2020-01-01T09:00")])
        .await;
    assert_eq!(past.status, 422);
    case.say(&sheet, &[("value", "2031-01-02T09:00")]).await;
    case.run(&sheet).await;
    assert!(case.desk.read(tickets[0].id).await.reminder_at.is_some());
}
