//! Signs outgoing mail with DKIM (RFC 6376, Ed25519 by RFC 8463), headers and body in relaxed form.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use entities::Instant;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject as _;
use sha2::{Digest, Sha256};

/// Signed where they exist. The first four are signed once more than they exist, so that none can be added.
const HEADERS: [&str; 13] = [
    "from",
    "to",
    "subject",
    "date",
    "cc",
    "reply-to",
    "message-id",
    "in-reply-to",
    "references",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "auto-submitted",
];
const NEVER_ADDED: usize = 4;

/// Characters of a signature on one line.
const LINE: usize = 72;

/// `SEQUENCE { OID rsaEncryption, NULL }`
const RSA_ALGORITHM: [u8; 15] = [
    0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
];

/// A private key that can sign.
#[derive(Debug)]
pub enum Key {
    Rsa(Box<RsaKeyPair>),
    Ed25519(Ed25519KeyPair),
}

/// Why a text is no key to sign with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadKey {
    #[error("the DKIM key is no private key in PEM form")]
    NotPem,
    #[error("the DKIM key is neither RSA with 2048 to 4096 bits nor Ed25519")]
    Unfit,
    #[error("the DKIM key could not sign")]
    Signing,
}

impl Key {
    /// Reads `BEGIN PRIVATE KEY` and `BEGIN RSA PRIVATE KEY`.
    ///
    /// # Errors
    /// When the text is none, or a key of another kind or size.
    pub fn parse(pem: &str) -> Result<Key, BadKey> {
        let der = PrivateKeyDer::from_pem_slice(pem.as_bytes()).map_err(|_| BadKey::NotPem)?;
        let rsa = match &der {
            PrivateKeyDer::Pkcs1(der) => RsaKeyPair::from_der(der.secret_pkcs1_der()),
            PrivateKeyDer::Pkcs8(der) => {
                let der = der.secret_pkcs8_der();
                if let Ok(key) = Ed25519KeyPair::from_pkcs8_maybe_unchecked(der) {
                    return Ok(Key::Ed25519(key));
                }
                RsaKeyPair::from_pkcs8(der)
            }
            _ => return Err(BadKey::Unfit),
        };
        rsa.map(|key| Key::Rsa(Box::new(key)))
            .map_err(|_| BadKey::Unfit)
    }

    /// What stands in the DNS record for those who check the signature.
    #[must_use]
    pub fn record(&self) -> String {
        match self {
            Key::Rsa(key) => {
                let info = public_key_info(key.public_key().as_ref());
                format!("v=DKIM1; k=rsa; p={}", STANDARD.encode(info))
            }
            Key::Ed25519(key) => {
                let key = STANDARD.encode(key.public_key().as_ref());
                format!("v=DKIM1; k=ed25519; p={key}")
            }
        }
    }

    fn algorithm(&self) -> &'static str {
        match self {
            Key::Rsa(_) => "rsa-sha256",
            Key::Ed25519(_) => "ed25519-sha256",
        }
    }

    fn sign(&self, signed: &[u8]) -> Result<Vec<u8>, BadKey> {
        match self {
            Key::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(
                    &RSA_PKCS1_SHA256,
                    &SystemRandom::new(),
                    signed,
                    &mut signature,
                )
                .map_err(|_| BadKey::Signing)?;
                Ok(signature)
            }
            // It signs the digest, not what was digested.
            Key::Ed25519(key) => Ok(key.sign(&Sha256::digest(signed)).as_ref().to_vec()),
        }
    }
}

/// The name of the DNS record with the public key.
#[must_use]
pub fn record_name(domain: &str, selector: &str) -> String {
    format!("{selector}._domainkey.{domain}")
}

/// The mail with its signature in front.
///
/// # Errors
/// When the key cannot sign.
pub fn sign(
    raw: &[u8],
    key: &Key,
    (domain, selector): (&str, &str),
    at: Instant,
) -> Result<Vec<u8>, BadKey> {
    let (head, body) = split(raw);
    let headers = unfolded(head);
    let mut names = Vec::new();
    let mut signed = Vec::new();
    for name in HEADERS {
        // The last of several stands nearest to the body and is taken first.
        for (_, value) in headers.iter().rev().filter(|(n, _)| n == name) {
            names.push(name);
            signed.extend_from_slice(format!("{name}:{value}\r\n").as_bytes());
        }
    }
    names.extend(&HEADERS[..NEVER_ADDED]);
    let digest = STANDARD.encode(Sha256::digest(relaxed_body(body)));
    let unsigned = format!(
        "v=1; a={}; c=relaxed/relaxed; d={domain}; s={selector};\r\n\tt={}; h={};\r\n\tbh={digest};\r\n\tb=",
        key.algorithm(),
        at.timestamp(),
        names.join(":"),
    );
    signed.extend_from_slice(format!("dkim-signature:{}", relaxed(&unsigned)).as_bytes());
    let signature = STANDARD.encode(key.sign(&signed)?);
    let lines: Vec<String> = signature
        .as_bytes()
        .chunks(LINE)
        .map(|line| String::from_utf8_lossy(line).into_owned())
        .collect();
    let mut all = format!("DKIM-Signature: {unsigned}{}\r\n", lines.join("\r\n\t")).into_bytes();
    all.extend_from_slice(raw);
    Ok(all)
}

/// Head and body, without the empty line between them.
fn split(raw: &[u8]) -> (&[u8], &[u8]) {
    let end = raw.windows(4).position(|w| w == b"\r\n\r\n");
    match end {
        Some(end) => (&raw[..end + 2], &raw[end + 4..]),
        None => (raw, b""),
    }
}

/// Each header's name in lower case and its value in relaxed form.
fn unfolded(head: &[u8]) -> Vec<(String, String)> {
    let mut lines: Vec<String> = Vec::new();
    for line in String::from_utf8_lossy(head).split("\r\n") {
        match lines.last_mut() {
            Some(last) if line.starts_with([' ', '\t']) => last.push_str(line),
            _ => lines.push(line.to_owned()),
        }
    }
    let parts = lines.iter().filter_map(|line| line.split_once(':'));
    parts
        .map(|(name, value)| (name.trim().to_ascii_lowercase(), relaxed(value)))
        .collect()
}

/// One space for every run of blanks, none at the ends.
fn relaxed(value: &str) -> String {
    let blank = [' ', '\t', '\r', '\n'];
    let words = value.split(blank).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

fn relaxed_body(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut empty_lines = 0;
    for line in body.split(|b| *b == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let mut clean = Vec::with_capacity(line.len());
        for byte in line {
            match byte {
                b' ' | b'\t' if clean.last() == Some(&b' ') => {}
                b' ' | b'\t' => clean.push(b' '),
                other => clean.push(*other),
            }
        }
        if clean.last() == Some(&b' ') {
            clean.pop();
        }
        if clean.is_empty() {
            empty_lines += 1;
            continue;
        }
        // Empty lines count only when something follows.
        out.extend(b"\r\n".repeat(empty_lines));
        empty_lines = 0;
        out.extend_from_slice(&clean);
        out.extend_from_slice(b"\r\n");
    }
    out
}

/// The RSA key as `SubjectPublicKeyInfo`.
fn public_key_info(key: &[u8]) -> Vec<u8> {
    let bits = [&[0][..], key].concat();
    let inner = [&RSA_ALGORITHM[..], &der(0x03, &bits)].concat();
    der(0x30, &inner)
}

fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let mut out = vec![tag];
    if length < 0x80 {
        out.push(u8::try_from(length).unwrap_or(0));
    } else {
        let bytes: Vec<u8> = length
            .to_be_bytes()
            .into_iter()
            .skip_while(|byte| *byte == 0)
            .collect();
        out.push(0x80 | u8::try_from(bytes.len()).unwrap_or(0));
        out.extend(bytes);
    }
    out.extend_from_slice(content);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_and_headers_are_made_alike_as_the_standard_shows() {
        // RFC 6376, section 3.4.5.
        assert_eq!(relaxed_body(b" C \r\nD \t E\r\n\r\n\r\n"), b" C\r\nD E\r\n");
        assert_eq!(relaxed_body(b""), b"");
        assert_eq!(relaxed_body(b"\r\n\r\n"), b"");
        assert_eq!(relaxed_body(b"a\r\n\r\nb"), b"a\r\n\r\nb\r\n");
        assert_eq!(
            unfolded(b"A: X\r\nB : Y\t\r\n\tZ  \r\n"),
            [
                ("a".to_owned(), "X".to_owned()),
                ("b".to_owned(), "Y Z".to_owned())
            ]
        );
    }

    #[test]
    fn what_is_no_key_says_so() {
        assert_eq!(Key::parse("hunter2").err(), Some(BadKey::NotPem));
        let other = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        assert_eq!(Key::parse(other).err(), Some(BadKey::Unfit));
    }
}
