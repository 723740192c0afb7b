//! Contracts with vendors: the list, and the form of one with its services and times.

use entities::contract::{self, Contract, ContractFacts};
use entities::setting::Noun as _;
use entities::{DeskError, Rejected, Uuid, calendar, organisation, service};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;
use validator::Validate;

use super::area::Area;
use super::form::{self, Faults};
use super::noun::NounForm;
use super::page::{self, Asked, Find, Item};
use super::time_text::{minutes, words};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::{Field, Pager, column};

const AREA: Area = Area::Contracts;

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ContractForm {
    #[validate(custom(function = "form::needed"))]
    name: String,
    #[validate(custom(function = "form::needed"))]
    vendor: String,
    services: Vec<String>,
    #[validate(custom(function = "form::needed_day"))]
    from: String,
    #[validate(custom(function = "form::day"))]
    until: String,
    #[validate(custom(function = "form::needed"))]
    calendar: String,
    reaction: String,
    delivery: String,
    once: Option<String>,
}

impl NounForm for ContractForm {
    type Noun = Contract;

    const AREA: Area = AREA;
    const ORDER: &'static [&'static str] = &["name", "vendor", "from", "until", "calendar"];

    async fn empty(cx: &Cx) -> Result<Self> {
        let calendars = calendar::choices(&cx.db).await?;
        let only = match calendars.as_slice() {
            [one] => one.id.to_string(),
            _ => String::new(),
        };
        Ok(ContractForm {
            calendar: only,
            from: cx.now.today().to_string(),
            ..ContractForm::default()
        })
    }

    fn of(cx: &Cx, contract: &Contract) -> Self {
        let facts = contract.facts();
        let ids = facts.service_ids.iter();
        ContractForm {
            name: facts.name,
            vendor: facts.vendor_id.to_string(),
            services: ids.map(Uuid::to_string).collect(),
            from: facts.from_on.to_string(),
            until: facts
                .until_on
                .map(|day| day.to_string())
                .unwrap_or_default(),
            calendar: facts.calendar_id.to_string(),
            reaction: words(cx.locale, facts.reaction_minutes),
            delivery: words(cx.locale, facts.delivery_minutes),
            once: None,
        }
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn once(&self) -> Option<String> {
        self.once.clone()
    }

    fn check(&self, cx: &Cx) -> Result<(), Faults> {
        let mut faults = Faults::of_fields(cx, self, Self::ORDER);
        for (field, typed) in [("reaction", &self.reaction), ("delivery", &self.delivery)] {
            if let Err(why) = minutes(typed) {
                faults.add(field, cx.t(why));
            }
        }
        faults.none()
    }

    fn facts(&self, cx: &Cx, _: Option<&Contract>) -> ContractFacts {
        let ids = self.services.iter().filter_map(|text| form::id(text));
        ContractFacts {
            name: self.name.clone(),
            vendor_id: form::id(&self.vendor).unwrap_or_default(),
            service_ids: ids.collect(),
            from_on: form::date(&self.from).unwrap_or_else(|| cx.now.today()),
            until_on: form::date(&self.until),
            calendar_id: form::id(&self.calendar).unwrap_or_default(),
            reaction_minutes: minutes(&self.reaction).unwrap_or_default(),
            delivery_minutes: minutes(&self.delivery).unwrap_or_default(),
        }
    }

    fn place(why: Rejected) -> &'static str {
        match why {
            Rejected::NoServices => "services",
            Rejected::EndsBeforeItBegins => "until",
            Rejected::NotATime => "reaction",
            Rejected::NotAVendor => "vendor",
            other => form::place(other, "name", "services"),
        }
    }

    async fn find(cx: &Cx, id: Uuid) -> Result<Contract, DeskError> {
        contract::find(&cx.db, &cx.actor, id).await
    }

    async fn items(cx: &Cx, open: Option<&Contract>) -> Result<Vec<Item>> {
        let rows = contract::list(&cx.db, &cx.actor, Asked::default().show()).await?;
        let item = |row: contract::Row| Item {
            url: AREA.entry(row.contract.id),
            current: page::current(row.contract.id, open.map(|open| open.id)),
            name: row.contract.name,
            more: row.vendor_name,
        };
        Ok(rows.into_iter().map(item).collect())
    }

    async fn fields(&self, cx: &Cx, _: Option<&Contract>, faults: &Faults) -> Result<Markup> {
        let (vendors, services, calendars) = tokio::try_join!(
            organisation::list::partners(&cx.db),
            service::choices(&cx.db),
            calendar::choices(&cx.db),
        )?;
        let text = |id: &'static str, words: &str, kind: &str, value: &str| {
            let label = cx.t(words);
            let field = Field::new(id, &label).optional().fault(faults.of(id));
            form::text(cx, field, kind, value)
        };
        Ok(html! {
            (form::text(cx, Field::new("name", &cx.t("settings-name")).fault(faults.of("name")), "text", &self.name))
            (form::select(
                cx,
                Field::new("vendor", &cx.t("contract-vendor")).fault(faults.of("vendor")),
                &form::options(cx, "contract-choose", &vendors, &self.vendor),
                &self.vendor,
            ))
            (form::ticks(cx, "services", &cx.t("settings-services"), &services, &self.services, faults))
            div class="columns" {
                (form::text(cx, Field::new("from", &cx.t("contract-from")).fault(faults.of("from")), "date", &self.from))
                (text("until", "contract-until", "date", &self.until))
            }
            (form::select(
                cx,
                Field::new("calendar", &cx.t("calendar")).hint(&cx.t("contract-calendar-hint")).fault(faults.of("calendar")),
                &form::options(cx, "contract-choose", &calendars, &self.calendar),
                &self.calendar,
            ))
            p class="hint" { (cx.t("contract-times-hint")) }
            div class="columns" {
                (text("reaction", "contract-reaction", "text", &self.reaction))
                (text("delivery", "contract-delivery", "text", &self.delivery))
            }
        })
    }

    async fn told(cx: &Cx, _: &Contract) -> Result<Markup> {
        Ok(html! { p class="muted" { (cx.t("contract-from-next-enquiry")) } })
    }
}

fn time_words(cx: &Cx, minutes: Option<i32>) -> String {
    match minutes {
        None => "–".to_owned(),
        some => words(cx.locale, some),
    }
}

/// The days it holds for, as they are read.
fn days_words(cx: &Cx, contract: &Contract) -> String {
    let from = cx.locale.date(contract.from_on);
    match contract.until_on {
        None => cx.locale.t_with("contract-since", &[("from", from.into())]),
        Some(until) => {
            let until = cx.locale.date(until);
            format!("{from} – {until}")
        }
    }
}

#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let rows = contract::list(&cx.db, &cx.actor, asked.show()).await?;
    let table = html! {
        table class="grid grid--plain" {
            caption class="sr" { (AREA.words(&cx)) }
            thead { tr {
                (column(&cx.t("settings-name")))
                (column(&cx.t("contract-vendor")))
                (column(&cx.t("contract-days")))
                (column(&cx.t("contract-reaction")))
                (column(&cx.t("contract-delivery")))
            } }
            tbody {
                @for row in &rows {
                    tr class=[row.contract.retired_at.map(|_| "is-retired")] {
                        td {
                            a class="subject" href=(AREA.entry(row.contract.id)) { (row.contract.name) }
                            @if row.contract.retired_at.is_some() { " (" (cx.t("settings-retired-mark")) ")" }
                            br; span class="small muted" { (row.service_names.join(", ")) }
                        }
                        td { (row.vendor_name) }
                        td { (days_words(&cx, &row.contract)) }
                        td { (time_words(&cx, row.contract.reaction_minutes)) }
                        td { (time_words(&cx, row.contract.delivery_minutes)) }
                    }
                }
            }
        }
    };
    page::list(&cx, AREA, &asked, Find::Nothing, table, Pager::default()).await
}
