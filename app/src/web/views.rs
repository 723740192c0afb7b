//! The views at the side of every page, with their counts.

use entities::Uuid;
use entities::inbound::failed::{self, Unsettled};
use entities::setting::Show;
use entities::ticket::counts;
use entities::ticket::filter::Filter;
use entities::view::{self, Shelf, View};
use maud::{Markup, html};
use serde::Deserialize;

use crate::error::Result;
use crate::tickets::list::{MOST_COUNTED, counted};
use crate::tickets::list_query::ListQuery;
use crate::web::cx::Cx;
use crate::web::parts::icon;
use crate::web::url::{self, Url};

/// The most saved views at the side; the page of all has the rest.
const MOST_SAVED: usize = 40;

/// The address of the view that is open, for the fragment that is fetched anew.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct At {
    pub at: String,
}

/// What is counted beside every page.
#[derive(Default)]
struct Side {
    shipped: counts::Counts,
    services: Vec<counts::ServiceCount>,
    mails: Unsettled,
    /// Open work the reader watches.
    watched: i64,
    /// The reader's teams by name, with their open work.
    teams: Vec<(Uuid, String, i64)>,
    /// Saved views with what they hold for the reader.
    saved: Vec<(View, i64)>,
}

/// The views and what they hold for the reader; `at` is the address of the one that is open.
pub async fn views(cx: &Cx, at: &str) -> Result<Markup> {
    let tomorrow = cx.now.today().succ_opt().unwrap_or(cx.now.today());
    let end_of_day = cx.now.instant(tomorrow, chrono::NaiveTime::MIN);
    let mut side = Side {
        shipped: counts::counts(&cx.db, &cx.actor, end_of_day).await?,
        services: counts::by_service(&cx.db, &cx.actor, 6).await?,
        mails: failed::unsettled(&cx.db, &cx.actor).await?,
        ..Side::default()
    };
    count_saved(cx, &mut side).await?;
    Ok(sidenav_views(cx, &side, at))
}

/// What is watched, the reader's teams and the views in use on the shelves around them, all counted together.
async fn count_saved(cx: &Cx, side: &mut Side) -> Result<()> {
    let mut teams = entities::team::choices(&cx.db).await?;
    teams.retain(|team| cx.actor.teams().contains(&team.id));
    let mut views = view::list(&cx.db, &cx.actor, Show::Active).await?;
    // Who may share with other teams finds their views where all are, not here.
    let is_near = |id: &Uuid| teams.iter().any(|team| team.id == *id);
    views.retain(|view| view.team_id.as_ref().is_none_or(is_near));
    views.truncate(MOST_SAVED);
    let mut filters = vec![Filter {
        watched: true,
        ..Filter::default()
    }];
    filters.extend(teams.iter().map(|team| Filter {
        team_id: Some(team.id),
        ..Filter::default()
    }));
    for view in &views {
        filters.push(ListQuery::of_view(view).counting_filter(cx).await?);
    }
    let counts = counts::of_filters(&cx.db, &cx.actor, &filters, MOST_COUNTED).await?;
    let mut counts = counts.into_iter();
    side.watched = counts.next().unwrap_or_default();
    let teams = teams.into_iter().zip(counts.by_ref());
    let teams = teams.map(|(team, count)| (team.id, team.name, count));
    side.teams = teams.collect();
    side.saved = views.into_iter().zip(counts).collect();
    Ok(())
}

/// The sections `#sidenav-views`.
fn sidenav_views(cx: &Cx, side: &Side, at: &str) -> Markup {
    let tickets = url::tickets;
    let counts = &side.shipped;
    let view = |url: Url, key: &str, all, passed| line(cx, at, url, &cx.t(key), all, passed);
    let on = |is_there: &dyn Fn(&View) -> bool| saved_lines(cx, at, side, is_there);
    html! {
        div id="sidenav-views" class="sidenav__views" hx-get=(url::views().with("at", at)) hx-trigger="tickets from:#events" hx-swap="outerHTML" {
            section aria-labelledby="views-mine" {
                h2 id="views-mine" {
                    a href=(url::all_views()) { (cx.t("views-mine")) }
                    a class="iconbtn" href=(url::new_view()) aria-label=(cx.t("view-save")) title=(cx.t("view-save")) { (icon("plus")) }
                }
                ul {
                    li { (view(tickets().with("owner", "me"), "view-mine", counts.mine, counts.reminders_passed)) }
                    li { (view(tickets().with("state", "new").with("owner", "nobody"), "view-new-unassigned", counts.new_unassigned, 0)) }
                    li { (view(tickets().with("owner", "me").with("reminder", "today"), "view-reminders", counts.reminders_today, 0)) }
                    li { (view(tickets().with("state", "vendor"), "view-at-vendor", counts.at_vendor, 0)) }
                    li { (view(tickets().with("watched", "me"), "view-watched", side.watched, 0)) }
                    li { (view(tickets(), "view-all-open", counts.all_open, 0)) }
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
                        li { (view(tickets().with("team", id), "view-all-open", *open, 0)) }
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
                    ul {
                        @for service in &side.services {
                            li { (line(cx, at, tickets().with("service", service.service_id), &service.name, service.open, 0)) }
                        }
                    }
                }
            }
        }
    }
}

/// The saved views of a shelf.
fn saved_lines(cx: &Cx, at: &str, side: &Side, is_there: &dyn Fn(&View) -> bool) -> Markup {
    html! {
        @for (view, count) in side.saved.iter().filter(|(view, _)| is_there(view)) {
            li { (line(cx, at, url::tickets().with("view", view.id), &view.name, *count, 0)) }
        }
    }
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

fn line(cx: &Cx, at: &str, url: Url, name: &str, all: i64, passed: i64) -> Markup {
    let current = (url.as_str() == at).then_some("page");
    html! {
        a class="navlink navlink--view" href=(url) aria-current=[current] {
            span { (name) }
            @if passed > 0 {
                span class="tally tally--late" { span class="sr" { (cx.t("view-passed")) " " } (cx.locale.number(passed)) }
            }
            span class="tally" { span class="sr" { (cx.t("view-all")) " " } (counted(cx, all)) }
        }
    }
}
