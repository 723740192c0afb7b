//! A provider ends sessions by itself (back-channel logout): by a signed token, each of which counts once.

use entities::identity;
use entities::provider;
use entities::session::vouched;
use entities::sign_in::entry::{self, Entry};
use entities::sign_in::{self as door, used};
use poem::http::{StatusCode, header};
use poem::{Response, handler};
use serde::Deserialize;

use super::sign_in;
use crate::error::Result;
use crate::sign_on::logout::{Unproven, prove};
use crate::sign_on::refusal::{Refusal, Why};
use crate::web::cx::Visitor;
use crate::web::form::Form;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Said {
    logout_token: String,
}

/// `POST /sign-out/by-provider`
#[handler]
pub async fn create(visitor: Visitor, Form(said): Form<Said>) -> Result<Response> {
    let mut entry = Entry {
        address: &visitor.address,
        browser: &visitor.browser,
        ..Entry::default()
    };
    match end(&visitor, &said.logout_token, &mut entry).await? {
        Ok(()) => {
            entry.outcome = "ended";
            entry::note(&visitor.desk.db, &entry).await?;
            Ok(answer(StatusCode::OK))
        }
        Err(refusal) => {
            let db = &visitor.desk.db;
            let limits = sign_in::limits(&visitor.desk);
            if door::refused(db, &visitor.address, limits).await?.is_none() {
                entry.outcome = refusal.why.name();
                entry.detail = &refusal.detail;
                entry::note(db, &entry).await?;
            }
            Ok(answer(StatusCode::BAD_REQUEST))
        }
    }
}

async fn end(visitor: &Visitor, token: &str, entry: &mut Entry<'_>) -> Result<Result<(), Refusal>> {
    let db = &visitor.desk.db;
    let Some(token) = Unproven::read(token) else {
        return Ok(Err(Refusal::new(Why::Answer, "no token")));
    };
    let providers = provider::active(db).await?;
    let Some(provider) = providers.iter().find(|provider| token.names(provider)) else {
        return Ok(Err(Refusal::new(Why::Issuer, "of no provider in use")));
    };
    entry.provider_id = Some(provider.id);
    let left = match prove(&visitor.desk.sign_on, provider, &token, visitor.now.at).await {
        Ok(left) => left,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if !used::use_up(db, &format!("{} {}", provider.issuer, left.jti)).await? {
        return Ok(Err(Why::Used.into()));
    }
    if let Some(subject) = &left.subject {
        entry.person_id = identity::person_of(db, &provider.issuer, subject).await?;
    }
    vouched::end(db, provider.id, left.sid.as_deref(), entry.person_id).await?;
    Ok(Ok(()))
}

fn answer(status: StatusCode) -> Response {
    Response::builder()
        .status(status)
        .header(header::CACHE_CONTROL, "no-store")
        .finish()
}
