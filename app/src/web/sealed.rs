//! Values that wait sealed in a browser, for one purpose and a short time, so that a stranger's click writes nothing.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;
use entities::history::Key;
use entities::sign_in::used;
use entities::{Instant, secret};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Kept<T> {
    value: T,
    since: Instant,
}

/// In the letters of cookies.
pub fn seal<T: Serialize>(key: &Key, purpose: &str, value: &T, now: Instant) -> String {
    let kept = Kept { value, since: now };
    let text = serde_json::to_string(&kept).unwrap_or_default();
    URL_SAFE_NO_PAD.encode(secret::seal_as(key, purpose, &text))
}

/// What `seal` made for the same purpose, within ten minutes.
pub fn open<T: DeserializeOwned>(
    key: &Key,
    purpose: &str,
    sealed: &str,
    now: Instant,
) -> Option<T> {
    let sealed = String::from_utf8(URL_SAFE_NO_PAD.decode(sealed).ok()?).ok()?;
    let text = secret::open_as(key, purpose, &sealed)?;
    let kept: Kept<T> = serde_json::from_str(&text).ok()?;
    let age = now - kept.since;
    let in_time = age >= -Duration::minutes(1) && age <= used::WITHIN;
    in_time.then_some(kept.value)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn it_opens_for_its_purpose_and_in_time_only() {
        let (mine, other) = (Key::random().unwrap(), Key::random().unwrap());
        let now = entities::Clock::default().now();
        let sealed = seal(&mine, "one", &"secret words", now);
        assert!(!sealed.contains("secret"));
        let opened = |key, purpose, after| open::<String>(key, purpose, &sealed, now + after);
        let at_once = Duration::zero();
        assert_eq!(
            opened(&mine, "one", at_once).as_deref(),
            Some("secret words")
        );
        assert!(opened(&mine, "other", at_once).is_none());
        assert!(opened(&other, "one", at_once).is_none());
        assert!(opened(&mine, "one", Duration::minutes(11)).is_none());
    }
}
