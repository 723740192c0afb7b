//! The filter beside the list: what it can be narrowed to with how many tickets each leaves, sent by itself with
//! scripts and by its button without.

use std::collections::HashMap;
use std::sync::Arc;

use entities::Uuid;
use entities::organisation::list::tiles;
use entities::person::list::agents;
use entities::setting::Choice;
use entities::ticket::filter::{RepairIs, Standing};
use entities::ticket::repair_facet::by_repair;
use entities::ticket::{counts, facets};
use entities::view::Grouping;
use maud::{Markup, PreEscaped, html};

use super::list::MOST_COUNTED;
use super::list_few_facets::{channels, due, priorities, states};
use super::list_field_facets;
use super::list_offers::select;
use super::list_query::NONE;
use super::list_sheet::Sheet;
use super::list_thing_facets::{district_tiles, owners, services, teams};
use crate::error::{Error, Result};
use crate::web::cx::Cx;
use crate::web::parts::{Look, submit};
use crate::web::url;

/// What there is to choose from.
#[derive(Debug)]
pub struct Facets {
    pub standings: Vec<(Standing, i64)>,
    pub numbers: facets::Facets,
    /// With whom repairs of open work lie.
    pub repairs: Vec<(RepairIs, i64)>,
    pub agents: Vec<Choice>,
    pub teams: Vec<Choice>,
    pub services: Vec<Choice>,
    pub parents: HashMap<Uuid, Option<Uuid>>,
    /// Each with its short name.
    pub districts: Vec<(Choice, Option<String>)>,
}

impl Facets {
    /// Reads the choices, and how many tickets of this list each would leave.
    async fn read(cx: &Cx, sheet: &Sheet) -> Result<Facets> {
        let filter = sheet.query.panel_filter(cx, &sheet.filter).await?;
        let choices = sheet.fields.choices();
        Ok(Facets {
            standings: counts::by_standing(&cx.db, &cx.actor, &filter, MOST_COUNTED).await?,
            numbers: facets::facets(&cx.db, &cx.actor, &filter, &choices).await?,
            repairs: by_repair(&cx.db, &cx.actor, &filter).await?,
            agents: agents(&cx.db).await?,
            teams: entities::team::list::choices(&cx.db).await?,
            services: entities::service::list::choices(&cx.db).await?,
            parents: entities::service::list::parents(&cx.db).await?,
            districts: tiles(&cx.db).await?,
        })
    }
}

/// The sheet `#filter`, made once for all who are shown the same.
pub async fn list_filter(cx: &Cx, sheet: &Sheet) -> Result<Markup> {
    let shown = (
        cx.actor.clone(),
        cx.locale,
        sheet.query.first_page().url().to_string(),
    );
    let part = cx.db.kept_part(shown, async || {
        let facets = Facets::read(cx, sheet).await?;
        Ok::<_, Error>(Arc::from(made(cx, sheet, &facets).0))
    });
    // XSS: markup that was made here and kept.
    Ok(PreEscaped(part.await?.to_string()))
}

fn made(cx: &Cx, sheet: &Sheet, facets: &Facets) -> Markup {
    let (query, fields) = (&sheet.query, &sheet.fields);
    // What this form does not ask stays as it is.
    let kept = [
        "q",
        "requester",
        "watched",
        "silent",
        "lacking",
        "view",
        "own",
        "column",
    ];
    let kept = query
        .pairs()
        .into_iter()
        .filter(|(name, _)| kept.contains(name));
    html! {
        aside class="sheet" id="filter" aria-label=(cx.t("list-filter")) {
            div class="sheet__head" {
                h2 { (cx.t("list-filter")) }
                a class="more right" href=(url::tickets()) { (cx.t("list-reset")) }
            }
            form class="scroll facets" action=(url::tickets()) method="get" aria-label=(cx.t("list-filter-form")) data-key="f" tabindex="-1"
                hx-get=(url::tickets()) hx-trigger="change, submit" hx-swap="none" hx-sync="this:replace" {
                @for (name, value) in kept { input type="hidden" name=(name) value=(value); }
                @if facets.numbers.is_bounded { p class="small muted" { (cx.t("list-facets-bounded")) } }
                (states(cx, query, facets))
                (services(cx, sheet, facets))
                (district_tiles(cx, sheet, facets))
                (due(cx, query, facets))
                (channels(cx, query, facets))
                (owners(cx, sheet, facets))
                (teams(cx, sheet, facets))
                (priorities(cx, query, facets))
                (select(&cx.t("fact-reminder"), "reminder", &query.reminder, &[
                    (String::new(), cx.t("list-any")),
                    ("passed".into(), cx.t("list-reminder-passed")),
                    ("today".into(), cx.t("list-reminder-today")),
                    ("week".into(), cx.t("list-reminder-week")),
                    (NONE.into(), cx.t("list-no-reminder")),
                ]))
                (select(&cx.t("share-repair"), "repair", &query.repair, &repairs(cx, facets)))
                (select(&cx.t("list-age"), "age", &query.age, &ages(cx)))
                (list_field_facets::facets(cx, query, fields, &facets.numbers))
                (list_field_facets::orders(cx, query, fields))
                (select(&cx.t("list-group"), "group", &query.group, &groupings(cx)))
                p class="pad-t" { (submit(Look::Secondary, &cx.t("list-filter-apply"))) }
            }
        }
    }
}

/// An age as the address writes it, in words.
pub fn age_words(cx: &Cx, age: &str) -> String {
    let (number, key, name) = match age.strip_suffix('h') {
        Some(hours) => (hours, "list-age-hours", "hours"),
        None => (age, "list-age-days", "days"),
    };
    let number: i64 = number.parse().unwrap_or(0);
    cx.locale.t_with(key, &[(name, number.into())])
}

/// With whom a repair lies.
pub fn repair_is_words(cx: &Cx, is: RepairIs) -> String {
    cx.t(match is {
        RepairIs::WithVendor => "repair-is-vendor",
        RepairIs::Late => "repair-is-late",
        RepairIs::WithUnit => "repair-is-unit",
    })
}

/// Each with its number, where it is counted.
fn repairs(cx: &Cx, facets: &Facets) -> Vec<(String, String)> {
    let all = (String::new(), cx.t("list-any"));
    let some = RepairIs::ALL.map(|is| {
        let words = repair_is_words(cx, is);
        let known = facets.repairs.iter().find(|(known, _)| *known == is);
        let said = match known {
            Some((_, n)) => format!("{words} ({})", cx.locale.number(*n)),
            None => words,
        };
        (is.name().to_owned(), said)
    });
    [all].into_iter().chain(some).collect()
}

fn ages(cx: &Cx) -> Vec<(String, String)> {
    let all = (String::new(), cx.t("list-any"));
    let some = ["2h", "1", "3", "7", "14", "30", "90"]
        .into_iter()
        .map(|age| (age.to_owned(), age_words(cx, age)));
    [all].into_iter().chain(some).collect()
}

fn groupings(cx: &Cx) -> Vec<(String, String)> {
    let words = |grouping| match grouping {
        Grouping::Due => "list-due",
        Grouping::Service => "fact-service",
        Grouping::District => "fact-district",
        Grouping::Owner => "fact-owner",
    };
    let none = (String::new(), cx.t("list-group-not"));
    let some = Grouping::ALL.map(|grouping| (grouping.name().to_owned(), cx.t(words(grouping))));
    [none].into_iter().chain(some).collect()
}
