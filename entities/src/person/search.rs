//! Find a person while typing: by name, phone number or mail address.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::list::{matching, organisations_of};
use super::{COLUMN, Column, Entity, Model};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::Result;
use crate::organisation::district::Family;
use crate::policy::{self, Permission};
use crate::ticket::filter::is_active;

/// A person as the phone form and the recipients of a reply show them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub id: Uuid,
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub organisation_id: Option<Uuid>,
    pub organisation_name: Option<String>,
    /// The district office the organisation is or belongs to.
    pub district_id: Option<Uuid>,
    pub district_name: Option<String>,
    /// Open tickets of this person that the actor sees.
    pub open_tickets: i64,
}

/// Whoever may one of these finds people.
const MAY: [Permission; 3] = [
    Permission::CreateTickets,
    Permission::Reply,
    Permission::ManagePeople,
];

/// Persons in use whose name has parts beginning with every typed word, or whose phone number or mail
/// address matches; by name. Nobody for one who neither opens nor reads tickets.
pub async fn search(db: &Db, actor: &Actor, typed: &str, most: u64) -> Result<Vec<Found>> {
    let Some(condition) = matching(typed) else {
        return Ok(vec![]);
    };
    if !MAY.into_iter().any(|p| actor.may_somewhere(p)) {
        return Ok(vec![]);
    }
    let people = Entity::find()
        .filter(COLUMN.retired_at.is_null())
        .filter(condition)
        .order_by_asc(Column::FoldedName)
        .order_by_asc(Column::Id)
        .limit(most)
        .all(db.reader())
        .await?;
    found(db, actor, people).await
}

/// One person in use, as the search would find them; none for one who neither opens nor reads tickets.
pub async fn by_id(db: &Db, actor: &Actor, id: Uuid) -> Result<Option<Found>> {
    if !MAY.into_iter().any(|p| actor.may_somewhere(p)) {
        return Ok(None);
    }
    let person = Entity::find_by_id(id)
        .filter(COLUMN.retired_at.is_null())
        .one(db.reader())
        .await?;
    Ok(found(db, actor, person.into_iter().collect()).await?.pop())
}

async fn found(db: &Db, actor: &Actor, people: Vec<Model>) -> Result<Vec<Found>> {
    let ids: Vec<Uuid> = people.iter().map(|p| p.id).collect();
    let organisations = organisations_of(db, &ids).await?;
    let family = Family::load(db, organisations.values().map(|(id, _)| *id)).await?;
    let open = open_tickets(db, actor, &ids).await?;
    Ok(people
        .into_iter()
        .map(|p| {
            let organisation = organisations.get(&p.id);
            let district = organisation.and_then(|(id, _)| family.district(*id));
            Found {
                id: p.id,
                name: p.name,
                email: p.email,
                phone: p.phone,
                organisation_id: organisation.map(|(id, _)| *id),
                organisation_name: organisation.map(|(_, name)| name.clone()),
                district_id: district.map(|d| d.id),
                district_name: district.map(|d| d.name.clone()),
                open_tickets: open.get(&p.id).copied().unwrap_or(0),
            }
        })
        .collect())
}

#[derive(FromQueryResult)]
struct Open {
    requester_id: Uuid,
    n: i64,
}

async fn open_tickets(db: &Db, actor: &Actor, ids: &[Uuid]) -> Result<HashMap<Uuid, i64>> {
    let col = |name: &'static str| Expr::col(("ticket", name));
    let query = Query::select()
        .expr_as(col("requester_id"), "requester_id")
        .expr_as(col("id").count(), "n")
        .from("ticket")
        .and_where(col("requester_id").is_in(ids.iter().copied()))
        .and_where(is_active(true))
        .cond_where(policy::tickets_where(actor, Permission::ReadTickets))
        .add_group_by([col("requester_id")])
        .to_owned();
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    Ok(Open::find_by_statement(backend.build(&query))
        .all(db.reader())
        .await?
        .into_iter()
        .map(|o| (o.requester_id, o.n))
        .collect())
}
