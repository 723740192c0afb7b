//! Imports of people that were started in the settings: some lines at a time, going on after a restart.

use entities::person::import::{self, Model};
use entities::policy::{self, Place};
use entities::{Actor, Permission, Rule, person};
use tokio_util::sync::CancellationToken;

use super::{LOOK_EVERY, all_due, pause, rest};
use crate::desk::Desk;
use crate::people::columns::Choices;
use crate::people::plan::plan;
use crate::people::refusal::stored;
use crate::people::run::{AT_ONCE, Run};
use crate::people::sheet;

/// How long a claim holds; every portion of lines renews it.
const HOLD: chrono::Duration = chrono::Duration::minutes(2);

pub(super) async fn work(desk: Desk, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let found = one(&desk, &stop).await;
        if let Some(time) = rest(found, LOOK_EVERY * 4, "an import of people cannot go on") {
            pause(&stop, time).await;
        }
    }
}

/// Does all that was started; how many imports it was.
pub(super) async fn run_due(desk: &Desk) -> entities::Result<usize> {
    all_due(async || one(desk, &CancellationToken::new()).await).await
}

/// Works on the oldest import; false when there is none.
async fn one(desk: &Desk, stop: &CancellationToken) -> entities::Result<bool> {
    let Some(import) = import::claim(&desk.db, HOLD).await? else {
        return Ok(false);
    };
    let failure = go_on(desk, &import, stop).await?;
    if !stop.is_cancelled() {
        import::end(&desk.db, import.id, failure).await?;
    }
    Ok(true)
}

/// Takes the lines that are left; why it cannot, when it cannot.
async fn go_on(
    desk: &Desk,
    import: &Model,
    stop: &CancellationToken,
) -> entities::Result<Option<&'static str>> {
    let person_id = import.person_id;
    let person = person::load_actor(&desk.db, person_id).await?;
    let may = |p| {
        person
            .as_ref()
            .is_some_and(|person| policy::allows(person, p, Place::Desk))
    };
    let choices: Choices = serde_json::from_str(&import.choices).unwrap_or_default();
    if !may(Permission::ManagePeople)
        || choices.create.is_some() && !may(Permission::ManageOrganisations)
    {
        return Ok(Some("forbidden"));
    }
    let Ok(sheet) = sheet::read(import.content.as_deref().unwrap_or_default()) else {
        return Ok(Some("unreadable"));
    };
    let actor = Actor::System(Rule::Import {
        on_behalf_of: Some(person_id),
    });
    let planned = plan(desk, &actor, &sheet, &choices).await?;
    let done = usize::try_from(import.lines_done).unwrap_or(0);
    let mut run = Run::new(desk, actor, choices.create);
    for some in planned.get(done..).unwrap_or_default().chunks(AT_ONCE) {
        if stop.is_cancelled() {
            return Ok(None);
        }
        let (counts, refused) = run.take(some).await?;
        if !import::keep(&desk.db, import.id, counts, &stored(&refused), HOLD).await? {
            // Somebody stopped it.
            return Ok(None);
        }
    }
    Ok(None)
}
