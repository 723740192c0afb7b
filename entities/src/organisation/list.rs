//! Organisations as the settings show them, and as a select offers them.

use std::collections::HashMap;

use sea_orm::sea_query::{Condition, Expr, ExprTrait, LikeExpr};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QueryTrait};
use uuid::Uuid;

use super::{COLUMN, Column, Entity, Model, OrganisationKind};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::page::{self, Cursor, Page};
use crate::policy::Permission;
use crate::setting::{self, Choice, Show};
use crate::text;

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub organisation: Model,
    pub parent_name: Option<String>,
}

/// Organisations by name, those with a word or domain that begins with the text only.
pub async fn list(
    db: &Db,
    actor: &Actor,
    show: Show,
    typed: &str,
    after: Option<&Cursor>,
    most: u64,
) -> Result<Page<Row>> {
    if !actor.may_somewhere(Permission::ManageOrganisations) {
        return Err(DeskError::Forbidden);
    }
    let query = setting::shown::<Entity>(show)
        .apply_if(matching(typed), |q, condition| q.filter(condition));
    let columns = (Column::FoldedName, Column::Id);
    let page = page::by_name(db, query, columns, Model::cursor, after, most).await?;
    let parents: HashMap<Uuid, String> = Entity::find()
        .filter(
            COLUMN
                .id
                .is_in(page.rows.iter().filter_map(|o| o.parent_id)),
        )
        .all(db.reader())
        .await?
        .into_iter()
        .map(|o| (o.id, o.name))
        .collect();
    let rows = page
        .rows
        .into_iter()
        .map(|organisation| Row {
            parent_name: organisation
                .parent_id
                .and_then(|id| parents.get(&id).cloned()),
            organisation,
        })
        .collect();
    Ok(Page {
        rows,
        next: page.next,
    })
}

impl Model {
    /// Where a list by name goes on after this one.
    fn cursor(&self) -> Cursor {
        Cursor {
            key: self.folded_name.clone(),
            id: self.id,
        }
    }
}

/// Organisations in use by name.
pub async fn choices(db: &Db) -> Result<Vec<Choice>> {
    some(db, Condition::all()).await
}

/// Organisations in use by folded name and folded short name; a name goes before another one's short name.
pub async fn by_folded_names(db: &Db) -> Result<HashMap<String, Uuid>> {
    let rows = Entity::find()
        .filter(COLUMN.retired_at.is_null())
        .order_by_asc(Column::CreatedAt)
        .all(db.reader())
        .await?;
    let mut all = HashMap::with_capacity(rows.len() * 2);
    for row in &rows {
        all.entry(row.folded_name.clone()).or_insert(row.id);
    }
    for row in &rows {
        if let Some(short) = &row.short_name {
            all.entry(text::fold(short)).or_insert(row.id);
        }
    }
    Ok(all)
}

/// District offices in use by name.
pub async fn districts(db: &Db) -> Result<Vec<Choice>> {
    some(db, of_kind(OrganisationKind::DistrictOffice)).await
}

/// District offices in use by name, each with the short one on its tile.
pub async fn tiles(db: &Db) -> Result<Vec<(Choice, Option<String>)>> {
    let rows = in_use(db, of_kind(OrganisationKind::DistrictOffice)).await?;
    let tile = |mut row: Model| {
        let short = row.short_name.take();
        (choice(row), short)
    };
    Ok(rows.into_iter().map(tile).collect())
}

/// Vendors in use by name.
pub async fn vendors(db: &Db) -> Result<Vec<Choice>> {
    some(db, of_kind(OrganisationKind::Vendor)).await
}

/// Those that cases can be shared with, by name: vendors and data centres in use.
pub async fn partners(db: &Db) -> Result<Vec<Choice>> {
    let kind = Column::Kind.is_in(OrganisationKind::PARTNERS);
    some(db, Condition::all().add(kind)).await
}

/// The names of these organisations, retired or not.
pub async fn names(db: &Db, ids: &[Uuid]) -> Result<HashMap<Uuid, String>> {
    let rows = Entity::find()
        .filter(COLUMN.id.is_in(ids.iter().copied()))
        .all(db.reader())
        .await?;
    Ok(rows.into_iter().map(|o| (o.id, o.name)).collect())
}

/// Where an organisation gets its post, or the one above it when nobody has said so of itself and both are of one kind: the
/// post of a provider is not for the office it works for.
pub async fn postal_address(db: &Db, id: Option<Uuid>) -> Result<Option<String>> {
    let Some(id) = id else {
        return Ok(None);
    };
    let Some(own) = Entity::find_by_id(id).one(db.reader()).await? else {
        return Ok(None);
    };
    match (own.postal_address, own.parent_id) {
        (None, Some(above)) => {
            let above = Entity::find_by_id(above).one(db.reader()).await?;
            let above = above.filter(|above| above.kind == own.kind);
            Ok(above.and_then(|above| above.postal_address))
        }
        (address, _) => Ok(address),
    }
}

/// One organisation.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Model> {
    setting::find::<Entity>(db, actor, Permission::ManageOrganisations, id).await
}

fn of_kind(kind: OrganisationKind) -> Condition {
    Condition::all().add(Column::Kind.eq(kind))
}

async fn some(db: &Db, which: Condition) -> Result<Vec<Choice>> {
    Ok(in_use(db, which).await?.into_iter().map(choice).collect())
}

fn choice(row: Model) -> Choice {
    Choice {
        id: row.id,
        name: row.name,
    }
}

async fn in_use(db: &Db, which: Condition) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(COLUMN.retired_at.is_null())
        .filter(which)
        .order_by_asc(Column::FoldedName)
        .order_by_asc(Column::Id)
        .all(db.reader())
        .await?)
}

fn matching(typed: &str) -> Option<Condition> {
    let folded = text::fold(typed);
    if folded.is_empty() {
        return None;
    }
    let like = |column: Column, pattern: String| {
        Expr::col((Entity, column)).like(LikeExpr::new(pattern).escape('\\'))
    };
    let prefix = text::like_prefix(&folded);
    Some(
        Condition::any()
            .add(like(Column::FoldedName, format!("% {prefix}")))
            .add(like(Column::Domain, prefix.clone()))
            .add(like(Column::FoldedName, prefix)),
    )
}
