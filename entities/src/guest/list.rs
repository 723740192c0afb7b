//! Who of a vendor was let into the portal, and how far each has come.

use sea_orm::{FromQueryResult, Statement, Value};
use uuid::Uuid;

use super::{House, NEEDS, Part};
use crate::actor::Actor;
use crate::clock::{Instant, day};
use crate::db::Db;
use crate::error::Result;
use crate::organisation::{IS_PARTNER, OrganisationKind};
use crate::policy::{self, Place};
use crate::sign_in::entry::LOCKED_UNTIL;

/// Somebody of a vendor who may use the portal, was invited to, or could once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    pub id: Uuid,
    pub name: String,
    pub email: Option<String>,
    pub part: Part,
    pub standing: Standing,
    pub invited: Option<Invited>,
    /// As far back as entries are kept.
    pub last_sign_in: Option<Instant>,
}

/// How far somebody has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// May come in and nobody sent a link: made by hand.
    NotInvited,
    /// The link waits.
    Invited { until: Instant },
    /// The link waited in vain.
    Expired { since: Instant },
    /// Knows the way in.
    In,
    /// Knows it, and has to wait because too many tries failed.
    Locked { until: Instant },
    /// Does not come in any more.
    Ended { at: Instant },
}

/// The last time somebody was invited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    pub at: Instant,
    /// None: the machine's owner.
    pub by: Option<String>,
    /// Whether that was somebody of the same vendor.
    pub by_own: bool,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    name: String,
    email: Option<String>,
    retired_at: Option<Instant>,
    has_way_in: bool,
    coordinates: bool,
    invited_at: Option<Instant>,
    valid_until: Option<Instant>,
    invited_by: Option<String>,
    by_own: bool,
    last_sign_in: Option<Instant>,
    locked_until: Option<Instant>,
}

/// Whether a person `p` holds a role in use that grants it within their own organisation.
fn holds(permission: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM person_role h JOIN role r ON r.id = h.role_id AND r.retired_at IS NULL \
         JOIN \"grant\" g ON g.role_id = r.id WHERE h.person_id = p.id AND g.permission = '{permission}' \
         AND g.scope = 'own_organisation')"
    )
}

/// Whether a person `p` has a way in.
const HAS_WAY_IN: &str =
    "(p.password_hash IS NOT NULL OR EXISTS (SELECT 1 FROM identity n WHERE n.person_id = p.id))";

/// Whether a membership `m` is one on the day `$2`.
const IS_CURRENT: &str =
    "(m.from_on IS NULL OR m.from_on <= $2) AND (m.to_on IS NULL OR $2 < m.to_on)";

/// How many of the house `$1` let others in and out on the day `$2`.
pub(crate) fn count_coordinators() -> String {
    let coordinates = holds("invite_vendors");
    format!(
        "SELECT count(*) AS n FROM membership m JOIN person p ON p.id = m.person_id WHERE m.organisation_id = $1 \
         AND {IS_CURRENT} AND p.retired_at IS NULL AND {HAS_WAY_IN} AND {coordinates}"
    )
}

/// Everybody of a house, by name.
pub async fn of(db: &Db, house: &House) -> Result<Vec<Guest>> {
    let now = db.clock().now();
    let (uses, coordinates) = (holds("use_portal"), holds("invite_vendors"));
    let sql = format!(
        "SELECT p.id, p.name, p.email, p.retired_at, {HAS_WAY_IN} AS has_way_in, {coordinates} AS coordinates, \
         i.invited_at, CASE WHEN i.withdrawn_at IS NULL THEN i.valid_until END AS valid_until, b.name AS invited_by, \
         EXISTS (SELECT 1 FROM membership o WHERE o.person_id = i.invited_by AND o.organisation_id = $1) AS by_own, \
         (SELECT e.at FROM sign_in_entry e WHERE e.person_id = p.id AND e.outcome = 'started' \
         ORDER BY e.at DESC, e.id DESC LIMIT 1) AS last_sign_in, {LOCKED_UNTIL} AS locked_until \
         FROM membership m JOIN person p ON p.id = m.person_id \
         LEFT JOIN invitation i ON i.person_id = p.id AND i.organisation_id = $1 \
         LEFT JOIN person b ON b.id = i.invited_by \
         WHERE m.organisation_id = $1 AND {IS_CURRENT} AND {uses} ORDER BY p.folded_name, p.id"
    );
    let values: [Value; 3] = [house.id.into(), day(now).into(), now.into()];
    let backend = db.reader().get_database_backend();
    let rows = Row::find_by_statement(Statement::from_sql_and_values(backend, sql, values))
        .all(db.reader())
        .await?;
    Ok(rows.into_iter().map(|row| row.guest(now)).collect())
}

impl Row {
    fn guest(self, now: Instant) -> Guest {
        let standing = match (self.retired_at, self.has_way_in, self.valid_until) {
            (Some(at), _, _) => Standing::Ended { at },
            (None, true, _) => match self.locked_until {
                Some(until) => Standing::Locked { until },
                None => Standing::In,
            },
            (None, false, None) => Standing::NotInvited,
            (None, false, Some(until)) if now < until => Standing::Invited { until },
            (None, false, Some(since)) => Standing::Expired { since },
        };
        let part = match self.coordinates {
            true => Part::Coordinator,
            false => Part::Member,
        };
        let (by, by_own) = (self.invited_by, self.by_own);
        Guest {
            id: self.id,
            name: self.name,
            email: self.email,
            part,
            standing,
            invited: self.invited_at.map(|at| Invited { at, by, by_own }),
            last_sign_in: self.last_sign_in,
        }
    }
}

/// A vendor with how many of its people come in.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Vendor {
    pub id: Uuid,
    pub name: String,
    pub kind: OrganisationKind,
    /// Who know the way in.
    pub people: i64,
    /// Of those, who let others in and out.
    pub coordinators: i64,
    /// Whose link still waits.
    pub invited: i64,
}

/// Every vendor and data centre in use, by name.
///
/// # Errors
/// `Forbidden` for who does not let people of every vendor in.
pub async fn vendors(db: &Db, actor: &Actor) -> Result<Vec<Vendor>> {
    policy::require(actor, NEEDS, Place::Desk)?;
    let now = db.clock().now();
    let (uses, coordinates) = (holds("use_portal"), holds("invite_vendors"));
    let count = |which: &str| {
        format!(
            "(SELECT count(*) FROM membership m JOIN person p ON p.id = m.person_id \
             WHERE m.organisation_id = organisation.id AND {IS_CURRENT} AND p.retired_at IS NULL AND {uses} AND {which})"
        )
    };
    let (people, coordinators) = (
        count(HAS_WAY_IN),
        count(&format!("{HAS_WAY_IN} AND {coordinates}")),
    );
    let sql = format!(
        "SELECT id, name, kind, {people} AS people, {coordinators} AS coordinators, \
         (SELECT count(*) FROM invitation i WHERE i.organisation_id = organisation.id AND i.withdrawn_at IS NULL \
         AND i.accepted_at IS NULL AND i.valid_until > $1) AS invited FROM organisation \
         WHERE {IS_PARTNER} AND retired_at IS NULL ORDER BY folded_name, id"
    );
    let values: [Value; 2] = [now.into(), day(now).into()];
    let backend = db.reader().get_database_backend();
    Ok(
        Vendor::find_by_statement(Statement::from_sql_and_values(backend, sql, values))
            .all(db.reader())
            .await?,
    )
}
