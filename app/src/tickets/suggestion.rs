//! A ticket that a mail named though its sender has no part in it: merge, link, or refuse, with one click.

use entities::ticket::suggestion::{Suggestion, open};
use entities::ticket::{Link, LinkKind, Merge, RefuseSuggestion, State, Ticket};
use entities::{DeskError, Permission, Permit, Rejected};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::fact_form::{changed, went_through};
use super::list_from::From;
use super::merge::{led_from, merge};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{self, Form, Query};
use crate::web::parts::{Look, button, foreign, icon};
use crate::web::permitted::Seen;
use crate::web::swap::Swap;
use crate::web::url;

/// The notices of a ticket's open suggestions, each with its three ways.
pub fn suggestions(cx: &Cx, ticket: &Ticket, open: &[Suggestion], from: &From) -> Markup {
    let action = from.keep(url::ticket_part(&ticket.number, "suggestions"));
    let may_link = cx.may(Permission::LinkTickets, ticket.place());
    html! {
        @for suggestion in open {
            @let other = &suggestion.other;
            @let number = other.number.as_str();
            @let may_merge = other.state != State::Merged
                && [ticket, other].iter().all(|t| cx.may(Permission::MergeTickets, t.place()));
            div class="notice suggestion" data-state="warn" role="group" aria-label=(cx.locale.t_with("suggestion-title", &[("number", number.into())])) {
                (icon("link"))
                div {
                    strong { (cx.locale.t_with("suggestion-title", &[("number", number.into())])) } " "
                    (cx.t("suggestion-text")) " "
                    a href=(url::ticket(number)) { (foreign(&other.title)) }
                    @if may_link || may_merge {
                        form class="cluster" action=(action) method="post" hx-post=(action) hx-swap="none" {
                            (form::csrf(&cx.session.csrf))
                            input type="hidden" name="number" value=(suggestion.number);
                            @if may_merge { (button(Look::Primary, &cx.t("suggestion-merge"), "act", "merge")) }
                            @if may_link {
                                (button(Look::Secondary, &cx.t("suggestion-link"), "act", "link"))
                                (button(Look::Tertiary, &cx.t("suggestion-refuse"), "act", "refuse"))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What an agent decided.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Decision {
    number: String,
    act: String,
}

/// `POST /tickets/:key/suggestions`. Each way needs another right, so each asks for its own.
#[handler]
pub async fn update(
    cx: Cx,
    Seen(ticket): Seen<Ticket>,
    Query(from): Query<From>,
    Form(decision): Form<Decision>,
) -> Result<Swap> {
    let open = open(&cx.db, &cx.actor, &ticket).await?;
    let Some(suggestion) = open.into_iter().find(|s| s.number == decision.number) else {
        // Somebody decided in the same moment.
        return changed(&cx, &ticket, &from).await;
    };
    let on = ticket.clone();
    match decision.act.as_str() {
        "merge" => {
            let permit = Permit::<Merge>::ask(&cx.actor, on)?;
            let target = &suggestion.other;
            match merge(&cx, permit, target, "").await? {
                None => {
                    let to = led_from(&target.number, &ticket.number);
                    return Ok(Swap::go_to(cx.asks, to));
                }
                Some(why) => return Err(why.into()),
            }
        }
        "link" => {
            let permit = Permit::<Link>::ask(&cx.actor, on)?;
            let other = Permit::ask(&cx.actor, suggestion.other)?;
            let kind = LinkKind::Related;
            match cx.db.change_pair(permit, other, Link { kind }).await {
                Ok(_) | Err(DeskError::Rejected(Rejected::AlreadyLinked)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        "refuse" => {
            let permit = Permit::ask(&cx.actor, on)?;
            went_through(cx.db.change(permit, RefuseSuggestion { suggestion }).await)?;
        }
        _ => {}
    }
    changed(&cx, &ticket, &from).await
}
