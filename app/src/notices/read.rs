//! Reading notices: those of a ticket or an article by looking at it, all of them by a button.

use entities::live::News;
use entities::notice;
use entities::{Instant, Uuid};
use poem::handler;
use serde::Deserialize;

use super::show::{Shown, notices};
use crate::error::Result;
use crate::web::bell::bell;
use crate::web::cx::Cx;
use crate::web::form::Form;
use crate::web::swap::Swap;
use crate::web::url;

/// Until when notices had come when the button was drawn, in microseconds.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReadForm {
    until: i64,
}

/// `POST /notices/read`: all that the reader has been shown.
#[handler]
pub async fn update(cx: Cx, Form(form): Form<ReadForm>) -> Result<Swap> {
    let until = Instant::from_timestamp_micros(form.until).unwrap_or(cx.now.at);
    notice::read_all(&cx.db, &cx.actor, until.min(cx.now.at)).await?;
    tell(&cx, cx.session.person_id);
    let shown = Shown::read(&cx, None).await?;
    let unread = cx.unread_notices().await?;
    Ok(Swap::or_go_to(cx.asks, url::notices())
        .morph("notices", notices(&cx, &shown))
        .morph("bell", bell(cx.locale, Some(unread))))
}

/// Whoever looks at a ticket or an article has read what it had to tell them.
pub async fn seen(cx: &Cx, subject_id: Uuid) -> Result<()> {
    if notice::read(&cx.db, &cx.actor, subject_id).await? {
        tell(cx, cx.session.person_id);
    }
    Ok(())
}

/// The other pages this person has open in this process; other processes hear of it by the database.
fn tell(cx: &Cx, person_id: Uuid) {
    cx.desk.live.tell(News::Changed(person_id));
}
