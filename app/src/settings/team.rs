//! Teams and their members: the list, and the form of one.

use entities::setting::Choice;
use entities::team::{self, Create, Restore, Retire, Team, TeamFacts, Update};
use entities::{Uuid, person};
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

const AREA: Area = Area::Teams;

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
struct TeamForm {
    #[validate(custom(function = "form::needed"))]
    name: String,
    members: Vec<String>,
    once: Option<String>,
}

impl TeamForm {
    fn of(team: &Team) -> Self {
        TeamForm {
            name: team.row.name.clone(),
            members: team.member_ids.iter().map(Uuid::to_string).collect(),
            once: None,
        }
    }

    fn facts(&self) -> TeamFacts {
        TeamFacts {
            name: self.name.clone(),
            member_ids: self
                .members
                .iter()
                .filter_map(|text| form::id(text))
                .collect(),
        }
    }
}

#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let rows = team::list(&cx.db, &cx.actor, asked.show()).await?;
    let table = html! {
        table class="grid grid--plain" {
            caption class="sr" { (AREA.words(&cx)) }
            thead { tr { (column(&cx.t("settings-name"))) (column(&cx.t("settings-members"))) } }
            tbody {
                @for row in &rows {
                    tr class=[row.team.retired_at.map(|_| "is-retired")] {
                        td {
                            a class="subject" href=(AREA.entry(row.team.id)) { (row.team.name) }
                            @if row.team.retired_at.is_some() { " (" (cx.t("settings-retired-mark")) ")" }
                        }
                        td class="num" { (row.members) }
                    }
                }
            }
        }
    };
    page::list(&cx, AREA, &asked, Find::Nothing, table, Pager::default()).await
}

#[handler]
pub async fn new(cx: Cx, _permit: Permitted<Create>) -> Result<Markup> {
    let form = TeamForm::default();
    show(&cx, (None, State::New), &form, &Faults::default(), html! {}).await
}

#[handler]
pub async fn create(cx: Cx, permit: Permitted<Create>, Form(form): Form<TeamForm>) -> Result<Swap> {
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
            let faults = Faults::rejected(&cx, form::place(why, "name", "members"), why);
            refuse(&cx, open, &form, &faults).await
        }
    }
}

#[handler]
pub async fn edit(cx: Cx, Sub(id): Sub, Query(asked): Query<Asked>) -> Result<Markup> {
    let team = team::find(&cx.db, &cx.actor, id).await?;
    let state = State::of(team.row.retired_at);
    let told = page::told(&cx, &asked, state);
    let form = TeamForm::of(&team);
    show(&cx, (Some(id), state), &form, &Faults::default(), told).await
}

#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<Update>,
    Sub(id): Sub,
    Form(form): Form<TeamForm>,
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
            let faults = Faults::rejected(&cx, form::place(why, "name", "members"), why);
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
    form: &TeamForm,
    faults: &Faults,
) -> Result<Swap> {
    let page = show(cx, open, form, faults, html! {}).await?;
    Ok(super::invalid(cx, page))
}

async fn show(
    cx: &Cx,
    open: (Option<Uuid>, State),
    form: &TeamForm,
    faults: &Faults,
    told: Markup,
) -> Result<Markup> {
    let rows = team::list(&cx.db, &cx.actor, Asked::default().show()).await?;
    let items: Vec<Item> = rows
        .into_iter()
        .map(|row| Item {
            url: AREA.entry(row.team.id),
            current: page::current(row.team.id, open.0),
            name: row.team.name,
            more: cx
                .locale
                .t_with("settings-member-count", &[("count", row.members.into())]),
        })
        .collect();
    let offered = candidates(cx, &form.members).await?;
    let fields = html! {
        (faults.summary(cx)) (told)
        (form::text(cx, Field::new("name", &cx.t("settings-name")).fault(faults.of("name")), "text", &form.name))
        (form::ticks(cx, "members", &cx.t("settings-members"), &offered, &form.members, faults))
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

/// Those who can work on tickets, and whoever is a member already.
async fn candidates(cx: &Cx, members: &[String]) -> Result<Vec<Choice>> {
    let mut offered = person::agents(&cx.db).await?;
    let others: Vec<Uuid> = members
        .iter()
        .filter_map(|text| form::id(text))
        .filter(|id| !offered.iter().any(|c| c.id == *id))
        .collect();
    offered.extend(person::names(&cx.db, &others).await?);
    Ok(offered)
}
