//! One event of an article's history in words, from its stored name and record.

use chrono::NaiveDate;
use entities::Uuid;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::aside::language_key;
use crate::locale::{Locale, Now};
use crate::tickets::history_line::{Detail, Line, Names};

/// What can be filed, with the words of each.
const FILED: [(&str, &str); 9] = [
    ("language", "article-language"),
    ("category", "category"),
    ("owner", "article-owner"),
    ("services", "article-services"),
    ("releases", "article-releases"),
    ("review_due_on", "article-review-due"),
    ("second_review", "article-second-review"),
    ("original", "translation-original"),
    ("original_version", "translation-original-version"),
];

/// The words of an event. An event no name is known for is told by that name, so that nothing is hidden.
pub fn line(locale: Locale, _: &Now, name: &str, payload: &str, names: &Names) -> Line {
    let record: Value = serde_json::from_str(payload).unwrap_or_default();
    let said = |key: &str, detail: Detail| Line {
        what: locale.t(key),
        detail,
    };
    let version = || of_version(locale, &record);
    match name {
        "written" => said("article-event-written", version()),
        "filed" => said("article-event-filed", filed(locale, &record, names)),
        "sent_to_review" => said("article-event-sent", version()),
        "returned" => said("article-event-returned", version()),
        "remarked" => said("article-event-remarked", version()),
        "remark_settled" => said("article-event-remark-settled", version()),
        "remark_reopened" => said("article-event-remark-reopened", version()),
        "approved" => said("article-event-approved", version()),
        "published" => said("article-event-published", version()),
        "review_told" => said("article-event-review-told", due(locale, &record)),
        "checked" => said("article-event-checked", releases(&record, names)),
        "recheck_told" => said("article-event-recheck-told", releases(&record, names)),
        "imported" => said("article-event-imported", version()),
        "feedback_given" | "visitor_answered" => {
            said("article-event-feedback", helped(locale, &record))
        }
        "watched" => said("event-watched", Detail::None),
        "unwatched" => said("event-unwatched", Detail::None),
        "retired" => said("article-event-retired", Detail::None),
        "brought_back" => said("article-event-brought-back", Detail::None),
        other => Line {
            what: other.to_owned(),
            detail: Detail::None,
        },
    }
}

fn value<T: DeserializeOwned>(record: &Value, field: &str) -> Option<T> {
    serde_json::from_value(record.get(field)?.clone()).ok()
}

fn of_version(locale: Locale, record: &Value) -> Detail {
    let number = value::<i32>(record, "version");
    number.map_or(Detail::None, |number| {
        Detail::Text(locale.t_with("article-version", &[("number", number.into())]))
    })
}

fn due(locale: Locale, record: &Value) -> Detail {
    let day = value::<NaiveDate>(record, "due_on");
    day.map_or(Detail::None, |day| Detail::Text(locale.date(day)))
}

/// Which of the facts changed, from what to what.
fn filed(locale: Locale, record: &Value, names: &Names) -> Detail {
    let none = locale.t("event-nothing");
    let said = |value: Option<&Value>| {
        let said = value.map(|value| fact(locale, value, names));
        said.filter(|said| !said.is_empty())
            .unwrap_or_else(|| none.clone())
    };
    let changed = FILED.iter().filter_map(|(field, words)| {
        let change = record.get(field)?;
        let (from, to) = (said(change.get("from")), said(change.get("to")));
        Some(format!("{}: {from} → {to}", locale.t(words)))
    });
    Detail::Text(changed.collect::<Vec<_>>().join(" · "))
}

/// One of the facts in words; what no name is known for is not there any more, or out of sight.
fn fact(locale: Locale, value: &Value, names: &Names) -> String {
    match value {
        Value::String(text) => match (Uuid::try_parse(text), text.parse::<NaiveDate>()) {
            (Ok(id), _) => names.get(&id).cloned().unwrap_or_else(|| "…".to_owned()),
            (_, Ok(day)) => locale.date(day),
            _ => locale.t(language_key(text)),
        },
        Value::Array(all) => {
            let all = all.iter().map(|one| fact(locale, one, names));
            all.collect::<Vec<_>>().join(", ")
        }
        Value::Bool(is_so) => locale.t(if *is_so {
            "feedback-yes"
        } else {
            "feedback-no"
        }),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Object(_) => String::new(),
    }
}

/// Whether it helped, and which version it was.
fn helped(locale: Locale, record: &Value) -> Detail {
    let key = match value::<bool>(record, "helped") {
        Some(true) => "article-event-helped",
        _ => "article-event-not-helped",
    };
    let number = value::<i32>(record, "version").unwrap_or_default();
    Detail::Text(locale.t_with(key, &[("number", number.into())]))
}

fn releases(record: &Value, names: &Names) -> Detail {
    let ids = value::<Vec<Uuid>>(record, "releases").unwrap_or_default();
    let named: Vec<&str> = ids
        .iter()
        .filter_map(|id| names.get(id).map(String::as_str))
        .collect();
    Detail::Text(named.join(", "))
}
