//! The knowledge base for whoever comes: what is public, and for those who have signed in what was written for
//! requesters. Its pages know `entities::site` alone; the portal draws its own by the same pieces.

pub mod feedback;
pub mod file;
pub mod list;
mod pages;
pub mod show;

use maud::Markup;

use crate::web::layout::Stage;
use crate::web::routing::Routes;
use crate::web::url::Url;

/// Where a site lies.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its list.
    pub home: Url,
    /// What stands before the ids of its articles.
    pub articles: &'static str,
}

/// What a page of a site shows.
pub struct Content {
    pub title: String,
    pub stage: Stage,
    pub body: Markup,
}

/// The routes of the site that is open to all.
pub fn routes(routes: Routes) -> Routes {
    routes
        .open_get("/help", pages::list)
        .open_get("/help/articles/:key", pages::show)
        .open_get("/help/articles/:key/files/:sub", pages::file)
        .open_post("/help/articles/:key/feedback", pages::answer)
}
