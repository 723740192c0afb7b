//! Everything one watches, each with the button that ends it.

use entities::setting::{Choice, Show};
use entities::ticket::{Unwatch, show};
use entities::watching::own::{Own, own};
use entities::watching::{self, Thing};
use entities::{DeskError, Permission, Permit, Rejected, Uuid, article, service};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use crate::error::Result;
use crate::views::watch::{self, Found, watch_button};
use crate::web::cx::Cx;
use crate::web::form::{self, Form};
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{Look, button_link, foreign, moment, submit};
use crate::web::swap::Swap;
use crate::web::url::{self, Url};

/// What is to be watched from now on, or no more.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct WatchForm {
    /// `ticket`, `article`, `service` or `view`.
    kind: String,
    /// The number of a ticket, the id of anything else, or the name of a view that every desk has.
    key: String,
    /// `list` from the head of a list.
    from: String,
}

impl WatchForm {
    fn thing(&self) -> Option<Thing> {
        match self.kind.as_str() {
            "service" => Uuid::try_parse(&self.key).ok().map(Thing::Service),
            "view" => Some(Thing::View(self.key.clone())),
            _ => None,
        }
    }
}

/// `GET /account/watched`
#[handler]
pub async fn list(cx: Cx) -> Result<Markup> {
    let shown = Shown::read(&cx).await?;
    let title = cx.t("watched-title");
    let content = html! {
        div class="sheet" {
            div class="sheet__head" {
                h1 id="watched-title" { (title) }
                span class="right" { (button_link(Look::Tertiary, &cx.t("notifications-settings"), &url::notifications(), None)) }
            }
            div class="scroll" tabindex="0" role="region" aria-labelledby="watched-title" { (watched(&cx, &shown)) }
        }
    };
    let frame = cx.frame(Area::None).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}

/// `POST /account/watched`: a view or a service.
#[handler]
pub async fn create(cx: Cx, Form(form): Form<WatchForm>) -> Result<Swap> {
    let thing = form.thing().ok_or(DeskError::Hidden)?;
    let found = watch::find(&cx, thing).await?;
    watching::begin(&cx.db, &cx.actor, &found.thing).await?;
    turned(&cx, &form, Some(found.url), true).await
}

/// `POST /account/watched/end`: anything that can be watched.
#[handler]
pub async fn remove(cx: Cx, Form(form): Form<WatchForm>) -> Result<Swap> {
    let mut to = None;
    match form.kind.as_str() {
        "ticket" => {
            let ticket = show::by_number(&cx.db, &cx.actor, &form.key).await?;
            let permit = Permit::ask(&cx.actor, ticket)?;
            ended(cx.db.change(permit, Unwatch).await)?;
        }
        "article" => {
            let id = Uuid::try_parse(&form.key).map_err(|_| DeskError::Hidden)?;
            let article = article::find(&cx.db, &cx.actor, id).await?;
            let permit = Permit::ask(&cx.actor, article)?;
            ended(cx.db.change(permit, article::Unwatch).await)?;
        }
        _ => {
            // What was retired is not found any more, and must still end.
            let thing = form.thing().ok_or(DeskError::Hidden)?;
            watching::end(&cx.db, &cx.actor, &thing).await?;
            to = watch::find(&cx, thing).await.ok().map(|found| found.url);
        }
    }
    turned(&cx, &form, to, false).await
}

/// Whoever was faster has ended it too.
fn ended<T>(done: entities::Result<T>) -> Result<()> {
    match done {
        Ok(_) | Err(DeskError::Rejected(Rejected::NothingToDo)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

async fn turned(cx: &Cx, form: &WatchForm, to: Option<Url>, is_watched: bool) -> Result<Swap> {
    match (form.from.as_str(), form.thing()) {
        ("list", Some(thing)) => Ok(Swap::or_go_to(cx.asks, to.unwrap_or_else(url::tickets))
            .replace("list-watch", watch_button(cx, &thing, is_watched))),
        _ => {
            let shown = Shown::read(cx).await?;
            Ok(Swap::or_go_to(cx.asks, url::watched()).replace("watched", watched(cx, &shown)))
        }
    }
}

struct Line {
    name: String,
    url: Option<Url>,
    kind: &'static str,
    key: String,
    since: entities::Instant,
}

struct Shown {
    tickets: Vec<Line>,
    articles: Vec<Line>,
    services: Vec<Line>,
    views: Vec<Line>,
    /// Services that could be watched too.
    others: Vec<Choice>,
}

impl Shown {
    async fn read(cx: &Cx) -> Result<Shown> {
        let all = own(&cx.db, &cx.actor).await?;
        let mut others = match cx.actor.may_somewhere(Permission::Watch) {
            true => service::list::ways_of(&cx.db, Show::Active).await?,
            false => vec![],
        };
        others.retain(|one| !all.services.iter().any(|row| row.service_id == one.id));
        let Own {
            tickets,
            articles,
            services,
            views,
        } = all;
        let mut of_things = [vec![], vec![]];
        for (thing, since) in services
            .into_iter()
            .map(|row| (Thing::Service(row.service_id), row.since))
            .chain(
                views
                    .into_iter()
                    .map(|row| (Thing::View(row.view), row.since)),
            )
        {
            let place = usize::from(matches!(thing, Thing::View(_)));
            of_things[place].push(line(cx, thing, since).await?);
        }
        let [services, views] = of_things;
        Ok(Shown {
            tickets: tickets
                .into_iter()
                .map(|one| Line {
                    name: format!("{} {}", one.number, one.title),
                    url: Some(url::ticket(&one.number)),
                    kind: "ticket",
                    key: one.number,
                    since: one.since,
                })
                .collect(),
            articles: articles
                .into_iter()
                .map(|one| Line {
                    name: one.title,
                    url: Some(url::article(one.id)),
                    kind: "article",
                    key: one.id.to_string(),
                    since: one.since,
                })
                .collect(),
            services,
            views,
            others,
        })
    }
}

/// A view or service; one that is not there any more has no name but can still be ended.
async fn line(cx: &Cx, thing: Thing, since: entities::Instant) -> Result<Line> {
    let (kind, key) = watch::words(&thing);
    let found: Option<Found> = watch::find(cx, thing).await.ok();
    let (name, url) = match found {
        Some(found) => (found.name, Some(found.url)),
        None => (cx.t("watched-gone"), None),
    };
    Ok(Line {
        name,
        url,
        kind,
        key,
        since,
    })
}

/// The lists `#watched`.
fn watched(cx: &Cx, shown: &Shown) -> Markup {
    html! {
        div id="watched" class="form form--wide" {
            p class="muted" { (cx.t("watched-lead")) }
            (section(cx, "watched-views", "watched-views-none", &shown.views))
            (section(cx, "watched-services", "watched-services-none", &shown.services))
            @if !shown.others.is_empty() { (another(cx, &shown.others)) }
            (section(cx, "watched-tickets", "watched-tickets-none", &shown.tickets))
            (section(cx, "watched-articles", "watched-articles-none", &shown.articles))
        }
    }
}

fn section(cx: &Cx, title: &str, none: &str, lines: &[Line]) -> Markup {
    html! {
        section aria-labelledby=(title) {
            h2 id=(title) { (cx.t(title)) }
            @if lines.is_empty() { p class="muted" { (cx.t(none)) } }
            @else { ul class="watched" role="list" { @for line in lines { (item(cx, line)) } } }
        }
    }
}

fn item(cx: &Cx, line: &Line) -> Markup {
    let ends = cx
        .locale
        .t_with("watched-end", &[("name", line.name.as_str().into())]);
    html! {
        li {
            span class="watched__name" {
                @match &line.url {
                    Some(url) => a href=(url) { (foreign(&line.name)) },
                    None => span class="muted" { (line.name) },
                }
            }
            span class="muted small" { (cx.t("watched-since")) " " (moment(cx.locale, &cx.now, line.since)) }
            form action=(url::end_watching()) method="post" hx-post=(url::end_watching()) hx-swap="none" {
                (form::csrf(&cx.session.csrf))
                input type="hidden" name="kind" value=(line.kind);
                input type="hidden" name="key" value=(line.key);
                button class="kern-btn kern-btn--tertiary" type="submit" aria-label=(ends) {
                    span class="kern-label" { (cx.t("watch-end")) }
                }
            }
        }
    }
}

/// The form that begins with a service.
fn another(cx: &Cx, others: &[Choice]) -> Markup {
    html! {
        form class="cluster watched-more" action=(url::watched()) method="post" hx-post=(url::watched()) hx-swap="none" {
            (form::csrf(&cx.session.csrf))
            input type="hidden" name="kind" value="service";
            div class="field" {
                label class="label" for="watch-service-key" { (cx.t("watch-service-more")) }
                select class="input" id="watch-service-key" name="key" {
                    @for one in others { option value=(one.id) { (one.name) } }
                }
            }
            (submit(Look::Secondary, &cx.t("watch-service")))
        }
    }
}
