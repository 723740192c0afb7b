//! What a ticket fills the places of a text with.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use entities::calendar::Region;
use entities::field::read;
use entities::text_block::fill::ahead;
use entities::ticket::show::{self, Names};
use entities::ticket::{Audience, Ticket, thread};
use entities::{Actor, Db, Instant, person};

use super::grammar::Addressed;
use crate::error::Result;
use crate::fields::words;
use crate::locale::{Locale, Now};
use crate::web::cx::Cx;
use crate::web::parts;

/// The most of a description that is told on, in characters.
const MOST_CHARS: usize = 2_000;

/// Places that names around the ticket fill.
const NAMES: [&str; 5] = ["service", "module", "district", "team", "organisation"];

/// What a ticket fills places with, in the language of whoever will read it.
pub struct Values {
    pub locale: Locale,
    ticket: Ticket,
    names: Names,
    requester: Addressed,
    agent: Agent,
    description: String,
    /// Keys and words of the fields that hold something.
    fields: Vec<(String, String)>,
    now: Now,
}

#[derive(Default)]
struct Agent {
    name: String,
    email: Option<String>,
    phone: Option<String>,
}

impl Values {
    /// Reads it for a ticket the reader has already found; fields that are hidden from them fill nothing.
    pub async fn read(cx: &Cx, ticket: &Ticket, locale: Locale) -> Result<Values> {
        Values::of(&cx.db, &cx.actor, cx.now, ticket, locale).await
    }

    /// The same behind the pages.
    pub async fn of(
        db: &Db,
        actor: &Actor,
        now: Now,
        ticket: &Ticket,
        locale: Locale,
    ) -> Result<Values> {
        Values::wanted(db, actor, now, ticket, locale, |_| true).await
    }

    /// The same, as far as these texts name it: an answer begins with such on every page of a ticket.
    pub async fn of_texts(
        cx: &Cx,
        ticket: &Ticket,
        locale: Locale,
        texts: &[&str],
    ) -> Result<Values> {
        let names = |place: &str| texts.iter().any(|text| text.contains(place));
        Values::wanted(&cx.db, &cx.actor, cx.now, ticket, locale, names).await
    }

    async fn wanted(
        db: &Db,
        actor: &Actor,
        now: Now,
        ticket: &Ticket,
        locale: Locale,
        wants: impl Fn(&str) -> bool,
    ) -> Result<Values> {
        let names = match NAMES.into_iter().any(&wants) {
            true => show::names(db, ticket).await?,
            false => Names::default(),
        };
        let description = match wants("description") {
            true => thread::first_text(db, ticket, Audience::Requester).await?,
            false => String::new(),
        };
        let fields = match wants("field.") {
            true => fields(db, actor, now, ticket, locale).await?,
            false => vec![],
        };
        let people: Vec<_> = [ticket.requester_id, actor.person_id()]
            .into_iter()
            .flatten()
            .collect();
        let people = person::addressed(db, &people).await?;
        let find = |id: Option<entities::Uuid>| people.iter().find(|one| Some(one.id) == id);
        let requester = find(ticket.requester_id).map(|one| Addressed {
            name: one.name.clone(),
            salutation: one.salutation,
        });
        let agent = find(actor.person_id()).map(|one| Agent {
            name: one.name.clone(),
            email: one.email.clone(),
            phone: one.phone.clone(),
        });
        Ok(Values {
            locale,
            ticket: ticket.clone(),
            names,
            requester: requester.unwrap_or_default(),
            agent: agent.unwrap_or_default(),
            description: description.chars().take(MOST_CHARS).collect(),
            fields,
            now,
        })
    }

    /// What fills a place.
    pub fn value(&self, name: &str) -> Option<String> {
        let (locale, names) = (self.locale, &self.names);
        let day = |at: Option<Instant>| Some(locale.date(self.now.local(at?).date_naive()));
        match name {
            "title" => Some(self.ticket.title.clone()),
            "number" => Some(self.ticket.number.clone()),
            "kind" => Some(parts::name(self.ticket.kind)),
            "language" => Some(locale.code().to_owned()),
            "service" => {
                let above = names.parent_service.clone();
                above.or_else(|| names.service.clone())
            }
            "module" => {
                let module = names.service.clone();
                module.filter(|_| names.parent_service.is_some())
            }
            "district" => names.district.clone(),
            "team" => names.team.clone(),
            "organisation" => names.organisation.clone(),
            "description" => Some(self.description.clone()),
            "greeting" => Some(self.requester.greeting(locale)),
            "dear" => Some(self.requester.dear(locale)),
            "address" => Some(self.requester.address(locale)),
            "name" => Some(self.requester.name.clone()),
            "agent" => Some(self.agent.name.clone()),
            "agent_email" => self.agent.email.clone(),
            "agent_phone" => self.agent.phone.clone(),
            "today" => Some(locale.date(self.now.today())),
            "due" => day(self.ticket.solution_due_at),
            "reminder" => day(self.ticket.reminder_at),
            other => match (other.strip_prefix("field."), ahead(other)) {
                (Some(key), _) => {
                    let field = self.fields.iter().find(|(of, _)| of == key);
                    field.map(|(_, words)| words.clone())
                }
                (None, Some((days, is_work))) => {
                    let day = self::day(self.now.today(), days, is_work)?;
                    Some(locale.date(day))
                }
                (None, None) => None,
            },
        }
    }
}

/// Keys of the fields that hold something, each with its words.
async fn fields(
    db: &Db,
    actor: &Actor,
    now: Now,
    ticket: &Ticket,
    locale: Locale,
) -> Result<Vec<(String, String)>> {
    let sheet = read::sheet(db, actor, ticket).await?;
    let held: Vec<_> = sheet.values.values().collect();
    let named = read::words(db, actor, &held).await?;
    let said = |field: &entities::field::Field| {
        let value = sheet.values.get(&field.row.id)?;
        let words = words::value(locale, &now, field.row.kind, value, &named);
        Some((field.row.key.clone(), words))
    };
    Ok(sheet.fields.iter().filter_map(said).collect())
}

/// So many days later, by the calendar or by the days on which people work.
fn day(from: NaiveDate, days: u16, is_work: bool) -> Option<NaiveDate> {
    if !is_work {
        return from.checked_add_days(Days::new(days.into()));
    }
    let mut day = from;
    let mut left = days;
    while left > 0 {
        day = day.succ_opt()?;
        let is_free = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        if !is_free && !Region::Berlin.is_holiday(day) {
            left -= 1;
        }
    }
    Some(day)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn working_days_leave_out_weekends_and_holidays() {
        let day_of = |text: &str| text.parse::<NaiveDate>().unwrap();
        let after = |from, days, is_work| day(day_of(from), days, is_work).unwrap();
        assert_eq!(after("2026-11-27", 1, true), day_of("2026-11-30"));
        assert_eq!(after("2026-12-23", 2, true), day_of("2026-12-28"));
        assert_eq!(after("2026-12-23", 2, false), day_of("2026-12-25"));
    }
}
