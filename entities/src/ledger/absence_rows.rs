//! The rows of absences, and what must hold between them.

use chrono::NaiveDate;
use sea_orm::{DatabaseTransaction, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::batch::{insert, newest, upsert};
use crate::absence::{Absence, Entity, Presence, feed, service};
use crate::error::{Rejected, Result};

/// Writes them; of one that changed several times what it is by now.
pub(super) async fn write(tx: &DatabaseTransaction, absences: Vec<Absence>) -> Result<()> {
    if absences.is_empty() {
        return Ok(());
    }
    let absences = newest(absences, |absence| absence.row.id);
    let ids: Vec<Uuid> = absences.iter().map(|absence| absence.row.id).collect();
    let services = absences.iter().flat_map(|a| a.services.clone()).collect();
    let rows = absences.into_iter().map(|absence| absence.row).collect();
    upsert::<Entity>(tx, rows).await?;
    service::Entity::delete_many()
        .filter(service::COLUMN.absence_id.is_in(ids))
        .exec(tx)
        .await?;
    insert::<service::Entity>(tx, services).await
}

/// Writes from which calendars absences are read; of one before, its state goes along, but that it was just read.
pub(super) async fn write_feeds(
    tx: &DatabaseTransaction,
    feeds: Vec<(Uuid, Option<feed::Model>)>,
) -> Result<()> {
    for (person_id, row) in feeds {
        let of_person = feed::COLUMN.person_id.eq(person_id);
        let before = feed::Entity::find()
            .filter(of_person.clone())
            .all(tx)
            .await?;
        let of_feeds = feed::state::COLUMN
            .feed_id
            .is_in(before.iter().map(|feed| feed.id));
        let states = feed::state::Entity::find()
            .filter(of_feeds.clone())
            .all(tx)
            .await?;
        let begun = states.iter().filter_map(|state| state.begun_at).max();
        let state = row
            .as_ref()
            .and_then(|row| feed::state::Model::in_place_of(begun, row));
        feed::state::Entity::delete_many()
            .filter(of_feeds)
            .exec(tx)
            .await?;
        feed::Entity::delete_many()
            .filter(of_person)
            .exec(tx)
            .await?;
        insert::<feed::Entity>(tx, row.into_iter().collect()).await?;
        insert::<feed::state::Entity>(tx, state.into_iter().collect()).await?;
    }
    Ok(())
}

/// Whom these absences name works on tickets and does not lead back to who is away.
pub(super) async fn check(tx: &DatabaseTransaction, absences: &[(Uuid, NaiveDate)]) -> Result<()> {
    let Some(today) = absences.iter().map(|(_, today)| *today).min() else {
        return Ok(());
    };
    let presence = Presence::read(tx, today).await?;
    for (absence, today) in absences {
        let Some((person, deputies)) = presence.deputies(*absence) else {
            continue;
        };
        if !deputies.iter().all(|deputy| presence.is_agent(*deputy)) {
            return Err(Rejected::NotAnAgent.into());
        }
        if presence.is_circular(person, *absence, *today) {
            return Err(Rejected::CircularCover.into());
        }
    }
    Ok(())
}
