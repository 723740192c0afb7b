//! The panel that describes a ticket: facts, each changed in place, and who asks.

use std::sync::Arc;

use entities::Permission;
use entities::deadline::{Rules, rules};
use entities::field::Words;
use entities::field::read::{self, Sheet};
use entities::ticket::checklist::{self, Line};
use entities::ticket::drawn::Tie;
use entities::ticket::link::{self, Linked, Tree};
use entities::ticket::list::Row;
use entities::ticket::share::read as share;
use entities::ticket::show::Names;
use entities::ticket::suggestion::{self, Suggestion};
use entities::ticket::unmerge::{self, Model as Merger};
use entities::ticket::watch::{self, Watcher};
use entities::ticket::{LinkKind, Ticket, drawn, list, reusable, vendor_number};
use maud::{Markup, html};
use tokio::try_join;

use super::article::knowledge;
use super::checklist::checklist as checklist_section;
use super::deadlines::deadline_facts;
use super::field_rows;
use super::links::links;
use super::list_from::From;
use super::list_query::ListQuery;
use super::shares::panel::shares;
use super::similar;
use super::vendor_number::numbers;
use super::words;
use crate::absences::away;
use crate::effort::panel::{Efforts, efforts};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::parts::{
    address, face_beside_name, foreign, icon_small, kind_words, moment, prio, reason_words, state,
    state_sign,
};
use crate::web::url;

/// A fact that can be changed: the part of its address and the words around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact {
    State,
    Owner,
    Priority,
    Reminder,
    Team,
    Service,
    Kind,
    District,
    VendorNumber,
}

impl Fact {
    /// The part of the address.
    pub fn part(self) -> &'static str {
        match self {
            Fact::State => "state",
            Fact::Owner => "owner",
            Fact::Priority => "priority",
            Fact::Reminder => "reminder",
            Fact::Team => "team",
            Fact::Service => "service",
            Fact::Kind => "kind",
            Fact::District => "district",
            Fact::VendorNumber => "vendor-number",
        }
    }

    /// The key of its name.
    pub fn label(self, cx: &Cx) -> String {
        cx.t(match self {
            Fact::State => "fact-state",
            Fact::Owner => "fact-owner",
            Fact::Priority => "fact-priority",
            Fact::Reminder => "fact-reminder",
            Fact::Team => "fact-team",
            Fact::Service => "fact-service",
            Fact::Kind => "fact-kind",
            Fact::District => "fact-district",
            Fact::VendorNumber => "vendor-number",
        })
    }

    fn needs(self) -> Permission {
        match self {
            Fact::State | Fact::Reminder => Permission::SetState,
            Fact::Owner | Fact::Team => Permission::Assign,
            Fact::Priority => Permission::SetPriority,
            Fact::Service | Fact::Kind | Fact::District | Fact::VendorNumber => {
                Permission::Classify
            }
        }
    }

    fn key(self) -> Option<&'static str> {
        match self {
            Fact::State => Some("s"),
            Fact::Owner => Some("a"),
            Fact::Priority => Some("p"),
            Fact::Reminder => Some("d"),
            _ => None,
        }
    }
}

/// What the panel shows besides the ticket itself.
#[derive(Debug)]
pub struct Around {
    pub names: Names,
    /// Other open tickets of the requester.
    pub others: Vec<Row>,
    pub links: Vec<Linked>,
    /// What stands above and below it.
    pub tree: Tree,
    /// The tickets merged into it.
    pub merged: Vec<Ticket>,
    /// The merger that can still be taken back here.
    pub undoable: Option<Merger>,
    pub suggestions: Vec<Suggestion>,
    pub vendor_numbers: Vec<vendor_number::Named>,
    pub shares: Vec<share::Row>,
    pub watchers: Vec<Watcher>,
    /// What was drawn from it.
    pub articles: Vec<drawn::Drawn>,
    /// What was linked with it by hand.
    pub linked_articles: Vec<drawn::Drawn>,
    pub is_reusable: bool,
    pub checklist: Vec<Line>,
    pub efforts: Efforts,
    pub fields: Sheet,
    pub rules: Arc<Rules>,
}

impl Around {
    /// Reads it for a ticket the reader has already found.
    pub async fn read(cx: &Cx, ticket: &Ticket) -> Result<Around> {
        let (db, actor) = (&cx.db, &cx.actor);
        let (
            names,
            others,
            links,
            merged,
            suggestions,
            vendor_numbers,
            shares,
            watchers,
            articles,
            linked_articles,
            is_reusable,
            checklist,
            efforts,
            fields,
            rules,
        ) = try_join!(
            entities::ticket::show::names(db, ticket),
            others(cx, ticket),
            link::of(db, actor, ticket.id),
            link::merged_here(db, actor, ticket.id),
            suggestion::open(db, actor, ticket),
            vendor_number::of(db, ticket),
            share::rows(db, ticket),
            watch::of(db, ticket),
            drawn::articles(db, actor, ticket, Tie::Drawn),
            drawn::articles(db, actor, ticket, Tie::Linked),
            reusable::is_reusable(db, ticket),
            checklist::of(db, ticket),
            Efforts::read(db, actor, ticket),
            read::sheet(db, actor, ticket),
            rules::for_pages(db),
        )?;
        let is_of_tree =
            |link: &Linked| matches!(link.kind, LinkKind::ChildOf | LinkKind::ParentOf);
        let tree = match links.iter().any(is_of_tree) {
            true => link::tree(db, actor, ticket.id).await?,
            false => Tree::default(),
        };
        let undoable = match merged.is_empty() && ticket.merged_into.is_none() {
            true => None,
            false => unmerge::undoable(db, ticket.id).await?,
        };
        Ok(Around {
            names,
            others,
            links,
            tree,
            linked_articles,
            merged,
            undoable,
            suggestions,
            vendor_numbers,
            shares,
            watchers,
            articles,
            is_reusable,
            checklist,
            efforts,
            fields,
            rules,
        })
    }
}

/// Up to five other open tickets of the requester.
async fn others(cx: &Cx, ticket: &Ticket) -> entities::Result<Vec<Row>> {
    let Some(requester) = ticket.requester_id else {
        return Ok(vec![]);
    };
    let query = ListQuery {
        requester: requester.to_string(),
        state: ["new", "open", "waiting", "vendor", "date"]
            .map(String::from)
            .into(),
        ..ListQuery::default()
    };
    let (filter, sort) = (query.plain_filter(cx), query.plain_sort());
    let page = list::list(&cx.db, &cx.actor, &filter, sort, None, 6).await?;
    let mut rows = page.rows;
    rows.retain(|row| row.id != ticket.id);
    rows.truncate(5);
    Ok(rows)
}

/// The panel `#facts`.
pub fn facts(cx: &Cx, ticket: &Ticket, around: &Around, from: &From) -> Markup {
    let names = &around.names;
    let none = || html! { span class="edit--empty" { (cx.t("fact-none")) } };
    let text = |value: &Option<String>| match value {
        Some(value) => html! { (value) },
        None => none(),
    };
    let row = |fact: Fact, value: Markup| fact_row(cx, ticket, from, fact, &value);
    let service = match (&names.parent_service, &names.service) {
        (Some(parent), Some(module)) => html! { (parent) " › " (module) },
        (_, service) => text(service),
    };
    html! {
        aside class="sheet facts" id="facts" aria-label=(cx.t("facts-label")) {
            (facts_live(ticket, from))
            div class="scroll" tabindex="0" role="region" aria-label=(cx.t("facts-scroll")) {
                details open {
                    summary { h2 { (cx.t("facts-case")) } }
                    div class="facts__in" {
                        dl class="factlist" {
                            (row(Fact::State, state(cx.locale, ticket.state, ticket.waiting_for)))
                            @if let Some(reason) = ticket.closing_reason { (plain(&cx.t("fact-reason"), &html! { (reason_words(cx.locale, reason)) })) }
                            (row(Fact::Owner, match &names.owner { Some(name) => html! { (face_beside_name(name)) " " (name) (away::owner(cx, &around.rules, ticket.owner_id)) }, None => none() }))
                            (row(Fact::Team, text(&names.team)))
                            (row(Fact::Priority, prio(cx.locale, ticket.priority)))
                            (row(Fact::Reminder, match ticket.reminder_at { Some(at) => moment(cx.locale, &cx.now, at), None => none() }))
                            @if !around.watchers.is_empty() { (plain(&cx.t("fact-watchers"), &watchers(&around.watchers))) }
                        }
                    }
                }
                (deadline_facts(cx, ticket, &around.rules))
                details open {
                    summary { h2 { (cx.t("facts-classification")) } (field_rows::tally(cx, &around.fields)) }
                    div class="facts__in" {
                        dl class="factlist" {
                            (row(Fact::Service, service))
                            (row(Fact::Kind, html! { (kind_words(cx.locale, ticket.kind)) }))
                            (row(Fact::District, text(&names.district)))
                            (row(Fact::VendorNumber, if around.vendor_numbers.is_empty() { none() } else { numbers(&around.vendor_numbers) }))
                        }
                        (field_rows::rows(cx, ticket, &around.fields, &Words::default(), from))
                        (field_rows::ways(cx, ticket, &around.fields, from))
                    }
                }
                @for group in field_rows::groups(&around.fields) { (field_rows::group(cx, ticket, &around.fields, &group, from)) }
                (checklist_section(cx, ticket, around, from))
                (efforts(cx, ticket, &around.efforts, from))
                (similar::section(cx, ticket))
                (shares(cx, ticket, around, from))
                (links(cx, ticket, around, from))
                (knowledge(cx, ticket, around, from))
                (requester(cx, ticket, around))
                details open {
                    summary { h2 { (cx.t("facts-origin")) } }
                    div class="facts__in" {
                        dl class="factlist" {
                            (plain(&cx.t("fact-created"), &moment(cx.locale, &cx.now, ticket.created_at)))
                            (plain(&cx.t("fact-channel"), &html! { (words::channel(cx.locale, ticket.channel)) }))
                            @if let Some(mailbox) = &names.mailbox_address { (plain(&cx.t("fact-mailbox"), &html! { (address(mailbox)) })) }
                            @if let Some(at) = ticket.first_reply_at { (plain(&cx.t("fact-first-reply"), &moment(cx.locale, &cx.now, at))) }
                            @if let Some(at) = ticket.solved_at { (plain(&cx.t("fact-solved"), &moment(cx.locale, &cx.now, at))) }
                        }
                    }
                }
            }
        }
    }
}

/// Fetches the panel anew when the ticket changes; a form that is open puts [`facts_still`] in its place, and one
/// that is asked for ends what is on its way.
fn facts_live(ticket: &Ticket, from: &From) -> Markup {
    let again = from.keep(url::ticket_part(&ticket.number, "facts"));
    html! {
        span id="facts-live" hidden hx-get=(again) hx-target="#facts" hx-swap="outerMorph" hx-sync="#facts:drop"
            hx-trigger={ "ticket-" (ticket.id.simple()) " from:#events" } {}
    }
}

/// Keeps the panel from changing while somebody edits it.
pub fn facts_still() -> Markup {
    html! {
        hx-partial hx-target="#facts-live" hx-swap="outerHTML" { span id="facts-live" hidden {} }
    }
}

fn fact_row(cx: &Cx, ticket: &Ticket, from: &From, fact: Fact, value: &Markup) -> Markup {
    let label = fact.label(cx);
    let edit = from.keep(url::ticket_part(
        &ticket.number,
        format!("{}/edit", fact.part()),
    ));
    html! {
        div class="fact" id={ "fact-" (fact.part()) } {
            dt { (label) }
            dd {
                @if cx.may(fact.needs(), ticket.place()) {
                    a class="edit" href=(edit) hx-get=(edit) hx-target="closest dd" hx-swap="innerHTML" hx-sync="#facts:replace"
                        data-key=[fact.key()] aria-keyshortcuts=[fact.key()] {
                        span class="sr" { (cx.locale.t_with("fact-change", &[("fact", label.as_str().into())])) " " }
                        (value) (icon_small("edit"))
                    }
                } @else { (value) }
            }
        }
    }
}

fn plain(label: &str, value: &Markup) -> Markup {
    html! { div class="fact" { dt { (label) } dd { (value) } } }
}

/// Everybody who watches, by name.
fn watchers(all: &[Watcher]) -> Markup {
    html! { @for (i, watcher) in all.iter().enumerate() { @if i > 0 { ", " } (watcher.name) } }
}

fn requester(cx: &Cx, ticket: &Ticket, around: &Around) -> Markup {
    let names = &around.names;
    let all = ticket.requester_id.map(|id| ListQuery {
        requester: id.to_string(),
        ..ListQuery::default()
    });
    html! {
        details open {
            summary { h2 { (cx.t("facts-requester")) } @if let Some(name) = &names.requester { span class="tally clip" { (name) } } }
            div class="facts__in" {
                dl class="factlist" {
                    @match &names.requester {
                        Some(name) => { (plain(&cx.t("fact-name"), &html! { (name) })) }
                        None => { (plain(&cx.t("fact-name"), &html! { (cx.t("fact-unknown")) })) }
                    }
                    @if let Some(email) = &names.requester_email { (plain(&cx.t("fact-email"), &html! { a href={ "mailto:" (email) } { (address(email)) } })) }
                    @if let Some(phone) = &names.requester_phone { (plain(&cx.t("fact-phone"), &html! { a href={ "tel:" (phone) } { (phone) } })) }
                    @if let Some(name) = &names.organisation { (plain(&cx.t("fact-organisation"), &html! { (name) })) }
                }
                @if !around.others.is_empty() {
                    h3 class="facts__h" { (cx.t("facts-others")) }
                    ul class="linklist" {
                        @for other in &around.others {
                            li { a href=(url::ticket(&other.number)) {
                                (state_sign(cx.locale, other.state, other.waiting_for))
                                span { (foreign(&other.title)) } span {}
                                span class="sub" { (other.number) }
                            } }
                        }
                    }
                }
                @if let Some(all) = &all { p class="pad small" { a href=(all.url()) { (cx.t("facts-all-of-requester")) } } }
            }
        }
    }
}
