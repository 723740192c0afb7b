//! Four eyes: what somebody wrote is used once another person has approved it.

use uuid::Uuid;

use super::SettingEvent;
use crate::error::Rejected;
use crate::ledger::Checks;

/// Facts that hold something written, and what of it is used.
pub(crate) trait FourEyes {
    type Written: PartialEq;

    /// The newest.
    fn written(&self) -> &Self::Written;

    /// Who wrote the newest.
    fn written_by(&self) -> Option<Uuid>;

    /// What is used by others; none also where nobody has to approve anything.
    fn approved(&self) -> Option<&Self::Written>;
}

/// Refuses that a person approves what they wrote, or puts what they wrote under another's name.
pub(crate) fn guard<F: FourEyes>(events: &[SettingEvent<F>], person: Uuid, checks: &mut Checks) {
    for event in events {
        let (before, after) = match event {
            SettingEvent::Created(facts) => (None, facts.as_ref()),
            SettingEvent::Updated { from, to } => (Some(from.as_ref()), to.as_ref()),
            SettingEvent::Retired | SettingEvent::Restored => continue,
        };
        let rewrites = before.is_none_or(|before| before.written() != after.written());
        let approved = before.and_then(F::approved);
        let approves = after.approved().is_some() && after.approved() != approved;
        let is_theirs = after.written_by() == Some(person);
        let names_another = rewrites && !is_theirs;
        let approves_own = approves && (rewrites || is_theirs);
        if names_another || approves_own {
            checks.refuse(Rejected::OwnWork);
        }
    }
}
