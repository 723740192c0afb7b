//! How a field came to be what it is: every change of its definition, newest first.

use std::collections::BTreeMap;

use entities::field::list as fields;
use entities::history::{self, Entry};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;
use serde_json::Value;

use super::area::Area;
use super::wide::{self, Back, Wide};
use crate::error::Result;
use crate::fields::words::label;
use crate::tickets::thread_line::actor_words;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::{Pager, column, moment, pager};
use crate::web::permitted::Sub;

const AREA: Area = Area::Fields;
/// How many changes a page shows.
const MOST: u64 = 50;
/// So many options are named in one change.
const MOST_OPTIONS: usize = 8;

/// Where the page begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    before: Option<i32>,
}

/// `GET /settings/fields/:sub/history`.
#[handler]
pub async fn list(cx: Cx, Sub(id): Sub, Query(asked): Query<Asked>) -> Result<Markup> {
    let field = fields::find(&cx.db, &cx.actor, id).await?;
    let mut entries = history::of(&cx.db, id, asked.before, MOST + 1).await?;
    let more = entries.len() as u64 > MOST;
    entries.truncate(MOST as usize);
    let here = || AREA.act(id, "history");
    let pages = Pager {
        first: asked.before.map(|_| here()),
        previous: None,
        next: entries
            .last()
            .filter(|_| more)
            .map(|last| here().with("before", last.number)),
    };
    let name = label(cx.locale, &field);
    let args = [("field", name.as_str().into())];
    let content = html! {
        table class="grid grid--plain" {
            caption class="sr" { (cx.t("field-history")) }
            thead { tr {
                (column(&cx.t("history-number"))) (column(&cx.t("history-who"))) (column(&cx.t("history-event")))
            } }
            tbody { @for entry in &entries { (line(&cx, entry)) } }
        }
    };
    wide::page(
        &cx,
        Wide {
            area: AREA,
            back: Back::To(AREA),
            title: cx.locale.t_with("field-history-of", &args),
            head: html! { a class="right" href=(AREA.entry(id)) { (cx.t("field-history-back")) } },
            content,
            foot: pager(cx.locale, &pages),
        },
    )
    .await
}

fn line(cx: &Cx, entry: &Entry) -> Markup {
    let what = cx.t(match entry.name.as_str() {
        "created" => "field-event-created",
        "retired" => "field-event-retired",
        "restored" => "field-event-restored",
        _ => "field-event-updated",
    });
    html! {
        tr {
            td class="n no" { (entry.number) }
            td { (moment(cx.locale, &cx.now, entry.at)) br; span class="muted small" { (actor_words(cx, entry)) } }
            td class="words" {
                span class="strong" { (what) }
                @if entry.name == "updated" { (changes(cx, &entry.payload)) }
            }
        }
    }
}

/// The facts a change touched, each with what it was before and is now.
fn changes(cx: &Cx, payload: &str) -> Markup {
    let record: BTreeMap<String, Value> = serde_json::from_str(payload).unwrap_or_default();
    let told: Vec<(&str, &Value)> = FACTS
        .iter()
        .filter_map(|(name, key)| Some((*key, record.get(*name)?)))
        .collect();
    html! {
        ul class="plainlist small" {
            @for (key, change) in told {
                li {
                    b { (cx.t(key)) }
                    @if key == "field-options" { (options(cx, change)) }
                    @else { (sides(cx, change)) }
                }
            }
        }
    }
}

/// The facts of a record, and what they are called.
const FACTS: [(&str, &str); 12] = [
    ("label", "field-label"),
    ("position", "field-position"),
    ("help", "field-help"),
    ("group", "field-group"),
    ("shown", "field-shown"),
    ("required", "field-required"),
    ("limits", "field-limits"),
    ("depends", "field-depends"),
    ("defaults", "field-defaults"),
    ("rights", "field-rights"),
    ("personal", "field-personal"),
    ("options", "field-options"),
];

/// Both sides of what can be read without knowing more: words, numbers, yes and no.
fn sides(cx: &Cx, change: &Value) -> Markup {
    let side = |name: &str| match change.get(name)? {
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(cx.t(if *yes { "field-yes" } else { "field-no" })),
        Value::Object(words) => {
            let both = ["de", "en"].map(|of| words.get(of).and_then(Value::as_str));
            let [Some(de), Some(en)] = both else {
                return None;
            };
            Some(if de == en {
                de.to_owned()
            } else {
                format!("{de} | {en}")
            })
        }
        _ => None,
    };
    html! {
        @if let (Some(from), Some(to)) = (side("from"), side("to")) { ": " del { (from) } " → " ins { (to) } }
    }
}

/// Options that came, went and got other words; of very many the record keeps only how many they were.
fn options(cx: &Cx, change: &Value) -> Markup {
    let of = |side: &str| -> BTreeMap<String, (String, bool)> {
        let all = change.get(side).and_then(Value::as_array);
        let read = |option: &Value| {
            let id = option.get("id")?.as_str()?.to_owned();
            let label = option.get("label")?.get("de")?.as_str()?.to_owned();
            Some((id, (label, option.get("retired")?.as_bool()?)))
        };
        all.into_iter().flatten().filter_map(read).collect()
    };
    let count = |side: &str| change.get(side)?.get("count")?.as_u64();
    if let Some(to) = count("to") {
        let args = [("count", to.into())];
        return html! { ": " (cx.locale.t_with("field-history-options", &args)) };
    }
    let (from, to) = (of("from"), of("to"));
    let named = |key: &str, name: &str| cx.locale.t_with(key, &[("option", name.into())]);
    let mut told = Vec::new();
    for (id, (label, retired)) in &to {
        match from.get(id) {
            None => told.push(named("field-history-option-new", label)),
            Some((_, false)) if *retired => told.push(named("field-history-option-retired", label)),
            Some((before, _)) if before != label => {
                told.push(format!(
                    "{} {before} → {label}",
                    cx.t("field-option-renamed")
                ));
            }
            Some(_) => {}
        }
    }
    let more = told.len().saturating_sub(MOST_OPTIONS);
    told.truncate(MOST_OPTIONS);
    html! {
        @if !told.is_empty() { ": " (told.join(", ")) @if more > 0 { " … +" (cx.locale.number(more as i64)) } }
    }
}
