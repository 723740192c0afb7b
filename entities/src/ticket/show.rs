//! One ticket with the names around it, as far as the actor may see it.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{EntityTrait, FromQueryResult, QueryFilter, Select, Statement};
use tokio::try_join;
use uuid::Uuid;

use super::register::register;
use super::{held, number, table};
use crate::actor::Actor;
use crate::db::{Db, few_forms};
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
    let found = visible_to(actor)
        .filter(table::COLUMN.number.eq(number))
        .one(db.reader())
        .await?;
    held::of_one(db, actor, found)
        .await?
        .ok_or(DeskError::Hidden)
}

/// A ticket by its id.
///
/// # Errors
/// `Hidden` when there is none or the actor may not see it.
pub async fn by_id(db: &Db, actor: &Actor, id: Uuid) -> Result<table::Model> {
    let found = visible_to(actor)
        .filter(table::COLUMN.id.eq(id))
        .one(db.reader())
        .await?;
    held::of_one(db, actor, found)
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
    #[sea_orm(skip)]
    pub district: Option<String>,
    #[sea_orm(skip)]
    pub district_short_name: Option<String>,
    #[sea_orm(skip)]
    pub team: Option<String>,
    #[sea_orm(skip)]
    pub service: Option<String>,
    /// The service a module belongs to.
    #[sea_orm(skip)]
    pub parent_service: Option<String>,
    pub mailbox_address: Option<String>,
    pub mailbox_name: Option<String>,
}

/// The names around a ticket the actor has already found.
pub async fn names(db: &Db, ticket: &table::Model) -> Result<Names> {
    // Each name by its key: PostgreSQL takes longer to plan joins than to answer them.
    let sql = "SELECT (SELECT name FROM person WHERE id = t.owner_id) AS owner, \
               (SELECT name FROM person WHERE id = t.requester_id) AS requester, \
               (SELECT email FROM person WHERE id = t.requester_id) AS requester_email, \
               (SELECT phone FROM person WHERE id = t.requester_id) AS requester_phone, \
               (SELECT name FROM organisation WHERE id = t.organisation_id) AS organisation, \
               (SELECT address FROM mailbox WHERE id = t.mailbox_id) AS mailbox_address, \
               (SELECT display_name FROM mailbox WHERE id = t.mailbox_id) AS mailbox_name \
               FROM ticket t WHERE t.id = $1";
    let backend = db.reader().get_database_backend();
    let row = Names::find_by_statement(Statement::from_sql_and_values(
        backend,
        sql,
        [ticket.id.into()],
    ));
    let row = async { Ok(row.one(db.reader()).await?) };
    let (row, register) = try_join!(row, register(db, ticket.district_id.into_iter()))?;
    let mut names = row.unwrap_or_default();
    (names.parent_service, names.service) = register.service(ticket.service_id);
    (names.district, names.district_short_name) = register.district(ticket.district_id);
    names.team = register.team(ticket.team_id);
    Ok(names)
}

/// The numbers of those of these tickets that the actor sees.
pub async fn numbers_of(db: &Db, actor: &Actor, ids: &[Uuid]) -> Result<Vec<(Uuid, String)>> {
    use sea_orm::QuerySelect;
    Ok(visible_to(actor)
        .filter(Expr::col(("ticket", "id")).is_in(few_forms(ids.iter().copied())))
        .select_only()
        .columns([table::Column::Id, table::Column::Number])
        .into_tuple()
        .all(db.reader())
        .await?)
}
