//! One event of an article's history in words, from its stored name and record.

use chrono::NaiveDate;
use entities::Uuid;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::locale::{Locale, Now};
use crate::tickets::history_line::{Detail, Line, Names};

/// What can be filed, with the words of each.
const FILED: [(&str, &str); 7] = [
    ("language", "article-language"),
    ("category", "category"),
    ("owner", "article-owner"),
    ("services", "article-services"),
    ("releases", "article-releases"),
    ("review_due_on", "article-review-due"),
    ("second_review", "article-second-review"),
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
        "filed" => said("article-event-filed", filed(locale, &record)),
        "sent_to_review" => said("article-event-sent", version()),
        "returned" => said("article-event-returned", version()),
        "remarked" => said("article-event-remarked", version()),
        "approved" => said("article-event-approved", version()),
        "published" => said("article-event-published", version()),
        "review_told" => said("article-event-review-told", due(locale, &record)),
        "checked" => said("article-event-checked", releases(&record, names)),
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

/// Which of the facts changed; what they were stands in the record.
fn filed(locale: Locale, record: &Value) -> Detail {
    let changed = FILED
        .iter()
        .filter(|(field, _)| record.get(field).is_some());
    let words: Vec<String> = changed.map(|(_, words)| locale.t(words)).collect();
    Detail::Text(words.join(", "))
}

fn releases(record: &Value, names: &Names) -> Detail {
    let ids = value::<Vec<Uuid>>(record, "releases").unwrap_or_default();
    let named: Vec<&str> = ids
        .iter()
        .filter_map(|id| names.get(id).map(String::as_str))
        .collect();
    Detail::Text(named.join(", "))
}
