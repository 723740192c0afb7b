//! What every page needs and no feature owns: shell, parts, addresses, Markdown, headers.

pub mod assets;
pub mod compress;
pub mod layout;
pub mod markdown;
pub mod nav;
pub mod parts;
pub mod request_id;
pub mod security_headers;
pub mod url;
