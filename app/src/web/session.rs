//! Finds out who asks before any route is reached, and keeps the cookie.

use std::sync::Arc;
use std::time::Duration;

use entities::session::{self, Limits};
use entities::sign_in::{device, used};
use poem::http::{HeaderValue, header};
use poem::web::cookie::{Cookie, SameSite};
use poem::{Endpoint, IntoResponse, Request, Response, Result};

use crate::desk::Desk;
use crate::error::{self, Error};
use crate::locale::{Locale, Now};
use crate::web::assets;
use crate::web::cx::{Asks, Visitor};
use crate::web::url;

const NAME: &str = "lotse_session";
/// The cookie of the language, for visitors without an account.
const LANGUAGE: &str = "lotse_language";
/// The cookie of a browser that somebody got in by; only the door sees it.
pub const DEVICE: &str = "lotse_device";
/// The cookie of a reader who said whether an article helped; only the site sees it.
const READER: &str = "lotse_reader";
/// The query field by which a page is asked for in another language.
pub const LANG: &str = "lang";

/// Wraps the routes: the request carries a [`Visitor`] from here on.
pub async fn load<E: Endpoint>(desk: Desk, next: Arc<E>, mut request: Request) -> Result<Response> {
    // Files are the same for everybody, also while nobody can be recognised.
    let token = token(&request).filter(|_| !assets::serve(request.uri().path()));
    let found = match &token {
        Some(token) => session::find(&desk.db, token, limits(&desk)).await,
        None => Ok(None),
    };
    let (session, away) = match found {
        Ok(session) => (session, None),
        Err(error) => (None, Some(Error::from(error))),
    };
    let preferred = session
        .as_ref()
        .and_then(|s| s.preference.locale.as_deref())
        .and_then(Locale::from_code);
    let asked = asked_language(&request);
    let locale = asked
        .or(preferred)
        .or_else(|| cookie_value(&request, LANGUAGE).and_then(Locale::from_code))
        .or_else(|| {
            Locale::from_accept_language(header_text(&request, header::ACCEPT_LANGUAGE.as_str()))
        })
        .unwrap_or(desk.config.locale);
    let fragment = request.headers().contains_key("hx-request")
        && !request.headers().contains_key("hx-history-restore-request");
    let visitor = Visitor {
        now: Now::new(desk.db.clock().now(), desk.config.time_zone),
        session: session.map(Arc::new),
        locale,
        address: address(&desk, &request),
        browser: header_text(&request, header::USER_AGENT.as_str()).to_owned(),
        asks: if fragment { Asks::Fragment } else { Asks::Page },
        desk,
    };
    if let Some(error) = away {
        return Ok(error::told(&visitor, &error.into(), &request));
    }
    let language = asked.map(|locale| language_cookie(&visitor.desk, locale));
    request.extensions_mut().insert(visitor);
    let mut answer = next.call(request).await?.into_response();
    if let Some(cookie) = language {
        set(&mut answer, &cookie);
    }
    Ok(answer)
}

/// Sends a cookie with an answer.
pub fn set(answer: &mut Response, cookie: &Cookie) {
    if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
        answer.headers_mut().append(header::SET_COOKIE, value);
    }
}

fn asked_language(request: &Request) -> Option<Locale> {
    let pairs = request.uri().query()?.split('&');
    pairs
        .filter_map(|pair| pair.split_once('='))
        .find(|(name, _)| *name == LANG)
        .and_then(|(_, code)| Locale::from_code(code))
}

/// What a cookie holds.
pub fn cookie_value<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    header_text(request, header::COOKIE.as_str())
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}

/// The session's token in the cookie.
pub fn token(request: &Request) -> Option<String> {
    cookie_value(request, NAME).map(str::to_owned)
}

/// The cookie of a session that has begun.
pub fn cookie(desk: &Desk, token: &str) -> Cookie {
    let mut cookie = ours(desk, NAME, token);
    cookie.set_max_age(Duration::from_secs(
        u64::from(desk.config.sessions.absolute_hours) * 3600,
    ));
    cookie
}

/// What a browser keeps once somebody got in by it.
pub fn device_cookie(desk: &Desk, word: &str) -> Cookie {
    let mut cookie = ours(desk, DEVICE, word);
    cookie.set_path(url::sign_in().as_str());
    cookie.set_max_age(device::KEEP.to_std().unwrap_or_default());
    cookie
}

/// What waits sealed at the door until its next step.
pub fn door_cookie(desk: &Desk, name: &str, sealed: &str) -> Cookie {
    let mut cookie = ours(desk, name, sealed);
    cookie.set_path(url::sign_in().as_str());
    cookie.set_max_age(used::WITHIN.to_std().unwrap_or_default());
    cookie
}

/// The cookie that removes it.
pub fn door_removal(desk: &Desk, name: &str) -> Cookie {
    let mut gone = door_cookie(desk, name, "");
    gone.set_max_age(Duration::ZERO);
    gone
}

/// The random word of a reader.
pub fn reader(request: &Request) -> Option<String> {
    let is_ours = |word: &&str| (16..=128).contains(&word.len());
    cookie_value(request, READER)
        .filter(is_ours)
        .map(str::to_owned)
}

/// The cookie that keeps it.
pub fn reader_cookie(desk: &Desk, word: &str) -> Cookie {
    let mut cookie = ours(desk, READER, word);
    cookie.set_path(url::help().as_str());
    cookie.set_max_age(Duration::from_secs(365 * 24 * 3600));
    cookie
}

fn language_cookie(desk: &Desk, locale: Locale) -> Cookie {
    let mut cookie = ours(desk, LANGUAGE, locale.code());
    cookie.set_max_age(Duration::from_secs(365 * 24 * 3600));
    cookie
}

/// What waits for a person to come back from a provider; only the way back sees it.
pub fn way_cookie(desk: &Desk, name: &str, sealed: &str) -> Cookie {
    let mut cookie = ours(desk, name, sealed);
    cookie.set_path(url::sign_in_back().as_str());
    cookie.set_max_age(used::WITHIN.to_std().unwrap_or_default());
    cookie
}

/// The cookie that removes it.
pub fn way_removal(desk: &Desk, name: &str) -> Cookie {
    let mut gone = way_cookie(desk, name, "");
    gone.set_max_age(Duration::ZERO);
    gone
}

fn ours(desk: &Desk, name: &str, value: &str) -> Cookie {
    let mut cookie = Cookie::new_with_str(name, value);
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Lax);
    cookie.set_path("/");
    cookie.set_secure(desk.config.is_https());
    cookie
}

/// The cookie that removes the session's.
pub fn removal(desk: &Desk) -> Cookie {
    let mut gone = cookie(desk, "");
    gone.set_max_age(Duration::ZERO);
    gone
}

/// The configured limits.
pub fn limits(desk: &Desk) -> Limits {
    Limits {
        idle: chrono::Duration::minutes(i64::from(desk.config.sessions.idle_minutes)),
        absolute: chrono::Duration::hours(i64::from(desk.config.sessions.absolute_hours)),
    }
}

fn header_text<'a>(request: &'a Request, name: &str) -> &'a str {
    request
        .headers()
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// A proxy's word counts only when the proxy is known.
fn address(desk: &Desk, request: &Request) -> String {
    let peer = request
        .remote_addr()
        .as_socket_addr()
        .map(|address| address.ip());
    let Some(peer) = peer else {
        return String::new();
    };
    if desk.config.trusted_proxies.contains(&peer) {
        let forwarded = header_text(request, "x-forwarded-for");
        if let Some(last) = forwarded
            .rsplit(',')
            .next()
            .map(str::trim)
            .filter(|a| !a.is_empty())
        {
            return last.to_owned();
        }
    }
    peer.to_string()
}
