//! The sheet with the form of one entry: its head, what was just done, and its foot.

use entities::Uuid;
use entities::setting::Setting;
use maud::{Markup, html};

use super::area::Area;
use crate::web::cx::Cx;
use crate::web::form::csrf;
use crate::web::parts::{Look, Tone, button_link, icon_small, notice};

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
pub fn told(cx: &Cx, done: &str, state: State) -> Markup {
    let done = match done {
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
    pub fn of(entry: Option<&impl Setting>) -> State {
        match entry {
            None => State::New,
            Some(entry) if entry.is_retired() => State::Retired,
            Some(_) => State::Active,
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
    let brings_files = area == Area::Documents;
    html! {
        form class="sheet" method="post" action=(action) enctype=[brings_files.then_some("multipart/form-data")] novalidate {
            (csrf(&cx.session.csrf))
            (hidden)
            (head(cx, area, title))
            div class="scroll" { div class="form" { (fields) } }
            (foot(cx, area, id, state))
        }
    }
}
