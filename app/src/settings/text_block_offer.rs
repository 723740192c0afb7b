//! Where and how long a text block is offered, in its form.

use chrono::NaiveDate;
use entities::setting::Choice as Chosen;
use maud::{Markup, html};

use super::form::{self, Faults};
use crate::web::cx::Cx;
use crate::web::parts::Field;

/// A day as the browser sends it; none when nothing was typed.
pub fn day(text: &str) -> Result<Option<NaiveDate>, ()> {
    match text.trim() {
        "" => Ok(None),
        typed => typed.parse().map(Some).map_err(|_| ()),
    }
}

/// A day as the browser takes it.
pub fn day_text(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// This part of a form as it was typed.
pub struct Offer<'a> {
    pub category: &'a str,
    pub team: &'a str,
    pub services: &'a [String],
    pub valid_from: &'a str,
    pub valid_to: &'a str,
    pub review_on: &'a str,
}

impl Offer<'_> {
    /// Adds what is wrong with the days.
    pub fn check(&self, cx: &Cx, faults: &mut Faults) {
        for (field, typed) in [
            ("valid_from", self.valid_from),
            ("valid_to", self.valid_to),
            ("review_on", self.review_on),
        ] {
            if day(typed).is_err() {
                faults.add(field, cx.t("share-fault-date"));
            }
        }
        if let (Ok(Some(from)), Ok(Some(to))) = (day(self.valid_from), day(self.valid_to))
            && to < from
        {
            faults.add("valid_to", cx.t("text-block-ends-early"));
        }
    }

    /// The fields; `services` and `teams`: those there are.
    pub fn fields(
        &self,
        cx: &Cx,
        services: &[Chosen],
        teams: &[Chosen],
        faults: &Faults,
    ) -> Markup {
        let line = |name: &'static str, words: &str, sort: &str, value: &str| {
            let label = cx.t(words);
            let field = Field::new(name, &label).optional().fault(faults.of(name));
            form::text(cx, field, sort, value)
        };
        let every_team = form::options(cx, "text-block-every-team", teams, self.team);
        html! {
            fieldset class="field formpart" {
                legend class="label" { (cx.t("text-block-offered")) }
                div class="columns" {
                    (line("category", "text-block-category", "text", self.category))
                    (form::select(cx, Field::new("team", &cx.t("text-block-team")).fault(faults.of("team")), &every_team, self.team))
                }
                (form::ticks(cx, "services", &cx.t("text-block-services"), services, self.services, faults))
                div class="columns" {
                    (line("valid_from", "text-block-valid-from", "date", self.valid_from))
                    (line("valid_to", "text-block-valid-to", "date", self.valid_to))
                    (line("review_on", "text-block-review", "date", self.review_on))
                }
            }
        }
    }
}
