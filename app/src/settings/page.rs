//! The frame of settings pages: areas on the left, a list or a form beside them.

use entities::page::Cursor;
use entities::policy::Place;
use entities::setting::Show;
use entities::{Permission, Uuid};
use maud::{Markup, html};
use serde::Deserialize;

use super::area::Area;
use super::wide::{self, Back, Wide};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::layout::Stage;
use crate::web::nav;
use crate::web::parts::{Look, Pager, button_link, icon, pager};
use crate::web::url::{self, Url};

/// Rows of a page of a list.
pub const ROWS: u64 = 50;

/// What a list or a form is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// What was typed to find.
    pub q: String,
    /// Not empty: retired ones too.
    pub all: String,
    pub after: String,
    /// What was just done.
    pub done: String,
}

impl Asked {
    pub fn show(&self) -> Show {
        if self.all.is_empty() {
            Show::Active
        } else {
            Show::All
        }
    }
}

/// Links to the neighbouring pages of a list.
pub fn pages(area: Area, asked: &Asked, next: Option<&Cursor>) -> Pager {
    let here = || area.url().with("q", &asked.q).with("all", &asked.all);
    Pager {
        first: (!asked.after.is_empty()).then(here),
        previous: None,
        next: next.map(|cursor| here().with("after", cursor.encode())),
    }
}

/// How a list can be narrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Find {
    /// Typing finds; long lists.
    Typing,
    /// Everything is on one page.
    Nothing,
}

/// A line of the list beside a form.
pub struct Item {
    pub url: Url,
    pub name: String,
    pub more: String,
    pub current: Option<&'static str>,
}

/// Marks the item that is open.
pub fn current(id: Uuid, open: Option<Uuid>) -> Option<&'static str> {
    (open == Some(id)).then_some("page")
}

/// The page of an area's list.
pub async fn list(
    cx: &Cx,
    area: Area,
    asked: &Asked,
    find: Find,
    table: Markup,
    pages: Pager,
) -> Result<Markup> {
    let tools = html! {
        form class="cluster right" method="get" action=(area.url()) role="search" aria-label=(cx.t("settings-find")) {
            @if find == Find::Typing {
                input class="input input--auto" type="search" name="q" value=(asked.q) aria-label=(cx.t("settings-find"))
                    placeholder=(cx.t("settings-find")) autocomplete="off";
            }
            label class="tick" {
                input type="checkbox" name="all" value="1" checked[!asked.all.is_empty()];
                span { (cx.t("settings-show-retired")) }
            }
            button class="kern-btn kern-btn--tertiary" type="submit" { span class="kern-label" { (cx.t("settings-show")) } }
        }
        @if area == Area::People {
            @if cx.may(Permission::CreateTickets, Place::Desk) { (button_link(Look::Tertiary, &cx.t("mailing"), &url::mailings(), None)) }
            (button_link(Look::Tertiary, &cx.t("import"), &url::people_import(), None))
        }
        (button_link(Look::Secondary, &area.new_words(cx), &area.new_url(), Some("plus")))
    };
    let sheet = Wide {
        area,
        back: Back::None,
        title: area.words(cx),
        head: tools,
        content: table,
        foot: pager(cx.locale, &pages),
    };
    wide::page(cx, sheet).await
}

/// A page with the area's list and a form, or several, in the last sheet.
pub async fn entry(
    cx: &Cx,
    area: Area,
    title: &str,
    items: &[Item],
    sheet: Markup,
) -> Result<Markup> {
    let content = html! {
        (adminnav(cx, area))
        section class="sheet pane-items" aria-labelledby="settings-items" {
            div class="sheet__head" {
                h2 id="settings-items" { (area.words(cx)) }
                a class="kern-btn kern-btn--tertiary right" href=(area.new_url()) title=(area.new_words(cx)) {
                    (icon("plus")) span class="kern-label" { (cx.t("settings-new")) span class="sr" { ": " (area.new_words(cx)) } }
                }
            }
            @if items.is_empty() { p class="sheet__body muted" { (cx.t("settings-no-entries")) } }
            @else {
                ul class="itemlist scroll" role="list" {
                    @for item in items {
                        li {
                            a href=(item.url) aria-current=[item.current] {
                                span { b { (item.name) } @if !item.more.is_empty() { small { (item.more) } } }
                            }
                        }
                    }
                }
            }
        }
        (sheet)
    };
    let frame = cx.frame(nav::Area::Settings).await?;
    Ok(frame.page(title, Stage::SettingsForm, &content))
}

pub(super) fn adminnav(cx: &Cx, area: Area) -> Markup {
    html! {
        nav class="sheet adminnav" aria-label=(cx.t("settings-areas")) {
            div class="sheet__head" { h2 { (cx.t("nav-settings")) } }
            ul role="list" {
                @for each in Area::open_to(cx) {
                    li {
                        a class="navlink" href=(each.url()) aria-current=[(each == area).then_some("page")] {
                            (icon(each.icon())) span { (each.words(cx)) }
                        }
                    }
                }
            }
        }
    }
}
