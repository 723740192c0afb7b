//! Finding tickets and articles by words: the index, what it holds, who may see what of it, and the page.

pub mod answer;
pub mod article_document;
pub mod ask;
mod case_document;
mod complete;
mod facets;
pub mod hits;
pub mod index;
pub mod operators;
mod own;
mod page;
mod palette;
pub mod permission;
mod plain;
pub mod reindex;
mod share_document;
pub mod ticket_document;

use crate::web::routing::Routes;

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/search", page::show)
        .get("/search/complete", complete::list)
        .post("/search/keep", own::keep)
        .post("/search/forget", own::forget)
        .get("/palette", palette::show)
}
