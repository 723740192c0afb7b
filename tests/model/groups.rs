//! Lists in groups, and the numbers beside a list: every ticket once, every number what the list would show.

use std::collections::HashMap;

use chrono::Duration;
use entities::field::filter::{Ask, FieldFilter};
use entities::field::{Choice, FieldFacts, Kind, Value, Words};
use entities::page::Cursor;
use entities::policy::Scope;
use entities::ticket::among::Among;
use entities::ticket::facets::{by_column_query, by_due_query, facets};
use entities::ticket::field_facets::{OfField, by_option_query, holders_query};
use entities::ticket::filter::{DueIs, Filter, OwnerIs, Standing};
use entities::ticket::group::{Group, grouped};
use entities::ticket::list::{Direction, Sort, SortBy, list};
use entities::ticket::tally;
use entities::view::Grouping;
use entities::{Actor, Permission, Rule, Uuid};
use support::desk::TestDesk;

use crate::plan::{Plan, backend};

const CONSOLE: Actor = Actor::System(Rule::Console);

/// Nineteen tickets about three services, one of them by its module, and about none.
async fn fill(desk: &TestDesk) -> Vec<Uuid> {
    let team = desk.team("Jugend 1").await;
    let hort = desk.service("HortPlan", team).await;
    let kita = desk.service("KITA-Netz", team).await;
    let voucher = desk.module("Gutschein", kita).await;
    let (pankow, mitte) = (
        desk.district("Pankow", "PA").await,
        desk.district("Mitte", "MI").await,
    );
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let mut ids = Vec::new();
    for place in 0..19 {
        let title = format!("Fall {place}");
        let mut ticket = desk.ticket(&title);
        ticket = match place % 5 {
            0 => ticket.about(hort),
            1 => ticket.about(kita),
            2 => ticket.about(voucher),
            _ => ticket,
        };
        ticket = match place % 4 {
            0 => ticket.of_district(pankow),
            1 => ticket.of_district(mitte),
            _ => ticket,
        };
        if place % 3 == 0 {
            ticket = ticket.owned_by(&annika);
        }
        ids.push(ticket.await.id);
    }
    ids
}

#[tokio::test]
async fn every_page_of_a_list_in_groups_goes_on_where_the_last_one_ended() {
    let desk = TestDesk::new().await;
    let mut expected = fill(&desk).await;
    expected.sort();
    let names = |grouping| match grouping {
        Grouping::Service => vec![Some("HortPlan"), Some("KITA-Netz"), None],
        Grouping::District => vec![Some("Mitte"), Some("Pankow"), None],
        Grouping::Owner => vec![Some("Annika Brandt"), None],
        Grouping::Due => vec![],
    };
    for grouping in [Grouping::Service, Grouping::District, Grouping::Owner] {
        for by in [SortBy::Created, SortBy::Priority] {
            for size in [1, 3, 4, 7, 19, 50] {
                let sort = Sort {
                    by,
                    direction: Direction::Descending,
                };
                let mut found: Vec<(Option<String>, Uuid)> = Vec::new();
                let mut after: Option<Cursor> = None;
                let mut counts: HashMap<Option<String>, i64> = HashMap::new();
                loop {
                    let filter = Filter::default();
                    let page = grouped(
                        &desk.db,
                        &CONSOLE,
                        &filter,
                        (sort, grouping),
                        after.as_ref(),
                        size,
                    );
                    let page = page.await.unwrap();
                    assert!(page.page.rows.len() as u64 <= size);
                    assert_eq!(
                        page.heads.first().map(|head| head.at),
                        (!page.page.rows.is_empty()).then_some(0)
                    );
                    for (place, row) in page.page.rows.iter().enumerate() {
                        let head = page.heads.iter().rfind(|head| head.at <= place).unwrap();
                        counts.insert(head.name.clone(), head.count);
                        found.push((head.name.clone(), row.id));
                    }
                    let Some(next) = page.page.next else { break };
                    after = Cursor::decode(&next.encode());
                }
                let mut ids: Vec<Uuid> = found.iter().map(|(_, id)| *id).collect();
                ids.sort();
                assert_eq!(ids, expected, "{grouping:?} by {size}");
                let mut order: Vec<Option<&str>> =
                    found.iter().map(|(name, _)| name.as_deref()).collect();
                order.dedup();
                assert_eq!(order, names(grouping), "{grouping:?} by {size}");
                for (name, count) in &counts {
                    let own = found.iter().filter(|(of, _)| of == name).count();
                    assert_eq!(own as i64, *count, "{name:?}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_group_that_loses_its_last_ticket_between_two_pages_hides_no_other() {
    let desk = TestDesk::new().await;
    let all = fill(&desk).await;
    let sort = Sort {
        by: SortBy::Created,
        direction: Direction::Ascending,
    };
    let annika = desk.agent("Berta Alt").await;
    let alone = desk.ticket("Allein").owned_by(&annika).await;
    let order = (sort, Grouping::Owner);
    let mine = Filter::default();
    // The page ends behind the one ticket of its group.
    let after = {
        let first = grouped(&desk.db, &CONSOLE, &mine, order, None, 8)
            .await
            .unwrap();
        assert_eq!(first.page.rows[7].id, alone.id);
        first.page.next.unwrap()
    };
    let permit = entities::Permit::ask(&CONSOLE, alone).unwrap();
    let to = entities::ticket::assign::Assignee::Nobody;
    desk.db
        .change(permit, entities::ticket::Assign { to })
        .await
        .unwrap();
    let rest = grouped(&desk.db, &CONSOLE, &mine, order, Some(&after), 50)
        .await
        .unwrap();
    assert_eq!(rest.page.rows.len(), all.len() + 1 - 7);
    assert!(rest.heads.iter().all(|head| head.name.is_none()));
}

#[tokio::test]
async fn each_number_beside_a_list_is_what_the_list_would_show() {
    let desk = TestDesk::new().await;
    let tickets = fill(&desk).await;
    let mut way = FieldFacts::new("way", Kind::Choices, Words::new("Weg", "Way"));
    way.options = vec![Choice::new("Fax", "Fax"), Choice::new("Mail", "Mail")];
    let way = desk.field(way).await;
    let options: Vec<Uuid> = way.options.iter().map(|o| o.id).collect();
    for (place, id) in tickets.iter().enumerate() {
        let held = match place % 4 {
            0 => vec![options[0]],
            1 => vec![options[0], options[1]],
            _ => continue,
        };
        let set = vec![(way.row.id, Some(Value::Options(held)))];
        desk.set(&CONSOLE, *id, set).await.unwrap();
    }
    let reads = [(Permission::ReadTickets, Scope::OwnTeams)];
    let narrow = desk.person_with("Jonas Weber", &reads).await.actor().await;
    let fax = Ask::Any(vec![options[0]]);
    let asked = FieldFilter::of_open(&desk.db, &way, fax).await.unwrap();
    let filters = [
        Filter::default(),
        Filter {
            owners: vec![OwnerIs::Nobody],
            ..Filter::default()
        },
        Filter {
            fields: vec![asked],
            ..Filter::default()
        },
        Filter {
            standings: vec![Standing::New, Standing::Closed],
            ..Filter::default()
        },
    ];
    for actor in [&CONSOLE, &narrow] {
        for filter in &filters {
            let found = facets(&desk.db, actor, filter, &[&way]).await.unwrap();
            let shown = async |filter: Filter| {
                let page = list(&desk.db, actor, &filter, Sort::default(), None, 100).await;
                page.unwrap().rows.len() as i64
            };
            for (id, n) in &found.services {
                let Some(id) = id else { continue };
                let one = Filter {
                    services: Among::one(*id),
                    ..filter.clone()
                };
                assert_eq!(shown(one).await, *n);
            }
            for (id, n) in &found.districts {
                let Some(id) = id else { continue };
                let one = Filter {
                    districts: Among::one(*id),
                    ..filter.clone()
                };
                assert_eq!(shown(one).await, *n);
            }
            for (id, n) in &found.owners {
                let owners = vec![id.map_or(OwnerIs::Nobody, OwnerIs::Person)];
                assert_eq!(
                    shown(Filter {
                        owners,
                        ..filter.clone()
                    })
                    .await,
                    *n
                );
            }
            for (id, n) in &found.teams {
                let teams = id.map_or_else(Among::none, Among::one);
                let one = Filter {
                    teams,
                    ..filter.clone()
                };
                assert_eq!(shown(one).await, *n);
            }
            for (priority, n) in &found.priorities {
                let one = Filter {
                    priorities: priority.iter().copied().collect(),
                    ..filter.clone()
                };
                assert_eq!(shown(one).await, *n);
            }
            for (channel, n) in &found.channels {
                let one = Filter {
                    channels: channel.iter().copied().collect(),
                    ..filter.clone()
                };
                assert_eq!(shown(one).await, *n);
            }
            let asked = async |ask: Ask| {
                let field = FieldFilter::of_open(&desk.db, &way, ask).await.unwrap();
                let mut one = filter.clone();
                one.fields = vec![field];
                shown(one).await
            };
            let OfField { options, nothing } = &found.fields[&way.row.id];
            for (id, n) in options {
                assert_eq!(asked(Ask::Any(vec![*id])).await, *n);
            }
            assert_eq!(asked(Ask::Empty).await, *nothing);
            assert_eq!(
                found.is_bounded,
                filter.standings.contains(&Standing::Closed)
            );
        }
    }
    let whole = facets(&desk.db, &CONSOLE, &filters[0], &[&way])
        .await
        .unwrap();
    let of_way = &whole.fields[&way.row.id];
    assert_eq!((of_way.options[&options[0]], of_way.nothing), (10, 9));
    assert_eq!(whole.services.len(), 3);
    assert_eq!(whole.channels.values().sum::<i64>(), 19);
}

#[tokio::test]
async fn several_choices_of_a_question_add_up_and_lower_none_of_its_numbers() {
    let desk = TestDesk::new().await;
    let tickets = fill(&desk).await;
    let mut way = FieldFacts::new("way", Kind::Choice, Words::new("Weg", "Way"));
    way.options = vec![Choice::new("Fax", "Fax"), Choice::new("Mail", "Mail")];
    let way = desk.field(way).await;
    for (place, id) in tickets.iter().enumerate().filter(|(n, _)| n % 3 > 0) {
        let option = way.options[place % 3 - 1].id;
        let set = vec![(way.row.id, Some(Value::Options(vec![option])))];
        desk.set(&CONSOLE, *id, set).await.unwrap();
    }
    let read = async |filter: &Filter| facets(&desk.db, &CONSOLE, filter, &[&way]).await.unwrap();
    let shown = async |filter: &Filter| {
        let page = list(&desk.db, &CONSOLE, filter, Sort::default(), None, 100).await;
        page.unwrap().rows.len() as i64
    };
    let whole = read(&Filter::default()).await;
    let some = |numbers: &HashMap<Option<Uuid>, i64>| {
        let mut ids: Vec<Uuid> = numbers.keys().copied().flatten().collect();
        ids.sort_unstable();
        ids.truncate(1);
        let sum = numbers[&Some(ids[0])] + numbers.get(&None).copied().unwrap_or_default();
        (ids, sum)
    };
    let ((services, about), (districts, of)) = (some(&whole.services), some(&whole.districts));
    let services = Filter {
        services: Among {
            ids: services,
            or_none: true,
        },
        ..Filter::default()
    };
    let districts = Filter {
        districts: Among {
            ids: districts,
            or_none: true,
        },
        ..Filter::default()
    };
    assert_eq!(
        (shown(&services).await, shown(&districts).await),
        (about, of)
    );
    assert_eq!(read(&services).await.services, whole.services);
    assert_eq!(read(&districts).await.districts, whole.districts);
    assert!(read(&services).await.districts != whole.districts);
    let people = Filter {
        owners: whole
            .owners
            .keys()
            .map(|id| id.map_or(OwnerIs::Nobody, OwnerIs::Person))
            .collect(),
        ..Filter::default()
    };
    assert_eq!(shown(&people).await, tickets.len() as i64);
    let both = Filter {
        districts: districts.districts,
        ..services
    };
    let found = read(&both).await;
    let narrowed = found.districts.values().sum::<i64>();
    assert_eq!(
        narrowed, about,
        "the districts of what is about these services"
    );
    for ask in [
        Ask::AnyOrEmpty(vec![way.options[0].id]),
        Ask::Any(way.options.iter().map(|o| o.id).collect()),
    ] {
        let is_fax_or_none = matches!(ask, Ask::AnyOrEmpty(_));
        let fits = |place: usize| match place % 3 {
            0 => is_fax_or_none,
            1 => true,
            _ => !is_fax_or_none,
        };
        let expected = (0..tickets.len()).filter(|place| fits(*place)).count() as i64;
        for field in [
            FieldFilter::of_open(&desk.db, &way, ask.clone()).await,
            FieldFilter::ask(&desk.db, &way, ask.clone(), Some(true)).await,
        ] {
            let filter = Filter {
                fields: vec![field.unwrap()],
                ..Filter::default()
            };
            assert_eq!(shown(&filter).await, expected);
            assert_eq!(read(&filter).await.fields, whole.fields);
        }
    }
}

#[tokio::test]
async fn the_numbers_beside_a_list_scan_no_growing_table() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.actor().await;
    let now = desk.db.clock().now();
    let ended = Filter {
        standings: vec![Standing::Closed],
        ..Filter::default()
    };
    for filter in [Filter::default(), ended] {
        let is_open = filter.active() == Some(true);
        let columns = [
            "service_id",
            "district_id",
            "owner_id",
            "team_id",
            "priority",
            "channel",
        ];
        for column in columns {
            let query = by_column_query(&annika, &filter, column, now);
            let plan = Plan::of(&desk, backend(&desk).build(&query)).await;
            assert!(plan.scans().is_empty(), "{column}: {plan:#?}");
            assert!(!is_open || plan.is_covered(), "{column}: {plan:#?}");
        }
        if is_open {
            let query = by_due_query(&annika, &filter, now);
            let plan = Plan::of(&desk, backend(&desk).build(&query)).await;
            assert!(plan.scans().is_empty() && plan.is_covered(), "{plan:#?}");
        }
        for query in [by_option_query, holders_query] {
            let query = query(&annika, &filter, &[Uuid::nil(), Uuid::max()], now);
            let plan = Plan::of(&desk, backend(&desk).build(&query)).await;
            assert!(plan.scans().is_empty(), "{plan:#?}");
            assert!(!plan.reads_whole("field_value"), "{plan:#?}");
            assert!(!is_open || plan.uses("field_value_ref"), "{plan:#?}");
        }
    }
    // Whoever reads everything is told of all open work by the index of the values alone.
    let query = by_option_query(&CONSOLE, &Filter::default(), &[Uuid::nil()], now);
    let plan = Plan::of(&desk, backend(&desk).build(&query)).await;
    assert!(plan.is_covered() && !plan.sorts(), "{plan:#?}");
}

#[tokio::test]
async fn what_is_due_stands_in_groups_by_urgency_and_is_counted_as_the_list_shows_it() {
    let desk = TestDesk::new().await;
    let now = desk.db.clock().now();
    let places = DueIs::ALL;
    let mut expected: HashMap<DueIs, Vec<Uuid>> = HashMap::new();
    let due = [
        Some(-30),
        Some(-1),
        Some(1),
        Some(50),
        Some(500),
        None,
        None,
    ];
    for (place, hours) in due.into_iter().enumerate() {
        let ticket = desk.ticket(&format!("Fall {place}")).await;
        let at = hours.map(|hours| now + Duration::hours(hours));
        let set = "UPDATE ticket SET due_at = $1 WHERE id = $2";
        let database = desk.database();
        database
            .execute(set, vec![at.into(), ticket.id.into()])
            .await;
        expected
            .entry(DueIs::of(at, now))
            .or_default()
            .push(ticket.id);
    }
    let sort = Sort {
        by: SortBy::Created,
        direction: Direction::Ascending,
    };
    let order = (sort, Grouping::Due);
    for size in [1, 2, 50] {
        let mut found: Vec<(Group, Uuid)> = Vec::new();
        let mut after: Option<Cursor> = None;
        loop {
            let filter = Filter::default();
            let page = grouped(&desk.db, &CONSOLE, &filter, order, after.as_ref(), size);
            let page = page.await.unwrap();
            for (place, row) in page.page.rows.iter().enumerate() {
                let head = page.heads.iter().rfind(|head| head.at <= place).unwrap();
                found.push((head.group, row.id));
            }
            let Some(next) = page.page.next else { break };
            after = Cursor::decode(&next.encode());
        }
        let wanted = places.iter().flat_map(|due| {
            let ids = expected.get(due).into_iter().flatten();
            ids.map(|id| (Group::Due(*due), *id))
        });
        assert_eq!(found, wanted.collect::<Vec<_>>(), "by {size}");
    }
    let numbers = facets(&desk.db, &CONSOLE, &Filter::default(), &[])
        .await
        .unwrap();
    for (due, n) in numbers.due {
        assert_eq!(expected.get(&due).map_or(0, Vec::len) as i64, n, "{due:?}");
    }
    let tally = tally::of_filters(&desk.db, &CONSOLE, &[Filter::default()], 100)
        .await
        .unwrap();
    assert_eq!((tally[0].all, tally[0].overdue), (7, 2));
}
