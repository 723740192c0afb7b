//! Saving a list as a new view.

use entities::DeskError;
use entities::permit::Permit;
use entities::view::{self, ViewFacts};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::form::{ViewForm, fields, place, selected};
use crate::error::{Error, Result};
use crate::settings::form::{Faults, Outcome, outcome};
use crate::tickets::list_query::ListQuery;
use crate::web::cx::Cx;
use crate::web::form::{Form, Query, csrf, once};
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{Look, button_link, icon_small, submit};
use crate::web::permitted::Readers;
use crate::web::swap::Swap;
use crate::web::url;

/// The list to be kept.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewQuery {
    list: String,
}

/// `GET /views/new?list=…`.
#[handler]
pub async fn new(cx: Cx, _: Readers, Query(asked): Query<NewQuery>) -> Result<Markup> {
    let form = ViewForm {
        list: asked.list,
        ..ViewForm::default()
    };
    page(&cx, &form, &Faults::default()).await
}

/// `POST /views/new`.
#[handler]
pub async fn create(cx: Cx, _: Readers, Form(form): Form<ViewForm>) -> Result<Swap> {
    if let Err(faults) = Faults::check(&cx, &form, ViewForm::ORDER) {
        return refuse(&cx, &form, &faults).await;
    }
    let shelf = form.shelf(&cx).ok_or(Error::Desk(DeskError::Forbidden))?;
    let query = ListQuery::read(&form.list);
    let facts = query.kept_in(ViewFacts {
        name: form.name.clone(),
        shelf,
        query: String::new(),
        columns: vec![],
        sort: String::new(),
        grouping: None,
        position: view::next_position(&cx.db, shelf).await?,
    });
    let permit = Permit::ask(&cx.actor, shelf)?;
    let command = view::Create {
        facts,
        once: form.once.clone(),
    };
    match outcome(cx.db.change(permit, command).await)? {
        Outcome::Done(id) => Ok(Swap::go_to(cx.asks, url::tickets().with("view", id))),
        Outcome::Rejected(why) => {
            let faults = Faults::rejected(&cx, place(why), why);
            refuse(&cx, &form, &faults).await
        }
    }
}

async fn refuse(cx: &Cx, form: &ViewForm, faults: &Faults) -> Result<Swap> {
    let page = page(cx, form, faults).await?;
    Ok(Swap::invalid(cx.asks, page.clone(), page))
}

async fn page(cx: &Cx, form: &ViewForm, faults: &Faults) -> Result<Markup> {
    let query = ListQuery::read(&form.list);
    let title = cx.t("view-save");
    let content = html! {
        form class="sheet" id="view-form" method="post" action=(url::new_view()) novalidate {
            (csrf(&cx.session.csrf)) (once())
            input type="hidden" name="list" value=(form.list);
            div class="sheet__head" {
                a class="back" href=(query.url()) { (icon_small("left")) (cx.t("view-to-list")) }
                h1 class="h2" { (title) }
            }
            div class="scroll" { div class="form" {
                (faults.summary(cx))
                (fields(cx, form, faults).await?)
                (selected(cx, query.clone()).await?)
                p class="muted" { (cx.t("view-reader-decides")) }
            } }
            div class="formfoot" {
                (submit(Look::Primary, &cx.t("settings-save")))
                (button_link(Look::Tertiary, &cx.t("settings-discard"), &query.url(), None))
                (button_link(Look::Tertiary, &cx.t("views-all"), &url::all_views(), None))
            }
        }
    };
    let frame = cx.frame(Area::Tickets).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}
