//! Settings: nouns an administrator creates, updates, retires and restores, all by the same rules.

mod create;
mod event;
pub(crate) mod four_eyes;
mod noun;
pub mod position;
mod read;
mod restore;
mod retire;
pub(crate) mod tree;
mod update;

#[cfg(test)]
mod tests;

pub use create::Create;
pub use event::{Field, SettingEvent};
pub use noun::Noun;
pub(crate) use noun::rows;
pub(crate) use read::{by_name, find, shown};
pub use restore::Restore;
pub use retire::Retire;
pub use update::Update;

use crate::error::Rejected;
use crate::ledger::Subject;
use crate::policy::Permission;

/// What can be set about a noun: the content of its form.
pub trait Facts: Clone + PartialEq + std::fmt::Debug + Send + Sync + 'static {
    /// The facts as they are stored: trimmed, folded, complete.
    ///
    /// # Errors
    /// What they themselves show to be wrong, such as an empty name.
    fn checked(self) -> Result<Self, Rejected>;

    /// Name and value of each fact, in a fixed order, for the history.
    fn fields(&self) -> Vec<Field>;
}

/// A noun of the settings.
pub trait Setting: Subject {
    type Facts: Facts;

    /// What creating and changing it needs.
    const MANAGE: Permission;

    /// What is set now.
    fn facts(&self) -> Self::Facts;

    fn is_retired(&self) -> bool;

    /// The noun's own event for one that all settings share.
    fn event(event: SettingEvent<Self::Facts>) -> Self::Event;
}

/// Which rows a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Show {
    /// Those in use.
    #[default]
    Active,
    /// The retired ones too.
    All,
}

/// An id and a name, for a select.
#[derive(Clone, Debug, PartialEq, Eq, sea_orm::FromQueryResult)]
pub struct Choice {
    pub id: uuid::Uuid,
    pub name: String,
}

/// A name without blanks around it.
///
/// # Errors
/// `EmptyName` when nothing is left.
pub(crate) fn name(text: &str) -> Result<String, Rejected> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Rejected::EmptyName);
    }
    // A line break in a name would end a header or a line of the history.
    Ok(text.replace(char::is_control, " "))
}

/// A trimmed text, none when nothing is left.
pub(crate) fn optional(text: Option<String>) -> Option<String> {
    text.map(|t| t.trim().replace(char::is_control, " "))
        .filter(|t| !t.is_empty())
}

/// A mail address as it is compared.
///
/// # Errors
/// `NotAnAddress` when it has no local part, no domain, or characters no address of ours has.
pub(crate) fn mail_address(text: &str) -> Result<String, Rejected> {
    let address = crate::text::address(text);
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';');
    match address.rsplit_once('@') {
        Some((local, domain)) if !local.is_empty() && !domain.is_empty() => {}
        _ => return Err(Rejected::NotAnAddress),
    }
    if address.contains(odd) {
        return Err(Rejected::NotAnAddress);
    }
    Ok(address)
}
