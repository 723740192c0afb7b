//! The mails that came last, for trying a filter on them.

use sea_orm::FromQueryResult;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Order, Query};
use uuid::Uuid;

use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::policy::{self, Permission, Place};

/// A mail as it came, with the number of the ticket it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Row {
    pub id: Uuid,
    pub mailbox_id: Uuid,
    pub sha256: String,
    pub size_bytes: i64,
    pub received_at: Instant,
    pub number: Option<String>,
}

/// The mails that came last, the newest first; those in tickets the actor may not see are left out.
///
/// # Errors
/// `Forbidden` for those who may not manage mailboxes.
pub async fn newest(db: &Db, actor: &Actor, most: u64) -> Result<Vec<Row>> {
    policy::require(actor, Permission::ManageMailboxes, Place::Desk)?;
    let of = |column: &'static str| Expr::col(("inbound_mail", column));
    let query = Query::select()
        .expr_as(of("id"), "id")
        .expr_as(of("mailbox_id"), "mailbox_id")
        .expr_as(of("sha256"), "sha256")
        .expr_as(of("size_bytes"), "size_bytes")
        .expr_as(of("received_at"), "received_at")
        .expr_as(Expr::col(("ticket", "number")), "number")
        .from("inbound_mail")
        .left_join(
            "ticket",
            Expr::col(("ticket", "id")).equals(("inbound_mail", "ticket_id")),
        )
        .cond_where(
            Condition::any()
                .add(of("ticket_id").is_null())
                .add(policy::tickets_where(actor, Permission::ReadTickets)),
        )
        .order_by(("inbound_mail", "received_at"), Order::Desc)
        .order_by(("inbound_mail", "id"), Order::Desc)
        .limit(most)
        .to_owned();
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    Ok(Row::find_by_statement(backend.build(&query))
        .all(db.reader())
        .await?)
}
