//! The way of a repair, and which side may take which step.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// How far a repair has come.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum Repair {
    #[sea_orm(string_value = "reported")]
    Reported,
    #[sea_orm(string_value = "accepted")]
    Accepted,
    #[sea_orm(string_value = "in_work")]
    InWork,
    #[sea_orm(string_value = "delivered")]
    Delivered,
    /// In the unit's test environment.
    #[sea_orm(string_value = "installed")]
    Installed,
    #[sea_orm(string_value = "tested")]
    Tested,
    #[sea_orm(string_value = "approved")]
    Approved,
    #[sea_orm(string_value = "live")]
    Live,
    #[sea_orm(string_value = "confirmed")]
    Confirmed,
}

/// Who takes a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Vendor,
    /// The desk's own unit.
    Unit,
}

impl Repair {
    /// The side whose turn it is; nobody's once it is confirmed.
    pub fn turn(self) -> Option<Side> {
        match self {
            Repair::Reported | Repair::Accepted | Repair::InWork => Some(Side::Vendor),
            Repair::Delivered
            | Repair::Installed
            | Repair::Tested
            | Repair::Approved
            | Repair::Live => Some(Side::Unit),
            Repair::Confirmed => None,
        }
    }

    /// Where that side may take it from here: forward first, then back.
    pub fn next(self, side: Side) -> &'static [Repair] {
        if self.turn() != Some(side) {
            return &[];
        }
        match self {
            Repair::Reported => &[Repair::Accepted],
            Repair::Accepted => &[Repair::InWork],
            Repair::InWork => &[Repair::Delivered],
            Repair::Delivered => &[Repair::Installed, Repair::InWork],
            Repair::Installed => &[Repair::Tested, Repair::InWork],
            Repair::Tested => &[Repair::Approved, Repair::InWork],
            Repair::Approved => &[Repair::Live],
            Repair::Live => &[Repair::Confirmed, Repair::InWork],
            Repair::Confirmed => &[],
        }
    }

    /// Whether that side may take it there.
    pub fn may(self, side: Side, to: Repair) -> bool {
        self.next(side).contains(&to)
    }

    /// Whether the vendor has handed over what they repaired.
    pub fn is_delivered(self) -> bool {
        self >= Repair::Delivered
    }

    /// Whether everybody works with what was repaired.
    pub fn is_live(self) -> bool {
        self >= Repair::Live
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;

    #[test]
    fn a_repair_goes_its_way_by_turns() {
        let mut at = Repair::Reported;
        let mut sides = vec![];
        while let Some(side) = at.turn() {
            sides.push(side);
            at = at.next(side)[0];
        }
        assert_eq!(at, Repair::Confirmed);
        assert_eq!(sides[..3], [Side::Vendor; 3]);
        assert_eq!(sides[3..], [Side::Unit; 5]);
    }

    #[test]
    fn each_step_is_one_sides_alone() {
        for from in Repair::iter() {
            for to in Repair::iter() {
                assert!(!(from.may(Side::Vendor, to) && from.may(Side::Unit, to)));
            }
        }
    }

    #[test]
    fn what_fails_goes_back_into_work_and_nowhere_else() {
        for from in Repair::iter() {
            for side in Side::iter() {
                let back = from.next(side).iter().filter(|to| **to < from);
                for to in back {
                    assert_eq!((side, *to), (Side::Unit, Repair::InWork), "{from:?}");
                }
            }
        }
        assert!(Repair::Tested.may(Side::Unit, Repair::InWork));
        assert!(!Repair::Approved.may(Side::Unit, Repair::InWork));
    }

    #[test]
    fn no_step_is_left_out() {
        let order: Vec<Repair> = Repair::iter().collect();
        for pair in order.windows(2) {
            let side = pair[0].turn().into_iter().next();
            assert!(side.is_some_and(|side| pair[0].may(side, pair[1])));
        }
    }
}
