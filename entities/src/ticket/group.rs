//! Lists in groups: one short list after the other, each with its heading and number, paged by key across them.

use sea_orm::sea_query::{Condition, ExprTrait};
use uuid::Uuid;

use super::facets::{Numbers, by_column, by_due, with_modules};
use super::filter::{DueIs, Filter, about, col};
use super::list::{Row, Sort, list};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::history;
use crate::page::{Cursor, Page};
use crate::text;
use crate::view::Grouping;

/// One group: those that have the same, or those that have nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    Due(DueIs),
    /// Modules stand with their service.
    Service(Option<Uuid>),
    District(Option<Uuid>),
    Owner(Option<Uuid>),
}

impl Group {
    /// The form in a cursor.
    fn text(self) -> String {
        match self {
            Group::Due(due) => due.name().to_owned(),
            Group::Service(id) | Group::District(id) | Group::Owner(id) => {
                id.map(|id| id.simple().to_string()).unwrap_or_default()
            }
        }
    }

    /// Reads what `text` wrote.
    fn read(grouping: Grouping, text: &str) -> Option<Group> {
        let id = || match text {
            "" => Some(None),
            id => Uuid::try_parse(id).ok().map(Some),
        };
        match grouping {
            Grouping::Due => DueIs::from_name(text).map(Group::Due),
            Grouping::Service => id().map(Group::Service),
            Grouping::District => id().map(Group::District),
            Grouping::Owner => id().map(Group::Owner),
        }
    }

    fn id(self) -> Option<Uuid> {
        match self {
            Group::Due(_) => None,
            Group::Service(id) | Group::District(id) | Group::Owner(id) => id,
        }
    }

    pub(super) fn condition(self, now: Instant) -> Condition {
        let (column, id) = match self {
            Group::Due(due) => return due.condition(now),
            Group::Service(id) => ("service_id", id),
            Group::District(id) => ("district_id", id),
            Group::Owner(id) => ("owner_id", id),
        };
        let Some(id) = id else {
            return Condition::all().add(col(column).is_null());
        };
        match self {
            Group::Service(_) => about(&[id]),
            _ => Condition::all().add(col(column).eq(id)),
        }
    }
}

/// The heading of a group on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The row it stands before.
    pub at: usize,
    pub group: Group,
    /// None: those that have nothing there, and groups that are no thing of the desk.
    pub name: Option<String>,
    /// Tickets of the group on all pages.
    pub count: i64,
}

/// A page of a list in groups.
#[derive(Clone, Debug)]
pub struct Grouped {
    pub page: Page<Row>,
    pub heads: Vec<Head>,
}

/// A group with its number.
struct Numbered {
    group: Group,
    name: Option<String>,
    count: i64,
}

/// One page of open work in groups. A page that ends within a group begins with its heading on the next.
pub async fn grouped(
    db: &Db,
    actor: &Actor,
    filter: &Filter,
    (sort, grouping): (Sort, Grouping),
    after: Option<&Cursor>,
    most: u64,
) -> Result<Grouped> {
    let place = after.and_then(|cursor| Place::read(grouping, cursor));
    let groups = numbered(db, actor, filter, grouping, place.as_ref()).await?;
    let begin = place.as_ref().and_then(|place| {
        let mut groups = groups.iter();
        groups.position(|one| one.group == place.group)
    });
    let mut inner = place.map(|place| place.after);
    let mut done = Grouped {
        page: Page {
            rows: Vec::new(),
            next: None,
        },
        heads: Vec::new(),
    };
    let mut last: Option<Group> = None;
    for Numbered { group, name, count } in groups.iter().skip(begin.unwrap_or_default()) {
        let left = most.saturating_sub(done.page.rows.len() as u64);
        if left == 0 {
            if *count > 0 {
                let row = done.page.rows.last();
                let after = row.map(|row| sort.cursor(row));
                done.page.next = after
                    .zip(last)
                    .map(|(after, group)| Place { group, after }.write());
            }
            if done.page.next.is_some() {
                break;
            }
            continue;
        }
        let own = Filter {
            group: Some(*group),
            ..filter.clone()
        };
        let page = list(db, actor, &own, sort, inner.take().as_ref(), left).await?;
        if page.rows.is_empty() {
            continue;
        }
        done.heads.push(Head {
            at: done.page.rows.len(),
            group: *group,
            name: name.clone(),
            count: Ord::max(*count, page.rows.len() as i64),
        });
        done.page.rows.extend(page.rows);
        last = Some(*group);
        if let Some(after) = page.next {
            let group = *group;
            done.page.next = Some(Place { group, after }.write());
            break;
        }
    }
    Ok(done)
}

/// The groups of a list in their order.
pub(super) async fn groups(
    db: &Db,
    actor: &Actor,
    filter: &Filter,
    grouping: Grouping,
) -> Result<Vec<Group>> {
    let numbered = numbered(db, actor, filter, grouping, None).await?;
    Ok(numbered.into_iter().map(|one| one.group).collect())
}

/// The groups that have tickets in their order: deadlines by urgency, things by name and those without last; and the one a page begins in even when it has lost its last.
async fn numbered(
    db: &Db,
    actor: &Actor,
    filter: &Filter,
    grouping: Grouping,
    place: Option<&Place>,
) -> Result<Vec<Numbered>> {
    let (mut counts, group): (Numbers, fn(Option<Uuid>) -> Group) = match grouping {
        Grouping::Due => {
            let counts = by_due(db, actor, filter).await?.into_iter();
            let numbered = counts.map(|(due, count)| Numbered {
                group: Group::Due(due),
                name: None,
                count,
            });
            return Ok(numbered.collect());
        }
        Grouping::Service => {
            let counts = by_column(db, actor, filter, "service_id").await?;
            (with_modules(db, counts).await?, Group::Service)
        }
        Grouping::District => {
            let counts = by_column(db, actor, filter, "district_id").await?;
            (counts, Group::District)
        }
        Grouping::Owner => {
            let counts = by_column(db, actor, filter, "owner_id").await?;
            (counts, Group::Owner)
        }
    };
    if let Some(place) = place {
        counts.entry(place.group.id()).or_default();
    }
    let ids: Vec<Uuid> = counts.keys().copied().flatten().collect();
    let names = history::names(db, actor, &ids).await?;
    let mut groups: Vec<Numbered> = counts
        .into_iter()
        .map(|(id, count)| Numbered {
            group: group(id),
            name: id.and_then(|id| names.get(&id).cloned()),
            count,
        })
        .collect();
    groups.sort_by_cached_key(|one| {
        let name = one.name.as_deref().map(text::fold);
        (one.group.id().is_none(), name, one.group.id())
    });
    Ok(groups)
}

/// Where a page in groups begins: in which group, and behind which of its rows.
struct Place {
    group: Group,
    after: Cursor,
}

/// Stands between group and row, and alone for the group of those that have nothing.
const MARK: char = '/';

impl Place {
    fn write(self) -> Cursor {
        Cursor {
            key: format!("{}{MARK}{}", self.group.text(), self.after.key),
            id: self.after.id,
        }
    }

    fn read(grouping: Grouping, cursor: &Cursor) -> Option<Place> {
        let (group, key) = cursor.key.split_once(MARK)?;
        let after = Cursor {
            key: key.to_owned(),
            id: cursor.id,
        };
        let group = Group::read(grouping, group)?;
        Some(Place { group, after })
    }
}
