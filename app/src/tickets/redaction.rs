//! Deciding what is blacked out: what is asked for, what would go, the decision, and its marks in the thread.

use entities::person::list::names_by_id;
use entities::ticket::redact::{self, Model as Request, Outcome, Plan, Remains};
use entities::ticket::thread::{self, ThreadEntry};
use entities::ticket::{Redact, RefuseRedaction, Ticket, WithdrawRedaction};
use entities::{DeskError, Permission};
use maud::{Markup, html};
use poem::handler;

use super::pick::page;
use crate::error::{Result, rejected};
use crate::mail::remaining;
use crate::web::cx::Cx;
use crate::web::form;
use crate::web::parts::{Look, Tone, button_link, foreign, icon_small, moment, notice, submit};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;
use crate::web::url;

/// `GET /tickets/:key/redactions/:sub`.
#[handler]
pub async fn show(cx: Cx, permit: Permitted<Redact>, Sub(id): Sub) -> Result<Markup> {
    let ticket = permit.on();
    let request = redact::find(&cx.db, ticket, id).await?;
    let content = decision(&cx, ticket, request, None).await?;
    page(&cx, ticket, &cx.t("redaction-title"), &content).await
}

/// `POST /tickets/:key/redactions/:sub`: it is blacked out, for ever.
#[handler]
pub async fn update(cx: Cx, permit: Permitted<Redact>, Sub(id): Sub) -> Result<Swap> {
    let ticket = permit.on().clone();
    let request = redact::find(&cx.db, &ticket, id).await?;
    let mut plan = Plan::read(&cx.db, &ticket, request.clone()).await?;
    let with_raw = |one: &&mut Remains| one.raw_gone.is_some();
    for remains in plan.all_remains_mut().filter(with_raw) {
        remains.raw = remaining::store(&cx.desk, remains).await?;
    }
    match redact::approve(&cx.db, permit.into_permit(), plan).await {
        Ok(()) => {
            // What could not be removed now is tried again within the hour.
            if let Err(error) = redact::sweep::sweep(&cx.db).await {
                tracing::error!(%error, "redacted files are still in the store");
            }
            Ok(Swap::go_to(cx.asks, url::ticket(&ticket.number)))
        }
        Err(DeskError::Rejected(why)) => {
            let content = decision(&cx, &ticket, request, Some(rejected(cx.locale, why))).await?;
            let page = page(&cx, &ticket, &cx.t("redaction-title"), &content).await?;
            let fragment =
                html! { hx-partial hx-target="#redaction" hx-swap="outerHTML" { (content) } };
            Ok(Swap::invalid(cx.asks, fragment, page))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /tickets/:key/redactions/:sub/refuse`: it stays.
#[handler]
pub async fn refuse(cx: Cx, permit: Permitted<RefuseRedaction>, Sub(id): Sub) -> Result<Swap> {
    let ticket = permit.on().clone();
    let request = redact::find(&cx.db, &ticket, id).await?;
    cx.db
        .change(permit.into_permit(), RefuseRedaction { request })
        .await?;
    Ok(Swap::go_to(cx.asks, url::ticket(&ticket.number)))
}

/// `POST /tickets/:key/redactions/:sub/withdraw`: whoever asked for it does so no more.
#[handler]
pub async fn withdraw(cx: Cx, permit: Permitted<WithdrawRedaction>, Sub(id): Sub) -> Result<Swap> {
    let ticket = permit.on().clone();
    let request = redact::find(&cx.db, &ticket, id).await?;
    cx.db
        .change(permit.into_permit(), WithdrawRedaction { request })
        .await?;
    Ok(Swap::go_to(cx.asks, url::ticket(&ticket.number)))
}

/// The page `#redaction`: what would go, and the two ways.
async fn decision(
    cx: &Cx,
    ticket: &Ticket,
    request: Request,
    fault: Option<String>,
) -> Result<Markup> {
    let part = format!("redactions/{}", request.id);
    let (yes, no) = (
        url::ticket_part(&ticket.number, &part),
        url::ticket_part(&ticket.number, format!("{part}/refuse")),
    );
    let entry = thread::entry(&cx.db, ticket, request.message_id).await?;
    let asked_by = asker(cx, &request).await?;
    let is_own = cx.actor.person_id() == Some(request.asked_by);
    let is_open = request.outcome.is_none();
    let plan = Plan::read(&cx.db, ticket, request).await?;
    let others = plan
        .remains
        .iter()
        .filter(|one| one.message_id != entry.message.id)
        .count();
    let elsewhere = plan.elsewhere.len();
    Ok(html! {
        div id="redaction" class="merge" {
            @if let Some(fault) = fault { (notice(Tone::Error, &fault, &html! {})) }
            @if !is_open { (notice(Tone::Info, &cx.t("rejected-redaction-decided"), &html! {})) }
            p { (foreign(&asked_by)) " · " (moment(cx.locale, &cx.now, plan.request.asked_at)) }
            blockquote class="quoted" { p class="plaintext" { (foreign(&plan.request.reason)) } }
            @if is_open {
                (what(cx, &plan))
                p class="small muted" { (cx.locale.t_with("redaction-others", &[("count", others.into())])) }
                @if elsewhere > 0 {
                    p class="small muted" { (cx.locale.t_with("redaction-elsewhere", &[("count", elsewhere.into())])) }
                }
                details {
                    summary { (cx.t("redaction-message")) }
                    blockquote class="quoted" {
                        @if let Some(subject) = &entry.message.subject { p { strong { (foreign(subject)) } } }
                        p class="plaintext" { (foreign(&entry.message.body)) }
                    }
                }
                @if is_own { (notice(Tone::Info, &cx.t("rejected-four-eyes"), &html! {})) }
                @else {
                    (notice(Tone::Warn, &cx.t("redaction-for-ever"), &html! { (cx.t("redaction-for-ever-more")) }))
                }
            }
            div class="cluster" {
                @if is_open && !is_own {
                    form action=(yes) method="post" hx-post=(yes) hx-swap="none" {
                        (form::csrf(&cx.session.csrf)) (submit(Look::Danger, &cx.t("redaction-approve")))
                    }
                    form action=(no) method="post" hx-post=(no) hx-swap="none" {
                        (form::csrf(&cx.session.csrf)) (submit(Look::Secondary, &cx.t("redaction-refuse")))
                    }
                }
                (button_link(Look::Tertiary, &cx.t("merge-cancel"), &url::ticket(&ticket.number), None))
            }
        }
    })
}

async fn asker(cx: &Cx, request: &Request) -> Result<String> {
    let names = names_by_id(&cx.db, &[request.asked_by]).await?;
    Ok(names.into_values().next().unwrap_or_default())
}

/// Passages and files that go.
fn what(cx: &Cx, plan: &Plan) -> Markup {
    let mut names: Vec<&str> = plan.files.iter().map(|file| file.name.as_str()).collect();
    names.dedup();
    let passages = plan.request.passages();
    html! {
        @if !passages.is_empty() {
            h2 class="label" { (cx.t("redaction-passages")) }
            ul class="plain" { @for passage in &passages { li { (foreign(passage)) } } }
        }
        @if !names.is_empty() {
            h2 class="label" { (cx.t("redaction-files")) }
            ul class="plain" { @for name in names { li { (icon_small("clip")) " " (foreign(name)) } } }
        }
    }
}

/// Below a message: what is asked for, with the ways to decide, and what was blacked out.
pub fn marks(cx: &Cx, ticket: &Ticket, entry: &ThreadEntry) -> Markup {
    html! { @for request in &entry.redactions { (mark(cx, ticket, request)) } }
}

fn mark(cx: &Cx, ticket: &Ticket, request: &Request) -> Markup {
    let part = |way: &str| {
        let part = format!("redactions/{}{way}", request.id);
        url::ticket_part(&ticket.number, part)
    };
    let is_own = cx.actor.person_id() == Some(request.asked_by);
    let may_decide = !is_own && cx.may(Permission::RedactMessages, ticket.place());
    let time = |at| html! { (moment(cx.locale, &cx.now, at)) };
    html! {
        @match (request.outcome, request.decided_at) {
            (Some(Outcome::Redacted), Some(at)) => {
                p class="entry__to" { (icon_small("lock")) " " (cx.t("redaction-done")) " " (time(at)) }
            }
            (None, _) => {
                div class="entry__to cluster" {
                    span { (icon_small("lock")) " " (cx.t("redaction-open")) " " (time(request.asked_at)) }
                    @if may_decide { a href=(part("")) { (cx.t("redaction-look")) } }
                    @if is_own {
                        form action=(part("/withdraw")) method="post" hx-post=(part("/withdraw")) hx-swap="none" {
                            (form::csrf(&cx.session.csrf)) (submit(Look::Tertiary, &cx.t("redaction-withdraw")))
                        }
                    }
                }
            }
            (Some(_), _) => {}
        }
    }
}
