//! Pages that are only read, each beside its bare statements.

use std::time::Instant;

use entities::statistics;

use crate::articles;
use crate::base::{Base, Kind};
use crate::raw;
use crate::search;
use crate::served::Served;
use crate::table::Table;
use crate::writes;
use crate::wrk::{self, Found};

/// Lists by each order a column offers.
const SORTS: [(&str, &str); 4] = [
    ("changed", "-changed"),
    ("created", "-created"),
    ("priority", "-priority"),
    ("reminder", "reminder"),
];

/// A ticket with as many messages as most have, without pictures.
pub const TICKET: &str = "SELECT number FROM ticket WHERE message_count = 10 AND active \
    AND NOT EXISTS (SELECT 1 FROM attachment WHERE ticket_id = ticket.id) \
    ORDER BY changed_at DESC LIMIT 1";

/// The option of a choice that most open tickets hold.
fn commonest(kind: Kind) -> String {
    let id = match kind {
        Kind::Sqlite => "CASE typeof(ref_id) WHEN 'blob' THEN hex(ref_id) ELSE ref_id END",
        Kind::Postgres => "ref_id::text",
    };
    format!(
        "SELECT {id} FROM field_value WHERE field_id = (SELECT id FROM field WHERE key = 'impact') \
         AND active GROUP BY ref_id ORDER BY count(*) DESC LIMIT 1"
    )
}

pub async fn measure(base: &Base, seconds: u32, table: &mut Table) {
    articles::bring_in(base, table).await;
    search::build(base, table).await;
    analyse(base).await;
    let served = base.serve().await;
    table.note(format!("start to first page: {} ms", served.ready_ms));
    table.note(format!("memory after the start: {}", served.memory()));
    table.constant(wrk::get_as_nobody(&served, "/sign-in", seconds));
    let number = base.text(TICKET).await;
    let mut pages = vec![
        ("start page".to_owned(), "/".to_owned()),
        ("list of 50 with counts".to_owned(), "/tickets".to_owned()),
    ];
    for (name, sort) in SORTS {
        pages.push((format!("list by {name}"), format!("/tickets?sort={sort}")));
    }
    pages.push((
        "list of closed tickets".to_owned(),
        "/tickets?state=closed".to_owned(),
    ));
    // The commonest option there is, so that the list is walked and each ticket asked.
    let option = base.text(&commonest(base.kind)).await;
    pages.push((
        "list filtered and sorted by two fields".to_owned(),
        format!("/tickets?field=impact:{option}&sort=-f-wanted-by"),
    ));
    pages.push((
        "list of what lacks a needed field".to_owned(),
        "/tickets?lacking=fields".to_owned(),
    ));
    pages.push(("all view counts".to_owned(), "/views".to_owned()));
    pages.push(("check lists".to_owned(), "/checks".to_owned()));
    pages.push((
        "ticket, 10 messages".to_owned(),
        format!("/tickets/{number}"),
    ));
    pages.push((
        "history of a ticket".to_owned(),
        format!("/tickets/{number}/history"),
    ));
    pages.extend(articles::pages(base).await);
    let listener = raw::Listener::new(base, &served).await;
    for (name, path) in [
        ("all view counts", "/views"),
        ("list with counts and facets", "/tickets"),
    ] {
        counted_anew(base, &served, name, path, table).await;
    }
    for (name, path) in pages {
        served.get(&path).await;
        let bare_ms = listener.bare_ms(&path).await;
        table.row(&name, wrk::get(&served, &path, seconds), Some(bare_ms));
    }
    table.note(format!("memory after reading: {}", served.memory()));
}

/// A page right after somebody changed a ticket: for who looks first, all its numbers are counted anew.
async fn counted_anew(base: &Base, served: &Served, name: &str, path: &str, table: &mut Table) {
    const TIMES: usize = 100;
    let listener = raw::Listener::new(base, served).await;
    let bare_ms = listener.bare_ms_of_next(path).await;
    let mine = base.text(writes::MINE).await;
    let number = mine.split(' ').next().unwrap();
    let colleague = served.colleague().await;
    let (mut first, mut next) = (Vec::new(), Vec::new());
    for turn in 0..TIMES {
        let priority = ["high", "low"][turn % 2];
        let form = [("value".to_owned(), priority.to_owned())];
        served
            .post(&format!("/tickets/{number}/priority"), &form)
            .await;
        for (cookie, took) in [(&served.cookie, &mut first), (&colleague, &mut next)] {
            let begun = Instant::now();
            served.get_in(cookie, path).await;
            took.push(begun.elapsed());
        }
    }
    for (who, took, bare_ms) in [("first", first, Some(bare_ms)), ("next", next, None)] {
        let name = format!("{name}, after a change, the {who} who looks");
        table.row(&name, Found::one_by_one(took), bare_ms);
    }
}

/// What a database that lives longer, and a desk each night, do by themselves.
async fn analyse(base: &Base) {
    use sea_orm::ConnectionTrait as _;
    if base.kind == Kind::Sqlite {
        statistics::gather(&base.open().await.db).await.unwrap();
        return;
    }
    let on = base.connect().await;
    on.execute_unprepared("VACUUM ANALYZE").await.unwrap();
    on.close().await.unwrap();
}
