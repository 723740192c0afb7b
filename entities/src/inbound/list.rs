//! Every mail that ever came in with its fate, found by mailbox, day, fate, sender or Message-ID.

use std::collections::HashMap;

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, SecondsFormat, Utc};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use super::{COLUMN, Column, Entity, Fate, Model};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::page::{Cursor, Page};
use crate::policy::{self, Permission, Place};
use crate::text;
use crate::ticket::{redact, show};

/// Which mails are wanted; all when nothing is set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    pub mailbox_id: Option<Uuid>,
    /// The day it was seen on, where the desk works.
    pub day: Option<NaiveDate>,
    pub fate: Option<Fate>,
    /// The whole address.
    pub sender: Option<String>,
    /// With or without angle brackets.
    pub mail_id: Option<String>,
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub mail: Model,
    pub content: Content,
}

/// Whether the actor may see what a mail says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// It belongs to no ticket.
    Free,
    /// It belongs to the ticket of this number, which the actor sees.
    Of(String),
    /// It belongs to a ticket the actor does not see, or something of it was blacked out.
    Hidden,
}

/// Mails that came in, the newest first.
///
/// # Errors
/// `Forbidden` without `SettleMail`.
pub async fn list(
    db: &Db,
    actor: &Actor,
    wanted: &Wanted,
    after: Option<&Cursor>,
    most: u64,
) -> Result<Page<Row>> {
    policy::require(actor, Permission::SettleMail, Place::Desk)?;
    let mails = page_query(wanted, after, most + 1).all(db.reader()).await?;
    let Page { rows: mails, next } = Page::cut(mails, most, cursor);
    let ids: Vec<Uuid> = mails.iter().filter_map(|m| m.ticket_id).collect();
    let numbers: HashMap<Uuid, String> = show::numbers_of(db, actor, &ids)
        .await?
        .into_iter()
        .collect();
    let rows = mails
        .into_iter()
        .map(|mail| {
            let content = match mail.ticket_id {
                None => Content::Free,
                Some(id) => numbers
                    .get(&id)
                    .map_or(Content::Hidden, |number| Content::Of(number.clone())),
            };
            Row { mail, content }
        })
        .collect();
    Ok(Page { rows, next })
}

/// One mail with the ticket it belongs to.
///
/// # Errors
/// `Forbidden` without `SettleMail`, `Hidden` when there is none.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Row> {
    let mail = super::failed::find(db, actor, id).await?;
    let content = match mail.ticket_id {
        _ if redact::sweep::is_redacted(db, &mail.sha256).await? => Content::Hidden,
        None => Content::Free,
        Some(ticket_id) => match show::by_id(db, actor, ticket_id).await {
            Ok(ticket) => Content::Of(ticket.number),
            Err(DeskError::Hidden) => Content::Hidden,
            Err(error) => return Err(error),
        },
    };
    Ok(Row { mail, content })
}

/// The query of [`list`].
pub fn page_query(wanted: &Wanted, after: Option<&Cursor>, most: u64) -> Select<Entity> {
    let mut query = Entity::find();
    if let Some(id) = wanted.mailbox_id {
        query = query.filter(COLUMN.mailbox_id.eq(id));
    }
    if let Some(day) = wanted.day {
        query = query.filter(COLUMN.seen_on.eq(day));
        if wanted.mailbox_id.is_none() {
            // A mail is stored soon after it was seen; the bounds let the index of all mails answer.
            let midnight = day.and_time(NaiveTime::MIN).and_utc();
            query = query
                .filter(COLUMN.received_at.gte(midnight - Duration::days(1)))
                .filter(COLUMN.received_at.lt(midnight + Duration::days(8)));
        }
    }
    if let Some(fate) = wanted.fate {
        query = query.filter(COLUMN.fate.eq(fate));
    }
    if let Some(sender) = &wanted.sender {
        query = query.filter(COLUMN.sender.eq(text::address(sender)));
    }
    if let Some(id) = &wanted.mail_id {
        let bare = id.trim().trim_start_matches('<').trim_end_matches('>');
        query = query.filter(COLUMN.mail_id.eq(bare));
    }
    if let Some(last) = after.and_then(place) {
        let here = Expr::tuple([Expr::col(Column::ReceivedAt), Expr::col(Column::Id)]);
        query = query.filter(here.lt(last));
    }
    query
        .order_by_desc(Column::ReceivedAt)
        .order_by_desc(Column::Id)
        .limit(most)
}

/// Where the next page begins.
pub(super) fn cursor(mail: &Model) -> Cursor {
    Cursor {
        key: mail
            .received_at
            .to_rfc3339_opts(SecondsFormat::Micros, true),
        id: mail.id,
    }
}

/// A cursor as the place it names.
pub(super) fn place(cursor: &Cursor) -> Option<Expr> {
    let at = DateTime::parse_from_rfc3339(&cursor.key).ok()?;
    let at = at.with_timezone(&Utc);
    Some(Expr::tuple([Expr::val(at), Expr::val(cursor.id)]))
}
