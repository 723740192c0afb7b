//! The filters in force, each with a link that lifts it.

use std::collections::HashMap;

use entities::Uuid;
use entities::ticket::Priority;
use entities::ticket::filter::{DueIs, Standing};
use maud::{Markup, html};

use super::list_facets::age_words;
use super::list_facets::due_words;
use super::list_fields::ListFields;
use super::list_query::{LACKING, ListQuery, NONE};
use super::state::standing_words;
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
    let without = |lift: &dyn Fn(&mut ListQuery)| {
        let mut rest = query.first_page();
        lift(&mut rest);
        rest
    };
    let named_by = |id: &str| {
        Uuid::try_parse(id)
            .ok()
            .and_then(|id| names.get(&id).cloned())
            .unwrap_or_else(|| cx.t("fact-unknown"))
    };
    let states: Vec<String> = query
        .state
        .iter()
        .filter_map(|name| Standing::from_name(name))
        .map(|standing| standing_words(cx, standing))
        .collect();
    let priorities: Vec<String> = query
        .priority
        .iter()
        .filter_map(|name| named::<Priority>(name))
        .map(|priority| priority_words(cx.locale, priority))
        .collect();
    let owner = match query.owner.as_str() {
        "me" => cx.t("owner-me"),
        "nobody" => cx.t("owner-nobody"),
        id => named_by(id),
    };
    let reminder = match query.reminder.as_str() {
        "passed" => cx.t("list-reminder-passed"),
        "today" => cx.t("list-reminder-today"),
        NONE => cx.t("list-no-reminder"),
        _ => cx.t("list-reminder-week"),
    };
    let channel = if query.channel == "phone" {
        cx.t("channel-phone")
    } else {
        cx.t("channel-mail")
    };
    let or_none = |id: &str, none: &str| match id {
        NONE => cx.t(none),
        id => named_by(id),
    };
    let age = age_words(cx, &query.age);
    let silent = query.silent.parse::<i64>().unwrap_or(0);
    let silent = cx
        .locale
        .t_with("list-silent-days", &[("days", silent.into())]);
    let mut all = Vec::new();
    let mut ask = |is_asked: bool, field: String, value: &str, lift: &dyn Fn(&mut ListQuery)| {
        if is_asked {
            all.push(Asked {
                field,
                value: value.to_owned(),
                without: without(lift),
            });
        }
    };
    ask(
        !states.is_empty(),
        cx.t("fact-state"),
        &states.join(", "),
        &|q| q.state.clear(),
    );
    ask(!query.owner.is_empty(), cx.t("fact-owner"), &owner, &|q| {
        q.owner.clear()
    });
    let due: Vec<String> = query
        .due
        .iter()
        .filter_map(|name| DueIs::from_name(name))
        .map(|due| due_words(cx, due))
        .collect();
    ask(!due.is_empty(), cx.t("list-due"), &due.join(", "), &|q| {
        q.due.clear()
    });
    ask(
        query.watched == "me",
        cx.t("fact-watchers"),
        &cx.t("owner-me"),
        &|q| q.watched.clear(),
    );
    ask(
        !query.team.is_empty(),
        cx.t("fact-team"),
        &or_none(&query.team, "list-no-team"),
        &|q| q.team.clear(),
    );
    ask(
        !query.service.is_empty(),
        cx.t("fact-service"),
        &or_none(&query.service, "list-no-service"),
        &|q| q.service.clear(),
    );
    ask(
        !priorities.is_empty(),
        cx.t("fact-priority"),
        &priorities.join(", "),
        &|q| q.priority.clear(),
    );
    ask(
        !query.district.is_empty(),
        cx.t("fact-district"),
        &named_by(&query.district),
        &|q| q.district.clear(),
    );
    ask(
        !query.reminder.is_empty(),
        cx.t("fact-reminder"),
        &reminder,
        &|q| q.reminder.clear(),
    );
    ask(
        !query.silent.is_empty(),
        cx.t("list-silent"),
        &silent,
        &|q| q.silent.clear(),
    );
    ask(
        query.lacking == LACKING,
        cx.t("list-lacking"),
        &cx.t("list-lacking-fields"),
        &|q| q.lacking.clear(),
    );
    ask(!query.age.is_empty(), cx.t("list-age"), &age, &|q| {
        q.age.clear()
    });
    ask(
        !query.channel.is_empty(),
        cx.t("fact-channel"),
        &channel,
        &|q| q.channel.clear(),
    );
    ask(
        !query.requester.is_empty(),
        cx.t("facts-requester"),
        &named_by(&query.requester),
        &|q| q.requester.clear(),
    );
    for (field, value, text) in fields.said(cx, query) {
        ask(true, field, &value, &|q| q.field.retain(|f| *f != text));
    }
    ask(
        !query.q.trim().is_empty(),
        cx.t("list-search"),
        query.q.trim(),
        &|q| q.q.clear(),
    );
    all
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
