//! Lists in groups: one short list after the other, each with its heading and number, paged by key across them.

use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use uuid::Uuid;

use super::facets::{by_column, with_modules};
use super::filter::{Filter, col};
use super::list::{Row, Sort, list};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::Result;
use crate::history;
use crate::page::{Cursor, Page};
use crate::text;
use crate::view::Grouping;

/// One group: those that have the same, or those that have nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// Modules stand with their service.
    Service(Option<Uuid>),
    District(Option<Uuid>),
    Owner(Option<Uuid>),
}

impl Group {
    fn of(grouping: Grouping, id: Option<Uuid>) -> Group {
        match grouping {
            Grouping::Service => Group::Service(id),
            Grouping::District => Group::District(id),
            Grouping::Owner => Group::Owner(id),
        }
    }

    pub(super) fn condition(self) -> Condition {
        let (column, id) = match self {
            Group::Service(id) => ("service_id", id),
            Group::District(id) => ("district_id", id),
            Group::Owner(id) => ("owner_id", id),
        };
        let Some(id) = id else {
            return Condition::all().add(col(column).is_null());
        };
        let one = Condition::any().add(col(column).eq(id));
        if !matches!(self, Group::Service(_)) {
            return one;
        }
        let modules = Query::select()
            .column("id")
            .from("service")
            .and_where(Expr::col("parent_id").eq(id))
            .to_owned();
        one.add(col(column).in_subquery(modules))
    }
}

/// The heading of a group on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The row it stands before.
    pub at: usize,
    /// None: those that have nothing there.
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

/// A group in the order of their names, the one without a name last.
struct Numbered {
    id: Option<Uuid>,
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
    let place = after.and_then(Place::read);
    let groups = numbered(db, actor, filter, grouping, place.as_ref()).await?;
    let begin = place.as_ref().and_then(|place| {
        let mut groups = groups.iter();
        groups.position(|group| group.id == place.group)
    });
    let mut inner = place.map(|place| place.after);
    let mut done = Grouped {
        page: Page {
            rows: Vec::new(),
            next: None,
        },
        heads: Vec::new(),
    };
    let mut last: Option<Option<Uuid>> = None;
    for group in groups.iter().skip(begin.unwrap_or_default()) {
        let left = most.saturating_sub(done.page.rows.len() as u64);
        if left == 0 {
            if group.count > 0 {
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
            group: Some(Group::of(grouping, group.id)),
            ..filter.clone()
        };
        let page = list(db, actor, &own, sort, inner.take().as_ref(), left).await?;
        if page.rows.is_empty() {
            continue;
        }
        done.heads.push(Head {
            at: done.page.rows.len(),
            name: group.name.clone(),
            count: Ord::max(group.count, page.rows.len() as i64),
        });
        done.page.rows.extend(page.rows);
        last = Some(group.id);
        if let Some(after) = page.next {
            let group = group.id;
            done.page.next = Some(Place { group, after }.write());
            break;
        }
    }
    Ok(done)
}

/// The groups that have tickets, and the one a page begins in even when it has lost its last.
async fn numbered(
    db: &Db,
    actor: &Actor,
    filter: &Filter,
    grouping: Grouping,
    place: Option<&Place>,
) -> Result<Vec<Numbered>> {
    let mut counts = match grouping {
        Grouping::Service => {
            let counts = by_column(db, actor, filter, "service_id").await?;
            with_modules(db, counts).await?
        }
        Grouping::District => by_column(db, actor, filter, "district_id").await?,
        Grouping::Owner => by_column(db, actor, filter, "owner_id").await?,
    };
    if let Some(place) = place {
        counts.entry(place.group).or_default();
    }
    let ids: Vec<Uuid> = counts.keys().copied().flatten().collect();
    let names = history::names(db, actor, &ids).await?;
    let mut groups: Vec<Numbered> = counts
        .into_iter()
        .map(|(id, count)| Numbered {
            id,
            name: id.and_then(|id| names.get(&id).cloned()),
            count,
        })
        .collect();
    groups.sort_by_cached_key(|group| {
        let name = group.name.as_deref().map(text::fold);
        (group.id.is_none(), name, group.id)
    });
    Ok(groups)
}

/// Where a page in groups begins: in which group, and behind which of its rows.
struct Place {
    group: Option<Uuid>,
    after: Cursor,
}

/// Stands between group and row, and alone for the group of those that have nothing.
const MARK: char = '/';

impl Place {
    fn write(self) -> Cursor {
        let group = self.group.map(|id| id.simple().to_string());
        Cursor {
            key: format!("{}{MARK}{}", group.unwrap_or_default(), self.after.key),
            id: self.after.id,
        }
    }

    fn read(cursor: &Cursor) -> Option<Place> {
        let (group, key) = cursor.key.split_once(MARK)?;
        let after = Cursor {
            key: key.to_owned(),
            id: cursor.id,
        };
        let group = match group {
            "" => None,
            id => Some(Uuid::try_parse(id).ok()?),
        };
        Some(Place { group, after })
    }
}
