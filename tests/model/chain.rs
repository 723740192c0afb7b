//! Whatever is altered, moved or removed in a chain is found, in the right ticket, at the right number.

use entities::history::{Fault, SubjectKind, seal};
use sea_orm::Iterable as _;

use super::meddling::Meddled;

#[tokio::test]
async fn an_untouched_history_holds() {
    let mut meddled = Meddled::new().await;
    meddled.anchor().await;
    meddled.note(&meddled.first, 5).await;
    meddled.anchor().await;
    let verified = meddled.verify_with_log().await.unwrap();
    // Eight roles, six activities, a calendar and a mailbox come with every desk.
    assert_eq!((verified.events, verified.subjects), (29, 18));
    assert_eq!(verified.anchors, 2);
}

#[tokio::test]
async fn every_altered_column_is_found() {
    let alterations = [
        "payload = '{}'",
        "payload = payload || ' '",
        "name = 'received'",
        "rule = 'import'",
        "rule = NULL",
        "actor_id = subject_id",
        "on_behalf_of_id = subject_id",
        "subject_kind = 'person'",
        "previous_hash = hash",
        "hash = previous_hash",
    ];
    let meddled = Meddled::new().await;
    let second = || vec![meddled.second.id.into()];
    let keep = "CREATE TABLE kept AS SELECT * FROM event";
    meddled.desk.database().execute(keep, vec![]).await;
    for alteration in alterations {
        let sql = format!("UPDATE event SET {alteration} WHERE subject_id = $1 AND number = 4");
        meddled.sql(&sql, second()).await;
        meddled.must_find(Fault::Altered, &meddled.second, 4).await;
        let here = seal(&meddled.desk.db, meddled.second.id).await.unwrap();
        assert_eq!(here.broken_at, Some(4), "{alteration}");
        meddled.sql("DELETE FROM event", vec![]).await;
        meddled
            .sql("INSERT INTO event SELECT * FROM kept", vec![])
            .await;
    }
    meddled.verify().await.unwrap();
}

#[tokio::test]
async fn an_altered_instant_is_found() {
    let meddled = Meddled::new().await;
    let later = meddled.desk.db.clock().now() + chrono::Duration::seconds(1);
    let sql = "UPDATE event SET at = $2 WHERE subject_id = $1 AND number = 1";
    meddled
        .sql(sql, vec![meddled.first.id.into(), later.into()])
        .await;
    meddled.must_find(Fault::Altered, &meddled.first, 1).await;
}

#[tokio::test]
async fn swapped_events_are_found() {
    let meddled = Meddled::new().await;
    for (from, to) in [(2, -1), (3, 2), (-1, 3)] {
        let sql =
            format!("UPDATE event SET number = {to} WHERE subject_id = $1 AND number = {from}");
        meddled.sql(&sql, vec![meddled.second.id.into()]).await;
    }
    meddled.must_find(Fault::Altered, &meddled.second, 2).await;
}

#[tokio::test]
async fn swapped_contents_are_found() {
    let meddled = Meddled::new().await;
    let sql = "UPDATE event SET payload = (SELECT o.payload FROM event o WHERE o.subject_id = $1 AND o.number = 7 - event.number) \
               WHERE subject_id = $1 AND number IN (3, 4)";
    meddled.sql(sql, vec![meddled.second.id.into()]).await;
    meddled.must_find(Fault::Altered, &meddled.second, 3).await;
}

#[tokio::test]
async fn an_event_moved_to_another_chain_is_found() {
    let move_it =
        "UPDATE event SET subject_id = $2, number = 7 WHERE subject_id = $1 AND number = 6";
    let meddled = Meddled::new().await;
    let (first, second) = (&meddled.first, &meddled.second);
    meddled
        .sql(move_it, vec![second.id.into(), first.id.into()])
        .await;
    // It is where it does not belong, and its own chain misses it; the first of both is told.
    meddled.must_find(Fault::Altered, first, 7).await;
    let seal = seal(&meddled.desk.db, second.id).await.unwrap();
    assert_eq!(seal.broken_at, Some(6));

    let meddled = Meddled::new().await;
    let (first, second) = (&meddled.first, &meddled.second);
    meddled
        .sql(move_it, vec![first.id.into(), second.id.into()])
        .await;
    meddled.must_find(Fault::Missing, first, 6).await;
}

#[tokio::test]
async fn a_copied_event_is_found() {
    let meddled = Meddled::new().await;
    let sql = "INSERT INTO event (subject_kind, subject_id, number, at, actor_id, on_behalf_of_id, rule, name, payload, previous_hash, hash) \
               SELECT subject_kind, subject_id, 7, at, actor_id, on_behalf_of_id, rule, name, payload, previous_hash, hash \
               FROM event WHERE subject_id = $1 AND number = 6";
    meddled.sql(sql, vec![meddled.second.id.into()]).await;
    meddled.must_find(Fault::Altered, &meddled.second, 7).await;
}

#[tokio::test]
async fn an_event_removed_from_the_middle_is_found() {
    let meddled = Meddled::new().await;
    let sql = "DELETE FROM event WHERE subject_id = $1 AND number = 3";
    meddled.sql(sql, vec![meddled.second.id.into()]).await;
    meddled.must_find(Fault::Missing, &meddled.second, 3).await;
}

#[tokio::test]
async fn an_event_removed_and_its_followers_renumbered_is_found() {
    let meddled = Meddled::new().await;
    let id = || vec![meddled.second.id.into()];
    let delete = "DELETE FROM event WHERE subject_id = $1 AND number = 3";
    meddled.sql(delete, id()).await;
    for number in 4..=6 {
        let sql = format!(
            "UPDATE event SET number = number - 1 WHERE subject_id = $1 AND number = {number}"
        );
        meddled.sql(&sql, id()).await;
    }
    meddled.must_find(Fault::Altered, &meddled.second, 3).await;
}

#[tokio::test]
async fn a_cut_end_is_found() {
    let meddled = Meddled::new().await;
    let sql = "DELETE FROM event WHERE subject_id = $1 AND number > 4";
    meddled.sql(sql, vec![meddled.second.id.into()]).await;
    meddled.must_find(Fault::Missing, &meddled.second, 5).await;
}

#[tokio::test]
async fn a_cut_end_with_a_fitting_head_is_found() {
    let meddled = Meddled::new().await;
    let id = || vec![meddled.second.id.into()];
    let cut = "DELETE FROM event WHERE subject_id = $1 AND number > 4";
    meddled.sql(cut, id()).await;
    let head = "UPDATE head SET number = 4, hash = (SELECT e.hash FROM event e WHERE e.subject_id = $1 AND e.number = 4) \
                WHERE subject_id = $1";
    meddled.sql(head, id()).await;
    meddled
        .must_find(Fault::HeadAltered, &meddled.second, 4)
        .await;
}

#[tokio::test]
async fn a_removed_head_is_found() {
    let meddled = Meddled::new().await;
    let sql = "DELETE FROM head WHERE subject_id = $1";
    meddled.sql(sql, vec![meddled.second.id.into()]).await;
    meddled
        .must_find(Fault::HeadMissing, &meddled.second, 7)
        .await;
}

#[tokio::test]
async fn the_head_of_another_ticket_is_found() {
    let meddled = Meddled::new().await;
    let sql = "UPDATE head SET hash = (SELECT h.hash FROM head h WHERE h.subject_id = $2), \
               mac = (SELECT h.mac FROM head h WHERE h.subject_id = $2) WHERE subject_id = $1";
    let values = vec![meddled.second.id.into(), meddled.first.id.into()];
    meddled.sql(sql, values).await;
    meddled
        .must_find(Fault::HeadAltered, &meddled.second, 6)
        .await;
}

#[tokio::test]
async fn a_ticket_without_its_events_is_found() {
    let meddled = Meddled::new().await;
    let sql = "DELETE FROM event WHERE subject_id = $1";
    meddled.sql(sql, vec![meddled.first.id.into()]).await;
    meddled.must_find(Fault::Missing, &meddled.first, 1).await;
}

#[tokio::test]
async fn a_ticket_without_events_and_head_is_found() {
    let meddled = Meddled::new().await;
    for table in ["event", "head"] {
        let sql = format!("DELETE FROM {table} WHERE subject_id = $1");
        meddled.sql(&sql, vec![meddled.first.id.into()]).await;
    }
    meddled
        .must_find(Fault::HeadMissing, &meddled.first, 1)
        .await;
}

#[tokio::test]
async fn what_is_there_without_a_history_is_found_whatever_it_is() {
    let meddled = Meddled::new().await;
    let database = meddled.desk.database();
    for kind in SubjectKind::iter() {
        database.add_row(kind.table()).await;
        let found = meddled.verify().await;
        if kind.begins_with_an_event() {
            let broken = found.unwrap_err();
            assert_eq!(broken.kind, kind.name());
            assert_eq!((broken.fault, broken.number), (Fault::HeadMissing, 1));
        } else {
            found.unwrap();
        }
        let new = format!(
            "DELETE FROM \"{}\" WHERE id NOT IN (SELECT subject_id FROM head)",
            kind.table()
        );
        database.execute(&new, vec![]).await;
    }
}

#[tokio::test]
async fn the_place_is_named_as_people_know_it() {
    let meddled = Meddled::new().await;
    let sql = "UPDATE event SET payload = '{}' WHERE subject_id = $1 AND number = 2";
    meddled.sql(sql, vec![meddled.second.id.into()]).await;
    let broken = meddled.verify().await.unwrap_err();
    assert_eq!(broken.kind, "ticket");
    assert_eq!(broken.label, Some(meddled.second.number.clone()));
}
