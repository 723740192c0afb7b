//! Absences: one's own, a colleague's by a lead, who is away, what they hand over, and what happened meanwhile.

pub mod away;
pub mod covering;
pub mod hand_over;
pub mod ical;
pub mod meanwhile;
pub mod take_in;

mod feed;
mod feed_reading;
mod form;
mod lines;
mod list;
mod page;

use crate::web::routing::Routes;

/// The routes of absences.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/absences", list::list)
        .get("/account/absences", page::show)
        .post("/account/absences", page::create)
        .get("/account/absences/calendar", feed::show)
        .post("/account/absences/calendar", feed::update)
        .post("/account/absences/calendar/read", feed::read)
        .post("/account/absences/calendar/end", feed::remove)
        .get("/account/absences/:sub", page::edit)
        .post("/account/absences/:sub", page::update)
        .post("/account/absences/:sub/end", page::remove)
        .get("/absences/of/:key", page::show)
        .post("/absences/of/:key", page::create)
        .post("/absences/of/:key/today", list::create)
        .get("/absences/of/:key/hand-over", hand_over::show)
        .get("/absences/of/:key/:sub", page::edit)
        .post("/absences/of/:key/:sub", page::update)
        .post("/absences/of/:key/:sub/end", page::remove)
        .post("/meanwhile/seen", meanwhile::update)
}
