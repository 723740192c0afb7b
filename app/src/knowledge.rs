//! The knowledge base: finding and reading articles, writing them, and their way through review to their readers.

mod aside;
mod checks;
mod compare;
mod conflict;
mod diff;
mod draft;
mod due;
mod edit;
mod editor;
pub mod export;
pub mod feedback;
mod file;
mod files;
mod flow;
pub mod form;
mod gaps;
mod history;
pub mod history_line;
pub mod import;
mod links;
mod list;
mod paste;
mod recheck;
mod related;
mod remarks;
mod show;
mod tabs;
mod toolbar;
mod translation;
mod version;
mod watch;
pub mod words;

pub use show::rendered;

use crate::web::routing::Routes;

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/knowledge", list::list)
        .get("/knowledge/recheck", recheck::list)
        .get("/knowledge/due", due::list)
        .get("/knowledge/new", edit::new)
        .post("/knowledge/new", edit::create)
        .post("/knowledge/new/preview", edit::preview_new)
        .post("/knowledge/new/draft", draft::create)
        .post("/knowledge/new/paste", paste::create)
        .get("/knowledge/links", links::list)
        .get("/knowledge/new/files", file::held)
        .post("/knowledge/new/files", file::change_new)
        .get("/knowledge/gaps", gaps::show)
        .get("/knowledge/:key", show::show)
        .get("/knowledge/:key/edit", edit::edit)
        .post("/knowledge/:key/edit", edit::update)
        .post("/knowledge/:key/preview", edit::preview)
        .post("/knowledge/:key/draft", draft::update)
        .post("/knowledge/:key/files", file::change)
        .get("/knowledge/:key/files/:sub", file::show)
        .get("/knowledge/:key/compare", compare::show)
        .get("/knowledge/:key/versions", version::list)
        .post("/knowledge/:key/versions", version::restore)
        .get("/knowledge/:key/history", history::show)
        .post("/knowledge/:key/watch", watch::create)
        .post("/knowledge/:key/unwatch", watch::remove)
        .post("/knowledge/:key/review", flow::send)
        .post("/knowledge/:key/remarks", flow::say)
        .post("/knowledge/:key/remarks/:sub", remarks::settle)
        .post("/knowledge/:key/feedback", feedback::create)
        .post("/knowledge/:key/return", flow::give_back)
        .post("/knowledge/:key/publish", flow::publish)
        .post("/knowledge/:key/checked", recheck::check)
        .post("/knowledge/:key/retire", flow::retire)
        .post("/knowledge/:key/restore", flow::bring_back)
}
