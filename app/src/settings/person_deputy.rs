//! Who stands in for a person who is away and cannot say so themselves.

use entities::person::deputy::{self, Model};
use entities::person::{self, Person, SetDeputyOf};
use entities::{DeskError, Uuid};
use maud::{Markup, html};
use poem::handler;

use super::area::Area;
use super::form::Faults;
use super::page::Asked;
use super::wide::{self, Back, Wide};
use crate::account::deputy_form::{self, At, DeputyForm, Whose};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{Form, Query};
use crate::web::parts::{Look, Tone, button_link, notice};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;

const AREA: Area = Area::People;

/// `GET /settings/people/:sub/deputy`
#[handler]
pub async fn show(
    cx: Cx,
    _permit: Permitted<SetDeputyOf>,
    Sub(id): Sub,
    Query(asked): Query<Asked>,
) -> Result<Markup> {
    let person = find(&cx, id).await?;
    let now = deputy::of(&cx.db, &cx.actor, id).await?;
    let form = DeputyForm::of(&cx, now.as_ref());
    let told = match asked.done.as_str() {
        "saved" => notice(Tone::Ok, &cx.t("settings-done-saved"), &html! {}),
        _ => html! {},
    };
    page(&cx, &person, &form, now.as_ref(), &Faults::default(), told).await
}

/// `POST /settings/people/:sub/deputy`
#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<SetDeputyOf>,
    Sub(id): Sub,
    Form(form): Form<DeputyForm>,
) -> Result<Swap> {
    let person = find(&cx, id).await?;
    let faults = match form.read(&cx, Whose::Other) {
        Err(faults) => faults,
        Ok(to) => match cx
            .db
            .change(permit.into_permit(), SetDeputyOf { id, to })
            .await
        {
            Ok(_) | Err(DeskError::AlreadyDone(_)) => {
                let done = AREA.act(id, "deputy").with("done", "saved");
                return Ok(Swap::go_to(cx.asks, done));
            }
            Err(DeskError::Rejected(why)) => DeputyForm::refused(&cx, why),
            Err(error) => return Err(error.into()),
        },
    };
    let now = deputy::of(&cx.db, &cx.actor, id).await?;
    let page = page(&cx, &person, &form, now.as_ref(), &faults, html! {}).await?;
    Ok(super::invalid(&cx, page))
}

/// Only who works on tickets has somebody to stand in for them.
async fn find(cx: &Cx, id: Uuid) -> Result<Person> {
    let person = person::find(&cx.db, &cx.actor, id).await?;
    match may(cx, id).await? {
        true => Ok(person),
        false => Err(DeskError::Hidden.into()),
    }
}

/// Whether a person has tickets that somebody could stand in for.
pub async fn may(cx: &Cx, id: Uuid) -> Result<bool> {
    let agents = person::agents(&cx.db).await?;
    Ok(agents.iter().any(|agent| agent.id == id))
}

async fn page(
    cx: &Cx,
    person: &Person,
    form: &DeputyForm,
    now: Option<&Model>,
    faults: &Faults,
    told: Markup,
) -> Result<Markup> {
    let id = person.row.id;
    let at = At {
        whose: Whose::Other,
        person_id: id,
        action: AREA.act(id, "deputy"),
        is_set: now.is_some(),
        faults,
    };
    let by = deputy_form::said_by(cx, now).await?;
    let form = form.render(cx, &at).await?;
    let name = [("name", person.row.name.as_str().into())];
    let sheet = Wide {
        area: AREA,
        back: Back::To(AREA),
        title: cx.locale.t_with("deputy-of", &name),
        head: button_link(
            Look::Tertiary,
            &cx.t("person-access-back"),
            &AREA.entry(id),
            None,
        ),
        content: html! {
            @if !told.0.is_empty() { div class="sheet__told" { (told) } }
            @if let Some(by) = by { div class="sheet__told" { (notice(Tone::Info, &by, &html! {})) } }
            (form)
        },
        foot: html! {},
    };
    wide::page(cx, sheet).await
}
