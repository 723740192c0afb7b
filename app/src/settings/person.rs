//! People: the list, and the page of one with their roles and password.

use entities::page::Cursor;
use entities::person::{
    self, Create, Person, Restore, Retire, SetMemberships, SetPassword, SetRoles, Update, password,
};
use entities::{DeskError, Uuid, session};
use maud::{Markup, html};
use poem::handler;

use super::area::Area;
use super::form::{self, Faults, Outcome};
use super::noun;
use super::page::{self, Asked, Find, Item};
use super::person_form::{Open, PasswordForm, PersonForm, RolesForm};
use super::sheet::{self, State};
use crate::account::new_password::{Whose, weakness};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{Form, Query};
use crate::web::parts::column;
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;

const AREA: Area = Area::People;

#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let after = Cursor::decode(&asked.after);
    let found = person::list(
        &cx.db,
        &cx.actor,
        asked.show(),
        &asked.q,
        after.as_ref(),
        page::ROWS,
    )
    .await?;
    let table = html! {
        table class="grid grid--plain" {
            caption class="sr" { (AREA.words(&cx)) }
            thead {
                tr {
                    (column(&cx.t("settings-name"))) (column(&cx.t("settings-person-organisation")))
                    (column(&cx.t("settings-person-email"))) (column(&cx.t("settings-person-phone"))) (column(&cx.t("settings-person-roles")))
                }
            }
            tbody {
                @for row in &found.rows {
                    tr class=[row.person.retired_at.map(|_| "is-retired")] {
                        td {
                            a class="subject" href=(AREA.entry(row.person.id)) { (row.person.name) }
                            @if row.person.retired_at.is_some() { " (" (cx.t("settings-retired-mark")) ")" }
                        }
                        td { (row.organisation_name.as_deref().unwrap_or_default()) }
                        td { (row.person.email.as_deref().unwrap_or_default()) }
                        td { (row.person.phone.as_deref().unwrap_or_default()) }
                        td { (row.role_names.join(", ")) }
                    }
                }
            }
        }
    };
    let pages = page::pages(AREA, &asked, found.next.as_ref());
    page::list(&cx, AREA, &asked, Find::Typing, table, pages).await
}

#[handler]
pub async fn new(cx: Cx, _permit: Permitted<Create>) -> Result<Markup> {
    fresh(&cx, &PersonForm::default(), &Faults::default()).await
}

#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<Create>,
    Form(form): Form<PersonForm>,
) -> Result<Swap> {
    let faults = match Faults::check(&cx, &form, PersonForm::ORDER) {
        Err(faults) => faults,
        Ok(()) => {
            let command = Create {
                facts: form.facts(),
                organisation_ids: form.organisation_ids(),
                once: form.once.clone(),
            };
            match form::outcome(cx.db.change(permit.into_permit(), command).await)? {
                Outcome::Done(id) => return Ok(noun::done(&cx, AREA, id, "created")),
                Outcome::Rejected(why) => {
                    Faults::rejected(&cx, form::place(why, "email", "organisations"), why)
                }
            }
        }
    };
    Ok(super::invalid(&cx, fresh(&cx, &form, &faults).await?))
}

#[handler]
pub async fn edit(cx: Cx, Sub(id): Sub, Query(asked): Query<Asked>) -> Result<Markup> {
    let person = person::find(&cx.db, &cx.actor, id).await?;
    let told = sheet::told(&cx, &asked.done, State::of(Some(&person)));
    let form = PersonForm::of(&cx, &person);
    known(&cx, &person, &form, &Faults::default(), told).await
}

#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<Update>,
    moving: Permitted<SetMemberships>,
    Sub(id): Sub,
    Form(form): Form<PersonForm>,
) -> Result<Swap> {
    let person = person::find(&cx.db, &cx.actor, id).await?;
    if let Err(faults) = Faults::check(&cx, &form, PersonForm::ORDER) {
        return refuse(&cx, &person, &form, &faults).await;
    }
    let facts = form.facts();
    let changed = cx.db.change(permit.into_permit(), Update { id, facts });
    if let Outcome::Rejected(why) = form::outcome(changed.await)? {
        let faults = Faults::rejected(&cx, form::place(why, "email", "name"), why);
        return refuse(&cx, &person, &form, &faults).await;
    }
    let organisation_ids = form.organisation_ids();
    let command = SetMemberships {
        id,
        organisation_ids,
    };
    match form::outcome(cx.db.change(moving.into_permit(), command).await)? {
        Outcome::Done(id) => Ok(noun::done(&cx, AREA, id, "saved")),
        Outcome::Rejected(why) => {
            let faults = Faults::rejected(&cx, "organisations", why);
            refuse(&cx, &person, &form, &faults).await
        }
    }
}

#[handler]
pub async fn set_roles(
    cx: Cx,
    permit: Permitted<SetRoles>,
    Sub(id): Sub,
    Form(form): Form<RolesForm>,
) -> Result<Swap> {
    let person = person::find(&cx.db, &cx.actor, id).await?;
    let role_ids = form
        .roles
        .iter()
        .filter_map(|text| form::id(text))
        .collect();
    let changed = cx
        .db
        .change(permit.into_permit(), SetRoles { id, role_ids });
    match form::outcome(changed.await)? {
        Outcome::Done(id) => Ok(noun::done(&cx, AREA, id, "saved")),
        Outcome::Rejected(why) => {
            let faults = Faults::rejected(&cx, "roles", why);
            refuse(&cx, &person, &PersonForm::of(&cx, &person), &faults).await
        }
    }
}

#[handler]
pub async fn set_password(
    cx: Cx,
    permit: Permitted<SetPassword>,
    Sub(id): Sub,
    Form(form): Form<PasswordForm>,
) -> Result<Swap> {
    let person = person::find(&cx.db, &cx.actor, id).await?;
    let whose = Whose {
        name: &person.row.name,
        email: person.row.email.as_deref(),
    };
    if let Some(weak) = weakness(&cx.desk, cx.locale, &form.password, whose).await {
        let faults = Faults::of_field("password", weak);
        return refuse(&cx, &person, &PersonForm::of(&cx, &person), &faults).await;
    }
    let hash = password::hash(&form.password).await?;
    let changed = cx.db.change(permit.into_permit(), SetPassword { id, hash });
    match form::outcome(changed.await)? {
        Outcome::Done(id) => {
            // Whoever knew the old one is out; changing one's own keeps nobody else in either.
            session::end_all(&cx.db, id).await?;
            Ok(noun::done(&cx, AREA, id, "password"))
        }
        Outcome::Rejected(why) => {
            let faults = Faults::rejected(&cx, "password", why);
            refuse(&cx, &person, &PersonForm::of(&cx, &person), &faults).await
        }
    }
}

#[handler]
pub async fn retire(cx: Cx, permit: Permitted<Retire>, Sub(id): Sub) -> Result<Swap> {
    let answer = noun::retire(&cx, AREA, permit.into_permit(), id).await?;
    session::end_all(&cx.db, id).await?;
    Ok(answer)
}

#[handler]
pub async fn restore(cx: Cx, permit: Permitted<Restore>, Sub(id): Sub) -> Result<Swap> {
    noun::restore(&cx, AREA, permit.into_permit(), id).await
}

async fn refuse(cx: &Cx, person: &Person, form: &PersonForm, faults: &Faults) -> Result<Swap> {
    let page = known(cx, person, form, faults, html! {}).await?;
    Ok(super::invalid(cx, page))
}

/// The page of a new person.
async fn fresh(cx: &Cx, form: &PersonForm, faults: &Faults) -> Result<Markup> {
    let open = Open {
        id: None,
        state: State::New,
        form,
        roles: vec![],
        has_password: false,
        faults,
    };
    show(cx, None, &open, html! {}).await
}

/// The page of a person there is.
async fn known(
    cx: &Cx,
    person: &Person,
    form: &PersonForm,
    faults: &Faults,
    told: Markup,
) -> Result<Markup> {
    let open = Open {
        id: Some(person.row.id),
        state: State::of(Some(person)),
        form,
        roles: person.role_ids.iter().map(Uuid::to_string).collect(),
        has_password: person.row.password_hash.is_some(),
        faults,
    };
    show(cx, Some(person), &open, told).await
}

async fn show(cx: &Cx, person: Option<&Person>, open: &Open<'_>, told: Markup) -> Result<Markup> {
    let items = items(cx, person).await?;
    let sheet = open.sheet(cx, told).await?;
    page::entry(cx, AREA, &open.title(cx), &items, sheet).await
}

/// Those that follow the open one by name, so that it stands in sight.
async fn items(cx: &Cx, open: Option<&Person>) -> Result<Vec<Item>, DeskError> {
    let from = open.map(|person| Cursor {
        key: person.row.folded_name.clone(),
        id: Uuid::nil(),
    });
    let show = Asked::default().show();
    let found = person::list(&cx.db, &cx.actor, show, "", from.as_ref(), page::ROWS).await?;
    Ok(found
        .rows
        .into_iter()
        .map(|row| Item {
            url: AREA.entry(row.person.id),
            current: page::current(row.person.id, open.map(|p| p.row.id)),
            name: row.person.name,
            more: row.organisation_name.unwrap_or_default(),
        })
        .collect())
}
