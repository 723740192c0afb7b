//! The frame of settings pages: areas on the left, a list or a form beside them.

use entities::ledger::Command;
use entities::page::Cursor;
use entities::permit::{Desk, Permit};
use entities::setting::{Restore, Retire, Setting, Show};
use entities::{Permission, Uuid};
use maud::{Markup, html};
use serde::Deserialize;

use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::csrf;
use crate::web::layout::Stage;
use crate::web::nav;
use crate::web::parts::{Look, Pager, Tone, button_link, icon, icon_small, notice, pager};
use crate::web::swap::Swap;
use crate::web::url::{self, Url};

/// One area of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    Services,
    Teams,
    Organisations,
    People,
    Mailboxes,
    /// Mail that needs a person.
    Mail,
}

impl Area {
    const ALL: [Area; 6] = [
        Area::Services,
        Area::Teams,
        Area::Organisations,
        Area::People,
        Area::Mailboxes,
        Area::Mail,
    ];

    /// The areas the reader may manage.
    pub fn open_to(cx: &Cx) -> impl Iterator<Item = Area> {
        Area::ALL
            .into_iter()
            .filter(|area| cx.actor.may_somewhere(area.permission()))
    }

    fn permission(self) -> Permission {
        match self {
            Area::Services => Permission::ManageServices,
            Area::Teams => Permission::ManageTeams,
            Area::Organisations => Permission::ManageOrganisations,
            Area::People => Permission::ManagePeople,
            Area::Mailboxes => Permission::ManageMailboxes,
            Area::Mail => Permission::SettleMail,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Area::Services => "services",
            Area::Teams => "teams",
            Area::Organisations => "organisations",
            Area::People => "people",
            Area::Mailboxes => "mailboxes",
            Area::Mail => "mail",
        }
    }

    fn icon(self) -> &'static str {
        match self {
            Area::Services => "tag",
            Area::Teams => "users",
            Area::Organisations => "building",
            Area::People => "user",
            Area::Mailboxes => "mail",
            Area::Mail => "warn",
        }
    }

    /// What the area is called.
    pub fn words(self, cx: &Cx) -> String {
        cx.t(match self {
            Area::Services => "settings-services",
            Area::Teams => "settings-teams",
            Area::Organisations => "settings-organisations",
            Area::People => "settings-people",
            Area::Mailboxes => "settings-mailboxes",
            Area::Mail => "settings-mail",
        })
    }

    /// The heading of an empty form.
    pub fn new_words(self, cx: &Cx) -> String {
        cx.t(match self {
            Area::Services => "settings-service-new",
            Area::Teams => "settings-team-new",
            Area::Organisations => "settings-organisation-new",
            Area::People => "settings-person-new",
            Area::Mailboxes | Area::Mail => "settings-mailbox-new",
        })
    }

    pub fn url(self) -> Url {
        url::setting_area(self.name())
    }

    pub fn new_url(self) -> Url {
        url::setting(self.name(), "new")
    }

    pub fn entry(self, id: Uuid) -> Url {
        url::setting(self.name(), id)
    }

    pub fn act(self, id: Uuid, what: &str) -> Url {
        url::setting_act(self.name(), id, what)
    }
}

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
    done: String,
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
    let title = area.words(cx);
    let content = html! {
        (adminnav(cx, area))
        section class="sheet" aria-labelledby="settings-title" {
            div class="sheet__head" {
                h1 id="settings-title" class="h2" { (title) }
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
                (button_link(Look::Secondary, &area.new_words(cx), &area.new_url(), Some("plus")))
            }
            div class="scroll" { (table) }
            (pager(cx.locale, &pages))
        }
    };
    let frame = cx.frame(nav::Area::Settings).await?;
    Ok(frame.page(&title, Stage::Settings, &content))
}

/// A page without entries of its own: the areas and one sheet.
pub async fn plain(cx: &Cx, area: Area, content: Markup) -> Result<Markup> {
    let title = area.words(cx);
    let content = html! {
        (adminnav(cx, area))
        section class="sheet" aria-labelledby="settings-title" {
            div class="sheet__head" { h1 id="settings-title" class="h2" { (title) } }
            div class="scroll" { div class="form" { (content) } }
        }
    };
    let frame = cx.frame(nav::Area::Settings).await?;
    Ok(frame.page(&title, Stage::Settings, &content))
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
        (sheet)
    };
    let frame = cx.frame(nav::Area::Settings).await?;
    Ok(frame.page(title, Stage::SettingsForm, &content))
}

fn adminnav(cx: &Cx, area: Area) -> Markup {
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

/// Heading of a form, with the way back to the list.
pub fn head(cx: &Cx, area: Area, title: &str) -> Markup {
    html! {
        div class="sheet__head" {
            a class="back" href=(area.url()) { (icon_small("left")) (area.words(cx)) }
            h1 id="settings-title" class="h2" { (title) }
        }
    }
}

/// What was just done, or that the entry is retired.
pub fn told(cx: &Cx, asked: &Asked, state: State) -> Markup {
    let done = match asked.done.as_str() {
        "saved" => Some("settings-done-saved"),
        "created" => Some("settings-done-created"),
        "restored" => Some("settings-done-restored"),
        "password" => Some("settings-done-password"),
        _ => None,
    };
    html! {
        @if state == State::Retired {
            (notice(Tone::Info, &cx.t("settings-retired"), &html! { (cx.t("settings-retired-more")) }))
        } @else if let Some(key) = done {
            (notice(Tone::Ok, &cx.t(key), &html! {}))
        }
    }
}

/// Whether an entry is new, in use or retired: what its form offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    New,
    Active,
    Retired,
}

impl State {
    pub fn of(retired_at: Option<entities::Instant>) -> State {
        match retired_at {
            Some(_) => State::Retired,
            None => State::Active,
        }
    }
}

/// Foot of a form: save, discard, and retire or restore.
pub fn foot(cx: &Cx, area: Area, id: Option<Uuid>, state: State) -> Markup {
    html! {
        div class="formfoot" {
            @if state != State::Retired {
                button class="kern-btn kern-btn--primary" type="submit" { span class="kern-label" { (cx.t("settings-save")) } }
            }
            (button_link(Look::Tertiary, &cx.t("settings-discard"), &area.url(), None))
            @if let (Some(id), State::Active) = (id, state) {
                button class="kern-btn kern-btn--tertiary right" type="submit" formaction=(area.act(id, "retire")) {
                    span class="kern-label" { (cx.t("settings-retire")) }
                }
            }
            @if let (Some(id), State::Retired) = (id, state) {
                button class="kern-btn kern-btn--primary right" type="submit" formaction=(area.act(id, "restore")) {
                    span class="kern-label" { (cx.t("settings-restore")) }
                }
            }
        }
    }
}

/// A form that fills the sheet: hidden fields, head, fields, foot.
pub fn form_sheet(
    cx: &Cx,
    area: Area,
    title: &str,
    open: (Option<Uuid>, State),
    hidden: Markup,
    fields: Markup,
) -> Markup {
    let (id, state) = open;
    let action = id.map_or_else(|| area.new_url(), |id| area.entry(id));
    html! {
        form class="sheet" method="post" action=(action) novalidate {
            (csrf(&cx.session.csrf))
            (hidden)
            (head(cx, area, title))
            div class="scroll" { div class="form" { (fields) } }
            (foot(cx, area, id, state))
        }
    }
}

/// Goes to the form of an entry and says there what was done.
pub fn done(cx: &Cx, area: Area, id: Uuid, what: &str) -> Swap {
    Swap::go_to(cx.asks, area.entry(id).with("done", what))
}

/// Takes an entry out of use.
pub async fn retire<S: Setting>(
    cx: &Cx,
    area: Area,
    permit: Permit<Retire<S>>,
    id: Uuid,
) -> Result<Swap>
where
    Retire<S>: Command<Target = S, On = Desk>,
{
    cx.db.change(permit, Retire::of(id)).await?;
    Ok(done(cx, area, id, "retired"))
}

/// Brings an entry back into use.
pub async fn restore<S: Setting>(
    cx: &Cx,
    area: Area,
    permit: Permit<Restore<S>>,
    id: Uuid,
) -> Result<Swap>
where
    Restore<S>: Command<Target = S, On = Desk>,
{
    cx.db.change(permit, Restore::of(id)).await?;
    Ok(done(cx, area, id, "restored"))
}
