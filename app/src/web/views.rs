//! The views at the side of every page, with their counts.

use entities::inbound::failed::{self, Unsettled};
use entities::ticket::counts;
use entities::ticket::filter::Filter;
use maud::{Markup, html};

use crate::error::Result;
use crate::tickets::list::MOST_COUNTED;
use crate::web::cx::Cx;
use crate::web::url::{self, Url};

/// The views and what they hold for the reader.
pub async fn views(cx: &Cx) -> Result<Markup> {
    let tomorrow = cx.now.today().succ_opt().unwrap_or(cx.now.today());
    let end_of_day = cx.now.instant(tomorrow, chrono::NaiveTime::MIN);
    let counts = counts::counts(&cx.db, &cx.actor, end_of_day).await?;
    let mine = Filter {
        watched: true,
        ..Filter::default()
    };
    let watched = counts::count(&cx.db, &cx.actor, &mine, MOST_COUNTED).await?;
    let services = counts::by_service(&cx.db, &cx.actor, 6).await?;
    let mails = failed::unsettled(&cx.db, &cx.actor).await?;
    Ok(sidenav_views(cx, &counts, watched, &services, mails))
}

/// The sections `#sidenav-views`.
pub fn sidenav_views(
    cx: &Cx,
    counts: &counts::Counts,
    watched: i64,
    services: &[counts::ServiceCount],
    mails: Unsettled,
) -> Markup {
    let tickets = url::tickets;
    html! {
        div id="sidenav-views" class="sidenav__views" hx-get=(url::views()) hx-trigger="tickets from:#events" hx-swap="outerHTML" {
            section aria-labelledby="views-mine" {
                h2 id="views-mine" { (cx.t("views-mine")) }
                ul {
                    li { (view(cx, tickets().with("owner", "me"), "view-mine", counts.mine, counts.reminders_passed)) }
                    li { (view(cx, tickets().with("state", "new").with("owner", "nobody"), "view-new-unassigned", counts.new_unassigned, 0)) }
                    li { (view(cx, tickets().with("owner", "me").with("reminder", "today"), "view-reminders", counts.reminders_today, 0)) }
                    li { (view(cx, tickets().with("state", "vendor"), "view-at-vendor", counts.at_vendor, 0)) }
                    li { (view(cx, tickets().with("watched", "me"), "view-watched", watched, 0)) }
                    li { (view(cx, tickets(), "view-all-open", counts.all_open, 0)) }
                }
            }
            @if mails.failed > 0 || mails.alarms > 0 {
                section aria-labelledby="views-mails" {
                    h2 id="views-mails" { (cx.t("views-mails")) }
                    ul { li { (mails_to_settle(cx, mails)) } }
                }
            }
            @if !services.is_empty() {
                section aria-labelledby="views-services" {
                    h2 id="views-services" { (cx.t("views-services")) }
                    ul {
                        @for service in services {
                            li { (line(cx, tickets().with("service", service.service_id), &service.name, service.open, 0)) }
                        }
                    }
                }
            }
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

fn view(cx: &Cx, url: Url, key: &str, all: i64, passed: i64) -> Markup {
    line(cx, url, &cx.t(key), all, passed)
}

fn line(cx: &Cx, url: Url, name: &str, all: i64, passed: i64) -> Markup {
    html! {
        a class="navlink navlink--view" href=(url) {
            span { (name) }
            @if passed > 0 {
                span class="tally tally--late" { span class="sr" { (cx.t("view-passed")) " " } (cx.locale.number(passed)) }
            }
            span class="tally" { span class="sr" { (cx.t("view-all")) " " } (cx.locale.number(all)) }
        }
    }
}
