//! Organisations: the list, and the form of one.

use entities::organisation::{self, Organisation, OrganisationFacts, OrganisationKind};
use entities::page::Cursor;
use entities::policy::Place;
use entities::{DeskError, Permission, Rejected, Uuid};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;
use validator::Validate;

use super::area::Area;
use super::form::{self, Faults};
use super::noun::NounForm;
use super::page::{self, Asked, Find, Item};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::{Choice, Field, Input, Look, button_link, column};
use crate::web::url;

const AREA: Area = Area::Organisations;

const KINDS: [OrganisationKind; 5] = [
    OrganisationKind::DistrictOffice,
    OrganisationKind::Provider,
    OrganisationKind::Vendor,
    OrganisationKind::DataCentre,
    OrganisationKind::OwnUnit,
];

pub(super) fn kind_words(cx: &Cx, kind: OrganisationKind) -> String {
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
pub struct OrganisationForm {
    #[validate(custom(function = "form::needed"))]
    name: String,
    #[validate(custom(function = "form::line"))]
    short_name: String,
    kind: String,
    parent: String,
    #[validate(custom(function = "form::domain"))]
    domain: String,
    #[validate(custom(function = "form::line"))]
    postal_address: String,
    once: Option<String>,
}

impl NounForm for OrganisationForm {
    type Noun = Organisation;

    const AREA: Area = AREA;
    const ORDER: &'static [&'static str] = &["name", "short_name", "domain", "postal_address"];

    fn of(_: &Cx, organisation: &Organisation) -> Self {
        OrganisationForm {
            name: organisation.name.clone(),
            short_name: organisation.short_name.clone().unwrap_or_default(),
            kind: form::stored_name(organisation.kind),
            parent: form::id_text(organisation.parent_id),
            domain: organisation.domain.clone().unwrap_or_default(),
            postal_address: organisation.postal_address.clone().unwrap_or_default(),
            once: None,
        }
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn once(&self) -> Option<String> {
        self.once.clone()
    }

    fn facts(&self, _: &Cx, _: Option<&Organisation>) -> OrganisationFacts {
        OrganisationFacts {
            name: self.name.clone(),
            short_name: Some(self.short_name.clone()),
            kind: form::stored(&self.kind).unwrap_or(OrganisationKind::Provider),
            parent_id: form::id(&self.parent),
            domain: Some(self.domain.clone()),
            postal_address: Some(self.postal_address.clone()),
        }
    }

    fn place(why: Rejected) -> &'static str {
        form::place(why, "name", "parent")
    }

    async fn find(cx: &Cx, id: Uuid) -> Result<Organisation, DeskError> {
        organisation::find(&cx.db, &cx.actor, id).await
    }

    /// Those that follow the open one by name, so that it stands in sight.
    async fn items(cx: &Cx, open: Option<&Organisation>) -> Result<Vec<Item>> {
        let from = open.map(|open| Cursor {
            key: open.folded_name.clone(),
            id: Uuid::nil(),
        });
        let show = Asked::default().show();
        let found =
            organisation::list(&cx.db, &cx.actor, show, "", from.as_ref(), page::ROWS).await?;
        let item = |row: organisation::Row| Item {
            url: AREA.entry(row.organisation.id),
            current: page::current(row.organisation.id, open.map(|open| open.id)),
            more: kind_words(cx, row.organisation.kind),
            name: row.organisation.name,
        };
        Ok(found.rows.into_iter().map(item).collect())
    }

    async fn told(cx: &Cx, organisation: &Organisation) -> Result<Markup> {
        let has_guests = organisation.kind.is_partner();
        let may = cx.may(Permission::InviteVendors, Place::Desk);
        let to = Area::Guests.entry(organisation.id);
        let is_written_to = !has_guests && organisation.retired_at.is_none();
        let mailing = url::mailings().with("organisation", organisation.id);
        Ok(html! {
            @if is_written_to && cx.may(Permission::CreateTickets, Place::Desk) {
                p { (button_link(Look::Secondary, &cx.t("mailing"), &mailing, None)) }
            }
            @if has_guests && may { p { (button_link(Look::Secondary, &cx.t("guests"), &to, Some(Area::Guests.icon()))) } }
        })
    }

    async fn fields(
        &self,
        cx: &Cx,
        open: Option<&Organisation>,
        faults: &Faults,
    ) -> Result<Markup> {
        let mut parents = organisation::choices(&cx.db).await?;
        parents.retain(|choice| Some(choice.id) != open.map(|open| open.id));
        let kinds = KINDS.map(|kind| Choice::new(form::stored_name(kind), kind_words(cx, kind)));
        Ok(html! {
            (form::text(cx, Field::new("name", &cx.t("settings-name")).fault(faults.of("name")), "text", &self.name))
            (form::text(
                cx,
                Field::new("short_name", &cx.t("settings-organisation-short")).hint(&cx.t("settings-organisation-short-hint")).optional().fault(faults.of("short_name")),
                "text",
                &self.short_name,
            ))
            (form::select(cx, Field::new("kind", &cx.t("settings-organisation-kind")), &kinds, &self.kind))
            (form::select(
                cx,
                Field::new("parent", &cx.t("settings-organisation-parent")).optional().fault(faults.of("parent")),
                &form::options(cx, "settings-none", &parents, &self.parent),
                &self.parent,
            ))
            (form::text(
                cx,
                Field::new("domain", &cx.t("settings-organisation-domain")).hint(&cx.t("settings-organisation-domain-hint")).optional().fault(faults.of("domain")),
                "text",
                &self.domain,
            ))
            (Field::new("postal_address", &cx.t("settings-organisation-postal")).hint(&cx.t("settings-organisation-postal-hint")).optional()
                .fault(faults.of("postal_address")).render(cx.locale, Input::Area { value: &self.postal_address, rows: 3 }))
        })
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
