//! Finding: building the index, and searching by words as they are typed by people.

use std::time::Instant;

use crate::base::Base;
use crate::served::Served;
use crate::table::Table;
use crate::wrk;

/// What is looked for, as somebody would.
const SEARCHES: [(&str, &str); 5] = [
    ("search, two words", "/search?q=bescheid+zahllauf"),
    ("search, a typing error", "/search?q=gutschien+abbruch"),
    (
        "search, three facets chosen",
        "/search?q=bescheid&state=open&state=waiting&kind=ticket&year=2026",
    ),
    ("search, a phrase", "/search?q=%22bricht+ab%22"),
    ("search, half a compound", "/search?q=zahl+lauf"),
];
/// What a fragment of the page answers while somebody types.
const TYPED: [(&str, &str); 2] = [
    ("palette, three letters", "/palette?q=zah"),
    ("palette, a word and a half", "/palette?q=bescheid+dru"),
];

/// Builds the index as the command line does. The server that is measured then has nothing to build.
pub async fn build(base: &Base, table: &mut Table) {
    let begun = Instant::now();
    let output = base.lotse().args(["search", "reindex"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let seconds = begun.elapsed().as_secs_f64();
    let subjects = base
        .number("SELECT (SELECT count(*) FROM ticket) + (SELECT count(*) FROM article)")
        .await;
    let per_second = subjects as f64 / seconds;
    table.note(format!(
        "search index built in {seconds:.0} s, {per_second:.0} documents a second. {said}"
    ));
}

pub async fn measure(base: &Base, seconds: u32, table: &mut Table) {
    build(base, table).await;
    let served = base.serve().await;
    table.constant(wrk::get_as_nobody(&served, "/sign-in", seconds));
    ready(&served).await;
    for (name, path) in SEARCHES.into_iter().chain(TYPED) {
        served.get(path).await;
        table.row(name, wrk::get(&served, path, seconds), None);
    }
    table.note(format!("memory after searching: {}", served.memory()));
}

/// Waits until a search is answered.
async fn ready(served: &Served) {
    let begun = Instant::now();
    while !served
        .get("/search?q=bescheid")
        .await
        .contains("class=\"hit\"")
    {
        assert!(begun.elapsed().as_secs() < 60, "nothing is found");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}
