//! The filter beside the list: what it can be narrowed to with how many tickets each leaves, sent by itself with
//! scripts and by its button without.

use std::collections::HashMap;

use entities::Uuid;
use entities::organisation::list::{districts, tiles};
use entities::person::list::agents;
use entities::setting::Choice;
use entities::ticket::facets::{self, Numbers};
use entities::ticket::filter::{DueIs, Standing};
use entities::ticket::{Priority, counts};
use entities::view::Grouping;
use maud::{Markup, html};

use super::list::{MOST_COUNTED, counted};
use super::list_fields::{self, ListFields};
use super::list_query::{ListQuery, NONE};
use super::state::standing_words;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::parts::{Look, PRIORITIES, name, prio, submit};
use crate::web::url;

/// So many services and people stand in sight; the others behind a click.
const MOST_IN_SIGHT: usize = 5;

/// What there is to choose from.
#[derive(Debug)]
pub struct Facets {
    standings: Vec<(Standing, i64)>,
    numbers: facets::Facets,
    agents: Vec<Choice>,
    teams: Vec<Choice>,
    services: Vec<Choice>,
    parents: HashMap<Uuid, Option<Uuid>>,
    districts: Vec<Choice>,
    tiles: HashMap<Uuid, String>,
}

impl Facets {
    /// Reads the choices, and how many tickets of this list each would leave.
    pub async fn read(cx: &Cx, query: &ListQuery, fields: &ListFields) -> Result<Facets> {
        let filter = query.counting_filter(cx).await?;
        let choices = fields.choices();
        Ok(Facets {
            standings: counts::by_standing(&cx.db, &cx.actor, &filter, MOST_COUNTED).await?,
            numbers: facets::facets(&cx.db, &cx.actor, &filter, &choices).await?,
            agents: agents(&cx.db).await?,
            teams: entities::team::list::choices(&cx.db).await?,
            services: entities::service::list::choices(&cx.db).await?,
            parents: entities::service::list::parents(&cx.db).await?,
            districts: districts(&cx.db).await?,
            tiles: tiles(&cx.db).await?,
        })
    }

    /// The service above a module, or the service itself.
    fn whole(&self, id: Uuid) -> Uuid {
        self.parents.get(&id).copied().flatten().unwrap_or(id)
    }

    fn number(&self, cx: &Cx, n: i64) -> Markup {
        html! { span class="tally" { (cx.locale.number(n)) @if self.numbers.is_bounded { "+" } } }
    }
}

/// The sheet `#filter`.
pub fn list_filter(cx: &Cx, query: &ListQuery, facets: &Facets, fields: &ListFields) -> Markup {
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
                (services(cx, query, facets))
                (district_tiles(cx, query, facets))
                (due(cx, query, facets))
                (owners(cx, query, facets))
                (select(cx.t("fact-team"), "team", &query.team, &with_none(cx, "list-no-team", &facets.teams)))
                (priorities(query, cx))
                (select(cx.t("fact-reminder"), "reminder", &query.reminder, &[
                    (String::new(), cx.t("list-any")),
                    ("passed".into(), cx.t("list-reminder-passed")),
                    ("today".into(), cx.t("list-reminder-today")),
                    ("week".into(), cx.t("list-reminder-week")),
                    (NONE.into(), cx.t("list-no-reminder")),
                ]))
                (select(cx.t("list-age"), "age", &query.age, &ages(cx)))
                (select(cx.t("fact-channel"), "channel", &query.channel, &[
                    (String::new(), cx.t("list-any")),
                    ("mail".into(), cx.t("channel-mail")),
                    ("phone".into(), cx.t("channel-phone")),
                ]))
                (list_fields::facets(cx, query, fields, &facets.numbers.options))
                (list_fields::orders(cx, query, fields))
                (select(cx.t("list-group"), "group", &query.group, &groupings(cx)))
                p class="pad-t" { (submit(Look::Secondary, &cx.t("list-filter-apply"))) }
            }
        }
    }
}

type Options = [(String, String)];

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

/// One of several, with its number.
struct Offer {
    value: String,
    words: String,
    n: i64,
}

/// Services with the share of each as a bar; below them the modules of the one that is chosen.
fn services(cx: &Cx, query: &ListQuery, facets: &Facets) -> Markup {
    let chosen = Uuid::try_parse(&query.service).ok();
    let whole = chosen.map(|id| facets.whole(id));
    let top = |choice: &&Choice| facets.parents.get(&choice.id).copied().flatten().is_none();
    let offers = facets.services.iter().filter(top);
    let offers = offers.map(|choice| offer(choice, &facets.numbers.services));
    let none = Offer {
        value: NONE.to_owned(),
        words: cx.t("list-no-service"),
        n: facets
            .numbers
            .services
            .get(&None)
            .copied()
            .unwrap_or_default(),
    };
    let offers = offers.chain([none]);
    let value = match query.service.as_str() {
        NONE => NONE.to_owned(),
        _ => whole.map(|id| id.to_string()).unwrap_or_default(),
    };
    let module = |choice: &&Choice| facets.parents.get(&choice.id).copied().flatten() == whole;
    let modules = facets.services.iter().filter(|_| whole.is_some());
    let modules: Vec<(String, String)> = modules
        .filter(module)
        .map(|choice| {
            let name = choice.name.rsplit(" › ").next().unwrap_or_default();
            let n = facets.numbers.modules.get(&Some(choice.id));
            let n = cx.locale.number(n.copied().unwrap_or_default());
            (choice.id.to_string(), format!("{name} ({n})"))
        })
        .collect();
    html! {
        (radios(cx, facets, ("service", &cx.t("fact-service")), &value, offers.collect(), "list-more-services"))
        @if !modules.is_empty() {
            @let all = std::iter::once((String::new(), cx.t("list-any"))).chain(modules).collect::<Vec<_>>();
            (select(cx.t("list-module"), "module", &query.service, &all))
        }
    }
}

fn offer(choice: &Choice, numbers: &Numbers) -> Offer {
    Offer {
        value: choice.id.to_string(),
        words: choice.name.clone(),
        n: numbers.get(&Some(choice.id)).copied().unwrap_or_default(),
    }
}

fn owners(cx: &Cx, query: &ListQuery, facets: &Facets) -> Markup {
    let numbers = &facets.numbers.owners;
    let of = |id: Option<Uuid>| numbers.get(&id).copied().unwrap_or_default();
    let me = cx.actor.person_id();
    let own = [
        ("me", cx.t("owner-me"), me.map_or(0, |me| of(Some(me)))),
        ("nobody", cx.t("owner-nobody"), of(None)),
    ];
    let own = own.map(|(value, words, n)| Offer {
        value: value.to_owned(),
        words,
        n,
    });
    let others = facets.agents.iter().filter(|agent| Some(agent.id) != me);
    let others = others.map(|agent| offer(agent, numbers));
    let all = own.into_iter().chain(others).collect();
    radios(
        cx,
        facets,
        ("owner", &cx.t("fact-owner")),
        &query.owner,
        all,
        "list-more-people",
    )
}

/// One of many: the largest and the chosen one in sight, the others behind a click.
fn radios(
    cx: &Cx,
    facets: &Facets,
    (name, legend): (&'static str, &str),
    value: &str,
    offers: Vec<Offer>,
    more: &'static str,
) -> Markup {
    let most = offers.iter().map(|offer| offer.n).max().unwrap_or_default();
    let mut by_number: Vec<&Offer> = offers.iter().collect();
    by_number.sort_by_key(|offer| std::cmp::Reverse(offer.n));
    let in_sight: Vec<&str> = by_number
        .iter()
        .take(MOST_IN_SIGHT)
        .filter(|offer| offer.n > 0)
        .map(|offer| offer.value.as_str())
        .collect();
    let is_in_sight =
        |offer: &&Offer| in_sight.contains(&offer.value.as_str()) || offer.value == value;
    by_number.retain(is_in_sight);
    let rest: Vec<&Offer> = offers.iter().filter(|offer| !is_in_sight(offer)).collect();
    let line = |offer: &Offer| {
        html! {
            label class="tick" {
                input type="radio" name=(name) value=(offer.value) checked[offer.value == value];
                span { (offer.words) }
                @if most > 0 {
                    svg class="h" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" { rect width=(offer.n * 100 / most) height="8" {} }
                }
                (facets.number(cx, offer.n))
            }
        }
    };
    html! {
        fieldset class="facet" {
            legend { (legend) }
            label class="tick" { input type="radio" name=(name) value="" checked[value.is_empty()]; span { (cx.t("list-any")) } }
            @for offer in &by_number { (line(offer)) }
            @if !rest.is_empty() {
                details {
                    summary class="more" { (cx.locale.t_with(more, &[("count", rest.len().into())])) }
                    @for offer in &rest { (line(offer)) }
                }
            }
        }
    }
}

/// Districts as the tiles they have in the rows.
fn district_tiles(cx: &Cx, query: &ListQuery, facets: &Facets) -> Markup {
    let tile = |value: &str, short: &str, name: &str, n: Option<i64>| {
        html! {
            label class="beztick" title=(name) {
                input type="radio" name="district" value=(value) checked[query.district == value];
                span { (short) @if let Some(n) = n { small { (cx.locale.number(n)) @if facets.numbers.is_bounded { "+" } } } }
                @if short != name { span class="sr" { (name) } }
            }
        }
    };
    html! {
        fieldset class="facet" {
            legend { (cx.t("fact-district")) }
            div class="bezgrid" {
                (tile("", &cx.t("list-any"), &cx.t("list-any"), None))
                @for district in &facets.districts {
                    @let short = facets.tiles.get(&district.id).unwrap_or(&district.name);
                    @let n = facets.numbers.districts.get(&Some(district.id)).copied().unwrap_or_default();
                    (tile(&district.id.to_string(), short, &district.name, Some(n)))
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

fn select(label: String, name: &str, value: &str, options: &Options) -> Markup {
    let id = format!("filter-{name}");
    html! {
        div class="facet facet--select" {
            label for=(id) { (label) }
            select class="input" id=(id) name=(name) {
                @for (option, words) in options { option value=(option) selected[option == value] { (words) } }
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
