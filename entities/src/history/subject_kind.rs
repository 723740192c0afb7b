//! The kinds of subjects: what their chains are called, and where their rows lie.

use sea_orm::{EnumIter, Iterable as _};

/// What sort of thing has a history. A new one names its place here, and verification looks there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter)]
pub enum SubjectKind {
    Activity,
    AnswerStop,
    Article,
    Calendar,
    Category,
    Checklist,
    ClaimRule,
    Contract,
    DocumentTemplate,
    Effort,
    Export,
    Field,
    IdentityProvider,
    Mail,
    Mailbox,
    MailFilter,
    Organisation,
    Person,
    RecurringTask,
    Release,
    Role,
    Service,
    Synonym,
    Team,
    TextBlock,
    Ticket,
    TimeLimit,
    View,
}

impl SubjectKind {
    /// The stored name.
    pub fn name(self) -> &'static str {
        match self {
            SubjectKind::Activity => "activity",
            SubjectKind::AnswerStop => "answer_stop",
            SubjectKind::Article => "article",
            SubjectKind::Calendar => "calendar",
            SubjectKind::Category => "category",
            SubjectKind::Checklist => "checklist",
            SubjectKind::ClaimRule => "claim_rule",
            SubjectKind::Contract => "contract",
            SubjectKind::DocumentTemplate => "document_template",
            SubjectKind::Effort => "effort",
            SubjectKind::Export => "export",
            SubjectKind::Field => "field",
            SubjectKind::IdentityProvider => "identity_provider",
            SubjectKind::Mail => "mail",
            SubjectKind::Mailbox => "mailbox",
            SubjectKind::MailFilter => "mail_filter",
            SubjectKind::Organisation => "organisation",
            SubjectKind::Person => "person",
            SubjectKind::RecurringTask => "recurring_task",
            SubjectKind::Release => "release",
            SubjectKind::Role => "role",
            SubjectKind::Service => "service",
            SubjectKind::Synonym => "synonym",
            SubjectKind::Team => "team",
            SubjectKind::TextBlock => "text_block",
            SubjectKind::Ticket => "ticket",
            SubjectKind::TimeLimit => "time_limit",
            SubjectKind::View => "view",
        }
    }

    /// Reads what `name` wrote.
    pub fn from_name(name: &str) -> Option<SubjectKind> {
        SubjectKind::iter().find(|kind| kind.name() == name)
    }

    /// The table of their rows.
    pub fn table(self) -> &'static str {
        match self {
            SubjectKind::Mail => "inbound_mail",
            kind => kind.name(),
        }
    }

    /// The column by which people call one; none where it would tell what somebody wrote, or there is none.
    pub(super) fn label(self) -> Option<&'static str> {
        match self {
            SubjectKind::AnswerStop
            | SubjectKind::Article
            | SubjectKind::Effort
            | SubjectKind::Mail => None,
            SubjectKind::Field => Some("key"),
            SubjectKind::Synonym => Some("words"),
            SubjectKind::Ticket => Some("number"),
            _ => Some("name"),
        }
    }

    /// Whether a row is there only by an event. A mail comes from outside; its history begins with a decision.
    pub fn begins_with_an_event(self) -> bool {
        self != SubjectKind::Mail
    }
}
