//! Facets of the desk's own things: services and their modules, districts, people and teams, each with its number.

use entities::Uuid;
use entities::setting::Choice;
use entities::ticket::facets::Numbers;
use maud::{Markup, html};

use super::list_facets::Facets;
use super::list_offers::{Offer, Offers, number, tally, ticks};
use super::list_query::{ME, NOBODY, NONE};
use super::list_sheet::Sheet;
use crate::web::cx::Cx;

/// Services with the share of each as a bar, below a chosen one its modules.
pub fn services(cx: &Cx, sheet: &Sheet, facets: &Facets) -> Markup {
    let query = &sheet.query;
    let above = |choice: &Choice| facets.parents.get(&choice.id).copied().flatten();
    let chosen: Vec<Uuid> = query
        .service
        .iter()
        .filter_map(|id| id.parse().ok())
        .collect();
    let is_below = |id: Uuid| {
        let mut chosen = chosen.iter();
        chosen.any(|of| facets.parents.get(of).copied().flatten() == Some(id))
    };
    let tops = facets.services.iter().filter(|one| above(one).is_none());
    let tops = tops.map(|choice| {
        let offer = Offer::of(choice, &facets.numbers.services, &query.service);
        Offer {
            is_chosen: offer.is_chosen || is_below(choice.id),
            ..offer
        }
    });
    let none = without(
        cx,
        "list-no-service",
        &facets.numbers.services,
        &query.service,
    );
    let gone = gone(
        cx,
        sheet,
        &query.service,
        &facets.services,
        &facets.numbers.services,
    );
    let modules = |top: &Offer| {
        let own = facets.services.iter().filter(|_| top.is_chosen);
        own.filter(|one| above(one).is_some_and(|id| id.to_string() == top.value))
            .map(|module| {
                let offer = Offer::of(module, &facets.numbers.modules, &query.service);
                let name = module.name.rsplit(" › ").next().unwrap_or_default();
                Offer {
                    words: name.to_owned(),
                    ..offer
                }
            })
            .collect::<Vec<Offer>>()
    };
    let offers = Offers {
        name: "service",
        legend: cx.t("fact-service"),
        more: "list-more-services",
        has_bars: true,
        is_bounded: facets.numbers.is_bounded,
        all: tops.chain(gone).collect(),
        none,
    };
    let below = |top: &Offer| {
        let modules = modules(top);
        html! {
            @if !modules.is_empty() {
                div class="facet__below" role="group" aria-label=(cx.locale.t_with("list-modules-of", &[("service", top.words.as_str().into())])) {
                    @for module in &modules {
                        label class="tick" {
                            input type="checkbox" id={ "filter-module-" (module.value) } name="module" value=(module.value) checked[module.is_chosen];
                            span { (module.words) }
                            (tally(cx, module.n.unwrap_or_default(), facets.numbers.is_bounded))
                        }
                    }
                }
            }
        }
    };
    ticks(cx, &offers, &below)
}

/// Districts as the tiles they have in the rows.
pub fn district_tiles(cx: &Cx, sheet: &Sheet, facets: &Facets) -> Markup {
    let chosen = &sheet.query.district;
    let numbers = &facets.numbers.districts;
    let tiles = facets.districts.iter().map(|(choice, short)| {
        let short = short.clone().unwrap_or_else(|| choice.name.clone());
        (short, Offer::of(choice, numbers, chosen))
    });
    let offered: Vec<Choice> = facets
        .districts
        .iter()
        .map(|(one, _)| one.clone())
        .collect();
    let gone = gone(cx, sheet, chosen, &offered, numbers);
    let without = without(cx, "list-no-district", numbers, chosen);
    let others = gone.map(|offer| (offer.words.clone(), offer));
    let without = without.map(|offer| ("–".to_owned(), offer));
    html! {
        fieldset class="facet" {
            legend { (cx.t("fact-district")) }
            div class="bezgrid" {
                @for (short, offer) in tiles.chain(others).chain(without) {
                    label class="beztick" title=(offer.words) {
                        input type="checkbox" id={ "filter-district-" (offer.value) } name="district" value=(offer.value) checked[offer.is_chosen];
                        span { (short) @if let Some(n) = offer.n { small { (cx.locale.number(n)) @if facets.numbers.is_bounded { "+" } } } }
                        @if short != offer.words { span class="sr" { (offer.words) } }
                    }
                }
            }
        }
    }
}

/// The reader, nobody, and the others by name.
pub fn owners(cx: &Cx, sheet: &Sheet, facets: &Facets) -> Markup {
    let query = &sheet.query;
    let numbers = &facets.numbers.owners;
    let me = cx.actor.person_id();
    let own = [
        (ME, "owner-me", me.map_or(0, |me| number(numbers, Some(me)))),
        (NOBODY, "owner-nobody", number(numbers, None)),
    ];
    let own = own.map(|(value, words, n)| Offer {
        value: value.to_owned(),
        words: cx.t(words),
        n: Some(n),
        is_chosen: query.owner.iter().any(|one| one == value),
        above: None,
    });
    let is_me = |offer: &Offer| me.is_some_and(|me| me.to_string() == offer.value);
    let others = facets.agents.iter();
    let others = others.map(|agent| Offer::of(agent, numbers, &query.owner));
    // Somebody else's address may name the reader by id.
    let others = others.filter(|offer| offer.is_chosen || !is_me(offer));
    let gone = gone(cx, sheet, &query.owner, &facets.agents, numbers);
    let offers = Offers {
        name: "owner",
        legend: cx.t("fact-owner"),
        more: "list-more-people",
        has_bars: true,
        is_bounded: facets.numbers.is_bounded,
        all: own.into_iter().chain(others).chain(gone).collect(),
        none: None,
    };
    ticks(cx, &offers, &|_| html! {})
}

/// The teams, and what has none.
pub fn teams(cx: &Cx, sheet: &Sheet, facets: &Facets) -> Markup {
    let chosen = &sheet.query.team;
    let numbers = &facets.numbers.teams;
    let own = facets.teams.iter();
    let own = own.map(|team| Offer::of(team, numbers, chosen));
    let gone = gone(cx, sheet, chosen, &facets.teams, numbers);
    let offers = Offers {
        name: "team",
        legend: cx.t("fact-team"),
        more: "list-more-teams",
        has_bars: true,
        is_bounded: facets.numbers.is_bounded,
        all: own.chain(gone).collect(),
        none: without(cx, "list-no-team", numbers, chosen),
    };
    ticks(cx, &offers, &|_| html! {})
}

/// Those that have nothing there, where there are some or they are asked for.
fn without(cx: &Cx, words: &str, numbers: &Numbers, chosen: &[String]) -> Option<Offer> {
    let n = number(numbers, None);
    let is_chosen = chosen.iter().any(|one| one == NONE);
    (n > 0 || is_chosen).then(|| Offer {
        value: NONE.to_owned(),
        words: cx.t(words),
        n: Some(n),
        is_chosen,
        above: None,
    })
}

/// What is asked for and no longer offered, so that the form neither hides nor loses it.
fn gone<'a>(
    cx: &'a Cx,
    sheet: &'a Sheet,
    chosen: &'a [String],
    offered: &'a [Choice],
    numbers: &'a Numbers,
) -> impl Iterator<Item = Offer> + 'a {
    let ids = chosen.iter().filter_map(|text| text.parse::<Uuid>().ok());
    let gone = ids.filter(|id| !offered.iter().any(|one| one.id == *id));
    gone.map(|id| Offer {
        value: id.to_string(),
        words: match sheet.names.get(&id) {
            Some(name) => name.clone(),
            None => cx.t("fact-unknown"),
        },
        n: Some(number(numbers, Some(id))),
        is_chosen: true,
        above: None,
    })
}
