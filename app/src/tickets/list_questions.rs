//! What a list asks of dynamic fields: as its address has it, as its form sends it, and as the model knows it.

use chrono::{Days, NaiveTime};
use entities::Uuid;
use entities::field::filter::{Ask, FieldFilter, known};
use entities::field::{Choice, Field, Kind, parse, read, value};

use super::list_query::ListQuery;
use crate::error::Result;
use crate::fields::typed::{PREFIX, TEXT, Typed, matching, path};
use crate::fields::words::mark;
use crate::web::cx::Cx;

/// Asks for tickets that hold nothing.
pub const EMPTY: &str = "-";
/// A question about a field as it stands in the address.
pub fn parts(text: &str) -> Option<(&str, &str)> {
    let (key, asked) = text.split_once(':')?;
    (!asked.trim().is_empty()).then(|| (key, asked.trim()))
}

/// The key of the field a question of the address is about.
pub fn asked_key(text: &str) -> Option<&str> {
    Some(parts(text)?.0)
}

/// The query with what the filter's form brought for fields.
pub async fn with_typed(cx: &Cx, mut query: ListQuery, typed: &Typed) -> Result<ListQuery> {
    let mut own: Vec<(&str, &str)> = Vec::new();
    for (name, value) in &typed.0 {
        let is_there = |name: &str| typed.0.iter().any(|(of, _)| of == name);
        // A line that finds is read with the choice it belongs to.
        if name.strip_suffix(TEXT).is_some_and(is_there) {
            continue;
        }
        let Some(key) = name.strip_prefix(PREFIX) else {
            continue;
        };
        let line = format!("{name}{TEXT}");
        let mut value = value.trim();
        // What stands empty is ticked beside the line.
        if is_there(&line) && value != EMPTY {
            let text = typed.first(&line).trim();
            if !is_called(cx, key, value, text).await? {
                value = text;
            }
        }
        own.push((key, value));
    }
    query
        .field
        .retain(|f| parts(f).is_none_or(|(key, _)| own.iter().all(|(of, _)| *of != key)));
    let mut last = None;
    for (key, value) in own.iter().filter(|(_, value)| !value.is_empty()) {
        // Several ticks of one field are one question.
        match query.field.last_mut().filter(|_| last == Some(key)) {
            Some(question) => {
                question.push(',');
                question.push_str(value);
            }
            None => query.field.push(format!("{key}:{value}")),
        }
        last = Some(key);
    }
    Ok(query)
}

/// Whether what stands in the line still is the choice.
async fn is_called(cx: &Cx, key: &str, value: &str, text: &str) -> Result<bool> {
    let field = whole(cx, key).await?;
    Ok(field.is_some_and(|field| asked_words(cx, &field, value) == text))
}

/// The options that are asked for, in words.
pub fn asked_words(cx: &Cx, field: &Field, asked: &str) -> String {
    let one = |one: &str| match (one.trim(), Uuid::try_parse(one.trim())) {
        (EMPTY, _) => cx.t("fact-none"),
        (_, Ok(id)) => path(cx, &field.options, id),
        (typed, Err(_)) => typed.to_owned(),
    };
    asked.split(',').map(one).collect::<Vec<_>>().join(", ")
}

/// What is asked of a field; none when it makes no sense.
fn ask(cx: &Cx, field: &Field, asked: &str) -> Option<Ask> {
    let kind = field.row.kind;
    if asked == EMPTY {
        return Some(Ask::Empty);
    }
    if kind.has_options() {
        let (chosen, or_empty) = without_empty(asked);
        let ids: Vec<Uuid> = if is_typed(&chosen) {
            // What was typed and not chosen asks for every option that is called so.
            let all: Vec<&Choice> = field.options.iter().collect();
            let called = matching(cx, field, &all, &chosen).into_iter();
            called.map(|(option, _)| option.id).collect()
        } else {
            let ids = chosen.split(',');
            ids.filter_map(|id| Uuid::try_parse(id).ok()).collect()
        };
        return Some(match or_empty {
            true => Ask::AnyOrEmpty(ids),
            false => Ask::Any(ids),
        });
    }
    if kind == Kind::YesNo {
        let yes = i64::from(asked == "yes");
        return Some(Ask::Within {
            from: Some(yes),
            to: Some(yes),
        });
    }
    if kind.is_text() || kind.is_reference() {
        return Some(Ask::Begins(asked.to_owned()));
    }
    let (from, to) = match asked.split_once("..").or_else(|| asked.split_once('–')) {
        Some((from, to)) => (from.trim(), to.trim()),
        None => (asked, asked),
    };
    let one = |text: &str, end: bool| -> Option<Option<i64>> {
        if text.is_empty() {
            return Some(None);
        }
        Some(Some(match kind {
            Kind::Date => value::days(parse::day(text)?),
            Kind::Moment => {
                let day = parse::day(text)?.checked_add_days(Days::new(u64::from(end)))?;
                cx.now.instant(day, NaiveTime::MIN).timestamp_micros() - i64::from(end)
            }
            kind => parse::number(text, kind.places()?, mark(cx.locale))?,
        }))
    };
    Some(Ask::Within {
        from: one(from, false)?,
        to: one(to, true)?,
    })
}

/// A field with its options.
async fn whole(cx: &Cx, key: &str) -> Result<Option<Field>> {
    Ok(match known(&cx.db, &cx.actor, key).await? {
        Some(field) => read::with_options(&cx.db, &[field.row.id]).await?.pop(),
        None => None,
    })
}

/// What is asked for beside those that hold nothing, and whether those are.
pub fn without_empty(asked: &str) -> (String, bool) {
    let parts: Vec<&str> = asked.split(',').map(str::trim).collect();
    let others = parts.iter().filter(|one| **one != EMPTY).copied();
    let others: Vec<&str> = others.collect();
    (others.join(","), others.len() < parts.len())
}

/// Whether it is words that were typed, instead of options that were chosen.
fn is_typed(asked: &str) -> bool {
    let (chosen, _) = without_empty(asked);
    let mut parts = chosen.split(',');
    !chosen.is_empty() && parts.all(|one| Uuid::try_parse(one).is_err())
}

/// The questions of an address about fields the reader knows; others ask nothing.
async fn questions(cx: &Cx, asked: &[String]) -> Result<Vec<(Field, Ask)>> {
    let mut all = Vec::new();
    for text in asked {
        let Some((key, asked)) = parts(text) else {
            continue;
        };
        let field = match known(&cx.db, &cx.actor, key).await? {
            Some(field) if field.row.kind.has_options() && is_typed(asked) => {
                whole(cx, key).await?
            }
            known => known,
        };
        if let Some(field) = field
            && let Some(ask) = ask(cx, &field, asked)
        {
            all.push((field, ask));
        }
    }
    Ok(all)
}

/// These questions as filters of a list.
pub async fn filters(cx: &Cx, asked: &[String], active: Option<bool>) -> Result<Vec<FieldFilter>> {
    let mut filters = Vec::new();
    for (field, ask) in questions(cx, asked).await? {
        filters.push(FieldFilter::ask(&cx.db, &field, ask, active).await?);
    }
    Ok(filters)
}

/// These questions as filters of a count of open work.
pub async fn open_filters(cx: &Cx, asked: &[String]) -> Result<Vec<FieldFilter>> {
    let mut filters = Vec::new();
    for (field, ask) in questions(cx, asked).await? {
        filters.push(FieldFilter::of_open(&cx.db, &field, ask).await?);
    }
    Ok(filters)
}
