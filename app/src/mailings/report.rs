//! Everybody a mailing gave no ticket, each with the reason, as a table to put right and paste again.

use entities::mailing;
use entities::ticket::Open;
use poem::{Response, handler};

use super::words;
use crate::error::Result;
use crate::export::cell::harmless;
use crate::web::bytes::saved_as;
use crate::web::cx::Cx;
use crate::web::permitted::{Permitted, Sub};

/// `GET /tickets/mailings/:sub/refused`.
#[handler]
pub async fn show(cx: Cx, _may: Permitted<Open>, Sub(id): Sub) -> Result<Response> {
    let mailing = mailing::find(&cx.db, &cx.actor, id).await?;
    let look = mailing::look(&cx.db, &cx.actor, &mailing).await?;
    let mut table = csv::WriterBuilder::new()
        .delimiter(b';')
        .from_writer("\u{feff}".as_bytes().to_vec());
    // Writing into memory cannot fail.
    let head = ["import-line", "mailing-lines", "import-why"];
    let _ = table.write_record(head.map(|key| cx.t(key)));
    for one in &look.refused {
        let line = one.line.map(|line| line.to_string()).unwrap_or_default();
        let why = words::refusal(&cx, one.why);
        let _ = table.write_record([line, harmless(&one.said), why]);
    }
    // Before it is settled they may still be given one.
    let settled = mailing.is_settled(cx.now.at);
    for one in look.open.iter().filter(|_| settled) {
        let line = one.line.map(|line| line.to_string()).unwrap_or_default();
        let _ = table.write_record([line, harmless(&one.said), cx.t("mailing-why-left")]);
    }
    let name = format!("{}.csv", cx.t("mailing-report-name"));
    let answer = saved_as("text/csv; charset=utf-8", &name);
    Ok(answer.body(table.into_inner().unwrap_or_default()))
}
