//! What the desk asks while people sign in and vendors read: heard as it happens, and explained by the database.

use std::sync::{Arc, Mutex};

use entities::bulk::{self, Act, Tell, Wording};
use entities::db::{self, Heard};
use entities::one_time::{self, Purpose};
use entities::portal::Cursor;
use entities::session::{self, vouched};
use entities::sign_in::{self, Attempt, Seat, device, entry};
use entities::ticket::fault;
use entities::ticket::share::{VendorShare, known, read};
use entities::{Db, api_token, portal};
use sea_orm::Statement;
use support::desk::{ByNumber, TestDesk};

use crate::plan::Plan;

/// Tables that grow as long as the desk lives.
const GROWING: [&str; 15] = [
    "api_token",
    "attachment",
    "event",
    "justification",
    "known_device",
    "link",
    "message",
    "one_time_link",
    "outbound_mail",
    "session",
    "sign_in_entry",
    "ticket",
    "vendor_number",
    "vendor_share",
    "watch",
];

/// The same database, remembering what is asked of it.
struct Ear {
    db: Db,
    said: Arc<Mutex<Vec<Statement>>>,
}

impl Ear {
    async fn at(desk: &TestDesk) -> Ear {
        let said: Arc<Mutex<Vec<Statement>>> = Arc::default();
        let notes = said.clone();
        let db = Db::open(db::Options {
            url: desk.database().url().to_owned(),
            connections: 4,
            blobs: desk.config.files.clone(),
            key: desk.db.key().clone(),
            heard: Some(Heard::by(move |statement, _| {
                notes.lock().unwrap().push(statement.clone());
            })),
        });
        Ear {
            db: db.await.unwrap(),
            said,
        }
    }

    /// What was asked since, as far as it reads or changes rows.
    fn take(&self) -> Vec<Statement> {
        let mut said = std::mem::take(&mut *self.said.lock().unwrap());
        let reads = |s: &Statement| {
            let begins = |word: &str| s.sql.trim_start().starts_with(word);
            ["SELECT", "WITH", "UPDATE", "DELETE"]
                .into_iter()
                .any(begins)
        };
        said.retain(reads);
        said.dedup_by(|one, other| one.sql == other.sql);
        said
    }
}

/// The names a statement gives the growing tables it reads.
fn names(sql: &str) -> Vec<String> {
    let bare = sql.replace('"', "");
    let words: Vec<&str> = bare.split_whitespace().collect();
    let mut names = Vec::new();
    for pair in words.windows(2) {
        let [before, table] = pair else { continue };
        let is_read = ["FROM", "JOIN", "UPDATE"].contains(before);
        if is_read && GROWING.contains(&table.trim_end_matches([')', ','])) {
            names.push(table.trim_end_matches([')', ',']).to_owned());
        }
    }
    for three in words.windows(3) {
        let [_, table, alias] = three else { continue };
        if GROWING.contains(table) && alias.len() <= 5 {
            names.push((*alias).to_owned());
        }
    }
    names
}

/// Explains everything that was asked; nothing reads a growing table from end to end.
async fn must_search(desk: &TestDesk, said: Vec<Statement>) -> Vec<(String, Plan)> {
    assert!(!said.is_empty());
    let mut plans = Vec::new();
    for statement in said {
        let sql = statement.sql.clone();
        let plan = Plan::of(desk, statement).await;
        for name in names(&sql) {
            assert!(!plan.reads_all(&name), "{sql}\n{plan:#?}");
        }
        plans.push((sql, plan));
    }
    plans
}

#[test]
fn the_names_of_growing_tables_are_found_in_a_statement() {
    let sql = "SELECT s.id FROM vendor_share s JOIN ticket t ON t.id = s.ticket_id WHERE s.id = $1";
    assert_eq!(names(sql), ["vendor_share", "ticket", "s", "t"]);
    let sql = "UPDATE one_time_link SET used_at = $3 WHERE hash = $1";
    assert!(names(sql).contains(&"one_time_link".to_owned()));
    assert!(names("SELECT \"name\" FROM \"team\"").is_empty());
}

#[tokio::test]
async fn signing_in_and_what_follows_is_found_by_indexes() {
    let desk = TestDesk::new().await;
    let petra = desk
        .administrator()
        .with_password("Leuchtturm am Wattenmeer")
        .await;
    let actor = petra.actor().await;
    let ear = Ear::at(&desk).await;
    let db = &ear.db;
    let limits = sign_in::Limits {
        per_account: 5,
        per_address: 50,
        window: chrono::Duration::minutes(15),
    };
    let seat = Seat {
        browser: "Firefox",
        address: "192.0.2.7",
        device: None,
    };
    let attempt = Attempt {
        email: &petra.email,
        password: "Leuchtturm am Wattenmeer",
    };
    sign_in::sign_in(db, attempt, seat, limits).await.unwrap();
    let opened = sign_in::let_in(db, petra.id, entry::Way::Password, seat).await;
    let opened = opened.unwrap();
    sign_in::let_in(db, petra.id, entry::Way::Password, seat)
        .await
        .unwrap();
    let known = Seat {
        device: Some(&opened.device),
        ..seat
    };
    sign_in::sign_in(db, attempt, known, limits).await.unwrap();
    let lasts = session::Limits {
        idle: chrono::Duration::hours(8),
        absolute: chrono::Duration::hours(12),
    };
    let token = opened.started.token.as_str();
    assert!(session::find(db, token, lasts).await.unwrap().is_some());
    assert_eq!(session::of(db, petra.id).await.unwrap().len(), 2);
    vouched::of(db, token).await.unwrap();
    vouched::take_due(db).await.unwrap();
    let first = entry::of_person(db, &actor, petra.id, None, 1)
        .await
        .unwrap();
    entry::of_person(db, &actor, petra.id, first.next.as_ref(), 1)
        .await
        .unwrap();
    entry::of_provider(db, &actor, petra.id, 20).await.unwrap();
    let word = one_time::make(db, Purpose::ResetPassword, petra.id).await;
    let word = word.unwrap();
    let whose = one_time::whose(db, Purpose::ResetPassword, &word).await;
    assert_eq!(whose.unwrap(), Some(petra.id));
    one_time::use_up(db, Purpose::ResetPassword, &word)
        .await
        .unwrap();
    one_time::sweep(db).await.unwrap();
    assert!(
        api_token::actor(db, "lotse_nichts")
            .await
            .unwrap()
            .is_none()
    );
    api_token::of(db, &actor, petra.id).await.unwrap();
    entry::sweep(db).await.unwrap();
    device::sweep(db).await.unwrap();
    session::end_others(db, petra.id, &[]).await.unwrap();
    session::end(db, token).await.unwrap();
    let plans = must_search(&desk, ear.take()).await;
    let ordered = |sql: &str| sql.contains("FROM sign_in_entry e") && sql.contains("ORDER BY");
    let lists: Vec<_> = plans.iter().filter(|(sql, _)| ordered(sql)).collect();
    assert_eq!(lists.len(), 3);
    for (sql, plan) in lists {
        assert!(!plan.sorts(), "{sql}\n{plan:#?}");
    }
}

#[tokio::test]
async fn what_is_shared_is_found_by_indexes_on_both_sides() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let annika = annika.actor().await;
    let service = desk.service("KITA-Netz", team).await;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let sabine = desk.requester("Sabine Kowalke").await;
    let mut shares = Vec::new();
    for title in ["Bescheid bricht ab", "Gutschein fehlt"] {
        let ticket = desk.ticket(title).from(&sabine).about(service);
        let ticket = ticket.in_team(team).await;
        shares.push(desk.share(&ticket, nordlicht).await);
    }
    let jonas = desk.vendor_user("Jonas Ehlers").of(nordlicht).await;
    let jonas = jonas.actor().await;
    let ticket = desk.read(shares[0].ticket_id).await;
    let ear = Ear::at(&desk).await;
    let db = &ear.db;
    let vendor = portal::enter(db, &jonas).await.unwrap();
    let first = vendor.lines(None, 1).await.unwrap();
    let next: Option<&Cursor> = first.next.as_ref();
    assert_eq!(vendor.lines(next, 1).await.unwrap().rows.len(), 1);
    let lists = must_search(&desk, ear.take()).await;
    for (sql, plan) in &lists {
        if sql.contains("ORDER BY s.last_message_at") {
            assert!(plan.uses("vendor_share_of") && !plan.sorts(), "{plan:#?}");
        }
    }
    vendor.open_count().await.unwrap();
    vendor.case(&ticket.number).await.unwrap();
    vendor.contacts().await.unwrap();
    vendor.plan().await.unwrap();
    use entities::permit::Protected;
    VendorShare::find(db, &jonas, &ticket.number).await.unwrap();
    read::rows(db, &ticket).await.unwrap();
    read::with(db, &ticket, nordlicht).await.unwrap();
    read::one(db, &ticket, shares[0].id).await.unwrap();
    read::usual_vendor(db, Some(service)).await.unwrap();
    read::usual_addresses(db, nordlicht).await.unwrap();
    read::mails(db, &shares[0]).await.unwrap();
    known::known(db, &annika, &ticket, Some(nordlicht), None)
        .await
        .unwrap();
    must_search(&desk, ear.take()).await;
}

#[tokio::test]
async fn whom_a_fault_concerns_is_found_and_told_by_indexes() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let annika = annika.actor().await;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let sabine = desk.requester("Sabine Kowalke").await;
    let ticket = desk.ticket("Bescheid bricht ab").from(&sabine);
    let ticket = ticket.in_team(team).await;
    let share = desk.share(&ticket, nordlicht).await;
    let other = desk
        .ticket("Kein Bescheid")
        .from(&sabine)
        .in_team(team)
        .await;
    desk.hang(&other, &ticket).await;
    let share = desk.make_live(&share).await;
    let ticket = desk.read(ticket.id).await;
    let ear = Ear::at(&desk).await;
    let db = &ear.db;
    fault::concerned(db, &annika, &ticket).await.unwrap();
    let staged = bulk::stage_fault(db, &annika, &ticket, &share, "").await;
    let id = staged.unwrap().unwrap();
    let tell = Tell {
        share_id: share.id,
        wordings: [("de".to_owned(), Wording::default())].into(),
        language: "de".to_owned(),
        release: String::new(),
        solve: None,
        undo_seconds: 0,
    };
    let act = Act::Tell(Box::new(tell));
    bulk::choose(db, &annika, id, &act).await.unwrap();
    let bulk = bulk::find(db, &annika, id).await.unwrap();
    bulk::tell::languages(db, &bulk).await.unwrap();
    bulk::look::preview(db, &annika, &bulk, &act, &ByNumber)
        .await
        .unwrap();
    must_search(&desk, ear.take()).await;
}
