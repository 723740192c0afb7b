//! The form that names who stands in for somebody: for oneself, and for others by those who manage people.

use chrono::NaiveDate;
use entities::person::deputy::{Cover, Model};
use entities::person::{agents, names};
use entities::{Rejected, Uuid};
use maud::{Markup, html};
use serde::Deserialize;

use crate::error::Result;
use crate::settings::form::{self, Faults};
use crate::web::cx::Cx;
use crate::web::form::csrf;
use crate::web::parts::{Choice, Field, Look, button, submit};
use crate::web::url::Url;

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct DeputyForm {
    deputy: String,
    from: String,
    to: String,
    /// Not empty: nobody stands in any more.
    end: String,
}

/// For whom it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Own,
    Other,
}

/// Where a form stands.
pub struct At<'a> {
    pub whose: Whose,
    pub person_id: Uuid,
    pub action: Url,
    pub is_set: bool,
    pub faults: &'a Faults,
}

impl DeputyForm {
    /// What is set, or an empty one from today on.
    pub fn of(cx: &Cx, now: Option<&Model>) -> DeputyForm {
        match now {
            None => DeputyForm {
                from: cx.now.today().to_string(),
                ..DeputyForm::default()
            },
            Some(now) => DeputyForm {
                deputy: now.deputy_id.to_string(),
                from: now.from_on.to_string(),
                to: now.to_on.to_string(),
                end: String::new(),
            },
        }
    }

    /// Who stands in from now on, if anybody does; or all that is wrong with what was typed.
    pub fn read(&self, cx: &Cx, whose: Whose) -> Result<Option<Cover>, Faults> {
        if !self.end.is_empty() {
            return Ok(None);
        }
        let mut faults = Faults::default();
        let deputy_id = form::id(&self.deputy);
        if deputy_id.is_none() {
            faults.add(
                "deputy",
                cx.t(whose.words("deputy-nobody", "deputy-nobody-other")),
            );
        }
        let mut day = |field: &str, text: &str| {
            let day = text.parse::<NaiveDate>().ok();
            if day.is_none() {
                faults.add(field, cx.t("deputy-no-day"));
            }
            day
        };
        let (from_on, to_on) = (day("from", &self.from), day("to", &self.to));
        match (deputy_id, from_on, to_on) {
            (Some(deputy_id), Some(from_on), Some(to_on)) => Ok(Some(Cover {
                deputy_id,
                from_on,
                to_on,
            })),
            _ => Err(faults),
        }
    }

    /// Why the model refused it, at its field.
    pub fn refused(cx: &Cx, why: Rejected) -> Faults {
        let field = match why {
            Rejected::DateInPast => "to",
            _ => "deputy",
        };
        Faults::rejected(cx, field, why)
    }

    /// The form itself.
    pub async fn render(&self, cx: &Cx, at: &At<'_>) -> Result<Markup> {
        let faults = at.faults;
        let mut offered = agents(&cx.db).await?;
        offered.retain(|choice| choice.id != at.person_id);
        if let Some(id) = form::id(&self.deputy).filter(|id| !offered.iter().any(|c| c.id == *id)) {
            offered.extend(names(&cx.db, &[id]).await?);
        }
        let choices: Vec<Choice> = form::options(cx, "deputy-choose", &offered, &self.deputy);
        let (who, from, to) = (cx.t("deputy-who"), cx.t("deputy-from"), cx.t("deputy-to"));
        Ok(html! {
            form id="deputy-form" class="form" method="post" action=(at.action) novalidate {
                (csrf(&cx.session.csrf))
                (faults.summary(cx))
                p { (cx.t(at.whose.words("deputy-how", "deputy-how-other"))) }
                (form::select(cx, Field::new("deputy", &who).fault(faults.of("deputy")), &choices, &self.deputy))
                (form::text(cx, Field::new("from", &from).fault(faults.of("from")), "date", &self.from))
                (form::text(cx, Field::new("to", &to).fault(faults.of("to")), "date", &self.to))
                div class="cluster" {
                    (submit(Look::Primary, &cx.t("settings-save")))
                    @if at.is_set { (button(Look::Tertiary, &cx.t("deputy-end"), "end", "1")) }
                }
            }
        })
    }
}

impl Whose {
    fn words(self, own: &'static str, other: &'static str) -> &'static str {
        match self {
            Whose::Own => own,
            Whose::Other => other,
        }
    }
}

/// Who else said it for this person; nothing when they did themselves.
pub async fn said_by(cx: &Cx, now: Option<&Model>) -> Result<Option<String>> {
    let Some(id) = now.and_then(Model::set_by_other) else {
        return Ok(None);
    };
    let name = names(&cx.db, &[id]).await?.pop();
    Ok(name.map(|person| {
        let args = [("name", person.name.into())];
        cx.locale.t_with("deputy-set-by", &args)
    }))
}
