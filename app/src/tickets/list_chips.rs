//! The filters in force, each with a link that lifts it.

use std::collections::HashMap;

use entities::Uuid;
use entities::ticket::filter::{DueIs, RepairIs, Standing};
use entities::ticket::{Channel, Priority};
use maud::{Markup, html};

use super::list_facets::{age_words, repair_is_words};
use super::list_few_facets::due_words;
use super::list_fields::ListFields;
use super::list_query::{ListQuery, ME, NOBODY, NONE};
use super::state::standing_words;
use super::words;
use crate::web::cx::Cx;
use crate::web::parts::{icon_small, named, priority_words};

/// One question a list asks, in words.
#[derive(Debug)]
pub struct Asked {
    pub field: String,
    pub value: String,
    /// The list without it.
    pub without: ListQuery,
}

/// Lifts one filter.
type Lift = fn(&mut ListQuery);

/// One chip for each filter.
pub fn list_chips(cx: &Cx, asked: &[Asked]) -> Markup {
    html! { @for asked in asked { (chip(cx, asked)) } }
}

/// All that a list asks.
pub fn asked(
    cx: &Cx,
    query: &ListQuery,
    names: &HashMap<Uuid, String>,
    fields: &ListFields,
) -> Vec<Asked> {
    let named_by = |id: &str| {
        let id = Uuid::try_parse(id).ok();
        let name = id.and_then(|id| names.get(&id).cloned());
        name.unwrap_or_else(|| cx.t("fact-unknown"))
    };
    let or_none = |id: &str, none: &str| match id {
        NONE => cx.t(none),
        id => named_by(id),
    };
    let states = query.state.iter().filter_map(|name| {
        let standing = Standing::from_name(name)?;
        Some(standing_words(cx, standing))
    });
    let owners = query.owner.iter().map(|name| match name.as_str() {
        ME => cx.t("owner-me"),
        NOBODY => cx.t("owner-nobody"),
        id => named_by(id),
    });
    // By name, whatever order the address has; those without one last.
    let things = |ids: &[String], none: &str| {
        let mut all: Vec<String> = ids.iter().map(|id| or_none(id, none)).collect();
        all.sort_by_key(|name| (*name == cx.t(none), name.clone()));
        all
    };
    let services = things(&query.service, "list-no-service").into_iter();
    let districts = things(&query.district, "list-no-district").into_iter();
    let teams = things(&query.team, "list-no-team").into_iter();
    let priorities = query.priority.iter().filter_map(|name| {
        let priority = named::<Priority>(name)?;
        Some(priority_words(cx.locale, priority))
    });
    let due = query.due.iter().filter_map(|name| {
        let due = DueIs::from_name(name)?;
        Some(due_words(cx, due))
    });
    let reminder = match query.reminder.as_str() {
        "passed" => cx.t("list-reminder-passed"),
        "today" => cx.t("list-reminder-today"),
        NONE => cx.t("list-no-reminder"),
        _ => cx.t("list-reminder-week"),
    };
    let repair = RepairIs::from_name(&query.repair).map(|is| repair_is_words(cx, is));
    let channels = query.channel.iter().filter_map(|name| {
        let channel = named::<Channel>(name)?;
        Some(words::channel(cx.locale, channel))
    });
    let silent = query.silent.parse::<i64>().unwrap_or(0);
    let silent = cx
        .locale
        .t_with("list-silent-days", &[("days", silent.into())]);
    let one = |text: &str, words: String| (!text.is_empty()).then_some(words);
    let said: [(&str, Option<String>, Lift); 15] = [
        ("fact-state", several(states), |q| q.state.clear()),
        ("fact-owner", several(owners), |q| q.owner.clear()),
        ("list-due", several(due), |q| q.due.clear()),
        (
            "fact-watchers",
            one(&query.watched, cx.t("owner-me")),
            |q| q.watched.clear(),
        ),
        ("fact-team", several(teams), |q| q.team.clear()),
        ("fact-service", several(services), |q| q.service.clear()),
        ("fact-priority", several(priorities), |q| q.priority.clear()),
        ("fact-district", several(districts), |q| q.district.clear()),
        ("fact-reminder", one(&query.reminder, reminder), |q| {
            q.reminder.clear()
        }),
        ("share-repair", repair, |q| q.repair.clear()),
        ("list-silent", one(&query.silent, silent), |q| {
            q.silent.clear()
        }),
        (
            "list-lacking",
            one(&query.lacking, cx.t("list-lacking-fields")),
            |q| q.lacking.clear(),
        ),
        (
            "list-age",
            one(&query.age, age_words(cx, &query.age)),
            |q| q.age.clear(),
        ),
        ("fact-channel", several(channels), |q| q.channel.clear()),
        (
            "facts-requester",
            one(&query.requester, named_by(&query.requester)),
            |q| q.requester.clear(),
        ),
    ];
    let without = |lift: &dyn Fn(&mut ListQuery)| {
        let mut rest = query.first_page();
        lift(&mut rest);
        rest
    };
    let mut all: Vec<Asked> = said
        .into_iter()
        .filter_map(|(field, value, lift)| {
            Some(Asked {
                field: cx.t(field),
                value: value?,
                without: without(&lift),
            })
        })
        .collect();
    for (field, value, text) in fields.said(cx, query) {
        let without = without(&|q| q.field.retain(|f| *f != text));
        all.push(Asked {
            field,
            value,
            without,
        });
    }
    if !query.q.trim().is_empty() {
        all.push(Asked {
            field: cx.t("list-search"),
            value: query.q.trim().to_owned(),
            without: without(&|q| q.q.clear()),
        });
    }
    all
}

/// Any of these, in one line.
fn several(words: impl Iterator<Item = String>) -> Option<String> {
    let words: Vec<String> = words.collect();
    (!words.is_empty()).then(|| words.join(", "))
}

fn chip(cx: &Cx, asked: &Asked) -> Markup {
    let lift = cx
        .locale
        .t_with("list-chip-lift", &[("field", asked.field.as_str().into())]);
    html! {
        span class="chip" {
            (asked.field) " " b { (asked.value) }
            a href=(asked.without.url()) aria-label=(lift) title=(lift) { (icon_small("x")) }
        }
    }
}
