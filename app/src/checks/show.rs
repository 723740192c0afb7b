//! The page of the check lists.

use std::collections::HashMap;

use chrono::Days;
use entities::ticket::check::{self, Check, Kept, OfTeam};
use entities::{Uuid, history};
use maud::{Markup, html};
use poem::handler;

use super::line::{Day, line};
use super::lists::{key, meaning, query};
use crate::error::Result;
use crate::tickets::list_query::{ListQuery, NONE};
use crate::web::cx::Cx;
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{column, column_of_numbers};
use crate::web::permitted::Readers;
use crate::web::url;

/// The days of a trend.
pub const DAYS: u64 = 30;

/// One list with what is known of it.
struct List {
    check: Check,
    teams: Vec<OfTeam>,
    days: Vec<Day>,
}

impl List {
    fn count(&self) -> i64 {
        self.teams.iter().map(|team| team.n).sum()
    }
}

/// `GET /checks`
#[handler]
pub async fn show(cx: Cx, _: Readers) -> Result<Markup> {
    let lists = read(&cx).await?;
    let teams = lists.iter().flat_map(|list| &list.teams);
    let ids: Vec<Uuid> = teams.filter_map(|team| team.team_id).collect();
    let names = history::names(&cx.db, &cx.actor, &ids).await?;
    let title = cx.t("checks-title");
    let content = html! {
        div class="sheet" id="checks"
            hx-get=(url::checks()) hx-trigger="tickets from:#events delay:2s" hx-select="#checks" hx-swap="outerMorph" {
            div class="sheet__head" { h1 id="checks-title" class="h2" { (title) } }
            div class="scroll" tabindex="0" role="region" aria-labelledby="checks-title" {
                p class="checks__lead muted" { (cx.t("checks-lead")) }
                div class="checks" { @for list in &lists { (card(&cx, list, &names)) } }
            }
        }
    };
    let frame = cx.frame(Area::Checks).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}

async fn read(cx: &Cx) -> Result<Vec<List>> {
    let today = cx.now.today();
    let first = today.checked_sub_days(Days::new(DAYS - 1)).unwrap_or(today);
    let kept = check::trend(&cx.db, &cx.actor, first).await?;
    let mut lists = Vec::with_capacity(Check::ALL.len());
    for check in Check::ALL {
        let on = |day| {
            let here = |k: &&Kept| k.list == check.name() && k.day == day;
            kept.iter().find(here).map(|k| k.n)
        };
        let days = first.iter_days().take(DAYS as usize);
        lists.push(List {
            check,
            teams: check::by_team(&cx.db, &cx.actor, check).await?,
            days: days.map(|day| (day, on(day))).collect(),
        });
    }
    Ok(lists)
}

fn card(cx: &Cx, list: &List, names: &HashMap<Uuid, String>) -> Markup {
    let id = list.check.name();
    let whole = query(list.check);
    html! {
        section class="checklist" aria-labelledby={ "check-" (id) } {
            h2 id={ "check-" (id) } { a href=(whole.url()) { (cx.t(key(list.check))) } }
            p class="checklist__count" { b { (cx.locale.number(list.count())) } " " span class="muted" { (cx.t("checks-now")) } }
            p class="muted small" { (cx.t(meaning(list.check))) }
            (trend(cx, list))
            @if !list.teams.is_empty() {
                table class="grid grid--plain" {
                    caption class="sr" { (cx.t("checks-by-team")) }
                    thead { tr { (column(&cx.t("fact-team"))) (column_of_numbers(&cx.t("checks-count"))) } }
                    tbody { @for team in &list.teams { (of_team(cx, &whole, team, names)) } }
                }
            }
        }
    }
}

fn of_team(cx: &Cx, whole: &ListQuery, team: &OfTeam, names: &HashMap<Uuid, String>) -> Markup {
    let id = team.team_id.map(|id| id.to_string());
    let own = ListQuery {
        team: vec![id.unwrap_or_else(|| NONE.to_owned())],
        ..whole.clone()
    };
    let name = match team.team_id {
        Some(id) => names
            .get(&id)
            .cloned()
            .unwrap_or_else(|| cx.t("fact-unknown")),
        None => cx.t("list-no-team"),
    };
    html! { tr { td { a href=(own.url()) { (name) } } td class="n" { (cx.locale.number(team.n)) } } }
}

fn trend(cx: &Cx, list: &List) -> Markup {
    let counted: Vec<(chrono::NaiveDate, i64)> = list
        .days
        .iter()
        .filter_map(|(day, n)| Some((*day, (*n)?)))
        .collect();
    let (Some((from, old)), Some((to, new))) = (counted.first(), counted.last()) else {
        return html! { p class="muted small" { (cx.t("checks-no-trend")) } };
    };
    let args = [
        ("from", cx.locale.date(*from).into()),
        ("old", (*old).into()),
        ("to", cx.locale.date(*to).into()),
        ("new", (*new).into()),
    ];
    let said = cx.locale.t_with("checks-trend-said", &args);
    html! {
        (line(&said, &list.days))
        details {
            summary { (cx.t("checks-days")) }
            table class="grid grid--plain" {
                caption class="sr" { (cx.t("checks-days")) }
                thead { tr { (column(&cx.t("checks-day"))) (column_of_numbers(&cx.t("checks-count"))) } }
                tbody {
                    @for (day, n) in list.days.iter().rev() {
                        tr {
                            th scope="row" { (cx.locale.date(*day)) }
                            td class="n" { @match n { Some(n) => (cx.locale.number(*n)), None => span class="muted" { (cx.t("checks-not-counted")) } } }
                        }
                    }
                }
            }
        }
    }
}
