//! What permissions, groups of them and scopes are called.

use entities::field::{self, Field};
use entities::policy::Scope;
use entities::setting::Choice;
use entities::{Permission, Uuid, service, team};
use maud::{Markup, html};

use crate::error::Result;
use crate::fields::words;
use crate::web::cx::Cx;
use crate::web::parts::glyph;

/// What belongs together in the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Tickets,
    Knowledge,
    Reports,
    Mail,
    Settings,
}

impl Group {
    const ALL: [Group; 5] = [
        Group::Tickets,
        Group::Knowledge,
        Group::Reports,
        Group::Mail,
        Group::Settings,
    ];

    pub fn words(self, cx: &Cx) -> String {
        cx.t(match self {
            Group::Tickets => "roles-group-tickets",
            Group::Knowledge => "knowledge",
            Group::Reports => "roles-group-reports",
            Group::Mail => "roles-group-mail",
            Group::Settings => "roles-group-settings",
        })
    }
}

/// Every permission a person can hold, group by group.
pub fn groups() -> impl Iterator<Item = (Group, Vec<Permission>)> {
    Group::ALL.into_iter().map(|group| {
        let all = Permission::ALL.iter().copied();
        let of = all.filter(|p| known(*p).is_some_and(|(of, _)| of == group));
        (group, of.collect())
    })
}

/// What a permission is called.
pub fn permission(cx: &Cx, permission: Permission) -> String {
    known(permission).map_or_else(String::new, |(_, key)| cx.t(key))
}

/// Where a permission stands and what it is called; nothing for what only the system does.
fn known(permission: Permission) -> Option<(Group, &'static str)> {
    Some(match permission {
        Permission::ReadTickets => (Group::Tickets, "permission-read-tickets"),
        Permission::CreateTickets => (Group::Tickets, "permission-create-tickets"),
        Permission::Reply => (Group::Tickets, "permission-reply"),
        Permission::Note => (Group::Tickets, "permission-note"),
        Permission::Assign => (Group::Tickets, "permission-assign"),
        Permission::Classify => (Group::Tickets, "permission-classify"),
        Permission::SetPriority => (Group::Tickets, "permission-set-priority"),
        Permission::SetState => (Group::Tickets, "permission-set-state"),
        Permission::CloseTickets => (Group::Tickets, "permission-close-tickets"),
        Permission::LinkTickets => (Group::Tickets, "permission-link-tickets"),
        Permission::MergeTickets => (Group::Tickets, "permission-merge-tickets"),
        Permission::RedactMessages => (Group::Tickets, "permission-redact-messages"),
        Permission::ShareWithVendor => (Group::Tickets, "permission-share-with-vendor"),
        Permission::WithdrawShare => (Group::Tickets, "permission-withdraw-share"),
        Permission::UsePortal => (Group::Tickets, "permission-use-portal"),
        Permission::InviteVendors => (Group::Settings, "permission-invite-vendors"),
        Permission::BookEffort => (Group::Tickets, "permission-book-effort"),
        Permission::Watch => (Group::Tickets, "permission-watch"),
        Permission::ReadCases => (Group::Tickets, "permission-read-cases"),
        Permission::ReadArticles => (Group::Knowledge, "permission-read-articles"),
        Permission::WriteArticles => (Group::Knowledge, "permission-write-articles"),
        Permission::ReviewArticles => (Group::Knowledge, "permission-review-articles"),
        Permission::PublishArticles => (Group::Knowledge, "permission-publish-articles"),
        Permission::ExportTickets => (Group::Reports, "permission-export-tickets"),
        Permission::ShareViews => (Group::Reports, "permission-share-views"),
        Permission::EnterAbsences => (Group::Settings, "permission-enter-absences"),
        Permission::SettleMail => (Group::Mail, "permission-settle-mail"),
        Permission::ManageMailboxes => (Group::Mail, "permission-manage-mailboxes"),
        Permission::ManagePeople => (Group::Settings, "permission-manage-people"),
        Permission::ManageOrganisations => (Group::Settings, "permission-manage-organisations"),
        Permission::ManageTeams => (Group::Settings, "permission-manage-teams"),
        Permission::ManageServices => (Group::Settings, "permission-manage-services"),
        Permission::ManageFields => (Group::Settings, "permission-manage-fields"),
        Permission::ManageTextBlocks => (Group::Settings, "permission-manage-text-blocks"),
        Permission::ManageRoles => (Group::Settings, "permission-manage-roles"),
        Permission::ReceiveMail | Permission::DeliverMail | Permission::Remind => return None,
    })
}

/// The signs of the levels, as the legend explains them and the cells show them.
pub fn sign(scopes: &[Scope]) -> (Option<&'static str>, Markup) {
    match scopes {
        [] => (None, html! { span class="nope" aria-hidden="true" { "–" } }),
        [Scope::Everything] => (Some("solved"), glyph("solved")),
        [Scope::OwnTeams] => (Some("open"), glyph("open")),
        _ => (Some("vendor"), glyph("vendor")),
    }
}

/// One or two words for a cell; nothing where the sign says all.
pub fn short(cx: &Cx, scopes: &[Scope]) -> String {
    let count = |key: &str, n: usize| cx.locale.t_with(key, &[("count", n.into())]);
    match scopes {
        [] | [Scope::Everything] => String::new(),
        [Scope::OwnTeams] => cx.t("roles-short-team"),
        [Scope::OwnOrganisation] => cx.t("roles-short-organisation"),
        [Scope::Teams(ids)] => count("roles-short-teams", ids.len()),
        [Scope::Services(ids)] => count("roles-short-services", ids.len()),
        [Scope::FieldValues { options, .. }] => count("roles-short-values", options.len()),
        several => count("roles-short-several", several.len()),
    }
}

/// The names of what scopes name.
pub struct Names {
    pub teams: Vec<Choice>,
    pub services: Vec<Choice>,
    /// Those with options, and these.
    pub fields: Vec<Field>,
}

impl Names {
    pub async fn read(cx: &Cx) -> Result<Names> {
        let mut fields = field::read::every(&cx.db).await?;
        fields.retain(|f| f.row.kind.has_options() && f.row.retired_at.is_none());
        Ok(Names {
            teams: team::choices(&cx.db).await?,
            services: service::list::choices(&cx.db).await?,
            fields,
        })
    }

    /// “Teams: Jugend 1, Jugend 2”
    pub fn scopes(&self, cx: &Cx, scopes: &[Scope]) -> String {
        if scopes.is_empty() {
            return cx.t("roles-none");
        }
        let all: Vec<String> = scopes.iter().map(|scope| self.scope(cx, scope)).collect();
        all.join("; ")
    }

    /// One scope in full words.
    pub fn scope(&self, cx: &Cx, scope: &Scope) -> String {
        let listed = |key: &str, names: String| cx.locale.t_with(key, &[("names", names.into())]);
        match scope {
            Scope::Everything => cx.t("roles-everything"),
            Scope::OwnTeams => cx.t("roles-own-teams"),
            Scope::OwnOrganisation => cx.t("roles-own-organisation"),
            Scope::Teams(ids) => listed("roles-teams", self.named(cx, &self.teams, ids)),
            Scope::Services(ids) => listed("roles-services", self.named(cx, &self.services, ids)),
            Scope::FieldValues { field, options } => {
                let known = self.fields.iter().find(|f| f.row.id == *field);
                let name = known.map(|f| words::label(cx.locale, f));
                let chosen: Vec<Choice> = known.map(|f| self.options(cx, f)).unwrap_or_default();
                let field = name.unwrap_or_else(|| cx.t("settings-retired-choice"));
                let names = self.named(cx, &chosen, options);
                let args = [("field", field.into()), ("names", names.into())];
                cx.locale.t_with("roles-values", &args)
            }
        }
    }

    /// The options of a field, with those above them.
    pub fn options(&self, cx: &Cx, field: &Field) -> Vec<Choice> {
        let above = field::option::Above::of(&field.options);
        let words = |option: &field::Choice| {
            let path = above.path(option.id);
            let names: Vec<String> = path
                .iter()
                .map(|o| words::said(cx.locale, &o.label).to_owned())
                .collect();
            names.join(" › ")
        };
        let of_use = field.options.iter().filter(|o| !o.retired);
        of_use
            .map(|option| Choice {
                id: option.id,
                name: words(option),
            })
            .collect()
    }

    fn named(&self, cx: &Cx, known: &[Choice], ids: &[Uuid]) -> String {
        let name = |id: &Uuid| match known.iter().find(|choice| choice.id == *id) {
            Some(choice) => choice.name.clone(),
            None => cx.t("settings-retired-choice"),
        };
        let names: Vec<String> = ids.iter().map(name).collect();
        names.join(", ")
    }
}
