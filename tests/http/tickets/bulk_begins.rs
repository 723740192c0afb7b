//! Many tickets about a service: what it begins with fills their empty fields, told before, done, and taken back.

use entities::field::{Choice, FieldFacts, Kind, Moment, Preset, Value, Words, read};
use entities::{Actor, Rule, Uuid};
use support::desk::TestDesk;

const CONSOLE: Actor = Actor::System(Rule::Console);

#[tokio::test]
async fn a_service_fills_empty_fields_of_many_tickets_and_all_of_it_is_taken_back() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let service = desk.service("KITA-Netz", team).await;
    let mut effect = FieldFacts::new("effect", Kind::Choice, Words::new("Auswirkung", "Effect"));
    effect.options = ["Einzelne", "Bezirk"].map(|o| Choice::new(o, o)).to_vec();
    let value = |place: usize| Value::Options(vec![effect.options[place].id]);
    let (one, all) = (value(0), value(1));
    // What the service fills counts as filled where it is needed.
    effect.settings.required = vec![Moment::Classify];
    effect.settings.by_service = vec![Preset {
        of: service,
        value: all.clone(),
    }];
    let effect = desk.field(effect).await.row.id;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let mut tickets = Vec::new();
    for n in 0..3 {
        tickets.push(desk.ticket(&format!("Fall {n}")).in_team(team).await);
    }
    let first = tickets[0].id;
    desk.set(&CONSOLE, first, vec![(effect, Some(one.clone()))])
        .await
        .unwrap();
    let held = async |id: Uuid| {
        let ticket = desk.read(id).await;
        let sheet = read::sheet(&desk.db, &CONSOLE, &ticket).await.unwrap();
        (ticket.service_id, sheet.values.get(&effect).cloned())
    };
    let browser = annika.sign_in().await;
    let ids: Vec<String> = tickets.iter().map(|t| t.id.to_string()).collect();
    let mut form: Vec<(&str, &str)> = ids.iter().map(|id| ("id", id.as_str())).collect();
    form.push(("do", "classify"));
    let chosen = browser.post("/tickets/bulk", &form).await;
    let sheet = chosen.location().unwrap();
    let service_id = service.to_string();
    browser.post(&sheet, &[("value", &service_id)]).await;
    let preview = browser.get(&sheet).await;
    preview.must_say("Es ändern sich: 3. Es bleiben, wie sie sind: 0. Abgelehnt: 0.");
    preview.must_say("Das Fachverfahren füllt leere Felder mit seinen Vorgaben");
    preview.must_say("Auswirkung: Bezirk in 2 Tickets");
    browser.submit(&preview, "[action$='/run']", &[]).await;
    assert_eq!(held(first).await, (Some(service), Some(one.clone())));
    for ticket in &tickets[1..] {
        assert_eq!(held(ticket.id).await, (Some(service), Some(all.clone())));
    }
    browser.post(&format!("{sheet}/undo"), &[]).await;
    assert_eq!(held(first).await, (None, Some(one)));
    for ticket in &tickets[1..] {
        assert_eq!(held(ticket.id).await, (None, None));
    }
}
