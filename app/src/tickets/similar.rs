//! Solved cases and articles that are like a ticket, or like what is being typed of a call, with what helped there.

use entities::ticket::{Ticket, lesson, number, show};
use entities::{DeskError, Uuid};
use maud::{Markup, html};
use poem::handler;
use search::document::Kind;
use search::{Filter, Match, Request, Typed};

use super::article_draft::solution;
use super::new::taken::Taken;
use crate::error::Result;
use crate::fields::typed::Typed as TypedFields;
use crate::finding::answer::{Found, What, ask};
use crate::finding::{hits, permission};
use crate::web::cx::Cx;
use crate::web::form::{self, Form};
use crate::web::permitted::{Permitted, Seen};
use crate::web::url;

/// What is offered at once.
const MOST: usize = 5;
/// So much of a text is looked for.
const MOST_CHARS: usize = 1_500;
/// What a button says that puts in what helped in a case, before its number.
const SOLUTION: &str = "solution:";

/// The section of a ticket's facts; what it holds is read when the page is there.
pub fn section(cx: &Cx, ticket: &Ticket) -> Markup {
    let here = url::ticket_part(&ticket.number, "similar");
    let all = url::search(&ticket.title)
        .with("state", "solved")
        .with("state", "closed");
    html! {
        details open {
            summary { h2 { (cx.t("similar")) } }
            div class="facts__in" id="similar" hx-get=(here) hx-trigger="load" hx-swap="innerHTML" {
                p class="small" { a href=(all) { (cx.t("similar-search")) } }
            }
        }
    }
}

/// `GET /tickets/:key/similar`.
#[handler]
pub async fn of_ticket(cx: Cx, Seen(ticket): Seen<Ticket>) -> Result<Markup> {
    let asked = lesson::asked(&cx.db, &ticket).await?;
    let text = format!("{} {}", ticket.title, asked.unwrap_or_default());
    let found = alike(&cx, &text, Some(ticket.id)).await?;
    Ok(lines(&cx, &found, ticket.active.then_some(&ticket)))
}

/// `POST /tickets/new/similar`: like what is being typed.
#[handler]
pub async fn of_call(
    cx: Cx,
    _may: Permitted<entities::ticket::Open>,
    Form(typed): Form<TypedFields>,
) -> Result<Markup> {
    let taken = Taken::of_form(typed);
    let text = format!("{} {}", taken.title, taken.text);
    if text.trim().chars().count() < 4 {
        return Ok(html! { p class="small muted" { (cx.t("similar-yet")) } });
    }
    let found = alike(&cx, &text, None).await?;
    Ok(lines(&cx, &found, None))
}

/// What is like a text, the ticket itself not among it; nothing while the index does not answer.
async fn alike(cx: &Cx, text: &str, but: Option<Uuid>) -> Result<Vec<Found>> {
    let text: String = text.chars().take(MOST_CHARS).collect();
    let solved = Filter::is("kind", Kind::Ticket.name()).and(Filter::is("solved", "true"));
    let read = Filter::is("kind", Kind::Article.name()).and(Filter::is("read", "true"));
    let request = Request {
        matching: Match::Some,
        scopes: vec![search::document::Scope::Notes],
        permission: permission::visible_to(&cx.actor),
        filter: Filter::Any(vec![solved, read]),
        limit: MOST + 1,
        prefix_last: false,
        typos: false,
        ..Request::of(Typed::text(&text))
    };
    let found = ask(cx, request).await?.map(|answered| answered.found);
    let mut found = found.unwrap_or_default();
    found.retain(|one| match &one.what {
        What::Ticket(hit) => Some(hit.ticket.id) != but,
        What::Article(_) | What::Case(_) => true,
    });
    found.truncate(MOST);
    Ok(found)
}

/// The lines; with buttons where an answer is written beside them.
fn lines(cx: &Cx, found: &[Found], beside: Option<&Ticket>) -> Markup {
    html! {
        @if found.is_empty() { p class="small muted" { (cx.t("similar-none")) } }
        ul class="plainlist similar" {
            @for one in found {
                @if let Some((below, act, put_words, named)) = about(cx, &one.what) { li {
                    (hits::sign(cx, &one.what))
                    div {
                        a href=(hits::address(&one.what)) { (one.what.title()) }
                        p class="small muted" { (below) }
                        @if let Some(ticket) = beside { (put(cx, ticket, &act, put_words, named)) }
                    }
                } }
            }
        }
    }
}

/// What stands below a line, and the button that puts it in: what it says, its words, and whose it is. Cases without
/// names are not asked for.
fn about<'a>(cx: &Cx, what: &'a What) -> Option<(Markup, String, &'static str, &'a str)> {
    Some(match what {
        What::Ticket(hit) => {
            let number = &hit.ticket.number;
            let below = html! { span class="no" { (number) } @if let Some(service) = &hit.service { " · " (service) } };
            (below, format!("{SOLUTION}{number}"), "similar-take", number)
        }
        What::Case(_) => return None,
        What::Article(row) => {
            let below = html! { (cx.t("search-article")) };
            (
                below,
                format!("article:both:{}", row.id),
                "similar-put",
                &row.title,
            )
        }
    })
}

fn put(cx: &Cx, ticket: &Ticket, act: &str, words: &str, named: &str) -> Markup {
    let to = url::ticket_part(&ticket.number, "composer/articles");
    html! {
        form method="post" action=(to) {
            (form::csrf(&cx.session.csrf))
            button class="more" type="submit" name="act" value=(act) { (cx.t(words)) span class="sr" { " " (named) } }
        }
    }
}

/// What helped in the case a button names, without the names in it; none when it names none that the reader sees.
///
/// # Errors
/// The database's.
pub async fn solution_of(cx: &Cx, act: &str) -> Result<Option<String>> {
    let Some(number) = act.strip_prefix(SOLUTION).and_then(number::parse) else {
        return Ok(None);
    };
    let ticket = match show::by_number(&cx.db, &cx.actor, &number).await {
        Ok(ticket) => ticket,
        Err(DeskError::Hidden) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let lesson = lesson::of(&cx.db, &cx.actor, &ticket).await?;
    Ok(solution(cx, lesson))
}
