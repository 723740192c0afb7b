//! The views at the side of every page, with their counts.

use entities::Uuid;
use entities::inbound::failed::{self, Unsettled};
use entities::setting::Show;
use entities::ticket::counts;
use entities::ticket::filter::Filter;
use entities::ticket::tally::{self, Tally};
use entities::view::{self, Shelf, View};
use maud::{Markup, html};
use serde::Deserialize;

use crate::account::deputy;
use crate::error::Result;
use crate::tickets::list::{MOST_COUNTED, counted};
use crate::tickets::list_name::shipped;
use crate::tickets::list_query::ListQuery;
use crate::web::cx::Cx;
use crate::web::parts::icon;
use crate::web::url::{self, Url};

/// The most saved views at the side; the page of all has the rest.
const MOST_SAVED: usize = 40;

/// The most services at the side.
const MOST_SERVICES: usize = 6;

/// The address of the view that is open, for the fragment that is fetched anew.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct At {
    pub at: String,
}

/// What is counted beside every page.
#[derive(Default)]
struct Side {
    shipped: Vec<Line>,
    /// The reader's teams, with the line of their open work.
    teams: Vec<(Uuid, String, Line)>,
    saved: Vec<(View, Line)>,
    services: Vec<counts::ServiceCount>,
    mails: Unsettled,
}

/// A view at the side.
struct Line {
    url: Url,
    name: String,
    tally: Tally,
}

/// The views and what they hold for the reader; `at` is the address of the one that is open.
pub async fn views(cx: &Cx, at: &str) -> Result<Markup> {
    let side = counted_views(cx).await?;
    let side = Side {
        services: services(cx, &side.saved).await?,
        mails: failed::unsettled(&cx.db, &cx.actor).await?,
        ..side
    };
    let deputies = deputy::banner(cx).await?;
    Ok(sidenav_views(cx, &side, at, &deputies))
}

fn of_service(id: Uuid) -> ListQuery {
    ListQuery {
        service: vec![id.to_string()],
        ..ListQuery::default()
    }
}

/// The services with most open work that have no view of their own beside them.
async fn services(cx: &Cx, saved: &[(View, Line)]) -> Result<Vec<counts::ServiceCount>> {
    let most = MOST_SERVICES + saved.len();
    let mut services = counts::by_service(&cx.db, &cx.actor, most as u64).await?;
    let kept: Vec<&str> = saved.iter().map(|(view, _)| view.query.as_str()).collect();
    services.retain(|one| !kept.contains(&of_service(one.service_id).kept_filter().as_str()));
    services.truncate(MOST_SERVICES);
    Ok(services)
}

/// The shipped views, those of the reader's teams and those in use on the shelves around them, all counted together.
async fn counted_views(cx: &Cx) -> Result<Side> {
    let mut teams = entities::team::choices(&cx.db).await?;
    teams.retain(|team| cx.actor.teams().contains(&team.id));
    let mut views = view::list(&cx.db, &cx.actor, Show::Active).await?;
    // Who may share with other teams finds their views where all are, not here.
    let is_near = |id: &Uuid| teams.iter().any(|team| team.id == *id);
    views.retain(|view| view.team_id.as_ref().is_none_or(is_near));
    views.truncate(MOST_SAVED);
    let shipped = shipped();
    let of_team = |id: Uuid| ListQuery {
        team: vec![id.to_string()],
        ..ListQuery::default()
    };
    let mut filters: Vec<Filter> = shipped.iter().map(|(_, q)| q.plain_filter(cx)).collect();
    filters.extend(teams.iter().map(|team| of_team(team.id).plain_filter(cx)));
    for view in &views {
        filters.push(ListQuery::of_view(view).counting_filter(cx).await?);
    }
    let tallies = tally::of_filters(&cx.db, &cx.actor, &filters, MOST_COUNTED).await?;
    let mut tallies = tallies.into_iter();
    let mut line = |url: Url, name: String| Line {
        url,
        name,
        tally: tallies.next().unwrap_or_default(),
    };
    Ok(Side {
        shipped: shipped
            .into_iter()
            .map(|(words, query)| line(query.url(), cx.t(words)))
            .collect(),
        teams: teams
            .into_iter()
            .map(|team| {
                (
                    team.id,
                    team.name,
                    line(of_team(team.id).url(), cx.t("view-all-open")),
                )
            })
            .collect(),
        saved: views
            .into_iter()
            .map(|view| {
                let line = line(url::tickets().with("view", view.id), view.name.clone());
                (view, line)
            })
            .collect(),
        ..Side::default()
    })
}

/// The sections `#sidenav-views`.
fn sidenav_views(cx: &Cx, side: &Side, at: &str, deputies: &Markup) -> Markup {
    let on = |is_there: &dyn Fn(&View) -> bool| saved_lines(cx, at, side, is_there);
    html! {
        div id="sidenav-views" class="sidenav__views" hx-get=(url::views().with("at", at)) hx-trigger="tickets from:#events" hx-swap="outerHTML" {
            section aria-labelledby="views-mine" {
                h2 id="views-mine" {
                    a href=(url::all_views()) { (cx.t("views-mine")) }
                    a class="iconbtn" href=(url::new_view()) aria-label=(cx.t("view-save")) title=(cx.t("view-save")) { (icon("plus")) }
                }
                ul {
                    @for each in &side.shipped { li { (line(cx, at, each)) } }
                    (on(&|view| view.person_id.is_some()))
                }
            }
            @if side.mails.failed > 0 || side.mails.alarms > 0 {
                section aria-labelledby="views-mails" {
                    h2 id="views-mails" { (cx.t("views-mails")) }
                    ul { li { (mails_to_settle(cx, side.mails)) } }
                }
            }
            @for (id, name, open) in &side.teams {
                @let title = format!("views-{}", id.simple());
                section aria-labelledby=(title) {
                    h2 id=(title) { (cx.locale.t_with("view-shelf-team", &[("name", name.as_str().into())])) }
                    ul {
                        (on(&|view| view.team_id == Some(*id)))
                        li { (line(cx, at, open)) }
                    }
                }
            }
            @if side.saved.iter().any(|(view, _)| view.shelf() == Shelf::Everybody) {
                section aria-labelledby="views-everybody" {
                    h2 id="views-everybody" { (cx.t("view-shelf-everybody")) }
                    ul { (on(&|view| view.shelf() == Shelf::Everybody)) }
                }
            }
            @if !side.services.is_empty() {
                section aria-labelledby="views-services" {
                    h2 id="views-services" { (cx.t("views-services")) }
                    ul { @for service in &side.services { li { (service_line(cx, at, service)) } } }
                }
            }
            (deputies)
        }
    }
}

/// The saved views of a shelf.
fn saved_lines(cx: &Cx, at: &str, side: &Side, is_there: &dyn Fn(&View) -> bool) -> Markup {
    html! {
        @for (_, each) in side.saved.iter().filter(|(view, _)| is_there(view)) { li { (line(cx, at, each)) } }
    }
}

fn service_line(cx: &Cx, at: &str, service: &counts::ServiceCount) -> Markup {
    let each = Line {
        url: of_service(service.service_id).url(),
        name: service.name.clone(),
        tally: Tally {
            all: service.open,
            overdue: 0,
        },
    };
    line(cx, at, &each)
}

/// Mails that wait for a person; those that failed too often are an alarm.
fn mails_to_settle(cx: &Cx, mails: Unsettled) -> Markup {
    html! {
        a class="navlink navlink--view" href=(url::mail_to_settle()) {
            span { (cx.t("view-mails")) }
            @if mails.alarms > 0 {
                span class="tally tally--late" { span class="sr" { (cx.t("view-mails-alarm")) " " } (cx.locale.number(mails.alarms)) }
            }
            span class="tally" { span class="sr" { (cx.t("view-all")) " " } (cx.locale.number(mails.failed)) }
        }
    }
}

fn line(cx: &Cx, at: &str, line: &Line) -> Markup {
    let current = (line.url.as_str() == at).then_some("page");
    let Tally { all, overdue } = line.tally;
    html! {
        a class="navlink navlink--view" href=(line.url) aria-current=[current] {
            span { (line.name) }
            @if overdue > 0 {
                span class="tally tally--late" { span class="sr" { (cx.t("view-overdue")) " " } (cx.locale.number(overdue)) }
            }
            span class="tally" { span class="sr" { (cx.t("view-all")) " " } (counted(cx, all)) }
        }
    }
}
