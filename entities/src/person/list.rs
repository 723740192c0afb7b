//! People as the settings show them, and those who can own tickets.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, LikeExpr};
use sea_orm::{EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QueryTrait, Statement};
use uuid::Uuid;

use super::{COLUMN, Column, Entity, Model, Person, Salutation, membership};
use crate::actor::Actor;
use crate::claim_rule::gift;
use crate::clock::day;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::guest::invitation;
use crate::identity;
use crate::organisation;
use crate::page::{self, Cursor, Page};
use crate::policy::Permission;
use crate::role::person_role;
use crate::second_factor;
use crate::setting::{self, Choice, Show};
use crate::text;

/// A line of the list of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub person: Model,
    /// The organisation the person belongs to now.
    pub organisation_name: Option<String>,
    /// The roles the person holds, by name.
    pub role_names: Vec<String>,
}

/// People by name, those that match the text only.
pub async fn list(
    db: &Db,
    actor: &Actor,
    show: Show,
    typed: &str,
    after: Option<&Cursor>,
    most: u64,
) -> Result<Page<Row>> {
    if !actor.may_somewhere(Permission::ManagePeople) {
        return Err(DeskError::Forbidden);
    }
    let query = setting::shown::<Entity>(show)
        .apply_if(matching(typed), |q, condition| q.filter(condition));
    let columns = (Column::FoldedName, Column::Id);
    let page = page::by_name(db, query, columns, Model::cursor, after, most).await?;
    let ids: Vec<Uuid> = page.rows.iter().map(|p| p.id).collect();
    let organisations = organisations_of(db, &ids).await?;
    let mut roles = roles_of(db, &ids).await?;
    let rows = page
        .rows
        .into_iter()
        .map(|person| Row {
            organisation_name: organisations.get(&person.id).map(|(_, name)| name.clone()),
            role_names: roles.remove(&person.id).unwrap_or_default(),
            person,
        })
        .collect();
    Ok(Page {
        rows,
        next: page.next,
    })
}

/// Those whom a name or address fits, retired ones too, for whoever says what roles may.
pub async fn named(db: &Db, actor: &Actor, typed: &str, most: u64) -> Result<Vec<Model>> {
    if !actor.may_somewhere(Permission::ManageRoles) {
        return Err(DeskError::Forbidden);
    }
    let query = setting::shown::<Entity>(Show::All)
        .apply_if(matching(typed), |q, condition| q.filter(condition));
    let columns = (Column::FoldedName, Column::Id);
    let page = page::by_name(db, query, columns, Model::cursor, None, most).await?;
    Ok(page.rows)
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

/// One person with roles, memberships and identities.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Person> {
    let row = setting::find::<Entity>(db, actor, Permission::ManagePeople, id).await?;
    whole(db, row).await
}

/// The same of somebody who is signing in.
pub(crate) async fn standing(db: &Db, id: Uuid) -> Result<Person> {
    let row = Entity::find_by_id(id).one(db.reader()).await?;
    whole(db, row.ok_or(DeskError::Hidden)?).await
}

async fn whole(db: &Db, row: Model) -> Result<Person> {
    let id = row.id;
    let roles = person_role::Entity::find()
        .filter(person_role::COLUMN.person_id.eq(id))
        .all(db.reader())
        .await?;
    let memberships = membership::Entity::find()
        .filter(membership::COLUMN.person_id.eq(id))
        .all(db.reader())
        .await?;
    let identities = identity::Entity::find()
        .filter(identity::COLUMN.person_id.eq(id))
        .all(db.reader())
        .await?;
    let gifts = gift::of(db.reader(), vec![id]).await?;
    let factor = second_factor::Entity::find_by_id(id)
        .one(db.reader())
        .await?;
    let invitation = invitation::Entity::find_by_id(id).one(db.reader()).await?;
    Ok(Person::of(row, &roles, &memberships, &identities)
        .given(&gifts)
        .secured(factor.as_slice())
        .invited(invitation.as_slice()))
}

/// Those who hold a role that can work on tickets, by name: who may own one.
pub async fn agents(db: &Db) -> Result<Vec<Choice>> {
    holders(db, Permission::Reply).await
}

/// Those who hold a permission, in whatever scope, by name.
pub async fn holders(db: &Db, permission: Permission) -> Result<Vec<Choice>> {
    let sql = "SELECT p.id, p.name FROM person p WHERE p.retired_at IS NULL AND EXISTS (SELECT 1 FROM person_role pr \
               JOIN role r ON r.id = pr.role_id AND r.retired_at IS NULL JOIN \"grant\" g ON g.role_id = r.id \
               WHERE pr.person_id = p.id AND g.permission = $1) ORDER BY p.folded_name, p.id";
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    db.kept_setting(Holders(permission), async || {
        let of = [permission.name().into()];
        let statement = Statement::from_sql_and_values(backend, sql, of);
        let found = Choice::find_by_statement(statement);
        Ok(found.all(db.reader()).await?)
    })
    .await
}

/// The question that [`holders`] answers.
#[derive(PartialEq, Eq, Hash)]
struct Holders(Permission);

/// Names of persons, retired or not, by name.
pub async fn names(db: &Db, ids: &[Uuid]) -> Result<Vec<Choice>> {
    let people = Entity::find()
        .filter(COLUMN.id.is_in(ids.iter().copied()))
        .order_by_asc(Column::FoldedName)
        .all(db.reader())
        .await?;
    let choice = |p: Model| Choice {
        id: p.id,
        name: p.name,
    };
    Ok(people.into_iter().map(choice).collect())
}

/// How somebody is written to.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Addressed {
    pub id: Uuid,
    pub name: String,
    pub salutation: Option<Salutation>,
    pub email: Option<String>,
    pub phone: Option<String>,
}

/// How these people are written to.
pub async fn addressed(db: &Db, ids: &[Uuid]) -> Result<Vec<Addressed>> {
    let all = Entity::find()
        .filter(COLUMN.id.is_in(ids.iter().copied()))
        .into_model::<Addressed>();
    Ok(all.all(db.reader()).await?)
}

/// The same by the person.
pub async fn names_by_id(db: &Db, ids: &[Uuid]) -> Result<HashMap<Uuid, String>> {
    let names = names(db, ids).await?.into_iter();
    Ok(names.map(|person| (person.id, person.name)).collect())
}

/// What a person must match: every word begins a part of the name, or it is a number or a mail address.
/// None when nothing was typed.
pub(super) fn matching(typed: &str) -> Option<Condition> {
    let folded = text::fold(typed);
    if folded.is_empty() {
        return None;
    }
    let like = |column: Column, pattern: String| {
        Expr::col((Entity, column)).like(LikeExpr::new(pattern).escape('\\'))
    };
    let words = folded.split(' ').fold(Condition::all(), |all, word| {
        let prefix = text::like_prefix(word);
        let inner = format!("% {prefix}");
        all.add(
            Condition::any()
                .add(like(Column::FoldedName, prefix))
                .add(like(Column::FoldedName, inner)),
        )
    });
    let mut any = Condition::any()
        .add(words)
        .add(like(Column::Email, text::like_prefix(&folded)));
    let digits = text::phone_digits(typed);
    if digits.len() >= 3 && !typed.contains(char::is_alphabetic) {
        // An extension is what people remember of a number.
        any = any.add(like(Column::PhoneDigits, format!("%{digits}%")));
    }
    Some(any)
}

/// The organisation each person belongs to now: id and name.
pub(super) async fn organisations_of(
    db: &Db,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, (Uuid, String)>> {
    let today: NaiveDate = day(db.clock().now());
    let rows = membership::Entity::find()
        .filter(membership::COLUMN.person_id.is_in(ids.iter().copied()))
        .all(db.reader())
        .await?;
    let mut current: Vec<_> = rows.into_iter().filter(|m| m.is_current(today)).collect();
    current.sort_by_key(|m| (m.from_on, m.organisation_id));
    let names: HashMap<Uuid, String> = organisation::Entity::find()
        .filter(
            organisation::COLUMN
                .id
                .is_in(current.iter().map(|m| m.organisation_id)),
        )
        .all(db.reader())
        .await?
        .into_iter()
        .map(|o| (o.id, o.name))
        .collect();
    let mut all = HashMap::new();
    for m in current {
        if let Some(name) = names.get(&m.organisation_id) {
            all.entry(m.person_id)
                .or_insert_with(|| (m.organisation_id, name.clone()));
        }
    }
    Ok(all)
}

async fn roles_of(db: &Db, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<String>>> {
    let held = person_role::Entity::find()
        .filter(person_role::COLUMN.person_id.is_in(ids.iter().copied()))
        .all(db.reader())
        .await?;
    let names = crate::role::choices(db).await?;
    let mut all: HashMap<Uuid, Vec<String>> = HashMap::new();
    for choice in names {
        for held in held.iter().filter(|h| h.role_id == choice.id) {
            all.entry(held.person_id)
                .or_default()
                .push(choice.name.clone());
        }
    }
    Ok(all)
}
