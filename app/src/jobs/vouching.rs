//! Asks providers whether they still vouch for those who are signed in; who was removed there is out within minutes.

use std::time::Duration;

use entities::session::vouched::{self, Due};
use entities::sign_in::entry::{self, Entry};
use entities::{provider, session};
use tokio_util::sync::CancellationToken;

use super::{pause, rest};
use crate::desk::Desk;
use crate::sign_on;
use crate::sign_on::refusal::Why;
use crate::sign_on::vouching::Tokens;

const LOOK_EVERY: Duration = Duration::from_secs(10);

/// Apart from other work: a provider may take long to answer.
pub(super) async fn work(desk: Desk, stop: CancellationToken) {
    loop {
        let found = run_due(&desk).await.map(|asked| asked > 0);
        let rested = match rest(found, LOOK_EVERY, "providers cannot be asked") {
            Some(time) => pause(&stop, time).await,
            None => stop.is_cancelled(),
        };
        if rested {
            return;
        }
    }
}

/// Asks for those whose time has come; how many it was.
pub async fn run_due(desk: &Desk) -> entities::Result<usize> {
    let due = vouched::take_due(&desk.db).await?;
    for one in &due {
        ask(desk, one).await?;
    }
    Ok(due.len())
}

async fn ask(desk: &Desk, due: &Due) -> entities::Result<()> {
    let db = &desk.db;
    let tokens = Tokens::open(db.key(), &due.provider_tokens);
    let provider = provider::in_use(db, due.provider_id).await?;
    // Whoever is no longer believed vouches for nobody.
    let (Some(provider), Some(tokens)) = (provider, tokens) else {
        return end(desk, due, Why::Gone.name()).await;
    };
    let refresh = tokens.refresh.clone().unwrap_or_default();
    let said = match sign_on::client(&provider, db.key(), &desk.config) {
        Ok(client) => {
            let now = db.clock().now();
            desk.sign_on
                .ask_again(&provider, &client, &refresh, now)
                .await
        }
        Err(refusal) => Err(refusal),
    };
    match said {
        Ok(said) => {
            let tokens = Tokens::of(&said, Some(tokens));
            vouched::keep(db, due, &tokens.seal(db.key())).await
        }
        Err(refusal) if matches!(refusal.why, Why::Code) => end(desk, due, "ended").await,
        Err(refusal) => {
            // A provider that is away throws nobody out; it is asked again.
            tracing::warn!(
                why = refusal.why.name(),
                detail = refusal.detail,
                "a provider does not say whether it vouches"
            );
            Ok(())
        }
    }
}

async fn end(desk: &Desk, due: &Due, outcome: &str) -> entities::Result<()> {
    session::end_one(&desk.db, due.person_id, &due.token_hash).await?;
    let entry = Entry {
        provider_id: Some(due.provider_id),
        person_id: Some(due.person_id),
        outcome,
        ..Entry::default()
    };
    entry::note(&desk.db, &entry).await?;
    Ok(())
}
