//! With whom the repair of a ticket lies, as a list's filter names it.

use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement};

use super::filter::col;
use super::state::{State, WaitingFor};
use crate::clock::Instant;

/// Steps in which it is a vendor's turn; written out, so that a planner sees that its index holds them.
const WITH_VENDOR: &str = "repair IN ('reported', 'accepted', 'in_work')";
const WITH_UNIT: &str = "repair IN ('delivered', 'installed', 'tested', 'approved', 'live')";

/// Where a repair lies. A ticket shared with several vendors can be several of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RepairIs {
    /// With a vendor: it is their turn, or the ticket waits for one.
    WithVendor,
    /// With a vendor who has let a clock run out.
    Late,
    /// Delivered, and with the desk's own unit.
    WithUnit,
}

impl RepairIs {
    pub const ALL: [RepairIs; 3] = [RepairIs::WithVendor, RepairIs::Late, RepairIs::WithUnit];

    /// The form in an address.
    pub fn name(self) -> &'static str {
        match self {
            RepairIs::WithVendor => "vendor",
            RepairIs::Late => "late",
            RepairIs::WithUnit => "unit",
        }
    }

    /// Reads what `name` wrote.
    pub fn from_name(name: &str) -> Option<RepairIs> {
        RepairIs::ALL.into_iter().find(|is| is.name() == name)
    }

    pub(super) fn condition(self, now: Instant) -> Condition {
        let among = |shares: SelectStatement| col("id").in_subquery(shares);
        match self {
            // One that waits for a vendor by mail alone has no share.
            RepairIs::WithVendor => Condition::any().add(among(shares(WITH_VENDOR))).add(
                Condition::all()
                    .add(col("state").eq(State::Waiting))
                    .add(col("waiting_for").eq(WaitingFor::Vendor)),
            ),
            RepairIs::Late => {
                let mut late = shares(WITH_VENDOR);
                let open = |done: &'static str, due: &'static str| {
                    Condition::all()
                        .add(Expr::col(done).is_null())
                        .add(Expr::col(due).lt(now))
                };
                late.cond_where(
                    Condition::any()
                        .add(open("reacted_at", "reaction_due_at"))
                        .add(open("delivered_at", "delivery_due_at")),
                );
                Condition::all().add(among(late))
            }
            RepairIs::WithUnit => Condition::all().add(among(shares(WITH_UNIT))),
        }
    }
}

/// The tickets with an open share that is in one of these steps.
fn shares(steps: &'static str) -> SelectStatement {
    Query::select()
        .column("ticket_id")
        .from("vendor_share")
        .and_where(Expr::col("withdrawn_at").is_null())
        .and_where(Expr::cust(steps))
        .to_owned()
}
