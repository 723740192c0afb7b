//! Finding tickets and articles by words: the index, what it holds, who may see what of it, and the page.

pub mod answer;
pub mod article_document;
pub mod ask;
mod facets;
mod hits;
pub mod index;
mod marks;
pub mod operators;
mod page;
mod palette;
pub mod permission;
mod plain;
pub mod reindex;
pub mod ticket_document;

use crate::web::routing::Routes;

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/search", page::show)
        .get("/palette", palette::show)
}
