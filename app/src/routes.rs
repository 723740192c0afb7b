//! The table of all routes, and what is wrapped around them.

use std::sync::Arc;

use maud::Markup;
use poem::{EndpointExt as _, IntoEndpoint, handler};

use crate::absences;
use crate::account;
use crate::api;
use crate::cases;
use crate::checks;
use crate::demo;
use crate::desk::{Desk, Mode};
use crate::effort;
use crate::error::{self, Result};
use crate::export;
use crate::fields;
use crate::finding;
use crate::help;
use crate::knowledge;
use crate::live;
use crate::mailings;
use crate::notices;
use crate::portal;
use crate::settings;
use crate::site;
use crate::start;
use crate::tickets;
use crate::views as kept_views;
use crate::web::assets::Assets;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::routing::Routes;
use crate::web::security_headers::Transport;
use crate::web::{compress, csrf, request_id, security_headers, session, views};

/// Every route of the desk, feature by feature.
pub fn table() -> Routes {
    Routes::default()
        .get("/events", live::stream::stream)
        .get("/views", show_views)
        .with(account::routes)
        .with(absences::routes)
        .with(api::routes)
        .with(help::routes)
        .with(site::routes)
        .with(start::routes)
        .with(effort::routes)
        .with(tickets::routes)
        .with(mailings::routes)
        .with(checks::routes)
        .with(cases::routes)
        .with(knowledge::routes)
        .with(finding::routes)
        .with(notices::routes)
        .with(kept_views::routes)
        .with(export::routes)
        .with(fields::routes)
        .with(settings::routes)
        .with(portal::routes)
}

/// The fragment of the views, fetched anew when counts change.
#[handler]
async fn show_views(cx: Cx, Query(asked): Query<views::At>) -> Result<Markup> {
    views::views(&cx, &asked.at).await
}

/// The whole application as one endpoint.
pub fn app(desk: Desk) -> impl IntoEndpoint<Endpoint: 'static> + use<> {
    let transport = if desk.config.is_https() {
        Transport::Https
    } else {
        Transport::Http
    };
    let table = match desk.mode {
        Mode::Demo => table().with(demo::page::routes),
        Mode::Work => table(),
    };
    table
        .finish()
        .at("/assets/:file", Assets)
        .around(csrf::check)
        .around(error::render)
        .around(move |next: Arc<_>, request| session::load(desk.clone(), next, request))
        .around(compress::pages)
        .around(move |next, request| security_headers::add(transport, next, request))
        .around(request_id::add)
}
