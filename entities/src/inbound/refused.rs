//! Mail that was turned away before it could be stored: too large, or for a mailbox that is not there.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{QueryOrder, QuerySelect};
use sha2::{Digest as _, Sha256};

use super::settle::Facts;
use crate::actor::Actor;
use crate::db::Db;
use crate::error::Result;
use crate::page::{Cursor, Page};
use crate::policy::{self, Permission, Place};

/// One mail, however often its server tried.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "refused_mail")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The name or address it was for, as it was given.
    pub mailbox: String,
    /// `too_large` or `no_mailbox`.
    pub why: String,
    /// Of mailbox, reason and the beginning of the mail.
    pub digest: String,
    pub subject: Option<String>,
    pub sender: Option<String>,
    pub mail_id: Option<String>,
    /// As far as it was read.
    pub size_bytes: i64,
    pub times: i32,
    pub first_at: DateTimeUtc,
    pub last_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// Why a mail was turned away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    TooLarge,
    NoMailbox,
}

impl Why {
    /// The stored name.
    pub fn name(self) -> &'static str {
        match self {
            Why::TooLarge => "too_large",
            Why::NoMailbox => "no_mailbox",
        }
    }
}

/// Writes down that a mail was turned away; `head` is its beginning, by which another try is known.
pub async fn note(
    db: &Db,
    mailbox: &str,
    why: Why,
    facts: &Facts,
    head: &[u8],
    size_bytes: i64,
) -> Result<()> {
    let mut digest = Sha256::new();
    digest.update(format!("{mailbox}\n{}\n", why.name()));
    digest.update(head);
    let digest = hex::encode(digest.finalize());
    let now = db.clock().now();
    db.write_statement(
        "INSERT INTO refused_mail (id, mailbox, why, digest, subject, sender, mail_id, size_bytes, times, first_at, last_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $9) ON CONFLICT (digest) DO UPDATE \
         SET times = refused_mail.times + 1, last_at = excluded.last_at",
        vec![
            crate::new_id().into(),
            mailbox.into(),
            why.name().into(),
            digest.into(),
            facts.subject.clone().into(),
            facts.sender.clone().into(),
            facts.mail_id.clone().into(),
            size_bytes.into(),
            now.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Mails that were turned away, the newest try first.
///
/// # Errors
/// `Forbidden` without `SettleMail`.
pub async fn list(
    db: &Db,
    actor: &Actor,
    after: Option<&Cursor>,
    most: u64,
) -> Result<Page<Model>> {
    policy::require(actor, Permission::SettleMail, Place::Desk)?;
    let mut query = Entity::find();
    if let Some(last) = after.and_then(super::list::place) {
        let here = Expr::tuple([Expr::col(Column::LastAt), Expr::col(Column::Id)]);
        query = query.filter(here.lt(last));
    }
    let rows = query
        .order_by_desc(Column::LastAt)
        .order_by_desc(Column::Id)
        .limit(most + 1)
        .all(db.reader())
        .await?;
    Ok(Page::cut(rows, most, |row| Cursor {
        key: row
            .last_at
            .to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
        id: row.id,
    }))
}
