//! What the cases of the demo hold in its dynamic fields.

use chrono::{Days, NaiveDate};
use entities::field::change::{Catalogue, Sets};
use entities::field::{Choice, Field, Value};
use entities::{Db, Uuid};

use super::case::{Case, Fate};
use super::cases::{Kind as CaseKind, Reason};
use super::database::Unit;
use super::unit::PROVIDERS;

/// A value with the name of what it points at.
type Made = Option<(Value, Option<String>)>;

/// What makes a value of a field out of a lot.
type Make<'a> = &'a dyn Fn(&Field, u64) -> Made;

/// The fields as the database has them, for cases to fill.
#[derive(Clone, Debug)]
pub struct Fields(Catalogue);

/// A number that is the same for the same case.
fn lot(case: &Case, salt: u64) -> u64 {
    let seed = case
        .title
        .bytes()
        .fold(salt ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    let mixed =
        (seed ^ case.created_minutes_ago.unsigned_abs()).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed >> 29
}

impl Fields {
    /// Reads them.
    pub async fn read(db: &Db) -> Result<Fields, entities::DeskError> {
        Ok(Fields(Catalogue::read(db).await?))
    }

    /// What a case holds, as whoever took it has seen it.
    pub fn of(&self, case: &Case, unit: &Unit, created_on: NaiveDate) -> Sets {
        let mut values: Vec<(Uuid, Value, Option<String>)> = Vec::new();
        let mut put = |key: &str, chance: u64, make: Make<'_>| {
            let lot = lot(case, key.len() as u64 * 31 + u64::from(key.as_bytes()[0]));
            let Some(field) = self.0.by_key(key) else {
                return;
            };
            if lot % 100 < chance
                && let Some((value, name)) = make(field, lot / 100)
            {
                values.push((field.row.id, value, name));
            }
        };
        let one = |field: &Field, lot: u64| {
            let place = usize::try_from(lot)
                .ok()?
                .checked_rem(field.options.len())?;
            Some((Value::Options(vec![field.options[place].id]), None))
        };
        // Most of what comes in concerns one person and the real thing.
        let skewed = |field: &Field, lot: u64| one(field, (lot % 8).saturating_sub(4));
        let number = |from: i64, to: i64, lot: u64| {
            let span = (to - from).unsigned_abs().max(1);
            Value::Number(from + i64::try_from(lot % span).unwrap_or(0))
        };
        let is_over = matches!(case.fate, Fate::Solved { .. } | Fate::Closed { .. });
        let is_incident = matches!(case.kind, CaseKind::Incident);
        let topic = if is_over { 100 } else { 70 };
        put("topic", topic, &|field, lot| {
            self.topic(field, case, unit, lot)
        });
        put("impact", 90, &skewed);
        put("environment", 95, &skewed);
        if is_incident {
            put(
                "error-class",
                if case.vendor.is_some() { 100 } else { 60 },
                &one,
            );
            put("release", 75, &|_, lot| {
                let text = format!("7.{}.{}", lot % 5, lot / 5 % 4);
                Some((Value::Text(text), None))
            });
        }
        if case.vendor.is_some() {
            put("external-number", 80, &|_, lot| {
                let text = format!("KN-{}", 1000 + lot % 9000);
                Some((Value::Text(text), None))
            });
        }
        put("affected", 55, &|_, lot| {
            Some((number(1, 60, lot * lot % 61), None))
        });
        put("affected-roles", 40, &|field, lot| {
            let first = usize::try_from(lot).ok()? % field.options.len();
            let mut ids = vec![field.options[first].id];
            if lot.is_multiple_of(3) {
                ids.push(field.options[(first + 1) % field.options.len()].id);
            }
            Some((Value::Options(ids), None))
        });
        if case.team == super::unit::ZAHLUNGEN {
            put("amount", 70, &|_, lot| {
                Some((number(500, 250_000, lot), None))
            });
            put("provider", 40, &|_, lot| {
                let place = PROVIDERS.start + usize::try_from(lot).ok()? % PROVIDERS.len();
                let name = super::unit::ORGANISATIONS[place].name.to_owned();
                Some((Value::Reference(unit.organisations[place]), Some(name)))
            });
        }
        if matches!(case.kind, CaseKind::Change | CaseKind::Requirement) {
            put("effort", 70, &|_, lot| {
                Some((Value::Number(i64::try_from(lot % 40).ok()? * 500_000), None))
            });
            put("wanted-by", 60, &|_, lot| {
                let day = created_on.checked_add_days(Days::new(20 + lot % 120))?;
                Some((Value::Date(day), None))
            });
        }
        put("expert", 12, &|_, lot| {
            let all = &unit.requesters;
            let person = &all[usize::try_from(lot).ok()? % all.len()];
            Some((Value::Reference(person.id), person.address.name.clone()))
        });
        if let Fate::Solved { reason } | Fate::Closed { reason } = case.fate {
            put("reproducible", 80, &|_, lot| {
                Some((Value::YesNo(lot.is_multiple_of(3)), None))
            });
            if matches!(reason, Reason::SoftwareFault) {
                put("fixed-in", 60, &|_, lot| {
                    Some((Value::Text(format!("7.{}.0", 5 + lot % 3)), None))
                });
            }
        }
        self.0.sets(values)
    }

    fn topic(&self, field: &Field, case: &Case, unit: &Unit, lot: u64) -> Made {
        let module = case
            .module
            .and_then(|m| unit.service(case.service, Some(m)));
        let fits = |option: &Choice| {
            option.given.is_empty() || module.is_some_and(|m| option.given.contains(&m))
        };
        let parts: Vec<&Choice> = field
            .options
            .iter()
            .filter(|o| {
                o.parent_id
                    .and_then(|id| field.option(id))
                    .is_some_and(&fits)
            })
            .collect();
        // What belongs to the module alone comes first.
        let own: Vec<&&Choice> = parts
            .iter()
            .filter(|o| {
                o.parent_id
                    .and_then(|id| field.option(id))
                    .is_some_and(|p| !p.given.is_empty())
            })
            .collect();
        let from: Vec<&Choice> = match own.is_empty() || lot.is_multiple_of(4) {
            true => parts,
            false => own.into_iter().copied().collect(),
        };
        let place = usize::try_from(lot / 4).ok()?.checked_rem(from.len())?;
        Some((Value::Options(vec![from[place].id]), None))
    }
}
