//! The head of an open ticket: number, title, the facts that count most, deadline and reminder, and its tabs.

use entities::Permission;
use entities::ticket::Ticket;
use entities::ticket::attachment::Model as File;
use maud::{Markup, html};

use super::deadlines::band;
use super::facts::Around;
use super::list_from::From;
use super::mail_remarks::is_signature;
use super::reminder_mark::reminder_band;
use super::suggestion::suggestions;
use super::watch::star;
use crate::web::cx::Cx;
use crate::web::parts::{foreign, icon, icon_small, kind_words, prio, state, tile};
use crate::web::url;

/// The tab a ticket is open at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    Thread,
    Files,
    History,
}

/// How much is behind each tab.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tallies {
    pub files: usize,
    pub events: i32,
}

impl Tallies {
    /// Of a ticket's files and the number of its last event.
    pub fn of<'a>(files: impl IntoIterator<Item = &'a File>, events: i32) -> Tallies {
        Tallies {
            files: files
                .into_iter()
                .filter(|file| !file.inline && !is_signature(file))
                .count(),
            events,
        }
    }
}

/// The block `#ticket-title`: number, title, chips, deadline and reminder.
pub fn ticket_title(cx: &Cx, ticket: &Ticket, around: &Around, from: &From) -> Markup {
    let names = &around.names;
    html! {
        div id="ticket-title" {
            div class="ticket__title" id="ticket-name" {
                h1 tabindex="-1" { span class="no" { (ticket.number) } " " (foreign(&ticket.title)) }
                @if cx.may(Permission::Classify, ticket.place()) {
                    @let edit = from.keep(url::ticket_part(&ticket.number, "title/edit"));
                    a class="iconbtn" href=(edit) hx-get=(edit) hx-target="#ticket-name" hx-swap="innerHTML"
                        aria-label=(cx.t("ticket-rename")) title=(cx.t("ticket-rename")) { (icon("edit")) }
                }
                (star(cx, ticket, around, from))
            }
            div class="cluster ticket__meta" {
                (state(cx.locale, ticket.state, ticket.waiting_for))
                (prio(cx.locale, ticket.priority))
                @if let Some(name) = &names.district {
                    span class="tag" { @if let Some(short) = &names.district_short_name { (tile(short, name)) " " } (name) }
                }
                @if let Some(service) = names.parent_service.as_ref().or(names.service.as_ref()) { span class="tag" { (service) } }
                span class="tag tag--line" { (kind_words(cx.locale, ticket.kind)) }
            }
            (band(cx, ticket, &around.rules))
            @if let Some(at) = ticket.reminder_at { (reminder_band(cx.locale, &cx.now, at)) }
            (suggestions(cx, ticket, &around.suggestions, from))
        }
    }
}

/// The links `#ticket-tabs`.
pub fn ticket_tabs(cx: &Cx, ticket: &Ticket, tab: Tab, tallies: Tallies, from: &From) -> Markup {
    let current = |of: Tab| (of == tab).then_some("page");
    let thread = from.keep(url::ticket(&ticket.number));
    let part = |name: &str| from.keep(url::ticket_part(&ticket.number, name));
    html! {
        nav class="tabs" id="ticket-tabs" aria-label=(cx.t("ticket-tabs")) {
            a href=(thread) aria-current=[current(Tab::Thread)] { (cx.t("ticket-tab-thread")) " " span class="tally" { (cx.locale.number(i64::from(ticket.message_count))) } }
            @if tab == Tab::Thread { a class="only-s" href="#composer" { (cx.t("ticket-tab-answer")) } }
            a class="only-s" href="#facts" { (cx.t("ticket-tab-facts")) }
            a href=(part("files")) aria-current=[current(Tab::Files)] { (cx.t("ticket-tab-files")) " " span class="tally" { (cx.locale.number(tallies.files as i64)) } }
            a href=(part("history")) aria-current=[current(Tab::History)] {
                (cx.t("ticket-tab-history")) " "
                (ticket_events(cx, tallies))
            }
        }
    }
}

/// How long the history is: `#ticket-events`.
pub fn ticket_events(cx: &Cx, tallies: Tallies) -> Markup {
    html! {
        span id="ticket-events" class="badge" data-state="solved" { (icon_small("shield")) (cx.locale.number(i64::from(tallies.events))) }
    }
}
