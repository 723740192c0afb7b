//! The way to a provider and back: what must come back unchanged waits sealed in the browser that left, for ten minutes.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;
use entities::history::Key;
use entities::sign_in::used;
use entities::{Instant, Uuid, secret};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

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
    pub begun_at: Instant,
}

impl Flow {
    pub fn seal(&self, key: &Key) -> String {
        let text = serde_json::to_string(self).unwrap_or_default();
        // In the letters of cookies.
        URL_SAFE_NO_PAD.encode(secret::seal_as(key, PURPOSE, &text))
    }

    /// The way that a state belongs to; none when another browser has it, or when it began too long ago.
    pub fn open(key: &Key, sealed: &str, state: &str, now: Instant) -> Option<Flow> {
        let sealed = String::from_utf8(URL_SAFE_NO_PAD.decode(sealed).ok()?).ok()?;
        let text = secret::open_as(key, PURPOSE, &sealed)?;
        let flow: Flow = serde_json::from_str(&text).ok()?;
        let age = now - flow.begun_at;
        let in_time = age >= -Duration::minutes(1) && age <= used::WITHIN;
        let same = Sha256::digest(flow.state.as_bytes()) == Sha256::digest(state.as_bytes());
        (in_time && same).then_some(flow)
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
    fn a_way_opens_for_its_own_state_and_in_time_only() {
        let key = Key::random().unwrap();
        let now = entities::Clock::default().now();
        let flow = Flow {
            state: "one".into(),
            nonce: "n".into(),
            verifier: "secret words".into(),
            provider_id: Uuid::nil(),
            next: "/".into(),
            begun_at: now,
        };
        let sealed = flow.seal(&key);
        assert!(!sealed.contains("secret"));
        assert!(Flow::open(&key, &sealed, "one", now).is_some());
        assert!(Flow::open(&key, &sealed, "other", now).is_none());
        assert!(Flow::open(&key, &sealed, "one", now + Duration::minutes(11)).is_none());
        assert!(Flow::open(&Key::random().unwrap(), &sealed, "one", now).is_none());
    }
}
