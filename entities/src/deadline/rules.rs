//! The rules tickets follow: calendars, time limits, which service has which, and who is there; kept in memory.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DatabaseTransaction, EntityTrait};
use uuid::Uuid;

use crate::absence::Presence;
use crate::calendar::{self, Hours};
use crate::clock::day;
use crate::db::Db;
use crate::error::Result;
use crate::ledger::stamp;
use crate::service;
use crate::ticket::Priority;
use crate::time_limit::{self, Goals};

/// All rules, as one transaction or page sees them.
#[derive(Debug, Default)]
pub struct Rules {
    calendars: HashMap<Uuid, (String, Hours)>,
    limits: HashMap<Uuid, (Uuid, Goals)>,
    standard: Option<Uuid>,
    services: HashMap<Uuid, Place>,
    presence: Arc<Presence>,
}

/// Where a service stands.
#[derive(Clone, Copy, Debug)]
struct Place {
    parent_id: Option<Uuid>,
    time_limit_id: Option<Uuid>,
}

/// What a ticket has to keep.
#[derive(Clone, Copy, Debug)]
pub struct Aim<'a> {
    pub calendar_id: Uuid,
    pub hours: &'a Hours,
    pub times: time_limit::Times,
}

impl Rules {
    /// What holds for a service and a priority: its own limit, that of the nearest service above, or the standard.
    pub fn aim(&self, service_id: Option<Uuid>, priority: Priority) -> Option<Aim<'_>> {
        let mut above = service_id;
        let mut limit = None;
        for _ in 0..=self.services.len() {
            let Some(place) = above.and_then(|id| self.services.get(&id)) else {
                break;
            };
            limit = place.time_limit_id.and_then(|id| self.limits.get(&id));
            if limit.is_some() {
                break;
            }
            above = place.parent_id;
        }
        let standard = || self.limits.get(&self.standard?);
        let (calendar_id, goals) = limit.or_else(standard)?;
        Some(Aim {
            calendar_id: *calendar_id,
            hours: self.hours(*calendar_id)?,
            times: goals.of(priority),
        })
    }

    /// A calendar to reckon with.
    pub fn hours(&self, calendar_id: Uuid) -> Option<&Hours> {
        self.calendars.get(&calendar_id).map(|(_, hours)| hours)
    }

    /// What people call a calendar.
    pub fn calendar_name(&self, calendar_id: Uuid) -> Option<&str> {
        let named = self.calendars.get(&calendar_id);
        named.map(|(name, _)| name.as_str())
    }

    /// Who is there.
    pub fn presence(&self) -> &Presence {
        &self.presence
    }

    /// The same, to be kept longer than the rules.
    pub(crate) fn kept_presence(&self) -> Arc<Presence> {
        self.presence.clone()
    }

    async fn read(c: &impl ConnectionTrait, on: NaiveDate) -> Result<Rules> {
        let presence = Arc::new(Presence::read(c, on).await?);
        let calendars = calendar::Entity::find().all(c).await?;
        let limits = time_limit::Entity::find().all(c).await?;
        let services = service::Entity::find().all(c).await?;
        // A retired limit holds for nothing any more; a retired calendar still serves the limits that have it.
        let limits = || limits.iter().filter(|l| l.retired_at.is_none());
        let place = |s: service::Model| Place {
            parent_id: s.parent_id,
            time_limit_id: s.time_limit_id,
        };
        Ok(Rules {
            presence,
            standard: limits().find(|l| l.standard).map(|l| l.id),
            limits: limits()
                .map(|l| (l.id, (l.calendar_id, l.goals())))
                .collect(),
            calendars: calendars
                .into_iter()
                .map(|c| (c.id, (c.name.clone(), c.hours())))
                .collect(),
            services: services.into_iter().map(|s| (s.id, place(s))).collect(),
        })
    }
}

/// The rules as they were read last, with the stamp they had.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    known: Mutex<Option<Known>>,
}

#[derive(Clone, Debug)]
struct Known {
    stamp: i64,
    rules: Arc<Rules>,
}

impl Cache {
    fn known(&self) -> Option<Known> {
        self.known
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn keep(&self, known: Known) {
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(known);
    }

    async fn rules(&self, c: &impl ConnectionTrait, on: NaiveDate) -> Result<Arc<Rules>> {
        // Read before the rules, so that what is kept is never older than its stamp says.
        let stamp = stamp::deadlines(c).await?;
        if let Some(known) = self.known().filter(|known| known.stamp == stamp) {
            return Ok(known.rules);
        }
        let rules = Arc::new(Rules::read(c, on).await?);
        self.keep(Known {
            stamp,
            rules: rules.clone(),
        });
        Ok(rules)
    }
}

/// The rules a transaction reckons with: those that are committed now.
pub(crate) async fn in_transaction(db: &Db, tx: &DatabaseTransaction) -> Result<Arc<Rules>> {
    let today = day(db.clock().now());
    db.deadline_rules().rules(tx, today).await
}

/// The question that [`for_pages`] answers.
#[derive(PartialEq, Eq, Hash)]
struct RulesNow;

/// The rules a page draws by.
pub async fn for_pages(db: &Db) -> Result<Arc<Rules>> {
    let today = day(db.clock().now());
    let read = async || db.deadline_rules().rules(db.reader(), today).await;
    db.kept_setting(RulesNow, read).await
}
