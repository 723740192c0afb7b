//! Signed tokens that bring an answer back to its ticket, in Message-IDs and plus-addresses.

use hmac::{Hmac, Mac};
use sha2::Sha256;
use uuid::Uuid;

/// Sixteen bytes of HMAC-SHA-256: enough that nobody guesses a ticket into being answered.
const SIGNATURE_BYTES: usize = 16;
const ID_LENGTH: usize = 32;

/// Names a ticket and one of its messages; only holders of the key can make one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub ticket: Uuid,
    pub message: Uuid,
    signature: String,
}

impl Token {
    #[must_use]
    pub fn new(key: &[u8], ticket: Uuid, message: Uuid) -> Self {
        let digest = mac(key, ticket, message).finalize().into_bytes();
        Self {
            ticket,
            message,
            signature: hex::encode(&digest[..SIGNATURE_BYTES]),
        }
    }

    /// The Message-ID without angle brackets.
    #[must_use]
    pub fn message_id(&self, host: &str) -> String {
        format!("{self}@{host}")
    }

    /// `desk@amt.example` becomes `desk+TOKEN@amt.example`; none when there is no at sign.
    #[must_use]
    pub fn plus_address(&self, address: &str) -> Option<String> {
        let (local, host) = address.rsplit_once('@')?;
        Some(format!("{local}+{self}@{host}"))
    }

    /// Ticket and message of an id or plus-address of ours; letters may have changed their case.
    #[must_use]
    pub fn parse(key: &[u8], text: &str) -> Option<(Uuid, Uuid)> {
        let text = text.trim().trim_matches(['<', '>']);
        let local = text.rsplit_once('@').map_or(text, |(local, _)| local);
        let token = local.rsplit('+').next()?.to_ascii_lowercase();
        let mut fields = token.split('.');
        let (message, ticket, signature) = (fields.next()?, fields.next()?, fields.next()?);
        if fields.next().is_some() || message.len() != ID_LENGTH || ticket.len() != ID_LENGTH {
            return None;
        }
        let message = Uuid::try_parse(message).ok()?;
        let ticket = Uuid::try_parse(ticket).ok()?;
        let signature = hex::decode(signature).ok()?;
        if signature.len() != SIGNATURE_BYTES {
            return None;
        }
        mac(key, ticket, message)
            .verify_truncated_left(&signature)
            .ok()?;
        Some((ticket, message))
    }
}

impl std::fmt::Display for Token {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (message, ticket) = (self.message.simple(), self.ticket.simple());
        write!(out, "{message}.{ticket}.{}", self.signature)
    }
}

fn mac(key: &[u8], ticket: Uuid, message: Uuid) -> Hmac<Sha256> {
    // HMAC takes keys of any length, so the fallback is never reached.
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key)
        .unwrap_or_else(|_| <Hmac<Sha256> as Mac>::new(&Default::default()));
    mac.update(b"mail token 1");
    mac.update(ticket.as_bytes());
    mac.update(message.as_bytes());
    mac
}
