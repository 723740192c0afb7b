//! The rows that tie tickets together, written in the transaction of the events that say so.

use sea_orm::{ActiveEnum, ConnectionTrait, DatabaseTransaction, Statement, Value};
use uuid::Uuid;

use super::event::TicketEvent;
use super::link::LinkKind;
use super::message::ThreadedBy;
use super::table::Model as Ticket;
use super::vendor_number::VendorNumber;
use crate::clock::Instant;
use crate::error::{Rejected, Result};
use crate::organisation::OrganisationKind;

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
    },
    /// A message comes here from there and gets that number.
    MovedIn {
        message_id: Uuid,
        from_id: Uuid,
        number: i32,
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
                source_id, after, ..
            } => Tie::MergedFrom {
                source_id: *source_id,
                after: *after,
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
                _ => return,
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
                    if run(tx, sql, values).await? == 0 {
                        return Err(Rejected::NothingToDo.into());
                    }
                }
                Tie::MergedFrom { source_id, after } => {
                    merge(tx, source_id, ticket_id, after).await?
                }
                Tie::MovedIn {
                    message_id,
                    from_id,
                    number,
                } => move_message(tx, message_id, from_id, ticket_id, number).await?,
                Tie::Suggested { number } => {
                    let sql = "INSERT INTO suggestion (ticket_id, number, created_at) VALUES ($1, $2, $3) \
                               ON CONFLICT DO NOTHING";
                    run(tx, sql, vec![ticket_id.into(), number.into(), at.into()]).await?;
                }
                Tie::Refused { number } => {
                    let sql = "UPDATE suggestion SET refused_at = $1 \
                               WHERE ticket_id = $2 AND number = $3 AND refused_at IS NULL";
                    let values = vec![at.into(), ticket_id.into(), number.into()];
                    if run(tx, sql, values).await? == 0 {
                        return Err(Rejected::NothingToDo.into());
                    }
                }
                Tie::VendorNumber {
                    organisation_id,
                    number,
                } => vendor_number(tx, ticket_id, organisation_id, number, at).await?,
            }
        }
        Ok(())
    }
}

async fn run(tx: &DatabaseTransaction, sql: &str, values: Vec<Value>) -> Result<u64> {
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    Ok(tx.execute_raw(statement).await?.rows_affected())
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

/// A message keeps the ticket it first stood in, until it is back there.
const ORIGIN: &str = "origin_id = CASE WHEN COALESCE(origin_id, ticket_id) = $1 THEN NULL \
                      ELSE COALESCE(origin_id, ticket_id) END";

async fn merge(tx: &DatabaseTransaction, source: Uuid, target: Uuid, after: i32) -> Result<()> {
    let both = || -> Vec<Value> { vec![target.into(), source.into()] };
    let messages = format!(
        "UPDATE message SET {ORIGIN}, ticket_id = $1, number = number + $3 WHERE ticket_id = $2"
    );
    let sql = "UPDATE inbound_mail SET ticket_id = $1 WHERE id IN (SELECT id FROM message WHERE ticket_id = $2)";
    run(tx, sql, both()).await?;
    let sql = "UPDATE outbound_mail SET ticket_id = $1 WHERE message_id IN (SELECT id FROM message WHERE ticket_id = $2)";
    run(tx, sql, both()).await?;
    let mut values = both();
    values.push(after.into());
    run(tx, &messages, values).await?;
    for sql in [
        "UPDATE attachment SET ticket_id = $1 WHERE ticket_id = $2",
        // A draft goes along unless its writer has one of that kind there already.
        "UPDATE draft SET ticket_id = $1 WHERE ticket_id = $2 AND NOT EXISTS (SELECT 1 FROM draft d \
         WHERE d.ticket_id = $1 AND d.person_id = draft.person_id AND d.mode = draft.mode)",
        "DELETE FROM link WHERE (ticket_id = $1 AND other_id = $2) OR (ticket_id = $2 AND other_id = $1)",
        "INSERT INTO link (ticket_id, other_id, kind, created_at) SELECT $1, other_id, kind, created_at FROM link \
         WHERE ticket_id = $2 ON CONFLICT DO NOTHING",
        "INSERT INTO link (ticket_id, other_id, kind, created_at) SELECT ticket_id, $1, kind, created_at FROM link \
         WHERE other_id = $2 ON CONFLICT DO NOTHING",
        "DELETE FROM link WHERE ticket_id <> $1 AND (ticket_id = $2 OR other_id = $2)",
        "INSERT INTO suggestion (ticket_id, number, created_at, refused_at) SELECT $1, number, created_at, refused_at \
         FROM suggestion WHERE ticket_id = $2 ON CONFLICT DO NOTHING",
        "INSERT INTO vendor_number (ticket_id, organisation_id, number, folded_number, created_at) \
         SELECT $1, organisation_id, number, folded_number, created_at FROM vendor_number WHERE ticket_id = $2 \
         ON CONFLICT DO NOTHING",
    ] {
        run(tx, sql, both()).await?;
    }
    Ok(())
}

async fn move_message(
    tx: &DatabaseTransaction,
    message_id: Uuid,
    from: Uuid,
    to: Uuid,
    number: i32,
) -> Result<()> {
    let by = serde_json::to_string(&ThreadedBy::ByHand).unwrap_or_default();
    let sql = format!(
        "UPDATE message SET {ORIGIN}, ticket_id = $1, number = $2, threaded_by = $3 \
         WHERE id = $4 AND ticket_id = $5"
    );
    let values = vec![
        to.into(),
        number.into(),
        by.into(),
        message_id.into(),
        from.into(),
    ];
    // Somebody else may have moved it in the same moment.
    if run(tx, &sql, values).await? == 0 {
        return Err(Rejected::MessageMoved.into());
    }
    // A ticket without a message says nothing; what was answered by itself says no more.
    let sql = "SELECT count(*) AS n FROM message m WHERE m.ticket_id = $1 AND NOT EXISTS \
               (SELECT 1 FROM outbound_mail o WHERE o.message_id = m.id AND o.automatic)";
    if count(tx, sql, vec![from.into()]).await? == 0 {
        return Err(Rejected::OnlyMessage.into());
    }
    for sql in [
        "UPDATE attachment SET ticket_id = $1 WHERE message_id = $2",
        "UPDATE outbound_mail SET ticket_id = $1 WHERE message_id = $2",
        "UPDATE inbound_mail SET ticket_id = $1 WHERE id = $2",
    ] {
        run(tx, sql, vec![to.into(), message_id.into()]).await?;
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
        return match gone {
            0 => Err(Rejected::NothingToDo.into()),
            _ => Ok(()),
        };
    };
    let sql = "SELECT count(*) AS n FROM organisation WHERE id = $1 AND kind = $2";
    let values = vec![
        organisation_id.into(),
        OrganisationKind::Vendor.to_value().into(),
    ];
    if count(tx, sql, values).await? == 0 {
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
