//! Claim rules as the settings show them, and as a sign-in applies them.

use std::collections::HashMap;

use sea_orm::{EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{COLUMN, Column, Entity, Gift, Gives, Model};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::Result;
use crate::policy::{self, Permission, Place};
use crate::setting::{self, Choice, Show};
use crate::{organisation, provider, role, team};

/// A line of the list, with the names behind the ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub rule: Model,
    pub provider_name: String,
    /// None when the role, team or organisation is retired: the rule gives nothing then.
    pub gift_name: Option<String>,
}

/// All rules by name.
///
/// # Errors
/// `Forbidden` for those who may not manage roles.
pub async fn list(db: &Db, actor: &Actor, show: Show) -> Result<Vec<Row>> {
    policy::require(actor, Permission::ManageRoles, Place::Desk)?;
    let rules = setting::by_name::<Entity>(db, show, |r| (&r.name, r.id)).await?;
    let providers = provider::list(db, actor, Show::All).await?;
    let providers: HashMap<Uuid, String> = providers.into_iter().map(|p| (p.id, p.name)).collect();
    let gifts = gift_names(db).await?;
    let row = |rule: Model| Row {
        provider_name: providers
            .get(&rule.provider_id)
            .cloned()
            .unwrap_or_default(),
        gift_name: gifts.get(&rule.gift()).cloned(),
        rule,
    };
    Ok(rules.into_iter().map(row).collect())
}

/// What can be given, with its name.
pub async fn gift_names(db: &Db) -> Result<HashMap<Gift, String>> {
    let (roles, teams, organisations) = tokio::try_join!(
        role::choices(db),
        team::choices(db),
        organisation::choices(db)
    )?;
    let of = |gives, choices: Vec<Choice>| {
        choices.into_iter().map(move |choice| {
            (
                Gift {
                    gives,
                    id: choice.id,
                },
                choice.name,
            )
        })
    };
    Ok(of(Gives::Role, roles)
        .chain(of(Gives::Team, teams))
        .chain(of(Gives::Organisation, organisations))
        .collect())
}

/// One rule.
///
/// # Errors
/// `Hidden` when there is none, or for those who may not manage roles.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Model> {
    setting::find::<Entity>(db, actor, Permission::ManageRoles, id).await
}

/// The rules in use for a provider, by name.
pub(super) async fn of_provider(db: &Db, provider_id: Uuid) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(COLUMN.provider_id.eq(provider_id))
        .filter(COLUMN.retired_at.is_null())
        .order_by_asc(Column::Name)
        .all(db.reader())
        .await?)
}
