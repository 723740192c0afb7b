//! How somebody is told of what concerns them: by topic in the page alone or by mail too, and when it is to be quiet.

use std::collections::HashMap;

use entities::Permission;
use entities::notice::Topic;
use entities::notice::choice::{self, Channel, Choice, DAY_MINUTES, Quiet};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use crate::error::Result;
use crate::fields::typed::Typed;
use crate::web::cx::Cx;
use crate::web::form::{self, Form, Query};
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{Look, Tone, button_link, error_summary, notice, submit};
use crate::web::swap::Swap;
use crate::web::url;

const DAILY_AT: &str = "daily_at";
const QUIET_FROM: &str = "quiet_from";
const QUIET_TO: &str = "quiet_to";

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    saved: String,
}

/// What stands in the form.
struct Filled {
    choice: Choice,
    /// The times as they were typed.
    times: HashMap<&'static str, String>,
    is_quiet: bool,
    faults: Vec<(String, String)>,
}

impl Filled {
    fn of(choice: Choice) -> Filled {
        let quiet = choice.quiet;
        let or_usual = |at: Option<u32>, usual: u32| written(at.unwrap_or(usual));
        Filled {
            times: HashMap::from([
                (DAILY_AT, written(choice.daily_at)),
                (QUIET_FROM, or_usual(quiet.map(|q| q.from), 18 * 60)),
                (QUIET_TO, or_usual(quiet.map(|q| q.to), 6 * 60 + 30)),
            ]),
            is_quiet: quiet.is_some(),
            choice,
            faults: vec![],
        }
    }

    fn time(&self, name: &str) -> &str {
        self.times.get(name).map_or("", String::as_str)
    }

    fn fault(&self, name: &str) -> Option<&str> {
        let fault = self.faults.iter().find(|(of, _)| of == name);
        fault.map(|(_, words)| words.as_str())
    }
}

/// Minutes after midnight as a field for a time holds them.
fn written(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn read(text: &str) -> Option<u32> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let at = hours.checked_mul(60)?.checked_add(minutes)?;
    (minutes < 60 && at < DAY_MINUTES).then_some(at)
}

/// `GET /account/notifications`
#[handler]
pub async fn show(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let choice = choice::of(&cx.db, cx.session.person_id).await?;
    page(&cx, &Filled::of(choice), !asked.saved.is_empty()).await
}

/// `POST /account/notifications`; a channel that is not on offer is the usual one.
#[handler]
pub async fn update(cx: Cx, Form(typed): Form<Typed>) -> Result<Swap> {
    let mut choice = Choice::default();
    for topic in Topic::ALL {
        if let Some(channel) = Channel::from_name(typed.first(topic.name())) {
            choice.choose(topic, channel);
        }
    }
    choice.quiet_weekend = !typed.first("quiet_weekend").is_empty();
    let is_quiet = !typed.first("quiet").is_empty();
    let mut filled = Filled::of(choice);
    filled.is_quiet = is_quiet;
    let mut times = HashMap::new();
    for name in [DAILY_AT, QUIET_FROM, QUIET_TO] {
        let text = typed.first(name).trim().to_owned();
        let is_asked = is_quiet || name == DAILY_AT;
        match read(&text) {
            Some(at) => {
                times.insert(name, at);
            }
            None if is_asked => filled
                .faults
                .push((name.to_owned(), cx.t("notifications-time-fault"))),
            None => {}
        }
        filled.times.insert(name, text);
    }
    let time = |name| times.get(name).copied();
    if is_quiet && let (Some(from), Some(to)) = (time(QUIET_FROM), time(QUIET_TO)) {
        if from == to {
            filled
                .faults
                .push((QUIET_TO.to_owned(), cx.t("notifications-quiet-fault")));
        }
        filled.choice.quiet = Some(Quiet { from, to });
    }
    if let Some(at) = time(DAILY_AT) {
        filled.choice.daily_at = at;
    }
    if !filled.faults.is_empty() {
        let page = page(&cx, &filled, false).await?;
        return Ok(Swap::invalid(
            cx.asks,
            notifications_form(&cx, &filled),
            page,
        ));
    }
    choice::keep(&cx.db, cx.session.person_id, &filled.choice).await?;
    Ok(Swap::go_to(
        cx.asks,
        url::notifications().with("saved", "1"),
    ))
}

async fn page(cx: &Cx, filled: &Filled, saved: bool) -> Result<Markup> {
    let frame = cx.frame(Area::None).await?;
    let title = cx.t("notifications-title");
    let content = html! {
        div class="sheet" {
            div class="sheet__head" {
                h1 id="notifications-title" { (title) }
                span class="right" { (button_link(Look::Tertiary, &cx.t("watched-title"), &url::watched(), None)) }
            }
            div class="scroll" tabindex="0" role="region" aria-labelledby="notifications-title" {
                @if saved { div class="form" { (notice(Tone::Ok, &cx.t("notifications-saved"), &html! {})) } }
                (notifications_form(cx, filled))
            }
        }
    };
    Ok(frame.page(&title, Stage::Plain, &content))
}

/// The form `#notifications-form`.
fn notifications_form(cx: &Cx, filled: &Filled) -> Markup {
    html! {
        form id="notifications-form" class="form form--wide" action=(url::notifications()) method="post" aria-labelledby="notifications-title" {
            (form::csrf(&cx.session.csrf))
            (error_summary(cx.locale, &filled.faults))
            p class="muted" { (cx.t("notifications-lead")) }
            table class="told-by" {
                thead {
                    tr {
                        th scope="col" { (cx.t("notifications-what")) }
                        @for channel in Channel::ALL { th scope="col" { (cx.t(channel_words(channel))) } }
                    }
                }
                tbody { @for topic in Topic::ALL.into_iter().filter(|topic| concerns(cx, *topic)) { (topic_row(cx, topic, filled.choice.channel(topic))) } }
            }
            (time_field(cx, filled, DAILY_AT, "notifications-daily-at"))
            fieldset class="field" {
                legend class="label" { (cx.t("notifications-quiet")) }
                label class="tick" {
                    input type="checkbox" name="quiet" value="on" checked[filled.is_quiet] aria-describedby="quiet-hint";
                    span { (cx.t("notifications-quiet-hours")) }
                }
                div class="cluster" {
                    (time_field(cx, filled, QUIET_FROM, "notifications-quiet-from"))
                    (time_field(cx, filled, QUIET_TO, "notifications-quiet-to"))
                }
                label class="tick" {
                    input type="checkbox" name="quiet_weekend" value="on" checked[filled.choice.quiet_weekend] aria-describedby="quiet-hint";
                    span { (cx.t("notifications-quiet-weekend")) }
                }
                span class="hint" id="quiet-hint" { (cx.t("notifications-quiet-hint")) }
            }
            p { (submit(Look::Primary, &cx.t("preferences-save"))) }
        }
    }
}

fn topic_row(cx: &Cx, topic: Topic, chosen: Channel) -> Markup {
    let (words, more) = topic_words(topic);
    let id = format!("topic-{}", topic.name());
    html! {
        tr {
            th scope="row" id=(id) { (cx.t(words)) @if let Some(more) = more { span class="hint" { (cx.t(more)) } } }
            @for channel in Channel::ALL {
                @let said = format!("{}: {}", cx.t(words), cx.t(channel_words(channel)));
                td {
                    label class="tick" {
                        input type="radio" name=(topic.name()) value=(channel.name()) checked[channel == chosen] aria-label=(said);
                        span class="told-by__way" aria-hidden="true" { (cx.t(channel_words(channel))) }
                    }
                }
            }
        }
    }
}

fn time_field(cx: &Cx, filled: &Filled, name: &str, words: &str) -> Markup {
    let fault = filled.fault(name);
    let told = format!("{name}-fault");
    html! {
        div class="field" {
            label class="label" for=(name) { (cx.t(words)) }
            input class="input input--short" type="time" id=(name) name=(name) value=(filled.time(name))
                aria-invalid=[fault.map(|_| "true")] aria-describedby=[fault.map(|_| &told)];
            @if let Some(fault) = fault { span class="error" id=(told) { (fault) } }
        }
    }
}

fn channel_words(channel: Channel) -> &'static str {
    match channel {
        Channel::Off => "notifications-off",
        Channel::Page => "notifications-page",
        Channel::AtOnce => "notifications-at-once",
        Channel::Hourly => "notifications-hourly",
        Channel::Daily => "notifications-daily",
    }
}

/// Whether somebody is ever told of such things.
fn concerns(cx: &Cx, topic: Topic) -> bool {
    topic != Topic::Redaction || cx.actor.may_somewhere(Permission::RedactMessages)
}

fn topic_words(topic: Topic) -> (&'static str, Option<&'static str>) {
    match topic {
        Topic::Mentioned => ("topic-mentioned", None),
        Topic::Assigned => ("topic-assigned", None),
        Topic::Own => ("topic-own", Some("topic-own-more")),
        Topic::Deputy => ("topic-deputy", None),
        Topic::Team => ("topic-team", None),
        Topic::Watched => ("topic-watched", Some("topic-watched-more")),
        Topic::Service => ("topic-service", None),
        Topic::View => ("topic-view", None),
        Topic::Deadline => ("topic-deadline", None),
        Topic::Reminder => ("topic-reminder", None),
        Topic::Redaction => ("topic-redaction", None),
        Topic::Article => ("topic-article", Some("topic-article-more")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_browsers_write_them() {
        assert_eq!(read("07:05"), Some(425));
        assert_eq!(read(" 23:59 "), Some(1439));
        for bad in ["", "7", "24:00", "12:60", "-1:00", "12:00:00", "1e9:00"] {
            assert_eq!(read(bad), None, "{bad}");
        }
        assert_eq!(written(425), "07:05");
    }
}
