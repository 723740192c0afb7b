//! Addresses of signing in and out.

use std::fmt;

use super::Url;

pub fn sign_in() -> Url {
    Url::path("/sign-in")
}

pub fn sign_in_by_passkey() -> Url {
    Url::path("/sign-in/passkey")
}

/// One's own passkeys.
pub fn passkeys() -> Url {
    Url::path("/account/passkeys")
}

pub fn remove_passkey() -> Url {
    Url::path("/account/passkeys/remove")
}

/// The second step of signing in.
pub fn code() -> Url {
    Url::path("/sign-in/code")
}

/// Where a second factor is set up on the way in.
pub fn enrol() -> Url {
    Url::path("/sign-in/second-factor")
}

pub fn second_factor() -> Url {
    Url::path("/account/second-factor")
}

pub fn recovery_codes() -> Url {
    Url::path("/account/second-factor/codes")
}

pub fn remove_second_factor() -> Url {
    Url::path("/account/second-factor/remove")
}

/// Where somebody says that they forgot their password.
pub fn forgotten() -> Url {
    Url::path("/sign-in/forgotten")
}

/// Where the link of a mail leads that gives a new password.
pub fn new_password() -> Url {
    Url::path("/sign-in/new-password")
}

/// Where the link of an invitation leads.
pub fn invitation() -> Url {
    Url::path("/sign-in/invitation")
}

/// Where a mail address leads to its provider.
pub fn sign_in_find() -> Url {
    Url::path("/sign-in/with")
}

/// The way to a provider.
pub fn sign_in_with(id: impl fmt::Display) -> Url {
    Url::path(format!("/sign-in/with/{id}"))
}

/// Where providers send people back to.
pub fn sign_in_back() -> Url {
    Url::path("/sign-in/back")
}

pub fn sign_out() -> Url {
    Url::path("/sign-out")
}
