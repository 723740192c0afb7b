//! What people are told of deadlines: that one is near, and that it has passed, each once.

use chrono::Duration;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::outlook::Outlook;
use super::reckon::{Deadlines, Goal};
use crate::clock::Instant;

/// How far a deadline has been told.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum Told {
    #[sea_orm(string_value = "near")]
    Near,
    #[sea_orm(string_value = "passed")]
    Passed,
}

/// So long it is news that a deadline has passed.
const NEWS: Duration = Duration::days(3);

/// Whether people are told of a deadline at that instant. What passed long before the clock struck, because the desk
/// was away or has only learnt to tell, stands in the history and in the lists alone: all at once it would bury
/// what is new.
pub(crate) fn is_news(due: Instant, at: Instant) -> bool {
    at - due < NEWS
}

/// What stays told of a deadline that is reckoned anew: only what is true of where it lies now.
pub(super) fn carried(
    told: Option<Told>,
    warn_at: Option<Instant>,
    due: Option<Instant>,
    at: Instant,
) -> Option<Told> {
    let has_come = |when: Option<Instant>| when.is_some_and(|when| when <= at);
    match told? {
        Told::Passed if has_come(due) => Some(Told::Passed),
        _ => has_come(warn_at).then_some(Told::Near),
    }
}

impl Deadlines {
    /// What has been told of a goal's deadline.
    pub fn told(&self, goal: Goal) -> Option<Told> {
        match goal {
            Goal::FirstAnswer => self.first_answer_told,
            Goal::Solution => self.solution_told,
        }
    }

    pub(crate) fn tell(&mut self, goal: Goal, told: Option<Told>) {
        match goal {
            Goal::FirstAnswer => self.first_answer_told = told,
            Goal::Solution => self.solution_told = told,
        }
    }
}

impl Outlook {
    /// The goals that are still to be reached while the clock runs, with their deadlines.
    fn running(&self) -> impl Iterator<Item = (Goal, Instant)> {
        let goals = Goal::ALL.map(|goal| Some((goal, self.open(goal)?)));
        let runs = self.deadlines.due_at.is_some();
        goals.into_iter().flatten().filter(move |_| runs)
    }

    /// What is to be told by now. That one is near is told of the next alone, and not beside one that has passed.
    pub fn untold(&self, now: Instant) -> Vec<(Goal, Told)> {
        let d = &self.deadlines;
        let passed = self
            .running()
            .filter(|(goal, due)| *due <= now && d.told(*goal) != Some(Told::Passed));
        let passed: Vec<_> = passed.map(|(goal, _)| (goal, Told::Passed)).collect();
        if !passed.is_empty() {
            return passed;
        }
        let near = self.goal().filter(|goal| {
            d.due_at.is_some() && d.told(*goal).is_none() && d.warn_at.is_some_and(|at| at <= now)
        });
        near.map(|goal| (goal, Told::Near)).into_iter().collect()
    }

    /// When there is something to tell next.
    pub fn next_notice(&self) -> Option<Instant> {
        let next = self.goal();
        let when = self
            .running()
            .filter_map(|(goal, due)| match self.deadlines.told(goal) {
                Some(Told::Passed) => None,
                None if Some(goal) == next => self.deadlines.warn_at.or(Some(due)),
                _ => Some(due),
            });
        when.min()
    }
}
