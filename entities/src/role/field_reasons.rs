//! What a person may do with each dynamic field, by which role, and what makes it less than that.

use std::collections::HashSet;

use uuid::Uuid;

use super::reasons::Reason;
use crate::db::Db;
use crate::error::Result;
use crate::field::{Field, Right, read};
use crate::policy::Permission;
use crate::ticket::Ticket;

/// One field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldReason {
    pub field: Field,
    /// What the person may do with it in the end.
    pub right: Right,
    /// What each of their roles says.
    pub roles: Vec<(String, Right)>,
    /// Why it is less than the widest of them.
    pub bound: Option<Bound>,
}

/// What makes it less than the roles say of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The ticket is out of sight.
    OutOfSight,
    /// Only solved cases without names are seen, and there what can name nobody.
    Nameless,
    /// Fields of the ticket may be read and not changed.
    NotClassified,
}

/// Those that stand on the ticket or hold something there; of no ticket, all that are in use.
pub(super) async fn of_fields(
    db: &Db,
    roles: &[(String, Uuid)],
    ticket: Option<&Ticket>,
    reasons: &[Reason],
) -> Result<Vec<FieldReason>> {
    let mut fields = read::definitions(db).await?;
    match ticket {
        None => fields.retain(|f| f.row.retired_at.is_none()),
        Some(ticket) => {
            let case = read::case(db, ticket).await?;
            let values = read::values(db, ticket.id).await?;
            let filled: HashSet<Uuid> = values.into_keys().collect();
            fields.retain(|f| f.is_shown(&case) || filled.contains(&f.row.id));
        }
    }
    let held = |permission| {
        let mut all = reasons.iter();
        all.any(|r| r.permission == permission && r.is_held())
    };
    let has_ended = ticket.is_none_or(|ticket| !ticket.active);
    let (reads, classifies, reads_cases) = (
        held(Permission::ReadTickets),
        held(Permission::Classify),
        held(Permission::ReadCases) && has_ended,
    );
    let reason = |field: Field| {
        let of = |(name, id): &(String, Uuid)| (name.clone(), field.right_of(*id));
        let roles: Vec<(String, Right)> = roles.iter().map(of).collect();
        let widest = roles.iter().map(|(_, right)| *right).max();
        let widest = widest.unwrap_or(Right::Hidden);
        let (most, bound) = match (reads, classifies) {
            (true, true) => (Right::Write, None),
            (true, false) => (Right::Read, Some(Bound::NotClassified)),
            (false, _) if !reads_cases => (Right::Hidden, Some(Bound::OutOfSight)),
            (false, _) if field.is_nameless() => (Right::Read, Some(Bound::Nameless)),
            (false, _) => (Right::Hidden, Some(Bound::Nameless)),
        };
        FieldReason {
            right: widest.min(most),
            bound: bound.filter(|_| most < widest),
            roles,
            field,
        }
    };
    Ok(fields.into_iter().map(reason).collect())
}
