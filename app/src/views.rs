//! Views: saving a list, changing what is kept, and the page where all of them stand in order.

pub mod edit;
mod form;
mod kept;
mod order;
mod save;
pub mod watch;

use crate::web::routing::Routes;

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/views/all", kept::list)
        .get("/views/new", save::new)
        .post("/views/new", save::create)
        .get("/views/:key", edit::edit)
        .post("/views/:key", edit::update)
        .post("/views/:key/filter", edit::keep)
        .post("/views/:key/move", order::update)
        .post("/views/:key/retire", edit::retire)
        .post("/views/:key/restore", edit::restore)
}
