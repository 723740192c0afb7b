//! Points in time: brief on the page, exact in the tooltip, machine-readable for scripts.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use maud::{Markup, html};

use crate::locale::{Locale, Now};

/// "heute, 13:30"
pub fn moment(locale: Locale, now: &Now, at: DateTime<Utc>) -> Markup {
    element(locale, now, at, None, &locale.moment(at, now))
}

/// "vor 18 Min."; a script keeps it true while the page is open.
pub fn time_ago(locale: Locale, now: &Now, at: DateTime<Utc>) -> Markup {
    let is_recent = (now.at - at).abs() < TimeDelta::hours(24);
    element(
        locale,
        now,
        at,
        Some(if is_recent { "recent" } else { "" }),
        &locale.ago(at, now),
    )
}

/// "13:30", where the day is said already.
pub fn time_of_day(locale: Locale, now: &Now, at: DateTime<Utc>) -> Markup {
    let time = locale.time_of_day(now.local(at).time());
    element(locale, now, at, None, &time)
}

fn element(
    locale: Locale,
    now: &Now,
    at: DateTime<Utc>,
    relative: Option<&str>,
    words: &str,
) -> Markup {
    html! {
        time datetime=(at.to_rfc3339_opts(SecondsFormat::Secs, true)) title=(locale.exact(at, now)) data-relative=[relative] { (words) }
    }
}
