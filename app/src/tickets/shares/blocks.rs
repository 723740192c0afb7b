//! Text blocks of an enquiry, their places filled from the ticket.

use entities::text_block::{TextBlock, fill};
use entities::ticket::share::Enquiry;

use crate::text_blocks::values::Values;

impl Values {
    /// What an enquiry begins with when no block says so.
    pub fn enquiry(&self) -> Enquiry {
        let text = |name: &str| self.value(name).unwrap_or_default();
        Enquiry {
            product: text("service"),
            release: text("field.release"),
            environment: text("field.environment"),
            observed: text("description"),
            effect: text("field.impact"),
            ..Enquiry::default()
        }
    }

    /// The parts of a block, filled; what the block leaves open stays as it was.
    pub fn filled(&self, block: &TextBlock, before: &Enquiry) -> Enquiry {
        let approved = block.approved().unwrap_or_default();
        let parts = approved
            .enquiry
            .map(|text| fill(text, |name| self.value(name)));
        let or = |new: String, old: &str| match new.trim().is_empty() {
            true => old.to_owned(),
            false => new,
        };
        Enquiry {
            product: or(parts.product, &before.product),
            release: or(parts.release, &before.release),
            environment: or(parts.environment, &before.environment),
            observed: or(parts.observed, &before.observed),
            expected: or(parts.expected, &before.expected),
            steps: or(parts.steps, &before.steps),
            frequency: or(parts.frequency, &before.frequency),
            effect: or(parts.effect, &before.effect),
            deadline: before.deadline,
        }
    }
}
