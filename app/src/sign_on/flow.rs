//! The way to a provider and back: what must come back unchanged waits sealed in the browser that left.

use entities::history::Key;
use entities::{Instant, Uuid};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::web::sealed;

/// How many ways one browser has under way; the next one takes the place of an older one.
const PLACES: u8 = 4;
const PURPOSE: &str = "way to a provider";

/// One way there and back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Flow {
    pub state: String,
    pub nonce: String,
    /// The other half of the PKCE challenge.
    pub verifier: String,
    pub provider_id: Uuid,
    /// Where to go once signed in.
    pub next: String,
}

impl Flow {
    pub fn seal(&self, key: &Key, now: Instant) -> String {
        sealed::seal(key, PURPOSE, self, now)
    }

    /// The way that a state belongs to; none when another browser has it, or when it began too long ago.
    pub fn open(key: &Key, sealed: &str, state: &str, now: Instant) -> Option<Flow> {
        let flow: Flow = sealed::open(key, PURPOSE, sealed, now)?;
        let same = Sha256::digest(flow.state.as_bytes()) == Sha256::digest(state.as_bytes());
        same.then_some(flow)
    }
}

/// The name of the cookie for a state.
pub fn cookie(state: &str) -> String {
    let place = Sha256::digest(state.as_bytes())[0] % PLACES;
    format!("lotse_sign_on_{place}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_way_opens_for_its_own_state_only() {
        let key = Key::random().unwrap();
        let now = entities::Clock::default().now();
        let flow = Flow {
            state: "one".into(),
            nonce: "n".into(),
            verifier: "secret words".into(),
            provider_id: Uuid::nil(),
            next: "/".into(),
        };
        let sealed = flow.seal(&key, now);
        assert!(Flow::open(&key, &sealed, "one", now).is_some());
        assert!(Flow::open(&key, &sealed, "other", now).is_none());
    }
}
