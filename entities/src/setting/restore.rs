//! Bring a retired setting back into use.

use std::marker::PhantomData;

use uuid::Uuid;

use super::{Setting, SettingEvent};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::{Command, Subject};
use crate::permit::Desk;
use crate::policy::Permission;

/// Brings the one with this id back.
#[derive(Clone, Debug)]
pub struct Restore<S> {
    id: Uuid,
    subject: PhantomData<fn() -> S>,
}

impl<S> Restore<S> {
    pub fn of(id: Uuid) -> Self {
        Restore {
            id,
            subject: PhantomData,
        }
    }
}

impl<S: Setting> Command for Restore<S> {
    type Target = S;
    type On = Desk;
    const NEEDS: Permission = S::MANAGE;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        Some(self.id)
    }

    fn decide(
        self,
        subject: &S,
        _: &Actor,
        _: Instant,
    ) -> Result<Vec<<S as Subject>::Event>, Rejected> {
        if !subject.is_retired() {
            return Ok(vec![]);
        }
        Ok(vec![S::event(SettingEvent::Restored)])
    }
}
