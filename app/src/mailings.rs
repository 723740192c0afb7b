//! Letters to many people: who they are is typed or pasted, looked at, given tickets, and written to from there.

pub mod form;
pub mod letters;
pub mod new;
pub mod report;
pub mod show;
pub mod start;
pub mod words;

use entities::bulk::{Leave, Model as Bulk};
use entities::{DeskError, Uuid, mailing};

use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::routing::Routes;
use crate::web::url::{self, Url};

/// Stands before the id of a mailing where a bulk keeps the list it was chosen from.
const MAILING: &str = "mailing/";

/// The routes of mailings.
pub fn routes(r: Routes) -> Routes {
    r.get("/tickets/mailings", new::list)
        .post("/tickets/mailings", new::create)
        .get("/tickets/mailings/:sub", show::show)
        .post("/tickets/mailings/:sub", show::update)
        .post("/tickets/mailings/:sub/run", start::create)
        .post("/tickets/mailings/:sub/stop", start::remove)
        .post("/tickets/mailings/:sub/letters", letters::create)
        .get("/tickets/mailings/:sub/refused", report::show)
}

/// What the bulk of a mailing's letters keeps for the way back.
fn list_of(id: Uuid) -> String {
    format!("{MAILING}{id}")
}

fn id_of(list: &str) -> Option<Uuid> {
    Uuid::try_parse(list.strip_prefix(MAILING)?).ok()
}

/// The page of the mailing whose letters a bulk writes; none when it began at a list.
pub fn page_of(list: &str) -> Option<Url> {
    id_of(list).map(url::mailing)
}

/// What becomes of the tickets of a bulk once their letters are written: nothing where it began at a list. None when what
/// its mailing said is not known any more.
pub async fn leave_of(cx: &Cx, bulk: &Bulk) -> Result<Option<Leave>> {
    let Some(id) = id_of(&bulk.list) else {
        return Ok(Some(Leave::default()));
    };
    match mailing::find(&cx.db, &cx.actor, id).await {
        Ok(mailing) => Ok(mailing.wanted().map(|wanted| wanted.leave)),
        Err(DeskError::Hidden) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
