//! Dynamic fields in the filter beside the list: what can be asked of each, and the orders they give.

use std::collections::HashMap;

use entities::Uuid;
use entities::field::{Field, Kind, option};
use entities::ticket::facets;
use maud::{Markup, html};

use super::list_fields::{ListFields, is_offered};
use super::list_offers::{Offer, Offers, select, tally, ticks};
use super::list_query::ListQuery;
use super::list_questions::{EMPTY, asked_words, parts, without_empty};
use crate::fields::hits::ANY;
use crate::fields::typed::{PREFIX, TEXT};
use crate::fields::words::{label, said};
use crate::web::cx::Cx;
use crate::web::url;

/// The questions about fields in the filter's form.
pub fn facets(cx: &Cx, query: &ListQuery, fields: &ListFields, numbers: &facets::Facets) -> Markup {
    let asked = |field: &Field| {
        let found = query.field.iter().filter_map(|f| parts(f));
        let mut found = found.filter(|(key, _)| *key == field.row.key);
        found.next().map_or("", |(_, asked)| asked)
    };
    html! {
        @if !fields.all.is_empty() {
            details class="facet facet--fields" id="filter-fields" open[fields.columns().next().is_some()] {
                summary { (cx.t("settings-fields")) }
                @for field in &fields.all { (facet(cx, field, asked(field), numbers)) }
            }
        }
    }
}

fn facet(cx: &Cx, field: &Field, asked: &str, numbers: &facets::Facets) -> Markup {
    let id = format!("filter-{PREFIX}{}", field.row.key);
    let name = format!("{PREFIX}{}", field.row.key);
    let kind = field.row.kind;
    let label = label(cx.locale, field);
    if !is_offered(field) {
        return line_that_finds(cx, field, &name, asked, numbers);
    }
    if kind.has_options() {
        return options(cx, field, &name, label, asked, numbers);
    }
    if kind == Kind::YesNo {
        let choices = [
            ("", "list-any"),
            ("yes", "field-yes"),
            ("no", "field-no"),
            (EMPTY, "fact-none"),
        ];
        let choices = choices.map(|(value, words)| (value.to_owned(), cx.t(words)));
        return select(&label, &name, asked, &choices);
    }
    html! {
        div class="facet facet--select" {
            label for=(id) { (label) }
            input class="input" id=(id) name=(name) type="text" value=(asked) autocomplete="off" placeholder=(cx.t(hint(kind)));
        }
    }
}

/// Options that are too many to be sent: the line finds them; what is typed and not chosen asks for all called so.
fn line_that_finds(
    cx: &Cx,
    field: &Field,
    name: &str,
    asked: &str,
    numbers: &facets::Facets,
) -> Markup {
    let (asked, or_empty) = without_empty(asked);
    let id = format!("filter-{name}");
    let (line, list) = (format!("{id}{TEXT}"), format!("{id}-hits"));
    let words = asked_words(cx, field, &asked);
    let hits = url::field_options(field.row.id)
        .with("of", name)
        .with(ANY, "1");
    let label = label(cx.locale, field);
    html! {
        div class="facet" role="group" aria-label=(label) {
            div class="facet--select combo" {
                label for=(line) { (label) }
                input class="input" id=(line) name={ (name) (TEXT) } type="text" role="combobox" aria-expanded="false" aria-controls=(list)
                    aria-autocomplete="list" data-for=(id) data-first="off" autocomplete="off" value=(words) placeholder=(cx.t("field-find"))
                    hx-get=(hits) hx-trigger="input changed delay:150ms, focus once" hx-sync="this:replace" hx-target={ "#" (list) } hx-swap="innerHTML";
                input type="hidden" id=(id) name=(name) value=(asked) data-stays;
                ul class="pop opts combo__list" id=(list) role="listbox" aria-label=(cx.t("field-hits")) {}
            }
            label class="tick" {
                input type="checkbox" name=(name) value=(EMPTY) checked[or_empty];
                span { (cx.t("fact-none")) }
                (tally(cx, nothing(field, numbers), numbers.is_bounded))
            }
        }
    }
}

/// The options of a field with their numbers, and those tickets that hold nothing.
fn options(
    cx: &Cx,
    field: &Field,
    name: &str,
    legend: String,
    asked: &str,
    numbers: &facets::Facets,
) -> Markup {
    let held = with_those_below(field, numbers);
    let chosen: Vec<&str> = asked.split(',').map(str::trim).collect();
    let offers = field.options.iter().map(|option| {
        let value = option.id.to_string();
        let n = held.get(&option.id).copied().unwrap_or_default();
        let is_chosen = chosen.contains(&value.as_str());
        let is_worth = n > 0 || is_chosen || !option.retired;
        is_worth.then(|| Offer {
            words: said(cx.locale, &option.label).to_owned(),
            n: Some(n),
            is_chosen,
            value,
            above: option.parent_id.map(|id| id.to_string()),
        })
    });
    let empty = Offer {
        value: EMPTY.to_owned(),
        words: cx.t("fact-none"),
        n: Some(nothing(field, numbers)),
        is_chosen: chosen.contains(&EMPTY),
        above: None,
    };
    let offers = Offers {
        name,
        legend,
        more: "list-more-options",
        has_bars: false,
        is_bounded: numbers.is_bounded,
        all: offers.flatten().collect(),
        none: Some(empty),
    };
    ticks(cx, &offers, &|_| html! {})
}

/// How many hold nothing in a field.
fn nothing(field: &Field, numbers: &facets::Facets) -> i64 {
    let counted = numbers.fields.get(&field.row.id);
    counted.map_or(0, |of| of.nothing)
}

/// The numbers of a field's options; one of a tree counts with those below it.
fn with_those_below(field: &Field, numbers: &facets::Facets) -> HashMap<Uuid, i64> {
    let above = option::Above::of(&field.options);
    let mut whole = HashMap::new();
    let counted = numbers.fields.get(&field.row.id);
    for (id, n) in counted.into_iter().flat_map(|of| &of.options) {
        for option in above.path(*id) {
            *whole.entry(option.id).or_default() += n;
        }
    }
    whole
}

fn hint(kind: Kind) -> &'static str {
    match kind {
        Kind::Date | Kind::Moment => "list-field-dates",
        kind if kind.has_range() => "list-field-range",
        _ => "list-field-begins",
    }
}

/// The orders a list can have, fields among them, as the filter's form offers them.
pub fn orders(cx: &Cx, query: &ListQuery, fields: &ListFields) -> Markup {
    let mut all = vec![
        (String::new(), cx.t("list-changed")),
        ("-created".to_owned(), cx.t("list-number")),
        ("-priority".to_owned(), cx.t("fact-priority")),
        ("due".to_owned(), cx.t("list-due")),
        ("reminder".to_owned(), cx.t("fact-reminder")),
    ];
    for field in &fields.all {
        let name = label(cx.locale, field);
        let down = cx
            .locale
            .t_with("list-order-down", &[("field", name.as_str().into())]);
        all.push((format!("{PREFIX}{}", field.row.key), name));
        all.push((format!("-{PREFIX}{}", field.row.key), down));
    }
    if !all.iter().any(|(value, _)| *value == query.sort) {
        all.push((query.sort.clone(), cx.t("list-order-own")));
    }
    html! {
        div class="facet facet--select" {
            label for="filter-sort" { (cx.t("list-order")) }
            select class="input" id="filter-sort" name="sort" {
                @for (value, words) in &all { option value=(value) selected[*value == query.sort] { (words) } }
            }
        }
    }
}
