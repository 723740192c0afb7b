//! Signing out: the session ends here, in the browser, and at the provider that vouched for it.

use entities::provider;
use entities::session as sessions;
use entities::session::vouched;
use poem::{IntoResponse as _, Request, Response, handler};

use super::on_the_way::go_on;
use crate::error::Result;
use crate::sign_on::vouching::Tokens;
use crate::web::cx::Visitor;
use crate::web::swap::Swap;
use crate::web::{session, url};

/// Where a provider ends its session, and what it is called.
struct Farewell {
    provider: String,
    there: String,
}

/// `POST /sign-out`; without a session it only removes the cookie.
#[handler]
pub async fn remove(visitor: Visitor, request: &Request) -> Result<Response> {
    let mut farewell = None;
    if let Some(token) = session::token(request) {
        farewell = farewell_of(&visitor, &token).await?;
        sessions::end(&visitor.desk.db, &token).await?;
    }
    let mut answer = match farewell {
        Some(Farewell { provider, there }) => {
            let locale = visitor.locale;
            let name = [("provider", provider.as_str().into())];
            go_on(
                &visitor,
                &locale.t("sign-out-title"),
                &locale.t_with("sign-out-on-the-way", &name),
                &locale.t_with("sign-out-at", &name),
                &there,
            )
        }
        None => Swap::go_to(visitor.asks, url::sign_in()).into_response(),
    };
    session::set(&mut answer, &session::removal(&visitor.desk));
    Ok(answer)
}

/// None for a password's session, and when the provider is away or has no such place: then it ends here alone.
async fn farewell_of(visitor: &Visitor, token: &str) -> Result<Option<Farewell>> {
    let desk = &visitor.desk;
    let Some(vouched) = vouched::of(&desk.db, token).await? else {
        return Ok(None);
    };
    let Some(provider) = provider::in_use(&desk.db, vouched.provider_id).await? else {
        return Ok(None);
    };
    let sealed = vouched.tokens.as_deref();
    let tokens = sealed.and_then(|sealed| Tokens::open(desk.db.key(), sealed));
    let Ok(known) = desk.sign_on.known(&provider, visitor.now.at).await else {
        return Ok(None);
    };
    let back = format!("{}{}", desk.config.public_url, url::sign_in());
    let id_token = tokens.and_then(|tokens| tokens.id_token);
    let there = desk
        .sign_on
        .end_session(&known, &provider, id_token.as_deref(), back);
    Ok(there.map(|there| Farewell {
        provider: provider.name,
        there,
    }))
}
