//! The way to a provider: by its button, or by one's mail address to the provider that speaks for it.

use entities::provider::{self, Provider};
use entities::sign_in::entry;
use poem::http::{StatusCode, header};
use poem::web::cookie::Cookie;
use poem::{IntoResponse as _, Response, handler};
use serde::Deserialize;

use super::on_the_way::go_on;
use super::sign_in::{SignInQuery, next};
use super::sign_in_back::refused;
use super::sign_in_page::SignInPage;
use crate::error::{Error, Result};
use crate::sign_on;
use crate::sign_on::flow::{self, Flow};
use crate::sign_on::refusal::Refusal;
use crate::web::cx::Visitor;
use crate::web::form::{Form, Query};
use crate::web::permitted::Sub;
use crate::web::session;
use crate::web::swap::Swap;
use crate::web::url::{self, Url};

/// The longest address to come back to that is kept; longer ones lead to the start page.
const MOST_NEXT: usize = 400;

/// What was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct FindForm {
    provider_email: String,
    next: String,
}

/// `GET /sign-in/with/:sub`: to this provider.
#[handler]
pub async fn show(
    visitor: Visitor,
    Sub(id): Sub,
    Query(query): Query<SignInQuery>,
) -> Result<Response> {
    let next = next(&query.next);
    let provider = provider::in_use(&visitor.desk.db, id).await?;
    let provider = provider.ok_or(Error::Desk(entities::DeskError::Hidden))?;
    if visitor.session.is_some() {
        return Ok(Swap::go_to(visitor.asks, next).into_response());
    }
    match begin(&visitor, &provider, &next, None).await {
        Ok((there, cookie)) => {
            let mut answer = Response::builder()
                .status(StatusCode::SEE_OTHER)
                .header(header::LOCATION, there)
                .finish();
            session::set(&mut answer, &cookie);
            Ok(answer)
        }
        Err(refusal) => turned_away(&visitor, &provider, &refusal).await,
    }
}

/// `POST /sign-in/with`: to the provider that speaks for the typed address.
#[handler]
pub async fn create(visitor: Visitor, Form(typed): Form<FindForm>) -> Result<Response> {
    let next = next(&typed.next);
    let providers = provider::active(&visitor.desk.db).await?;
    let email = typed.provider_email.trim();
    let Some(provider) = providers.iter().find(|p| p.speaks_for(email)) else {
        let page = SignInPage {
            lost: Some(email),
            ..SignInPage::new(&next, &providers)
        };
        return Ok(page
            .render(&visitor)
            .with_status(StatusCode::UNPROCESSABLE_ENTITY)
            .into_response());
    };
    match begin(&visitor, provider, &next, Some(email)).await {
        Ok((there, cookie)) => {
            let locale = visitor.locale;
            let name = [("provider", provider.name.as_str().into())];
            let mut answer = go_on(
                &visitor,
                &locale.t("sign-in-title"),
                &locale.t("sign-in-on-the-way"),
                &locale.t_with("sign-in-with", &name),
                &there,
            );
            session::set(&mut answer, &cookie);
            Ok(answer)
        }
        Err(refusal) => turned_away(&visitor, provider, &refusal).await,
    }
}

/// Where the browser goes, and what it keeps until it is back.
async fn begin(
    visitor: &Visitor,
    provider: &Provider,
    next: &Url,
    hint: Option<&str>,
) -> Result<(String, Cookie), Refusal> {
    let desk = &visitor.desk;
    let client = sign_on::client(provider, desk.db.key(), &desk.config)?;
    let known = desk.sign_on.known(provider, visitor.now.at).await?;
    let sent = client.send(&known, visitor.locale.code(), hint);
    let name = flow::cookie(&sent.state);
    let next = match next.as_str().len() > MOST_NEXT {
        true => url::start(),
        false => next.clone(),
    };
    let flow = Flow {
        state: sent.state,
        nonce: sent.nonce,
        verifier: sent.verifier,
        provider_id: provider.id,
        next: next.as_str().to_owned(),
    };
    let cookie = session::way_cookie(desk, &name, &flow.seal(desk.db.key(), visitor.now.at));
    Ok((sent.url, cookie))
}

async fn turned_away(
    visitor: &Visitor,
    provider: &Provider,
    refusal: &Refusal,
) -> Result<Response> {
    let entry = entry::Entry {
        provider_id: Some(provider.id),
        ..entry::Entry::default()
    };
    refused(visitor, refusal, entry).await
}
