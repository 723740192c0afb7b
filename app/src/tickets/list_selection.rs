//! What the address of a list selects and how it is ordered, as the model knows it.

use std::collections::HashMap;

use chrono::{Days, Duration, NaiveTime};
use entities::Uuid;
use entities::field::filter::{FieldOrder, known};
use entities::field::lacking::Lacking;
use entities::ticket::among::Among;
use entities::ticket::filter::{DueIs, Filter, OwnerIs, RepairIs, Standing};
use entities::ticket::list::{Direction, Sort, SortBy};
use entities::view::Grouping;

use super::list_query::{LACKING, ListQuery, ME, NOBODY, NONE};
use super::list_questions;
use crate::error::Result;
use crate::fields::typed::PREFIX;
use crate::web::cx::Cx;
use crate::web::parts::named;

impl ListQuery {
    /// The names behind the ids it names; a module's has that of its service before it.
    pub async fn names(&self, cx: &Cx) -> Result<HashMap<Uuid, String>> {
        let mut ids = self.ids();
        let parents = match self.service.is_empty() {
            true => HashMap::new(),
            false => entities::service::list::parents(&cx.db).await?,
        };
        let above = ids
            .iter()
            .filter_map(|id| Some((*id, (*parents.get(id)?)?)));
        let above: Vec<(Uuid, Uuid)> = above.collect();
        ids.extend(above.iter().map(|(_, above)| *above));
        let mut names = entities::history::names(&cx.db, &cx.actor, &ids).await?;
        for (module, above) in above {
            let Some(above) = names.get(&above).cloned() else {
                continue;
            };
            if let Some(name) = names.get_mut(&module) {
                *name = format!("{above} › {name}");
            }
        }
        Ok(names)
    }

    /// What the list selects.
    pub async fn filter(&self, cx: &Cx) -> Result<Filter> {
        let filter = self.plain_filter(cx);
        let fields = list_questions::filters(cx, &self.field, filter.active()).await?;
        Ok(Filter {
            fields,
            lacking: self.lacks(cx).await?,
            ..filter
        })
    }

    async fn lacks(&self, cx: &Cx) -> Result<Option<Lacking>> {
        Ok(match self.lacking.as_str() {
            LACKING => Some(Lacking::read(&cx.db, &cx.actor).await?),
            _ => None,
        })
    }

    /// The same for a count beside other lists: open work is asked all at once.
    pub async fn counting_filter(&self, cx: &Cx) -> Result<Filter> {
        let filter = self.plain_filter(cx);
        if filter.active() != Some(true) {
            return self.filter(cx).await;
        }
        let fields = list_questions::open_filters(cx, &self.field).await?;
        Ok(Filter {
            fields,
            lacking: self.lacks(cx).await?,
            ..filter
        })
    }

    /// The same for the numbers beside this list, whose own filter is there already.
    pub async fn panel_filter(&self, cx: &Cx, own: &Filter) -> Result<Filter> {
        if own.active() != Some(true) || own.fields.is_empty() {
            return Ok(own.clone());
        }
        Ok(Filter {
            fields: list_questions::open_filters(cx, &self.field).await?,
            ..own.clone()
        })
    }

    /// The order of the list; by a field the reader does not know it is the usual one.
    pub async fn sort(&self, cx: &Cx) -> Result<Sort> {
        let sort = self.plain_sort();
        let key = self.sort.trim_start_matches('-').strip_prefix(PREFIX);
        let Some(key) = key else { return Ok(sort) };
        Ok(match known(&cx.db, &cx.actor, key).await? {
            None => sort,
            Some(field) => Sort {
                by: SortBy::Field(FieldOrder::of(&field)),
                direction: match self.sort.starts_with('-') {
                    true => Direction::Descending,
                    false => Direction::Ascending,
                },
            },
        })
    }

    /// What it selects beside fields.
    pub fn plain_filter(&self, cx: &Cx) -> Filter {
        let whole = |text: &str| text.parse().ok().filter(|n| (0..36_500).contains(n));
        let day_end = |days: u64| {
            let day = cx.now.today().checked_add_days(Days::new(days + 1));
            day.map(|day| cx.now.instant(day, NaiveTime::MIN))
        };
        Filter {
            standings: self
                .state
                .iter()
                .filter_map(|name| Standing::from_name(name))
                .collect(),
            owners: self.owner.iter().filter_map(|name| owner(name)).collect(),
            watched: self.watched == "me",
            teams: among(&self.team),
            services: among(&self.service),
            priorities: self
                .priority
                .iter()
                .filter_map(|name| named(name))
                .collect(),
            districts: among(&self.district),
            channels: self.channel.iter().filter_map(|name| named(name)).collect(),
            requester_id: Uuid::try_parse(&self.requester).ok(),
            older_than: match self.age.strip_suffix('h') {
                Some(hours) => whole(hours).map(Duration::hours),
                None => whole(&self.age).map(Duration::days),
            },
            silent_days: whole(&self.silent),
            no_reminder: self.reminder == NONE,
            reminder_passed: self.reminder == "passed",
            reminder_before: match self.reminder.as_str() {
                "today" => day_end(0),
                "week" => day_end(6),
                _ => None,
            },
            due: self
                .due
                .iter()
                .filter_map(|name| DueIs::from_name(name))
                .collect(),
            repair: RepairIs::from_name(&self.repair),
            text: Some(self.q.trim().to_owned()).filter(|text| !text.is_empty()),
            fields: vec![],
            lacking: None,
            group: None,
        }
    }

    /// The order of the list where it is not by a field.
    pub fn plain_sort(&self) -> Sort {
        let (name, direction) = match self.sort.strip_prefix('-') {
            Some(name) => (name, Direction::Descending),
            None => (self.sort.as_str(), Direction::Ascending),
        };
        let by = match name {
            "created" => SortBy::Created,
            "priority" => SortBy::Priority,
            "reminder" => SortBy::Reminder,
            "due" => SortBy::Due,
            "changed" => SortBy::Changed,
            _ => return Sort::default(),
        };
        Sort { by, direction }
    }

    /// By what its rows stand together; only open work stands in groups.
    pub fn grouping(&self, filter: &Filter) -> Option<Grouping> {
        Grouping::from_name(&self.group).filter(|_| filter.active() == Some(true))
    }
}

/// An owner as the address names one.
fn owner(name: &str) -> Option<OwnerIs> {
    match name {
        ME => Some(OwnerIs::Me),
        NOBODY => Some(OwnerIs::Nobody),
        id => Uuid::try_parse(id).ok().map(OwnerIs::Person),
    }
}

/// Things as the address names them, those without one among them.
fn among(names: &[String]) -> Among {
    let ids = names.iter().filter_map(|id| Uuid::try_parse(id).ok());
    Among {
        ids: ids.collect(),
        or_none: names.iter().any(|name| name == NONE),
    }
}
