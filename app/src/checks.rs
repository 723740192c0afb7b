//! Check lists of clean data: how many tickets each holds now, in which team, and on the days before.

mod line;
mod lists;
pub mod show;

pub use lists::{key, query};

use crate::web::routing::Routes;

/// The routes of this feature.
pub fn routes(r: Routes) -> Routes {
    r.get("/checks", show::show)
}
