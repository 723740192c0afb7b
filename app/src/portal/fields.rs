//! What the vendor says of the ticket: own number, assessment, release, day, effort; and what the desk says beside it.

use entities::portal::{Case, Fill, VendorFields, VendorNumber};
use entities::{DeskError, Rejected};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::show::{Open, page};
use super::step::steps;
use super::words;
use crate::error::{Result, rejected};
use crate::web::form::{self, Form};
use crate::web::parts::{Choice, Field, Input, Look, Tone, name, named, notice, submit};
use crate::web::permitted::Key;
use crate::web::portal_cx::PortalCx;
use crate::web::swap::Swap;
use crate::web::url;

/// What stands in the fields, with what is wrong.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    number: String,
    assessment: String,
    fixed_in: String,
    planned_for: String,
    effort: String,
    version: i32,
    #[serde(skip)]
    faults: Vec<(&'static str, String)>,
}

impl Typed {
    /// What is set now.
    pub fn of(cx: &PortalCx, case: &Case) -> Typed {
        let fields = &case.fields;
        Typed {
            number: case.vendor_number.clone().unwrap_or_default(),
            assessment: fields.assessment.map(name).unwrap_or_default(),
            fixed_in: fields.fixed_in.clone().unwrap_or_default(),
            planned_for: fields
                .planned_for
                .map(|day| day.to_string())
                .unwrap_or_default(),
            effort: fields
                .effort_hundredths
                .map(|hundredths| hours_text(cx, hundredths))
                .unwrap_or_default(),
            version: case.version,
            faults: vec![],
        }
    }

    fn fault(&self, field: &str) -> Option<&str> {
        let found = self.faults.iter().find(|(name, _)| *name == field)?;
        Some(&found.1)
    }

    fn read(&mut self, cx: &PortalCx) -> Option<Fill> {
        let number = match self.number.trim() {
            "" => Ok(None),
            typed => VendorNumber::parse(typed).map(Some),
        };
        let number = number.map_err(|why| self.faults.push(("number", rejected(cx.locale, why))));
        let planned_for = match self.planned_for.trim() {
            "" => None,
            typed => {
                let day = form::date(typed);
                if day.is_none() {
                    self.faults
                        .push(("planned_for", cx.t("settings-fault-day")));
                }
                day
            }
        };
        let effort = match self.effort.trim() {
            "" => None,
            typed => {
                let hundredths = hundredths(typed);
                if hundredths.is_none() {
                    self.faults.push(("effort", cx.t("portal-fault-effort")));
                }
                hundredths
            }
        };
        let (Ok(number), true) = (number, self.faults.is_empty()) else {
            return None;
        };
        Some(Fill {
            number,
            fields: VendorFields {
                assessment: named(&self.assessment),
                fixed_in: Some(self.fixed_in.clone()),
                planned_for,
                effort_hundredths: effort,
            },
            version: self.version,
        })
    }
}

/// `POST /portal/tickets/:key/fields`
#[handler]
pub async fn update(cx: PortalCx, Key(number): Key, Form(typed): Form<Typed>) -> Result<Swap> {
    let mut typed = typed;
    let Some(fill) = typed.read(&cx) else {
        return refused(&cx, &number, typed).await;
    };
    match cx.vendor.fill(&number, fill).await {
        Ok(()) => Ok(Swap::go_to(
            cx.asks,
            url::shared(&number).with("done", "filled"),
        )),
        Err(DeskError::Rejected(why)) => {
            let field = match why {
                Rejected::TooLong => "fixed_in",
                Rejected::NotATime => "effort",
                Rejected::ChangedMeanwhile => "",
                other => return Err(other.into()),
            };
            typed.faults.push((field, rejected(cx.locale, why)));
            refused(&cx, &number, typed).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn refused(cx: &PortalCx, number: &str, mut typed: Typed) -> Result<Swap> {
    // Whoever has read that somebody was faster saves over it.
    if typed.fault("").is_some() {
        typed.version = cx.vendor.case(number).await?.version;
    }
    let open = Open {
        typed: Some(typed),
        ..Open::default()
    };
    let page = page(cx, number, open).await?;
    Ok(Swap::invalid(cx.asks, page.clone(), page))
}

/// The sheet beside the thread.
pub fn facts(cx: &PortalCx, case: &Case, typed: &Typed) -> Markup {
    html! {
        aside class="sheet facts" aria-labelledby="fields-title" {
            div class="sheet__head" { h2 id="fields-title" { (cx.t("portal-fields")) } }
            div class="scroll" tabindex="0" role="region" aria-labelledby="fields-title" {
                (steps(cx, case))
                (fields_form(cx, case, typed))
                (from_desk(cx, case))
            }
        }
    }
}

fn fields_form(cx: &PortalCx, case: &Case, typed: &Typed) -> Markup {
    let line = |id: &'static str, words: &str, kind: &str, value: &str| {
        let label = cx.t(words);
        let field = Field::new(id, &label).optional().fault(typed.fault(id));
        let input = Input::Line {
            kind,
            value,
            autocomplete: Some("off"),
        };
        field.render(cx.locale, input)
    };
    let mut choices = vec![Choice::new("", cx.t("portal-assessment-none"))];
    choices.extend(
        words::ASSESSMENTS.map(|one| Choice::new(name(one), words::assessment(cx.locale, one))),
    );
    let assessment = Input::Select {
        choices: &choices,
        value: &typed.assessment,
    };
    html! {
        form id="fields-form" class="facts__in stack" method="post" novalidate action=(url::shared_part(&case.number, "fields"))
            aria-labelledby="fields-title" {
            (form::csrf(cx.csrf()))
            input type="hidden" name="version" value=(typed.version);
            @if let Some(fault) = typed.fault("") { (notice(Tone::Error, fault, &html! {})) }
            (line("number", "portal-field-number", "text", &typed.number))
            (Field::new("assessment", &cx.t("share-assessment")).optional().render(cx.locale, assessment))
            (line("fixed_in", "portal-field-fixed-in", "text", &typed.fixed_in))
            (line("planned_for", "share-planned-for", "date", &typed.planned_for))
            (line("effort", "portal-field-effort", "text", &typed.effort))
            (submit(Look::Secondary, &cx.t("portal-fields-save")))
        }
    }
}

fn from_desk(cx: &PortalCx, case: &Case) -> Markup {
    let environment = case
        .enquiry
        .as_ref()
        .map(|enquiry| enquiry.environment.trim());
    let environment = environment.filter(|text| !text.is_empty());
    html! {
        @if environment.is_some() || case.contact.is_some() {
            div class="facts__in" {
                h2 class="facts__h" { (cx.t("portal-from-desk")) }
                dl class="factlist" {
                    @if let Some(text) = environment { div class="fact" { dt { (cx.t("share-environment")) } dd { (text) } } }
                    @if let Some(name) = &case.contact { div class="fact" { dt { (cx.t("portal-contact")) } dd { (name) } } }
                }
            }
        }
    }
}

/// Hours as people write them, `3,5`, in hundredths.
fn hundredths(typed: &str) -> Option<i32> {
    let hours: f64 = typed.replace(',', ".").parse().ok()?;
    let hundredths = (hours * 100.0).round();
    (0.0..=f64::from(VendorFields::MOST_EFFORT))
        .contains(&hundredths)
        .then_some(hundredths as i32)
}

fn hours_text(cx: &PortalCx, hundredths: i32) -> String {
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    match cx.locale {
        crate::locale::Locale::De => text.replace('.', ","),
        crate::locale::Locale::En => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_with_comma_and_point() {
        assert_eq!(hundredths("3,5"), Some(350));
        assert_eq!(hundredths(" 0.25 ".trim()), Some(25));
        assert_eq!(hundredths("10"), Some(1000));
        for wrong in ["drei", "-1", "1e9", "NaN", "inf"] {
            assert_eq!(hundredths(wrong), None, "{wrong}");
        }
    }
}
