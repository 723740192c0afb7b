//! The rules of fields, each of them once: where they show, who may what, what is needed when, what a value may be.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::facts::Field;
use super::option::{Above, Choice, path};
use super::pattern::Pattern;
use super::settings::{Depends, Kind, Moment, Right};
use super::value::{Value, Values, days};
use crate::actor::Actor;
use crate::ticket::classify::Place;
use crate::ticket::{State, Ticket, WaitingFor};

/// The most characters of a text, whatever its own limit.
pub const MOST_TEXT: i64 = 200;
/// The most characters of a long text.
pub const MOST_LONG_TEXT: i64 = 20_000;

/// What is wrong with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// It must not be empty here.
    Missing,
    TooShort,
    TooLong,
    TooSmall,
    TooLarge,
    /// It is not as the pattern says.
    Pattern,
    /// No such option, or one that is no longer offered.
    NotOffered,
    /// It is no number of that sort.
    NotANumber,
    /// There is no such day or moment.
    NotADate,
    /// No such person, organisation or ticket.
    NotFound,
}

/// What decides about showing a field: of a ticket, or of one that is being opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    pub kind: crate::ticket::Kind,
    pub place: Place,
    /// The service its module belongs to.
    pub parent_service_id: Option<Uuid>,
}

impl Case {
    /// A ticket's, with the parent of its service known.
    pub fn of(ticket: &Ticket, parent_service_id: Option<Uuid>) -> Case {
        Case {
            kind: ticket.kind,
            place: Place {
                service_id: ticket.service_id,
                team_id: ticket.team_id,
            },
            parent_service_id,
        }
    }

    fn services(&self) -> impl Iterator<Item = Uuid> {
        self.place
            .service_id
            .into_iter()
            .chain(self.parent_service_id)
    }
}

impl Field {
    /// Whether it stands on such a ticket.
    pub fn is_shown(&self, case: &Case) -> bool {
        let shown = &self.settings.shown;
        let kind = shown.kinds.is_empty() || shown.kinds.contains(&case.kind);
        let service =
            shown.services.is_empty() || case.services().any(|id| shown.services.contains(&id));
        let team = shown.teams.is_empty()
            || case
                .place
                .team_id
                .is_some_and(|id| shown.teams.contains(&id));
        self.row.retired_at.is_none() && kind && service && team
    }

    /// What the actor may do with it: of several roles the widest counts.
    pub fn right(&self, actor: &Actor) -> Right {
        let Actor::Person(person) = actor else {
            return Right::Write;
        };
        let of = person.roles.iter().map(|role| self.right_of(*role));
        of.max().unwrap_or(Right::Hidden)
    }

    /// What whoever has this role alone may do with it.
    pub fn right_of(&self, role: Uuid) -> Right {
        let set = self.settings.rights.iter().find(|(id, _)| *id == role);
        set.map_or(Right::Write, |(_, right)| *right)
    }

    /// Whether what it holds can name nobody: for cases that are shown without names.
    pub fn is_nameless(&self) -> bool {
        let kind = self.row.kind;
        let names_nobody = !kind.is_text() && !kind.is_reference();
        names_nobody && !self.settings.personal
    }

    /// Whether the actor may know of it.
    pub fn is_visible(&self, actor: &Actor) -> bool {
        self.right(actor) != Right::Hidden
    }

    /// Whether somebody at the desk may not know of it because of a role.
    pub fn is_reserved(&self) -> bool {
        let mut rights = self.settings.rights.iter();
        rights.any(|(_, right)| *right == Right::Hidden)
    }

    /// Whether an option is offered on such a ticket, with these values beside it.
    pub fn offers(&self, option: &Choice, case: &Case, beside: &Values) -> bool {
        let with = self.given(case, beside);
        self.is_offered(&path(&self.options, option.id), &with)
    }

    /// What the options depend on, as such a ticket has it.
    fn given(&self, case: &Case, beside: &Values) -> Vec<Uuid> {
        match self.settings.depends {
            Depends::Nothing => vec![],
            Depends::Service => case.services().collect(),
            Depends::Field(id) => beside.get(&id).map(Value::ids).unwrap_or_default(),
        }
    }

    /// Whether an option with those above it is offered beside what is given.
    fn is_offered(&self, path: &[&Choice], with: &[Uuid]) -> bool {
        path.iter().all(|o| {
            let given = self.settings.depends == Depends::Nothing
                || o.given.is_empty()
                || o.given.iter().any(|id| with.contains(id));
            !o.retired && given
        })
    }

    /// The options offered on such a ticket.
    pub fn offered(&self, case: &Case, beside: &Values) -> Vec<&Choice> {
        let (with, above) = (self.given(case, beside), Above::of(&self.options));
        let fine = |o: &&Choice| self.is_offered(&above.path(o.id), &with);
        self.options.iter().filter(fine).collect()
    }

    /// Whether it takes the value on such a ticket; an option it had before stays fine.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(
        &self,
        value: &Value,
        before: Option<&Value>,
        case: &Case,
        beside: &Values,
    ) -> Result<(), Fault> {
        let limits = &self.settings.limits;
        let kind = self.row.kind;
        let within = |n: i64| match n {
            n if limits.min.is_some_and(|min| n < min) => Err(Fault::TooSmall),
            n if limits.max.is_some_and(|max| n > max) => Err(Fault::TooLarge),
            _ => Ok(()),
        };
        match value {
            Value::Text(text) if kind.is_text() => {
                let most = match kind {
                    Kind::LongText => MOST_LONG_TEXT,
                    _ => MOST_TEXT,
                };
                let chars = text.chars().count() as i64;
                if chars > limits.max.map_or(most, |max| max.min(most)) {
                    return Err(Fault::TooLong);
                }
                if limits.min.is_some_and(|min| chars < min) {
                    return Err(Fault::TooShort);
                }
                let pattern = limits.pattern.as_deref().and_then(Pattern::parse);
                match pattern.is_none_or(|p| p.fits(text)) {
                    true => Ok(()),
                    false => Err(Fault::Pattern),
                }
            }
            Value::Options(ids) if kind.has_options() => {
                let distinct: HashSet<&Uuid> = ids.iter().collect();
                if ids.is_empty() || distinct.len() < ids.len() || !value.fits(kind) {
                    return Err(Fault::NotOffered);
                }
                let had = before.map(Value::ids).unwrap_or_default();
                let fine = |id: &Uuid| {
                    had.contains(id)
                        || self
                            .option(*id)
                            .is_some_and(|o| self.offers(o, case, beside))
                };
                match ids.iter().all(fine) {
                    true => Ok(()),
                    false => Err(Fault::NotOffered),
                }
            }
            Value::Number(n) if kind.places().is_some() => within(*n),
            Value::Date(date) if kind == Kind::Date => within(days(*date)),
            other if other.fits(kind) => Ok(()),
            _ => Err(Fault::NotANumber),
        }
    }
}

/// The moments a ticket has come to: what they need should be there by now, whoever or whatever made it.
pub fn reached(ticket: &Ticket) -> Vec<Moment> {
    let asked = (ticket.state, ticket.waiting_for) == (State::Waiting, Some(WaitingFor::Vendor));
    let mut moments = vec![Moment::Create];
    moments.extend(ticket.service_id.map(|_| Moment::Classify));
    moments.extend(asked.then_some(Moment::VendorEnquiry));
    moments.extend((!ticket.active).then_some(Moment::Close));
    moments
}

/// The fields that such a ticket needs at a moment, that the actor may fill, and that are empty: the one rule,
/// for pages, commands and lists alike.
pub fn missing<'a>(
    fields: &'a [Field],
    case: &Case,
    filled: &HashSet<Uuid>,
    moment: Moment,
    actor: &Actor,
) -> Vec<&'a Field> {
    let needed = |field: &&Field| {
        field.settings.required.contains(&moment)
            && field.is_shown(case)
            && field.right(actor) == Right::Write
            && !filled.contains(&field.row.id)
    };
    fields.iter().filter(needed).collect()
}
