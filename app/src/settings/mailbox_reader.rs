//! What the reader of a mailbox is doing: connected or not, how far it has come, what went wrong and what that means.

use entities::mailbox::{Doing, Looked, Row};
use maud::{Markup, html};

use crate::web::cx::Cx;
use crate::web::parts::{Tone, moment, notice};

/// The cell of the list: what it does, when the last look went well, what went wrong since.
pub fn cell(cx: &Cx, row: &Row) -> Markup {
    html! {
        @if let Some(looked) = &row.looked {
            @if row.mailbox.imap_host.is_some() && row.mailbox.retired_at.is_none() { p { (doing(cx, looked)) } }
            @if let Some(at) = looked.last_success_at {
                p class="muted small" { (cx.t("settings-reader-last")) " " (moment(cx.locale, &cx.now, at)) }
            }
            @if let Some(at) = looked.last_failure_at && looked.failing().is_some() {
                p class="error" { (moment(cx.locale, &cx.now, at)) ": " (words(cx, looked)) }
            }
        } @else if row.mailbox.imap_host.is_some() {
            (cx.t("settings-mailbox-never"))
        }
    }
}

/// The notices above the form of a mailbox that is fetched.
pub fn panel(cx: &Cx, row: &Row) -> Markup {
    let Some(looked) = row
        .looked
        .as_ref()
        .filter(|_| row.mailbox.imap_host.is_some())
    else {
        return html! {};
    };
    html! {
        div id="mailbox-reader" class="stack" {
            @if let Some(error) = looked.failing() {
                (notice(Tone::Error, &cx.t("settings-mailbox-failed"), &html! {
                    (words(cx, looked))
                    p class="small" { (cx.t("settings-reader-technical")) " " code { (error) } }
                }))
            }
            (notice(Tone::Info, &doing(cx, looked), &html! {
                @if let Some(at) = looked.last_success_at { (cx.t("settings-reader-last")) " " (moment(cx.locale, &cx.now, at)) "." }
                @if looked.left_old > 0 {
                    p class="small" { (cx.locale.t_with("settings-reader-old", &[("count", looked.left_old.into())])) }
                }
            }))
        }
    }
}

/// One sentence.
fn doing(cx: &Cx, looked: &Looked) -> String {
    match looked.doing_at(cx.now.at) {
        None => cx.t("settings-reader-nobody"),
        Some(Doing::Connecting) => cx.t("settings-reader-connecting"),
        Some(Doing::Looking) => cx.t("settings-reader-looking"),
        Some(Doing::Waiting) => cx.t("settings-reader-waiting"),
        Some(Doing::Resting) => cx.t("settings-reader-resting"),
        Some(Doing::Taking) => cx.locale.t_with(
            "settings-reader-taking",
            &[
                ("taken", looked.taken.into()),
                ("of", looked.to_take.into()),
            ],
        ),
    }
}

/// What a failure means, and what to do.
fn words(cx: &Cx, looked: &Looked) -> String {
    cx.t(match looked.last_failure_kind.as_deref() {
        Some("connect") => "settings-reader-failed-connect",
        Some("slow") => "settings-reader-failed-slow",
        Some("tls") => "settings-reader-failed-tls",
        Some("sign_in") => "settings-reader-failed-sign-in",
        Some("password") => "settings-reader-failed-password",
        Some("folder") => "settings-reader-failed-folder",
        Some("lost") => "settings-reader-failed-lost",
        Some("desk") => "settings-reader-failed-desk",
        Some("claim") => "settings-reader-failed-claim",
        _ => "settings-reader-failed-server",
    })
}
