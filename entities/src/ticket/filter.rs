//! Which tickets a list shows: a filter that is also an address, and its SQL.

use chrono::Duration;
use sea_orm::Iterable;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use uuid::Uuid;

use super::among::{Among, is_one_of};
pub use super::due_is::DueIs;
use super::group::Group;
pub use super::repair_is::RepairIs;
pub use super::standing::Standing;
use super::state::{Channel, Priority};
use super::{number, watch};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::field::filter::FieldFilter;
use crate::field::lacking::Lacking;
use crate::text;

/// A selection of tickets; the empty one selects all open work.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// None given: all active states.
    pub standings: Vec<Standing>,
    /// None given: whoever works on it.
    pub owners: Vec<OwnerIs>,
    /// Only what the reader watches.
    pub watched: bool,
    pub teams: Among,
    /// Each with its modules.
    pub services: Among,
    pub priorities: Vec<Priority>,
    pub districts: Among,
    /// None given: whichever way it came.
    pub channels: Vec<Channel>,
    pub requester_id: Option<Uuid>,
    /// Opened at least so long ago.
    pub older_than: Option<Duration>,
    /// Without a message for at least so many days.
    pub silent_days: Option<i64>,
    /// Only with a reminder that has passed.
    pub reminder_passed: bool,
    /// Only with a reminder before that instant.
    pub reminder_before: Option<Instant>,
    /// Only without a reminder.
    pub no_reminder: bool,
    /// None given: whatever is due when.
    pub due: Vec<DueIs>,
    /// None given: whoever repairs it, if anybody does.
    pub repair: Option<RepairIs>,
    /// A number, or words of the title.
    pub text: Option<String>,
    pub fields: Vec<FieldFilter>,
    /// Only open work in which something is missing that was needed already.
    pub lacking: Option<Lacking>,
    /// Only one group of a list in groups.
    pub group: Option<Group>,
}

/// Whose tickets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OwnerIs {
    Me,
    Nobody,
    Person(Uuid),
}

pub(crate) fn col(name: &'static str) -> Expr {
    Expr::col(("ticket", name))
}

/// Whether somebody still works on a ticket.
pub(crate) fn is_active(active: bool) -> Expr {
    col("active").eq(literal(active))
}

/// Written into the statement: a planner that is not told takes half of all tickets for open ones.
pub(crate) fn literal(value: bool) -> Expr {
    Expr::Constant(value.into())
}

/// Tickets about these services or one of their modules.
pub(crate) fn about(services: &[Uuid]) -> Condition {
    let modules = Query::select()
        .column("id")
        .from("service")
        .and_where(is_one_of(Expr::col("parent_id"), services))
        .to_owned();
    Condition::any()
        .add(is_one_of(col("service_id"), services))
        .add(col("service_id").in_subquery(modules))
}

impl Filter {
    /// Whether it selects open work alone, or none of it; none when both.
    pub fn active(&self) -> Option<bool> {
        if self.standings.is_empty() {
            return (self.number().is_none() && self.requester_id.is_none()).then_some(true);
        }
        let open = self.standings.iter().filter(|s| s.is_active()).count();
        match open {
            0 => Some(false),
            n if n == self.standings.len() => Some(true),
            _ => None,
        }
    }

    pub(super) fn condition(&self, actor: &Actor, now: Instant) -> Condition {
        let mut all = Condition::all();
        if self.standings.is_empty() {
            // A number names one ticket wherever it stands.
            if self.number().is_none() && self.requester_id.is_none() {
                all = all.add(is_active(true));
            }
        } else {
            if self.standings.iter().all(|s| s.is_active()) {
                all = all.add(is_active(true));
            } else if !self.standings.iter().any(|s| s.is_active())
                // Few are solved and not closed: told that they have ended, a planner looks for them among all that has.
                && self.standings != [Standing::Solved]
            {
                all = all.add(is_active(false));
            }
            // Every active one is what the line above says; told twice, it hides the index from a planner.
            let is_all_active = Standing::ALL
                .iter()
                .all(|s| s.is_active() == self.standings.contains(s));
            if !is_all_active {
                let any = self.standings.iter();
                all = all.add(any.fold(Condition::any(), |any, s| any.add(s.condition())));
            }
        }
        all = all
            .add_option(self.owned_by(actor).held("owner_id"))
            .add_option(self.teams.held("team_id"))
            .add_option(self.services.condition("service_id", about))
            .add_option(self.districts.held("district_id"));
        if self.watched {
            all = all.add(watch::by(actor));
        }
        if self.no_reminder {
            all = all.add(col("reminder_at").is_null());
        }
        if !self.priorities.is_empty() && self.priorities.len() < Priority::iter().count() {
            all = all.add(col("priority").is_in(self.priorities.iter().copied()));
        }
        if !self.channels.is_empty() {
            all = all.add(col("channel").is_in(self.channels.iter().copied()));
        }
        if let Some(id) = self.requester_id {
            all = all.add(col("requester_id").eq(id));
        }
        if let Some(age) = self.older_than {
            all = all.add(col("created_at").lte(now - age));
        }
        if let Some(days) = self.silent_days {
            all = all.add(col("last_message_at").lte(now - Duration::days(days)));
        }
        if self.reminder_passed {
            all = all.add(col("reminder_at").lt(now));
        }
        if let Some(before) = self.reminder_before {
            all = all.add(col("reminder_at").lt(before));
        }
        if !self.due.is_empty() {
            let any = self.due.iter();
            all = all.add(any.fold(Condition::any(), |any, due| any.add(due.condition(now))));
        }
        if let Some(repair) = self.repair {
            all = all.add(repair.condition(now));
        }
        if let Some(group) = self.group {
            all = all.add(group.condition(now));
        }
        for field in &self.fields {
            all = all.add(field.condition(self.active()));
        }
        if let Some(lacking) = &self.lacking {
            all = all.add(lacking.condition());
        }
        if let Some(number) = self.number() {
            all = all.add(col("number").eq(number));
        } else if let Some(words) = self.text.as_deref() {
            for word in words.split_whitespace() {
                all = all.add(title_or_running_number(word));
            }
        }
        all
    }

    fn owned_by(&self, actor: &Actor) -> Among {
        let id = |owner: &OwnerIs| match owner {
            // Who is no person owns nothing.
            OwnerIs::Me => Some(actor.person_id().unwrap_or(Uuid::nil())),
            OwnerIs::Person(id) => Some(*id),
            OwnerIs::Nobody => None,
        };
        Among {
            ids: self.owners.iter().filter_map(id).collect(),
            or_none: self.owners.contains(&OwnerIs::Nobody),
        }
    }

    /// The number the text is, when it is one.
    pub fn number(&self) -> Option<String> {
        number::parse(self.text.as_deref()?)
    }
}

/// A shorter piece than this is a running number, not the beginning of a whole one.
const LEAST_DIGITS: usize = 4;

/// Tickets whose title holds the word, whose running number it is, or whose number holds it as far as it is typed.
pub(super) fn title_or_running_number(word: &str) -> Condition {
    use sea_orm::sea_query::{Func, LikeExpr};
    let pattern = format!("%{}", text::like_prefix(&word.to_lowercase()));
    let mut any = Condition::any()
        .add(Expr::expr(Func::lower(col("title"))).like(LikeExpr::new(pattern).escape('\\')));
    let typed = word.trim_start_matches('#');
    let digits = typed.replace('-', "");
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return any;
    }
    if digits == typed && digits.len() <= 9 {
        any = any.add(col("number").like(format!("%-{digits:0>6}-%")));
    }
    if digits.len() >= LEAST_DIGITS {
        let bare = Func::cust("replace").args([col("number"), "-".into(), "".into()]);
        any = any.add(Expr::expr(bare).like(format!("%{digits}%")));
    }
    any
}
