//! Send a mail again that could not be delivered.

use entities::ticket::{SendAgain, show, thread};
use poem::handler;

use super::composer::sent::told;
use super::thread_entry::{Age, thread_entry};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;
use crate::web::url;

/// `POST /tickets/:key/messages/:sub/send-again`.
#[handler]
pub async fn create(cx: Cx, permit: Permitted<SendAgain>, Sub(id): Sub) -> Result<Swap> {
    let ticket = permit.on().clone();
    let message = thread::message(&cx.db, &ticket, id).await?;
    cx.db
        .change(permit.into_permit(), SendAgain { message })
        .await?;
    let ticket = show::by_id(&cx.db, &cx.actor, ticket.id).await?;
    let entry = thread::entry(&cx.db, &ticket, id).await?;
    let toast = told(&cx, &cx.t("reply-again"));
    if !cx.wants_fragment() {
        cx.tell_next(&toast).await?;
    }
    Ok(Swap::or_go_to(cx.asks, url::ticket(&ticket.number))
        .replace(
            &format!("message-{id}"),
            thread_entry(&cx, &ticket, &entry, Age::Known),
        )
        .append("toasts", toast))
}
