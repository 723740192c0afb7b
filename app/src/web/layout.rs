//! The whole page around what a feature shows: head, bar on top, navigation, stage, messages, help.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::bell::bell;
use super::keys::keys_dialog;
use super::nav::{Area, sidenav, tabbar};
use super::palette;
use super::parts::icon;
use super::person_menu::person_menu;
use super::portal_bar::{self, PortalBar};
use super::session::LANG;
use super::timer_clock::timer_clock;
use super::url;
use entities::effort::Timer;

use crate::desk::Mode;
use crate::live::Mark;
use crate::locale::{Locale, Now};

/// What the frame of a page needs to know.
#[derive(Debug)]
pub struct Frame<'a> {
    pub locale: Locale,
    pub now: Now,
    pub organisation: &'a crate::config::Organisation,
    pub mode: Mode,
    /// `None` on pages for visitors who have not signed in: then there is no navigation.
    pub person: Option<Person<'a>>,
    pub area: Area,
    /// What stands in the search field.
    pub query: &'a str,
    /// Sections of links below the areas.
    pub views: Markup,
    /// How many notices the person has not read, where that was counted.
    pub unread: Option<i64>,
    /// The timer of the person, while it runs.
    pub timer: Option<Timer>,
    pub toasts: Markup,
}

/// Who has signed in, as far as the frame shows it.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    pub name: &'a str,
    pub reach: Reach<'a>,
    pub cases: Door,
    pub articles: Door,
    pub effort: Door,
    pub absences: Door,
    pub csrf: &'a str,
    pub theme: Theme,
    pub density: Density,
    pub single_keys: SingleKeys,
    /// Which keys they have put in the place of the desk's own, if any.
    pub own_keys: Option<&'a str>,
    /// Up to where what happened is in what the page shows.
    pub knows: Mark,
}

/// Which areas the navigation offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach<'a> {
    Desk,
    DeskAndSettings,
    /// The portal for vendors, and nothing of the desk.
    Portal(PortalBar<'a>),
}

/// Whether the navigation leads to what not everybody may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    Open,
    Closed,
}

impl Door {
    pub fn open_if(may: bool) -> Door {
        match may {
            true => Door::Open,
            false => Door::Closed,
        }
    }
}

/// The person's choice of colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    System,
    Light,
    Dark,
}

/// The person's choice of how close rows stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Density {
    Normal,
    Compact,
    Wide,
}

impl Density {
    pub const ALL: [Density; 3] = [Density::Normal, Density::Compact, Density::Wide];

    /// The value of the attribute and of the stored preference.
    pub fn name(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Compact => "compact",
            Self::Wide => "wide",
        }
    }

    pub fn from_name(name: &str) -> Option<Density> {
        Self::ALL.into_iter().find(|density| density.name() == name)
    }
}

/// Whether letters without Ctrl act (WCAG 2.1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SingleKeys {
    On,
    Off,
}

/// How the stage is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// One sheet.
    Plain,
    /// Content and facts.
    Side,
    /// List, content and facts.
    Split,
    /// Content and filter.
    Filter,
    /// Areas of the settings and a list.
    Settings,
    /// Areas of the settings, a list and a form.
    SettingsForm,
    /// What is shared with a vendor: list, ticket and the vendor's own fields.
    Shared,
}

impl Stage {
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Plain => "stage",
            Self::Side => "stage stage--side",
            Self::Split => "stage stage--split",
            Self::Filter => "stage stage--filter",
            Self::Settings => "stage settings",
            Self::SettingsForm => "stage settings settings--form",
            Self::Shared => "stage portal__stage",
        }
    }
}

impl Frame<'_> {
    pub(super) fn may_administrate(&self) -> bool {
        self.person
            .is_some_and(|person| person.reach == Reach::DeskAndSettings)
    }

    /// What stands on top of every page of somebody of a vendor.
    fn portal(&self) -> Option<(Person<'_>, PortalBar<'_>)> {
        let person = self.person?;
        match person.reach {
            Reach::Portal(bar) => Some((person, bar)),
            Reach::Desk | Reach::DeskAndSettings => None,
        }
    }

    /// A page of the desk, or of the portal for who has nothing but that. `title` stands before the organisation's name.
    pub fn page(&self, title: &str, stage: Stage, content: &Markup) -> Markup {
        if let Some((person, bar)) = self.portal() {
            let body = html! {
                div class="portal" {
                    (portal_bar::bar(self, &person, &bar))
                    main class=(stage.class()) id="content" tabindex="-1" { (content) }
                }
            };
            return self.document(title, "kern-level-0", &body);
        }
        self.document(
            title,
            "kern-level-0",
            &html! {
                div class="shell" {
                    (self.topbar())
                    (sidenav(self))
                    main class=(stage.class()) id="content" tabindex="-1" { (content) }
                    (tabbar(self))
                }
                @if let Some(person) = self.person { (keys_dialog(self.locale, person.reach, person.own_keys.unwrap_or_default())) (palette::dialog(self.locale)) }
            },
        )
    }

    /// A page outside of the desk: signing in, errors before that.
    pub fn plain_page(&self, title: &str, content: &Markup) -> Markup {
        self.visitor_page(title, None, content)
    }

    /// The same with a link that shows the page at `here` in the other language.
    pub fn visitor_page(&self, title: &str, here: Option<url::Url>, content: &Markup) -> Markup {
        self.document(
            title,
            "is-login",
            &html! {
                div class="login" {
                    header class="login__top" {
                        (self.brand())
                        @if let Some(here) = here { (self.language_switch(here)) }
                    }
                    main id="content" tabindex="-1" class="login__main" { (content) }
                    footer class="login__foot" {
                        span { (self.organisation.name) }
                        a href=(url::help()) { (self.locale.t("site-title")) }
                        a href=(url::accessibility()) { (self.locale.t("nav-accessibility")) }
                    }
                }
            },
        )
    }

    pub(super) fn language_switch(&self, here: url::Url) -> Markup {
        let other = match self.locale {
            Locale::De => Locale::En,
            Locale::En => Locale::De,
        };
        html! {
            nav class="cluster" aria-label=(self.locale.t("nav-language")) {
                a href=(here.with(LANG, other.code())) lang=(other.code()) hreflang=(other.code()) { (other.t("nav-this-language")) }
            }
        }
    }

    pub(super) fn document(&self, title: &str, body_class: &str, body: &Markup) -> Markup {
        let theme = self.person.and_then(|person| match person.theme {
            Theme::System => None,
            Theme::Light => Some("light"),
            Theme::Dark => Some("dark"),
        });
        let keys = self
            .person
            .is_some_and(|person| person.single_keys == SingleKeys::Off)
            .then_some("off");
        let own = self.person.and_then(|person| person.own_keys);
        let density = self.person.map_or(Density::Normal, |person| person.density);
        html! {
            (DOCTYPE)
            html lang=(self.locale.code()) data-kern-theme=[theme] data-density=(density.name()) data-zone=(self.now.zone.name()) data-keys=[keys] data-own-keys=[own] {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (title) " – " (self.organisation.name) }
                    link rel="stylesheet" href=(assets::url("desk.css"));
                    link rel="icon" href=(*assets::FAVICON) type="image/svg+xml";
                    meta name="htmx-config" content=(HTMX_CONFIG);
                    script src=(assets::url("desk.js")) defer {}
                }
                body class=(body_class) hx-headers:inherited=[self.person.map(|person| format!("{{\"X-CSRF\":\"{}\"}}", person.csrf))] {
                    a class="skip" href="#content" { (self.locale.t("nav-skip")) }
                    (body)
                    @if let Some(person) = self.person.filter(|_| self.portal().is_none()) {
                        div id="events" hx-sse:connect=(url::events_since(person.knows)) {}
                    }
                    section id="toasts" class="toasts" aria-label=(self.locale.t("toast-region")) { (self.toasts) }
                    div id="status" role="status" aria-live="polite" class="sr" {}
                    (self.time_words())
                    (self.find_words())
                    template data-toast="offline" {
                        div class="toast" role="group" data-offline {
                            span role="alert" { (self.locale.t("toast-offline")) }
                            button type="button" data-close { (self.locale.t("toast-close")) }
                        }
                    }
                }
            }
        }
    }

    /// What the script says where a long choice is narrowed by typing.
    fn find_words(&self) -> Markup {
        let places = [("shown", "{shown}".into()), ("total", "{total}".into())];
        html! {
            template data-find {
                span data-more { (self.locale.t_with("find-more", &places)) }
                span data-narrow { (self.locale.t("find-narrow")) }
            }
        }
    }

    /// How the script writes relative times: the server's own sentences, with a place for the number.
    fn time_words(&self) -> Markup {
        let with = |key, name| self.locale.t_with(key, &[(name, "{}".into())]);
        html! {
            template data-times
                data-now=(self.locale.t("time-now"))
                data-ago=(with("time-ago", "duration"))
                data-in=(with("time-in", "duration"))
                data-minutes=(with("duration-minutes", "count"))
                data-hours=(with("duration-hours", "count")) {}
        }
    }

    fn topbar(&self) -> Markup {
        let locale = self.locale;
        html! {
            header class="topbar" {
                (self.brand())
                form class="omni" role="search" aria-label=(locale.t("nav-search-label")) action=(url::search("")) method="get" {
                    (icon("search"))
                    label class="sr" for="omni" { (locale.t("nav-search-label")) }
                    input id="omni" name="q" type="search" value=(self.query) placeholder=(locale.t("nav-search"))
                        autocomplete="off" data-key="/" aria-keyshortcuts="/";
                    button class="omni__keys" type="button" data-dialog="palette" data-key="ctrl+k" aria-keyshortcuts="Control+K" {
                        span class="hide-s" { (locale.t("palette-title")) } " " kbd { (locale.t("key-ctrl")) } " " kbd { "K" }
                    }
                }
                div class="topbar__tools" {
                    @if let Some(person) = self.person {
                        @if let Some(timer) = &self.timer { (timer_clock(self.locale, &self.now, timer)) }
                        (bell(self.locale, self.unread))
                        (person_menu(self.locale, &person, None))
                    }
                }
            }
        }
    }

    fn brand(&self) -> Markup {
        self.brand_of(&url::start(), &self.organisation.subtitle)
    }

    pub(super) fn brand_of(&self, to: &url::Url, subtitle: &str) -> Markup {
        html! {
            a class="brand" href=(to) {
                // XSS: a constant drawing.
                (PreEscaped(BRAND))
                span {
                    (self.organisation.name)
                    @if !subtitle.is_empty() { small { (subtitle) } }
                }
            }
        }
    }
}

/// What a reader has opened stays open while what stands around it changes.
const HTMX_CONFIG: &str = r#"{"includeIndicatorCSS":false,"defaultSwap":"outerHTML","morphIgnore":["data-htmx-powered","open"]}"#;

const BRAND: &str = r#"<svg viewBox="0 0 32 32" aria-hidden="true" focusable="false"><rect width="32" height="32" rx="7" fill="var(--kern-color-darkblue-800)"/><path d="M7 21.5h18" stroke="white" stroke-width="2.6" stroke-linecap="round"/><path d="M7 15.5h10.5" stroke="var(--kern-color-darkblue-300)" stroke-width="2.6" stroke-linecap="round"/><path d="M7 9.5h6" stroke="var(--kern-color-turquois-300)" stroke-width="2.6" stroke-linecap="round"/><circle cx="23" cy="11.5" r="3.6" fill="none" stroke="white" stroke-width="2.2"/></svg>"#;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Organisation;

    fn page(person: Option<Person<'_>>) -> String {
        let organisation = Organisation {
            name: "Servicedesk".into(),
            subtitle: "Jugendhilfe <Musterstadt>".into(),
            address: String::new(),
        };
        let frame = Frame {
            locale: Locale::De,
            now: Now::new(chrono::DateTime::UNIX_EPOCH, chrono_tz::Tz::Europe__Berlin),
            organisation: &organisation,
            mode: Mode::Work,
            person,
            area: Area::Tickets,
            query: "\"><b>",
            views: Markup::default(),
            unread: None,
            timer: None,
            toasts: Markup::default(),
        };
        frame
            .page("Tickets", Stage::Plain, &html! { h1 { "Tickets" } })
            .into_string()
    }

    fn person(reach: Reach<'static>) -> Person<'static> {
        Person {
            name: "Annika Brandt",
            reach,
            articles: Door::Open,
            effort: Door::Open,
            absences: Door::Open,
            cases: Door::Closed,
            csrf: "token",
            theme: Theme::Dark,
            density: Density::Normal,
            single_keys: SingleKeys::On,
            own_keys: None,
            knows: Mark::default(),
        }
    }

    #[test]
    fn what_people_typed_is_escaped() {
        let html = page(Some(person(Reach::Desk)));
        assert!(html.contains("value=\"&quot;&gt;&lt;b&gt;\""), "{html}");
        assert!(html.contains("Jugendhilfe &lt;Musterstadt&gt;"), "{html}");
    }

    #[test]
    fn only_administrators_are_offered_the_settings() {
        assert!(page(Some(person(Reach::DeskAndSettings))).contains("href=\"/settings\""));
        let html = page(Some(person(Reach::Desk)));
        assert!(
            !html.contains("href=\"/settings\"") && !html.contains("<kbd>g v</kbd>"),
            "{html}"
        );
    }

    #[test]
    fn the_area_is_marked_and_ids_are_unique() {
        let html = page(Some(person(Reach::DeskAndSettings)));
        assert_eq!(
            html.matches("aria-current=\"page\"").count(),
            2,
            "once at the side, once at the bottom"
        );
        let mut ids: Vec<_> = html
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        ids.sort_unstable();
        let all = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), all, "{ids:?}");
    }

    #[test]
    fn nothing_is_styled_or_scripted_inline() {
        let html = page(Some(person(Reach::DeskAndSettings)));
        assert!(
            !html.contains(" style=") && !html.contains("<style") && !html.contains(" onclick")
        );
        assert!(
            html.split("<script")
                .skip(1)
                .all(|tag| tag.starts_with(" src="))
        );
    }
}
