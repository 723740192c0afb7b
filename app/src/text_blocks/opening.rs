//! What an answer begins and ends with: the opening and the closing of its service, its team, or the desk.

use std::sync::Arc;

use entities::text_block::{self, BlockKind, Model, fill};
use entities::ticket::Ticket;

use super::offer::of_addresses;
use super::values::Values;
use crate::error::Result;
use crate::web::cx::Cx;

/// The text an answer to these recipients begins with, and where it goes on: as browsers count.
pub async fn opening(cx: &Cx, ticket: &Ticket, to: &str) -> Result<Option<(String, usize)>> {
    let first = async |kind: BlockKind| -> Result<Option<Arc<Model>>> {
        let kinds = [kind];
        let all =
            text_block::list::fitting(&cx.db, &cx.actor, ticket, &kinds, cx.now.today()).await?;
        Ok(all.into_iter().next())
    };
    let (opening, closing) = (
        first(BlockKind::Opening).await?,
        first(BlockKind::Closing).await?,
    );
    if opening.is_none() && closing.is_none() {
        return Ok(None);
    }
    let locale = of_addresses(cx, to).await?;
    let notice = |block: Option<Arc<Model>>| {
        let wording = block.and_then(|block| block.approved()).unwrap_or_default();
        wording.notice
    };
    let (opening, closing) = (notice(opening), notice(closing));
    let texts = [&opening, &closing].map(|notice| notice.of(locale.code()));
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
