//! One thing done to many tickets: chosen in the list, said, looked at, done, and taken back.

pub mod answer;
pub mod bar;
pub mod hang;
pub mod letters;
pub mod look;
pub mod print;
pub mod said;
pub mod say;
pub mod serial;
pub mod sheet;
pub mod start;
pub mod tell;

use crate::web::routing::Routes;

/// The routes of bulks.
pub fn routes(r: Routes) -> Routes {
    r.post("/tickets/bulk", start::create)
        .get("/tickets/bulk/:sub", sheet::show)
        .post("/tickets/bulk/:sub", say::update)
        .get("/tickets/bulk/:sub/letters", letters::show)
        .get("/tickets/bulk/:sub/print", print::show)
        .post("/tickets/bulk/:sub/run", answer::run)
        .post("/tickets/bulk/:sub/stop", answer::stop)
        .post("/tickets/bulk/:sub/undo", answer::undo)
}
