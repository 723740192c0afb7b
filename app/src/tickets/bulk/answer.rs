//! Doing it, stopping it, taking it back: a small bulk within the request, a larger one behind the pages.

use chrono::Duration;
use entities::bulk::{self, Look, Model, Outcome, State, Verb, look};
use entities::{DeskError, Instant, Uuid};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::look::{Tense, summary};
use super::said::act_words;
use super::sheet::list_url;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{Form, csrf};
use crate::web::parts::{Stay, toast};
use crate::web::permitted::Sub;
use crate::web::swap::Swap;
use crate::web::url;

/// How long a request claims what it does; when it dies, the work behind the pages goes on.
const HOLD: Duration = Duration::minutes(1);

/// How long something can be taken back, as the person likes it for mails.
fn undo_time(cx: &Cx) -> Duration {
    Duration::seconds(i64::from(cx.session.preference.undo_seconds))
}

/// What the preview showed: only that is begun, so that nothing is done which nobody has seen.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RunForm {
    seen: String,
}

/// `POST /tickets/bulk/:sub/run`.
#[handler]
pub async fn run(cx: Cx, Sub(id): Sub, Form(form): Form<RunForm>) -> Result<Swap> {
    let until = until(&cx, id).await?;
    let begun = bulk::begin(&cx.db, &cx.actor, id, &form.seen, until).await?;
    go_on(&cx, id, begun.filter(|_| until.is_some())).await
}

/// `POST /tickets/bulk/:sub/undo`.
#[handler]
pub async fn undo(cx: Cx, Sub(id): Sub) -> Result<Swap> {
    let until = until(&cx, id).await?;
    let begun = bulk::undo(&cx.db, &cx.actor, id, until).await?;
    go_on(&cx, id, begun.filter(|_| until.is_some())).await
}

/// Until when this request claims a bulk; a large one is for the work behind the pages.
async fn until(cx: &Cx, id: Uuid) -> Result<Option<Instant>> {
    let bulk = bulk::find(&cx.db, &cx.actor, id).await?;
    // Letters may take seconds each.
    let is_quick = bulk.verb != Verb::Serial;
    let is_small = is_quick && look::count(&cx.db, &bulk).await? <= bulk::AT_ONCE;
    Ok(is_small.then(|| cx.now.at + HOLD))
}

/// Does what this request has begun, or shows what others do.
async fn go_on(cx: &Cx, id: Uuid, begun: Option<Model>) -> Result<Swap> {
    match begun {
        Some(begun) => finish(cx, &begun).await,
        None => Ok(Swap::go_to(cx.asks, url::bulk(id))),
    }
}

/// `POST /tickets/bulk/:sub/stop`.
#[handler]
pub async fn stop(cx: Cx, Sub(id): Sub) -> Result<Swap> {
    let found = bulk::find(&cx.db, &cx.actor, id).await?;
    bulk::stop(&cx.db, &cx.actor, id, undo_time(&cx)).await?;
    let to = match found.state {
        State::Staged => list_url(&found),
        _ => url::bulk(id),
    };
    Ok(Swap::go_to(cx.asks, to))
}

/// Does what was begun; back to the list when all went well, otherwise to what did not.
async fn finish(cx: &Cx, begun: &Model) -> Result<Swap> {
    let failure = loop {
        match bulk::go_on(&cx.db, &cx.actor, begun, &cx.desk).await {
            Ok(0) => break None,
            Ok(_) => {}
            Err(DeskError::Hidden | DeskError::Forbidden) => break Some("forbidden"),
            Err(error) => return Err(error.into()),
        }
    };
    bulk::end(&cx.db, begun, failure, undo_time(cx)).await?;
    let back = begun.state == State::Undoing;
    let look = look::result(&cx.db, &cx.actor, begun, back).await?;
    // Who was told, and who was not, is shown in any case.
    let is_told = begun.verb == Verb::Tell;
    let is_clean = failure.is_none() && look.count(Outcome::Refused) == 0 && !is_told;
    let to = match is_clean {
        true => list_url(begun).with("bulk", begun.id),
        false => url::bulk(begun.id),
    };
    Ok(Swap::go_to(cx.asks, to))
}

/// The bulk a list is come back to from.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct After {
    bulk: String,
}

/// What was done, over the list one comes back to, with the way back while there is one.
pub async fn after_toast(cx: &Cx, after: &After) -> Result<Markup> {
    let Ok(id) = Uuid::try_parse(&after.bulk) else {
        return Ok(html! {});
    };
    let bulk = match bulk::find(&cx.db, &cx.actor, id).await {
        Ok(bulk) => bulk,
        Err(DeskError::Hidden) => return Ok(html! {}),
        Err(error) => return Err(error.into()),
    };
    let back = bulk.state == State::Undone;
    let look = look::result(&cx.db, &cx.actor, &bulk, back).await?;
    let words = told(cx, &bulk, &look, back).await?;
    let Some(seconds) = bulk.undo_seconds(cx.now.at).filter(|_| !back) else {
        // An address that is opened again tells nothing anew.
        let is_new = bulk
            .ended_at
            .is_some_and(|at| at + Duration::seconds(20) > cx.now.at);
        return Ok(match is_new {
            true => toast(cx.locale, Stay::Seconds(8), &words, &html! {}),
            false => html! {},
        });
    };
    let way_back = html! {
        form action=(url::bulk_part(id, "undo")) method="post" {
            (csrf(&cx.session.csrf))
            button type="submit" { (cx.t("bulk-undo")) }
        }
    };
    Ok(toast(cx.locale, Stay::Firm(seconds), &words, &way_back))
}

async fn told(cx: &Cx, bulk: &Model, look: &Look, back: bool) -> Result<String> {
    if back {
        return Ok(summary(cx, bulk.verb, look, Tense::Back));
    }
    let act = match bulk.act() {
        Some(act) => act_words(cx, &act).await?,
        None => String::new(),
    };
    let args = [
        ("count", look.count(Outcome::Done).into()),
        ("act", act.into()),
    ];
    Ok(cx.locale.t_with("bulk-done", &args))
}
