//! Who may do what: permissions, scopes, and the one place that compares them.

mod reach;
mod scope;

use serde::{Deserialize, Serialize};

pub(crate) use reach::is_about;
pub use reach::{
    Place, Reached, TicketPlace, allows, articles_where, covers, holds, reached, require,
    tickets_where,
};
pub use scope::{Grant, Scope};

/// Everything that can be permitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    ReadTickets,
    CreateTickets,
    Reply,
    Note,
    Assign,
    Classify,
    SetPriority,
    SetState,
    CloseTickets,
    /// Tying tickets together, and refusing what the intake suggests.
    LinkTickets,
    /// Merging tickets, and moving a message to another one.
    MergeTickets,
    /// Blacking out for ever what a colleague asks to have blacked out.
    RedactMessages,
    /// Sharing a ticket with a vendor, writing to them, and taking the repair a step further.
    ShareWithVendor,
    /// Taking a shared ticket out of a vendor's sight again.
    WithdrawShare,
    /// Seeing what is shared with one's own organisation, and answering; for vendors.
    UsePortal,
    /// Letting people of vendors into the portal and out of it: of every vendor, or of one's own.
    InviteVendors,
    /// Booking one's own effort on tickets, and apart from them.
    BookEffort,
    /// Keeping an eye on tickets; whoever reads may.
    Watch,
    /// Reading what has ended without anybody's name; whoever reads tickets needs it not.
    ReadCases,
    /// Taking lists of tickets out of the desk as files.
    ExportTickets,
    /// Taking in mail, for the system's intake only.
    ReceiveMail,
    /// Recording what became of a mail, for the system's sender only.
    DeliverMail,
    /// Reopening what a reminder calls back and telling of deadlines, for the system only.
    Remind,
    /// Seeing failed mail and deciding what becomes of it.
    SettleMail,
    /// Saving views for a team, or everywhere for all; one's own need no role.
    ShareViews,
    /// Saying that somebody of a team is away; for oneself it needs no role.
    EnterAbsences,
    ManagePeople,
    ManageOrganisations,
    ManageTeams,
    ManageServices,
    /// Defining dynamic fields.
    ManageFields,
    /// Writing the texts that others fill in and send.
    ManageTextBlocks,
    /// Reading what is published of the knowledge base.
    ReadArticles,
    /// Beginning articles and writing their next versions.
    WriteArticles,
    /// Remarking on what others wrote, and giving it back to them.
    ReviewArticles,
    /// Letting readers see what others wrote, taking it from them, and keeping the categories.
    PublishArticles,
    ManageMailboxes,
    ManageRoles,
}

impl Permission {
    /// Every permission, in the order of the settings pages.
    pub const ALL: &'static [Permission] = &[
        Permission::ReadTickets,
        Permission::CreateTickets,
        Permission::Reply,
        Permission::Note,
        Permission::Assign,
        Permission::Classify,
        Permission::SetPriority,
        Permission::SetState,
        Permission::CloseTickets,
        Permission::LinkTickets,
        Permission::MergeTickets,
        Permission::RedactMessages,
        Permission::ShareWithVendor,
        Permission::WithdrawShare,
        Permission::UsePortal,
        Permission::InviteVendors,
        Permission::BookEffort,
        Permission::Watch,
        Permission::ReadCases,
        Permission::ExportTickets,
        Permission::ReceiveMail,
        Permission::DeliverMail,
        Permission::Remind,
        Permission::SettleMail,
        Permission::ShareViews,
        Permission::EnterAbsences,
        Permission::ManagePeople,
        Permission::ManageOrganisations,
        Permission::ManageTeams,
        Permission::ManageServices,
        Permission::ManageFields,
        Permission::ManageTextBlocks,
        Permission::ReadArticles,
        Permission::WriteArticles,
        Permission::ReviewArticles,
        Permission::PublishArticles,
        Permission::ManageMailboxes,
        Permission::ManageRoles,
    ];

    /// What no role of a person ever holds: acts of the system alone.
    pub const SYSTEM_ONLY: &'static [Permission] = &[
        Permission::ReceiveMail,
        Permission::DeliverMail,
        Permission::Remind,
    ];

    /// To what its scopes can be narrowed.
    pub fn spread(self) -> Spread {
        match self {
            Permission::ReadTickets
            | Permission::Reply
            | Permission::Note
            | Permission::Assign
            | Permission::Classify
            | Permission::SetPriority
            | Permission::SetState
            | Permission::CloseTickets
            | Permission::LinkTickets
            | Permission::MergeTickets
            | Permission::RedactMessages
            | Permission::ShareWithVendor
            | Permission::WithdrawShare
            | Permission::UsePortal
            | Permission::BookEffort
            | Permission::Watch
            | Permission::ReadCases
            | Permission::ExportTickets => Spread::Tickets,
            Permission::ShareViews | Permission::EnterAbsences => Spread::Teams,
            Permission::InviteVendors => Spread::Organisation,
            Permission::ReadArticles
            | Permission::WriteArticles
            | Permission::ReviewArticles
            | Permission::PublishArticles => Spread::Services,
            Permission::CreateTickets
            | Permission::ReceiveMail
            | Permission::DeliverMail
            | Permission::Remind
            | Permission::SettleMail
            | Permission::ManagePeople
            | Permission::ManageOrganisations
            | Permission::ManageTeams
            | Permission::ManageServices
            | Permission::ManageFields
            | Permission::ManageTextBlocks
            | Permission::ManageMailboxes
            | Permission::ManageRoles => Spread::Desk,
        }
    }

    /// The stored name, the same in the database and in the history.
    pub fn name(self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::String(name)) => name,
            _ => String::new(),
        }
    }

    /// Reads a stored name; an unknown one is none.
    pub fn from_name(name: &str) -> Option<Permission> {
        Permission::ALL.iter().copied().find(|p| p.name() == name)
    }
}

/// To what a permission can be narrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    /// To nothing: it is held for the whole desk or not at all.
    Desk,
    /// To teams.
    Teams,
    /// To one's own organisation.
    Organisation,
    /// To services.
    Services,
    /// To tickets, by every scope there is.
    Tickets,
}
