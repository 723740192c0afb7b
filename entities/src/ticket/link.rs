//! Links between tickets. Each side has a row of its own, in its own words.

mod read;
mod tree;

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

pub(crate) use read::to;
pub use read::{
    Candidate, Linked, between, candidates, candidates_query, merged_here, merged_here_statement,
    of, of_statement,
};

pub use tree::{Node, Tree, tree};

use super::event::TicketEvent;
use super::state::State;
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::{Both, PairCommand};
use crate::permit::Action;
use crate::policy::Permission;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "link")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub ticket_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub other_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: LinkKind,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// What the other ticket is to this one.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    #[sea_orm(string_value = "related")]
    Related,
    /// This one repeats the other.
    #[sea_orm(string_value = "duplicate_of")]
    DuplicateOf,
    #[sea_orm(string_value = "has_duplicate")]
    HasDuplicate,
    #[sea_orm(string_value = "caused_by")]
    CausedBy,
    #[sea_orm(string_value = "causes")]
    Causes,
    /// The other stands above this one.
    #[sea_orm(string_value = "child_of")]
    ChildOf,
    #[sea_orm(string_value = "parent_of")]
    ParentOf,
    /// This one continues the other, which was closed too long ago.
    #[sea_orm(string_value = "follows")]
    Follows,
    #[sea_orm(string_value = "followed_by")]
    FollowedBy,
    /// This one was made of a message of the other.
    #[sea_orm(string_value = "split_from")]
    SplitFrom,
    #[sea_orm(string_value = "split_into")]
    SplitInto,
}

impl LinkKind {
    /// The same link seen from the other side.
    pub fn inverse(self) -> LinkKind {
        match self {
            LinkKind::Related => LinkKind::Related,
            LinkKind::DuplicateOf => LinkKind::HasDuplicate,
            LinkKind::HasDuplicate => LinkKind::DuplicateOf,
            LinkKind::CausedBy => LinkKind::Causes,
            LinkKind::Causes => LinkKind::CausedBy,
            LinkKind::ChildOf => LinkKind::ParentOf,
            LinkKind::ParentOf => LinkKind::ChildOf,
            LinkKind::Follows => LinkKind::FollowedBy,
            LinkKind::FollowedBy => LinkKind::Follows,
            LinkKind::SplitFrom => LinkKind::SplitInto,
            LinkKind::SplitInto => LinkKind::SplitFrom,
        }
    }
}

/// Links the first ticket to the second; `kind` is what the second is to the first.
#[derive(Clone, Debug)]
pub struct Link {
    pub kind: LinkKind,
}

impl Action for Link {
    type On = Ticket;
    const NEEDS: Permission = Permission::LinkTickets;
}

impl PairCommand for Link {
    fn decide(
        self,
        one: &Ticket,
        other: &Ticket,
        _: &Actor,
        _: Instant,
    ) -> Result<Both<Vec<TicketEvent>>, Rejected> {
        if one.state == State::Merged {
            return Err(Rejected::AlreadyMerged);
        }
        if other.state == State::Merged {
            return Err(Rejected::TargetMerged);
        }
        let linked = |other_id, kind| vec![TicketEvent::Linked { other_id, kind }];
        Ok(Both {
            one: linked(other.id, self.kind),
            other: linked(one.id, self.kind.inverse()),
        })
    }
}

/// Takes a link away again, from both sides.
#[derive(Clone, Debug)]
pub struct Unlink {
    pub kind: LinkKind,
}

impl Action for Unlink {
    type On = Ticket;
    const NEEDS: Permission = Permission::LinkTickets;
}

impl PairCommand for Unlink {
    fn decide(
        self,
        one: &Ticket,
        other: &Ticket,
        _: &Actor,
        _: Instant,
    ) -> Result<Both<Vec<TicketEvent>>, Rejected> {
        let unlinked = |other_id, kind| vec![TicketEvent::Unlinked { other_id, kind }];
        Ok(Both {
            one: unlinked(other.id, self.kind),
            other: unlinked(one.id, self.kind.inverse()),
        })
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;

    #[test]
    fn every_link_reads_the_same_from_both_sides() {
        for kind in LinkKind::iter() {
            assert_eq!(kind.inverse().inverse(), kind);
        }
    }
}
