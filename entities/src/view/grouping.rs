//! By what the rows of a list stand together.

/// What makes a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Grouping {
    /// When the next deadline is.
    Due,
    Service,
    District,
    Owner,
}

impl Grouping {
    pub const ALL: [Grouping; 4] = [
        Grouping::Due,
        Grouping::Service,
        Grouping::District,
        Grouping::Owner,
    ];

    /// The form in an address.
    pub fn name(self) -> &'static str {
        match self {
            Grouping::Due => "due",
            Grouping::Service => "service",
            Grouping::District => "district",
            Grouping::Owner => "owner",
        }
    }

    /// Reads what `name` wrote.
    pub fn from_name(name: &str) -> Option<Grouping> {
        Grouping::ALL.into_iter().find(|g| g.name() == name)
    }
}
