//! What can be set about an organisation, and how that becomes its row.

use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::{Entity, Model, OrganisationKind};
use crate::clock::Instant;
use crate::error::{Rejected, Result};
use crate::finding::renamed::Renamed;
use crate::history::SubjectKind;
use crate::ledger::{Batch, Table};
use crate::policy::Permission;
use crate::setting::{self, Facts, Field, Noun, SettingEvent};

/// The content of an organisation's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationFacts {
    pub name: String,
    pub short_name: Option<String>,
    pub kind: OrganisationKind,
    pub parent_id: Option<Uuid>,
    /// Such as `pankow.example`, without `@`.
    pub domain: Option<String>,
    /// Lines as on an envelope, below the name.
    pub postal_address: Option<String>,
}

impl Facts for OrganisationFacts {
    fn checked(self) -> Result<Self, Rejected> {
        let domain = setting::optional(self.domain)
            .map(|d| d.trim_start_matches('@').trim_matches('.').to_lowercase());
        Ok(OrganisationFacts {
            name: setting::name(&self.name)?,
            short_name: setting::optional(self.short_name),
            domain: domain.filter(|d| !d.is_empty()),
            postal_address: self
                .postal_address
                .map(|text| tidied(&text))
                .filter(|text| !text.is_empty()),
            ..self
        })
    }

    fn fields(&self) -> Vec<Field> {
        vec![
            Field::open("name", &self.name),
            Field::open("short_name", &self.short_name),
            Field::open("kind", self.kind),
            Field::open("parent", self.parent_id),
            Field::open("domain", &self.domain),
            // Some are the homes of those who look after children there.
            Field::private("postal_address", &self.postal_address),
        ]
    }
}

/// Its lines, without those that say nothing.
fn tidied(text: &str) -> String {
    let lines = text
        .lines()
        .map(|line| line.trim().replace(char::is_control, " "));
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

#[allow(private_interfaces)]
impl Noun for Model {
    type Facts = OrganisationFacts;

    const KIND: SubjectKind = SubjectKind::Organisation;

    const MANAGE: Permission = Permission::ManageOrganisations;

    fn id(&self) -> Uuid {
        self.id
    }

    fn retired_at(&mut self) -> &mut Option<Instant> {
        &mut self.retired_at
    }

    fn is_retired(&self) -> bool {
        self.retired_at.is_some()
    }

    fn blank(id: Uuid, now: Instant) -> Self {
        Model {
            id,
            name: String::new(),
            folded_name: String::new(),
            short_name: None,
            kind: OrganisationKind::Provider,
            parent_id: None,
            domain: None,
            postal_address: None,
            created_at: now,
            retired_at: None,
        }
    }

    fn facts(&self) -> OrganisationFacts {
        OrganisationFacts {
            name: self.name.clone(),
            short_name: self.short_name.clone(),
            kind: self.kind,
            parent_id: self.parent_id,
            domain: self.domain.clone(),
            postal_address: self.postal_address.clone(),
        }
    }

    fn take(&mut self, facts: &OrganisationFacts) {
        self.name.clone_from(&facts.name);
        self.folded_name = crate::text::fold(&facts.name);
        self.short_name.clone_from(&facts.short_name);
        self.kind = facts.kind;
        self.parent_id = facts.parent_id;
        self.domain.clone_from(&facts.domain);
        self.postal_address.clone_from(&facts.postal_address);
    }

    async fn lock(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        setting::rows::<Entity>(tx, ids).await
    }

    fn write(&self, events: &[SettingEvent<OrganisationFacts>], batch: &mut Batch) {
        for event in events {
            if event.changes(|f| f.name.clone()) {
                batch.renamed.push(Renamed::Organisation(self.id));
            }
            if let Some(parent) = event.sets(|f| f.parent_id) {
                batch.checks.must_be_active(Table::Organisation, [parent]);
                batch.checks.must_be_acyclic(Table::Organisation, self.id);
            }
        }
        batch.organisations.push(self.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_its_lines_and_nothing_that_is_none() {
        let typed = " Berliner Allee 252 \r\n \r\n13088\u{7}Berlin\n";
        assert_eq!(tidied(typed), "Berliner Allee 252\n13088 Berlin");
        assert_eq!(tidied(" \n"), "");
    }
}
