//! The form that invites, and the buttons for somebody who was.

use entities::Rejected;
use entities::guest::{Act, Part, Typed};
use entities::language::Language;
use maud::{Markup, html};
use serde::Deserialize;

use super::Ground;
use crate::error::{Error, rejected};
use crate::locale::Locale;
use crate::settings::form as checks;
use crate::web::form::{csrf, once};
use crate::web::parts::{Choice, Field, Input, Look, error_summary, submit};

/// A field's id and the sentence of what is wrong with it.
pub type Fault = (String, String);

/// Whom to invite, as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct InviteForm {
    name: String,
    email: String,
    language: String,
    coordinates: Option<String>,
    once: Option<String>,
}

impl InviteForm {
    /// An empty one, in the language of whoever invites.
    pub fn empty(locale: Locale) -> InviteForm {
        InviteForm {
            language: locale.code().to_owned(),
            ..InviteForm::default()
        }
    }

    /// What it stands for, or all that is wrong with it.
    pub fn read(&self, locale: Locale) -> Result<Typed, Vec<Fault>> {
        let checked = [
            ("name", checks::needed(&self.name)),
            ("email", checks::needed_address(&self.email)),
        ];
        let fault = |(field, checked): (&str, Result<(), validator::ValidationError>)| {
            Some((field.to_owned(), locale.t(&checked.err()?.code)))
        };
        let faults: Vec<Fault> = checked.into_iter().filter_map(fault).collect();
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Typed {
            name: self.name.clone(),
            email: self.email.clone(),
            language: Language::from_code(&self.language).unwrap_or_default(),
            part: match self.coordinates {
                Some(_) => Part::Coordinator,
                None => Part::Member,
            },
            once: self.once.clone(),
        })
    }

    /// Why the model refused it, at its field.
    pub fn refused(locale: Locale, why: Rejected) -> Vec<Fault> {
        let field = match why {
            Rejected::EmptyName => "name",
            _ => "email",
        };
        vec![(field.to_owned(), rejected(locale, why))]
    }

    pub(super) fn render(&self, ground: &Ground<'_>, faults: &[Fault]) -> Markup {
        let locale = ground.locale;
        let of = |id: &str| faults.iter().find(|(field, _)| field == id);
        let line = |id: &'static str, label: &str, kind: &str, value: &str| {
            let input = Input::Line {
                kind,
                value,
                autocomplete: Some("off"),
            };
            let fault = of(id).map(|(_, words)| words.as_str());
            Field::new(id, label).fault(fault).render(locale, input)
        };
        let languages = Locale::ALL.map(|of| Choice::new(of.code(), of.t("nav-this-language")));
        let language = Input::Select {
            choices: &languages,
            value: &self.language,
        };
        let hint = ground.t("guests-language-hint");
        html! {
            form id="invite-form" class="form" method="post" action=(ground.here) novalidate aria-labelledby="invite-title" {
                (csrf(ground.csrf))
                (once())
                div {
                    h2 id="invite-title" { (ground.t("guests-invite")) }
                    p class="muted" { (ground.t("guests-invite-more")) }
                }
                (error_summary(locale, faults))
                (line("name", &ground.t("settings-name"), "text", &self.name))
                (line("email", &ground.t("settings-person-email"), "email", &self.email))
                (Field::new("language", &ground.t("preference-language")).hint(&hint).render(locale, language))
                div class="field" {
                    label class="tick" {
                        input type="checkbox" name="coordinates" value="1" checked[self.coordinates.is_some()];
                        span { (ground.t("guests-coordinates-too")) }
                    }
                }
                p { (submit(Look::Primary, &ground.t("guests-invite-send"))) }
            }
        }
    }
}

/// What is to be done with somebody.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ActForm {
    pub act: String,
}

impl ActForm {
    /// # Errors
    /// `Request` when it is nothing of ours.
    pub fn read(&self) -> Result<Act, Error> {
        Ok(match self.act.as_str() {
            "again" => Act::InviteAgain,
            "withdraw" => Act::Withdraw,
            "end" => Act::End,
            "coordinate" => Act::Become(Part::Coordinator),
            "use" => Act::Become(Part::Member),
            other => return Err(Error::Request(format!("no act “{other}”"))),
        })
    }
}
