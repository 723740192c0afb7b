//! Dynamic fields in the list, with what else its columns read: those it can ask about, what is asked in words, and
//! what the rows hold.

use std::collections::HashMap;

use entities::Uuid;
use entities::field::{Field, Kind, Value, Values, Words, read};
use entities::ticket::field_facets::MOST_OPTIONS;
use entities::ticket::share::read::{Mark, marks};
use entities::view::ListColumn;

use super::list_query::ListQuery;
use super::list_questions::{EMPTY, asked_words, parts};
use crate::error::Result;
use crate::fields::typed::{PREFIX, path};
use crate::fields::words::{self, label};
use crate::web::cx::Cx;

/// Whether a field's options are offered one by one.
pub fn is_offered(field: &Field) -> bool {
    field.options.len() <= MOST_OPTIONS
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

/// The fields of a list: those to choose from, those it names, and what its rows hold in them.
#[derive(Debug, Default)]
pub struct ListFields {
    /// All the reader knows, with options, in order.
    pub all: Vec<Field>,
    /// Keys of those that the list is filtered or ordered by.
    named: Vec<String>,
    values: HashMap<Uuid, Values>,
    words: HashMap<Uuid, Words>,
    /// With which vendors the rows are shared, when a column shows it.
    shares: HashMap<Uuid, Vec<Mark>>,
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
        let most = i32::try_from(MOST_OPTIONS + 1).unwrap_or(i32::MAX);
        let mut all = read::with_first_options(&cx.db, &ids, most).await?;
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
        let columns = query.columns();
        let is_about_shares = match columns.is_empty() {
            true => !query.repair.is_empty(),
            false => columns.iter().any(|c| ListColumn::OF_SHARES.contains(c)),
        };
        let shares = match is_about_shares {
            true => marks(&cx.db, rows).await?,
            false => HashMap::new(),
        };
        Ok(ListFields {
            all,
            named,
            values,
            words,
            shares,
        })
    }

    /// The choice fields.
    pub fn choices(&self) -> Vec<&Field> {
        let all = self.all.iter();
        all.filter(|f| f.row.kind.has_options()).collect()
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

    /// The open shares of a ticket.
    pub fn shares(&self, ticket_id: Uuid) -> &[Mark] {
        self.shares.get(&ticket_id).map_or(&[], Vec::as_slice)
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
