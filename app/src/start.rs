//! The start page: what is mine in the order it falls due, what is new for my teams, what went wrong.

mod due;
mod greeting;
mod lines;
mod new;
mod show;
mod take;

use crate::web::routing::Routes;

/// The routes of the start page.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/", show::show)
        .post("/take-oldest", take::create)
}
