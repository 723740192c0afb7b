//! The reminder of a ticket as a sign with words: in rows, and as the band at its head.

use chrono::TimeDelta;
use entities::Instant;
use maud::{Markup, html};

use crate::locale::{Locale, Now};
use crate::web::parts::glyph;

/// How near a reminder is.
pub fn nearness(now: &Now, at: Instant) -> &'static str {
    let left = at - now.at;
    if left <= TimeDelta::zero() {
        "late"
    } else if left < TimeDelta::hours(4) {
        "soon"
    } else {
        "ok"
    }
}

/// A reminder in a row of a list.
pub fn reminder_mark(locale: Locale, now: &Now, at: Instant) -> Markup {
    let near = nearness(now, at);
    let words = words(locale, now, at);
    html! {
        span class="due" data-due=(near) title=(locale.t("ticket-reminder")) { (glyph(near)) span { (words) } }
    }
}

/// "seit 1 Std. 3 Min." when it has passed, otherwise when it comes.
fn words(locale: Locale, now: &Now, at: Instant) -> String {
    let passed = now.at - at;
    if passed >= TimeDelta::zero() && passed < TimeDelta::hours(24) {
        locale.t_with(
            "ticket-reminder-since",
            &[("duration", locale.duration(passed).into())],
        )
    } else if passed >= TimeDelta::zero() {
        locale.t_with(
            "ticket-reminder-since-moment",
            &[("moment", locale.moment(at, now).into())],
        )
    } else if passed > TimeDelta::hours(-12) && passed < TimeDelta::zero() {
        locale.duration(passed)
    } else {
        locale.moment(at, now)
    }
}

/// The band below the title.
pub fn reminder_band(locale: Locale, now: &Now, at: Instant) -> Markup {
    let near = nearness(now, at);
    let key = if near == "late" {
        "ticket-reminder-passed"
    } else {
        "ticket-reminder-at"
    };
    let sentence = match key {
        "ticket-reminder-passed" => locale.t_with(
            "ticket-reminder-passed",
            &[("time", locale.moment(at, now).into())],
        ),
        _ => locale.t_with(
            "ticket-reminder-at",
            &[("time", locale.moment(at, now).into())],
        ),
    };
    html! {
        p class="due" data-due=(near) { (glyph(near)) span { (sentence) } }
    }
}
