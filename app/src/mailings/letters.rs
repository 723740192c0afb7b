//! From the tickets of a mailing to their letters: the page of a serial letter, with these tickets chosen.

use entities::mailing;
use entities::ticket::Open;
use poem::handler;

use super::list_of;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;
use crate::web::url;

/// `POST /tickets/mailings/:sub/letters`: twice leads to the same letters.
#[handler]
pub async fn create(cx: Cx, _may: Permitted<Open>, Sub(id): Sub) -> Result<Swap> {
    let bulk = mailing::letters(&cx.db, &cx.actor, id, &list_of(id)).await?;
    let to = bulk.map_or_else(|| url::mailing(id), url::bulk);
    Ok(Swap::go_to(cx.asks, to))
}
