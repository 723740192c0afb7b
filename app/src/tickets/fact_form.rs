//! Changing one fact in place: the form, the page around it for browsers without scripts, and what follows.

use entities::ticket::{Ticket, show};
use entities::{DeskError, Rejected, Uuid};
use maud::{Markup, html};

use super::facts::{Around, Fact, facts, facts_still};
use super::head::{ticket_events, ticket_title};
use super::list_from::From;
use super::show::tallies;
use crate::error::{Error, Result};
use crate::web::cx::Cx;
use crate::web::form;
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{Choice, Look, foreign, icon_small, submit};
use crate::web::swap::Swap;
use crate::web::url;

/// Something of a ticket that a form changes in place.
pub trait Editable {
    /// The part of its address.
    fn part(&self) -> String;

    /// What it is called.
    fn label(&self, cx: &Cx) -> String;

    /// The name of its looks.
    fn style(&self) -> &'static str;
}

impl Editable for Fact {
    fn part(&self) -> String {
        Fact::part(*self).to_owned()
    }

    fn label(&self, cx: &Cx) -> String {
        Fact::label(*self, cx)
    }

    fn style(&self) -> &'static str {
        Fact::part(*self)
    }
}

/// One value of a form that changes a fact.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Chosen {
    pub value: String,
}

impl Chosen {
    /// The id that was chosen; none for the empty choice, an error for anything else.
    pub fn id(&self) -> Result<Option<Uuid>> {
        if self.value.is_empty() {
            return Ok(None);
        }
        match Uuid::try_parse(&self.value) {
            Ok(id) => Ok(Some(id)),
            Err(_) => Err(Error::Request("no id".into())),
        }
    }
}

/// A select over choices; its label stands beside it as the fact's name.
pub fn select(fact: Fact, cx: &Cx, choices: &[Choice], value: &str) -> Markup {
    html! {
        select class="input" name="value" aria-label=(fact.label(cx)) autofocus {
            @for choice in choices {
                option value=(choice.value) selected[choice.value == value] { (choice.label) }
            }
        }
    }
}

/// Choices by id, with an empty one in front.
pub fn choices(none: String, some: Vec<entities::setting::Choice>) -> Vec<Choice> {
    let some = some.into_iter().map(|c| Choice::new(c.id, c.name));
    [Choice::new("", none)].into_iter().chain(some).collect()
}

/// The form `#fact-form`.
pub fn fact_form(
    cx: &Cx,
    ticket: &Ticket,
    from: &From,
    fact: &impl Editable,
    fields: &Markup,
    fault: Option<&str>,
) -> Markup {
    let action = from.keep(url::ticket_part(&ticket.number, fact.part()));
    let back = from.keep(url::ticket(&ticket.number));
    let again = from.keep(url::ticket_part(&ticket.number, "facts"));
    html! {
        form id="fact-form" class={ "factform factform--" (fact.style()) } action=(action) method="post" hx-post=(action) hx-swap="none" {
            (form::csrf(&cx.session.csrf))
            (fields)
            @if let Some(fault) = fault { p class="error" id="fact-fault" role="alert" { (icon_small("warn")) (fault) } }
            div class="cluster" {
                (submit(Look::Primary, &cx.t("fact-save")))
                a class="kern-btn kern-btn--tertiary" href=(back) hx-get=(again) hx-target="#facts" hx-swap="outerHTML" data-cancel {
                    span class="kern-label" { (cx.t("fact-cancel")) }
                }
            }
        }
    }
}

/// The form as it was asked for: in place of the value, or as a page.
pub fn asked(
    cx: &Cx,
    ticket: &Ticket,
    from: &From,
    fact: &impl Editable,
    fields: &Markup,
) -> Markup {
    let form = fact_form(cx, ticket, from, fact, fields, None);
    if cx.wants_fragment() {
        html! { (form) (facts_still()) }
    } else {
        page(cx, ticket, fact, &form)
    }
}

/// The form with what was typed and what is wrong with it.
pub fn refused(
    cx: &Cx,
    ticket: &Ticket,
    from: &From,
    fact: &impl Editable,
    fields: &Markup,
    fault: &str,
) -> Swap {
    // Faults beside single controls need no other one below them.
    let fault = Some(fault).filter(|fault| !fault.is_empty());
    let form = fact_form(cx, ticket, from, fact, fields, fault);
    let fragment = html! { hx-partial hx-target="#fact-form" hx-swap="outerHTML" { (form) } };
    Swap::invalid(cx.asks, fragment, page(cx, ticket, fact, &form))
}

fn page(cx: &Cx, ticket: &Ticket, fact: &impl Editable, form: &Markup) -> Markup {
    let label = fact.label(cx);
    let title = cx
        .locale
        .t_with("fact-change-title", &[("fact", label.as_str().into())]);
    let content = html! {
        section class="sheet" aria-labelledby="fact-title" {
            div class="sheet__head" {
                h1 id="fact-title" class="h2" { (title) }
                a href=(url::ticket(&ticket.number)) { (ticket.number) " " (foreign(&ticket.title)) }
            }
            div class="sheet__body" { (form) }
        }
    };
    cx.frame_with(Area::Tickets, html! {})
        .page(&title, Stage::Plain, &content)
}

/// Whether a change went through; that there was nothing to change is no fault of the reader.
pub fn went_through<T>(result: Result<T, DeskError>) -> Result<()> {
    match result {
        Ok(_) | Err(DeskError::Rejected(Rejected::NothingToDo)) => Ok(()),
        Err(other) => Err(other.into()),
    }
}

/// What follows a change: everything that shows the ticket's facts, and its thread.
pub async fn changed(cx: &Cx, ticket: &Ticket, from: &From) -> Result<Swap> {
    moved(cx, ticket, from, None).await
}

/// The same after a change that may have brought the ticket to another team.
pub async fn moved(cx: &Cx, ticket: &Ticket, from: &From, team: Option<Uuid>) -> Result<Swap> {
    match show::by_id(&cx.db, &cx.actor, ticket.id).await {
        Ok(ticket) => Ok(refreshed(cx, &ticket, from).await?.signal("thread-changed")),
        Err(DeskError::Hidden) => {
            let mut list = from.query().first_page();
            list.left.clone_from(&ticket.number);
            list.to = team.map(|id| id.to_string()).unwrap_or_default();
            Ok(Swap::go_to(cx.asks, list.url()))
        }
        Err(other) => Err(other.into()),
    }
}

/// The ticket's facts anew: panel and head anew, or the list when the ticket has left the reader's sight.
pub async fn refreshed(cx: &Cx, ticket: &Ticket, from: &From) -> Result<Swap> {
    let around = Around::read(cx, ticket).await?;
    let tallies = tallies(cx, ticket).await?;
    Ok(
        Swap::or_go_to(cx.asks, from.keep(url::ticket(&ticket.number)))
            .morph("facts", facts(cx, ticket, &around, from))
            .morph("ticket-title", ticket_title(cx, ticket, &around, from))
            .replace("ticket-events", ticket_events(cx, tallies)),
    )
}
