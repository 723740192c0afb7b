//! Organisations: the list, and the form of one.

use entities::organisation::{
    self, Create, Organisation, OrganisationFacts, OrganisationKind, Restore, Retire, Update,
};
use entities::page::Cursor;
use entities::{DeskError, Uuid};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;
use validator::Validate;

use super::form::{self, Faults, Outcome};
use super::page::{self, Area, Asked, Find, Item, State};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{Form, Query, once};
use crate::web::parts::{Choice, Field, column};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;

const AREA: Area = Area::Organisations;

const KINDS: [OrganisationKind; 5] = [
    OrganisationKind::DistrictOffice,
    OrganisationKind::Provider,
    OrganisationKind::Vendor,
    OrganisationKind::DataCentre,
    OrganisationKind::OwnUnit,
];

fn kind_words(cx: &Cx, kind: OrganisationKind) -> String {
    cx.t(match kind {
        OrganisationKind::DistrictOffice => "settings-kind-district-office",
        OrganisationKind::Provider => "settings-kind-provider",
        OrganisationKind::Vendor => "settings-kind-vendor",
        OrganisationKind::DataCentre => "settings-kind-data-centre",
        OrganisationKind::OwnUnit => "settings-kind-own-unit",
    })
}

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
struct OrganisationForm {
    #[validate(custom(function = "form::needed"))]
    name: String,
    #[validate(custom(function = "form::line"))]
    short_name: String,
    kind: String,
    parent: String,
    #[validate(custom(function = "form::domain"))]
    domain: String,
    once: Option<String>,
}

impl OrganisationForm {
    fn of(organisation: &Organisation) -> Self {
        OrganisationForm {
            name: organisation.name.clone(),
            short_name: organisation.short_name.clone().unwrap_or_default(),
            kind: form::stored_name(organisation.kind),
            parent: form::id_text(organisation.parent_id),
            domain: organisation.domain.clone().unwrap_or_default(),
            once: None,
        }
    }

    fn facts(&self) -> OrganisationFacts {
        OrganisationFacts {
            name: self.name.clone(),
            short_name: Some(self.short_name.clone()),
            kind: form::stored(&self.kind).unwrap_or(OrganisationKind::Provider),
            parent_id: form::id(&self.parent),
            domain: Some(self.domain.clone()),
        }
    }
}

#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let after = Cursor::decode(&asked.after);
    let found = organisation::list(
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
                    (column(&cx.t("settings-name"))) (column(&cx.t("settings-organisation-kind")))
                    (column(&cx.t("settings-organisation-parent"))) (column(&cx.t("settings-organisation-domain")))
                }
            }
            tbody {
                @for row in &found.rows {
                    @let organisation = &row.organisation;
                    tr class=[organisation.retired_at.map(|_| "is-retired")] {
                        td {
                            a class="subject" href=(AREA.entry(organisation.id)) { (organisation.name) }
                            @if organisation.retired_at.is_some() { " (" (cx.t("settings-retired-mark")) ")" }
                        }
                        td { (kind_words(&cx, organisation.kind)) }
                        td { (row.parent_name.as_deref().unwrap_or_default()) }
                        td { (organisation.domain.as_deref().unwrap_or_default()) }
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
    let form = OrganisationForm::default();
    show(&cx, (None, State::New), &form, &Faults::default(), html! {}).await
}

#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<Create>,
    Form(form): Form<OrganisationForm>,
) -> Result<Swap> {
    let open = (None, State::New);
    if let Err(faults) = Faults::check(&cx, &form, &["name", "short_name", "domain"]) {
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
    let organisation = organisation::find(&cx.db, &cx.actor, id).await?;
    let state = State::of(organisation.retired_at);
    let told = page::told(&cx, &asked, state);
    let form = OrganisationForm::of(&organisation);
    show(&cx, (Some(id), state), &form, &Faults::default(), told).await
}

#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<Update>,
    Sub(id): Sub,
    Form(form): Form<OrganisationForm>,
) -> Result<Swap> {
    let open = (Some(id), State::Active);
    if let Err(faults) = Faults::check(&cx, &form, &["name", "short_name", "domain"]) {
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
    form: &OrganisationForm,
    faults: &Faults,
) -> Result<Swap> {
    let page = show(cx, open, form, faults, html! {}).await?;
    Ok(super::invalid(cx, page))
}

async fn show(
    cx: &Cx,
    open: (Option<Uuid>, State),
    form: &OrganisationForm,
    faults: &Faults,
    told: Markup,
) -> Result<Markup> {
    let items = items(cx, open.0).await?;
    let parents = organisation::choices(&cx.db).await?;
    let parents: Vec<_> = parents
        .into_iter()
        .filter(|c| Some(c.id) != open.0)
        .collect();
    let kinds: Vec<Choice> = KINDS
        .iter()
        .map(|kind| Choice::new(form::stored_name(kind), kind_words(cx, *kind)))
        .collect();
    let fields = html! {
        (faults.summary(cx)) (told)
        (form::text(cx, Field::new("name", &cx.t("settings-name")).fault(faults.of("name")), "text", &form.name))
        (form::text(
            cx,
            Field::new("short_name", &cx.t("settings-organisation-short")).hint(&cx.t("settings-organisation-short-hint")).optional().fault(faults.of("short_name")),
            "text",
            &form.short_name,
        ))
        (form::select(cx, Field::new("kind", &cx.t("settings-organisation-kind")), &kinds, &form.kind))
        (form::select(
            cx,
            Field::new("parent", &cx.t("settings-organisation-parent")).optional().fault(faults.of("parent")),
            &form::options(cx, "settings-none", &parents, &form.parent),
            &form.parent,
        ))
        (form::text(
            cx,
            Field::new("domain", &cx.t("settings-organisation-domain")).hint(&cx.t("settings-organisation-domain-hint")).optional().fault(faults.of("domain")),
            "text",
            &form.domain,
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

/// Those that follow the open one by name, so that it stands in sight.
async fn items(cx: &Cx, open: Option<Uuid>) -> Result<Vec<Item>, DeskError> {
    let from = match open {
        Some(id) => {
            let open = organisation::find(&cx.db, &cx.actor, id).await?;
            Some(Cursor {
                key: open.folded_name,
                id: Uuid::nil(),
            })
        }
        None => None,
    };
    let show = Asked::default().show();
    let found = organisation::list(&cx.db, &cx.actor, show, "", from.as_ref(), page::ROWS).await?;
    Ok(found
        .rows
        .into_iter()
        .map(|row| Item {
            url: AREA.entry(row.organisation.id),
            current: page::current(row.organisation.id, open),
            more: kind_words(cx, row.organisation.kind),
            name: row.organisation.name,
        })
        .collect())
}
