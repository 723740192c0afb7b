//! Services and their modules: the tree, and the form of one.

use entities::service::{self, Create, Restore, Retire, Service, ServiceFacts, Update};
use entities::{Uuid, team};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;
use validator::Validate;

use super::form::{self, Faults, Outcome};
use super::page::{self, Area, Asked, Find, Item, State};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{Form, Query, once};
use crate::web::parts::{Field, Pager, column};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;

const AREA: Area = Area::Services;

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
struct ServiceForm {
    #[validate(custom(function = "form::needed"))]
    name: String,
    parent: String,
    team: String,
    once: Option<String>,
}

impl ServiceForm {
    fn of(service: &Service) -> Self {
        ServiceForm {
            name: service.name.clone(),
            parent: form::id_text(service.parent_id),
            team: form::id_text(service.team_id),
            once: None,
        }
    }

    fn facts(&self) -> ServiceFacts {
        ServiceFacts {
            name: self.name.clone(),
            parent_id: form::id(&self.parent),
            team_id: form::id(&self.team),
        }
    }
}

#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let rows = service::list(&cx.db, &cx.actor, asked.show()).await?;
    let table = html! {
        table class="grid grid--plain" {
            caption class="sr" { (AREA.words(&cx)) }
            thead { tr { (column(&cx.t("settings-name"))) (column(&cx.t("settings-team"))) } }
            tbody {
                @for row in &rows {
                    tr class=[row.service.retired_at.map(|_| "is-retired")] {
                        td {
                            @for _ in 0..row.depth { span class="muted" aria-hidden="true" { "– " } }
                            a class="subject" href=(AREA.entry(row.service.id)) { (row.service.name) }
                            @if row.service.retired_at.is_some() { " (" (cx.t("settings-retired-mark")) ")" }
                        }
                        td { (row.team_name.as_deref().unwrap_or_default()) }
                    }
                }
            }
        }
    };
    page::list(&cx, AREA, &asked, Find::Nothing, table, Pager::default()).await
}

#[handler]
pub async fn new(cx: Cx, _permit: Permitted<Create>) -> Result<Markup> {
    let form = ServiceForm::default();
    show(&cx, (None, State::New), &form, &Faults::default(), html! {}).await
}

#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<Create>,
    Form(form): Form<ServiceForm>,
) -> Result<Swap> {
    let open = (None, State::New);
    if let Err(faults) = Faults::check(&cx, &form, &["name"]) {
        return refuse(&cx, open, &form, &faults).await;
    }
    let command = Create {
        facts: form.facts(),
        once: form.once.clone(),
    };
    match form::outcome(cx.db.change(permit.into_permit(), command).await)? {
        Outcome::Done(id) => Ok(page::done(&cx, AREA, id, "created")),
        Outcome::Rejected(why) => {
            let faults = Faults::rejected(&cx, form::place(why, "name", "parent"), why);
            refuse(&cx, open, &form, &faults).await
        }
    }
}

#[handler]
pub async fn edit(cx: Cx, Sub(id): Sub, Query(asked): Query<Asked>) -> Result<Markup> {
    let service = service::find(&cx.db, &cx.actor, id).await?;
    let state = State::of(service.retired_at);
    let told = page::told(&cx, &asked, state);
    let form = ServiceForm::of(&service);
    show(&cx, (Some(id), state), &form, &Faults::default(), told).await
}

#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<Update>,
    Sub(id): Sub,
    Form(form): Form<ServiceForm>,
) -> Result<Swap> {
    let open = (Some(id), State::Active);
    if let Err(faults) = Faults::check(&cx, &form, &["name"]) {
        return refuse(&cx, open, &form, &faults).await;
    }
    let facts = form.facts();
    let changed = cx
        .db
        .change(permit.into_permit(), Update { id, facts })
        .await;
    match form::outcome(changed)? {
        Outcome::Done(id) => Ok(page::done(&cx, AREA, id, "saved")),
        Outcome::Rejected(why) => {
            let faults = Faults::rejected(&cx, form::place(why, "name", "parent"), why);
            refuse(&cx, open, &form, &faults).await
        }
    }
}

#[handler]
pub async fn retire(cx: Cx, permit: Permitted<Retire>, Sub(id): Sub) -> Result<Swap> {
    page::retire(&cx, AREA, permit.into_permit(), id).await
}

#[handler]
pub async fn restore(cx: Cx, permit: Permitted<Restore>, Sub(id): Sub) -> Result<Swap> {
    page::restore(&cx, AREA, permit.into_permit(), id).await
}

async fn refuse(
    cx: &Cx,
    open: (Option<Uuid>, State),
    form: &ServiceForm,
    faults: &Faults,
) -> Result<Swap> {
    let page = show(cx, open, form, faults, html! {}).await?;
    Ok(super::invalid(cx, page))
}

async fn show(
    cx: &Cx,
    open: (Option<Uuid>, State),
    form: &ServiceForm,
    faults: &Faults,
    told: Markup,
) -> Result<Markup> {
    let rows = service::list(&cx.db, &cx.actor, Asked::default().show()).await?;
    let items: Vec<Item> = rows
        .into_iter()
        .map(|row| Item {
            url: AREA.entry(row.service.id),
            current: page::current(row.service.id, open.0),
            name: format!("{}{}", "– ".repeat(row.depth), row.service.name),
            more: row.team_name.unwrap_or_default(),
        })
        .collect();
    let parents = service::choices(&cx.db).await?;
    let parents: Vec<_> = parents
        .into_iter()
        .filter(|c| Some(c.id) != open.0)
        .collect();
    let teams = team::choices(&cx.db).await?;
    let fields = html! {
        (faults.summary(cx)) (told)
        (form::text(cx, Field::new("name", &cx.t("settings-name")).fault(faults.of("name")), "text", &form.name))
        (form::select(
            cx,
            Field::new("parent", &cx.t("settings-service-parent")).hint(&cx.t("settings-service-parent-hint")).optional().fault(faults.of("parent")),
            &form::options(cx, "settings-service-top", &parents, &form.parent),
            &form.parent,
        ))
        (form::select(
            cx,
            Field::new("team", &cx.t("settings-team")).hint(&cx.t("settings-service-team-hint")).optional().fault(faults.of("team")),
            &form::options(cx, "settings-none", &teams, &form.team),
            &form.team,
        ))
    };
    let title = title(cx, open.0, &form.name);
    let hidden = html! { @if open.0.is_none() { (once()) } };
    let sheet = page::form_sheet(cx, AREA, &title, open, hidden, fields);
    page::entry(cx, AREA, &title, &items, sheet).await
}

fn title(cx: &Cx, id: Option<Uuid>, name: &str) -> String {
    match id {
        Some(_) if !name.trim().is_empty() => name.to_owned(),
        Some(_) => AREA.words(cx),
        None => AREA.new_words(cx),
    }
}
