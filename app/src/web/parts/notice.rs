//! Messages: a notice in the page, the summary of a form's faults, a toast with a way back.

use maud::{Markup, html};

use super::icon::icon;
use crate::locale::Locale;

/// What a message means; decides sign, colour and how urgently it is read aloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Error,
    Warn,
    Ok,
    Info,
}

impl Tone {
    fn state(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Ok => "ok",
            Self::Info => "info",
        }
    }

    fn icon(self) -> &'static str {
        match self {
            Self::Error | Self::Warn => "warn",
            Self::Ok => "check",
            Self::Info => "info",
        }
    }
}

/// A message inside the page. `more` may be empty, text, or a paragraph with buttons.
pub fn notice(tone: Tone, strong: &str, more: &Markup) -> Markup {
    let role = if tone == Tone::Error {
        "alert"
    } else {
        "status"
    };
    html! {
        div class="notice" data-state=(tone.state()) role=(role) {
            (icon(tone.icon()))
            div { strong { (strong) } @if !more.0.is_empty() { " " (more) } }
        }
    }
}

/// All faults of a form, each a link to its field: `(field id, sentence)`. Nothing when there is none.
pub fn error_summary(locale: Locale, faults: &[(String, String)]) -> Markup {
    html! {
        @if !faults.is_empty() {
            div class="notice" data-state="error" role="alert" tabindex="-1" autofocus {
                (icon("warn"))
                div {
                    strong { (locale.t_with("form-faults", &[("count", faults.len().into())])) }
                    ul class="plain" {
                        @for (id, sentence) in faults { li { a href={ "#" (id) } { (sentence) } } }
                    }
                }
            }
        }
    }
}

/// How long a toast stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stay {
    /// Until it is dismissed.
    UntilClosed,
    /// Counts down and goes; a pointer or the focus holds it.
    Seconds(u32),
    /// Counts down with the server's own limit, so nothing holds it.
    Firm(u32),
}

/// A short message over the page. `action` is a form with the way back, or empty.
pub fn toast(locale: Locale, stay: Stay, text: &str, action: &Markup) -> Markup {
    let (seconds, firm) = match stay {
        Stay::UntilClosed => (None, None),
        Stay::Seconds(seconds) => (Some(seconds), None),
        Stay::Firm(seconds) => (Some(seconds), Some("")),
    };
    html! {
        div class="toast" role="group" aria-label=(text) data-seconds=[seconds] data-firm=[firm] {
            span role="status" { (text) }
            @if let Some(seconds) = seconds {
                span class="num" data-countdown aria-hidden="true" { (seconds / 60) ":" (format!("{:02}", seconds % 60)) }
            }
            (action)
            @if action.0.is_empty() { button type="button" data-close { (locale.t("toast-close")) } }
            @if let Some(seconds) = seconds {
                progress value=(seconds) max=(seconds) aria-label=(locale.t("toast-time-left")) {}
            }
        }
    }
}
