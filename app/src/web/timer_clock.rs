//! The timer that runs, on top of every page: since when and on which ticket, with the way to it.

use entities::effort::Timer;
use maud::{Markup, html};

use super::parts::icon;
use super::url;
use crate::locale::{Locale, Now};

/// Since when it runs; what was left running tells the day.
pub(super) fn timer_clock(locale: Locale, now: &Now, timer: &Timer) -> Markup {
    let started = now.local(timer.row.started_at);
    let since = match started.date_naive() == now.today() {
        true => locale.time_of_day(started.time()),
        false => locale.moment(timer.row.started_at, now),
    };
    let at = [("time", since.as_str().into())];
    let (words, short) = (
        locale.t_with("timer-since", &at),
        locale.t_with("timer-since-short", &at),
    );
    let to = match &timer.ticket {
        Some((number, _)) => url::ticket(number).at("facts-effort"),
        None => url::effort(),
    };
    html! {
        a class="tool clock" href=(to) title=(words) {
            (icon("clock"))
            span class="sr" { (words) }
            span class="num" aria-hidden="true" { (short) }
            @if let Some((number, _)) = &timer.ticket { span class="hide-s" { "· " (number) } }
        }
    }
}
