//! Which views somebody finds, and on which shelves they may keep some.

use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use uuid::Uuid;

use super::{COLUMN, Column, Entity, Model, Shelf};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::permit::Protected as _;
use crate::policy::{self, Permission, Scope};
use crate::setting::{Choice, Show, position};
use crate::team;

/// The most views somebody is shown.
const MOST: u64 = 500;

/// One's own views, those of one's teams, those for all, and those of teams one may share views with.
/// What a view shows is another question: always the reader's `visible_to`.
fn visible_to(actor: &Actor) -> Condition {
    let col = |name: &'static str| Expr::col(("view", name));
    if !actor.may_somewhere(Permission::ReadTickets) {
        return Condition::all().add(Expr::val(1).eq(2));
    }
    let mut any = Condition::any().add(
        Condition::all()
            .add(col("person_id").is_null())
            .add(col("team_id").is_null()),
    );
    if let Some(me) = actor.person_id() {
        any = any.add(col("person_id").eq(me));
    }
    any = any.add(col("team_id").is_in(actor.teams().iter().copied()));
    for scope in actor.scopes(Permission::ShareViews) {
        any = match scope {
            Scope::Everything => any.add(col("team_id").is_not_null()),
            Scope::Teams(ids) => any.add(col("team_id").is_in(ids)),
            Scope::OwnTeams
            | Scope::Services(_)
            | Scope::OwnOrganisation
            | Scope::FieldValues { .. } => any,
        };
    }
    any
}

/// One view, retired or not.
///
/// # Errors
/// `Hidden` when there is none, or for those who do not find it.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Model> {
    Entity::find_by_id(id)
        .filter(visible_to(actor))
        .one(db.reader())
        .await?
        .ok_or(DeskError::Hidden)
}

/// All views somebody finds: their own, then those of teams, then those for all, each in their order.
pub async fn list(db: &Db, actor: &Actor, show: Show) -> Result<Vec<Model>> {
    db.kept_setting((actor.clone(), show), async || read(db, actor, show).await)
        .await
}

async fn read(db: &Db, actor: &Actor, show: Show) -> Result<Vec<Model>> {
    let mut views = Entity::find()
        .filter(visible_to(actor))
        .apply_if(Some(show).filter(|s| *s == Show::Active), |q, _| {
            q.filter(COLUMN.retired_at.is_null())
        })
        .order_by_asc(Column::Position)
        .order_by_asc(Column::Id)
        .limit(MOST)
        .all(db.reader())
        .await?;
    views.sort_by_key(|view| match view.shelf() {
        Shelf::Person(id) => (0, id),
        Shelf::Team(id) => (1, id),
        Shelf::Everybody => (2, Uuid::nil()),
    });
    Ok(views)
}

/// Where somebody may keep views: for themselves first, with the names of their teams.
pub async fn shelves(db: &Db, actor: &Actor) -> Result<Vec<(Shelf, Option<String>)>> {
    let may = |shelf: &Shelf| policy::allows(actor, Permission::ShareViews, shelf.place());
    let mut all: Vec<(Shelf, Option<String>)> = Vec::new();
    all.extend(actor.person_id().map(|me| (Shelf::Person(me), None)));
    let team = |team: Choice| (Shelf::Team(team.id), Some(team.name));
    if actor.may_somewhere(Permission::ShareViews) {
        all.extend(team::choices(db).await?.into_iter().map(team));
        all.push((Shelf::Everybody, None));
    }
    all.retain(|(shelf, _)| may(shelf));
    Ok(all)
}

/// The place behind all others of a shelf.
pub async fn next_position(db: &Db, shelf: Shelf) -> Result<i32> {
    let of_shelf = Entity::find().filter(COLUMN.shelf.eq(shelf.key()));
    position::behind(db, of_shelf, Column::Position).await
}
