//! The hits of a search, each a line that says what it is and where it matched.

use entities::article;
use entities::ticket::hits::Hit;
use entities::ticket::nameless::Line;
use entities::ticket::state::State;
use maud::{Markup, html};
use search::answer::Highlight;

use super::answer::{Found, What};
use crate::knowledge::words;
use crate::web::cx::Cx;
use crate::web::parts::{icon, marks, reason_words, state_sign, state_words, tile};
use crate::web::url;

/// All of them, in their order.
pub fn list(cx: &Cx, found: &[Found]) -> Markup {
    html! {
        ul class="hits" role="list" {
            @for one in found {
                li class="hit" {
                    span class="hit__ic" { (sign(cx, &one.what)) }
                    div {
                        h2 { a href=(address(&one.what)) { (title(one)) } }
                        @if let Some(place) = one.place() { p { (passage(place)) } }
                        (meta(cx, &one.what))
                    }
                }
            }
        }
    }
}

/// The sign of what it is.
pub fn sign(cx: &Cx, what: &What) -> Markup {
    match what {
        What::Ticket(hit) => state_sign(cx.locale, hit.ticket.state, hit.ticket.waiting_for),
        What::Article(_) => icon("book"),
        What::Case(_) => state_sign(cx.locale, State::Solved, None),
    }
}

/// Its title, with what matched in it.
pub fn title(found: &Found) -> Markup {
    match found.title() {
        Some(title) => marks(&title.text, &title.ranges),
        None => html! { (found.what.title()) },
    }
}

/// Where it is.
pub fn address(what: &What) -> url::Url {
    match what {
        What::Ticket(hit) => url::ticket(&hit.ticket.number),
        What::Article(row) => url::article(row.id),
        What::Case(line) => url::case(&line.number),
    }
}

/// A place where it matched, cut where it is cut.
fn passage(place: &Highlight) -> Markup {
    html! {
        @if place.cut.0 { "… " }
        (marks(&place.text, &place.ranges))
        @if place.cut.1 { " …" }
    }
}

fn meta(cx: &Cx, what: &What) -> Markup {
    match what {
        What::Ticket(hit) => of_ticket(cx, hit),
        What::Article(row) => of_article(cx, row),
        What::Case(line) => of_case(cx, line),
    }
}

/// What the list of cases says of it too.
fn of_case(cx: &Cx, line: &Line) -> Markup {
    let mut words: Vec<String> = line
        .whole_service
        .iter()
        .chain(&line.service)
        .cloned()
        .collect();
    words.extend(line.reason.map(|reason| reason_words(cx.locale, reason)));
    let at = line.solved_at.unwrap_or(line.changed_at);
    words.push(cx.locale.moment(at, &cx.now));
    html! {
        p class="hit__meta" { span class="no" { (line.number) } " " (words.join(" · ")) }
    }
}

fn of_ticket(cx: &Cx, hit: &Hit) -> Markup {
    let ticket = &hit.ticket;
    let ended = ticket
        .solved_at
        .filter(|_| matches!(ticket.state, State::Solved | State::Closed));
    let mut words: Vec<String> = hit
        .parent_service
        .iter()
        .chain(&hit.service)
        .cloned()
        .collect();
    let moment = cx
        .locale
        .moment(ended.unwrap_or(ticket.changed_at), &cx.now);
    let state = state_words(cx.locale, ticket.state, ticket.waiting_for);
    words.push(format!("{state} {moment}"));
    words.extend(hit.owner.clone());
    html! {
        p class="hit__meta" {
            span class="no" { (ticket.number) }
            @if let (Some(short), Some(name)) = (&hit.district_short_name, &hit.district) { (tile(short, name)) }
            (words.join(" · "))
        }
    }
}

fn of_article(cx: &Cx, row: &article::Model) -> Markup {
    let is_read = row.published.is_some() && row.state != article::State::Retired;
    let number = row.published.unwrap_or(row.newest);
    let mut said = vec![
        cx.locale
            .t_with("article-version", &[("number", number.into())]),
    ];
    if let Some(at) = row.published_at {
        said.push(cx.locale.moment(at, &cx.now));
    }
    html! {
        p class="hit__meta" {
            @if is_read { span class="badge" data-state="solved" { (cx.t("search-article")) } }
            @else { (words::state(cx.locale, row.state)) }
            (said.join(" · "))
        }
    }
}
