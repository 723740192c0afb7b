//! Back from a provider: what was brought is compared, redeemed and proven; then the door opens, or a page says why not.

use entities::claim_rule::{self, Applied};
use entities::identity::{self, Arrival};
use entities::provider::{self, Provider};
use entities::session::vouched::{self, Vouched};
use entities::sign_in::entry::{self, Entry};
use entities::sign_in::{self as door, used};
use entities::{Uuid, session as sessions};
use maud::{Markup, html};
use poem::{IntoResponse as _, Request, Response, handler};
use serde::Deserialize;

use super::sign_in;
use super::sign_in_page::{card, too_many, wait_until, wait_words};
use crate::error::Result;
use crate::sign_on::client::Brought;
use crate::sign_on::flow::{self, Flow};
use crate::sign_on::refusal::{Refusal, Why};
use crate::sign_on::vouching::{Tokens, vouched};
use crate::sign_on::{self, Proof};
use crate::web::cx::Visitor;
use crate::web::form::Query;
use crate::web::parts::{Look, Tone, button_link, notice};
use crate::web::swap::Swap;
use crate::web::{session, url};

/// What a provider has the browser bring.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Back {
    code: String,
    state: String,
    iss: String,
    error: String,
}

/// Who it turned out to be, or why not; with what was known by then.
struct Met {
    provider_id: Option<Uuid>,
    person_id: Option<Uuid>,
    next: String,
    vouched: Option<Vouched>,
    /// What those who run the desk should know of a success.
    detail: &'static str,
    result: Result<Uuid, Refusal>,
}

/// `GET /sign-in/back`: a new session, whatever the browser carried before.
#[handler]
pub async fn show(
    visitor: Visitor,
    request: &Request,
    Query(back): Query<Back>,
) -> Result<Response> {
    let met = meet(&visitor, request, &back).await?;
    let entry = Entry {
        provider_id: met.provider_id,
        person_id: met.person_id,
        detail: met.detail,
        ..Entry::default()
    };
    let mut answer = match met.result {
        Ok(person_id) => {
            let_in(
                &visitor,
                request,
                person_id,
                (&met.next, met.vouched),
                entry,
            )
            .await?
        }
        Err(refusal) => refused(&visitor, &refusal, entry).await?,
    };
    if met.provider_id.is_some() {
        let name = flow::cookie(&back.state);
        session::set(&mut answer, &session::way_removal(&visitor.desk, &name));
    }
    Ok(answer)
}

async fn meet(visitor: &Visitor, request: &Request, back: &Back) -> Result<Met> {
    let db = &visitor.desk.db;
    let mut met = Met {
        provider_id: None,
        person_id: None,
        next: String::new(),
        vouched: None,
        detail: "",
        result: Err(Why::State.into()),
    };
    let sealed = session::cookie_value(request, &flow::cookie(&back.state));
    let flow = sealed.and_then(|sealed| Flow::open(db.key(), sealed, &back.state, visitor.now.at));
    let Some(flow) = flow else { return Ok(met) };
    met.provider_id = Some(flow.provider_id);
    if !used::use_up(db, &flow.state).await? {
        met.result = Err(Why::Used.into());
        return Ok(met);
    }
    let Some(provider) = provider::in_use(db, flow.provider_id).await? else {
        met.result = Err(Why::Gone.into());
        return Ok(met);
    };
    let (proof, tokens) = match prove(visitor, &provider, &flow, back).await {
        Ok(proven) => proven,
        Err(refusal) => {
            met.result = Err(refusal);
            return Ok(met);
        }
    };
    met.next = flow.next;
    met.vouched = Some(vouched(db.key(), provider.id, &proof, &tokens));
    let arrival = identity::arrive(db, &provider, &proof.claims()).await?;
    met.person_id = match arrival {
        Arrival::Person(id) | Arrival::Retired(id) => Some(id),
        Arrival::Unknown | Arrival::Unverified | Arrival::AddressTaken => None,
    };
    met.result = match arrival {
        Arrival::Person(id) => {
            met.detail = match claim_rule::apply(db, provider.id, id, proof.all()).await? {
                Applied::All => "",
                Applied::AdministratorKept => "the last administrator keeps their roles",
            };
            Ok(id)
        }
        Arrival::Retired(_) => Err(Why::Retired.into()),
        Arrival::Unknown => Err(Why::Unknown.into()),
        Arrival::Unverified => Err(Why::Unverified.into()),
        Arrival::AddressTaken => Err(Why::AddressTaken.into()),
    };
    Ok(met)
}

async fn prove(
    visitor: &Visitor,
    provider: &Provider,
    flow: &Flow,
    back: &Back,
) -> Result<(Proof, Tokens), Refusal> {
    let desk = &visitor.desk;
    let known = desk.sign_on.known(provider, visitor.now.at).await?;
    sign_on::from_issuer(&known, provider, &back.iss)?;
    match back.error.as_str() {
        "" => {}
        "access_denied" => return Err(Why::Cancelled.into()),
        other => return Err(Refusal::new(Why::Provider, sign_on::word(other))),
    }
    if back.code.is_empty() {
        return Err(Refusal::new(Why::Answer, "no code"));
    }
    let client = sign_on::client(provider, desk.db.key(), &desk.config)?;
    let brought = Brought {
        code: &back.code,
        nonce: &flow.nonce,
        verifier: &flow.verifier,
    };
    let now = || desk.db.clock().now();
    desk.sign_on.prove(provider, &client, &brought, now).await
}

async fn let_in(
    visitor: &Visitor,
    request: &Request,
    person_id: Uuid,
    (next, vouched): (&str, Option<Vouched>),
    entry: Entry<'_>,
) -> Result<Response> {
    let db = &visitor.desk.db;
    let started = sessions::start(db, person_id, &visitor.browser, &visitor.address).await?;
    if let Some(vouched) = vouched {
        vouched::begin(db, &started.token, &vouched).await?;
    }
    let entry = Entry {
        outcome: "started",
        address: &visitor.address,
        browser: &visitor.browser,
        ..entry
    };
    entry::note(db, &entry).await?;
    if let Some(before) = session::token(request) {
        sessions::end(db, &before).await?;
    }
    let mut answer = Swap::go_to(visitor.asks, sign_in::next(next)).into_response();
    session::set(&mut answer, &session::cookie(&visitor.desk, &started.token));
    Ok(answer)
}

/// Notes why nobody was let in, and tells it. Too many of them from one place are no longer noted.
pub async fn refused(visitor: &Visitor, refusal: &Refusal, entry: Entry<'_>) -> Result<Response> {
    let db = &visitor.desk.db;
    let limits = sign_in::limits(&visitor.desk);
    if let Some(until) = door::refused(db, &visitor.address, limits).await? {
        let wait = wait_until(visitor, until);
        let more = html! { p { (wait_words(visitor.locale, "sign-in-wait", wait)) } };
        let page = page(visitor, &visitor.locale.t("sign-in-too-many"), &more);
        return Ok(too_many(page, wait));
    }
    tracing::info!(
        why = refusal.why.name(),
        detail = refusal.detail,
        "a sign-in by a provider was refused"
    );
    let entry = Entry {
        outcome: refusal.why.name(),
        detail: &refusal.detail,
        address: &visitor.address,
        browser: &visitor.browser,
        ..entry
    };
    let id = entry::note(db, &entry).await?;
    let locale = visitor.locale;
    let why = refusal.why.words(locale);
    let more = html! {
        p { (refusal.why.advice(locale)) }
        p class="muted small" { (locale.t("sign-on-entry")) " " code { (id) } }
    };
    let page = page(visitor, &why, &more);
    Ok(page.with_status(refusal.why.status()).into_response())
}

fn page(visitor: &Visitor, why: &str, more: &Markup) -> Markup {
    let locale = visitor.locale;
    let body = html! {
        (notice(Tone::Error, why, &html! {}))
        (more)
        div class="cluster" { (button_link(Look::Primary, &locale.t("sign-on-again"), &url::sign_in(), None)) }
    };
    card(visitor, &locale.t("sign-on-refused"), None, &body)
}
