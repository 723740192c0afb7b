//! Dynamic fields as people see them: their words, the controls that fill them, and what those were given.

pub mod control;
pub mod hits;
pub mod typed;
pub mod words;

use crate::web::routing::Routes;

/// The routes of this feature.
pub fn routes(r: Routes) -> Routes {
    r.get("/fields/:sub/options", hits::list)
}
