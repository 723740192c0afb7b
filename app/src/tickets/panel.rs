//! The panel of facts anew, with the head that shows some of them too.

use entities::ticket::Ticket;
use poem::handler;

use super::fact_form::refreshed;
use super::list_from::From;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::permitted::Seen;
use crate::web::swap::Swap;

/// `GET /tickets/:key/facts`.
#[handler]
pub async fn show(cx: Cx, Seen(ticket): Seen<Ticket>, Query(from): Query<From>) -> Result<Swap> {
    refreshed(&cx, &ticket, &from).await
}
