//! Looking for tickets that changed in the views that are watched.

use std::collections::HashMap;

use entities::policy::Permission;
use entities::ticket::choose::{self, List};
use entities::ticket::list::Sort;
use entities::watching::views::{self, MOST_INSIDE, Watch};
use entities::{Actor, DeskError, Uuid, session};

use crate::desk::Desk;
use crate::error::Error;
use crate::views::watch;

/// The edition of a view that every desk has: it changes with the program alone.
const SHIPPED: i32 = 0;

/// Looks for a portion of the tickets that changed, in each view for each who watches it; how many tickets it was.
pub async fn look(desk: &Desk) -> entities::Result<usize> {
    let looks = views::due(&desk.db).await?;
    let watches = views::all(&desk.db).await?;
    let is_new = |watch: &Watch| watch.edition.is_none();
    if looks.is_empty() && !watches.iter().any(is_new) {
        return Ok(0);
    }
    let looked: Vec<Uuid> = looks.iter().map(|look| look.ticket_id).collect();
    let kept = watches
        .iter()
        .filter_map(|watch| Uuid::try_parse(&watch.view).ok());
    let editions = views::editions(&desk.db, &kept.collect::<Vec<_>>()).await?;
    let mut actors: HashMap<Uuid, Option<Actor>> = HashMap::new();
    for watch in &watches {
        if !actors.contains_key(&watch.person_id) {
            actors.insert(watch.person_id, actor(desk, watch.person_id).await?);
        }
        let Some(Some(actor)) = actors.get(&watch.person_id) else {
            continue;
        };
        let edition = match Uuid::try_parse(&watch.view) {
            Ok(id) => editions.get(&id).copied().unwrap_or(SHIPPED),
            Err(_) => SHIPPED,
        };
        match one(desk, actor, watch, edition, &looked).await {
            Err(Error::Desk(error)) => return Err(error),
            Err(error) => {
                tracing::error!(view = watch.view, ?error, "a watched view cannot be read")
            }
            Ok(()) => {}
        }
    }
    views::done(&desk.db, &looks).await?;
    Ok(looks.len())
}

async fn actor(desk: &Desk, id: Uuid) -> entities::Result<Option<Actor>> {
    match session::actor_of(&desk.db, id).await {
        Ok(actor) => Ok(Some(actor)),
        Err(DeskError::Hidden) => Ok(None),
        Err(error) => Err(error),
    }
}

async fn one(
    desk: &Desk,
    actor: &Actor,
    watch: &Watch,
    edition: i32,
    looked: &[Uuid],
) -> Result<(), Error> {
    let Some(filter) = watch::shown_to(desk, actor, &watch.view).await? else {
        return Ok(());
    };
    if watch.edition != Some(edition) {
        let list = List {
            filter: &filter,
            sort: Sort::default(),
            grouping: None,
        };
        let reads = Permission::ReadTickets;
        let inside = choose::all(&desk.db, actor, &list, reads, MOST_INSIDE).await?;
        return Ok(views::begin(&desk.db, watch, edition, inside).await?);
    }
    let inside = choose::among(&desk.db, actor, &filter, looked).await?;
    Ok(views::look(&desk.db, watch, looked, &inside).await?)
}
