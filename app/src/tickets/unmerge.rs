//! Taking a merger back: the button while nothing else has happened, and what it does.

use entities::ticket::unmerge::{self, Model as Merger};
use entities::ticket::{Ticket, Unmerge, show};
use entities::{Permission, Permit, Rejected};
use maud::{Markup, html};
use poem::handler;

use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form;
use crate::web::parts::{Stay, toast};
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;
use crate::web::url::{self, Url};

/// For how many seconds after a merger its target's page offers the way back over the page, too.
const FRESH_SECONDS: i64 = 60;

/// Where the page of a ticket that was given everything back leads, with a note about it.
fn back_at(source: &str, target: &str) -> Url {
    url::ticket(source).with("unmerged", target)
}

/// `POST /tickets/:key/unmerge`: the ticket that was merged has its own back.
#[handler]
pub async fn create(cx: Cx, permit: Permitted<Unmerge>) -> Result<Swap> {
    let source = permit.on().clone();
    let Some(target) = source.merged_into else {
        // Whoever pressed twice has what they wanted.
        return Ok(Swap::go_to(cx.asks, url::ticket(&source.number)));
    };
    let target = show::by_id(&cx.db, &cx.actor, target).await?;
    let merger = unmerge::undoable(&cx.db, source.id).await?;
    let merger = merger.filter(|merger| merger.source_id == source.id);
    let command = Unmerge::prepare(&cx.db, &cx.actor, merger.ok_or(Rejected::WentOn)?).await?;
    let other = Permit::ask(&cx.actor, target.clone())?;
    cx.db
        .change_pair(permit.into_permit(), other, command)
        .await?;
    Ok(Swap::go_to(
        cx.asks,
        back_at(&source.number, &target.number),
    ))
}

/// The button that takes the merger of this ticket back, for who may.
pub fn way_back(cx: &Cx, source: &Ticket) -> Markup {
    let action = url::ticket_part(&source.number, "unmerge");
    let label = cx.locale.t_with(
        "unmerge-number",
        &[("number", source.number.as_str().into())],
    );
    html! {
        @if cx.may(Permission::MergeTickets, source.place()) {
            form action=(action) method="post" hx-post=(action) hx-swap="none" {
                (form::csrf(&cx.session.csrf))
                button class="kern-btn kern-btn--tertiary" type="submit" aria-label=(label) {
                    span class="kern-label" { (cx.t("unmerge")) }
                }
            }
        }
    }
}

/// What was just merged, over the page of the target, with the way back.
pub fn merged_toast(cx: &Cx, merger: Option<&Merger>, merged: &[Ticket], number: &str) -> Markup {
    let source = merged.iter().find(|source| source.number == number);
    let Some((merger, source)) = merger.zip(source) else {
        return html! {};
    };
    let left = FRESH_SECONDS - (cx.now.at - merger.at).num_seconds();
    if merger.source_id != source.id || left <= 0 {
        return html! {};
    }
    let words = cx
        .locale
        .t_with("merged-note", &[("number", number.into())]);
    let action = url::ticket_part(&source.number, "unmerge");
    let way_back = html! {
        form action=(action) method="post" {
            (form::csrf(&cx.session.csrf))
            button type="submit" { (cx.t("unmerge")) }
        }
    };
    let seconds = u32::try_from(left).unwrap_or(0);
    toast(cx.locale, Stay::Seconds(seconds), &words, &way_back)
}
