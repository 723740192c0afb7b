//! Deadlines as signs with words: brief in lists, in full where there is room; a script keeps the time true.

use chrono::{SecondsFormat, TimeDelta};
use entities::Instant;
use entities::deadline::{Outlook, Standing};
use maud::{Markup, html};

use super::icon::glyph;
use crate::locale::{Locale, Now};

/// How much is said about the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// "1 Std. 42 Min."
    Brief,
    /// "noch 1 Std. 42 Min."
    Full,
}

/// The name of a sign, and the value of `data-due` that gives it its colour.
pub fn due_sign(standing: Standing) -> &'static str {
    match standing {
        Standing::Overdue => "late",
        Standing::Soon => "soon",
        Standing::InTime => "ok",
        Standing::Held => "hold",
        Standing::Met | Standing::None => "done",
    }
}

/// The next deadline of a ticket; nothing when all is done or none applies. `used` is drawn as a bar.
pub fn due_mark(
    locale: Locale,
    now: &Now,
    outlook: &Outlook,
    used: Option<i64>,
    words: Words,
) -> Markup {
    let standing = outlook.standing(now.at);
    let sign = due_sign(standing);
    let said = match (standing, outlook.deadlines.due_at) {
        (Standing::Held, _) => html! { span { (locale.t("due-held")) } },
        (Standing::Overdue | Standing::Soon | Standing::InTime, Some(due)) => {
            html! { (due_time(locale, now, due, words)) }
        }
        _ => return html! {},
    };
    html! {
        span class="due" data-due=(sign) title=(locale.t("deadline")) {
            (glyph(sign)) (said)
            @if let Some(used) = used {
                progress value=(used) max="100" aria-label=(locale.t_with("due-used", &[("percent", used.into())])) {}
            }
        }
    }
}

/// Within a day how far away it is, otherwise when: "seit 18 Min.", "noch 3 Std.", "Fr, 15:30".
pub fn due_time(locale: Locale, now: &Now, due: Instant, words: Words) -> Markup {
    let left_key = match words {
        Words::Brief => "due-left-brief",
        Words::Full => "due-left",
    };
    let sentence = |key: &str, duration: String| {
        let said = [("duration", duration.into())];
        locale.t_with(key, &said)
    };
    let passed = now.at - due;
    let is_near = passed.abs() < TimeDelta::hours(24);
    let text = match (is_near, passed >= TimeDelta::zero()) {
        (true, true) => sentence("due-since", locale.duration(passed)),
        (true, false) => sentence(left_key, locale.duration(passed)),
        (false, true) => {
            let moment = locale.moment(due, now);
            locale.t_with("due-since-moment", &[("moment", moment.into())])
        }
        (false, false) => locale.moment(due, now),
    };
    html! {
        time datetime=(due.to_rfc3339_opts(SecondsFormat::Secs, true)) title=(locale.exact(due, now))
            data-relative=(if is_near { "recent" } else { "" })
            data-now=(locale.t("due-now"))
            data-ago=(sentence("due-since", "{}".to_owned())) data-in=(sentence(left_key, "{}".to_owned())) { (text) }
    }
}
