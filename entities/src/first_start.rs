//! What a new desk begins with: the shipped roles, one calendar and one mailbox.

use sea_orm::EntityTrait;
use sea_orm::PaginatorTrait;

use crate::activity::{self, ActivityFacts};
use crate::actor::{Actor, Rule};
use crate::calendar::{self, CalendarFacts, Region, Span, Week};
use crate::db::Db;
use crate::error::{DeskError, Rejected, Result};
use crate::ledger::Command;
use crate::mailbox::{self, MailboxFacts};
use crate::permit::{Desk, Permit};
use crate::policy::{Grant, Permission, Scope};
use crate::role::{self, RoleFacts};

/// Stored mark of the role that may do everything.
pub const ADMINISTRATOR: &str = "administrator";
/// Stored mark of the role of those who work on tickets.
pub const AGENT: &str = "agent";
/// Stored mark of the role of those who lead a team.
pub const LEAD: &str = "lead";
/// Stored mark of the role of those who read solved cases without names.
pub const SEARCHER: &str = "searcher";
/// Stored mark of the role of those who write articles.
pub const KNOWLEDGE_AUTHOR: &str = "knowledge_author";
/// Stored mark of the role of those who look through articles and publish them.
pub const KNOWLEDGE_REVIEWER: &str = "knowledge_reviewer";
/// Stored mark of the role of those who use the portal for vendors.
pub const VENDOR: &str = "vendor";
/// Stored mark of the role of those who also let others of their vendor in and out.
pub const VENDOR_COORDINATOR: &str = "vendor_coordinator";
/// Name of the first mailbox.
pub const DEFAULT_MAILBOX: &str = "default";

/// Makes what is missing of the shipped roles, and activities, a calendar and a mailbox without IMAP when there are none.
/// May run at every start and in several processes at once.
///
/// # Errors
/// `NotAnAddress` when the mailbox's address is none.
pub async fn prepare(db: &Db, mailbox_address: &str) -> Result<()> {
    for (shipped_as, name, grants) in [
        (ADMINISTRATOR, "Administrator", administrator()),
        (AGENT, "Agent", agent()),
        (LEAD, "Lead", lead()),
        (SEARCHER, "Searcher", searcher()),
        (KNOWLEDGE_AUTHOR, "Knowledge author", knowledge_author()),
        (
            KNOWLEDGE_REVIEWER,
            "Knowledge reviewer",
            knowledge_reviewer(),
        ),
        (VENDOR, "Vendor", vendor()),
        (
            VENDOR_COORDINATOR,
            "Vendor coordinator",
            vendor_coordinator(),
        ),
    ] {
        if role::shipped(db, shipped_as).await?.is_none() {
            let facts = RoleFacts {
                name: name.to_owned(),
                shipped_as: Some(shipped_as.to_owned()),
                grants,
            };
            make(db, role::Create { facts, once: None }).await?;
        }
    }
    if calendar::Entity::find().count(db.reader()).await? == 0 {
        let facts = office_in_berlin();
        make(db, calendar::Create { facts, once: None }).await?;
    }
    if activity::Entity::find().count(db.reader()).await? == 0 {
        for facts in activities() {
            make(db, activity::Create { facts, once: None }).await?;
        }
    }
    if mailbox::Entity::find().count(db.reader()).await? == 0 {
        let facts = MailboxFacts::new(DEFAULT_MAILBOX, mailbox_address, "");
        make(db, mailbox::Create { facts, once: None }).await?;
    }
    Ok(())
}

async fn make<C: Command<On = Desk>>(db: &Db, command: C) -> Result<()> {
    let permit = Permit::ask(&Actor::System(Rule::Console), Desk)?;
    match db.change(permit, command).await {
        // Another process made it in this moment.
        Ok(_) | Err(DeskError::Rejected(Rejected::NameTaken | Rejected::AddressTaken)) => Ok(()),
        Err(e) => Err(e),
    }
}

/// What effort is booked on until the desk has a catalogue of its own.
fn activities() -> Vec<ActivityFacts> {
    [
        ("Fallbearbeitung", "Case work"),
        ("Beratung am Telefon", "Advice by phone"),
        ("Analyse und Test", "Analysis and testing"),
        ("Dokumentation", "Documentation"),
        ("Besprechung", "Meeting"),
        ("Schulung", "Training"),
    ]
    .map(|(name, name_en)| ActivityFacts {
        name: name.to_owned(),
        name_en: name_en.to_owned(),
    })
    .to_vec()
}

/// Monday to Friday from eight to four, without Berlin's public holidays.
pub fn office_in_berlin() -> CalendarFacts {
    let hours = || vec![Span { from: 480, to: 960 }];
    let mut week = Week::default();
    week[..5].fill_with(hours);
    CalendarFacts {
        name: "Berlin".to_owned(),
        week,
        holidays: Some(Region::Berlin),
        days: vec![],
    }
}

/// Every permission a person can hold, everywhere.
pub fn administrator() -> Vec<Grant> {
    Permission::ALL
        .iter()
        .filter(|p| !Permission::SYSTEM_ONLY.contains(p))
        .map(|&permission| Grant::everywhere(permission))
        .collect()
}

/// Read, watch, note, link and book effort on everything, open tickets; work on those of one's teams, of no team, and one's own.
pub fn agent() -> Vec<Grant> {
    let everywhere = [
        Permission::ReadTickets,
        Permission::Watch,
        Permission::Note,
        Permission::BookEffort,
        Permission::LinkTickets,
        Permission::CreateTickets,
        Permission::ReadArticles,
    ];
    let in_teams = [
        Permission::Reply,
        Permission::Classify,
        Permission::Assign,
        Permission::SetPriority,
        Permission::SetState,
        Permission::CloseTickets,
        Permission::MergeTickets,
        Permission::ShareWithVendor,
        Permission::WithdrawShare,
        // What one works on may be taken out; reading everything is no reason to carry everything away.
        Permission::ExportTickets,
    ];
    let with = |scope: Scope| {
        move |permission| Grant {
            permission,
            scope: scope.clone(),
        }
    };
    everywhere
        .into_iter()
        .map(with(Scope::Everything))
        .chain(in_teams.into_iter().map(with(Scope::OwnTeams)))
        .collect()
}

/// What an agent may, in their teams sharing views, saying that somebody is away and approving what is blacked out, and
/// the text blocks of the desk.
pub fn lead() -> Vec<Grant> {
    let mut grants = agent();
    let of_teams = [
        Permission::ShareViews,
        Permission::EnterAbsences,
        Permission::RedactMessages,
    ];
    grants.extend(of_teams.map(|permission| Grant {
        permission,
        scope: Scope::OwnTeams,
    }));
    // A text is written by one and approved by another.
    grants.push(Grant::everywhere(Permission::ManageTextBlocks));
    grants
}

/// Solved cases without names, and nothing else.
pub fn searcher() -> Vec<Grant> {
    vec![Grant::everywhere(Permission::ReadCases)]
}

/// The knowledge base and its drafts, and writing them.
pub fn knowledge_author() -> Vec<Grant> {
    [Permission::ReadArticles, Permission::WriteArticles]
        .map(Grant::everywhere)
        .to_vec()
}

/// The knowledge base and its drafts, giving them back to their authors and publishing them.
pub fn knowledge_reviewer() -> Vec<Grant> {
    [
        Permission::ReadArticles,
        Permission::ReviewArticles,
        Permission::PublishArticles,
    ]
    .map(Grant::everywhere)
    .to_vec()
}

/// The portal with what is shared with one's own vendor, and nothing of the desk.
pub fn vendor() -> Vec<Grant> {
    vec![Grant {
        permission: Permission::UsePortal,
        scope: Scope::OwnOrganisation,
    }]
}

/// The same, and letting colleagues in and out.
pub fn vendor_coordinator() -> Vec<Grant> {
    let mut grants = vendor();
    grants.push(Grant {
        permission: Permission::InviteVendors,
        scope: Scope::OwnOrganisation,
    });
    grants
}
