//! No hot query reads a growing table from end to end, and none sorts what an index could give in order.

use chrono::Duration;
use entities::anchor::changed_query;
use entities::clock::Instant;
use entities::policy::Scope;
use entities::ticket::among::Among;
use entities::ticket::filter::{Filter, OwnerIs, Standing};
use entities::ticket::list::{Direction, Sort, SortBy, page_query};
use entities::ticket::{counts, link, tally, thread, undelivered, vendor_number};
use entities::{Actor, Permission, Uuid, history, outbox, statistics};
use sea_orm::{DbBackend, QueryTrait as _, Statement};
use support::desk::TestDesk;

use crate::plan::{Plan, backend};

pub async fn must_search(desk: &TestDesk, what: &str, statement: Statement) -> Plan {
    let plan = Plan::of(desk, statement).await;
    assert!(plan.scans().is_empty(), "{what}: {plan:#?}");
    plan
}

pub async fn must_not_sort(desk: &TestDesk, what: &str, statement: Statement) {
    let plan = must_search(desk, what, statement).await;
    assert!(!plan.sorts(), "{what}: {plan:#?}");
}

pub struct Case {
    pub desk: TestDesk,
    pub backend: DbBackend,
    pub agent: Actor,
    pub lead: Actor,
    me: Uuid,
    team: Uuid,
}

pub async fn case() -> Case {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let agent = desk.agent("Annika Brandt").in_team(team).await;
    let lead = desk
        .person_with("Jonas Weber", &[(Permission::ReadTickets, Scope::OwnTeams)])
        .in_team(team)
        .await;
    Case {
        backend: backend(&desk),
        agent: agent.actor().await,
        lead: lead.actor().await,
        me: agent.id,
        team,
        desk,
    }
}

impl Case {
    pub fn now(&self) -> Instant {
        self.desk.db.clock().now()
    }
}

pub fn page(case: &Case, actor: &Actor, filter: &Filter, sort: Sort) -> Statement {
    let now = case.now();
    case.backend
        .build(&page_query(actor, filter, sort, None, 50, now))
}

#[tokio::test]
async fn the_list_reads_an_index_in_its_order() {
    lists_are_read_in_order(&case().await).await;
}

#[tokio::test]
async fn the_list_reads_it_also_when_the_database_has_looked_at_its_tables() {
    let case = case().await;
    for number in 0..40 {
        let title = format!("Zahllauf {number}");
        case.desk.ticket(&title).in_team(case.team).await;
    }
    statistics::gather(&case.desk.db).await.unwrap();
    lists_are_read_in_order(&case).await;
}

async fn lists_are_read_in_order(case: &Case) {
    let one = |standing| Filter {
        standings: vec![standing],
        ..Filter::default()
    };
    let filters = [
        ("open", Filter::default()),
        (
            "mine",
            Filter {
                owners: vec![OwnerIs::Me],
                ..Filter::default()
            },
        ),
        (
            "of a person",
            Filter {
                owners: vec![OwnerIs::Person(case.me)],
                ..Filter::default()
            },
        ),
        ("solved", one(Standing::Solved)),
        ("closed", one(Standing::Closed)),
    ];
    for (name, filter) in filters {
        for direction in [Direction::Ascending, Direction::Descending] {
            let by = SortBy::Changed;
            let sort = Sort { by, direction };
            let statement = page(case, &case.agent, &filter, sort);
            must_not_sort(&case.desk, name, statement).await;
        }
    }
}

#[tokio::test]
async fn the_few_that_are_solved_are_not_looked_for_among_all_that_has_ended() {
    let case = case().await;
    let solved = Filter {
        standings: vec![Standing::Solved],
        ..Filter::default()
    };
    for by in [SortBy::Created, SortBy::Priority, SortBy::Due] {
        let direction = Direction::Descending;
        let statement = page(&case, &case.agent, &solved, Sort { by, direction });
        let plan = must_search(&case.desk, "solved", statement).await;
        assert!(plan.uses("ticket_state"), "{by:?}: {plan:#?}");
    }
}

#[tokio::test]
async fn an_anchor_reads_only_what_changed_since_the_last() {
    let case = case().await;
    let plan = Plan::of(&case.desk, case.backend.build(changed_query().as_query())).await;
    let is_found = plan.uses("head_unanchored") && !plan.reads_whole("head");
    assert!(is_found && !plan.sorts(), "{plan:#?}");
}

#[tokio::test]
async fn what_a_requester_has_open_is_read_past_all_that_has_ended() {
    let case = case().await;
    let standings = ["new", "open", "waiting", "vendor", "date"];
    let filter = Filter {
        standings: standings
            .iter()
            .filter_map(|s| Standing::from_name(s))
            .collect(),
        requester_id: Some(case.me),
        ..Filter::default()
    };
    let statement = page(&case, &case.agent, &filter, Sort::default());
    let plan = must_search(&case.desk, "open of a requester", statement).await;
    assert!(!plan.sorts(), "{plan:#?}");
    assert!(plan.uses("ticket_active_requester"), "{plan:#?}");
}

#[tokio::test]
async fn open_work_is_read_in_every_order_a_column_offers() {
    let case = case().await;
    for by in [
        SortBy::Changed,
        SortBy::Created,
        SortBy::Priority,
        SortBy::Reminder,
        SortBy::Due,
    ] {
        for direction in [Direction::Ascending, Direction::Descending] {
            let statement = page(
                &case,
                &case.agent,
                &Filter::default(),
                Sort { by, direction },
            );
            must_not_sort(&case.desk, &format!("{by:?}"), statement).await;
        }
    }
}

#[tokio::test]
async fn no_list_reads_all_tickets() {
    let case = case().await;
    let filters = [
        Filter::default(),
        Filter {
            teams: Among::one(case.team),
            ..Filter::default()
        },
        Filter {
            services: Among::one(case.team),
            ..Filter::default()
        },
        Filter {
            requester_id: Some(case.me),
            ..Filter::default()
        },
        Filter {
            text: Some("2026-000001-5".to_owned()),
            ..Filter::default()
        },
        Filter {
            owners: vec![OwnerIs::Nobody],
            ..Filter::default()
        },
        Filter {
            owners: vec![OwnerIs::Me, OwnerIs::Nobody],
            ..Filter::default()
        },
        Filter {
            services: Among {
                ids: vec![case.team, case.me],
                or_none: true,
            },
            districts: Among {
                ids: vec![case.team, case.me],
                or_none: true,
            },
            ..Filter::default()
        },
    ];
    for filter in filters {
        for actor in [&case.agent, &case.lead] {
            for by in [
                SortBy::Changed,
                SortBy::Created,
                SortBy::Priority,
                SortBy::Reminder,
                SortBy::Due,
            ] {
                let direction = Direction::Descending;
                let statement = page(&case, actor, &filter, Sort { by, direction });
                let what = format!("{filter:?} by {by:?}");
                must_search(&case.desk, &what, statement).await;
            }
        }
    }
}

#[tokio::test]
async fn whoever_reads_by_service_organisation_or_field_reads_no_list_whole() {
    let case = case().await;
    let (kita, office) = (case.team, case.me);
    let scopes = [
        Scope::Services(vec![kita, office]),
        Scope::OwnOrganisation,
        Scope::FieldValues {
            field: kita,
            options: vec![office],
        },
    ];
    for scope in scopes {
        let who = case.desk.person_with(
            &scope.to_row().0,
            &[(Permission::ReadTickets, scope.clone())],
        );
        let actor = who
            .of(case.desk.district("Amt", "AA").await)
            .await
            .actor()
            .await;
        for by in [SortBy::Changed, SortBy::Created, SortBy::Due] {
            let direction = Direction::Descending;
            let statement = page(&case, &actor, &Filter::default(), Sort { by, direction });
            must_search(&case.desk, &format!("{scope:?} by {by:?}"), statement).await;
        }
        let now = case.now();
        for query in [
            counts::mine_query(&actor, now, now),
            tally::of_open_query(&actor, &Filter::default(), now),
        ] {
            must_search(&case.desk, "counts", case.backend.build(&query)).await;
        }
    }
}

#[tokio::test]
async fn the_next_page_begins_where_the_last_one_ended() {
    let case = case().await;
    let cursor = entities::page::Cursor {
        key: "2026-11-22T09:00:00.000000Z".to_owned(),
        id: case.me,
    };
    let now = case.now();
    let filter = Filter::default();
    let query = page_query(
        &case.agent,
        &filter,
        Sort::default(),
        Some(&cursor),
        50,
        now,
    );
    must_not_sort(&case.desk, "next page", case.backend.build(&query)).await;
}

#[tokio::test]
async fn a_ticket_its_thread_and_its_history_are_searched() {
    let case = case().await;
    let id = case.me;
    let thread = thread::messages_statement(case.backend, id);
    must_not_sort(&case.desk, "thread", thread).await;
    let history = history::page_statement(case.backend, id, None, 50);
    must_not_sort(&case.desk, "history", history).await;
}

#[tokio::test]
async fn mail_that_came_back_is_found_among_the_little_that_did() {
    let case = case().await;
    let query = undelivered::returned_query(&case.agent, 20);
    let statement = case.backend.build(&query);
    let plan = Plan::of(&case.desk, statement).await;
    let whole = plan.reads_whole("message") || plan.reads_whole("ticket");
    assert!(plan.uses("message_bounced") && !whole, "{plan:#?}");
}

#[tokio::test]
async fn due_work_is_found_by_its_index() {
    let case = case().await;
    let now = case.now();
    let claim = outbox::claim_statement(case.backend, 10, now, Duration::seconds(60));
    let plan = must_search(&case.desk, "claim", claim).await;
    assert!(plan.uses("outbox_due"), "{plan:#?}");
}

#[tokio::test]
async fn incoming_mail_is_listed_by_an_index_whatever_is_asked() {
    use entities::inbound::list::{Wanted, page_query};
    use entities::inbound::{Fate, failed, reconcile};
    let case = case().await;
    let text = |text: &str| Some(text.to_owned());
    let day = case.desk.db.clock().now().date_naive();
    let all = || Wanted::default();
    let ordered = [
        all(),
        Wanted {
            mailbox_id: Some(case.me),
            ..all()
        },
        Wanted {
            day: Some(day),
            ..all()
        },
        Wanted {
            fate: Some(Fate::Failed),
            ..all()
        },
        Wanted {
            sender: text("sabine@pa.example"),
            ..all()
        },
        Wanted {
            mailbox_id: Some(case.me),
            day: Some(day),
            fate: Some(Fate::Copy),
            ..all()
        },
    ];
    let cursor = entities::page::Cursor {
        key: "2026-11-22T09:00:00.000000Z".to_owned(),
        id: case.me,
    };
    for wanted in ordered {
        for after in [None, Some(&cursor)] {
            let statement = page_query(&wanted, after, 50).build(case.backend);
            let plan = Plan::of(&case.desk, statement).await;
            let is_read_whole = plan.reads_whole("inbound_mail");
            assert!(!is_read_whole && !plan.sorts(), "{wanted:?}: {plan:#?}");
        }
    }
    // One id has few mails; their order need not come from the index.
    let by_id = page_query(
        &Wanted {
            mail_id: text("a@b"),
            ..all()
        },
        None,
        50,
    );
    must_search_mail(&case.desk, by_id.build(case.backend)).await;
    let failed_mails = failed::page_query(Some(&cursor), 50);
    must_search_mail(&case.desk, failed_mails.build(case.backend)).await;
    let counted = Statement::from_string(case.backend, failed::unsettled_sql());
    let plan = Plan::of(&case.desk, counted).await;
    for index in ["inbound_fate", "inbound_alarm"] {
        assert!(plan.uses(index), "{plan:#?}");
    }
    let values = [case.me.into(), day.into(), day.into()];
    let sums = Statement::from_sql_and_values(case.backend, reconcile::BECAME, values);
    let plan = must_search(&case.desk, "sums", sums).await;
    assert!(plan.is_covered() && plan.uses("inbound_seen"), "{plan:#?}");
}

async fn must_search_mail(desk: &TestDesk, statement: Statement) {
    let plan = Plan::of(desk, statement).await;
    assert!(!plan.reads_whole("inbound_mail"), "{plan:#?}");
}

#[tokio::test]
async fn links_and_vendors_numbers_are_searched() {
    let case = case().await;
    for actor in [&case.agent, &case.lead] {
        let links = link::of_statement(case.backend, actor, case.me);
        must_search(&case.desk, "links", links).await;
        let by_number = link::candidates_query(actor, case.me, "2026-000001-5", 8);
        must_search(&case.desk, "by number", case.backend.build(&by_number)).await;
    }
    // Words are looked for in the newest alone, read in the order of an index.
    let by_words = link::candidates_query(&case.agent, case.me, "Zahllauf", 8);
    let plan = Plan::of(&case.desk, case.backend.build(&by_words)).await;
    assert!(plan.uses("ticket_changed"), "{plan:#?}");
    let numbers = vec!["KN-4711".to_owned()];
    let numbers = vendor_number::tickets_statement(case.backend, case.me, numbers);
    must_search(&case.desk, "vendors' numbers", numbers).await;
    let here = link::merged_here_statement(case.backend, &case.agent, case.me);
    let plan = must_search(&case.desk, "merged here", here).await;
    assert!(plan.uses("ticket_merged"), "{plan:#?}");
}
