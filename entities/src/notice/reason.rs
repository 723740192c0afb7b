//! Why somebody is told of something, and under which heading they choose how.

use super::Kind;

/// What ties a person to what they are told of. Of several the first counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Somebody named them in a note.
    Mentioned,
    /// They work on the ticket, or answer for the article.
    Owner,
    /// They decide what is blacked out.
    Approver,
    /// They stand in for whoever does.
    Deputy,
    /// Whoever does is away, and they are there for them.
    Absent,
    /// Whoever does works on tickets no more, and they are there for them.
    Left,
    /// Nobody works on the ticket, and it is their team's.
    Team,
    /// They watch the ticket or the article.
    Watch,
    /// They watch the service or one above it.
    Service,
    /// They watch a view that the ticket came into.
    View,
}

impl Reason {
    pub const ALL: [Reason; 10] = [
        Reason::Mentioned,
        Reason::Owner,
        Reason::Approver,
        Reason::Deputy,
        Reason::Absent,
        Reason::Left,
        Reason::Team,
        Reason::Watch,
        Reason::Service,
        Reason::View,
    ];

    /// The stored name.
    pub fn name(self) -> &'static str {
        match self {
            Reason::Mentioned => "mentioned",
            Reason::Owner => "owner",
            Reason::Approver => "approver",
            Reason::Deputy => "deputy",
            Reason::Absent => "absent",
            Reason::Left => "left",
            Reason::Team => "team",
            Reason::Watch => "watch",
            Reason::Service => "service",
            Reason::View => "view",
        }
    }

    /// Reads a stored name.
    pub fn from_name(name: &str) -> Option<Reason> {
        Reason::ALL.into_iter().find(|one| one.name() == name)
    }

    /// Whether they are told in place of somebody else.
    pub(crate) fn is_in_place_of_another(self) -> bool {
        matches!(self, Reason::Deputy | Reason::Absent | Reason::Left)
    }

    /// Whether whoever is tied that way to a ticket is told of such an event of it.
    pub(crate) fn hears_of(self, kind: Kind) -> bool {
        if self == Reason::Approver || kind == Kind::RedactionAsked {
            return self == Reason::Approver && kind == Kind::RedactionAsked;
        }
        match kind {
            Kind::Mentioned => self == Reason::Mentioned,
            Kind::Assigned => self == Reason::Owner,
            Kind::ColleagueWrote => !matches!(self, Reason::Team | Reason::View),
            Kind::Solved => matches!(self, Reason::Owner | Reason::Watch | Reason::Service),
            Kind::TicketOpened | Kind::Classified => self == Reason::Service,
            Kind::CameIn => self == Reason::View,
            Kind::Deputised => matches!(self, Reason::Owner | Reason::Team),
            Kind::Reopened => self.is_in_place_of_another(),
            _ => true,
        }
    }
}

/// What people choose for, each how they are told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    Mentioned,
    Assigned,
    /// Something happens at what one works on.
    Own,
    Deputy,
    Team,
    Watched,
    Service,
    View,
    Deadline,
    Reminder,
    /// Somebody asks to have something blacked out.
    Redaction,
    Article,
}

impl Topic {
    /// In the order of the page.
    pub const ALL: [Topic; 12] = [
        Topic::Mentioned,
        Topic::Assigned,
        Topic::Own,
        Topic::Team,
        Topic::Deputy,
        Topic::Deadline,
        Topic::Reminder,
        Topic::Redaction,
        Topic::Watched,
        Topic::Service,
        Topic::View,
        Topic::Article,
    ];

    /// What somebody is told belongs under one of them.
    pub fn of(kind: Kind, reason: Reason) -> Topic {
        match (kind, reason) {
            (Kind::Mentioned, _) => Topic::Mentioned,
            (Kind::Assigned, _) | (Kind::Deputised, Reason::Owner) => Topic::Assigned,
            (
                Kind::ReviewDue | Kind::ArticlePublished | Kind::ArticleRetired | Kind::RecheckDue,
                _,
            ) => Topic::Article,
            (Kind::RedactionAsked, _) => Topic::Redaction,
            // Whoever watches chose to, whatever happens.
            (_, Reason::Watch) => Topic::Watched,
            (_, Reason::Service) => Topic::Service,
            (_, Reason::View) => Topic::View,
            (Kind::DeadlineNear | Kind::DeadlinePassed, _) => Topic::Deadline,
            (Kind::ReminderReached, _) => Topic::Reminder,
            // As good as nobody works on it.
            (_, Reason::Team | Reason::Left) => Topic::Team,
            (_, Reason::Deputy | Reason::Absent) => Topic::Deputy,
            (_, Reason::Owner | Reason::Mentioned | Reason::Approver) => Topic::Own,
        }
    }

    /// The form in addresses and in the database.
    pub fn name(self) -> &'static str {
        match self {
            Topic::Mentioned => "mentioned",
            Topic::Assigned => "assigned",
            Topic::Own => "own",
            Topic::Deputy => "deputy",
            Topic::Team => "team",
            Topic::Watched => "watched",
            Topic::Service => "service",
            Topic::View => "view",
            Topic::Deadline => "deadline",
            Topic::Reminder => "reminder",
            Topic::Redaction => "redaction",
            Topic::Article => "article",
        }
    }

    /// Reads what `name` wrote.
    pub fn from_name(name: &str) -> Option<Topic> {
        Topic::ALL.into_iter().find(|one| one.name() == name)
    }
}
