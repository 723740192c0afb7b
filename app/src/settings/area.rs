//! The areas of the settings: who may manage each, what it is called, where it lies.

use entities::{Permission, Uuid};

use crate::web::cx::Cx;
use crate::web::url::{self, Url};

/// One area of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// Dynamic fields of tickets.
    Fields,
    /// Wording that enquiries begin with.
    TextBlocks,
    /// Templates of letters.
    Documents,
    /// Steps that are put into tickets.
    Checklists,
    /// What effort is booked on.
    Activities,
    /// What comes back by date.
    Tasks,
    Services,
    /// In what articles are filed.
    Categories,
    /// Words that mean the same to the search.
    Synonyms,
    /// In which hours time counts.
    Calendars,
    /// In which time tickets are answered and solved.
    TimeLimits,
    /// What is agreed with vendors.
    Contracts,
    /// Versions of services, and when they go live.
    Releases,
    Teams,
    Organisations,
    /// Who of vendors may use the portal.
    Guests,
    People,
    /// What persons may do, by their roles.
    Roles,
    /// Who vouches for people when they sign in.
    Providers,
    /// What people are given when they sign in by a provider.
    ClaimRules,
    Mailboxes,
    /// What becomes of incoming mail by itself.
    Filters,
    /// Receipts and closing notes: sent and not sent.
    Answers,
    /// Mail that needs a person.
    Mail,
    /// Every mail that came in.
    Inbound,
    /// What was seen against what became of it.
    Reconciliation,
}

impl Area {
    const ALL: [Area; 26] = [
        Area::Fields,
        Area::TextBlocks,
        Area::Documents,
        Area::Checklists,
        Area::Categories,
        Area::Synonyms,
        Area::Services,
        Area::TimeLimits,
        Area::Calendars,
        Area::Contracts,
        Area::Releases,
        Area::Activities,
        Area::Tasks,
        Area::Teams,
        Area::Organisations,
        Area::Guests,
        Area::People,
        Area::Roles,
        Area::Providers,
        Area::ClaimRules,
        Area::Mailboxes,
        Area::Filters,
        Area::Answers,
        Area::Mail,
        Area::Inbound,
        Area::Reconciliation,
    ];

    /// The areas the reader may manage.
    pub fn open_to(cx: &Cx) -> impl Iterator<Item = Area> {
        Area::ALL
            .into_iter()
            .filter(|area| cx.actor.may_somewhere(area.permission()))
    }

    fn permission(self) -> Permission {
        match self {
            Area::Fields => Permission::ManageFields,
            Area::TextBlocks | Area::Documents | Area::Checklists => Permission::ManageTextBlocks,
            Area::Categories => Permission::PublishArticles,
            Area::Services
            | Area::Activities
            | Area::Tasks
            | Area::Synonyms
            | Area::Calendars
            | Area::TimeLimits
            | Area::Contracts
            | Area::Releases => Permission::ManageServices,
            Area::Teams => Permission::ManageTeams,
            Area::Organisations => Permission::ManageOrganisations,
            Area::Guests => Permission::InviteVendors,
            Area::People => Permission::ManagePeople,
            Area::Roles | Area::Providers | Area::ClaimRules => Permission::ManageRoles,
            Area::Mailboxes | Area::Filters | Area::Answers => Permission::ManageMailboxes,
            Area::Mail | Area::Inbound | Area::Reconciliation => Permission::SettleMail,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Area::Fields => "fields",
            Area::TextBlocks => "text-blocks",
            Area::Documents => "documents",
            Area::Checklists => "checklists",
            Area::Categories => "categories",
            Area::Activities => "activities",
            Area::Tasks => "tasks",
            Area::Services => "services",
            Area::Synonyms => "synonyms",
            Area::Calendars => "calendars",
            Area::TimeLimits => "time-limits",
            Area::Contracts => "contracts",
            Area::Releases => "releases",
            Area::Teams => "teams",
            Area::Organisations => "organisations",
            Area::Guests => "guests",
            Area::People => "people",
            Area::Roles => "roles",
            Area::Providers => "providers",
            Area::ClaimRules => "claim-rules",
            Area::Mailboxes => "mailboxes",
            Area::Filters => "filters",
            Area::Answers => "answers",
            Area::Mail => "mail",
            Area::Inbound => "inbound",
            Area::Reconciliation => "reconciliation",
        }
    }

    pub fn icon(self) -> &'static str {
        match self {
            Area::Fields => "list",
            Area::TextBlocks => "text",
            Area::Documents => "print",
            Area::Checklists => "check",
            Area::Categories => "book",
            Area::Activities => "history",
            Area::Tasks => "cal",
            Area::Services => "tag",
            Area::Synonyms => "search",
            Area::Calendars => "cal",
            Area::TimeLimits => "clock",
            Area::Contracts => "factory",
            Area::Releases => "play",
            Area::Teams => "users",
            Area::Organisations => "building",
            Area::Guests => "forward",
            Area::People => "user",
            Area::Roles => "key",
            Area::Providers => "globe",
            Area::ClaimRules => "shield",
            Area::Mailboxes => "mail",
            Area::Filters => "filter",
            Area::Answers => "reply",
            Area::Mail => "warn",
            Area::Inbound => "mailin",
            Area::Reconciliation => "check",
        }
    }

    /// What the area is called.
    pub fn words(self, cx: &Cx) -> String {
        cx.t(match self {
            Area::Fields => "settings-fields",
            Area::TextBlocks => "settings-text-blocks",
            Area::Documents => "documents",
            Area::Checklists => "checklists",
            Area::Categories => "categories",
            Area::Activities => "activities",
            Area::Tasks => "recurring",
            Area::Services => "settings-services",
            Area::Synonyms => "synonyms",
            Area::Calendars => "settings-calendars",
            Area::TimeLimits => "settings-time-limits",
            Area::Contracts => "settings-contracts",
            Area::Releases => "settings-releases",
            Area::Teams => "settings-teams",
            Area::Organisations => "settings-organisations",
            Area::Guests => "guests",
            Area::People => "settings-people",
            Area::Roles => "settings-roles",
            Area::Providers => "settings-providers",
            Area::ClaimRules => "settings-claim-rules",
            Area::Mailboxes => "settings-mailboxes",
            Area::Filters => "settings-filters",
            Area::Answers => "settings-answers",
            Area::Mail => "settings-mail",
            Area::Inbound => "inbound",
            Area::Reconciliation => "reconciliation",
        })
    }

    /// The heading of an empty form.
    pub fn new_words(self, cx: &Cx) -> String {
        cx.t(match self {
            Area::Fields => "settings-field-new",
            Area::TextBlocks => "settings-text-block-new",
            Area::Documents => "document-new",
            Area::Checklists => "checklist-new",
            Area::Categories => "category-new",
            Area::Activities => "activity-new",
            Area::Tasks => "recurring-new",
            Area::Services => "settings-service-new",
            Area::Synonyms => "synonym-new",
            Area::Calendars => "settings-calendar-new",
            Area::TimeLimits => "settings-time-limit-new",
            Area::Contracts => "settings-contract-new",
            Area::Releases => "settings-release-new",
            Area::Teams => "settings-team-new",
            Area::Organisations => "settings-organisation-new",
            Area::People => "settings-person-new",
            Area::Roles => "role-new",
            Area::Providers => "provider-new",
            Area::ClaimRules => "claim-rule-new",
            Area::Filters => "settings-filter-new",
            Area::Mailboxes
            | Area::Guests
            | Area::Answers
            | Area::Mail
            | Area::Inbound
            | Area::Reconciliation => "settings-mailbox-new",
        })
    }

    pub fn url(self) -> Url {
        url::setting_area(self.name())
    }

    pub fn new_url(self) -> Url {
        url::setting(self.name(), "new")
    }

    /// What can be done to an entry that is not there yet.
    pub fn new_act(self, what: &str) -> Url {
        url::setting_act(self.name(), "new", what)
    }

    /// A page of the area that is about no single entry.
    pub fn part(self, name: &str) -> Url {
        url::setting(self.name(), name)
    }

    pub fn entry(self, id: Uuid) -> Url {
        url::setting(self.name(), id)
    }

    pub fn act(self, id: Uuid, what: &str) -> Url {
        url::setting_act(self.name(), id, what)
    }
}
