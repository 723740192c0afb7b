//! Absences from a calendar: new, moved and removed ones, beside what people entered and changed by hand.

use chrono::{Days, NaiveDate};
use entities::absence::feed::{self, EndFeed, Failure, SetFeed, Span, TakeFeed};
use entities::absence::{
    AbsenceFacts, Absentee, CancelAbsence, ChangeAbsence, EnterAbsence, Source, list,
};
use entities::permit::Protected as _;
use entities::person::OwnAccount;
use entities::{Actor, DeskError, Permit, Rejected, Rule, Uuid};
use support::desk::{Persona, TestDesk};

const FEED: Actor = Actor::System(Rule::AbsenceFeed);

fn in_days(desk: &TestDesk, days: i64) -> NaiveDate {
    let today = entities::clock::day(desk.db.clock().now());
    match u64::try_from(days) {
        Ok(days) => today.checked_add_days(Days::new(days)).unwrap(),
        Err(_) => today
            .checked_sub_days(Days::new(days.unsigned_abs()))
            .unwrap(),
    }
}

/// An entry of a calendar, from and to so many days from today.
fn span(desk: &TestDesk, key: &str, from: i64, to: i64) -> Span {
    Span {
        key: key.to_owned(),
        from_on: in_days(desk, from),
        to_on: in_days(desk, to),
    }
}

async fn take(
    desk: &TestDesk,
    who: &Persona,
    spans: &[Span],
    keeps_deputies: bool,
) -> entities::Result<()> {
    let absentee = Absentee::find(&desk.db, &FEED, &who.id.to_string()).await?;
    let command = TakeFeed {
        spans: spans.to_vec(),
        keeps_deputies,
    };
    desk.db
        .change(Permit::ask(&FEED, absentee)?, command)
        .await?;
    Ok(())
}

async fn reads(desk: &TestDesk, who: &Persona, spans: &[Span]) {
    take(desk, who, spans, true).await.unwrap();
}

async fn me(desk: &TestDesk, who: &Persona) -> (Actor, Absentee) {
    let actor = who.actor().await;
    let absentee = Absentee::find(&desk.db, &actor, "").await.unwrap();
    (actor, absentee)
}

/// What is not over: first and last day from today, and where it is known from.
async fn away(desk: &TestDesk, who: &Persona) -> Vec<(i64, i64, Source)> {
    let (actor, absentee) = me(desk, who).await;
    let today = in_days(desk, 0);
    let all = list::of(&desk.db, &actor, &absentee).await.unwrap();
    let days = |on: NaiveDate| on.signed_duration_since(today).num_days();
    let all = all
        .iter()
        .map(|one| (days(one.row.from_on), days(one.row.to_on), one.row.source));
    all.collect()
}

async fn first(desk: &TestDesk, who: &Persona) -> Uuid {
    let (actor, absentee) = me(desk, who).await;
    let all = list::of(&desk.db, &actor, &absentee).await.unwrap();
    all[0].row.id
}

async fn changes(desk: &TestDesk, who: &Persona, id: Uuid, facts: AbsenceFacts) {
    let (actor, absentee) = me(desk, who).await;
    let permit = Permit::ask(&actor, absentee).unwrap();
    let command = ChangeAbsence { id, facts };
    desk.db.change(permit, command).await.unwrap();
}

async fn ends(desk: &TestDesk, who: &Persona, id: Uuid) {
    let (actor, absentee) = me(desk, who).await;
    let permit = Permit::ask(&actor, absentee).unwrap();
    desk.db.change(permit, CancelAbsence { id }).await.unwrap();
}

async fn enters(desk: &TestDesk, who: &Persona, from: i64, to: i64) {
    let (actor, absentee) = me(desk, who).await;
    let permit = Permit::ask(&actor, absentee).unwrap();
    let facts = AbsenceFacts::days(in_days(desk, from), in_days(desk, to));
    let command = EnterAbsence { facts, once: None };
    desk.db.change(permit, command).await.unwrap();
}

async fn events(desk: &TestDesk, who: &Persona) -> i64 {
    let sql = "SELECT count(*) AS n FROM event WHERE subject_id = $1";
    desk.database().number(sql, vec![who.id.into()]).await
}

#[tokio::test]
async fn what_a_calendar_says_is_entered_once_and_what_was_entered_by_hand_stays() {
    let desk = TestDesk::new().await;
    let tobias = desk.agent("Tobias Reuter").await;
    enters(&desk, &tobias, 10, 14).await;
    let spans = [
        span(&desk, "a", 3, 5),
        // Lies within what is known by hand.
        span(&desk, "b", 11, 12),
        // Lies within another entry.
        span(&desk, "c", 4, 4),
        span(&desk, "d", 13, 20),
    ];
    reads(&desk, &tobias, &spans).await;
    let known = [
        (3, 5, Source::Feed),
        (10, 14, Source::Oneself),
        (13, 20, Source::Feed),
    ];
    assert_eq!(away(&desk, &tobias).await, known);
    let before = events(&desk, &tobias).await;
    reads(&desk, &tobias, &spans).await;
    assert_eq!(events(&desk, &tobias).await, before, "nothing new");
    reads(&desk, &tobias, &[]).await;
    assert_eq!(away(&desk, &tobias).await, [(10, 14, Source::Oneself)]);
    desk.must_verify().await;
}

#[tokio::test]
async fn a_moved_entry_moves_its_absence_and_keeps_whom_it_names() {
    let desk = TestDesk::new().await;
    let tobias = desk.agent("Tobias Reuter").await;
    let annika = desk.agent("Annika Brandt").await;
    reads(&desk, &tobias, &[span(&desk, "a", 3, 5)]).await;
    let id = first(&desk, &tobias).await;
    let named = AbsenceFacts {
        deputy_id: Some(annika.id),
        ..AbsenceFacts::days(in_days(&desk, 3), in_days(&desk, 4))
    };
    changes(&desk, &tobias, id, named).await;
    // The calendar says what it said before, so the days of the person hold.
    reads(&desk, &tobias, &[span(&desk, "a", 3, 5)]).await;
    assert_eq!(away(&desk, &tobias).await, [(3, 4, Source::Feed)]);
    reads(&desk, &tobias, &[span(&desk, "a", 8, 9)]).await;
    assert_eq!(away(&desk, &tobias).await, [(8, 9, Source::Feed)]);
    let (actor, absentee) = me(&desk, &tobias).await;
    let moved = list::one(&desk.db, &actor, &absentee, id).await.unwrap();
    assert_eq!(moved.row.deputy_id, Some(annika.id));
    desk.console(entities::person::Retire::of(annika.id)).await;
    let again = [span(&desk, "a", 9, 10)];
    let refused = take(&desk, &tobias, &again, true).await;
    assert!(
        matches!(refused, Err(DeskError::Rejected(_))),
        "{refused:?}"
    );
    take(&desk, &tobias, &again, false).await.unwrap();
    let moved = list::one(&desk.db, &actor, &absentee, id).await.unwrap();
    assert_eq!(moved.row.deputy_id, None, "whoever stands in anyway");
    desk.must_verify().await;
}

#[tokio::test]
async fn what_is_removed_is_cancelled_from_today_on_and_what_has_passed_stays() {
    let desk = TestDesk::new().await;
    let tobias = desk.agent("Tobias Reuter").await;
    let spans = [
        span(&desk, "running", -2, 3),
        span(&desk, "short", -3, 0),
        span(&desk, "later", 8, 9),
    ];
    reads(&desk, &tobias, &spans).await;
    desk.pass(chrono::Duration::days(2));
    let later = [span(&desk, "later", 6, 7)];
    reads(&desk, &tobias, &later).await;
    assert_eq!(away(&desk, &tobias).await, [(6, 7, Source::Feed)]);
    #[derive(Debug, PartialEq, Eq, sea_orm::FromQueryResult)]
    struct Row {
        feed_key: String,
        to_on: NaiveDate,
        cancelled: i32,
    }
    let sql = "SELECT feed_key, to_on, CASE WHEN cancelled_at IS NULL THEN 0 ELSE 1 END AS cancelled FROM absence \
               WHERE person_id = $1 ORDER BY feed_key";
    let rows = desk.database().rows::<Row>(sql, vec![tobias.id.into()]);
    let rows: Vec<_> = rows
        .await
        .into_iter()
        .map(|row| (row.feed_key, row.to_on, row.cancelled))
        .collect();
    let known = [
        ("later", in_days(&desk, 7), 0),
        ("running", in_days(&desk, -1), 0),
        ("short", in_days(&desk, -2), 0),
    ];
    let known = known.map(|(key, on, cancelled)| (key.to_owned(), on, cancelled));
    assert_eq!(rows, known);
    reads(&desk, &tobias, &[]).await;
    assert_eq!(away(&desk, &tobias).await, []);
    desk.must_verify().await;
}

#[tokio::test]
async fn what_a_calendar_shows_again_after_it_was_gone_counts_again_with_whom_it_names() {
    let desk = TestDesk::new().await;
    let tobias = desk.agent("Tobias Reuter").await;
    let annika = desk.agent("Annika Brandt").await;
    let spans = [span(&desk, "running", -1, 5), span(&desk, "later", 8, 9)];
    reads(&desk, &tobias, &spans).await;
    let (actor, absentee) = me(&desk, &tobias).await;
    let all = list::of(&desk.db, &actor, &absentee).await.unwrap();
    let named = AbsenceFacts {
        deputy_id: Some(annika.id),
        ..AbsenceFacts::days(in_days(&desk, 8), in_days(&desk, 9))
    };
    changes(&desk, &tobias, all[1].row.id, named).await;
    reads(&desk, &tobias, &[]).await;
    assert_eq!(away(&desk, &tobias).await, []);
    reads(&desk, &tobias, &spans).await;
    let known = [(0, 5, Source::Feed), (8, 9, Source::Feed)];
    assert_eq!(away(&desk, &tobias).await, known, "what has passed stays");
    let all = list::of(&desk.db, &actor, &absentee).await.unwrap();
    assert_eq!(all[1].row.deputy_id, Some(annika.id));
    let before = events(&desk, &tobias).await;
    reads(&desk, &tobias, &spans).await;
    assert_eq!(events(&desk, &tobias).await, before, "nothing new");
    desk.must_verify().await;
}

#[tokio::test]
async fn who_is_back_stays_so_until_the_calendar_says_something_new() {
    let desk = TestDesk::new().await;
    let tobias = desk.agent("Tobias Reuter").await;
    let spans = [span(&desk, "a", -1, 5), span(&desk, "b", 8, 9)];
    reads(&desk, &tobias, &spans).await;
    let id = first(&desk, &tobias).await;
    ends(&desk, &tobias, id).await;
    let id = first(&desk, &tobias).await;
    ends(&desk, &tobias, id).await;
    reads(&desk, &tobias, &spans).await;
    assert_eq!(away(&desk, &tobias).await, []);
    let moved = [span(&desk, "a", -1, 6), span(&desk, "b", 9, 10)];
    reads(&desk, &tobias, &moved).await;
    let known = [(0, 6, Source::Feed), (9, 10, Source::Feed)];
    assert_eq!(away(&desk, &tobias).await, known, "what has passed stays");
    desk.must_verify().await;
}

#[tokio::test]
async fn a_calendar_is_read_by_one_once_an_hour_and_its_failures_stand_beside_it() {
    let desk = TestDesk::new().await;
    let tobias = desk.agent("Tobias Reuter").await;
    let actor = tobias.actor().await;
    let set = async |words: &str| {
        let own = OwnAccount::find(&desk.db, &actor, "").await.unwrap();
        let permit = Permit::ask(&actor, own).unwrap();
        let command = SetFeed {
            address: feed::seal(&desk.db, "https://cloud.example/geheim.ics"),
            words: vec![words.to_owned()],
        };
        desk.db.change(permit, command).await.map(|_| ())
    };
    let long = set(&"x".repeat(feed::LONGEST_WORD + 1)).await;
    assert!(matches!(long, Err(DeskError::Rejected(Rejected::TooLong))));
    assert_eq!(feed::own(&desk.db, &actor).await.unwrap(), None);
    set("Urlaub").await.unwrap();
    let due = feed::take_due(&desk.db).await.unwrap().unwrap();
    assert_eq!(
        due.address(&desk.db).as_deref(),
        Some("https://cloud.example/geheim.ics")
    );
    assert!(!due.address.contains("cloud"), "it lies sealed");
    assert_eq!(feed::take_due(&desk.db).await.unwrap(), None);
    let failed = Err((Failure::Status, Some(404)));
    feed::note(&desk.db, &due, &failed).await.unwrap();
    let state = async || {
        let shown = feed::own(&desk.db, &actor).await.unwrap().unwrap();
        shown.state.unwrap()
    };
    let told = state().await;
    assert_eq!(
        (told.failure, told.status),
        (Some(Failure::Status), Some(404))
    );
    assert_eq!(told.success_at, None);
    desk.pass(chrono::Duration::minutes(61));
    let due = feed::take_due(&desk.db).await.unwrap().unwrap();
    feed::note(&desk.db, &due, &Ok(3)).await.unwrap();
    let told = state().await;
    assert_eq!((told.failure, told.status, told.found), (None, None, 3));
    assert!(told.success_at.is_some());
    // Another calendar begins anew, and nobody reads one of somebody who left.
    desk.pass(chrono::Duration::minutes(2));
    set("Abwesend").await.unwrap();
    let shown = feed::own(&desk.db, &actor).await.unwrap().unwrap();
    assert_eq!(shown.state, None);
    assert_eq!(shown.feed.words(), ["Abwesend"]);
    let own = OwnAccount::find(&desk.db, &actor, "").await.unwrap();
    let permit = Permit::ask(&actor, own).unwrap();
    desk.db.change(permit, EndFeed).await.unwrap();
    assert_eq!(feed::take_due(&desk.db).await.unwrap(), None);
    set("Urlaub").await.unwrap();
    let rows = async || {
        let sql = "SELECT count(*) AS n FROM absence_feed WHERE person_id = $1";
        desk.database().number(sql, vec![tobias.id.into()]).await
    };
    assert_eq!(rows().await, 1);
    desk.console(entities::person::Retire::of(tobias.id)).await;
    assert_eq!(feed::take_due(&desk.db).await.unwrap(), None);
    assert_eq!(rows().await, 0, "its address opens a person's calendar");
    desk.must_verify().await;
}

#[tokio::test]
async fn whoever_sets_a_calendar_anew_does_not_have_it_read_more_often() {
    let desk = TestDesk::new().await;
    let tobias = desk.agent("Tobias Reuter").await;
    let actor = tobias.actor().await;
    let set = async || {
        let own = OwnAccount::find(&desk.db, &actor, "").await.unwrap();
        let permit = Permit::ask(&actor, own).unwrap();
        let command = SetFeed {
            address: feed::seal(&desk.db, "https://cloud.example/geheim.ics"),
            words: vec![],
        };
        desk.db.change(permit, command).await.unwrap();
        feed::own(&desk.db, &actor).await.unwrap().unwrap().feed
    };
    let first = set().await;
    assert!(feed::claim(&desk.db, &first).await.unwrap());
    assert!(!feed::claim(&desk.db, &first).await.unwrap());
    let second = set().await;
    assert!(!feed::claim(&desk.db, &second).await.unwrap());
    assert_eq!(feed::take_due(&desk.db).await.unwrap(), None);
    desk.pass(chrono::Duration::minutes(1));
    let due = feed::take_due(&desk.db).await.unwrap();
    assert_eq!(due, Some(second));
    desk.must_verify().await;
}
