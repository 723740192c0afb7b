//! How the reading of a calendar of absences goes, in words.

use entities::absence::feed::{Failure, Shown, state};
use maud::{Markup, html};

use crate::web::cx::Cx;
use crate::web::parts::{Tone, moment, notice};

/// When it was read, and what came of that.
pub(super) fn reading(cx: &Cx, shown: &Shown) -> Markup {
    let Some(state) = &shown.state else {
        return notice(Tone::Info, &cx.t("absence-calendar-unread"), &html! {});
    };
    let last = html! {
        @if let Some(at) = state.success_at { (cx.t("absence-calendar-last")) " " (moment(cx.locale, &cx.now, at)) ". " }
    };
    match (state.read_at, state.failure) {
        (None, _) => notice(Tone::Info, &cx.t("absence-calendar-unread"), &html! {}),
        (Some(at), Some(failure)) => {
            let more = html! {
                (failed(cx, state, failure)) " " (cx.t("absence-calendar-tried")) " " (moment(cx.locale, &cx.now, at)) ". " (last)
                (cx.t("absence-calendar-stays"))
            };
            notice(Tone::Error, &cx.t("absence-calendar-failed"), &more)
        }
        (Some(_), None) if state.empty_at.is_some() => {
            let more = html! { (cx.t("absence-calendar-empty-stays")) " " (last) };
            notice(Tone::Warn, &cx.t("absence-calendar-empty"), &more)
        }
        (Some(_), None) => {
            let found = [("count", state.found.into())];
            let found = cx.locale.t_with("absence-calendar-found", &found);
            notice(Tone::Ok, &found, &last)
        }
    }
}

/// What went wrong and what to do.
fn failed(cx: &Cx, state: &state::Model, failure: Failure) -> String {
    cx.t(match failure {
        Failure::Sealed => "absence-calendar-failed-sealed",
        Failure::Address => "absence-calendar-no-address",
        Failure::Private => "absence-calendar-failed-private",
        Failure::Redirect => "absence-calendar-failed-redirect",
        Failure::Away => "absence-calendar-failed-away",
        Failure::Status => {
            let args = [(
                "status",
                state.status.unwrap_or_default().to_string().into(),
            )];
            return cx.locale.t_with("absence-calendar-failed-status", &args);
        }
        Failure::TooLarge => "absence-calendar-failed-too-large",
        Failure::NoCalendar => "absence-calendar-failed-no-calendar",
        Failure::CutOff => "absence-calendar-failed-cut-off",
        Failure::TooMany => "absence-calendar-failed-too-many",
        Failure::Refused => "absence-calendar-failed-refused",
    })
}
