//! Whatever fits a field is kept, found, written and read again as it was.

use std::collections::HashMap;

use chrono::{Days, NaiveDate, TimeDelta};
use entities::field::{Choice, Field, FieldFacts, Kind, Value, Words, parse, read};
use entities::{Actor, Rule, Uuid, text};
use lotse::export::cell;
use lotse::fields::words::{mark, typed};
use lotse::locale::{Locale, Now};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use support::desk::{Client, TestDesk};

const CONSOLE: Actor = Actor::System(Rule::Console);
const ZONE: chrono_tz::Tz = chrono_tz::Europe::Berlin;

/// Tickets, each with a value in a field of every kind.
fn tickets() -> usize {
    match std::env::var_os("LOTSE_TEST_LONG") {
        Some(_) => 400,
        None => 16,
    }
}

/// What fields point at.
struct World {
    people: Vec<(Uuid, String)>,
    organisations: Vec<(Uuid, String)>,
    tickets: Vec<(Uuid, String)>,
}

fn runner() -> TestRunner {
    let seed = match std::env::var("LOTSE_TEST_SEED") {
        Ok(seed) => seed.parse().unwrap(),
        Err(_) => 4u64,
    };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    TestRunner::new_with_rng(Config::default(), rng)
}

fn one<T: std::fmt::Debug>(runner: &mut TestRunner, strategy: impl Strategy<Value = T>) -> T {
    strategy.new_tree(runner).unwrap().current()
}

/// A definition of a kind with limits and options of some sort.
fn definition(kind: Kind) -> impl Strategy<Value = FieldFacts> {
    let names = prop::collection::vec("[A-Zäöüß€&<]{1,3}[ a-zäöüß+=@,;]{0,12}[a-z0-9]", 1..60);
    let range = prop::option::of((-1_000_000i64..1_000_000, 0i64..1_000_000));
    (names, range, any::<u64>()).prop_map(move |(names, range, shape)| {
        let key = kind.name().replace('_', "-");
        let mut facts = FieldFacts::new(&key, kind, Words::new(&key, &key));
        if kind.places().is_some()
            && let Some((min, span)) = range
        {
            facts.settings.limits.min = Some(min);
            facts.settings.limits.max = Some(min + span);
        }
        if kind.has_options() {
            let mut above: Vec<Uuid> = Vec::new();
            for (at, name) in names.iter().enumerate() {
                let mut option = Choice::new(format!("{name} {at}"), format!("{at} {name}"));
                if kind == Kind::Tree && !above.is_empty() && (shape >> (at % 60)) & 1 == 1 {
                    option.parent_id = above.last().copied();
                } else {
                    above.clear();
                }
                if above.len() < 6 {
                    above.push(option.id);
                }
                facts.options.push(option);
            }
        }
        facts
    })
}

/// A value that such a field takes.
fn value(field: &Field, world: &World) -> BoxedStrategy<Value> {
    let options: Vec<Uuid> = field.options.iter().map(|o| o.id).collect();
    let pick = |of: &[(Uuid, String)]| {
        let ids: Vec<Uuid> = of.iter().map(|(id, _)| *id).collect();
        prop::sample::select(ids).prop_map(Value::Reference).boxed()
    };
    // A text begins and ends with something: what a form trims away was never meant.
    let line = "[A-Za-zÄÖÜß0-9=+@-][ -~äöüßÄÖÜ€„“–’\u{1F426}]{0,150}[A-Za-z0-9ß!]";
    let within = |widest: i64| {
        let limits = &field.settings.limits;
        let (min, max) = (limits.min.unwrap_or(-widest), limits.max.unwrap_or(widest));
        (min..=max).prop_map(Value::Number).boxed()
    };
    let day = |days: u64| NaiveDate::from_ymd_opt(1850, 1, 1).unwrap() + Days::new(days);
    match field.row.kind {
        Kind::Text | Kind::External => line.prop_map(Value::Text).boxed(),
        Kind::LongText => prop::collection::vec(line, 1..5)
            .prop_map(|lines| Value::Text(lines.join("\n")))
            .boxed(),
        Kind::Choice | Kind::Tree => prop::sample::select(options)
            .prop_map(|id| Value::Options(vec![id]))
            .boxed(),
        Kind::Choices => {
            let most = options.len().min(9);
            prop::sample::subsequence(options, 1..=most)
                .prop_shuffle()
                .prop_map(Value::Options)
                .boxed()
        }
        Kind::YesNo => any::<bool>().prop_map(Value::YesNo).boxed(),
        Kind::Whole => within(i64::from(i32::MAX)),
        Kind::Decimal | Kind::Money => within(1_000_000_000_000_000),
        Kind::Date => (0u64..180_000)
            .prop_map(move |d| Value::Date(day(d)))
            .boxed(),
        // In the hour that the clocks repeat nobody can type which one is meant.
        Kind::Moment => (0u64..60_000, 4i64 * 60..24 * 60)
            .prop_map(move |(d, minutes)| {
                let now = Now::new(chrono::DateTime::UNIX_EPOCH, ZONE);
                let time = chrono::NaiveTime::MIN + TimeDelta::minutes(minutes);
                Value::Moment(now.instant(day(d), time))
            })
            .boxed(),
        Kind::Person => pick(&world.people),
        Kind::Organisation => pick(&world.organisations),
        Kind::Ticket => pick(&world.tickets),
    }
}

/// What a person types into the filter to find just this.
fn question(field: &Field, value: &Value, now: &Now, world: &World) -> String {
    let named = |id: &Uuid| {
        let all = [&world.people, &world.organisations, &world.tickets];
        let found = all.into_iter().flatten().find(|(of, _)| of == id);
        found.unwrap().1.clone()
    };
    match value {
        Value::Text(text) => text.lines().next().unwrap().to_owned(),
        Value::Options(ids) => ids[ids.len() - 1].to_string(),
        Value::Moment(at) => now.local(*at).date_naive().to_string(),
        Value::Reference(id) => named(id),
        other => typed(Locale::De, now, field.row.kind, other).remove(0),
    }
}

async fn world(desk: &TestDesk) -> World {
    let mut world = World {
        people: vec![],
        organisations: vec![],
        tickets: vec![],
    };
    for name in ["Jürgen Größe", "Zoë D’Angelo", "=Sabine Kowalke"] {
        world
            .people
            .push((desk.requester(name).await.id, name.to_owned()));
    }
    for (name, short) in [
        ("Jugendamt Köpenick", "JK"),
        ("Amt \"Mitte\", Haus 2", "AM"),
    ] {
        let id = desk.district(name, short).await;
        world.organisations.push((id, name.to_owned()));
    }
    for title in ["Zahllauf", "Kasse"] {
        let ticket = desk.ticket(title).await;
        world.tickets.push((ticket.id, ticket.number));
    }
    world
}

async fn must_find(browser: &Client, field: &Field, asked: &str, title: &str) {
    let query = serde_html_form::to_string([
        ("field", format!("{}:{asked}", field.row.key)),
        ("q", title.to_owned()),
    ]);
    // The list beside a ticket: the same rows without what else a list's page counts.
    let query = serde_html_form::to_string([("from", query.unwrap())]);
    let path = format!("/tickets/pane?{}", query.unwrap());
    let found = browser.get(&path).await.texts("#pane .row__t");
    assert_eq!(found.len(), 1, "{} {asked:?}", field.row.key);
    assert!(found[0].ends_with(title), "{} {asked:?}", field.row.key);
}

#[tokio::test]
async fn what_fits_a_field_is_kept_found_written_and_read_again_as_it_was() {
    let desk = TestDesk::new().await;
    let browser = desk.administrator().await.sign_in().await;
    let world = world(&desk).await;
    let mut runner = runner();
    let mut fields = Vec::new();
    for kind in Kind::ALL {
        let facts = one(&mut runner, definition(kind));
        fields.push(desk.field(facts).await);
    }
    let now = Now::new(desk.db.clock().now(), ZONE);
    for number in 0..tickets() {
        let title = format!("Fall {number}x");
        let ticket = desk.ticket(&title).await;
        let mut wanted = HashMap::new();
        for field in &fields {
            wanted.insert(field.row.id, one(&mut runner, value(field, &world)));
        }
        let sets = wanted.iter().map(|(id, v)| (*id, Some(v.clone())));
        desk.set(&CONSOLE, ticket.id, sets.collect()).await.unwrap();
        let ticket = desk.read(ticket.id).await;
        let sheet = read::sheet(&desk.db, &CONSOLE, &ticket).await.unwrap();
        assert_eq!(sheet.values, wanted);

        for field in &fields {
            let held = &wanted[&field.row.id];
            let kind = field.row.kind;
            for locale in [Locale::De, Locale::En] {
                let local = |at: chrono::NaiveDateTime| now.instant(at.date(), at.time());
                let written = typed(locale, &now, kind, held);
                let again = parse::value(kind, &written, mark(locale), local);
                assert_eq!(again, Ok(Some(held.clone())), "{written:?}");
                let cell = cell::of(locale, kind, held, &sheet.words);
                let exported = cell::csv(locale, &now, &cell);
                let wanted = Some(held.clone()).filter(|_| !kind.is_reference());
                let again = cell::read(locale, &now, field, &exported);
                assert_eq!(again, wanted, "{exported:?}");
            }
            let asked = question(field, held, &now, &world);
            must_find(&browser, field, &asked, &title).await;
        }
    }
}

#[test]
fn whatever_number_is_typed_is_read_as_it_is_written_or_not_at_all() {
    let mut runner = runner();
    for _ in 0..2_000 {
        let kept = one(&mut runner, any::<i64>().prop_map(|n| n / 10));
        for (kind, locale) in [
            (Kind::Whole, Locale::De),
            (Kind::Decimal, Locale::De),
            (Kind::Money, Locale::En),
        ] {
            let places = kind.places().unwrap();
            let said = lotse::fields::words::number(locale, kind, kept);
            assert_eq!(
                parse::number(&said, places, mark(locale)),
                Some(kept),
                "{said}"
            );
        }
        let text = one(&mut runner, "[-+0-9.,  €a]{0,12}");
        for places in [0, 2, 6] {
            if let Some(read) = parse::number(&text, places, parse::Mark::Comma) {
                let again = parse::typed_number(read, places, parse::Mark::Comma);
                let once_more = parse::number(&again, places, parse::Mark::Comma);
                assert_eq!(once_more, Some(read), "{text:?}");
            }
        }
    }
    assert_eq!(text::fold("Größe"), text::fold("GRÖßE"));
}

#[test]
fn a_decimal_is_read_with_comma_or_point_as_its_reader_writes_it() {
    use parse::Mark::{Comma, Point};
    for (text, places, mark, kept) in [
        ("1.234,56", 2, Comma, Some(123_456)),
        ("1,234.56", 2, Point, Some(123_456)),
        ("1234,5", 2, Comma, Some(123_450)),
        ("1234.5", 2, Comma, Some(123_450)),
        ("1234,5", 2, Point, Some(123_450)),
        // A group of three is a group, for readers who write it so.
        ("1.234", 2, Comma, Some(123_400)),
        ("1.234", 6, Point, Some(1_234_000)),
        ("1.234", 0, Comma, Some(1_234)),
        ("1.234", 0, Point, None),
        ("1.234,567", 2, Comma, None),
        ("1,234.56", 2, Comma, None),
        ("1.2.3", 6, Comma, None),
        ("1.234.567,8", 6, Comma, Some(1_234_567_800_000)),
        ("-0,05", 2, Comma, Some(-5)),
        ("12 €", 2, Comma, Some(1_200)),
        ("zwölf", 2, Comma, None),
        ("99999999999999999999", 0, Comma, None),
    ] {
        assert_eq!(parse::number(text, places, mark), kept, "{text} {mark:?}");
    }
}
