//! Dynamic fields in the list: what is asked of them, how that is said, and their columns.

use std::collections::HashMap;

use chrono::{Days, NaiveDate, NaiveTime};
use entities::Uuid;
use entities::field::filter::{Ask, FieldFilter, known};
use entities::field::{Choice, Field, Kind, Value, Values, Words, parse, read, value};
use entities::view::ListColumn;

use super::list_query::ListQuery;
use crate::error::Result;
use crate::fields::typed::{PREFIX, TEXT, Typed, matching, path};
use crate::fields::words::{self, label, mark};
use crate::web::cx::Cx;

/// Asks for tickets that hold nothing.
pub const EMPTY: &str = "-";
/// The most options that are offered one by one; of more they are found by typing.
const MOST_OPTIONS: i32 = 400;

/// Whether a field's options are offered one by one.
pub fn is_offered(field: &Field) -> bool {
    field.options.len() <= MOST_OPTIONS as usize
}

/// A question about a field as it stands in the address.
pub fn parts(text: &str) -> Option<(&str, &str)> {
    let (key, asked) = text.split_once(':')?;
    (!asked.trim().is_empty()).then(|| (key, asked.trim()))
}

/// The key of the field a question of the address is about.
pub fn asked_key(text: &str) -> Option<&str> {
    Some(parts(text)?.0)
}

/// The words of retired options a list asks for.
pub fn asked_options(cx: &Cx, query: &ListQuery, fields: &ListFields) -> Vec<String> {
    let asked = query.field.iter().filter_map(|text| parts(text));
    let asked: Vec<(&str, &str)> = asked.collect();
    let of = |field: &Field| {
        let own = asked.iter().filter(|(key, _)| *key == field.row.key);
        let ids = own.flat_map(|(_, ids)| ids.split(','));
        let ids: Vec<Uuid> = ids.filter_map(|id| Uuid::try_parse(id).ok()).collect();
        let retired = field
            .options
            .iter()
            .filter(|o| o.retired && ids.contains(&o.id));
        let words = retired.map(|o| path(cx, &field.options, o.id));
        words.collect::<Vec<String>>()
    };
    fields.all.iter().flat_map(of).collect()
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
        if is_there(&line) {
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
        let ids = asked
            .split(',')
            .filter_map(|id| Uuid::try_parse(id.trim()).ok());
        let ids: Vec<Uuid> = ids.collect();
        if asked.split(',').any(|one| one.trim() == EMPTY) {
            return Some(Ask::AnyOrEmpty(ids));
        }
        if is_typed(asked) {
            // What was typed and not chosen asks for every option that is called so.
            let all: Vec<&Choice> = field.options.iter().collect();
            let called = matching(cx, field, &all, asked).into_iter();
            return Some(Ask::Any(called.map(|(option, _)| option.id).collect()));
        }
        return Some(Ask::Any(ids));
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
            Kind::Date => value::days(day(text)?),
            Kind::Moment => {
                let day = day(text)?.checked_add_days(Days::new(u64::from(end)))?;
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

fn day(text: &str) -> Option<NaiveDate> {
    let read = |form| NaiveDate::parse_from_str(text, form).ok();
    read("%Y-%m-%d").or_else(|| read("%d.%m.%Y"))
}

/// A field with its options.
async fn whole(cx: &Cx, key: &str) -> Result<Option<Field>> {
    Ok(match known(&cx.db, &cx.actor, key).await? {
        Some(field) => read::with_options(&cx.db, &[field.row.id]).await?.pop(),
        None => None,
    })
}

/// Whether it is words that were typed, instead of options that were chosen.
fn is_typed(asked: &str) -> bool {
    let mut parts = asked.split(',').map(str::trim);
    parts.all(|one| one != EMPTY && Uuid::try_parse(one).is_err())
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

/// The fields of a list: those to choose from, those it names, and what its rows hold in them.
#[derive(Debug, Default)]
pub struct ListFields {
    /// All the reader knows, with options, in order.
    pub all: Vec<Field>,
    /// Keys of those that the list is filtered or ordered by.
    named: Vec<String>,
    values: HashMap<Uuid, Values>,
    words: HashMap<Uuid, Words>,
}

impl ListFields {
    /// Reads them for the rows of a page.
    pub async fn read(cx: &Cx, query: &ListQuery, rows: &[Uuid]) -> Result<ListFields> {
        let known = read::definitions(&cx.db).await?;
        let known = known
            .iter()
            .filter(|f| f.row.retired_at.is_none() && f.is_visible(&cx.actor));
        let ids: Vec<Uuid> = known.map(|f| f.row.id).collect();
        // One more than is offered, so that a longer list is known as one.
        let mut all = read::with_first_options(&cx.db, &ids, MOST_OPTIONS + 1).await?;
        let sorted = query.sort.trim_start_matches('-').strip_prefix(PREFIX);
        let filtered = query.field.iter().filter_map(|f| Some(parts(f)?.0));
        let mut named: Vec<String> = filtered.chain(sorted).map(str::to_owned).collect();
        // What is asked of a long list may stand anywhere in it.
        for field in &mut all {
            if !is_offered(field) && named.contains(&field.row.key) {
                let whole = read::with_options(&cx.db, &[field.row.id]).await?.pop();
                *field = whole.unwrap_or_else(|| field.clone());
            }
        }
        named.extend(
            query
                .columns()
                .into_iter()
                .filter_map(|column| match column {
                    ListColumn::Field(key) => Some(key),
                    _ => None,
                }),
        );
        named.retain(|key| all.iter().any(|f| f.row.key == *key));
        named.dedup();
        let shown: Vec<&Field> = all.iter().filter(|f| named.contains(&f.row.key)).collect();
        let values = read::of_tickets(&cx.db, rows, &shown).await?;
        let held: Vec<&Value> = values.values().flat_map(HashMap::values).collect();
        let words = read::words(&cx.db, &cx.actor, &held).await?;
        Ok(ListFields {
            all,
            named,
            values,
            words,
        })
    }

    /// The choice fields whose options are offered one by one.
    pub fn choices(&self) -> Vec<&Field> {
        let choices = self.all.iter().filter(|f| f.row.kind.has_options());
        choices.filter(|f| is_offered(f)).collect()
    }

    /// A field the reader knows, by its key.
    pub fn find(&self, key: &str) -> Option<&Field> {
        self.all.iter().find(|f| f.row.key == key)
    }

    /// The fields the list is about.
    pub fn columns(&self) -> impl Iterator<Item = &Field> {
        self.all.iter().filter(|f| self.named.contains(&f.row.key))
    }

    /// What a ticket holds in a field, in words.
    pub fn cell(&self, cx: &Cx, ticket_id: Uuid, field: &Field) -> String {
        let value = self
            .values
            .get(&ticket_id)
            .and_then(|v| v.get(&field.row.id));
        value.map_or_else(String::new, |value| {
            words::value(cx.locale, &cx.now, field.row.kind, value, &self.words)
        })
    }

    /// What is asked, in words: field and value, with the query's own text.
    pub fn said(&self, cx: &Cx, query: &ListQuery) -> Vec<(String, String, String)> {
        let told = query.field.iter().filter_map(|text| {
            let (key, asked) = parts(text)?;
            let field = self.all.iter().find(|f| f.row.key == key)?;
            let words = match (asked, field.row.kind) {
                (EMPTY, _) => cx.t("fact-none"),
                ("yes", Kind::YesNo) => cx.t("field-yes"),
                ("no", Kind::YesNo) => cx.t("field-no"),
                (asked, kind) if kind.has_options() => asked_words(cx, field, asked),
                (asked, _) => asked.to_owned(),
            };
            Some((label(cx.locale, field), words, text.clone()))
        });
        told.collect()
    }
}
