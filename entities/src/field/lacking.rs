//! Open work in which a value is missing that was needed already: [`rules::missing`] as a condition of SQL.

use std::collections::HashSet;
use std::hash::{Hash, Hasher};

use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use uuid::Uuid;

use super::facts::Field;
use super::rules::{self, Case};
use super::settings::{Moment, Right};
use super::{read, value};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::Result;
use crate::ticket::filter::{about, col, is_active};
use crate::ticket::{State, Ticket, WaitingFor};

/// The fields that can be missing for one actor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lacking {
    fields: Vec<Field>,
}

/// A definition changes together with its version.
impl Hash for Lacking {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for field in &self.fields {
            (field.row.id, field.row.version).hash(state);
        }
    }
}

impl Lacking {
    /// Reads which fields are needed at all, of those the actor may fill.
    pub async fn read(db: &Db, actor: &Actor) -> Result<Lacking> {
        let mut fields = read::definitions(db).await?;
        fields.retain(|field| {
            let needed = &field.settings.required;
            field.row.retired_at.is_none()
                && field.right(actor) == Right::Write
                && needed.iter().any(|moment| *moment != Moment::Close)
        });
        Ok(Lacking { fields })
    }

    /// Whether something is missing in a ticket, as the rule itself says it.
    pub fn holds(
        &self,
        ticket: &Ticket,
        case: &Case,
        filled: &HashSet<Uuid>,
        actor: &Actor,
    ) -> bool {
        let lacks = |moment| !rules::missing(&self.fields, case, filled, moment, actor).is_empty();
        ticket.active && rules::reached(ticket).into_iter().any(lacks)
    }

    /// The same of each ticket in its turn: open work alone, and of that one look at a key for each field.
    pub(crate) fn condition(&self) -> Condition {
        let any = self.fields.iter().fold(Condition::any(), |any, field| {
            any.add(
                Condition::all()
                    .add(reached(field))
                    .add(shown(field))
                    .add(Expr::exists(held(field.row.id)).not()),
            )
        });
        let all = Condition::all().add(is_active(true));
        match self.fields.is_empty() {
            true => all.add(Expr::val(1).eq(2)),
            false => all.add(any),
        }
    }
}

/// [`rules::reached`] for the moments of one field.
fn reached(field: &Field) -> Condition {
    let any = Condition::any();
    field
        .settings
        .required
        .iter()
        .fold(any, |any, moment| match moment {
            Moment::Create => any.add(Expr::val(1).eq(1)),
            Moment::Classify => any.add(col("service_id").is_not_null()),
            Moment::VendorEnquiry => any.add(
                Condition::all()
                    .add(col("state").eq(State::Waiting))
                    .add(col("waiting_for").eq(WaitingFor::Vendor)),
            ),
            // Open work has not come to it.
            Moment::Close => any,
        })
}

/// [`Field::is_shown`].
fn shown(field: &Field) -> Condition {
    let shown = &field.settings.shown;
    let mut all = Condition::all();
    if !shown.kinds.is_empty() {
        all = all.add(col("kind").is_in(shown.kinds.iter().copied()));
    }
    if !shown.services.is_empty() {
        all = all.add(about(&shown.services));
    }
    if !shown.teams.is_empty() {
        all = all.add(col("team_id").is_in(shown.teams.iter().copied()));
    }
    all
}

fn held(field_id: Uuid) -> sea_orm::sea_query::SelectStatement {
    let of = |column: value::Column| Expr::col((value::Entity, column));
    Query::select()
        .expr(Expr::val(1))
        .from(value::Entity)
        .and_where(of(value::Column::TicketId).equals(("ticket", "id")))
        .and_where(of(value::Column::FieldId).eq(field_id))
        .to_owned()
}
