//! One's own account: signing in and out, by password or provider, preferences, password, sessions.

pub mod code;
pub mod deputy;
pub mod deputy_form;
pub mod door;
pub mod enrol;
pub mod factor_form;
pub mod half;
pub mod invitation;
pub mod language;
pub mod new_password;
pub mod notifications;
pub mod on_the_way;
pub mod own_keys;
pub mod passkeys;
pub mod password;
pub mod preferences;
pub mod reset;
pub mod second_factor;
pub mod sessions;
pub mod show;
pub mod sign_in;
pub mod sign_in_back;
pub mod sign_in_by_passkey;
pub mod sign_in_page;
pub mod sign_in_with;
pub mod sign_ins;
pub mod sign_out;
pub mod sign_out_by_provider;
pub mod tokens;
pub mod watched;

use crate::web::routing::Routes;

/// The routes of the account.
pub fn routes(routes: Routes) -> Routes {
    routes
        .own_get("/account", show::show)
        .get("/account/notifications", notifications::show)
        .post("/account/notifications", notifications::update)
        .get("/account/keys", own_keys::show)
        .post("/account/keys", own_keys::update)
        .get("/account/watched", watched::list)
        .post("/account/watched", watched::create)
        .post("/account/watched/end", watched::remove)
        .get("/account/deputy", deputy::show)
        .post("/account/deputy", deputy::update)
        .own_post("/account/preferences", preferences::update)
        .own_post("/account/language", language::update)
        .own_post("/account/password", password::update)
        .own_post("/account/sessions/end", sessions::remove)
        .own_get("/account/sign-ins", sign_ins::list)
        .own_get("/account/passkeys", passkeys::list)
        .own_post("/account/passkeys", passkeys::create)
        .own_post("/account/passkeys/remove", passkeys::remove)
        .get("/account/tokens", tokens::list)
        .post("/account/tokens", tokens::create)
        .post("/account/tokens/end", tokens::remove)
        .own_get("/account/second-factor", second_factor::show)
        .own_post("/account/second-factor", second_factor::create)
        .own_post("/account/second-factor/codes", second_factor::update)
        .own_post("/account/second-factor/remove", second_factor::remove)
        .open_get("/sign-in", sign_in::new)
        .open_post("/sign-in", sign_in::create)
        .open_post("/sign-in/passkey", sign_in_by_passkey::create)
        .open_get("/sign-in/code", code::new)
        .open_post("/sign-in/code", code::create)
        .open_get("/sign-in/second-factor", enrol::new)
        .open_post("/sign-in/second-factor", enrol::create)
        .open_get("/sign-in/forgotten", reset::new)
        .open_post("/sign-in/forgotten", reset::create)
        .open_get("/sign-in/new-password", reset::edit)
        .open_post("/sign-in/new-password", reset::update)
        .open_get("/sign-in/invitation", invitation::edit)
        .open_post("/sign-in/invitation", invitation::update)
        .open_post("/sign-in/with", sign_in_with::create)
        .open_get("/sign-in/with/:sub", sign_in_with::show)
        .open_get("/sign-in/back", sign_in_back::show)
        .open_post("/sign-out", sign_out::remove)
        .open_post("/sign-out/by-provider", sign_out_by_provider::create)
}
