//! The rows that tie tickets together, written in the transaction of the events that say so.

mod apart;
mod checklists;
mod moved;
mod redactions;
mod shares;

use chrono::NaiveDate;
use sea_orm::{ActiveEnum, ConnectionTrait, DatabaseTransaction, Statement, Value};
use uuid::Uuid;

use super::checklist::ChecklistEvent;
use super::event::{RedactionEvent, TicketEvent, TiedEvent};
use super::link::LinkKind;
use super::message::ThreadedBy;
use super::share::ShareEvent;
use super::table::Model as Ticket;
use super::unmerge::{Brought, Stood};
use super::vendor_number::VendorNumber;
use crate::clock::Instant;
use crate::error::{Rejected, Result};
use crate::organisation::count_partners;

/// What the events of one transaction do beyond the rows of their own tickets.
#[derive(Debug, Default)]
pub struct Ties {
    changes: Vec<(Uuid, Instant, Tie)>,
}

#[derive(Debug)]
enum Tie {
    Linked {
        other_id: Uuid,
        kind: LinkKind,
    },
    Unlinked {
        other_id: Uuid,
        kind: LinkKind,
    },
    /// Everything of the source comes here, its messages numbered after that number.
    MergedFrom {
        source_id: Uuid,
        after: i32,
        messages: i32,
        stood: Box<Stood>,
    },
    /// What the source brought here goes back.
    UnmergedFrom {
        source_id: Uuid,
        brought: Box<Brought>,
    },
    /// A message comes here from there and gets that number.
    MovedIn {
        message_id: Uuid,
        from_id: Uuid,
        number: i32,
    },
    /// A message of another ticket stands here once more.
    Copied {
        message_id: Uuid,
        copy_of: Uuid,
    },
    Suggested {
        number: String,
    },
    Refused {
        number: String,
    },
    VendorNumber {
        organisation_id: Uuid,
        number: Option<VendorNumber>,
    },
    Watched {
        person_id: Uuid,
    },
    Unwatched {
        person_id: Uuid,
    },
    Reusable {
        to: bool,
    },
    Drawn {
        article_id: Uuid,
    },
    ArticleLinked {
        article_id: Uuid,
    },
    ArticleUnlinked {
        article_id: Uuid,
    },
    Used {
        message_id: Uuid,
        article_id: Uuid,
        version: i32,
    },
    Share(Box<ShareEvent>),
    Checklist(Box<ChecklistEvent>),
    Redaction(Box<RedactionEvent>),
    Recurred {
        task_id: Uuid,
        day: NaiveDate,
    },
    /// A vendor wrote a mail.
    Heard {
        share_id: Uuid,
    },
}

impl Ties {
    /// Takes from an event of a ticket what concerns others; the ticket stands as the event left it.
    pub fn gather(&mut self, ticket: &Ticket, event: &TicketEvent, at: Instant) {
        let tie = match event {
            TicketEvent::Linked { other_id, kind } => Tie::Linked {
                other_id: *other_id,
                kind: *kind,
            },
            TicketEvent::Unlinked { other_id, kind } => Tie::Unlinked {
                other_id: *other_id,
                kind: *kind,
            },
            TicketEvent::MergedFrom {
                source_id,
                after,
                messages,
                stood,
                ..
            } => Tie::MergedFrom {
                source_id: *source_id,
                after: *after,
                messages: *messages,
                stood: stood.clone(),
            },
            TicketEvent::Tied(event) => match &**event {
                TiedEvent::UnmergedFrom {
                    source_id, brought, ..
                } => Tie::UnmergedFrom {
                    source_id: *source_id,
                    brought: brought.clone(),
                },
                TiedEvent::ArticleLinked { article_id } => Tie::ArticleLinked {
                    article_id: *article_id,
                },
                TiedEvent::ArticleUnlinked { article_id } => Tie::ArticleUnlinked {
                    article_id: *article_id,
                },
                TiedEvent::CopiedIn {
                    message, copy_of, ..
                } => Tie::Copied {
                    message_id: message.id,
                    copy_of: *copy_of,
                },
                TiedEvent::Unmerged { .. }
                | TiedEvent::Forwarded { .. }
                | TiedEvent::PassedOn { .. }
                | TiedEvent::CopiedOut { .. } => return,
            },
            TicketEvent::MessageMovedIn {
                message_id,
                from_id,
                ..
            } => Tie::MovedIn {
                message_id: *message_id,
                from_id: *from_id,
                number: ticket.numbers_given,
            },
            TicketEvent::Received { message, .. } => match &message.threaded_by {
                Some(ThreadedBy::NumberFromStranger { number }) => Tie::Suggested {
                    number: number.clone(),
                },
                _ => match message.share_id {
                    Some(share_id) => Tie::Heard { share_id },
                    None => return,
                },
            },
            TicketEvent::Share(event) => Tie::Share(event.clone()),
            TicketEvent::Checklist(event) => Tie::Checklist(event.clone()),
            TicketEvent::Redaction(event) => Tie::Redaction(event.clone()),
            TicketEvent::Recurred { task_id, day } => Tie::Recurred {
                task_id: *task_id,
                day: *day,
            },
            TicketEvent::SuggestionRefused { number, .. } => Tie::Refused {
                number: number.clone(),
            },
            TicketEvent::VendorNumberSet {
                organisation_id,
                number,
            } => Tie::VendorNumber {
                organisation_id: *organisation_id,
                number: number.clone(),
            },
            TicketEvent::Watched { person_id } => Tie::Watched {
                person_id: *person_id,
            },
            TicketEvent::Unwatched { person_id } => Tie::Unwatched {
                person_id: *person_id,
            },
            TicketEvent::ReusableSet { to } => Tie::Reusable { to: *to },
            TicketEvent::ArticleDrawn { article_id } => Tie::Drawn {
                article_id: *article_id,
            },
            TicketEvent::ArticleUsed {
                message_id,
                article_id,
                version,
            } => Tie::Used {
                message_id: *message_id,
                article_id: *article_id,
                version: *version,
            },
            _ => return,
        };
        self.changes.push((ticket.id, at, tie));
    }

    /// Writes them in their order.
    pub async fn write(self, tx: &DatabaseTransaction) -> Result<()> {
        for (ticket_id, at, tie) in self.changes {
            match tie {
                Tie::Linked { other_id, kind } => link(tx, ticket_id, other_id, kind, at).await?,
                Tie::Unlinked { other_id, kind } => {
                    let sql =
                        "DELETE FROM link WHERE ticket_id = $1 AND other_id = $2 AND kind = $3";
                    let values = vec![ticket_id.into(), other_id.into(), kind.to_value().into()];
                    something(run(tx, sql, values).await?)?;
                }
                Tie::MergedFrom {
                    source_id,
                    after,
                    messages,
                    stood,
                } => {
                    let mut rows = Box::pin(apart::look(tx, source_id, ticket_id)).await?;
                    rows.drafts =
                        Box::pin(moved::everything(tx, source_id, ticket_id, after)).await?;
                    let brought = Brought {
                        stood: *stood,
                        messages,
                        after,
                        rows,
                    };
                    apart::remember(tx, source_id, ticket_id, at, &brought).await?;
                }
                Tie::UnmergedFrom { source_id, brought } => {
                    Box::pin(apart::give_back(tx, source_id, ticket_id, *brought)).await?;
                }
                Tie::MovedIn {
                    message_id,
                    from_id,
                    number,
                } => moved::message(tx, message_id, from_id, ticket_id, number).await?,
                Tie::Copied {
                    message_id,
                    copy_of,
                } => {
                    let sql = "INSERT INTO message_copy (message_id, copy_of) VALUES ($1, $2)";
                    run(tx, sql, vec![message_id.into(), copy_of.into()]).await?;
                }
                Tie::Suggested { number } => {
                    let sql = "INSERT INTO suggestion (ticket_id, number, created_at) VALUES ($1, $2, $3) \
                               ON CONFLICT DO NOTHING";
                    run(tx, sql, vec![ticket_id.into(), number.into(), at.into()]).await?;
                }
                Tie::Refused { number } => {
                    let sql = "UPDATE suggestion SET refused_at = $1 \
                               WHERE ticket_id = $2 AND number = $3 AND refused_at IS NULL";
                    let values = vec![at.into(), ticket_id.into(), number.into()];
                    something(run(tx, sql, values).await?)?;
                }
                Tie::VendorNumber {
                    organisation_id,
                    number,
                } => vendor_number(tx, ticket_id, organisation_id, number, at).await?,
                Tie::Watched { person_id } => {
                    let sql = "INSERT INTO watch (person_id, ticket_id, since) VALUES ($1, $2, $3) \
                               ON CONFLICT DO NOTHING";
                    let values = vec![person_id.into(), ticket_id.into(), at.into()];
                    something(run(tx, sql, values).await?)?;
                }
                Tie::Unwatched { person_id } => {
                    let sql = "DELETE FROM watch WHERE person_id = $1 AND ticket_id = $2";
                    something(run(tx, sql, vec![person_id.into(), ticket_id.into()]).await?)?;
                }
                Tie::Reusable { to: true } => {
                    let sql = "INSERT INTO reusable_case (ticket_id, since) VALUES ($1, $2) ON CONFLICT DO NOTHING";
                    run(tx, sql, vec![ticket_id.into(), at.into()]).await?;
                }
                Tie::Reusable { to: false } => {
                    let sql = "DELETE FROM reusable_case WHERE ticket_id = $1";
                    run(tx, sql, vec![ticket_id.into()]).await?;
                }
                Tie::Drawn { article_id } => {
                    let sql = "INSERT INTO article_case (ticket_id, article_id, since) VALUES ($1, $2, $3) \
                               ON CONFLICT DO NOTHING";
                    let values = vec![ticket_id.into(), article_id.into(), at.into()];
                    something(run(tx, sql, values).await?)?;
                }
                Tie::ArticleLinked { article_id } => {
                    let sql = "INSERT INTO linked_article (ticket_id, article_id, since) VALUES ($1, $2, $3) \
                               ON CONFLICT DO NOTHING";
                    let values = vec![ticket_id.into(), article_id.into(), at.into()];
                    something(run(tx, sql, values).await?)?;
                }
                Tie::ArticleUnlinked { article_id } => {
                    let sql = "DELETE FROM linked_article WHERE ticket_id = $1 AND article_id = $2";
                    something(run(tx, sql, vec![ticket_id.into(), article_id.into()]).await?)?;
                }
                Tie::Used {
                    message_id,
                    article_id,
                    version,
                } => {
                    let sql = "INSERT INTO article_use (message_id, article_id, version) VALUES ($1, $2, $3) \
                               ON CONFLICT DO NOTHING";
                    let values = vec![message_id.into(), article_id.into(), version.into()];
                    run(tx, sql, values).await?;
                }
                Tie::Share(event) => shares::write(tx, ticket_id, *event, at).await?,
                Tie::Checklist(event) => checklists::write(tx, ticket_id, *event, at).await?,
                Tie::Redaction(event) => {
                    Box::pin(redactions::write(tx, ticket_id, *event, at)).await?;
                }
                Tie::Recurred { task_id, day } => recurred(tx, task_id, day, ticket_id, at).await?,
                Tie::Heard { share_id } => shares::heard(tx, share_id, at).await?,
            }
        }
        Ok(())
    }
}

/// Each day of a task has one ticket, whichever process opens it first, and none once the task is retired.
async fn recurred(
    tx: &DatabaseTransaction,
    task_id: Uuid,
    day: NaiveDate,
    ticket_id: Uuid,
    at: Instant,
) -> Result<()> {
    let sql = "INSERT INTO recurring_run (task_id, day, ticket_id, opened_at) SELECT id, $2, $3, $4 FROM recurring_task \
               WHERE id = $1 AND retired_at IS NULL ON CONFLICT DO NOTHING";
    let values = vec![task_id.into(), day.into(), ticket_id.into(), at.into()];
    something(run(tx, sql, values).await?)
}

async fn run(tx: &DatabaseTransaction, sql: &str, values: Vec<Value>) -> Result<u64> {
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    Ok(tx.execute_raw(statement).await?.rows_affected())
}

/// A statement that found no row to change came too late, or twice.
fn something(rows: u64) -> Result<()> {
    match rows {
        0 => Err(Rejected::NothingToDo.into()),
        _ => Ok(()),
    }
}

async fn count(tx: &DatabaseTransaction, sql: &str, values: Vec<Value>) -> Result<i64> {
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    match tx.query_one_raw(statement).await? {
        Some(row) => Ok(row.try_get("", "n")?),
        None => Ok(0),
    }
}

async fn link(
    tx: &DatabaseTransaction,
    ticket_id: Uuid,
    other_id: Uuid,
    kind: LinkKind,
    at: Instant,
) -> Result<()> {
    let kind_name = || -> Value { kind.to_value().into() };
    let inverse: Value = kind.inverse().to_value().into();
    // Something is not both cause and effect of the same thing.
    let sql = "SELECT count(*) AS n FROM link WHERE ticket_id = $1 AND other_id = $2 AND kind IN ($3, $4)";
    let values = vec![ticket_id.into(), other_id.into(), kind_name(), inverse];
    if count(tx, sql, values).await? > 0 {
        return Err(Rejected::AlreadyLinked.into());
    }
    let sql = "INSERT INTO link (ticket_id, other_id, kind, created_at) VALUES ($1, $2, $3, $4) \
               ON CONFLICT DO NOTHING";
    let values = vec![ticket_id.into(), other_id.into(), kind_name(), at.into()];
    if run(tx, sql, values).await? == 0 {
        return Err(Rejected::AlreadyLinked.into());
    }
    if kind == LinkKind::ChildOf {
        let sql = "WITH RECURSIVE above(id) AS (SELECT other_id FROM link WHERE ticket_id = $1 AND kind = 'child_of' \
                   UNION SELECT l.other_id FROM link l JOIN above a ON l.ticket_id = a.id WHERE l.kind = 'child_of') \
                   SELECT count(*) AS n FROM above WHERE id = $1";
        if count(tx, sql, vec![ticket_id.into()]).await? > 0 {
            return Err(Rejected::Circular.into());
        }
    }
    Ok(())
}

async fn vendor_number(
    tx: &DatabaseTransaction,
    ticket_id: Uuid,
    organisation_id: Uuid,
    number: Option<VendorNumber>,
    at: Instant,
) -> Result<()> {
    let Some(number) = number else {
        let sql = "DELETE FROM vendor_number WHERE ticket_id = $1 AND organisation_id = $2";
        let gone = run(tx, sql, vec![ticket_id.into(), organisation_id.into()]).await?;
        return something(gone);
    };
    if count(tx, &count_partners(), vec![organisation_id.into()]).await? == 0 {
        return Err(Rejected::NotAVendor.into());
    }
    let sql = "INSERT INTO vendor_number (ticket_id, organisation_id, number, folded_number, created_at) \
               VALUES ($1, $2, $3, $4, $5) ON CONFLICT (ticket_id, organisation_id) DO UPDATE \
               SET number = excluded.number, folded_number = excluded.folded_number";
    let values = vec![
        ticket_id.into(),
        organisation_id.into(),
        number.as_str().into(),
        number.folded().into(),
        at.into(),
    ];
    run(tx, sql, values).await?;
    Ok(())
}
