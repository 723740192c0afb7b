//! Lists out: any list of tickets as CSV, written while it is fetched, or as XLSX, written behind the pages.

pub mod about;
pub mod cell;
pub mod columns;
pub mod csv;
pub mod menu;
pub mod page;
pub mod reader;
pub mod start;
pub mod xlsx;

use crate::web::routing::Routes;

/// The routes of this feature.
pub fn routes(r: Routes) -> Routes {
    r.post("/tickets/export", start::create)
        .get("/exports/:sub", page::show)
        .get("/exports/:sub/file", page::file)
        .post("/exports/:sub/stop", page::stop)
}
