//! Values that stand there from the beginning: by service, by mailbox, or for all.

use uuid::Uuid;

use super::facts::Field;
use super::rules::Case;
use super::value::{Value, Values};
use super::{change, read};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::Result;

impl Field {
    /// What a new ticket of such a sort begins with: the service's before the mailbox's before everybody's.
    pub fn preset(&self, case: &Case, mailbox_id: Option<Uuid>) -> Option<&Value> {
        let s = &self.settings;
        let of = |presets: &'_ [super::Preset], id: Option<Uuid>| {
            presets.iter().position(|p| Some(p.of) == id)
        };
        let services = [case.place.service_id, case.parent_service_id];
        let mut by_service = services.into_iter().filter(Option::is_some);
        if let Some(at) = by_service.find_map(|id| of(&s.by_service, id)) {
            return Some(&s.by_service[at].value);
        }
        if let Some(at) = mailbox_id.and_then(|id| of(&s.by_mailbox, Some(id))) {
            return Some(&s.by_mailbox[at].value);
        }
        s.default.as_ref()
    }
}

/// What a new ticket of such a sort begins with, by field.
pub async fn presets(db: &Db, case: &Case, mailbox_id: Option<Uuid>) -> Result<Values> {
    let fields = read::definitions(db).await?;
    let shown = fields.iter().filter(|f| f.is_shown(case));
    Ok(shown
        .filter_map(|f| Some((f.row.id, f.preset(case, mailbox_id)?.clone())))
        .collect())
}

/// What such a service begins with, and nothing that others begin with too.
pub async fn by_service(db: &Db, case: &Case) -> Result<Values> {
    Ok(of_service(&read::definitions(db).await?, case))
}

/// The same of these fields.
pub fn of_service(fields: &[Field], case: &Case) -> Values {
    let of = |field: &Field| {
        let ids = [case.place.service_id, case.parent_service_id];
        let preset = ids.into_iter().flatten().find_map(|id| {
            let presets = &field.settings.by_service;
            presets.iter().find(|p| p.of == id)
        })?;
        Some((field.row.id, preset.value.clone()))
    };
    let shown = fields.iter().filter(|f| f.is_shown(case));
    shown.filter_map(of).collect()
}

/// The same, ready to be set by a rule.
pub async fn sets(
    db: &Db,
    actor: &Actor,
    case: &Case,
    mailbox_id: Option<Uuid>,
) -> Result<change::Sets> {
    let values = presets(db, case, mailbox_id).await?;
    let wanted = values.into_iter().map(|(id, value)| (id, Some(value)));
    change::prepare(db, actor, None, wanted.collect()).await
}
