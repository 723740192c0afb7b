//! How far a permission reaches, and how that is stored.

use uuid::Uuid;

use super::Permission;

/// Before the id of the field in the stored name of a scope by field values.
const FIELD: &str = "field:";

/// How far a permission reaches. Whatever is narrower than everything also reaches the tickets the actor owns.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// Every subject.
    Everything,
    /// Tickets of the actor's teams and of no team.
    OwnTeams,
    /// Tickets of the named teams.
    Teams(Vec<Uuid>),
    /// Tickets about the named services and what is below them.
    Services(Vec<Uuid>),
    /// Tickets of the organisations the actor belongs to.
    OwnOrganisation,
    /// Tickets that hold one of these options, or one below them, in that field.
    FieldValues { field: Uuid, options: Vec<Uuid> },
}

impl Scope {
    /// The stored name and ids.
    pub fn to_row(&self) -> (String, Vec<Uuid>) {
        match self {
            Scope::Everything => ("everything".into(), vec![]),
            Scope::OwnTeams => ("own_teams".into(), vec![]),
            Scope::Teams(ids) => ("teams".into(), ids.clone()),
            Scope::Services(ids) => ("services".into(), ids.clone()),
            Scope::OwnOrganisation => ("own_organisation".into(), vec![]),
            Scope::FieldValues { field, options } => (format!("{FIELD}{field}"), options.clone()),
        }
    }

    /// Reads what `to_row` wrote; an unknown scope reaches nothing but what the actor owns.
    pub fn from_row(name: &str, ids: Vec<Uuid>) -> Scope {
        let field = |text: &str| Uuid::try_parse(text.strip_prefix(FIELD)?).ok();
        match name {
            "everything" => Scope::Everything,
            "own_teams" => Scope::OwnTeams,
            "teams" => Scope::Teams(ids),
            "services" => Scope::Services(ids),
            "own_organisation" => Scope::OwnOrganisation,
            other => match field(other) {
                Some(field) => Scope::FieldValues {
                    field,
                    options: ids,
                },
                None => Scope::Teams(vec![]),
            },
        }
    }

    /// The ids it names.
    fn ids(&mut self) -> Option<&mut Vec<Uuid>> {
        match self {
            Scope::Everything | Scope::OwnTeams | Scope::OwnOrganisation => None,
            Scope::Teams(ids) | Scope::Services(ids) => Some(ids),
            Scope::FieldValues { options, .. } => Some(options),
        }
    }
}

/// One permission in one scope.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Grant {
    pub permission: Permission,
    pub scope: Scope,
}

impl Grant {
    /// The permission everywhere.
    pub fn everywhere(permission: Permission) -> Grant {
        Grant {
            permission,
            scope: Scope::Everything,
        }
    }

    /// Whether it opens the portal for vendors and nothing of the desk.
    pub(crate) fn is_of_portal(&self) -> bool {
        match self.permission {
            Permission::UsePortal => true,
            Permission::InviteVendors => self.scope == Scope::OwnOrganisation,
            _ => false,
        }
    }

    fn key(&self) -> (String, String) {
        (self.permission.name(), self.scope.to_row().0)
    }

    /// Each kind of scope once a permission and in order, and none beside everything.
    pub(crate) fn tidy(mut grants: Vec<Grant>) -> Vec<Grant> {
        let whole: Vec<Permission> = grants
            .iter()
            .filter(|g| g.scope == Scope::Everything)
            .map(|g| g.permission)
            .collect();
        grants.retain(|g| g.scope == Scope::Everything || !whole.contains(&g.permission));
        grants.sort_by_cached_key(Grant::key);
        grants.dedup_by(|next, kept| {
            let same = next.key() == kept.key();
            if same && let (Some(more), Some(ids)) = (next.scope.ids(), kept.scope.ids()) {
                ids.append(more);
            }
            same
        });
        for grant in &mut grants {
            if let Some(ids) = grant.scope.ids() {
                ids.sort_unstable();
                ids.dedup();
            }
        }
        grants
    }
}
