//! The table of routes that can list itself, so that tests probe every one of them.

use std::collections::BTreeMap;

use poem::endpoint::BoxEndpoint;
use poem::http::Method;
use poem::{EndpointExt as _, IntoEndpoint, IntoResponse as _, Route, RouteMethod};

use crate::api::caller;

/// Who is let in before any permission is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Anybody.
    Open,
    /// Whoever has signed in and has business at the desk: guests find nothing here.
    SignedIn,
    /// Programs with a token of a person, and no browser.
    Token,
    /// Whoever has signed in, for what is their own: guests too.
    Own,
    /// Whoever belongs to a vendor and may use the portal.
    Portal,
}

/// One route as the tests see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub method: Method,
    pub path: &'static str,
    pub gate: Gate,
}

/// Routes being gathered.
#[derive(Default)]
pub struct Routes {
    listed: Vec<Listed>,
    methods: BTreeMap<&'static str, RouteMethod>,
}

impl Routes {
    /// A page or fragment, for the signed-in.
    #[must_use]
    pub fn get(self, path: &'static str, endpoint: impl IntoEndpoint<Endpoint: 'static>) -> Self {
        self.route(Method::GET, path, Gate::SignedIn, endpoint)
    }

    /// An action, for the signed-in.
    #[must_use]
    pub fn post(self, path: &'static str, endpoint: impl IntoEndpoint<Endpoint: 'static>) -> Self {
        self.route(Method::POST, path, Gate::SignedIn, endpoint)
    }

    /// A page of one's own account.
    #[must_use]
    pub fn own_get(
        self,
        path: &'static str,
        endpoint: impl IntoEndpoint<Endpoint: 'static>,
    ) -> Self {
        self.route(Method::GET, path, Gate::Own, endpoint)
    }

    /// An action on one's own account.
    #[must_use]
    pub fn own_post(
        self,
        path: &'static str,
        endpoint: impl IntoEndpoint<Endpoint: 'static>,
    ) -> Self {
        self.route(Method::POST, path, Gate::Own, endpoint)
    }

    /// A page of the portal.
    #[must_use]
    pub fn portal_get(
        self,
        path: &'static str,
        endpoint: impl IntoEndpoint<Endpoint: 'static>,
    ) -> Self {
        self.route(Method::GET, path, Gate::Portal, endpoint)
    }

    /// An action in the portal.
    #[must_use]
    pub fn portal_post(
        self,
        path: &'static str,
        endpoint: impl IntoEndpoint<Endpoint: 'static>,
    ) -> Self {
        self.route(Method::POST, path, Gate::Portal, endpoint)
    }

    /// A page or fragment for anybody.
    #[must_use]
    pub fn open_get(
        self,
        path: &'static str,
        endpoint: impl IntoEndpoint<Endpoint: 'static>,
    ) -> Self {
        self.route(Method::GET, path, Gate::Open, endpoint)
    }

    /// An action for anybody.
    #[must_use]
    pub fn open_post(
        self,
        path: &'static str,
        endpoint: impl IntoEndpoint<Endpoint: 'static>,
    ) -> Self {
        self.route(Method::POST, path, Gate::Open, endpoint)
    }

    /// An answer for programs.
    #[must_use]
    pub fn token_get(
        self,
        path: &'static str,
        endpoint: impl IntoEndpoint<Endpoint: 'static>,
    ) -> Self {
        self.route(Method::GET, path, Gate::Token, endpoint)
    }

    /// An action of programs.
    #[must_use]
    pub fn token_post(
        self,
        path: &'static str,
        endpoint: impl IntoEndpoint<Endpoint: 'static>,
    ) -> Self {
        self.route(Method::POST, path, Gate::Token, endpoint)
    }

    /// The routes of a feature.
    #[must_use]
    pub fn with(self, feature: impl FnOnce(Routes) -> Routes) -> Self {
        feature(self)
    }

    fn route(
        mut self,
        method: Method,
        path: &'static str,
        gate: Gate,
        endpoint: impl IntoEndpoint<Endpoint: 'static>,
    ) -> Self {
        self.listed.push(Listed {
            method: method.clone(),
            path,
            gate,
        });
        let at = self.methods.remove(path).unwrap_or_default();
        let endpoint: BoxEndpoint<'static> = match gate {
            Gate::Open => endpoint.map_to_response().boxed(),
            Gate::SignedIn => endpoint.map_to_response().around(guard).boxed(),
            Gate::Token => endpoint.map_to_response().around(caller::guard).boxed(),
            Gate::Own => endpoint.map_to_response().around(guard_own).boxed(),
            Gate::Portal => endpoint.map_to_response().around(guard_portal).boxed(),
        };
        let at = if method == Method::GET {
            let endpoint = std::sync::Arc::new(endpoint);
            // Handlers see for what they are asked, so that nothing is read that is not sent.
            let head = endpoint.clone().around(without_body);
            at.method(Method::GET, endpoint).method(Method::HEAD, head)
        } else {
            at.method(method, endpoint)
        };
        self.methods.insert(path, at);
        self
    }

    /// Every route there is.
    pub fn list(&self) -> &[Listed] {
        &self.listed
    }

    /// The routes as one endpoint.
    pub fn finish(self) -> Route {
        self.methods
            .into_iter()
            .fold(Route::new(), |route, (path, at)| route.at(path, at))
    }
}

async fn without_body(
    next: std::sync::Arc<impl poem::Endpoint<Output = poem::Response>>,
    request: poem::Request,
) -> poem::Result<poem::Response> {
    let mut answer = next.call(request).await?;
    answer.set_body(());
    Ok(answer)
}

/// Nobody reaches a handler behind the gate without a session, whatever the handler asks for itself.
async fn guard(
    next: std::sync::Arc<impl poem::Endpoint<Output = poem::Response>>,
    request: poem::Request,
) -> poem::Result<poem::Response> {
    let is_start = request.uri().path() == super::url::start().as_str();
    if is_start && let Some(to) = super::cx::way_of_a_guest(&request)? {
        return Ok(to.into_response());
    }
    super::cx::of(&request)?;
    next.call(request).await
}

async fn guard_own(
    next: std::sync::Arc<impl poem::Endpoint<Output = poem::Response>>,
    mut request: poem::Request,
) -> poem::Result<poem::Response> {
    super::cx::admit_guests(&mut request);
    super::cx::of(&request)?;
    next.call(request).await
}

async fn guard_portal(
    next: std::sync::Arc<impl poem::Endpoint<Output = poem::Response>>,
    mut request: poem::Request,
) -> poem::Result<poem::Response> {
    let entered = super::portal_cx::enter(&request).await?;
    request.extensions_mut().insert(entered);
    next.call(request).await
}
