//! What an answer begins and ends with: the opening and the closing of its service, its team, or the desk.

use entities::text_block::{Notice, fill};
use entities::ticket::Ticket;

use super::frame::Frame;
use super::offer::of_addresses;
use super::values::Values;
use crate::error::Result;
use crate::web::cx::Cx;

/// The text an answer to these recipients begins with, and where it goes on: as browsers count.
pub async fn opening(cx: &Cx, ticket: &Ticket, to: &str) -> Result<Option<(String, usize)>> {
    let frame = Frame::of(&cx.db, &cx.actor, ticket, cx.now.today()).await?;
    let around = [frame.opening, frame.closing];
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
