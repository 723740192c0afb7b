//! Text blocks of an enquiry, their places filled from the ticket.

use entities::field::read;
use entities::text_block::{TextBlock, fill};
use entities::ticket::share::Enquiry;
use entities::ticket::show::Names;
use entities::ticket::{Audience, Ticket, thread};

use crate::error::Result;
use crate::fields::words;
use crate::web::cx::Cx;

/// The most of a description that a vendor is told, in characters.
const MOST_CHARS: usize = 2_000;

/// What a ticket fills places with.
pub struct Values {
    ticket: Ticket,
    names: Names,
    description: String,
    /// Keys and words of the fields that hold something.
    fields: Vec<(String, String)>,
}

impl Values {
    /// Reads it for a ticket the reader has already found; fields that are hidden from them fill nothing.
    pub async fn read(cx: &Cx, ticket: &Ticket) -> Result<Values> {
        let names = entities::ticket::show::names(&cx.db, ticket).await?;
        let entries = thread::thread(&cx.db, ticket).await?;
        let first = entries
            .iter()
            .map(|entry| &entry.message)
            .find(|message| message.audience == Audience::Requester);
        let description = first.map(|m| m.body.chars().take(MOST_CHARS).collect());
        let sheet = read::sheet(&cx.db, &cx.actor, ticket).await?;
        let held: Vec<_> = sheet.values.values().collect();
        let named = read::words(&cx.db, &cx.actor, &held).await?;
        let said = |field: &entities::field::Field| {
            let value = sheet.values.get(&field.row.id)?;
            let words = words::value(cx.locale, &cx.now, field.row.kind, value, &named);
            Some((field.row.key.clone(), words))
        };
        Ok(Values {
            ticket: ticket.clone(),
            names,
            description: description.unwrap_or_default(),
            fields: sheet.fields.iter().filter_map(said).collect(),
        })
    }

    /// What fills a place.
    pub fn value(&self, name: &str) -> Option<String> {
        let service = || {
            let above = self.names.parent_service.clone();
            above.or_else(|| self.names.service.clone())
        };
        match name {
            "title" => Some(self.ticket.title.clone()),
            "number" => Some(self.ticket.number.clone()),
            "service" => service(),
            "module" => {
                let module = self.names.service.clone();
                module.filter(|_| self.names.parent_service.is_some())
            }
            "district" => self.names.district.clone(),
            "description" => Some(self.description.clone()),
            other => {
                let key = other.strip_prefix("field.")?;
                let field = self.fields.iter().find(|(of, _)| of == key);
                field.map(|(_, words)| words.clone())
            }
        }
    }

    /// What an enquiry begins with when no block says so.
    pub fn enquiry(&self) -> Enquiry {
        let text = |name: &str| self.value(name).unwrap_or_default();
        Enquiry {
            product: text("service"),
            release: text("field.release"),
            environment: text("field.environment"),
            observed: text("description"),
            effect: text("field.impact"),
            ..Enquiry::default()
        }
    }

    /// The parts of a block, filled; what the block leaves open stays as it was.
    pub fn filled(&self, block: &TextBlock, before: &Enquiry) -> Enquiry {
        let parts = block
            .enquiry()
            .map(|text| fill(text, |name| self.value(name)));
        let or = |new: String, old: &str| match new.trim().is_empty() {
            true => old.to_owned(),
            false => new,
        };
        Enquiry {
            product: or(parts.product, &before.product),
            release: or(parts.release, &before.release),
            environment: or(parts.environment, &before.environment),
            observed: or(parts.observed, &before.observed),
            expected: or(parts.expected, &before.expected),
            steps: or(parts.steps, &before.steps),
            frequency: or(parts.frequency, &before.frequency),
            effect: or(parts.effect, &before.effect),
            deadline: before.deadline,
        }
    }
}
