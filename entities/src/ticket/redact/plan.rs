//! What is left of a ticket's messages once something is blacked out, and of their copies in other tickets.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, Statement};
use uuid::Uuid;

use super::black::Blackener;
use super::{Entity, Model};
use crate::clock::Instant;
use crate::db::{Db, few_forms, places};
use crate::error::{Rejected, Result};
use crate::ticket::attachment::{self, Model as File};
use crate::ticket::event::{Redacted, RedactionEvent, TicketEvent};
use crate::ticket::message::{self, Addresses, Model as Message};
use crate::ticket::state::Delivery;
use crate::ticket::table::{self, Model as Ticket};

/// What is left of a message. Its old salt goes with what it salted: nobody can try out what stood there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remains {
    pub message_id: Uuid,
    pub subject: Option<String>,
    pub body: String,
    /// None when there was none, or when a passage stood in it.
    pub html: Option<String>,
    pub addresses: Addresses,
    /// The mail that was stored as it came, which goes.
    pub raw_gone: Option<String>,
    /// What is stored in its place; whoever runs the plan writes it.
    pub raw: Option<String>,
    pub salt: Vec<u8>,
    /// The time it was written, and its Message-ID, for what is stored in place of the mail.
    pub written_at: Instant,
    pub mail_id: Option<String>,
}

/// A file that goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    pub id: Uuid,
    pub message_id: Uuid,
    pub name: String,
    pub sha256: String,
}

/// Everything that a request changes in a ticket, as it stands.
#[derive(Clone, Debug)]
pub struct Plan {
    pub request: Model,
    pub remains: Vec<Remains>,
    pub files: Vec<Gone>,
    /// The same in tickets where its messages stand once more, and in those merged into one of them.
    pub elsewhere: Vec<Plan>,
    pub(super) ticket_id: Uuid,
    pub(super) title: Option<String>,
    version: i32,
    is_waiting: bool,
}

impl Plan {
    /// Looks through all messages of the ticket: a passage is quoted, a file is passed on. Copies of them are followed
    /// into other tickets, whether whoever decides sees those or not: the same would stand there for ever.
    pub async fn read(db: &Db, ticket: &Ticket, request: Model) -> Result<Plan> {
        let chosen = request.files();
        let files = attachment::Entity::find()
            .filter(attachment::COLUMN.ticket_id.eq(ticket.id))
            .filter(attachment::Column::Id.is_in(chosen))
            .all(db.reader())
            .await?;
        let contents: Vec<String> = files.into_iter().map(|file| file.sha256).collect();
        let mut plan = Plan::of(db, ticket, request, &contents).await?;
        for id in elsewhere(db, &plan).await? {
            let Some(other) = table::Entity::find_by_id(id).one(db.reader()).await? else {
                continue;
            };
            let there = Plan::of(db, &other, plan.request.clone(), &contents).await?;
            if !there.remains.is_empty() || there.title.is_some() {
                plan.elsewhere.push(there);
            }
        }
        // Read anew, after the texts: whoever decides second finds them blacked out and should hear why.
        if let Some(now) = Entity::find_by_id(plan.request.id).one(db.reader()).await? {
            plan.request = now;
        }
        Ok(plan)
    }

    /// Everything that is left of messages, here and elsewhere.
    pub fn all_remains_mut(&mut self) -> impl Iterator<Item = &mut Remains> {
        let there = self.elsewhere.iter_mut().flat_map(|plan| &mut plan.remains);
        self.remains.iter_mut().chain(there)
    }

    async fn of(db: &Db, ticket: &Ticket, request: Model, contents: &[String]) -> Result<Plan> {
        let messages = message::Entity::find()
            .filter(message::COLUMN.ticket_id.eq(ticket.id))
            .order_by_asc(message::Column::Number)
            .all(db.reader())
            .await?;
        let files = attachment::Entity::find()
            .filter(attachment::COLUMN.ticket_id.eq(ticket.id))
            .all(db.reader())
            .await?;
        Ok(Plan::make(ticket, request, contents, (&messages, &files)))
    }

    fn make(
        ticket: &Ticket,
        request: Model,
        contents: &[String],
        (messages, files): (&[Message], &[File]),
    ) -> Plan {
        let black = Blackener::new(&request.passages());
        // The same content goes wherever in the ticket it hangs.
        let gone: Vec<Gone> = files
            .iter()
            .filter(|file| contents.contains(&file.sha256))
            .map(|file| Gone {
                id: file.id,
                message_id: file.message_id,
                name: file.name.clone(),
                sha256: file.sha256.clone(),
            })
            .collect();
        let holds =
            |m: &&Message| black.finds_in(m) || gone.iter().any(|file| file.message_id == m.id);
        // What was passed on has the mail of another message, and the passage can stand there alone.
        let raw = messages
            .iter()
            .filter(holds)
            .filter_map(|m| m.raw_sha256.as_ref());
        let raw: HashSet<&String> = raw.collect();
        let has_raw = |m: &Message| m.raw_sha256.as_ref().is_some_and(|it| raw.contains(it));
        let concerns = |m: &&Message| holds(m) || has_raw(m);
        let concerned: Vec<&Message> = messages.iter().filter(concerns).collect();
        let title = black.text(&ticket.title);
        Plan {
            is_waiting: concerned.iter().any(|m| m.delivery == Delivery::Queued),
            remains: concerned.into_iter().map(|m| remains(&black, m)).collect(),
            files: gone,
            title: Some(title).filter(|title| *title != ticket.title),
            version: ticket.version,
            ticket_id: ticket.id,
            elsewhere: vec![],
            request,
        }
    }
}

fn remains(black: &Blackener, message: &Message) -> Remains {
    let html = message.html.clone().filter(|html| {
        // Marks can stand between two words of a passage, so the page goes as soon as the text holds one.
        !black.finds(html) && !black.finds(&message.body)
    });
    Remains {
        message_id: message.id,
        subject: message.subject.as_deref().map(|text| black.text(text)),
        body: black.text(&message.body),
        html,
        addresses: black.addresses(&message.parties()),
        raw_gone: message.raw_sha256.clone(),
        raw: None,
        salt: crate::history::salt(),
        written_at: message.created_at,
        mail_id: message.mail_id.clone(),
    }
}

/// The other tickets in which copies of these messages stand, or of which they are copies, and those that were merged
/// into one of them all: their titles are left.
async fn elsewhere(db: &Db, plan: &Plan) -> Result<Vec<Uuid>> {
    let ids = few_forms(plan.remains.iter().map(|one| one.message_id));
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "WITH RECURSIVE family(id) AS (SELECT id FROM message WHERE id IN ({}) UNION \
         SELECT CASE WHEN c.message_id = f.id THEN c.copy_of ELSE c.message_id END FROM message_copy c \
         JOIN family f ON c.message_id = f.id OR c.copy_of = f.id) \
         SELECT DISTINCT m.ticket_id AS id FROM family f JOIN message m ON m.id = f.id",
        places(ids.len())
    );
    let mut all = tickets(db, sql, ids).await?;
    all.push(plan.ticket_id);
    let ids = few_forms(all.iter().copied());
    let sql = format!(
        "WITH RECURSIVE gone(id) AS (SELECT id FROM ticket WHERE merged_into IN ({}) UNION \
         SELECT t.id FROM ticket t JOIN gone g ON t.merged_into = g.id) SELECT id FROM gone",
        places(ids.len())
    );
    all.extend(tickets(db, sql, ids).await?);
    all.sort_unstable();
    all.dedup();
    all.retain(|id| *id != plan.ticket_id);
    Ok(all)
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

async fn tickets(db: &Db, sql: String, ids: Vec<Uuid>) -> Result<Vec<Uuid>> {
    let backend = db.reader().get_database_backend();
    let values = ids.into_iter().map(Into::into);
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let found = Id::find_by_statement(statement).all(db.reader()).await?;
    Ok(found.into_iter().map(|row| row.id).collect())
}

impl Plan {
    /// The events, once the ticket is still as the plan found it.
    pub(super) fn events(
        self,
        ticket: &Ticket,
        decided_by: Option<Uuid>,
    ) -> Result<Vec<TicketEvent>, Rejected> {
        if ticket.version != self.version {
            return Err(Rejected::SeenBefore);
        }
        if self.is_waiting {
            return Err(Rejected::MailWaiting);
        }
        let request = self.request;
        let first = self.remains.first().map(|one| one.message_id);
        let message_id = match decided_by {
            Some(_) => request.message_id,
            None => first.unwrap_or(request.message_id),
        };
        let redacted = first.map(|_| {
            let passages = request.passages();
            RedactionEvent::Redacted(Redacted {
                request_id: request.id,
                message_id,
                asked_by: request.asked_by,
                decided_by,
                passages,
                remains: self.remains,
                files: self.files,
            })
        });
        let renamed = self.title.map(|title| TicketEvent::Renamed {
            title,
            salt: crate::history::salt(),
        });
        let redacted = redacted.map(TicketEvent::from);
        Ok(redacted.into_iter().chain(renamed).collect())
    }
}
