//! The portal for vendors: what was shared with their company, and nothing else. Its pages know `entities::portal` alone.

mod answer;
mod contacts;
mod fields;
mod file;
mod knowledge;
mod list;
mod people;
mod plan;
mod show;
mod step;
mod thread;
mod words;

use crate::web::routing::Routes;

/// The routes of the portal.
pub fn routes(routes: Routes) -> Routes {
    routes
        .portal_get("/portal", list::list)
        .portal_get("/portal/tickets/:key", show::show)
        .portal_post("/portal/tickets/:key/answers", answer::create)
        .portal_post("/portal/tickets/:key/fields", fields::update)
        .portal_post("/portal/tickets/:key/steps", step::create)
        .portal_get("/portal/tickets/:key/files/:sub", file::show)
        .portal_get("/portal/releases", plan::list)
        .portal_get("/portal/knowledge", knowledge::list)
        .portal_get("/portal/knowledge/:key", knowledge::show)
        .portal_get("/portal/knowledge/:key/files/:sub", knowledge::file)
        .portal_post("/portal/knowledge/:key/feedback", knowledge::answer)
        .portal_get("/portal/contacts", contacts::list)
        .portal_get("/portal/people", people::list)
        .portal_post("/portal/people", people::create)
        .portal_post("/portal/people/:sub", people::update)
}
