//! What programs can do over HTTP, with a token of a person. Answers are JSON in English; there are no sessions and no cookies.

pub mod caller;
pub mod tickets;

use crate::web::routing::Routes;

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    routes
        .token_get("/api/tickets", tickets::list)
        .token_post("/api/tickets", tickets::create)
}
