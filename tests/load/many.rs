//! What goes over many tickets at once: a bulk of a hundred, and whole lists as files.

use std::time::{Duration, Instant};

use crate::base::{Base, Kind};
use crate::served::{Served, after};
use crate::table::Table;

/// Tickets an agent may change.
const HUNDRED: &str = "FROM ticket WHERE active AND team_id IN (SELECT team_id FROM team_member \
    JOIN person ON person.id = person_id WHERE email = 'annika.brandt@servicedesk.example') \
    ORDER BY changed_at DESC LIMIT 100";

/// As often as the median needs.
const TIMES: usize = 5;

fn field(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

pub async fn measure(base: &Base, table: &mut Table) {
    let mut served = base.serve().await;
    bulk(base, &served, table).await;
    served.be_administrator().await;
    for format in ["csv", "xlsx"] {
        export(base, &served, format, table).await;
    }
}

async fn bulk(base: &Base, served: &Served, table: &mut Table) {
    let id = match base.kind {
        Kind::Sqlite => "lower(hex(id))",
        Kind::Postgres => "CAST(id AS text)",
    };
    let hundred =
        format!("SELECT string_agg(id, ' ') FROM (SELECT {id} AS id {HUNDRED}) AS newest");
    let ids = base.text(&hundred).await;
    let (mut previews, mut runs) = (Vec::new(), Vec::new());
    let mut count = 0;
    for turn in 0..TIMES {
        let mut form: Vec<_> = ids.split(' ').map(|id| field("id", id)).collect();
        count = form.len();
        form.push(field("do", "priority"));
        let sheet = location(&served.post("/tickets/bulk", &form).await);
        let value = ["high", "low"][turn % 2];
        served.post(&sheet, &[field("value", value)]).await;
        let begun = Instant::now();
        let preview = served.get(&sheet).await;
        previews.push(begun.elapsed());
        // A run before may have left them as this one wants them.
        let Some(seen) = after(&preview, "name=\"seen\" value=\"") else {
            continue;
        };
        let seen = seen.replace("&quot;", "\"");
        let begun = Instant::now();
        served
            .post(&format!("{sheet}/run"), &[field("seen", &seen)])
            .await;
        runs.push(begun.elapsed());
    }
    let ms = |mut all: Vec<Duration>| {
        all.sort_unstable();
        all[all.len() / 2].as_millis()
    };
    table.note(format!(
        "bulk of {count}: preview {} ms, done {} ms",
        ms(previews),
        ms(runs)
    ));
}

fn location(answer: &reqwest::Response) -> String {
    answer.headers()["location"].to_str().unwrap().to_owned()
}

/// Takes all tickets out, with all columns; the most memory meanwhile beside that before.
async fn export(base: &Base, served: &Served, format: &str, table: &mut Table) {
    let before = served.memory_mb();
    let all: Vec<String> = [
        "new", "open", "waiting", "vendor", "date", "solved", "closed",
    ]
    .iter()
    .map(|state| format!("state={state}"))
    .collect();
    let path = format!("/tickets/export?{}", all.join("&"));
    let begun = Instant::now();
    let form = [field("format", format), field("columns", "all")];
    let mut answer = served.post(&path, &form).await;
    let mut most = before;
    if format == "csv" {
        while answer.chunk().await.unwrap().is_some() {
            most = most.max(served.memory_mb());
        }
    }
    let mut seconds = begun.elapsed().as_secs_f64();
    // The end of what is fetched is noted behind its last byte.
    while base
        .number("SELECT count(*) FROM export WHERE state = 'running'")
        .await
        > 0
    {
        most = most.max(served.memory_mb());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    if format == "xlsx" {
        seconds = begun.elapsed().as_secs_f64();
    }
    let rows = format!(
        "SELECT CAST(coalesce(max(rows_done), 0) AS bigint) FROM export WHERE format = '{format}'"
    );
    let rows = base.number(&rows).await;
    let name = format!("export as {}, rows", format.to_uppercase());
    table.rate(&name, rows as f64 / seconds);
    table.note(format!(
        "{rows} rows as {}: {seconds:.1} s, memory {before} MB before, {most} MB at most",
        format.to_uppercase()
    ));
}
