//! Messages: a notice in the page, the summary of a form's faults, a toast with a way back.

use chrono::TimeDelta;
use maud::{Markup, PreEscaped, html};

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

/// How a toast says that its time is the server's.
const FIRM: &str = " data-firm=\"\"";

/// Toasts that were kept until now: where one counts down with the server it goes on with what is left, and with the last
/// of that they are gone.
pub fn later(kept: &str, left: TimeDelta) -> Markup {
    let is_firm = kept.contains(FIRM);
    if is_firm && left < TimeDelta::seconds(1) {
        return html! {};
    }
    let goes_on = format!("{FIRM} data-left=\"{}\"", left.num_seconds());
    // XSS: `tell_next` alone kept it, of what was escaped then, in the row of the reader's session.
    PreEscaped(kept.replacen(FIRM, &goes_on, 1))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_countdown_that_was_kept_goes_on_and_one_that_is_over_is_gone() {
        let firm = toast(Locale::De, Stay::Firm(10), "Unterwegs", &html! {});
        let shown = later(&firm.0, TimeDelta::seconds(6)).0;
        assert!(shown.contains("data-left=\"6\"") && shown.contains("Unterwegs"));
        assert_eq!(later(&firm.0, TimeDelta::zero()).0, "");
        // What the server does not count is shown as it was.
        let plain = toast(Locale::De, Stay::Seconds(8), "Gesendet", &html! {});
        assert_eq!(later(&plain.0, TimeDelta::seconds(-9)).0, plain.0);
    }
}
