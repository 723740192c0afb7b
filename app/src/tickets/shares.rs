//! What is shared of a ticket with vendors: the enquiry, what may leave, the repair, and messages to one of them.

pub mod begin;
pub mod blocks;
pub mod form;
pub mod gate;
pub mod new;
pub mod panel;
pub mod sending;
pub mod step;
pub mod tell;
pub mod withdraw;
pub mod words;

use crate::web::routing::Routes;

/// The addresses of shares.
pub fn routes(r: Routes) -> Routes {
    r.get("/tickets/:key/shares/new", new::new)
        .post("/tickets/:key/shares", new::create)
        .post("/tickets/:key/shares/:sub/repair", step::create)
        .post("/tickets/:key/shares/:sub/withdraw", withdraw::create)
}
