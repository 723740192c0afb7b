//! The forms of a person: who they are, what they may do, their password.

use entities::person::{Person, PersonFacts, Salutation};
use entities::{Permission, Uuid, organisation, role};
use maud::{Markup, html};
use serde::Deserialize;
use validator::Validate;

use super::area::Area;
use super::form::{self, Faults};
use super::sheet::{self, State};
use super::{noun, person_deputy};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{csrf, once};
use crate::web::parts::{Choice, Field, Input, Look, button_link, submit};

const AREA: Area = Area::People;

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct PersonForm {
    pub salutation: String,
    #[validate(custom(function = "form::needed"))]
    pub name: String,
    #[validate(custom(function = "form::address"))]
    pub email: String,
    #[validate(custom(function = "form::line"))]
    pub phone: String,
    pub organisations: Vec<String>,
    pub once: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RolesForm {
    pub roles: Vec<String>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct PasswordForm {
    pub password: String,
}

impl PersonForm {
    /// Fields that can have faults, as they follow on the page.
    pub const ORDER: &'static [&'static str] = &["name", "email", "phone"];

    pub fn of(cx: &Cx, person: &Person) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let salutation = person.row.salutation.map(form::stored_name);
        PersonForm {
            salutation: salutation.unwrap_or_default(),
            name: person.row.name.clone(),
            email: text(&person.row.email),
            phone: text(&person.row.phone),
            organisations: person
                .organisation_ids(cx.now.today())
                .iter()
                .map(Uuid::to_string)
                .collect(),
            once: None,
        }
    }

    pub fn facts(&self) -> PersonFacts {
        PersonFacts {
            name: self.name.clone(),
            salutation: form::stored::<Salutation>(&self.salutation),
            email: Some(self.email.clone()),
            phone: Some(self.phone.clone()),
        }
    }

    pub fn organisation_ids(&self) -> Vec<Uuid> {
        let ids = self.organisations.iter();
        ids.filter_map(|text| form::id(text)).collect()
    }
}

/// What the page of a person shows.
pub struct Open<'a> {
    pub id: Option<Uuid>,
    pub state: State,
    pub form: &'a PersonForm,
    /// Ids of the roles that are ticked.
    pub roles: Vec<String>,
    pub has_password: bool,
    pub faults: &'a Faults,
}

impl Open<'_> {
    pub fn title(&self, cx: &Cx) -> String {
        noun::title(cx, AREA, self.id, &self.form.name)
    }

    /// The last sheet of the page: one form a matter.
    pub async fn sheet(&self, cx: &Cx, told: Markup) -> Result<Markup> {
        let may_roles = cx.actor.may_somewhere(Permission::ManageRoles);
        let more = match self.id {
            Some(id) if self.state == State::Active && may_roles => html! {
                (self.roles_form(cx, id).await?)
                (self.password_form(cx, id))
            },
            _ => html! {},
        };
        let covered = match self.id {
            Some(id) if self.state == State::Active => {
                person_deputy::may(cx, id).await?.then_some(id)
            }
            _ => None,
        };
        let action = self.id.map_or_else(|| AREA.new_url(), |id| AREA.entry(id));
        Ok(html! {
            div class="sheet" {
                (sheet::head(cx, AREA, &self.title(cx)))
                div class="scroll" {
                    form method="post" action=(action) novalidate {
                        (csrf(&cx.session.csrf))
                        @if self.id.is_none() { (once()) }
                        div class="form" {
                            (self.faults.summary(cx)) (told)
                            (self.fields(cx).await?)
                        }
                        (sheet::foot(cx, AREA, self.id, self.state))
                    }
                    @if let Some(id) = covered {
                        div class="form" { p { (button_link(Look::Secondary, &cx.t("deputy"), &AREA.act(id, "deputy"), None)) } }
                    }
                    (more)
                }
            }
        })
    }

    async fn fields(&self, cx: &Cx) -> Result<Markup> {
        let (form, faults) = (self.form, self.faults);
        let offered = organisation::choices(&cx.db).await?;
        // One more than there are, so that a second organisation can be added.
        let mut chosen: Vec<&str> = form.organisations.iter().map(String::as_str).collect();
        chosen.retain(|text| !text.is_empty());
        chosen.push("");
        let salutations = [
            Choice::new("", cx.t("settings-none")),
            Choice::new("frau", cx.t("settings-person-frau")),
            Choice::new("herr", cx.t("settings-person-herr")),
        ];
        Ok(html! {
            (form::select(cx, Field::new("salutation", &cx.t("settings-person-salutation")).optional(), &salutations, &form.salutation))
            (form::text(cx, Field::new("name", &cx.t("settings-name")).fault(faults.of("name")), "text", &form.name))
            (form::text(
                cx,
                Field::new("email", &cx.t("settings-person-email")).hint(&cx.t("settings-person-email-hint")).optional().fault(faults.of("email")),
                "email",
                &form.email,
            ))
            (form::text(cx, Field::new("phone", &cx.t("settings-person-phone")).optional().fault(faults.of("phone")), "tel", &form.phone))
            @for (index, value) in chosen.iter().enumerate() {
                @let id = if index == 0 { "organisations".to_owned() } else { format!("organisations-{index}") };
                @let label = if index == 0 { cx.t("settings-person-organisation") } else { cx.t("settings-person-organisation-more") };
                (form::select(
                    cx,
                    Field::new(&id, &label).name("organisations").optional().fault(faults.of(&id)),
                    &form::options(cx, "settings-none", &offered, value),
                    value,
                ))
            }
        })
    }

    async fn roles_form(&self, cx: &Cx, id: Uuid) -> Result<Markup> {
        let offered = role::choices(&cx.db).await?;
        Ok(html! {
            form method="post" action=(AREA.act(id, "roles")) {
                (csrf(&cx.session.csrf))
                div class="form" {
                    (form::ticks(cx, "roles", &cx.t("settings-person-roles"), &offered, &self.roles, self.faults))
                }
                div class="formfoot" { (submit(Look::Secondary, &cx.t("settings-person-roles-save"))) }
            }
        })
    }

    fn password_form(&self, cx: &Cx, id: Uuid) -> Markup {
        let hint = match self.has_password {
            true => cx.t("settings-person-password-hint"),
            false => cx.t("settings-person-password-none"),
        };
        html! {
            form method="post" action=(AREA.act(id, "password")) novalidate {
                (csrf(&cx.session.csrf))
                div class="form" {
                    (Field::new("password", &cx.t("settings-person-password"))
                        .hint(&hint)
                        .fault(self.faults.of("password"))
                        .render(cx.locale, Input::Line { kind: "password", value: "", autocomplete: Some("new-password") }))
                }
                div class="formfoot" {
                    (submit(Look::Secondary, &cx.t("settings-person-password-save")))
                    (button_link(Look::Tertiary, &cx.t("person-access"), &AREA.act(id, "access"), None))
                }
            }
        }
    }
}
