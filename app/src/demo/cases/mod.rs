//! Case skeletons in the words of real offices, from which threads are made.

mod access;
mod childcare;
mod family;
mod payments;
mod technical;
mod wishes;

pub use access::ACCESS;
pub use childcare::CHILDCARE;
pub use family::FAMILY;
pub use payments::PAYMENTS;
pub use technical::TECHNICAL;
pub use wishes::WISHES;

/// What the requester wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Incident,
    ServiceRequest,
    Question,
    Change,
    Requirement,
}

/// Why a case ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    UserError,
    SoftwareFault,
    Data,
    Rights,
    Interface,
    LawChange,
    Duplicate,
    NoAction,
}

/// A case without its particulars. Texts have no greeting and no closing; an empty text means
/// that the case has no such message. Slots: `{name}` (a woman concerned), `{fall}`, `{fall2}`,
/// `{bezirk}`, `{betrag}`, `{datum}` (shortly before), `{frist}` (shortly after), `{monat}`, `{uhr}`.
#[derive(Debug, Clone, Copy)]
pub struct Skeleton {
    pub titles: &'static [&'static str],
    pub service: &'static str,
    pub module: Option<&'static str>,
    pub kind: Kind,
    pub reason: Reason,
    pub opening: &'static str,
    pub question: &'static str,
    pub answer: &'static str,
    pub call: &'static str,
    pub note: &'static str,
    pub log: &'static str,
    pub to_vendor: &'static str,
    pub from_vendor: &'static str,
    pub solution: &'static str,
    pub thanks: &'static str,
}

/// Every skeleton of every group.
pub fn all() -> Vec<&'static Skeleton> {
    [CHILDCARE, FAMILY, PAYMENTS, TECHNICAL, ACCESS, WISHES]
        .into_iter()
        .flatten()
        .collect()
}
