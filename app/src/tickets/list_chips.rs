//! The filters in force, each with a link that lifts it.

use std::collections::HashMap;

use entities::Uuid;
use entities::ticket::Priority;
use entities::ticket::filter::Standing;
use maud::{Markup, html};

use super::list_fields::ListFields;
use super::list_query::ListQuery;
use super::state::standing_words;
use crate::web::cx::Cx;
use crate::web::parts::{icon_small, named, priority_words};

/// One chip for each filter.
pub fn list_chips(
    cx: &Cx,
    query: &ListQuery,
    names: &HashMap<Uuid, String>,
    fields: &ListFields,
) -> Markup {
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
        _ => cx.t("list-reminder-week"),
    };
    let channel = if query.channel == "phone" {
        cx.t("channel-phone")
    } else {
        cx.t("channel-mail")
    };
    let age = cx.locale.t_with(
        "list-age-days",
        &[("days", query.age.parse::<i64>().unwrap_or(0).into())],
    );
    html! {
        @if !states.is_empty() { (chip(cx, cx.t("fact-state"), &states.join(", "), &without(&|q| q.state.clear()))) }
        @if !query.owner.is_empty() { (chip(cx, cx.t("fact-owner"), &owner, &without(&|q| q.owner.clear()))) }
        @if query.watched == "me" { (chip(cx, cx.t("fact-watchers"), &cx.t("owner-me"), &without(&|q| q.watched.clear()))) }
        @if !query.team.is_empty() { (chip(cx, cx.t("fact-team"), &named_by(&query.team), &without(&|q| q.team.clear()))) }
        @if !query.service.is_empty() { (chip(cx, cx.t("fact-service"), &named_by(&query.service), &without(&|q| q.service.clear()))) }
        @if !priorities.is_empty() { (chip(cx, cx.t("fact-priority"), &priorities.join(", "), &without(&|q| q.priority.clear()))) }
        @if !query.district.is_empty() { (chip(cx, cx.t("fact-district"), &named_by(&query.district), &without(&|q| q.district.clear()))) }
        @if !query.reminder.is_empty() { (chip(cx, cx.t("fact-reminder"), &reminder, &without(&|q| q.reminder.clear()))) }
        @if !query.age.is_empty() { (chip(cx, cx.t("list-age"), &age, &without(&|q| q.age.clear()))) }
        @if !query.channel.is_empty() { (chip(cx, cx.t("fact-channel"), &channel, &without(&|q| q.channel.clear()))) }
        @if !query.requester.is_empty() { (chip(cx, cx.t("facts-requester"), &named_by(&query.requester), &without(&|q| q.requester.clear()))) }
        @for (field, value, text) in fields.said(cx, query) {
            (chip(cx, field, &value, &without(&|q| q.field.retain(|f| *f != text))))
        }
        @if !query.q.trim().is_empty() { (chip(cx, cx.t("list-search"), query.q.trim(), &without(&|q| q.q.clear()))) }
    }
}

fn chip(cx: &Cx, field: String, value: &str, rest: &ListQuery) -> Markup {
    let lift = cx
        .locale
        .t_with("list-chip-lift", &[("field", field.as_str().into())]);
    html! {
        span class="chip" { (field) " " b { (value) } a href=(rest.url()) aria-label=(lift) title=(lift) { (icon_small("x")) } }
    }
}
