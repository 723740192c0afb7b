//! The mails of a thread, as far as an answer names them: without what stands in them.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use crate::db::{Db, few_forms};
use crate::error::Result;
use crate::ticket::state::{Audience, Channel, Direction};
use crate::ticket::{message, table};

/// A mail of a thread, as far as an answer names it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct ThreadMail {
    pub direction: Direction,
    /// Message-ID without angle brackets.
    pub mail_id: String,
    /// Space-separated ids, oldest first.
    pub mail_references: Option<String>,
    threaded_by: Option<String>,
    mail_facts: Option<String>,
}

impl ThreadMail {
    /// Whether a machine wrote it.
    pub fn is_by_machine(&self) -> bool {
        message::is_by_machine(self.threaded_by.as_deref(), self.mail_facts.as_deref())
    }
}

/// The mails to and from an audience, oldest first, without what stands in them.
pub async fn mails(db: &Db, ticket: &table::Model, audience: Audience) -> Result<Vec<ThreadMail>> {
    let some = message::Entity::find()
        .filter(message::COLUMN.ticket_id.eq(ticket.id))
        .filter(message::COLUMN.audience.eq(audience));
    mails_among(db, some).await
}

/// The same of the mails to and from one vendor.
pub(in crate::ticket) async fn mails_of_share(db: &Db, share_id: Uuid) -> Result<Vec<ThreadMail>> {
    let some = message::Entity::find().filter(message::COLUMN.share_id.eq(share_id));
    mails_among(db, some).await
}

#[derive(FromQueryResult)]
struct MailOf {
    ticket_id: Uuid,
    #[sea_orm(nested)]
    mail: ThreadMail,
}

/// By ticket, the mails to and from its requester.
pub(crate) async fn mails_of_requesters(
    db: &Db,
    tickets: &[Uuid],
) -> Result<HashMap<Uuid, Vec<ThreadMail>>> {
    let some = message::Entity::find()
        .filter(message::Column::TicketId.is_in(few_forms(tickets.iter().copied())))
        .filter(message::COLUMN.audience.eq(Audience::Requester));
    let rows = named_mails(some)
        .column(message::Column::TicketId)
        .into_model::<MailOf>()
        .all(db.reader())
        .await?;
    let mut mails: HashMap<Uuid, Vec<ThreadMail>> = HashMap::new();
    for row in rows {
        mails.entry(row.ticket_id).or_default().push(row.mail);
    }
    Ok(mails)
}

async fn mails_among(db: &Db, some: Select<message::Entity>) -> Result<Vec<ThreadMail>> {
    Ok(named_mails(some).into_model().all(db.reader()).await?)
}

/// The mails among some messages, oldest first, with what an answer names of them.
fn named_mails(some: Select<message::Entity>) -> Select<message::Entity> {
    some.select_only()
        .columns([
            message::Column::Direction,
            message::Column::MailId,
            message::Column::MailReferences,
            message::Column::ThreadedBy,
            message::Column::MailFacts,
        ])
        .filter(message::COLUMN.channel.eq(Channel::Mail))
        .filter(message::COLUMN.mail_id.is_not_null())
        .order_by_asc(message::Column::CreatedAt)
        .order_by_asc(message::Column::Number)
}
