//! What states and audiences of articles are called, and how a day of review is shown.

use chrono::{NaiveDate, TimeDelta};
use entities::article::{Audience, State};
use maud::{Markup, html};

use crate::locale::Locale;
use crate::web::cx::Cx;
use crate::web::parts::{Choice, glyph, name};

/// So many days before a review is due it is called soon.
const SOON_DAYS: i64 = 14;

/// A state with its sign.
pub fn state(locale: Locale, state: State) -> Markup {
    let sign = match state {
        State::Draft => "open",
        State::InReview => "waiting",
        State::Published => "solved",
        State::Retired => "closed",
    };
    html! {
        span class="state" data-state=(sign) { (glyph(sign)) (state_words(locale, state)) }
    }
}

/// The words of a state.
pub fn state_words(locale: Locale, state: State) -> String {
    locale.t(match state {
        State::Draft => "article-state-draft",
        State::InReview => "article-state-in-review",
        State::Published => "article-state-published",
        State::Retired => "article-state-retired",
    })
}

/// Every state as an option.
pub fn state_choices(locale: Locale) -> Vec<Choice> {
    let choice = |state: State| Choice::new(name(state), state_words(locale, state));
    let every = Choice::new("", locale.t("article-every-state"));
    std::iter::once(every)
        .chain(State::ALL.into_iter().map(choice))
        .collect()
}

/// The words of an audience.
pub fn audience_words(locale: Locale, audience: Audience) -> String {
    locale.t(match audience {
        Audience::Internal => "article-for-internal",
        Audience::Requesters => "article-for-requesters",
        Audience::Vendors => "article-for-vendors",
        Audience::Public => "article-for-public",
    })
}

/// The day of the next review: passed, near or far.
pub fn review_due(cx: &Cx, day: Option<NaiveDate>) -> Markup {
    let today = cx.now.today();
    let Some(day) = day else {
        return html! { span class="muted" { (cx.t("fact-none")) } };
    };
    let (due, sign, words) = match day {
        day if day < today => ("late", "late", Some("article-review-late")),
        day if day <= today + TimeDelta::days(SOON_DAYS) => ("soon", "soon", None),
        _ => ("ok", "ok", None),
    };
    html! {
        span class="due" data-due=(due) {
            (glyph(sign))
            span { (cx.locale.date(day)) @if let Some(key) = words { " " (cx.t(key)) } }
        }
    }
}
