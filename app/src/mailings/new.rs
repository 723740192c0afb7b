//! Beginning a letter to many people, and the ones somebody has begun.

use entities::mailing::{self, Listed};
use entities::ticket::Open;
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::form::{Faults, MailingForm};
use super::words;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{Form, Query, csrf, once};
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{Look, column, error_summary, foreign, moment, submit};
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;
use crate::web::url;

/// Where it is come from.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Whose people are meant.
    organisation: String,
}

/// `GET /tickets/mailings`.
#[handler]
pub async fn list(cx: Cx, _may: Permitted<Open>, Query(asked): Query<Asked>) -> Result<Markup> {
    let form = MailingForm::fresh(&cx, &asked.organisation);
    page(&cx, &form, &Faults::new()).await
}

/// `POST /tickets/mailings`: reads who is meant and goes to the preview.
#[handler]
pub async fn create(cx: Cx, _may: Permitted<Open>, Form(form): Form<MailingForm>) -> Result<Swap> {
    match form.wanted(&cx).await? {
        Ok(wanted) => {
            let once = Some(form.once.as_str()).filter(|key| !key.is_empty());
            let id = mailing::stage(&cx.db, &cx.actor, &wanted, once).await?;
            Ok(Swap::go_to(cx.asks, url::mailing(id)))
        }
        Err(faults) => {
            let page = page(&cx, &form, &faults).await?;
            Ok(Swap::invalid(cx.asks, html! {}, page))
        }
    }
}

async fn page(cx: &Cx, form: &MailingForm, faults: &Faults) -> Result<Markup> {
    let own = mailing::own(&cx.db, &cx.actor).await?;
    let title = cx.t("mailing");
    let content = html! {
        div class="sheet" {
            div class="sheet__head" { h1 id="mailing-title" class="h2" { (title) } }
            div class="sheet__body scroll" tabindex="0" role="region" aria-labelledby="mailing-title" {
                div class="form" {
                    (error_summary(cx.locale, faults))
                    p { (cx.t("mailing-more")) }
                    form method="post" action=(url::mailings()) class="formpart" {
                        (csrf(&cx.session.csrf)) (once())
                        (form.controls(cx, faults).await?)
                        div class="cluster" { (submit(Look::Primary, &cx.t("bulk-preview"))) }
                    }
                }
                @if !own.is_empty() { (mailings(cx, &own)) }
            }
        }
    };
    let frame = cx.frame(Area::NewTicket).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}

fn mailings(cx: &Cx, own: &[Listed]) -> Markup {
    html! {
        h2 id="mailing-own" { (cx.t("mailing-own")) }
        table class="grid grid--plain" aria-labelledby="mailing-own" {
            thead { tr { (column(&cx.t("mailing-subject"))) (column(&cx.t("mailing-at"))) (column(&cx.t("import-state"))) } }
            tbody {
                @for one in own {
                    tr {
                        td { a class="subject" href=(url::mailing(one.id)) { (foreign(&one.title)) } }
                        td { (moment(cx.locale, &cx.now, one.staged_at)) }
                        td { (words::state(cx, one.state, one.failure.is_some())) }
                    }
                }
            }
        }
    }
}
