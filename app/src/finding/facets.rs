//! What a search can be narrowed to, with how many hits each leaves.

use std::collections::{BTreeMap, HashMap};

use entities::setting::Choice;
use entities::{organisation, service, team};
use maud::{Markup, html};

use super::ask::{Asked, FACETS};
use super::operators::STATES;
use super::page::Shown;
use super::ticket_document::state_tag;
use crate::error::Result;
use crate::tickets::list_offers::{Offer, Offers, ticks};
use crate::web::cx::Cx;
use crate::web::parts::{Look, state_words, submit};
use crate::web::url;

/// What values are called.
#[derive(Debug, Default)]
pub struct Names(HashMap<&'static str, Vec<(String, String)>>);

impl Names {
    /// The names of all that can be chosen.
    pub async fn read(cx: &Cx) -> Result<Names> {
        let named = |all: Vec<Choice>| -> Vec<(String, String)> {
            let all = all.into_iter();
            all.map(|one| (one.id.to_string(), one.name)).collect()
        };
        let tiles = organisation::list::tiles(&cx.db).await?;
        let states = STATES.map(|(state, waiting)| {
            let words = state_words(cx.locale, state, waiting);
            (state_tag(state, waiting), words)
        });
        let mut names = HashMap::new();
        names.insert("state", states.to_vec());
        names.insert("service", named(service::list::choices(&cx.db).await?));
        names.insert(
            "district",
            named(tiles.into_iter().map(|(one, _)| one).collect()),
        );
        names.insert("team", named(team::list::choices(&cx.db).await?));
        Ok(Names(names))
    }
}

/// The sheet beside the hits, `#search-facets`.
pub fn panel(cx: &Cx, asked: &Asked, shown: &Shown) -> Markup {
    let none = BTreeMap::new();
    let counted = |attribute: &str| {
        let answer = shown.answered.as_ref().map(|one| &one.answer);
        answer
            .and_then(|answer| answer.facets.get(attribute))
            .unwrap_or(&none)
    };
    let offers = FACETS.into_iter().map(|(name, attribute)| Offers {
        name,
        legend: cx.t(legend(name)),
        more: "search-more",
        has_bars: matches!(name, "service" | "district"),
        is_bounded: false,
        all: all(&shown.facets, name, counted(attribute), asked.chosen(name)),
        none: None,
    });
    let offers: Vec<Offers<'_>> = offers.filter(|one| !one.all.is_empty()).collect();
    html! {
        aside class="sheet" id="search-facets" aria-label=(cx.t("search-narrow")) {
            div class="sheet__head" { h2 { (cx.t("search-narrow")) } }
            form class="scroll facets" action=(url::search("")) method="get" aria-label=(cx.t("search-narrow"))
                hx-get=(url::search("")) hx-trigger="change, submit" hx-swap="none" hx-sync="this:replace" {
                input type="hidden" name="q" value=(asked.q);
                input type="hidden" name="kind" value=(asked.kind);
                input type="hidden" name="sort" value=(asked.sort);
                input type="hidden" name="exact" value=(asked.exact);
                @if offers.is_empty() { p class="small muted" { (cx.t("search-narrow-none")) } }
                @for one in &offers { (ticks(cx, one, &|_| html! {})) }
                noscript { (submit(Look::Secondary, &cx.t("settings-show"))) }
            }
        }
    }
}

fn legend(name: &str) -> &'static str {
    match name {
        "state" => "fact-state",
        "service" => "fact-service",
        "district" => "fact-district",
        "team" => "fact-team",
        _ => "search-year",
    }
}

/// Values that some hit has, and those that are chosen.
fn all(
    names: &Names,
    name: &str,
    counted: &BTreeMap<String, u64>,
    chosen: &[String],
) -> Vec<Offer> {
    let offer = |value: &str, words: &str| Offer {
        value: value.to_owned(),
        words: words.to_owned(),
        n: Some(
            counted
                .get(value)
                .map_or(0, |n| i64::try_from(*n).unwrap_or(i64::MAX)),
        ),
        is_chosen: chosen.iter().any(|one| one == value),
        above: None,
    };
    let is_shown = |one: &Offer| one.is_chosen || one.n.is_some_and(|n| n > 0);
    match names.0.get(name) {
        Some(named) => {
            let all = named.iter().map(|(value, words)| offer(value, words));
            all.filter(is_shown).collect()
        }
        // Years are called what they are, the latest first.
        None => {
            let all = counted.keys().rev().map(|value| offer(value, value));
            all.filter(is_shown).collect()
        }
    }
}
