//! The words of fields, options, values and faults in the reader's language.

use std::collections::HashMap;

use entities::Uuid;
use entities::field::change::FieldChange;
use entities::field::parse::{Mark, typed_number};
use entities::field::{Fault, Field, Kind, Moment, Value, Words, value};
use entities::text::beginning;

use crate::locale::{Locale, Now};

/// The words of one language.
pub fn said(locale: Locale, words: &Words) -> &str {
    match locale {
        Locale::En if !words.en.is_empty() => &words.en,
        Locale::De | Locale::En => &words.de,
    }
}

/// What a field is called.
pub fn label(locale: Locale, field: &Field) -> String {
    said(locale, &field.label()).to_owned()
}

/// How the reader writes numbers.
pub fn mark(locale: Locale) -> Mark {
    match locale {
        Locale::De => Mark::Comma,
        Locale::En => Mark::Point,
    }
}

/// What sort of value a field takes.
pub fn kind(locale: Locale, kind: Kind) -> String {
    locale.t(match kind {
        Kind::Text => "field-kind-text",
        Kind::LongText => "field-kind-long-text",
        Kind::Choice => "field-kind-choice",
        Kind::Choices => "field-kind-choices",
        Kind::Tree => "field-kind-tree",
        Kind::YesNo => "field-kind-yes-no",
        Kind::Whole => "field-kind-whole",
        Kind::Decimal => "field-kind-decimal",
        Kind::Money => "field-kind-money",
        Kind::Date => "field-kind-date",
        Kind::Moment => "field-kind-moment",
        Kind::Person => "field-kind-person",
        Kind::Organisation => "field-kind-organisation",
        Kind::Ticket => "field-kind-ticket",
        Kind::External => "field-kind-external",
    })
}

/// When a value is needed.
pub fn moment(locale: Locale, moment: Moment) -> String {
    locale.t(match moment {
        Moment::Create => "field-needed-create",
        Moment::Classify => "field-needed-classify",
        Moment::VendorEnquiry => "field-needed-vendor",
        Moment::Close => "field-needed-close",
    })
}

/// A number as it is read.
pub fn number(locale: Locale, kind: Kind, kept: i64) -> String {
    let places = kind.places().unwrap_or_default();
    let scale = 10i64.pow(places);
    let whole = locale.number((kept / scale).abs());
    let sign = if kept < 0 { "-" } else { "" };
    let point = match locale {
        Locale::De => ',',
        Locale::En => '.',
    };
    let part = kept.unsigned_abs() % scale.unsigned_abs();
    let part = format!("{part:0>width$}", width = places as usize);
    match kind {
        Kind::Money => format!("{sign}{whole}{point}{part}\u{a0}€"),
        _ => match part.trim_end_matches('0') {
            "" => format!("{sign}{whole}"),
            part => format!("{sign}{whole}{point}{part}"),
        },
    }
}

/// A value in words; `words` are those of options and references.
pub fn value(
    locale: Locale,
    now: &Now,
    of: Kind,
    value: &Value,
    words: &HashMap<Uuid, Words>,
) -> String {
    let named = |id: &Uuid| match words.get(id) {
        Some(words) => said(locale, words).to_owned(),
        None => locale.t("event-removed"),
    };
    match value {
        Value::Text(text) => text.clone(),
        Value::Options(ids) => ids.iter().map(named).collect::<Vec<_>>().join(", "),
        Value::YesNo(true) => locale.t("field-yes"),
        Value::YesNo(false) => locale.t("field-no"),
        Value::Number(kept) => number(locale, of, *kept),
        Value::Date(date) => locale.date(*date),
        Value::Moment(at) => locale.moment(*at, now),
        Value::Reference(id) => named(id),
    }
}

/// A value as a person types or chooses it: what its control holds.
pub fn typed(locale: Locale, now: &Now, of: Kind, value: &Value) -> Vec<String> {
    vec![match value {
        Value::Text(text) => text.clone(),
        Value::Options(ids) => return ids.iter().map(Uuid::to_string).collect(),
        Value::YesNo(true) => "yes".to_owned(),
        Value::YesNo(false) => "no".to_owned(),
        Value::Number(kept) => typed_number(*kept, of.places().unwrap_or_default(), mark(locale)),
        Value::Date(date) => date.format("%Y-%m-%d").to_string(),
        Value::Moment(at) => now.local(*at).format("%Y-%m-%dT%H:%M").to_string(),
        Value::Reference(id) => id.to_string(),
    }]
}

/// What is wrong with a value of a field, and what would be right.
pub fn fault(locale: Locale, field: &Field, fault: Fault) -> String {
    let limits = &field.settings.limits;
    let kind = field.row.kind;
    let bound = |bound: Option<i64>| match (kind, bound) {
        (_, None) => String::new(),
        (Kind::Date, Some(days)) => value::date(days).map_or_else(String::new, |d| locale.date(d)),
        (kind, Some(n)) if kind.places().is_some() => number(locale, kind, n),
        (_, Some(n)) => locale.number(n),
    };
    match fault {
        Fault::Missing => locale.t("field-fault-missing"),
        Fault::TooShort => {
            let count = limits.min.unwrap_or(1);
            locale.t_with("field-fault-short", &[("count", count.into())])
        }
        Fault::TooLong => {
            use entities::field::rules::{MOST_LONG_TEXT, MOST_TEXT};
            let most = match kind {
                Kind::LongText => MOST_LONG_TEXT,
                _ => MOST_TEXT,
            };
            let count = limits.max.map_or(most, |max| max.min(most));
            locale.t_with("field-fault-long", &[("count", count.into())])
        }
        Fault::TooSmall => {
            locale.t_with("field-fault-small", &[("bound", bound(limits.min).into())])
        }
        Fault::TooLarge => {
            locale.t_with("field-fault-large", &[("bound", bound(limits.max).into())])
        }
        Fault::Pattern => match said(locale, &field.settings.help) {
            "" => locale.t("field-fault-pattern"),
            help => locale.t_with("field-fault-pattern-help", &[("help", help.into())]),
        },
        Fault::NotOffered => locale.t("field-fault-offered"),
        Fault::NotANumber => locale.t(match kind {
            Kind::Whole => "field-fault-whole",
            Kind::Money => "field-fault-money",
            _ => "field-fault-number",
        }),
        Fault::NotADate => locale.t("field-fault-date"),
        Fault::NotFound => locale.t("field-fault-found"),
    }
}

/// The most characters of a text that a line of the history repeats.
const MOST_TOLD: usize = 120;

/// Changes as one line: each field with its value before and after.
pub fn changes(
    locale: Locale,
    now: &Now,
    changes: &[FieldChange],
    fields: &HashMap<Uuid, &Field>,
    words: &HashMap<Uuid, Words>,
) -> String {
    let side = |of: Kind, side: &Option<Value>| match side {
        Some(side) => {
            let whole = value(locale, now, of, side, words).replace('\n', " ");
            beginning(&whole, MOST_TOLD)
        }
        None => locale.t("event-nothing"),
    };
    let told = changes.iter().filter_map(|change| {
        let field = fields.get(&change.field_id)?;
        let of = field.row.kind;
        let (from, to) = (side(of, &change.from), side(of, &change.to));
        Some(match change.from {
            // What is set for the first time came out of nothing.
            None => format!("{}: {to}", label(locale, field)),
            Some(_) => format!("{}: {from} → {to}", label(locale, field)),
        })
    });
    told.collect::<Vec<_>>().join(" · ")
}
