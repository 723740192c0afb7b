//! Telling requesters that a fault is repaired: what each is written, read for a portion with a handful of statements.

use std::collections::{BTreeMap, HashMap, HashSet};

use sea_orm::{EntityTrait, FromQueryResult, QueryFilter, QueryOrder, Statement};
use serde::{Deserialize, Serialize};
use tokio::try_join;
use uuid::Uuid;

use super::serial::Press;
use crate::clock::Instant;
use crate::db::{Db, few_forms, places};
use crate::error::{Rejected, Result};
use crate::mailbox;
use crate::service;
use crate::text_block::fill;
use crate::ticket::message::{self, Address, Addresses, NewFile};
use crate::ticket::thread::{self, ThreadMail};
use crate::ticket::{Audience, ClosingReason, Reply, Then, Ticket, fault, share, table};

/// What is said of a repair to everybody whom the fault concerns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tell {
    /// Whose repair it is; of a fault that ended without a vendor, its ticket.
    pub share_id: Uuid,
    /// By the language of the requester.
    pub wordings: BTreeMap<String, Wording>,
    /// The language of those who chose none.
    pub language: String,
    /// The version of the product that holds the repair, in the desk's own words.
    pub release: String,
    /// Solves along, where somebody still works on it.
    pub solve: Option<ClosingReason>,
    /// Seconds in which the mails can be taken back.
    pub undo_seconds: i64,
}

/// A text with places, and how it greets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// With the place `{{name}}`.
    pub greeting: String,
    /// Markdown.
    pub body: String,
}

impl Tell {
    /// The wording for a language: its own, else that of those who chose none.
    fn wording(&self, language: &str) -> Wording {
        let own = self.wordings.get(language);
        let wording = own.or_else(|| self.wordings.get(&self.language));
        wording.cloned().unwrap_or_default()
    }

    /// The command that tells one requester.
    pub(super) fn reply(&self, letter: Letter) -> Reply {
        Reply {
            told_of: Some(self.share_id),
            then: self.solve.map_or(Then::Stay, Then::SolveOpen),
            ..letter.reply(self.undo_seconds)
        }
    }
}

/// What one requester is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    pub to: Address,
    pub language: String,
    pub subject: String,
    pub body: String,
    pub(super) files: Vec<NewFile>,
    pub(super) message_id: Uuid,
    pub(super) mail_id: String,
    pub(super) in_reply_to: Option<String>,
    pub(super) mail_references: Vec<String>,
    pub(super) mailbox_id: Option<Uuid>,
}

impl Letter {
    /// The command that sends it and does nothing else.
    pub(super) fn reply(self, undo_seconds: i64) -> Reply {
        Reply {
            message_id: self.message_id,
            mail_id: self.mail_id,
            in_reply_to: self.in_reply_to,
            mail_references: self.mail_references,
            mailbox_id: self.mailbox_id,
            addresses: Addresses {
                to: vec![self.to],
                ..Addresses::default()
            },
            subject: self.subject,
            body: self.body,
            files: self.files,
            audience: Audience::Requester,
            told_of: None,
            then: Then::Stay,
            undo_seconds,
            once: None,
        }
    }
}

/// A letter to the requester of a ticket, without its text: an answer in the thread of their mails, from the ticket's mailbox
/// or the usual one.
pub(super) fn addressed(
    post: &dyn Post,
    ticket: &Ticket,
    requester: &Requester,
    (mails, usual): (&[ThreadMail], Option<Uuid>),
) -> Letter {
    let message_id = crate::new_id();
    let (in_reply_to, mail_references) = post.continues(mails);
    Letter {
        to: Address {
            name: Some(requester.name.clone()),
            address: requester.email.clone(),
        },
        language: String::new(),
        subject: post.subject(ticket),
        body: String::new(),
        files: vec![],
        mail_id: post.mail_id(ticket, message_id),
        message_id,
        in_reply_to,
        mail_references,
        mailbox_id: ticket.mailbox_id.or(usual),
    }
}

/// What only the desk's mail knows of a message that goes out.
pub trait Post: Press {
    /// The Message-ID, without angle brackets, of a message of the ticket.
    fn mail_id(&self, ticket: &Ticket, message_id: Uuid) -> String;

    /// The subject by which an answer finds its ticket.
    fn subject(&self, ticket: &Ticket) -> String;

    /// Which of these mails, oldest first, an answer continues: the one it answers, and all it names.
    fn continues(&self, mails: &[ThreadMail]) -> (Option<String>, Vec<String>);
}

/// By ticket, what its requester is written, or why nobody can write to them.
pub(super) type Letters = HashMap<Uuid, Result<Letter, Rejected>>;

/// Reads what is needed to write to the requesters of these tickets.
pub(super) async fn letters(
    db: &Db,
    tell: &Tell,
    tickets: &HashMap<Uuid, Ticket>,
    post: &dyn Post,
) -> Result<Letters> {
    if tickets.is_empty() {
        return Ok(Letters::new());
    }
    let all = |why: Rejected| tickets.keys().map(|id| (*id, Err(why))).collect();
    let (since, service_id) = match news(db, tell.share_id).await? {
        Ok(news) => news,
        Err(why) => return Ok(all(why)),
    };
    let ids: Vec<Uuid> = tickets.keys().copied().collect();
    let (told, requesters, mut mails, services, usual) = try_join!(
        fault::told(db, tell.share_id, since, &ids),
        requesters(db, &ids),
        thread::mails_of_requesters(db, &ids),
        service::list::every(db),
        mailbox::list::usual(db),
    )?;
    let mut letters = Letters::with_capacity(tickets.len());
    for ticket in tickets.values() {
        let mails = mails.remove(&ticket.id).unwrap_or_default();
        let above = |id: Uuid| {
            let (name, above) = services.get(&id)?;
            let above = above.and_then(|id| services.get(&id));
            Some(above.map_or(name, |(name, _)| name).clone())
        };
        let letter = match (told.contains(&ticket.id), requesters.get(&ticket.id)) {
            (true, _) => Err(Rejected::AlreadyTold),
            (false, None) => Err(Rejected::NoRecipient),
            (false, Some(requester)) => {
                let language = requester.locale.clone();
                let language = language.unwrap_or_else(|| tell.language.clone());
                let about = ticket.service_id.or(service_id);
                let service = about.and_then(above).unwrap_or_default();
                let letter = addressed(post, ticket, requester, (&mails, usual));
                Ok(Letter {
                    body: body(tell, &language, requester, ticket, &service),
                    language,
                    ..letter
                })
            }
        };
        letters.insert(ticket.id, letter);
    }
    Ok(letters)
}

/// Since when there is something to tell, and what it is about; or why there is nothing.
async fn news(db: &Db, of: Uuid) -> Result<Result<(Instant, Option<Uuid>), Rejected>> {
    if let Some(share) = share::read::by_id(db, of).await? {
        return Ok(match share.live_at {
            Some(at) => Ok((at, share.service_id)),
            None => Err(Rejected::NotLive),
        });
    }
    let fault = table::Entity::find_by_id(of).one(db.reader()).await?;
    Ok(match fault {
        Some(fault) => match fault.solved_at {
            Some(at) => Ok((at, fault.service_id)),
            None => Err(Rejected::NotSolved),
        },
        None => Err(Rejected::NotShared),
    })
}

/// The text with each place filled from the ticket; nothing of it is a vendor's.
fn body(
    tell: &Tell,
    language: &str,
    requester: &Requester,
    ticket: &Ticket,
    service: &str,
) -> String {
    let wording = tell.wording(language);
    let plain = |name: &str| match name {
        "name" => Some(requester.name.clone()),
        "number" => Some(ticket.number.clone()),
        "title" => Some(ticket.title.clone()),
        "service" => Some(service.to_owned()),
        "release" => Some(tell.release.clone()),
        _ => None,
    };
    let greeting = fill(&wording.greeting, plain);
    fill(&wording.body, |name| match name {
        "greeting" => Some(greeting.clone()),
        other => plain(other),
    })
}

/// Somebody to write to.
#[derive(FromQueryResult)]
pub(super) struct Requester {
    ticket_id: Uuid,
    pub(super) name: String,
    email: String,
    /// The language they chose, if they did.
    locale: Option<String>,
}

/// By ticket, its requester, as long as they have an address and are still there.
pub(super) async fn requesters(db: &Db, tickets: &[Uuid]) -> Result<HashMap<Uuid, Requester>> {
    let ids = few_forms(tickets.iter().copied());
    let sql = format!(
        "SELECT t.id AS ticket_id, p.name, p.email, f.locale FROM ticket t JOIN person p ON p.id = t.requester_id \
         LEFT JOIN preference f ON f.person_id = p.id \
         WHERE t.id IN ({}) AND p.email IS NOT NULL AND p.retired_at IS NULL",
        places(ids.len())
    );
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    let values = ids.into_iter().map(Into::into);
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let rows = Requester::find_by_statement(statement)
        .all(db.reader())
        .await?;
    Ok(rows.into_iter().map(|row| (row.ticket_id, row)).collect())
}

/// The languages that requesters of these tickets chose.
pub async fn languages(db: &Db, bulk: &super::Model) -> Result<HashSet<String>> {
    let sql = "SELECT DISTINCT f.locale AS name FROM bulk_item i JOIN ticket t ON t.id = i.ticket_id \
               JOIN preference f ON f.person_id = t.requester_id WHERE i.bulk_id = $1 AND f.locale IS NOT NULL";
    #[derive(FromQueryResult)]
    struct Named {
        name: String,
    }
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    let statement = Statement::from_sql_and_values(backend, sql, [bulk.id.into()]);
    let rows = Named::find_by_statement(statement).all(db.reader()).await?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

/// By ticket, the newest message that told its requester of this repair.
pub(super) async fn told_by(
    db: &Db,
    share_id: Uuid,
    tickets: &[Uuid],
) -> Result<HashMap<Uuid, message::Model>> {
    let all = message::Entity::find()
        .filter(message::COLUMN.told_of.eq(share_id))
        .filter(
            message::COLUMN
                .ticket_id
                .is_in(few_forms(tickets.iter().copied())),
        )
        .order_by_asc(message::Column::CreatedAt)
        .all(db.reader())
        .await?;
    Ok(all.into_iter().map(|m| (m.ticket_id, m)).collect())
}
