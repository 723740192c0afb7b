//! Merging a ticket into another one: choose, see what will happen, do it.

use entities::field::change::carried;
use entities::ticket::merge::wakes;
use entities::ticket::share::read as share;
use entities::ticket::show::{Names, names};
use entities::ticket::{Merge, State, Ticket, VendorShare};
use entities::{DeskError, Permission, Permit, Rejected};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;
use tokio::try_join;

use super::links::ticket_words;
use super::pick::{Pick, Picked, page, pick};
use crate::error::{Result, rejected};
use crate::fields::words::label;
use crate::web::cx::Cx;
use crate::web::form::{self, Form, Query};
use crate::web::parts::{Look, Tone, button_link, notice, submit};
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;
use crate::web::url::{self, Url};

/// What was chosen, and the key of the form.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct MergeForm {
    q: String,
    other: String,
    once: String,
}

impl MergeForm {
    fn picked(&self) -> Picked {
        Picked {
            q: self.q.clone(),
            other: self.other.clone(),
        }
    }
}

/// Where a merged ticket's page leads: the target, with a note about it.
pub fn led_from(target: &str, source: &str) -> Url {
    url::ticket(target).with("merged", source)
}

/// `GET /tickets/:key/merge?q=&other=`: the choice, then the preview.
#[handler]
pub async fn new(cx: Cx, permit: Permitted<Merge>, Query(asked): Query<MergeForm>) -> Result<Swap> {
    let ticket = permit.on().clone();
    let picked = asked.picked();
    let has_chosen = !picked.q.trim().is_empty() || !picked.other.is_empty();
    let chosen = Pick::read(&cx, &ticket, picked).await?;
    if let Ok(other) = &chosen.found {
        let fault = match fault(&cx, &ticket, other) {
            None => shares_fault(&cx, &ticket, other).await?,
            some => some,
        };
        return match fault {
            Some(fault) => choice(&cx, &ticket, &chosen, Some(&fault)).await,
            None => Ok(Swap::page(preview(&cx, &ticket, other).await?)),
        };
    }
    let fault = match &chosen.found {
        Err(fault) if has_chosen => Some(fault.words(&cx)),
        _ => None,
    };
    choice(&cx, &ticket, &chosen, fault.as_deref()).await
}

/// What stands against merging, before it is tried.
fn fault(cx: &Cx, source: &Ticket, target: &Ticket) -> Option<String> {
    let why = if source.id == target.id {
        Rejected::SameTicket
    } else if source.state == State::Merged {
        Rejected::AlreadyMerged
    } else if target.state == State::Merged {
        Rejected::TargetMerged
    } else if !cx.may(Permission::MergeTickets, target.place()) {
        return Some(cx.t("merge-forbidden"));
    } else {
        return None;
    };
    Some(rejected(cx.locale, why))
}

/// One vendor sees one of the two, and does not see the other any more.
async fn shares_fault(cx: &Cx, source: &Ticket, target: &Ticket) -> Result<Option<String>> {
    let (ours, theirs) = try_join!(share::of(&cx.db, source), share::of(&cx.db, target))?;
    let differ = ours.iter().any(|one| {
        let same = |other: &&VendorShare| other.organisation_id == one.organisation_id;
        let other = theirs.iter().find(same);
        other.is_some_and(|other| other.withdrawn_at.is_some() != one.withdrawn_at.is_some())
    });
    Ok(differ.then(|| rejected(cx.locale, Rejected::SharesDiffer)))
}

/// What each vendor with whom the source is shared sees from then on.
async fn shared(cx: &Cx, source: &Ticket, target: &Ticket) -> Result<Vec<String>> {
    let (ours, theirs) = try_join!(share::rows(&cx.db, source), share::of(&cx.db, target))?;
    let open = ours.iter().filter(|row| row.share.withdrawn_at.is_none());
    let words = open.map(|row| {
        let same = |other: &VendorShare| other.organisation_id == row.share.organisation_id;
        let key = match theirs.iter().any(same) {
            true => "merge-share-joins",
            false => "merge-share-goes",
        };
        let said = [
            ("vendor", row.organisation.as_str().into()),
            ("number", target.number.as_str().into()),
        ];
        cx.locale.t_with(key, &said)
    });
    Ok(words.collect())
}

/// `POST /tickets/:key/merge`.
#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<Merge>,
    Form(typed): Form<MergeForm>,
) -> Result<Swap> {
    let ticket = permit.on().clone();
    let chosen = Pick::read(&cx, &ticket, typed.picked()).await?;
    let fault = match &chosen.found {
        Err(fault) => fault.words(&cx),
        Ok(target) => match merge(&cx, permit.into_permit(), target, &typed.once).await? {
            None => {
                return Ok(Swap::go_to(
                    cx.asks,
                    led_from(&target.number, &ticket.number),
                ));
            }
            Some(why) => rejected(cx.locale, why),
        },
    };
    choice(&cx, &ticket, &chosen, Some(&fault)).await
}

/// Merges; the state that forbids it, if any. A form sent twice has merged already.
pub async fn merge(
    cx: &Cx,
    source: Permit<Merge>,
    target: &Ticket,
    once: &str,
) -> Result<Option<Rejected>> {
    let fields = carried(&cx.db, &cx.actor, source.on(), target).await?;
    let target = Permit::ask(&cx.actor, target.clone())?;
    let command = Merge {
        fields,
        once: (!once.is_empty()).then(|| once.to_owned()),
    };
    match cx.db.change_pair(source, target, command).await {
        Ok(_) | Err(DeskError::AlreadyDone(_)) => Ok(None),
        Err(DeskError::Rejected(why)) => Ok(Some(why)),
        Err(error) => Err(error.into()),
    }
}

/// The page with the choice; 422 when something is wrong with it, also in place of the preview.
async fn choice(cx: &Cx, ticket: &Ticket, chosen: &Pick, fault: Option<&str>) -> Result<Swap> {
    let action = url::ticket_part(&ticket.number, "merge");
    let intro = cx
        .locale
        .t_with("merge-intro", &[("number", ticket.number.as_str().into())]);
    let content = html! {
        form id="merge-form" class="factform actform" action=(action) method="get" {
            p { (intro) }
            (pick(cx, ticket, chosen, fault))
            div class="cluster" {
                (submit(Look::Primary, &cx.t("merge-preview-next")))
                (button_link(Look::Tertiary, &cx.t("merge-cancel"), &url::ticket(&ticket.number), None))
            }
        }
    };
    let page = page(cx, ticket, &cx.t("merge-title"), &content).await?;
    let fragment =
        html! { hx-partial hx-target="#merge-preview" hx-swap="outerHTML" { (content) } };
    Ok(match fault {
        Some(_) => Swap::invalid(cx.asks, fragment, page),
        None => Swap::page(page),
    })
}

/// The page with what will happen.
async fn preview(cx: &Cx, source: &Ticket, target: &Ticket) -> Result<Markup> {
    let (from, to) = (names(&cx.db, source).await?, names(&cx.db, target).await?);
    let action = url::ticket_part(&source.number, "merge");
    let turned = url::ticket_part(&target.number, "merge").with("other", &source.number);
    let number = |key: &str| {
        cx.locale
            .t_with(key, &[("number", target.number.as_str().into())])
    };
    let carried = carried(&cx.db, &cx.actor, source, target).await?;
    let carried: Vec<String> = carried.fields().map(|f| label(cx.locale, f)).collect();
    let carried = carried.join(", ");
    let shared = shared(cx, source, target).await?;
    let messages = cx
        .locale
        .t_with("merge-messages", &[("count", source.message_count.into())]);
    let content = html! {
        div class="merge" id="merge-preview" {
            dl class="merge__two" {
                div { dt { (cx.t("merge-source")) } dd { (ticket_words(cx, source)) } }
                div { dt { (cx.t("merge-target")) } dd { (ticket_words(cx, target)) } }
            }
            ul class="plain" {
                li { (messages) }
                li { (cx.t("merge-links")) }
                @if !carried.is_empty() { li { (cx.locale.t_with("merge-fields", &[("fields", carried.as_str().into())])) } }
                @for words in &shared { li { (words) } }
                li { (number("merge-answers")) }
                li { (number("merge-facts")) }
                @if wakes(source, target) { li { (number("merge-reopens")) } }
            }
            (differing(cx, source, target, &from, &to))
            form id="merge-form" class="factform actform" action=(action) method="post" hx-post=(action) hx-swap="none" {
                (form::csrf(&cx.session.csrf))
                (form::once())
                input type="hidden" name="other" value=(target.number);
                div class="cluster" {
                    (submit(Look::Primary, &number("merge-do")))
                    (button_link(Look::Tertiary, &cx.t("merge-other-way"), &turned, None))
                    (button_link(Look::Tertiary, &cx.t("merge-other"), &url::ticket_part(&source.number, "merge"), None))
                    (button_link(Look::Tertiary, &cx.t("merge-cancel"), &url::ticket(&source.number), None))
                }
            }
        }
    };
    page(cx, source, &cx.t("merge-title"), &content).await
}

/// Answers will go to somebody else: that must not come as a surprise.
fn differing(cx: &Cx, source: &Ticket, target: &Ticket, from: &Names, to: &Names) -> Markup {
    let unknown = || cx.t("fact-unknown");
    let words = cx.locale.t_with(
        "merge-requester",
        &[
            (
                "source",
                from.requester.clone().unwrap_or_else(unknown).into(),
            ),
            (
                "target",
                to.requester.clone().unwrap_or_else(unknown).into(),
            ),
        ],
    );
    html! {
        @if source.requester_id != target.requester_id { (notice(Tone::Warn, &words, &html! {})) }
    }
}
