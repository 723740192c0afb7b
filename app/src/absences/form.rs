//! The form of an absence: days, who stands in, and who else for single services. It asks for no reason.

use chrono::NaiveDate;
use entities::absence::{Absence, AbsenceFacts, Absentee};
use entities::person::{agents, names};
use entities::setting::Choice as Chosen;
use entities::{Rejected, Uuid, service};
use maud::{Markup, html};
use serde::Deserialize;

use crate::error::Result;
use crate::settings::form::{self, Faults};
use crate::web::cx::Cx;
use crate::web::form::{csrf, once};
use crate::web::parts::{Choice, Field, Look, submit};
use crate::web::url::Url;

/// So many services more than are named already can be named at once.
const MORE_SERVICES: usize = 2;

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AbsenceForm {
    from: String,
    to: String,
    deputy: String,
    /// The first belongs to the first of `service_deputy`.
    service: Vec<String>,
    service_deputy: Vec<String>,
    names_deputy: String,
    pub once: Option<String>,
}

/// Where a form stands.
pub struct At<'a> {
    pub absentee: &'a Absentee,
    pub action: Url,
    pub submit: &'static str,
    pub faults: &'a Faults,
}

impl AbsenceForm {
    /// One for today; whoever is ill has nothing to type.
    pub fn empty(cx: &Cx) -> AbsenceForm {
        let today = cx.now.today().to_string();
        AbsenceForm {
            from: today.clone(),
            to: today,
            ..AbsenceForm::default()
        }
    }

    /// What is said by now.
    pub fn of(absence: &Absence) -> AbsenceForm {
        let facts = absence.facts();
        let pairs = facts.by_service.iter();
        let (service, service_deputy) = pairs
            .map(|(service, deputy)| (service.to_string(), deputy.to_string()))
            .unzip();
        AbsenceForm {
            from: facts.from_on.to_string(),
            to: facts.to_on.to_string(),
            deputy: form::id_text(facts.deputy_id),
            service,
            service_deputy,
            names_deputy: String::from(if facts.names_deputy { "1" } else { "" }),
            once: None,
        }
    }

    /// What is meant, or all that is wrong with what was typed.
    pub fn read(&self, cx: &Cx) -> Result<AbsenceFacts, Faults> {
        let mut faults = Faults::default();
        let mut day = |field: &str, text: &str| {
            let day = text.trim().parse::<NaiveDate>().ok();
            if day.is_none() {
                faults.add(field, cx.t("absence-no-day"));
            }
            day
        };
        let (from_on, to_on) = (day("from", &self.from), day("to", &self.to));
        let deputy_id = form::id(&self.deputy);
        if deputy_id.is_none() && !self.deputy.is_empty() {
            faults.add("deputy", cx.t("absence-no-deputy"));
        }
        let mut by_service: Vec<(Uuid, Uuid)> = Vec::new();
        for (row, (service, deputy)) in self.named().into_iter().enumerate() {
            match (form::id(service), form::id(deputy)) {
                (Some(service), Some(_)) if by_service.iter().any(|(of, _)| *of == service) => {
                    faults.add(&format!("service-{row}"), cx.t("absence-service-twice"));
                }
                (Some(service), Some(deputy)) => by_service.push((service, deputy)),
                (Some(_), None) => {
                    let field = format!("service-deputy-{row}");
                    faults.add(&field, cx.t("absence-service-nobody"));
                }
                (None, Some(_)) => {
                    faults.add(&format!("service-{row}"), cx.t("absence-no-service"));
                }
                (None, None) => {}
            }
        }
        match (from_on, to_on) {
            (Some(from_on), Some(to_on)) if faults.is_empty() => Ok(AbsenceFacts {
                from_on,
                to_on,
                deputy_id,
                by_service,
                names_deputy: !self.names_deputy.is_empty(),
            }),
            _ => Err(faults),
        }
    }

    /// Services and who stands in for them, without rows that nobody filled.
    fn named(&self) -> Vec<(&str, &str)> {
        let deputies = self.service_deputy.iter().map(String::as_str);
        let deputies = deputies.chain(std::iter::repeat(""));
        let pairs = self.service.iter().map(String::as_str).zip(deputies);
        pairs.filter(|pair| *pair != ("", "")).collect()
    }

    /// Why the model refused it, at its field.
    pub fn refused(cx: &Cx, why: Rejected) -> Faults {
        let field = match why {
            Rejected::DateInPast | Rejected::EndsBeforeItBegins => "to",
            Rejected::AlreadyAway | Rejected::AbsenceOver => "from",
            _ => "deputy",
        };
        let words = match why {
            Rejected::NotAnAgent | Rejected::Retired => cx.t("absence-deputy-left"),
            Rejected::SamePerson => cx.t("absence-deputy-self"),
            _ => return Faults::rejected(cx, field, why),
        };
        Faults::of_field(field, words)
    }

    /// The form itself.
    pub async fn render(&self, cx: &Cx, at: &At<'_>) -> Result<Markup> {
        let faults = at.faults;
        let mut offered = agents(&cx.db).await?;
        offered.retain(|choice| choice.id != at.absentee.person_id);
        let typed = self.service_deputy.iter().chain([&self.deputy]);
        let typed: Vec<Uuid> = typed.filter_map(|text| form::id(text)).collect();
        let gone: Vec<Uuid> = typed
            .into_iter()
            .filter(|id| !offered.iter().any(|choice| choice.id == *id))
            .collect();
        if !gone.is_empty() {
            offered.extend(names(&cx.db, &gone).await?);
        }
        let services = service::choices(&cx.db).await?;
        let (from, to) = (cx.t("absence-from"), cx.t("absence-to"));
        let who = cx.t("absence-deputy");
        let hint = cx.t("absence-deputy-hint");
        let deputies = form::options(cx, "absence-anyway", &offered, &self.deputy);
        Ok(html! {
            form id="absence-form" class="form" method="post" action=(at.action) novalidate {
                (csrf(&cx.session.csrf))
                (once())
                (faults.summary(cx))
                div class="columns" {
                    (form::text(cx, Field::new("from", &from).fault(faults.of("from")), "date", &self.from))
                    (form::text(cx, Field::new("to", &to).fault(faults.of("to")), "date", &self.to))
                }
                (form::select(cx, Field::new("deputy", &who).hint(&hint).optional().fault(faults.of("deputy")), &deputies, &self.deputy))
                (self.services(cx, faults, &services, &offered))
                label class="tick" {
                    input type="checkbox" name="names_deputy" value="1" checked[!self.names_deputy.is_empty()];
                    span { (cx.t("absence-names-deputy")) }
                }
                p class="small muted" { (cx.t("absence-no-reason")) }
                div class="cluster" { (submit(Look::Primary, &cx.t(at.submit))) }
            }
        })
    }

    fn services(
        &self,
        cx: &Cx,
        faults: &Faults,
        services: &[Chosen],
        offered: &[Chosen],
    ) -> Markup {
        let named = self.named();
        let rows = named.len() + MORE_SERVICES;
        let label = |words: &str, row: usize| {
            cx.locale
                .t_with(words, &[("number", (row + 1).to_string().into())])
        };
        let field = |id: &str, name: &'static str, words: &str, choices: &[Choice], value: &str| {
            let field = Field::new(id, words).name(name).optional();
            form::select(cx, field.fault(faults.of(id)), choices, value)
        };
        html! {
            details class="fieldpart" open[!named.is_empty()] {
                summary { (cx.t("absence-services")) }
                @for row in 0..rows {
                    @let (service, deputy) = named.get(row).copied().unwrap_or_default();
                    div class="columns" {
                        (field(&format!("service-{row}"), "service", &label("absence-service", row), &form::options(cx, "absence-choose", services, service), service))
                        (field(&format!("service-deputy-{row}"), "service_deputy", &label("absence-service-deputy", row), &form::options(cx, "absence-choose", offered, deputy), deputy))
                    }
                }
            }
        }
    }
}
