//! Notices: the bell in the head, the page of all, and reading them.

pub mod read;
pub mod show;
pub mod why;

use crate::error::Result;
use crate::web::bell::bell;
use crate::web::cx::Cx;
use crate::web::routing::Routes;
use maud::Markup;
use poem::handler;

/// The routes of this feature.
pub fn routes(r: Routes) -> Routes {
    r.get("/notices", show::show)
        .get("/notices/bell", show_bell)
        .post("/notices/read", read::update)
}

/// `GET /notices/bell`: the fragment of the bell, fetched anew when its count changes.
#[handler]
async fn show_bell(cx: Cx) -> Result<Markup> {
    Ok(bell(cx.locale, Some(cx.unread_notices().await?)))
}
