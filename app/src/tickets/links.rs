//! The links of a ticket in its panel: shown with title and state, added by number or words, removed.

use entities::ticket::fault::HANGS;
use entities::ticket::link::{Linked, Node};
use entities::ticket::{Link, LinkKind, State, Ticket, Unlink, show};
use entities::{DeskError, Permission, Permit};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::fact_form::{changed, went_through};
use super::facts::{Around, facts_still};
use super::fault::answer_all;
use super::list_from::From;
use super::pick::{Pick, Picked, page, pick};
use super::unmerge::way_back;
use super::words;
use crate::error::{Result, rejected};
use crate::web::cx::Cx;
use crate::web::form::{self, Form, Query};
use crate::web::parts::{
    Choice, Field, Input, Look, Tone, foreign, icon, icon_button, icon_small, named, notice,
    state_sign, state_words, submit,
};
use crate::web::permitted::{Permitted, Seen};
use crate::web::swap::Swap;
use crate::web::url;

/// What an agent can choose; following comes from mail alone.
const KINDS: [(LinkKind, &str); 7] = [
    (LinkKind::Related, "link-kind-related"),
    (LinkKind::DuplicateOf, "link-kind-duplicate-of"),
    (LinkKind::HasDuplicate, "link-kind-has-duplicate"),
    (LinkKind::CausedBy, "link-kind-caused-by"),
    (LinkKind::Causes, "link-kind-causes"),
    (LinkKind::ChildOf, "link-kind-child-of"),
    (LinkKind::ParentOf, "link-kind-parent-of"),
];

/// The section `#facts-links` of the panel.
pub fn links(cx: &Cx, ticket: &Ticket, around: &Around, from: &From) -> Markup {
    let is_alive = ticket.state != State::Merged;
    let may_link = is_alive && cx.may(Permission::LinkTickets, ticket.place());
    let may_merge = is_alive && cx.may(Permission::MergeTickets, ticket.place());
    let count = around.links.len() + around.merged.len();
    let undoable = around.undoable.as_ref().map(|merger| merger.source_id);
    let is_undoable = |source: &Ticket| undoable == Some(source.id);
    let add = from.keep(url::ticket_part(&ticket.number, "links/new"));
    let merge = from.keep(url::ticket_part(&ticket.number, "merge"));
    html! {
        details open id="facts-links" {
            summary { h2 { (cx.t("links-title")) } span class="tally" { (cx.locale.number(count as i64)) } }
            div class="facts__in" {
                @if count == 0 { p class="pad small muted" { (cx.t("links-none")) } }
                @else {
                    div class="links" {
                        (family(cx, around))
                        @for (kind, links) in by_kind(&around.links) {
                            h3 class="facts__h" { (words::link(cx.locale, kind)) }
                            ul class="linklist" { @for link in links { (linked(cx, ticket, link, from, may_link)) } }
                        }
                        @if !around.merged.is_empty() {
                            h3 class="facts__h" { (cx.t("links-merged-here")) }
                            ul class="linklist" {
                                @for source in &around.merged {
                                    li class="links__row" {
                                        a href=(url::ticket_part(&source.number, "history")) {
                                            (state_sign(cx.locale, source.state, None))
                                            span { (foreign(&source.title)) } span {}
                                            span class="sub" { (source.number) }
                                        }
                                        @if is_undoable(source) { (way_back(cx, source)) }
                                    }
                                }
                            }
                        }
                    }
                }
                (left_open(cx, ticket, &around.links))
                @if !is_alive && is_undoable(ticket) { (way_back(cx, ticket)) }
                div id="link-form-place" {}
                @if may_link || may_merge {
                    div class="cluster links__ways" {
                        @if may_link {
                            a class="kern-btn kern-btn--tertiary" href=(add) hx-get=(add) hx-target="#link-form-place" hx-swap="innerHTML"
                                data-key="l" aria-keyshortcuts="l" { (icon("link")) span class="kern-label" { (cx.t("links-add")) } }
                        }
                        @if may_merge {
                            a class="kern-btn kern-btn--tertiary" href=(merge) { (icon("merge")) span class="kern-label" { (cx.t("links-merge")) } }
                        }
                    }
                }
            }
        }
    }
}

/// The links by what the others are, in the order in which kinds are offered.
fn by_kind(links: &[Linked]) -> Vec<(LinkKind, Vec<&Linked>)> {
    let mut groups: Vec<(LinkKind, Vec<&Linked>)> = Vec::new();
    for link in links {
        match groups.iter_mut().find(|(kind, _)| *kind == link.kind) {
            Some((_, group)) => group.push(link),
            None => groups.push((link.kind, vec![link])),
        }
    }
    let place = |kind: LinkKind| KINDS.iter().position(|(known, _)| *known == kind);
    groups.sort_by_key(|(kind, _)| place(*kind).unwrap_or(KINDS.len()));
    groups
}

/// What stands further above and below than parents and children do; those have a line of their own.
fn family(cx: &Cx, around: &Around) -> Markup {
    let is_deep = |nodes: &[Node]| nodes.iter().any(|node| !node.below.is_empty());
    html! {
        @for (nodes, key) in [(&around.tree.above, "links-tree-above"), (&around.tree.below, "links-tree-below")] {
            @if is_deep(nodes) {
                details class="links__tree" {
                    summary { (cx.t(key)) }
                    (branch(cx, nodes))
                }
            }
        }
    }
}

fn branch(cx: &Cx, nodes: &[Node]) -> Markup {
    html! {
        ul class="linklist" {
            @for node in nodes {
                li {
                    a href=(url::ticket(&node.number)) {
                        (state_sign(cx.locale, node.state, node.waiting_for))
                        span { (foreign(&node.title)) } span {}
                        span class="sub" { (node.number) " · " (state_words(cx.locale, node.state, node.waiting_for)) }
                    }
                    @if !node.below.is_empty() { (branch(cx, &node.below)) }
                }
            }
        }
    }
}

/// What still hangs on a case that has ended: children to look after, and requesters who may be answered at once.
fn left_open(cx: &Cx, ticket: &Ticket, links: &[Linked]) -> Markup {
    let is_over = matches!(ticket.state, State::Solved | State::Closed);
    let open = |kinds: &[LinkKind]| {
        let open = links
            .iter()
            .filter(|link| kinds.contains(&link.kind) && link.state.is_active());
        open.count()
    };
    let children = open(&[LinkKind::ParentOf]);
    let said = [("count", children.into())];
    html! {
        @if is_over && children > 0 { (notice(Tone::Warn, &cx.locale.t_with("links-children-open", &said), &html! {})) }
        (answer_all(cx, ticket, open(&HANGS)))
    }
}

fn linked(cx: &Cx, ticket: &Ticket, link: &Linked, from: &From, may_link: bool) -> Markup {
    let action = from.keep(url::ticket_part(&ticket.number, "links/remove"));
    let away = cx
        .locale
        .t_with("links-remove", &[("number", link.number.as_str().into())]);
    html! {
        li class="links__row" {
            a href=(url::ticket(&link.number)) {
                (state_sign(cx.locale, link.state, link.waiting_for))
                span { (foreign(&link.title)) } span {}
                span class="sub" { (link.number) " · " (state_words(cx.locale, link.state, link.waiting_for)) }
            }
            @if may_link {
                form action=(action) method="post" hx-post=(action) hx-swap="none" {
                    (form::csrf(&cx.session.csrf))
                    input type="hidden" name="other" value=(link.number);
                    input type="hidden" name="kind" value=(crate::web::parts::name(link.kind));
                    (icon_button("x", &away))
                }
            }
        }
    }
}

/// The form for a new link.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct LinkForm {
    kind: String,
    q: String,
    other: String,
}

/// `GET /tickets/:key/links/new`.
#[handler]
pub async fn new(cx: Cx, Seen(ticket): Seen<Ticket>, Query(from): Query<From>) -> Result<Markup> {
    let form = link_form(&cx, &ticket, &from, "", &Pick::empty(), None);
    Ok(if cx.wants_fragment() {
        html! { (form) (facts_still()) }
    } else {
        page(&cx, &ticket, &cx.t("link-form-title"), &form).await?
    })
}

/// `POST /tickets/:key/links`.
#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<Link>,
    Query(from): Query<From>,
    Form(typed): Form<LinkForm>,
) -> Result<Swap> {
    let ticket = permit.on().clone();
    let picked = Picked {
        q: typed.q,
        other: typed.other,
    };
    let pick = Pick::read(&cx, &ticket, picked).await?;
    let kind = named::<LinkKind>(&typed.kind).unwrap_or(LinkKind::Related);
    let fault = match &pick.found {
        Err(fault) => fault.words(&cx),
        Ok(other) => {
            let other = Permit::ask(&cx.actor, other.as_ref().clone())?;
            let done = cx
                .db
                .change_pair(permit.into_permit(), other, Link { kind })
                .await;
            match done {
                Ok(_) => return changed(&cx, &ticket, &from).await,
                Err(DeskError::Rejected(why)) => rejected(cx.locale, why),
                Err(error) => return Err(error.into()),
            }
        }
    };
    let form = link_form(&cx, &ticket, &from, &typed.kind, &pick, Some(&fault));
    let fragment = html! { hx-partial hx-target="#link-form" hx-swap="outerHTML" { (form) } };
    let page = page(&cx, &ticket, &cx.t("link-form-title"), &form).await?;
    Ok(Swap::invalid(cx.asks, fragment, page))
}

/// The link to take away.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Gone {
    kind: String,
    other: String,
}

/// `POST /tickets/:key/links/remove`.
#[handler]
pub async fn remove(
    cx: Cx,
    permit: Permitted<Unlink>,
    Query(from): Query<From>,
    Form(gone): Form<Gone>,
) -> Result<Swap> {
    let ticket = permit.on().clone();
    let kind = named::<LinkKind>(&gone.kind).unwrap_or(LinkKind::Related);
    let other = show::by_number(&cx.db, &cx.actor, &gone.other).await?;
    let other = Permit::ask(&cx.actor, other)?;
    let unlink = Unlink { kind };
    went_through(cx.db.change_pair(permit.into_permit(), other, unlink).await)?;
    changed(&cx, &ticket, &from).await
}

/// The form `#link-form`.
fn link_form(
    cx: &Cx,
    ticket: &Ticket,
    from: &From,
    kind: &str,
    chosen: &Pick,
    fault: Option<&str>,
) -> Markup {
    let action = from.keep(url::ticket_part(&ticket.number, "links"));
    let back = from.keep(url::ticket(&ticket.number));
    let again = from.keep(url::ticket_part(&ticket.number, "facts"));
    let kinds: Vec<Choice> = KINDS
        .iter()
        .map(|(kind, key)| Choice::new(crate::web::parts::name(kind), cx.t(key)))
        .collect();
    let input = Input::Select {
        choices: &kinds,
        value: kind,
    };
    html! {
        form id="link-form" class="factform linkform" action=(action) method="post" hx-post=(action) hx-swap="none" {
            (form::csrf(&cx.session.csrf))
            (Field::new("link-kind", &cx.t("link-kind")).name("kind").render(cx.locale, input))
            (pick(cx, ticket, chosen, fault))
            div class="cluster" {
                (submit(Look::Primary, &cx.t("link-save")))
                a class="kern-btn kern-btn--tertiary" href=(back) hx-get=(again) hx-target="#facts" hx-swap="outerHTML" data-cancel {
                    span class="kern-label" { (cx.t("fact-cancel")) }
                }
            }
        }
    }
}

/// A sign with the number of a ticket, as links and forms name it.
pub fn ticket_words(cx: &Cx, ticket: &Ticket) -> Markup {
    html! {
        (state_sign(cx.locale, ticket.state, ticket.waiting_for)) " "
        a href=(url::ticket(&ticket.number)) { (ticket.number) " " (foreign(&ticket.title)) }
        @if ticket.state == State::Merged { " " (icon_small("merge")) }
    }
}
