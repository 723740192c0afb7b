//! Changes of roles that are chosen and not saved yet. They stand in the address and in the form, never in the database.

use std::fmt::Write as _;

use entities::policy::{self, Grant, Scope, Spread};
use entities::role::Role;
use entities::role::change_grants::{Regrant, tidy};
use entities::setting::Noun as _;
use entities::{Actor, Permission, Uuid};

use super::form;
use crate::web::url::Url;

/// The name of the parameter in addresses and forms.
pub const SET: &str = "set";

/// One permission of one role, as it was seen and as it shall be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staged {
    pub role_id: Uuid,
    pub change: Regrant,
}

/// All that is chosen and not saved, in the order it was chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stage(Vec<Staged>);

impl Stage {
    /// Reads what `texts` wrote; what nobody could have been given is left out.
    pub fn of(texts: &[String]) -> Stage {
        Stage(texts.iter().filter_map(|text| Staged::read(text)).collect())
    }

    /// The form of it in addresses and forms.
    pub fn texts(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(Staged::text)
    }

    /// The address with it.
    pub fn at(&self, url: Url) -> Url {
        self.texts().fold(url, |url, text| url.with(SET, text))
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn all(&self) -> &[Staged] {
        &self.0
    }

    /// The roles it changes, each with its changes.
    pub fn by_role(&self) -> Vec<(Uuid, Vec<Regrant>)> {
        let mut roles: Vec<(Uuid, Vec<Regrant>)> = Vec::new();
        for staged in &self.0 {
            match roles.iter_mut().find(|(id, _)| *id == staged.role_id) {
                Some((_, changes)) => changes.push(staged.change.clone()),
                None => roles.push((staged.role_id, vec![staged.change.clone()])),
            }
        }
        roles
    }

    /// The change of one permission of a role.
    pub fn change(&self, role_id: Uuid, permission: Permission) -> Option<&Regrant> {
        let staged = self
            .0
            .iter()
            .find(|s| s.role_id == role_id && s.change.permission == permission);
        staged.map(|s| &s.change)
    }

    /// The scopes that permission of the role shall have.
    pub fn scopes(&self, role: &Role, permission: Permission) -> Vec<Scope> {
        match self.change(role.row.id, permission) {
            Some(change) => change.to.clone(),
            None => role.facts().scopes(permission),
        }
    }

    /// Chooses these scopes; those the role has already are no change.
    pub fn put(&mut self, role: &Role, permission: Permission, to: Vec<Scope>) {
        let (from, to) = (role.facts().scopes(permission), tidy(permission, to));
        let here = |s: &Staged| s.role_id == role.row.id && s.change.permission == permission;
        let at = self.0.iter().position(here);
        let staged = Staged {
            role_id: role.row.id,
            change: Regrant {
                permission,
                from: from.clone(),
                to: to.clone(),
            },
        };
        match (at, from == to) {
            (Some(at), true) => drop(self.0.remove(at)),
            (Some(at), false) => self.0[at] = staged,
            (None, true) => {}
            (None, false) => self.0.push(staged),
        }
    }

    /// Chooses the next level, of those the actor may give; behind the last one comes the first.
    pub fn turn(&mut self, actor: &Actor, role: &Role, permission: Permission) {
        let levels = levels(actor, role, permission);
        let now = self.scopes(role, permission);
        let at = levels.iter().position(|level| *level == now);
        let next = at.map_or(0, |at| (at + 1) % levels.len());
        if let Some(level) = levels.get(next) {
            self.put(role, permission, level.clone());
        }
    }

    /// The same changes of roles as they are by now, without what is no change any more.
    pub fn renewed(&self, roles: &[&Role]) -> Stage {
        let mut stage = Stage::default();
        for staged in &self.0 {
            if let Some(role) = roles.iter().find(|role| role.row.id == staged.role_id) {
                stage.put(role, staged.change.permission, staged.change.to.clone());
            }
        }
        stage
    }
}

/// The levels a permission of the role goes through, one after the other: none first, and what names something last.
pub fn levels(actor: &Actor, role: &Role, permission: Permission) -> Vec<Vec<Scope>> {
    let stored = role.facts().scopes(permission);
    let mut levels = vec![vec![]];
    let offered: &[Scope] = match permission.spread() {
        Spread::Desk | Spread::Services => &[Scope::Everything],
        Spread::Teams => &[Scope::OwnTeams, Scope::Everything],
        Spread::Organisation => &[Scope::OwnOrganisation, Scope::Everything],
        Spread::Tickets => &[Scope::OwnTeams, Scope::OwnOrganisation, Scope::Everything],
    };
    for scope in offered {
        let grant = Grant {
            permission,
            scope: scope.clone(),
        };
        if policy::holds(actor, &grant) || policy::covers(&stored, &[], scope) {
            levels.push(vec![scope.clone()]);
        }
    }
    if !levels.contains(&stored) {
        levels.push(stored);
    }
    levels
}

impl Staged {
    fn text(&self) -> String {
        let change = &self.change;
        format!(
            "{}.{}={}>{}",
            self.role_id.simple(),
            change.permission.name(),
            code(&change.from),
            code(&change.to)
        )
    }

    fn read(text: &str) -> Option<Staged> {
        let (cell, change) = text.split_once('=')?;
        let (role_id, permission) = cell_of(cell)?;
        let (from, to) = change.split_once('>')?;
        Some(Staged {
            role_id,
            change: Regrant {
                permission,
                from: tidy(permission, scopes_of(from)),
                to: tidy(permission, scopes_of(to)),
            },
        })
    }
}

/// The name of one permission of one role in a form.
pub fn cell(role_id: Uuid, permission: Permission) -> String {
    format!("{}.{}", role_id.simple(), permission.name())
}

/// Reads what `cell` wrote.
pub fn cell_of(text: &str) -> Option<(Uuid, Permission)> {
    let (role, permission) = text.split_once('.')?;
    Some((form::id(role)?, Permission::from_name(permission)?))
}

fn code(scopes: &[Scope]) -> String {
    let mut text = String::new();
    for scope in scopes {
        let (name, ids) = scope.to_row();
        if !text.is_empty() {
            text.push(';');
        }
        text.push_str(&name);
        for id in ids {
            let _ = write!(text, ",{}", id.simple());
        }
    }
    text
}

fn scopes_of(code: &str) -> Vec<Scope> {
    let scope = |text: &str| {
        let mut parts = text.split(',');
        let name = parts.next().filter(|name| !name.is_empty())?;
        Some(Scope::from_row(name, parts.filter_map(form::id).collect()))
    };
    code.split(';').filter_map(scope).collect()
}
