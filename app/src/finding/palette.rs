//! The command palette: a ticket by its number, people, articles, views and pages, while somebody types.

use entities::setting::Show;
use entities::{Permission, person, text, view};
use maud::{Markup, html};
use poem::handler;
use search::{Request, Typed};
use serde::Deserialize;

use super::answer::{What, ask};
use super::hits;
use super::operators::begins_so;
use super::permission;
use crate::error::Result;
use crate::settings::area::Area;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::{icon, marks};
use crate::web::permitted::Finders;
use crate::web::url::{self, Url};

/// Lines of each group.
const MOST: usize = 6;
/// Begins a name of a person.
const PERSON: char = '@';
/// Begins the number of a ticket.
const NUMBER: char = '#';

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
}

/// A line that leads somewhere.
struct Command {
    sign: Markup,
    words: Markup,
    /// What stands at its end.
    more: String,
    to: Url,
}

/// `GET /palette`: the groups of the list.
#[handler]
pub async fn show(cx: Cx, _: Finders, Query(asked): Query<Asked>) -> Result<Markup> {
    let typed: String = asked.q.chars().filter(|c| !c.is_control()).collect();
    let typed = typed.trim();
    if let Some(name) = typed.strip_prefix(PERSON) {
        return Ok(groups(
            &cx,
            vec![("palette-people", people(&cx, name.trim()).await?)],
        ));
    }
    if typed.starts_with(NUMBER) {
        let found = found(&cx, typed).await?;
        return Ok(groups(&cx, vec![("nav-tickets", found.tickets)]));
    }
    let (found, people) = match typed.is_empty() {
        true => (Found::default(), vec![]),
        false => (found(&cx, typed).await?, people(&cx, typed).await?),
    };
    let mut places = views(&cx, typed).await?;
    places.extend(own_pages(&cx, typed));
    places.extend(pages(&cx, typed));
    Ok(groups(
        &cx,
        vec![
            ("nav-tickets", found.tickets),
            ("knowledge", found.articles),
            ("cases", found.cases),
            ("palette-people", people),
            ("palette-places", places),
        ],
    ))
}

#[derive(Default)]
struct Found {
    tickets: Vec<Command>,
    articles: Vec<Command>,
    cases: Vec<Command>,
}

async fn found(cx: &Cx, typed: &str) -> Result<Found> {
    let request = Request {
        scopes: permission::passages(&cx.db, &cx.actor).await?,
        permission: permission::visible_to(&cx.actor),
        limit: 2 * MOST,
        ..Request::of(Typed::parse(typed, &[]))
    };
    let mut lines = Found::default();
    // The other groups do without it.
    let found = ask(cx, request).await?.map(|answered| answered.found);
    for one in &found.unwrap_or_default() {
        let (group, more) = match &one.what {
            What::Ticket(hit) => (&mut lines.tickets, hit.ticket.number.clone()),
            What::Article(_) => (&mut lines.articles, String::new()),
            What::Case(line) => (&mut lines.cases, line.number.clone()),
        };
        if group.len() < MOST {
            group.push(Command {
                sign: hits::sign(cx, &one.what),
                words: hits::title(one),
                more,
                to: hits::address(&one.what),
            });
        }
    }
    Ok(lines)
}

/// People that are called so, each with their tickets.
async fn people(cx: &Cx, typed: &str) -> Result<Vec<Command>> {
    if typed.is_empty() {
        return Ok(vec![]);
    }
    let found = person::search::search(&cx.db, &cx.actor, typed, MOST as u64).await?;
    let lines = found.into_iter().map(|one| Command {
        sign: icon("user"),
        words: marked(&one.name, typed),
        more: one.organisation_name.unwrap_or_default(),
        to: url::tickets().with("requester", one.id),
    });
    Ok(lines.collect())
}

async fn views(cx: &Cx, typed: &str) -> Result<Vec<Command>> {
    let views = view::list(&cx.db, &cx.actor, Show::Active).await?;
    let fit = views.into_iter().filter(|view| fits(&view.name, typed));
    let lines = fit.take(MOST).map(|view| Command {
        sign: icon("tickets"),
        words: marked(&view.name, typed),
        more: cx.t("palette-view"),
        to: url::tickets().with("view", view.id),
    });
    Ok(lines.collect())
}

/// Pages that are the reader's own, as far as they may open them.
fn own_pages(cx: &Cx, typed: &str) -> Vec<Command> {
    let may = |permission| cx.actor.may_somewhere(permission);
    let all = [
        ("effort-own", url::effort(), may(Permission::BookEffort)),
        (
            "absence-own",
            url::own_absences(),
            may(Permission::ReadTickets),
        ),
        ("away-all", url::absences(), may(Permission::ReadTickets)),
        ("mailing", url::mailings(), may(Permission::CreateTickets)),
        ("notices-title", url::notices(), true),
        ("notifications-title", url::notifications(), true),
        ("watched-title", url::watched(), true),
        ("own-keys-title", url::own_keys(), true),
        ("account-title", url::account(), true),
    ];
    let open = all
        .into_iter()
        .filter(|(_, _, may)| *may && !typed.is_empty());
    let named = open.map(|(key, to, _)| (cx.t(key), to));
    let fit = named.filter(|(words, _)| fits(words, typed));
    fit.map(|(words, to)| Command {
        sign: icon("user"),
        words: marked(&words, typed),
        more: String::new(),
        to,
    })
    .collect()
}

/// Areas of the settings the reader may manage.
fn pages(cx: &Cx, typed: &str) -> Vec<Command> {
    if typed.is_empty() {
        return vec![];
    }
    let areas = Area::open_to(cx).map(|area| (area, area.words(cx)));
    let fit = areas.filter(|(_, words)| fits(words, typed));
    fit.take(MOST)
        .map(|(area, words)| Command {
            sign: icon("gear"),
            words: marked(&words, typed),
            more: cx.t("nav-settings"),
            to: area.url(),
        })
        .collect()
}

/// Whether a name, or a word of it, begins as it was typed.
fn fits(name: &str, typed: &str) -> bool {
    begins_so(&text::fold(name), &text::fold(typed))
}

/// A name with what was typed of it marked.
fn marked(name: &str, typed: &str) -> Markup {
    marks(name, &search::ranges(name, typed))
}

fn groups(cx: &Cx, groups: Vec<(&str, Vec<Command>)>) -> Markup {
    let groups: Vec<(&str, Vec<Command>)> = groups
        .into_iter()
        .filter(|(_, lines)| !lines.is_empty())
        .collect();
    html! {
        @if groups.is_empty() { p class="small muted palette__none" role="option" aria-disabled="true" { (cx.t("palette-none")) } }
        @for (key, lines) in &groups {
            div role="group" aria-labelledby={ "palette-" (key) } {
                span id={ "palette-" (key) } { (cx.t(key)) }
                @for line in lines {
                    a class="cmd" role="option" aria-selected="false" tabindex="-1" href=(line.to) {
                        (line.sign) span { (line.words) }
                        @if !line.more.is_empty() { span class="no" { (line.more) } }
                    }
                }
            }
        }
    }
}
