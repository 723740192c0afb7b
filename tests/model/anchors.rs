//! Anchors find what the chains alone cannot: the rolling back of everything about a ticket.

use entities::history::Fault;

use super::meddling::Meddled;

const TABLES: [(&str, &str); 4] = [
    ("event", "subject_id"),
    ("head", "subject_id"),
    ("ticket", "id"),
    ("message", "ticket_id"),
];

async fn keep(meddled: &Meddled) {
    for (table, _) in TABLES {
        let sql = format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}");
        meddled.desk.database().execute(&sql, vec![]).await;
    }
}

async fn remove(meddled: &Meddled) {
    for (table, column) in TABLES {
        let sql = format!("DELETE FROM {table} WHERE {column} = $1");
        meddled.sql(&sql, vec![meddled.second.id.into()]).await;
    }
}

async fn roll_back(meddled: &Meddled) {
    remove(meddled).await;
    for (table, column) in TABLES {
        let sql = format!("INSERT INTO {table} SELECT * FROM kept_{table} WHERE {column} = $1");
        meddled.sql(&sql, vec![meddled.second.id.into()]).await;
    }
}

#[tokio::test]
async fn a_ticket_rolled_back_behind_an_anchor_is_found() {
    let mut meddled = Meddled::new().await;
    keep(&meddled).await;
    meddled.note(&meddled.second, 5).await;
    meddled.anchor().await;
    roll_back(&meddled).await;
    meddled
        .must_find(Fault::RolledBack, &meddled.second, 7)
        .await;
}

#[tokio::test]
async fn a_ticket_rolled_back_and_then_continued_is_found() {
    let mut meddled = Meddled::new().await;
    meddled.anchor().await;
    keep(&meddled).await;
    meddled.note(&meddled.second, 5).await;
    meddled.anchor().await;
    roll_back(&meddled).await;
    meddled.note(&meddled.second, 6).await;
    meddled.anchor().await;
    meddled
        .must_find(Fault::RolledBack, &meddled.second, 7)
        .await;
}

#[tokio::test]
async fn an_anchored_ticket_removed_without_a_trace_is_found() {
    let mut meddled = Meddled::new().await;
    meddled.anchor().await;
    remove(&meddled).await;
    meddled
        .must_find(Fault::RolledBack, &meddled.second, 6)
        .await;
}

#[tokio::test]
async fn every_altered_column_of_an_anchor_is_found() {
    let alterations = [
        "count = count + 1",
        "heads = root",
        "root = hash",
        "previous_hash = hash",
        "hash = root",
    ];
    let mut meddled = Meddled::new().await;
    meddled.anchor().await;
    meddled.note(&meddled.first, 5).await;
    meddled.anchor().await;
    let keep = "CREATE TABLE kept AS SELECT * FROM anchor";
    meddled.desk.database().execute(keep, vec![]).await;
    for alteration in alterations {
        let sql = format!("UPDATE anchor SET {alteration} WHERE number = 2");
        meddled.sql(&sql, vec![]).await;
        meddled.must_find_anchor(Fault::AnchorAltered, 2).await;
        meddled.sql("DELETE FROM anchor", vec![]).await;
        meddled
            .sql("INSERT INTO anchor SELECT * FROM kept", vec![])
            .await;
    }
    let later = meddled.desk.db.clock().now();
    let sql = "UPDATE anchor SET at = $1 WHERE number = 1";
    meddled.sql(sql, vec![later.into()]).await;
    meddled.must_find_anchor(Fault::AnchorAltered, 1).await;
}

#[tokio::test]
async fn a_missing_anchor_is_found() {
    for (gone, without_log) in [(1, true), (2, true), (3, false)] {
        let mut meddled = Meddled::new().await;
        for number in 5..=7 {
            meddled.note(&meddled.first, number).await;
            meddled.anchor().await;
        }
        let sql = format!("DELETE FROM anchor WHERE number = {gone}");
        meddled.sql(&sql, vec![]).await;
        meddled.must_find_anchor(Fault::AnchorMissing, gone).await;
        assert_eq!(meddled.verify().await.is_err(), without_log, "{gone}");
    }
}

#[tokio::test]
async fn an_anchor_removed_and_its_followers_renumbered_is_found() {
    let mut meddled = Meddled::new().await;
    for number in 5..=7 {
        meddled.note(&meddled.first, number).await;
        meddled.anchor().await;
    }
    meddled
        .sql("DELETE FROM anchor WHERE number = 2", vec![])
        .await;
    meddled
        .sql("UPDATE anchor SET number = 2 WHERE number = 3", vec![])
        .await;
    meddled.must_find_anchor(Fault::AnchorAltered, 2).await;
}

#[tokio::test]
async fn everything_rolled_back_is_found_by_the_log_outside() {
    let mut meddled = Meddled::new().await;
    meddled.anchor().await;
    let longer = {
        let digest = "0".repeat(64);
        format!(
            "{}2 2026-01-01T00:00:00.000000Z 1 {digest} {digest}\n",
            meddled.log
        )
    };
    meddled.log = longer;
    meddled.must_find_anchor(Fault::AnchorMissing, 2).await;
}

#[tokio::test]
async fn an_altered_line_of_the_log_is_found() {
    let mut meddled = Meddled::new().await;
    meddled.anchor().await;
    meddled.note(&meddled.first, 5).await;
    meddled.anchor().await;
    let altered = meddled.log.replacen("\n2 ", "\n3 ", 1);
    assert_ne!(altered, meddled.log);
    meddled.log = altered;
    meddled.must_find_anchor(Fault::AnchorLogDiffers, 2).await;
    // A log that began after the first anchor was made elsewhere is not this desk's.
    meddled.log = String::new();
    meddled.must_find_anchor(Fault::AnchorLogDiffers, 1).await;
}

#[tokio::test]
async fn a_log_that_ends_early_is_told_and_broken_off_lines_are_passed_over() {
    let mut meddled = Meddled::new().await;
    meddled.anchor().await;
    let first = meddled.log.clone();
    for number in 5..=6 {
        meddled.note(&meddled.first, number).await;
        meddled.anchor().await;
    }
    let whole = meddled.log.clone();
    meddled.log = first.clone();
    assert_eq!(meddled.verify_with_log().await.unwrap().unnoted, 2);
    let half = &whole[first.len()..first.len() + 40];
    meddled.log = format!("{first}{half}\n{}", &whole[first.len()..]);
    assert_eq!(meddled.verify_with_log().await.unwrap().unnoted, 0);
}
