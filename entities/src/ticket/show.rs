//! One ticket with the names around it, as far as the actor may see it.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{EntityTrait, FromQueryResult, QueryFilter, Select, Statement};
use uuid::Uuid;

use super::{number, table};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::permit::Protected;
use crate::policy::{self, Permission, Place};

/// The tickets an actor may see: where every read begins.
pub fn visible_to(actor: &Actor) -> Select<table::Entity> {
    table::Entity::find().filter(policy::tickets_where(actor, Permission::ReadTickets))
}

/// A ticket by the number in its address.
///
/// # Errors
/// `Hidden` when there is none or the actor may not see it.
pub async fn by_number(db: &Db, actor: &Actor, typed: &str) -> Result<table::Model> {
    let number = number::parse(typed).ok_or(DeskError::Hidden)?;
    visible_to(actor)
        .filter(table::COLUMN.number.eq(number))
        .one(db.reader())
        .await?
        .ok_or(DeskError::Hidden)
}

/// A ticket by its id.
///
/// # Errors
/// `Hidden` when there is none or the actor may not see it.
pub async fn by_id(db: &Db, actor: &Actor, id: Uuid) -> Result<table::Model> {
    visible_to(actor)
        .filter(table::COLUMN.id.eq(id))
        .one(db.reader())
        .await?
        .ok_or(DeskError::Hidden)
}

impl Protected for table::Model {
    fn place(&self) -> Place {
        table::Model::place(self)
    }

    async fn find(db: &Db, actor: &Actor, key: &str) -> Result<Self> {
        by_number(db, actor, key).await
    }
}

/// The names a ticket's page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct Names {
    pub owner: Option<String>,
    pub requester: Option<String>,
    pub requester_email: Option<String>,
    pub requester_phone: Option<String>,
    pub organisation: Option<String>,
    pub district: Option<String>,
    pub district_short_name: Option<String>,
    pub team: Option<String>,
    pub service: Option<String>,
    /// The service a module belongs to.
    pub parent_service: Option<String>,
    pub mailbox_address: Option<String>,
    pub mailbox_name: Option<String>,
}

/// The names around a ticket the actor has already found.
pub async fn names(db: &Db, ticket: &table::Model) -> Result<Names> {
    let sql = "SELECT o.name AS owner, r.name AS requester, r.email AS requester_email, r.phone AS requester_phone, \
               g.name AS organisation, d.name AS district, d.short_name AS district_short_name, m.name AS team, \
               s.name AS service, p.name AS parent_service, x.address AS mailbox_address, \
               x.display_name AS mailbox_name \
               FROM ticket t LEFT JOIN person o ON o.id = t.owner_id LEFT JOIN person r ON r.id = t.requester_id \
               LEFT JOIN organisation g ON g.id = t.organisation_id LEFT JOIN organisation d ON d.id = t.district_id \
               LEFT JOIN team m ON m.id = t.team_id LEFT JOIN service s ON s.id = t.service_id \
               LEFT JOIN service p ON p.id = s.parent_id LEFT JOIN mailbox x ON x.id = t.mailbox_id \
               WHERE t.id = $1";
    let backend = db.reader().get_database_backend();
    let row = Names::find_by_statement(Statement::from_sql_and_values(
        backend,
        sql,
        [ticket.id.into()],
    ))
    .one(db.reader())
    .await?;
    Ok(row.unwrap_or_default())
}

/// The tickets before and after this one in a list the reader came from, by number.
pub async fn numbers_of(db: &Db, actor: &Actor, ids: &[Uuid]) -> Result<Vec<(Uuid, String)>> {
    use sea_orm::QuerySelect;
    Ok(visible_to(actor)
        .filter(Expr::col(("ticket", "id")).is_in(ids.iter().copied()))
        .select_only()
        .columns([table::Column::Id, table::Column::Number])
        .into_tuple()
        .all(db.reader())
        .await?)
}
