//! Reading settings, as far as all kinds of them are read alike.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{EntityTrait, PrimaryKeyTrait, QueryFilter, Select};
use uuid::Uuid;

use super::Show;
use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::policy::Permission;
use crate::text;

/// The rows of a table that are in use, or the retired ones too.
pub(crate) fn shown<E: EntityTrait>(show: Show) -> Select<E> {
    let retired_at = Expr::col((E::default().table_name(), "retired_at"));
    match show {
        Show::Active => E::find().filter(retired_at.is_null()),
        Show::All => E::find(),
    }
}

/// The same, sorted as people sort names.
pub(crate) async fn by_name<E: EntityTrait>(
    db: &Db,
    show: Show,
    name: impl Fn(&E::Model) -> (&str, Uuid),
) -> Result<Vec<E::Model>> {
    let mut rows = shown::<E>(show).all(db.reader()).await?;
    rows.sort_by_cached_key(|row| {
        let (name, id) = name(row);
        (text::fold(name), id)
    });
    Ok(rows)
}

/// One row.
///
/// # Errors
/// `Hidden` when there is none, or for those who may manage none.
pub(crate) async fn find<E>(
    db: &Db,
    actor: &Actor,
    manage: Permission,
    id: Uuid,
) -> Result<E::Model>
where
    E: EntityTrait<PrimaryKey: PrimaryKeyTrait<ValueType = Uuid>>,
{
    if !actor.may_somewhere(manage) {
        return Err(DeskError::Hidden);
    }
    E::find_by_id(id)
        .one(db.reader())
        .await?
        .ok_or(DeskError::Hidden)
}
