//! Passkeys by WebAuthn: what a device is asked, and what it must prove. The protocol alone; persons are the caller's.

use entities::history::Key;
use entities::{Instant, Uuid};
use serde_json::Value;
use webauthn_rs::prelude::{
    CreationChallengeResponse, DiscoverableAuthentication, Passkey, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential, Url, Webauthn, WebauthnBuilder,
};
use webauthn_rs_proto::ResidentKeyRequirement;

use crate::config::Config;
use crate::web::sealed;

const ADDING: &str = "a passkey being added";
const SIGNING_IN: &str = "a sign-in by a passkey";

/// What a page asks a device, and what must come back with its answer.
pub struct Asked {
    /// For the browser's own functions, as JSON.
    pub options: String,
    pub state: String,
}

/// A passkey that has proven itself.
pub struct Proven {
    pub credential_id: Vec<u8>,
    /// To be stored.
    pub credential: String,
}

/// The desk as devices know it: the host of its public address. None where that is no host name, as devices want one.
fn desk(config: &Config) -> Option<Webauthn> {
    let origin = Url::parse(&config.public_url).ok()?;
    let host = origin.domain()?.to_owned();
    let builder = WebauthnBuilder::new(&host, &origin).ok()?;
    let builder = builder.rp_name(&config.organisation.name);
    builder.allow_any_port(host == "localhost").build().ok()
}

/// Asks for a new passkey of a person who has these already.
pub fn add(
    config: &Config,
    key: &Key,
    (id, name, account): (Uuid, &str, &str),
    had: &[String],
    now: Instant,
) -> Option<Asked> {
    let had = had.iter().filter_map(|text| read(text));
    let had = had.map(|passkey| passkey.cred_id().clone()).collect();
    let started = desk(config)?.start_passkey_registration(id, account, name, Some(had));
    let (mut options, state) = started.ok()?;
    found_by_itself(&mut options);
    Some(Asked {
        options: serde_json::to_string(&options.public_key).ok()?,
        state: sealed::seal(key, ADDING, &state, now),
    })
}

/// The device keeps it with the person's name, so that nobody types an address to sign in.
fn found_by_itself(options: &mut CreationChallengeResponse) {
    if let Some(wanted) = &mut options.public_key.authenticator_selection {
        wanted.resident_key = Some(ResidentKeyRequirement::Required);
        wanted.require_resident_key = true;
    }
}

/// The device's answer to that, if it holds.
pub fn added(
    config: &Config,
    key: &Key,
    state: &str,
    answer: &str,
    now: Instant,
) -> Option<Proven> {
    let state: PasskeyRegistration = sealed::open(key, ADDING, state, now)?;
    let answer: RegisterPublicKeyCredential = serde_json::from_str(answer).ok()?;
    let passkey = desk(config)?.finish_passkey_registration(&answer, &state);
    proven(&passkey.ok()?)
}

/// Asks any device that has a passkey for this desk.
pub fn sign_in(config: &Config, key: &Key, now: Instant) -> Option<Asked> {
    let (options, state) = desk(config)?.start_discoverable_authentication().ok()?;
    Some(Asked {
        options: serde_json::to_string(&options.public_key).ok()?,
        state: sealed::seal(key, SIGNING_IN, &state, now),
    })
}

/// Whom a device's answer names, and by which credential; nothing is proven yet.
pub fn named(config: &Config, answer: &str) -> Option<(Uuid, Vec<u8>)> {
    let answer: PublicKeyCredential = serde_json::from_str(answer).ok()?;
    let desk = desk(config)?;
    let (person, credential) = desk.identify_discoverable_authentication(&answer).ok()?;
    Some((person, credential.to_vec()))
}

/// Whether the device has proven itself and its holder by this stored credential; the credential as it is by now.
pub fn signed_in(
    config: &Config,
    key: &Key,
    (state, answer): (&str, &str),
    stored: &str,
    now: Instant,
) -> Option<Proven> {
    let state: DiscoverableAuthentication = sealed::open(key, SIGNING_IN, state, now)?;
    let answer: PublicKeyCredential = serde_json::from_str(answer).ok()?;
    let mut passkey = read(stored)?;
    let done = desk(config)?.finish_discoverable_authentication_v2(&answer, state, &passkey);
    let done = done.ok().filter(|done| done.user_verified())?;
    passkey.update_credential(&done);
    proven(&passkey)
}

fn read(stored: &str) -> Option<Passkey> {
    serde_json::from_str(stored).ok()
}

fn proven(passkey: &Passkey) -> Option<Proven> {
    let credential: Value = serde_json::to_value(passkey).ok()?;
    Some(Proven {
        credential_id: passkey.cred_id().to_vec(),
        credential: credential.to_string(),
    })
}
