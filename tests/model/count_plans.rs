//! What stands beside a list is counted out of indexes alone.

use entities::ticket::filter::{Filter, OwnerIs, RepairIs, Standing};
use entities::ticket::{counts, tally};

use crate::plans::{case, must_not_sort, must_search};

#[tokio::test]
async fn how_open_work_stands_is_counted_by_an_index_alone() {
    let case = case().await;
    let query = counts::by_standing_query(&case.agent, &Filter::default(), case.now());
    let statement = case.backend.build(&query);
    let plan = must_search(&case.desk, "standings", statement).await;
    assert!(plan.is_covered(), "{plan:#?}");
}

#[tokio::test]
async fn the_counts_beside_the_list_read_an_index_alone() {
    let case = case().await;
    let now = case.now();
    for actor in [&case.agent, &case.lead] {
        let query = counts::mine_query(actor, now, now);
        let plan = must_search(&case.desk, "mine", case.backend.build(&query)).await;
        // With statistics by the person, without by all numbers of open work.
        let is_bounded = plan.uses("ticket_active_owner") || plan.is_covered();
        assert!(is_bounded, "{plan:#?}");
        let query = tally::of_open_query(actor, &Filter::default(), now);
        let plan = must_search(&case.desk, "counts", case.backend.build(&query)).await;
        assert!(plan.is_covered(), "{plan:#?}");
        let query = counts::by_service_query(actor, 10);
        let statement = case.backend.build(&query);
        must_search(&case.desk, "counts by service", statement).await;
    }
}

#[tokio::test]
async fn how_all_open_work_stands_needs_no_sorting() {
    let case = case().await;
    let query = counts::by_standing_query(&case.agent, &Filter::default(), case.now());
    must_not_sort(&case.desk, "standings", case.backend.build(&query)).await;
}

#[tokio::test]
async fn a_view_of_what_stands_in_one_way_is_counted_by_the_index_of_that() {
    let case = case().await;
    let standing = |standing| Filter {
        standings: vec![standing],
        ..Filter::default()
    };
    let views = [
        (
            "new and unassigned",
            Filter {
                owners: vec![OwnerIs::Nobody],
                ..standing(Standing::New)
            },
        ),
        ("waiting for a vendor", standing(Standing::WaitingForVendor)),
    ];
    for (name, filter) in views {
        let query = tally::of_open_query(&case.agent, &filter, case.now());
        let plan = must_search(&case.desk, name, case.backend.build(&query)).await;
        assert!(plan.is_covered(), "{name}: {plan:#?}");
    }
    let with_vendor = Filter {
        repair: Some(RepairIs::WithVendor),
        ..Filter::default()
    };
    let query = tally::of_open_query(&case.agent, &with_vendor, case.now());
    must_search(&case.desk, "with a vendor", case.backend.build(&query)).await;
}
