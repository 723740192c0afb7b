//! The filter beside the list: what it can be narrowed to with how many tickets each leaves, sent by itself with
//! scripts and by its button without.

use std::collections::HashMap;

use entities::Uuid;
use entities::organisation::list::tiles;
use entities::person::list::agents;
use entities::setting::Choice;
use entities::ticket::facets::{self, Numbers};
use entities::ticket::filter::{DueIs, Standing};
use entities::ticket::{Priority, counts};
use entities::view::Grouping;
use maud::{Markup, html};

use super::list::{MOST_COUNTED, counted};
use super::list_field_facets;
use super::list_offers::{Offer, Offers, number, select, tally, ticks};
use super::list_query::{ListQuery, ME, NOBODY, NONE};
use super::list_sheet::Sheet;
use super::state::standing_words;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::parts::{Look, PRIORITIES, name, prio, submit};
use crate::web::url;

/// What there is to choose from.
#[derive(Debug)]
pub struct Facets {
    standings: Vec<(Standing, i64)>,
    numbers: facets::Facets,
    agents: Vec<Choice>,
    teams: Vec<Choice>,
    services: Vec<Choice>,
    parents: HashMap<Uuid, Option<Uuid>>,
    /// Each with its short name.
    districts: Vec<(Choice, Option<String>)>,
}

impl Facets {
    /// Reads the choices, and how many tickets of this list each would leave.
    pub async fn read(cx: &Cx, sheet: &Sheet) -> Result<Facets> {
        let filter = sheet.query.panel_filter(cx, &sheet.filter).await?;
        let choices = sheet.fields.choices();
        Ok(Facets {
            standings: counts::by_standing(&cx.db, &cx.actor, &filter, MOST_COUNTED).await?,
            numbers: facets::facets(&cx.db, &cx.actor, &filter, &choices).await?,
            agents: agents(&cx.db).await?,
            teams: entities::team::list::choices(&cx.db).await?,
            services: entities::service::list::choices(&cx.db).await?,
            parents: entities::service::list::parents(&cx.db).await?,
            districts: tiles(&cx.db).await?,
        })
    }
}

/// The sheet `#filter`.
pub fn list_filter(cx: &Cx, sheet: &Sheet, facets: &Facets) -> Markup {
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
                (owners(cx, sheet, facets))
                (select(&cx.t("fact-team"), "team", &query.team, &with_none(cx, "list-no-team", &facets.teams)))
                (priorities(query, cx))
                (select(&cx.t("fact-reminder"), "reminder", &query.reminder, &[
                    (String::new(), cx.t("list-any")),
                    ("passed".into(), cx.t("list-reminder-passed")),
                    ("today".into(), cx.t("list-reminder-today")),
                    ("week".into(), cx.t("list-reminder-week")),
                    (NONE.into(), cx.t("list-no-reminder")),
                ]))
                (select(&cx.t("list-age"), "age", &query.age, &ages(cx)))
                (select(&cx.t("fact-channel"), "channel", &query.channel, &[
                    (String::new(), cx.t("list-any")),
                    ("mail".into(), cx.t("channel-mail")),
                    ("phone".into(), cx.t("channel-phone")),
                ]))
                (list_field_facets::facets(cx, query, fields, &facets.numbers))
                (list_field_facets::orders(cx, query, fields))
                (select(&cx.t("list-group"), "group", &query.group, &groupings(cx)))
                p class="pad-t" { (submit(Look::Secondary, &cx.t("list-filter-apply"))) }
            }
        }
    }
}

fn states(cx: &Cx, query: &ListQuery, facets: &Facets) -> Markup {
    html! {
        fieldset class="facet" {
            legend { (cx.t("fact-state")) }
            @for (standing, count) in &facets.standings {
                label class="tick" {
                    input type="checkbox" name="state" value=(standing.name()) checked[query.state.iter().any(|s| s == standing.name())];
                    span { (standing_words(cx, *standing)) }
                    span class="tally" { (counted(cx, *count)) }
                }
            }
        }
    }
}

/// Services with the share of each as a bar, below a chosen one its modules.
fn services(cx: &Cx, sheet: &Sheet, facets: &Facets) -> Markup {
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
        all: tops.chain(none).chain(gone).collect(),
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

/// Those that have nothing there, where there are some or they are asked for.
fn without(cx: &Cx, words: &str, numbers: &Numbers, chosen: &[String]) -> Option<Offer> {
    let n = number(numbers, None);
    let is_chosen = chosen.iter().any(|one| one == NONE);
    (n > 0 || is_chosen).then(|| Offer {
        value: NONE.to_owned(),
        words: cx.t(words),
        n: Some(n),
        is_chosen,
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
    })
}

fn owners(cx: &Cx, sheet: &Sheet, facets: &Facets) -> Markup {
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
    };
    ticks(cx, &offers, &|_| html! {})
}

/// Districts as the tiles they have in the rows.
fn district_tiles(cx: &Cx, sheet: &Sheet, facets: &Facets) -> Markup {
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

fn due(cx: &Cx, query: &ListQuery, facets: &Facets) -> Markup {
    let is_chosen = |due: DueIs| query.due.iter().any(|name| name == due.name());
    html! {
        @if !facets.numbers.due.is_empty() {
            fieldset class="facet" {
                legend { (cx.t("list-due")) }
                @for (due, n) in &facets.numbers.due {
                    label class="tick" {
                        input type="checkbox" name="due" value=(due.name()) checked[is_chosen(*due)];
                        span { (due_words(cx, *due)) }
                        span class="tally" { (cx.locale.number(*n)) }
                    }
                }
            }
        }
    }
}

/// When the next deadline is.
pub fn due_words(cx: &Cx, due: DueIs) -> String {
    cx.t(match due {
        DueIs::Overdue => "due-is-overdue",
        DueIs::Today => "due-is-today",
        DueIs::ThisWeek => "due-is-week",
        DueIs::Later => "due-is-later",
        DueIs::None => "due-is-none",
    })
}

fn priorities(query: &ListQuery, cx: &Cx) -> Markup {
    let is_chosen = |priority: Priority| query.priority.contains(&name(priority));
    html! {
        fieldset class="facet" {
            legend { (cx.t("fact-priority")) }
            @for priority in PRIORITIES.into_iter().rev() {
                label class="tick" {
                    input type="checkbox" name="priority" value=(name(priority)) checked[is_chosen(priority)];
                    (prio(cx.locale, priority))
                }
            }
        }
    }
}

fn with_all(cx: &Cx, choices: &[Choice]) -> Vec<(String, String)> {
    let all = (String::new(), cx.t("list-any"));
    let some = choices.iter().map(|c| (c.id.to_string(), c.name.clone()));
    [all].into_iter().chain(some).collect()
}

/// All of them, or those without one.
fn with_none(cx: &Cx, none: &str, choices: &[Choice]) -> Vec<(String, String)> {
    let mut options = with_all(cx, choices);
    options.insert(1, (NONE.into(), cx.t(none)));
    options
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
