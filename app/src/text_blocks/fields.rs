//! Fields that text blocks set: which of them a ticket takes, and what is wrong with a value.

use chrono::NaiveDateTime;
use entities::field::{Choice, Fault, Field, Kind, Value, change, parse, read};
use entities::ticket::Ticket;
use entities::{Rejected, Uuid};

use crate::error::{Result, rejected};
use crate::fields::typed::{self, Entry};
use crate::fields::words::{self, label, mark};
use crate::locale::Locale;
use crate::web::cx::Cx;

/// Key of a field and what is typed into it.
type Set = (String, String);

/// What a person would have typed or chosen.
fn entry(field: &Field, text: &str) -> Entry {
    let kind = field.row.kind;
    if kind.has_options() || kind.is_reference() {
        return Entry {
            values: vec![],
            text: text.to_owned(),
        };
    }
    let says = |key: &str| {
        let mut locales = Locale::ALL.into_iter();
        locales.any(|locale| locale.t(key).eq_ignore_ascii_case(text))
    };
    let value = match kind {
        Kind::YesNo if says("field-yes") => "yes",
        Kind::YesNo if says("field-no") => "no",
        _ => text,
    };
    Entry {
        values: vec![value.to_owned()],
        text: String::new(),
    }
}

fn find<'a>(fields: &'a [Field], key: &str) -> Option<&'a Field> {
    fields.iter().find(|field| field.row.key == key)
}

/// What is wrong with these whatever the ticket: the first of it, in words.
pub async fn fault(cx: &Cx, sets: &[Set]) -> Result<Option<String>> {
    if sets.is_empty() {
        return Ok(None);
    }
    let known = read::definitions(&cx.db).await?;
    let ids: Vec<Uuid> = sets
        .iter()
        .filter_map(|(key, _)| Some(find(&known, key)?.row.id))
        .collect();
    let fields = read::with_options(&cx.db, &ids).await?;
    for (key, text) in sets {
        let Some(field) = find(&fields, key) else {
            let said = [("name", key.as_str().into())];
            return Ok(Some(cx.locale.t_with("block-field-unknown", &said)));
        };
        if let Some(fault) = never(cx, field, text) {
            return Ok(Some(refusal(cx, field, text, fault)));
        }
    }
    Ok(None)
}

/// Why a field takes it in no ticket.
fn never(cx: &Cx, field: &Field, text: &str) -> Option<Fault> {
    let kind = field.row.kind;
    if kind.is_reference() {
        return None;
    }
    if kind.has_options() {
        let all: Vec<&Choice> = field.options.iter().collect();
        let hits = typed::matching(cx, field, &all, text);
        return hits.is_empty().then_some(Fault::NotOffered);
    }
    let local = |at: NaiveDateTime| cx.now.instant(at.date(), at.time());
    parse::value(kind, &entry(field, text).values, mark(cx.locale), local).err()
}

fn refusal(cx: &Cx, field: &Field, text: &str, fault: Fault) -> String {
    let said = [
        ("field", label(cx.locale, field).into()),
        ("value", text.into()),
        ("why", words::fault(cx.locale, field, fault).into()),
    ];
    cx.locale.t_with("block-field-refused", &said)
}

/// Leaves out what the ticket has not, or what is not the reader's to set.
pub async fn keep_taken(cx: &Cx, ticket: &Ticket, sets: &mut Vec<Set>) -> Result<()> {
    if sets.is_empty() {
        return Ok(());
    }
    let sheet = read::sheet(&cx.db, &cx.actor, ticket).await?;
    let is_taken = |field: &Field| {
        field.row.retired_at.is_none()
            && field.is_shown(&sheet.case)
            && field.right(&cx.actor) == entities::field::Right::Write
    };
    sets.retain(|(key, _)| find(&sheet.fields, key).is_some_and(is_taken));
    Ok(())
}

/// What is to be set, or why the ticket does not take it.
pub async fn prepare(
    cx: &Cx,
    ticket: &Ticket,
    sets: &[Set],
) -> Result<Result<change::Sets, String>> {
    if sets.is_empty() {
        return Ok(Ok(change::Sets::default()));
    }
    let sheet = read::sheet(&cx.db, &cx.actor, ticket).await?;
    let ids: Vec<Uuid> = sets
        .iter()
        .filter_map(|(key, _)| Some(find(&sheet.fields, key)?.row.id))
        .collect();
    let fields = read::with_options(&cx.db, &ids).await?;
    let mut beside = sheet.values.clone();
    let mut wanted: Vec<(Uuid, Option<Value>)> = Vec::new();
    for (key, text) in sets {
        let Some(field) = find(&fields, key) else {
            continue;
        };
        let entry = entry(field, text);
        match typed::value(cx, field, &entry, &sheet.case, &beside).await? {
            Ok(None) => {}
            Ok(Some(value)) => {
                beside.insert(field.row.id, value.clone());
                wanted.push((field.row.id, Some(value)));
            }
            Err(fault) => return Ok(Err(refusal(cx, field, text, fault))),
        }
    }
    let prepared = change::prepare(&cx.db, &cx.actor, Some(ticket.id), wanted).await?;
    // Asked before anything is sent, so that the block can be left.
    Ok(match prepared.clone().changes(ticket, &cx.actor) {
        Ok(changes) if changes.is_empty() => Ok(change::Sets::default()),
        Ok(_) => Ok(prepared),
        Err(Rejected::Field { id, fault }) => {
            let field = fields.iter().find(|field| field.row.id == id);
            let text = |field: &Field| {
                let set = sets.iter().find(|(key, _)| field.row.key == *key);
                set.map(|(_, text)| text.clone()).unwrap_or_default()
            };
            Err(field
                .map(|field| refusal(cx, field, &text(field), fault))
                .unwrap_or_default())
        }
        Err(why) => Err(rejected(cx.locale, why)),
    })
}
