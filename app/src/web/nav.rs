//! The way around: the navigation at the side and, on narrow screens, the bar at the bottom.

use maud::{Markup, html};

use super::layout::{Door, Frame};
use super::parts::icon;
use super::url::{self, Url};
use crate::desk::Mode;
use crate::locale::Locale;

/// The area a page belongs to; its link is marked as the current one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    Start,
    Tickets,
    Search,
    NewTicket,
    Knowledge,
    Checks,
    Cases,
    Settings,
    /// Pages that are not in the navigation.
    None,
}

struct Entry {
    area: Area,
    icon: &'static str,
    words: String,
    url: Url,
    key: Option<&'static str>,
}

/// The navigation at the side, with what the page adds to it (its views).
pub(super) fn sidenav(frame: &Frame<'_>) -> Markup {
    let locale = frame.locale;
    html! {
        nav class="sidenav" aria-label=(locale.t("nav-main")) {
            a class="kern-btn kern-btn--primary" href=(url::new_ticket()) aria-current=[current(frame, Area::NewTicket)] data-key="c" aria-keyshortcuts="c" {
                (icon("plus")) span class="kern-label" { (locale.t("nav-new-ticket")) }
            }
            ul { @for entry in entries(frame) { li { (link(frame, &entry)) } } }
            (frame.views)
            p class="sidenav__foot" {
                @if frame.mode == Mode::Demo { a href=(url::demo_mail()) { (locale.t("demo-mail-title")) } }
                a href=(url::keys()) data-dialog="keys" data-key="?" { (locale.t("nav-keys")) " " kbd { "?" } }
                a href=(url::accessibility()) { (locale.t("nav-accessibility")) }
            }
        }
    }
}

/// The bar at the bottom of narrow screens.
pub(super) fn tabbar(frame: &Frame<'_>) -> Markup {
    let locale = frame.locale;
    let new = Entry {
        area: Area::NewTicket,
        icon: "plus",
        words: locale.t("nav-new"),
        url: url::new_ticket(),
        key: None,
    };
    html! {
        nav class="tabbar" aria-label=(locale.t("nav-quick")) {
            @for entry in entries(frame).iter().chain([&new]) {
                a href=(entry.url) aria-current=[current(frame, entry.area)] { (icon(entry.icon)) span { (short(locale, entry)) } }
            }
        }
    }
}

/// Words that fit below each other's icons.
fn short(locale: Locale, entry: &Entry) -> String {
    match entry.area {
        Area::Cases => locale.t("nav-cases"),
        _ => entry.words.clone(),
    }
}

fn link(frame: &Frame<'_>, entry: &Entry) -> Markup {
    html! {
        a class="navlink" href=(entry.url) aria-current=[current(frame, entry.area)] data-key=[entry.key] {
            (icon(entry.icon)) span { (entry.words) }
        }
    }
}

fn current(frame: &Frame<'_>, area: Area) -> Option<&'static str> {
    (frame.area == area).then_some("page")
}

fn entries(frame: &Frame<'_>) -> Vec<Entry> {
    let locale = frame.locale;
    let mut entries = vec![
        Entry {
            area: Area::Start,
            icon: "home",
            words: locale.t("nav-start"),
            url: url::start(),
            key: Some("g s"),
        },
        Entry {
            area: Area::Tickets,
            icon: "tickets",
            words: locale.t("nav-tickets"),
            url: url::tickets(),
            key: Some("g t"),
        },
        Entry {
            area: Area::Search,
            icon: "search",
            words: locale.t("search-title"),
            url: url::search(""),
            key: None,
        },
        Entry {
            area: Area::Checks,
            icon: "check",
            words: locale.t("checks-title"),
            url: url::checks(),
            key: None,
        },
    ];
    if frame
        .person
        .is_some_and(|person| person.articles == Door::Open)
    {
        entries.insert(
            3,
            Entry {
                area: Area::Knowledge,
                icon: "book",
                words: locale.t("knowledge"),
                url: url::knowledge(),
                key: Some("g w"),
            },
        );
    }
    if frame
        .person
        .is_some_and(|person| person.cases == Door::Open)
    {
        entries.push(Entry {
            area: Area::Cases,
            icon: "search",
            words: locale.t("cases"),
            url: url::cases(),
            key: None,
        });
    }
    if frame.may_administrate() {
        entries.push(Entry {
            area: Area::Settings,
            icon: "gear",
            words: locale.t("nav-settings"),
            url: url::settings(),
            key: Some("g v"),
        });
    }
    entries
}
