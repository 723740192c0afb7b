//! Effort: booking it on tickets and apart from them, the timer, and one's own weeks.

pub mod book;
pub mod correct;
pub mod form;
pub mod minutes;
pub mod own;
pub mod panel;
pub mod sent;
pub mod timer;

use crate::web::routing::Routes;

/// The routes of effort.
pub fn routes(r: Routes) -> Routes {
    r.get("/effort", own::show)
        .post("/effort", own::create)
        .get("/effort/:key", correct::edit)
        .post("/effort/:key", correct::update)
        .post("/effort/timers/:sub", timer::update)
        .get("/tickets/:key/effort/new", book::new)
        .post("/tickets/:key/effort", book::create)
        .post("/tickets/:key/timer", timer::create)
}
