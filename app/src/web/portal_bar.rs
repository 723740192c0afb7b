//! What stands on top of every page of the portal: where one can go, the language, the person.

use maud::{Markup, html};

use super::form;
use super::layout::{Frame, Person};
use super::parts::icon;
use super::person_menu::person_menu;
use super::url::{self, Url};
use crate::locale::Locale;

/// A page of the portal; its link is marked as the current one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PortalPage {
    Tickets,
    Plan,
    Knowledge,
    Contacts,
    People,
    /// The account, and errors.
    Other,
}

/// What the bar knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PortalBar<'a> {
    pub at: PortalPage,
    /// What the vendor is called, where that was read.
    pub organisation: Option<&'a str>,
    /// How many tickets are open, where that was counted.
    pub open: Option<i64>,
    /// Whether the reader lets colleagues in and out.
    pub coordinates: bool,
}

pub(super) fn bar(frame: &Frame<'_>, person: &Person<'_>, bar: &PortalBar<'_>) -> Markup {
    let locale = frame.locale;
    let tally = bar.open.map(|open| locale.number(open));
    html! {
        header class="topbar topbar--portal" {
            (frame.brand_of(&url::portal(), &locale.t("portal-title")))
            nav aria-label=(locale.t("portal-nav")) {
                (link(bar, PortalPage::Tickets, &url::portal(), &locale.t("portal-tickets"), tally.as_deref()))
                (link(bar, PortalPage::Plan, &url::portal_part("releases"), &locale.t("portal-plan"), None))
                (link(bar, PortalPage::Knowledge, &url::portal_part("knowledge"), &locale.t("knowledge"), None))
                (link(bar, PortalPage::Contacts, &url::portal_part("contacts"), &locale.t("portal-contacts"), None))
                @if bar.coordinates { (link(bar, PortalPage::People, &url::portal_part("people"), &locale.t("guests-people"), None)) }
            }
            div class="topbar__tools" {
                (language(locale, person))
                (person_menu(locale, person, bar.organisation))
            }
        }
    }
}

fn link(
    bar: &PortalBar<'_>,
    page: PortalPage,
    to: &Url,
    words: &str,
    tally: Option<&str>,
) -> Markup {
    html! {
        a class="navlink" href=(to) aria-current=[(bar.at == page).then_some("page")] {
            span { (words) } @if let Some(tally) = tally { " " span class="tally" { (tally) } }
        }
    }
}

/// A button, because the choice is kept.
fn language(locale: Locale, person: &Person<'_>) -> Markup {
    let other = match locale {
        Locale::De => Locale::En,
        Locale::En => Locale::De,
    };
    html! {
        form action=(url::own_language()) method="post" {
            (form::csrf(person.csrf))
            button class="tool" type="submit" name="language" value=(other.code()) lang=(other.code()) {
                (icon("globe")) (other.t("nav-this-language"))
            }
        }
    }
}
