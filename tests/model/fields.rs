//! Dynamic fields: what is set is kept as it was, asked for when it is needed, and seen by whom it may be.

use entities::field::{
    self, Choice, Depends, Fault, Field, FieldFacts, Kind, Moment, Right, Value, Words, read,
};
use entities::setting::Update;
use entities::ticket::close::Ending;
use entities::ticket::{Classify, Close, ClosingReason, SetFields, classify};
use entities::{Actor, DeskError, Permit, Rejected, Rule, Uuid, history};
use support::desk::TestDesk;

const CONSOLE: Actor = Actor::System(Rule::Console);

fn facts(key: &str, kind: Kind) -> FieldFacts {
    FieldFacts::new(key, kind, Words::new(key, key))
}

fn options(names: &[&str]) -> Vec<Choice> {
    names.iter().map(|name| Choice::new(*name, *name)).collect()
}

fn refused<T: std::fmt::Debug>(result: entities::Result<T>) -> Rejected {
    match result {
        Err(DeskError::Rejected(why)) => why,
        other => panic!("not refused: {other:?}"),
    }
}

async fn update(desk: &TestDesk, field: &Field, facts: FieldFacts) -> entities::Result<Field> {
    let permit = Permit::ask(&CONSOLE, entities::permit::Desk)?;
    let id = field.row.id;
    let update = Update::<Field> { id, facts };
    Ok(desk.db.change(permit, update).await?.subject)
}

#[tokio::test]
async fn what_is_set_is_read_again_and_told_with_what_stood_there_before() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.actor().await;
    let topic = FieldFacts {
        options: options(&["Drucken", "Rechte"]),
        ..facts("topic", Kind::Choice)
    };
    let topic = desk.field(topic).await;
    let note = desk.field(facts("cause", Kind::LongText)).await;
    let ticket = desk.ticket("Bescheid druckt nicht").await;
    let print = Value::Options(vec![topic.options[0].id]);
    let rights = Value::Options(vec![topic.options[1].id]);
    let text = Value::Text("Kanarienvogel\nin zwei Zeilen".to_owned());
    let both = vec![
        (topic.row.id, Some(print.clone())),
        (note.row.id, Some(text.clone())),
    ];
    desk.set(&annika, ticket.id, both).await.unwrap();
    let other = vec![(topic.row.id, Some(rights.clone())), (note.row.id, None)];
    desk.set(&annika, ticket.id, other).await.unwrap();

    let ticket = desk.read(ticket.id).await;
    let sheet = read::sheet(&desk.db, &annika, &ticket).await.unwrap();
    assert_eq!(sheet.values.get(&topic.row.id), Some(&rights));
    assert_eq!(sheet.values.get(&note.row.id), None);

    let events = history::of(&desk.db, ticket.id, None, 10).await.unwrap();
    let set: Vec<_> = events.iter().filter(|e| e.name == "fields_set").collect();
    assert_eq!(set.len(), 2, "one event however many fields");
    assert!(set.iter().all(|e| !e.payload.contains("Kanarienvogel")));
    let record: serde_json::Value = serde_json::from_str(&set[0].payload).unwrap();
    let id: Uuid = serde_json::from_value(record["change"].clone()).unwrap();
    let told = field::change::told(&desk.db, &annika, &[id]).await.unwrap();
    let of = |field: &Field| {
        told[&id]
            .iter()
            .find(|c| c.field_id == field.row.id)
            .unwrap()
    };
    assert_eq!(of(&topic).from, Some(print));
    assert_eq!((&of(&note).from, &of(&note).to), (&Some(text), &None));

    // What is erased stays provable.
    desk.database()
        .execute("DELETE FROM field_change", vec![])
        .await;
    let seal = history::seal(&desk.db, ticket.id).await.unwrap();
    assert_eq!(seal.broken_at, None);
}

#[tokio::test]
async fn two_who_change_the_same_value_are_told_so() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.actor().await;
    let field = desk.field(facts("affected", Kind::Whole)).await;
    let ticket = desk.ticket("Zahllauf bricht ab").await;
    let id = field.row.id;
    let seen = field::change::prepare(
        &desk.db,
        &annika,
        Some(ticket.id),
        vec![(id, Some(Value::Number(12)))],
    );
    let sets = seen.await.unwrap();
    let faster = vec![(id, Some(Value::Number(4)))];
    desk.set(&CONSOLE, ticket.id, faster).await.unwrap();
    let permit = Permit::ask(&annika, desk.read(ticket.id).await).unwrap();
    let late = desk.db.change(permit, SetFields { sets }).await;
    assert_eq!(refused(late), Rejected::ChangedMeanwhile);
}

#[tokio::test]
async fn a_case_is_closed_only_with_what_closing_needs() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let service = desk.service("KITA-Netz", team).await;
    let annika = desk
        .agent("Annika Brandt")
        .in_team(team)
        .await
        .actor()
        .await;
    let mut needed = facts("cause", Kind::Text);
    needed.settings.required = vec![Moment::Close];
    needed.settings.shown.services = vec![service];
    let field = desk.field(needed).await;
    let close = Close {
        to: Ending::Solved,
        reason: Some(ClosingReason::Data),
    };
    let elsewhere = desk.ticket("Anderes Thema").in_team(team).await;
    let permit = Permit::ask(&annika, elsewhere).unwrap();
    desk.db.change(permit, close.clone()).await.unwrap();

    let ticket = desk.ticket("Gutschein").in_team(team).about(service).await;
    let permit = Permit::ask(&annika, ticket.clone()).unwrap();
    let too_early = desk.db.change(permit.clone(), close.clone()).await;
    assert_eq!(refused(too_early), Rejected::FieldsMissing);
    let value = vec![(field.row.id, Some(Value::Text("Stichtag".to_owned())))];
    desk.set(&annika, ticket.id, value).await.unwrap();
    desk.db.change(permit, close.clone()).await.unwrap();

    // What a rule does is not held up: the field may have become needed while the ticket was open.
    let other = desk
        .ticket("Gutschein 2")
        .in_team(team)
        .about(service)
        .await;
    let permit = Permit::ask(&CONSOLE, other).unwrap();
    desk.db.change(permit, close).await.unwrap();
}

#[tokio::test]
async fn what_a_service_needs_is_set_together_with_it() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let service = desk.service("KITA-Netz", team).await;
    let annika = desk
        .agent("Annika Brandt")
        .in_team(team)
        .await
        .actor()
        .await;
    let mut needed = facts("release", Kind::Text);
    needed.settings.required = vec![Moment::Classify];
    needed.settings.shown.services = vec![service];
    let field = desk.field(needed).await;
    let ticket = desk.ticket("Gutschein").in_team(team).await;
    let place = Some(classify::Place {
        service_id: Some(service),
        team_id: Some(team),
    });
    let classify = Classify {
        place,
        ..Classify::default()
    };
    let permit = || Permit::ask(&annika, ticket.clone()).unwrap();
    let alone = desk.db.change(permit(), classify.clone()).await;
    assert_eq!(refused(alone), Rejected::FieldsMissing);
    let value = vec![(field.row.id, Some(Value::Text("7.4.1".to_owned())))];
    let sets = field::change::prepare(&desk.db, &annika, Some(ticket.id), value);
    let sets = sets.await.unwrap();
    let steps = vec![
        entities::ledger::Step::new(permit(), classify),
        entities::ledger::Step::new(
            Permit::ask(&annika, ticket.clone()).unwrap(),
            SetFields { sets },
        ),
    ];
    let done = desk.db.change_series(steps).await.unwrap();
    assert!(done.iter().all(Result::is_ok), "{done:?}");
    assert_eq!(desk.read(ticket.id).await.service_id, Some(service));
}

#[tokio::test]
async fn a_role_sees_and_sets_what_the_field_lets_it() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let petra = desk.administrator().await;
    let role = entities::role::shipped(&desk.db, entities::first_start::AGENT).await;
    let role = role.unwrap().unwrap().id;
    let ticket = desk.ticket("Gutschein").await;
    for (right, sees, sets) in [
        (Right::Hidden, false, false),
        (Right::Read, true, false),
        (Right::Write, true, true),
    ] {
        let mut facts = facts(&format!("cost-{}", right as u8), Kind::Money);
        facts.settings.rights = vec![(role, right)];
        let field = desk.field(facts).await;
        let id = field.row.id;
        let value = |cents| vec![(id, Some(Value::Number(cents)))];
        let petra = petra.actor().await;
        desk.set(&petra, ticket.id, value(1250)).await.unwrap();
        let annika = annika.actor().await;
        let here = desk.read(ticket.id).await;
        let sheet = read::sheet(&desk.db, &annika, &here).await.unwrap();
        assert_eq!(sheet.values.contains_key(&id), sees, "{right:?}");
        assert_eq!(
            sheet.fields.iter().any(|f| f.row.id == id),
            sees,
            "{right:?}"
        );
        let set = desk.set(&annika, ticket.id, value(900)).await;
        assert_eq!(set.is_ok(), sets, "{right:?}");
        let events = history::of(&desk.db, ticket.id, None, 1).await.unwrap();
        let record: serde_json::Value = serde_json::from_str(&events[0].payload).unwrap();
        let change: Uuid = serde_json::from_value(record["change"].clone()).unwrap();
        let told = field::change::told(&desk.db, &annika, &[change])
            .await
            .unwrap();
        assert_eq!(!told[&change].is_empty(), sees, "{right:?}");
    }
}

#[tokio::test]
async fn a_retired_option_stays_where_it_is_and_is_offered_no_more() {
    let desk = TestDesk::new().await;
    let topic = FieldFacts {
        options: options(&["Fax", "Mail"]),
        ..facts("way", Kind::Choice)
    };
    let field = desk.field(topic).await;
    let ticket = desk.ticket("Gutschein").await;
    let other = desk.ticket("Gutschein 2").await;
    let fax = Value::Options(vec![field.options[0].id]);
    let set = |of: Uuid, value: &Value| {
        let value = vec![(field.row.id, Some(value.clone()))];
        let desk = &desk;
        async move { desk.set(&CONSOLE, of, value).await }
    };
    set(ticket.id, &fax).await.unwrap();
    let mut facts = entities::setting::Noun::facts(&field);
    facts.options[0].retired = true;
    update(&desk, &field, facts.clone()).await.unwrap();
    let here = desk.read(ticket.id).await;
    let sheet = read::sheet(&desk.db, &CONSOLE, &here).await.unwrap();
    assert_eq!(sheet.values.get(&field.row.id), Some(&fax));
    assert_eq!(sheet.words[&field.options[0].id].de, "Fax");
    let fault = Fault::NotOffered;
    let id = field.row.id;
    assert_eq!(
        refused(set(other.id, &fax).await),
        Rejected::Field { id, fault }
    );

    // Who saves an older form is told, and nothing is lost.
    facts.options.remove(0);
    assert_eq!(
        refused(update(&desk, &field, facts.clone()).await),
        Rejected::ChangedMeanwhile
    );
    facts.version += 1;
    assert_eq!(
        refused(update(&desk, &field, facts).await),
        Rejected::OptionGone
    );
}

#[tokio::test]
async fn options_follow_the_value_they_depend_on() {
    let desk = TestDesk::new().await;
    let module = FieldFacts {
        options: options(&["Gutschein", "Abrechnung"]),
        ..facts("module", Kind::Choice)
    };
    let module = desk.field(module).await;
    let mut topic = facts("topic", Kind::Tree);
    topic.settings.depends = Depends::Field(module.row.id);
    topic.options = options(&["Bescheid", "Druck"]);
    topic.options[0].given = vec![module.options[0].id];
    topic.options[1].parent_id = Some(topic.options[0].id);
    let topic = desk.field(topic).await;
    let ticket = desk.ticket("Gutschein").await;
    let druck = Value::Options(vec![topic.options[1].id]);
    let of = |option: usize| Some(Value::Options(vec![module.options[option].id]));
    let alone = vec![(topic.row.id, Some(druck.clone()))];
    let id = topic.row.id;
    let fault = Fault::NotOffered;
    let refusal = Rejected::Field { id, fault };
    assert_eq!(
        refused(desk.set(&CONSOLE, ticket.id, alone.clone()).await),
        refusal
    );
    let wrong = vec![(module.row.id, of(1)), alone[0].clone()];
    assert_eq!(refused(desk.set(&CONSOLE, ticket.id, wrong).await), refusal);
    let right = vec![alone[0].clone(), (module.row.id, of(0))];
    desk.set(&CONSOLE, ticket.id, right).await.unwrap();
}

#[tokio::test]
async fn a_definition_that_makes_no_sense_is_refused() {
    let desk = TestDesk::new().await;
    desk.field(facts("topic", Kind::Text)).await;
    let create = |facts: FieldFacts| {
        let permit = Permit::ask(&CONSOLE, entities::permit::Desk).unwrap();
        let create = field::Create { facts, once: None };
        let db = &desk.db;
        async move { refused(db.change(permit, create).await) }
    };
    assert_eq!(create(facts("topic", Kind::Text)).await, Rejected::KeyTaken);
    assert_eq!(
        create(facts("7th topic", Kind::Text)).await,
        Rejected::NotAKey
    );
    for pattern in ["(", "a)|(b", &format!("(?:{}){{999}}", "\\w{99}")] {
        let mut facts = facts("pattern", Kind::External);
        facts.settings.limits.pattern = Some(pattern.to_owned());
        assert_eq!(create(facts).await, Rejected::NotAPattern, "{pattern}");
    }
    let mut range = facts("range", Kind::Whole);
    range.settings.limits.min = Some(10);
    range.settings.limits.max = Some(1);
    assert_eq!(create(range).await, Rejected::EmptyRange);
    let mut link = facts("link", Kind::External);
    link.settings.limits.link = Some("javascript:alert({value})".to_owned());
    assert_eq!(create(link).await, Rejected::NotALink);
    let twice = FieldFacts {
        options: options(&["Fax", " fax "]),
        ..facts("twice", Kind::Choice)
    };
    assert_eq!(create(twice).await, Rejected::OptionTwice);
}

#[tokio::test]
async fn a_merger_takes_values_along_where_nothing_stands_in_the_target() {
    let desk = TestDesk::new().await;
    let annika = desk.administrator().await.actor().await;
    let cause = desk.field(facts("cause", Kind::Text)).await.row.id;
    let count = desk.field(facts("count", Kind::Whole)).await.row.id;
    let (source, target) = (desk.ticket("Doppelt").await, desk.ticket("Zahllauf").await);
    let text = |text: &str| Some(Value::Text(text.to_owned()));
    let own = vec![(cause, text("Stichtag")), (count, Some(Value::Number(3)))];
    desk.set(&annika, source.id, own).await.unwrap();
    let held = vec![(cause, text("Umstellung"))];
    desk.set(&annika, target.id, held).await.unwrap();
    let (source, target) = (desk.read(source.id).await, desk.read(target.id).await);
    let fields = field::change::carried(&desk.db, &annika, &source, &target);
    let fields = fields.await.unwrap();
    assert_eq!(fields.fields().count(), 1);
    let merge = entities::ticket::Merge { fields, once: None };
    let one = Permit::ask(&annika, source).unwrap();
    let other = Permit::ask(&annika, target.clone()).unwrap();
    desk.db.change_pair(one, other, merge).await.unwrap();
    let target = desk.read(target.id).await;
    let sheet = read::sheet(&desk.db, &annika, &target).await.unwrap();
    assert_eq!(sheet.values.get(&cause), text("Umstellung").as_ref());
    assert_eq!(sheet.values.get(&count), Some(&Value::Number(3)));
    let events = history::of(&desk.db, target.id, None, 2).await.unwrap();
    let names: Vec<_> = events.iter().map(|e| e.name.as_str()).collect();
    assert_eq!(names, ["fields_set", "merged_from"]);
}
