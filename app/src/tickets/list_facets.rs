//! The filter beside the list: one question a group, sent by itself with scripts and by its button without.

use entities::organisation::list::districts;
use entities::person::list::agents;
use entities::setting::Choice;
use entities::ticket::counts;
use entities::ticket::filter::Standing;
use maud::{Markup, html};

use super::list::counted;
use super::list_fields::{self, ListFields};
use super::list_query::{ListQuery, NONE, OWN};
use super::state::standing_words;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::parts::{Look, PRIORITIES, name, prio, submit};
use crate::web::url;

/// What there is to choose from.
#[derive(Debug)]
pub struct Facets {
    standings: Vec<(Standing, i64)>,
    agents: Vec<Choice>,
    teams: Vec<Choice>,
    services: Vec<Choice>,
    districts: Vec<Choice>,
}

impl Facets {
    /// Reads the choices, and how many tickets of this list stand where.
    pub async fn read(cx: &Cx, query: &ListQuery) -> Result<Facets> {
        let filter = query.filter(cx).await?;
        Ok(Facets {
            standings: counts::by_standing(&cx.db, &cx.actor, &filter, super::list::MOST_COUNTED)
                .await?,
            agents: agents(&cx.db).await?,
            teams: entities::team::list::choices(&cx.db).await?,
            services: entities::service::list::choices(&cx.db).await?,
            districts: districts(&cx.db).await?,
        })
    }
}

/// The sheet `#filter`.
pub fn list_filter(cx: &Cx, query: &ListQuery, facets: &Facets, fields: &ListFields) -> Markup {
    html! {
        aside class="sheet" id="filter" aria-label=(cx.t("list-filter")) {
            div class="sheet__head" {
                h2 { (cx.t("list-filter")) }
                a class="more right" href=(url::tickets()) { (cx.t("list-reset")) }
            }
            form class="scroll facets" action=(url::tickets()) method="get" aria-label=(cx.t("list-filter-form")) data-key="f" tabindex="-1"
                hx-get=(url::tickets()) hx-trigger="change, submit" hx-swap="none" hx-sync="this:replace" {
                @if !query.q.is_empty() { input type="hidden" name="q" value=(query.q); }
                @if !query.silent.is_empty() { input type="hidden" name="silent" value=(query.silent); }
                @if !query.lacking.is_empty() { input type="hidden" name="lacking" value=(query.lacking); }
                @if !query.watched.is_empty() { input type="hidden" name="watched" value=(query.watched); }
                @if !query.requester.is_empty() { input type="hidden" name="requester" value=(query.requester); }
                @if !query.view.is_empty() { input type="hidden" name="view" value=(query.view); input type="hidden" name="own" value=(OWN); }
                @for column in &query.column { input type="hidden" name="column" value=(column); }
                (states(cx, query, facets))
                (select(cx.t("fact-owner"), "owner", &query.owner, &owners(cx, facets)))
                (select(cx.t("fact-team"), "team", &query.team, &with_none(cx, "list-no-team", &facets.teams)))
                (select(cx.t("fact-service"), "service", &query.service, &with_none(cx, "list-no-service", &facets.services)))
                fieldset class="facet" {
                    legend { (cx.t("fact-priority")) }
                    @for priority in PRIORITIES.into_iter().rev() {
                        label class="tick" {
                            input type="checkbox" name="priority" value=(name(priority)) checked[query.priority.contains(&name(priority))];
                            (prio(cx.locale, priority))
                        }
                    }
                }
                (select(cx.t("fact-district"), "district", &query.district, &with_all(cx, &facets.districts)))
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
                (list_fields::facets(cx, query, fields))
                (list_fields::orders(cx, query, fields))
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

fn owners(cx: &Cx, facets: &Facets) -> Vec<(String, String)> {
    let mut options = with_all(cx, &facets.agents);
    options.insert(1, ("me".into(), cx.t("owner-me")));
    options.insert(2, ("nobody".into(), cx.t("owner-nobody")));
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
