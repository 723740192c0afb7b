//! Mailboxes as the settings show them, with when each was last looked into.

use std::collections::HashMap;

use sea_orm::{FromQueryResult, QueryOrder, Statement};
use uuid::Uuid;

use super::{Column, Doing, Entity, Model};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::policy::Permission;
use crate::setting::{self, Choice, Show};

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub mailbox: Model,
    /// None before the first look over IMAP.
    pub looked: Option<Looked>,
}

/// How the last looks into a mailbox went.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Looked {
    pub mailbox_id: Uuid,
    pub last_success_at: Option<Instant>,
    pub last_failure_at: Option<Instant>,
    /// What kind of thing went wrong: `connect`, `sign_in`, …
    pub last_failure_kind: Option<String>,
    /// What went wrong, in the words of the server or the library.
    pub last_failure: Option<String>,
    pub claimed_until: Option<Instant>,
    pub doing: Option<Doing>,
    pub doing_since: Option<Instant>,
    pub taken: i64,
    pub to_take: i64,
    /// Mails that are older than the first day.
    pub left_old: i64,
}

impl Looked {
    /// What the mailbox's reader does at that instant; none when no process reads it.
    pub fn doing_at(&self, now: Instant) -> Option<Doing> {
        let claimed = self.claimed_until.is_some_and(|until| until >= now);
        self.doing.filter(|_| claimed)
    }

    /// The failure that no success has followed.
    pub fn failing(&self) -> Option<&str> {
        let failed = self.last_failure_at?;
        if self.last_success_at.is_some_and(|ok| ok >= failed) {
            return None;
        }
        self.last_failure.as_deref()
    }
}

/// All mailboxes by name.
pub async fn list(db: &Db, actor: &Actor, show: Show) -> Result<Vec<Row>> {
    if !actor.may_somewhere(Permission::ManageMailboxes) {
        return Err(DeskError::Forbidden);
    }
    let sql = "SELECT mailbox_id, last_success_at, last_failure_at, last_failure_kind, last_failure, claimed_until, \
               doing, doing_since, taken, to_take, left_old FROM mailbox_state";
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    let mut looked: HashMap<Uuid, Looked> =
        Looked::find_by_statement(Statement::from_string(backend, sql))
            .all(db.reader())
            .await?
            .into_iter()
            .map(|l| (l.mailbox_id, l))
            .collect();
    Ok(all(db, show)
        .await?
        .into_iter()
        .map(|mailbox| Row {
            looked: looked.remove(&mailbox.id),
            mailbox,
        })
        .collect())
}

/// The address people can write to: that of the first mailbox in use.
pub async fn public_address(db: &Db) -> Result<Option<String>> {
    let first = all(db, Show::Active).await?.into_iter().next();
    Ok(first.map(|mailbox| mailbox.address))
}

/// Mailboxes in use by name.
pub async fn choices(db: &Db) -> Result<Vec<Choice>> {
    db.kept_setting(EveryChoice, async || choices_of(db, Show::Active).await)
        .await
}

/// The question that [`choices`] answers.
#[derive(PartialEq, Eq, Hash)]
struct EveryChoice;

/// The mailbox that answers where a ticket names none: the one that is always there, else the first.
pub async fn usual(db: &Db) -> Result<Option<Uuid>> {
    let all = choices(db).await?;
    let usual = all.iter().find(|choice| choice.name == "default");
    Ok(usual.or(all.first()).map(|choice| choice.id))
}

/// All mailboxes by name, or those in use.
pub async fn choices_of(db: &Db, show: Show) -> Result<Vec<Choice>> {
    let choice = |m: Model| Choice {
        id: m.id,
        name: m.name,
    };
    Ok(all(db, show).await?.into_iter().map(choice).collect())
}

/// One mailbox.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Model> {
    setting::find::<Entity>(db, actor, Permission::ManageMailboxes, id).await
}

async fn all(db: &Db, show: Show) -> Result<Vec<Model>> {
    Ok(setting::shown::<Entity>(show)
        .order_by_asc(Column::Name)
        .all(db.reader())
        .await?)
}
