//! One's own account: signing in and out.

pub mod sign_in;
pub mod sign_out;

use crate::web::routing::Routes;

/// The routes of the account.
pub fn routes(routes: Routes) -> Routes {
    routes
        .open_get("/sign-in", sign_in::new)
        .open_post("/sign-in", sign_in::create)
        .open_post("/sign-out", sign_out::remove)
}
