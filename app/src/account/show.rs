//! The page of one's account: preferences, password, sessions.

use entities::person::deputy as deputies;
use entities::session as sessions;
use entities::session::table::Model as Session;
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::password::{PasswordFaults, password_form};
use super::preferences::preferences_form;
use super::sessions::session_list;
use super::{deputy, deputy_form};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{Look, Tone, button_link, notice};
use crate::web::url;

/// What was done just before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Saved {
    Preferences,
    Password,
    Sessions,
}

impl Saved {
    /// The form in an address.
    pub fn name(self) -> &'static str {
        match self {
            Saved::Preferences => "preferences",
            Saved::Password => "password",
            Saved::Sessions => "sessions",
        }
    }
}

#[derive(Debug, Deserialize)]
struct AccountQuery {
    #[serde(default)]
    saved: Option<Saved>,
}

/// `GET /account`
#[handler]
pub async fn show(cx: Cx, Query(query): Query<AccountQuery>) -> Result<Markup> {
    page(&cx, query.saved, &PasswordFaults::default()).await
}

/// The whole page; with faults when a new password was not accepted.
pub async fn page(cx: &Cx, saved: Option<Saved>, faults: &PasswordFaults) -> Result<Markup> {
    let all = sessions::of(&cx.db, cx.session.person_id).await?;
    let cover = cover(cx).await?;
    let frame = cx.frame(Area::None).await?;
    let title = cx.t("account-title");
    let account = account(cx, saved, faults, &all, &cover);
    Ok(frame.page(&title, Stage::Plain, &account))
}

/// The way to who stands in, and who else said so; nothing for who has no tickets.
async fn cover(cx: &Cx) -> Result<Markup> {
    if !deputy::may(cx) {
        return Ok(html! {});
    }
    let now = deputies::own(&cx.db, &cx.actor).await?;
    let by = deputy_form::said_by(cx, now.as_ref()).await?;
    Ok(html! {
        div class="form" {
            p class="cluster" {
                (button_link(Look::Secondary, &cx.t("deputy"), &url::deputy(), None))
                (button_link(Look::Secondary, &cx.t("notifications-title"), &url::notifications(), None))
                (button_link(Look::Secondary, &cx.t("watched-title"), &url::watched(), None))
                (button_link(Look::Secondary, &cx.t("own-keys-title"), &url::own_keys(), None))
            }
            @if let Some(by) = by { p class="small muted" { (by) } }
        }
    })
}

fn account(
    cx: &Cx,
    saved: Option<Saved>,
    faults: &PasswordFaults,
    all: &[Session],
    cover: &Markup,
) -> Markup {
    html! {
        div class="sheet" {
            div class="sheet__head" {
                h1 id="account-title" { (cx.t("account-title")) }
                p class="muted" { (cx.session.name) @if let Some(email) = &cx.session.email { " · " (email) } }
            }
            div class="scroll" tabindex="0" role="region" aria-labelledby="account-title" {
                @if let Some(saved) = saved { div class="form" { (notice(Tone::Ok, &words(cx, saved), &html! {})) } }
                (cover)
                (preferences_form(cx))
                (password_form(cx, faults))
                (session_list(cx, all, &url::end_sessions()))
                (access(cx))
            }
        }
    }
}

/// What else belongs to signing in, on pages of its own.
fn access(cx: &Cx) -> Markup {
    let links = [
        (url::second_factor(), "factor-title", "factor-more"),
        (url::passkeys(), "passkeys-title", "passkeys-lead"),
        (url::tokens(), "tokens-title", "tokens-lead"),
        (url::own_sign_ins(), "sign-ins-title", "sign-ins-lead"),
    ];
    html! {
        section class="form" aria-labelledby="access-title" {
            h2 id="access-title" { (cx.t("access-title")) }
            ul class="plain stack" role="list" {
                @for (there, title, more) in links {
                    li { a href=(there) { (cx.t(title)) } p class="small muted" { (cx.t(more)) } }
                }
            }
        }
    }
}

fn words(cx: &Cx, saved: Saved) -> String {
    cx.t(match saved {
        Saved::Preferences => "preferences-saved",
        Saved::Password => "own-password-saved",
        Saved::Sessions => "sessions-ended",
    })
}
