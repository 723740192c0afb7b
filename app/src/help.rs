//! Help that is the same for everybody: keys, accessibility.

mod accessibility;
mod keys;

use crate::web::routing::Routes;

/// The routes of the help.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/help/keys", keys::show)
        .open_get("/help/accessibility", accessibility::show)
}
