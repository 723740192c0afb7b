//! One view: renaming it, keeping it elsewhere or with another filter, taking it out of use, and its history.

use entities::ledger::Subject;
use entities::view::{self, View, ViewFacts};
use entities::{Permission, history};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::form::{ViewForm, fields, place, selected, shelf_words};
use crate::error::Result;
use crate::settings::form::{Faults, Outcome, outcome};
use crate::tickets::list_query::ListQuery;
use crate::tickets::thread_line::actor_words;
use crate::web::cx::Cx;
use crate::web::form::{Form, csrf};
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{Look, Tone, button_link, icon_small, moment, notice, submit};
use crate::web::permitted::{Permitted, Seen};
use crate::web::swap::Swap;
use crate::web::url;

/// Events of a view's history that are shown.
const MOST: u64 = 30;

/// `GET /views/:key`.
#[handler]
pub async fn edit(cx: Cx, Seen(view): Seen<View>) -> Result<Markup> {
    page(&cx, &view, &ViewForm::of(&view), &Faults::default()).await
}

/// `POST /views/:key`.
#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<view::Update>,
    Form(form): Form<ViewForm>,
) -> Result<Swap> {
    let view = permit.on().clone();
    if let Err(faults) = Faults::check(&cx, &form, ViewForm::ORDER) {
        return refuse(&cx, &view, &form, &faults).await;
    }
    let shelf = form.shelf(&cx).unwrap_or_else(|| view.shelf());
    let position = match shelf == view.shelf() {
        true => view.position,
        false => view::next_position(&cx.db, shelf).await?,
    };
    let facts = ViewFacts {
        name: form.name.clone(),
        shelf,
        position,
        ..view.facts()
    };
    let done = cx.db.change(permit.into_permit(), view::Update { facts });
    match outcome(done.await)? {
        Outcome::Done(_) => Ok(Swap::go_to(cx.asks, url::all_views())),
        Outcome::Rejected(why) => {
            let faults = Faults::rejected(&cx, place(why), why);
            refuse(&cx, &view, &form, &faults).await
        }
    }
}

/// The list a view is to keep from now on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct KeepForm {
    list: String,
}

/// `POST /views/:key/filter`.
#[handler]
pub async fn keep(
    cx: Cx,
    permit: Permitted<view::Update>,
    Form(form): Form<KeepForm>,
) -> Result<Swap> {
    let query = ListQuery::read(&form.list);
    let id = permit.on().id;
    let facts = query.kept_in(permit.on().facts());
    cx.db
        .change(permit.into_permit(), view::Update { facts })
        .await?;
    Ok(Swap::go_to(cx.asks, url::tickets().with("view", id)))
}

/// `POST /views/:key/retire`.
#[handler]
pub async fn retire(cx: Cx, permit: Permitted<view::Retire>) -> Result<Swap> {
    cx.db.change(permit.into_permit(), view::Retire).await?;
    Ok(Swap::go_to(cx.asks, url::all_views()))
}

/// `POST /views/:key/restore`.
#[handler]
pub async fn restore(cx: Cx, permit: Permitted<view::Restore>) -> Result<Swap> {
    let view = permit.on().clone();
    let done = cx.db.change(permit.into_permit(), view::Restore);
    match outcome(done.await)? {
        Outcome::Done(_) => Ok(Swap::go_to(cx.asks, url::all_views())),
        // Another one has its name by now.
        Outcome::Rejected(why) => {
            let faults = Faults::rejected(&cx, place(why), why);
            refuse(&cx, &view, &ViewForm::of(&view), &faults).await
        }
    }
}

async fn refuse(cx: &Cx, view: &View, form: &ViewForm, faults: &Faults) -> Result<Swap> {
    let page = page(cx, view, form, faults).await?;
    Ok(Swap::invalid(cx.asks, page.clone(), page))
}

/// Whether the reader may change it.
pub fn may_change(cx: &Cx, view: &View) -> bool {
    cx.may(Permission::ShareViews, Subject::place(view))
}

/// The key of what its page is called: whoever may not change it finds there what it selects.
pub fn about(may_change: bool) -> &'static str {
    match may_change {
        true => "view-edit",
        false => "view-about",
    }
}

async fn page(cx: &Cx, view: &View, form: &ViewForm, faults: &Faults) -> Result<Markup> {
    let list = url::tickets().with("view", view.id);
    let is_retired = view.retired_at.is_some();
    let may = may_change(cx, view);
    let content = html! {
        form class="sheet" id="view-form" method="post" action=(url::view(view.id)) novalidate {
            (csrf(&cx.session.csrf))
            div class="sheet__head" {
                a class="back" href=(url::all_views()) { (icon_small("left")) (cx.t("views-all")) }
                h1 class="h2" { (view.name) }
            }
            div class="scroll" { div class="form" {
                (faults.summary(cx))
                @if is_retired { (notice(Tone::Info, &cx.t("view-is-retired"), &html! { (cx.t("view-is-retired-more")) })) }
                @if may { (fields(cx, form, faults).await?) }
                @else { p class="muted" { (shelf_words(cx, view.shelf(), None)) } }
                (selected(cx, ListQuery::of_view(view)).await?)
                p class="muted" { (cx.t("view-change-how")) }
                (told(cx, view).await?)
            } }
            div class="formfoot" {
                @if may && !is_retired { (submit(Look::Primary, &cx.t("settings-save"))) }
                (button_link(Look::Tertiary, &cx.t("view-to-list"), &list, None))
                @if may && !is_retired {
                    button class="kern-btn kern-btn--tertiary right" type="submit" formaction=(url::view_part(view.id, "retire")) {
                        span class="kern-label" { (cx.t("settings-retire")) }
                    }
                } @else if may {
                    button class="kern-btn kern-btn--primary right" type="submit" formaction=(url::view_part(view.id, "restore")) {
                        span class="kern-label" { (cx.t("settings-restore")) }
                    }
                }
            }
        }
    };
    let frame = cx.frame(Area::Tickets).await?;
    Ok(frame.page(&view.name, Stage::Plain, &content))
}

/// Who did what to it, the newest first; what its filter was is not kept.
async fn told(cx: &Cx, view: &View) -> Result<Markup> {
    let entries = history::of(&cx.db, view.id, None, MOST).await?;
    Ok(html! {
        section class="formpart" aria-labelledby="view-history" {
            h2 id="view-history" { (cx.t("ticket-tab-history")) }
            ul class="plainlist" {
                @for entry in &entries {
                    li {
                        (happened(cx, &entry.name, &entry.payload)) " "
                        span class="muted small" { (actor_words(cx, entry)) ", " (moment(cx.locale, &cx.now, entry.at)) }
                    }
                }
            }
        }
    })
}

fn happened(cx: &Cx, name: &str, payload: &str) -> String {
    let what = match name {
        "created" => "view-event-created",
        "retired" => "view-event-retired",
        "restored" => "view-event-restored",
        _ => {
            let changed: serde_json::Map<String, serde_json::Value> =
                serde_json::from_str(payload).unwrap_or_default();
            let parts = changed.keys().map(|part| {
                cx.t(match part.as_str() {
                    "name" => "view-name",
                    "shelf" => "view-shelf",
                    "filter" => "list-filter",
                    "columns" => "view-columns",
                    "sort" => "list-order",
                    "grouping" => "list-group",
                    _ => "view-position",
                })
            });
            let parts: Vec<String> = parts.collect();
            let parts = parts.join(", ");
            return cx
                .locale
                .t_with("view-event-updated", &[("parts", parts.into())]);
        }
    };
    cx.t(what)
}
