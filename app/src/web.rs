//! What every page needs and no feature owns: shell, parts, addresses, Markdown, headers.

pub mod assets;
pub mod bell;
pub mod bytes;
pub mod compress;
pub mod csrf;
pub mod cx;
pub mod draft;
pub mod form;
pub mod keys;
pub mod layout;
pub mod markdown;
pub mod nav;
pub mod pages;
pub mod parts;
pub mod permitted;
mod person_menu;
pub mod portal_bar;
pub mod portal_cx;
pub mod request_id;
pub mod routing;
pub mod sealed;
pub mod security_headers;
pub mod session;
pub mod swap;
pub mod upload;
pub mod url;
pub mod views;
