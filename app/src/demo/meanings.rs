//! What the cases call things, as the model knows them.

use entities::ticket::{ClosingReason, Kind, Priority};

use super::cases;

pub fn kind(kind: cases::Kind) -> Kind {
    match kind {
        cases::Kind::Incident => Kind::Incident,
        cases::Kind::ServiceRequest => Kind::ServiceRequest,
        cases::Kind::Question => Kind::Question,
        cases::Kind::Change => Kind::Change,
        cases::Kind::Requirement => Kind::Requirement,
    }
}

pub fn priority(number: u8) -> Priority {
    match number {
        1 => Priority::VeryHigh,
        2 => Priority::High,
        3 => Priority::Normal,
        _ => Priority::Low,
    }
}

pub fn closing_reason(reason: cases::Reason) -> ClosingReason {
    match reason {
        cases::Reason::UserError => ClosingReason::UserError,
        cases::Reason::SoftwareFault => ClosingReason::SoftwareFault,
        cases::Reason::Data => ClosingReason::Data,
        cases::Reason::Rights => ClosingReason::Rights,
        cases::Reason::Interface => ClosingReason::Interface,
        cases::Reason::LawChange => ClosingReason::LawChange,
        cases::Reason::Duplicate => ClosingReason::Duplicate,
        cases::Reason::NoAction => ClosingReason::NoAction,
    }
}
