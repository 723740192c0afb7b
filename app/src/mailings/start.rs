//! Opening the tickets of a mailing behind the pages, and stopping that.

use entities::mailing::{self, State};
use entities::ticket::Open;
use poem::handler;
use serde::Deserialize;

use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Form;
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;
use crate::web::url;

/// What the preview showed: only that is begun.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RunForm {
    seen: String,
}

/// `POST /tickets/mailings/:sub/run`: twice is no fault.
#[handler]
pub async fn create(
    cx: Cx,
    _may: Permitted<Open>,
    Sub(id): Sub,
    Form(form): Form<RunForm>,
) -> Result<Swap> {
    mailing::find(&cx.db, &cx.actor, id).await?;
    if let Ok(seen) = form.seen.parse() {
        mailing::begin(&cx.db, &cx.actor, id, seen).await?;
    }
    Ok(Swap::go_to(cx.asks, url::mailing(id)))
}

/// `POST /tickets/mailings/:sub/stop`: discards what was not begun, stops what is under way.
#[handler]
pub async fn remove(cx: Cx, _may: Permitted<Open>, Sub(id): Sub) -> Result<Swap> {
    let mailing = mailing::find(&cx.db, &cx.actor, id).await?;
    mailing::stop(&cx.db, &cx.actor, id).await?;
    let to = match mailing.state {
        State::Staged => url::mailings(),
        _ => url::mailing(id),
    };
    Ok(Swap::go_to(cx.asks, to))
}
