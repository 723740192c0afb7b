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
        let by = |presets: &'_ [super::Preset], id: Option<Uuid>| -> Option<usize> {
            presets.iter().position(|p| Some(p.of) == id)
        };
        let s = &self.settings;
        if case.place.service_id.is_some()
            && let Some(at) = by(&s.by_service, case.place.service_id)
                .or_else(|| by(&s.by_service, case.parent_service_id.filter(|_| true)))
        {
            return s.by_service.get(at).map(|p| &p.value);
        }
        if mailbox_id.is_some()
            && let Some(at) = by(&s.by_mailbox, mailbox_id)
        {
            return s.by_mailbox.get(at).map(|p| &p.value);
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
