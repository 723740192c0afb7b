//! The table of all routes, and what is wrapped around them.

use poem::{EndpointExt as _, IntoEndpoint, Route};

use crate::config::Config;
use crate::web::assets::Assets;
use crate::web::security_headers::Transport;
use crate::web::{compress, request_id, security_headers};

/// The whole application as one endpoint.
pub fn app(config: &Config) -> impl IntoEndpoint<Endpoint: 'static> + use<> {
    let transport = if config.is_https() {
        Transport::Https
    } else {
        Transport::Http
    };
    Route::new()
        .at("/assets/:file", Assets)
        .around(compress::pages)
        .around(move |next, request| security_headers::add(transport, next, request))
        .around(request_id::add)
}
