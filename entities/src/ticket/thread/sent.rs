//! What people of the desk have answered.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::db::Db;
use crate::error::Result;
use crate::ticket::{Audience, Channel, Delivery, Direction, message, table};

/// The newest answers that somebody wrote to the requester of a ticket the actor has already found, the newest first;
/// without those that were taken back, and without what was said in calls.
pub async fn answers(db: &Db, ticket: &table::Model, most: u64) -> Result<Vec<message::Model>> {
    Ok(message::Entity::find()
        .filter(message::COLUMN.ticket_id.eq(ticket.id))
        .filter(message::COLUMN.audience.eq(Audience::Requester))
        .filter(message::COLUMN.direction.eq(Direction::Out))
        .filter(message::COLUMN.channel.ne(Channel::Phone))
        .filter(message::COLUMN.author_id.is_not_null())
        .filter(message::COLUMN.delivery.ne(Delivery::Withdrawn))
        .order_by_desc(message::Column::CreatedAt)
        .order_by_desc(message::Column::Number)
        .limit(most)
        .all(db.reader())
        .await?)
}
