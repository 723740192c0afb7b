//! What an answer begins and ends with: the opening and the closing of its service, its team, or the desk.

use chrono::NaiveDate;
use entities::text_block::{self, BlockKind, Notice, fill};
use entities::ticket::Ticket;
use entities::{Actor, Db};

use super::offer::of_addresses;
use super::values::Values;
use crate::error::Result;
use crate::web::cx::Cx;

/// The opening and the closing of answers to a ticket on that day; empty where there is none.
pub async fn around(db: &Db, actor: &Actor, ticket: &Ticket, on: NaiveDate) -> Result<[Notice; 2]> {
    let first = async |kind: BlockKind| -> Result<Option<Notice>> {
        let kinds = [kind];
        let all = text_block::list::fitting(db, actor, ticket, &kinds, on).await?;
        let wording = all.first().and_then(|block| block.approved());
        Ok(wording.map(|wording| wording.notice))
    };
    let (opening, closing) = (
        first(BlockKind::Opening).await?,
        first(BlockKind::Closing).await?,
    );
    Ok([opening, closing].map(Option::unwrap_or_default))
}

/// The text an answer to these recipients begins with, and where it goes on: as browsers count.
pub async fn opening(cx: &Cx, ticket: &Ticket, to: &str) -> Result<Option<(String, usize)>> {
    let around = around(&cx.db, &cx.actor, ticket, cx.now.today()).await?;
    if around.iter().all(|notice| *notice == Notice::default()) {
        return Ok(None);
    }
    let locale = of_addresses(cx, to).await?;
    let texts = around.each_ref().map(|notice| notice.of(locale.code()));
    let values = Values::of_texts(cx, ticket, locale, &texts).await?;
    let said = texts.map(|text| fill(text, |name| values.value(name)).trim().to_owned());
    let [opening, closing] = said;
    let begin = match opening.as_str() {
        "" => String::new(),
        said => format!("{said}\n\n"),
    };
    let at = begin.encode_utf16().count();
    let end = match closing.as_str() {
        "" => String::new(),
        said => format!("\n\n{said}"),
    };
    Ok(Some((format!("{begin}{end}"), at)))
}
