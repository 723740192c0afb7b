//! Keys made by OpenSSL and a verifier of signatures that shares no code with the desk.

use std::borrow::Borrow;
use std::hash::Hash;
use std::process::Command;
use std::sync::OnceLock;
use std::time::Instant;

use mail_auth::common::parse::TxtRecordParser as _;
use mail_auth::common::verify::DomainKey;
use mail_auth::{
    AuthenticatedMessage, DkimResult, MessageAuthenticator, Parameters, ResolverCache, Txt,
};
use support::process::package;

/// Somebody who signs, and what their DNS says.
#[derive(Clone)]
pub struct Signer {
    pub domain: &'static str,
    pub pem: String,
    /// Made by OpenSSL as well.
    pub record: String,
}

impl Signer {
    pub fn rsa() -> Signer {
        static SIGNER: OnceLock<Signer> = OnceLock::new();
        let make = || {
            let pem = openssl(
                &[
                    "genpkey",
                    "-algorithm",
                    "RSA",
                    "-pkeyopt",
                    "rsa_keygen_bits:2048",
                ],
                "",
            );
            Signer {
                domain: "rsa.example",
                record: format!("v=DKIM1; k=rsa; p={}", public(&pem, 0)),
                pem,
            }
        };
        SIGNER.get_or_init(make).clone()
    }

    pub fn ed25519() -> Signer {
        static SIGNER: OnceLock<Signer> = OnceLock::new();
        let make = || {
            let pem = openssl(&["genpkey", "-algorithm", "ed25519"], "");
            Signer {
                domain: "ed25519.example",
                // The key without the sixteen characters that say what kind it is.
                record: format!("v=DKIM1; k=ed25519; p={}", public(&pem, 16)),
                pem,
            }
        };
        SIGNER.get_or_init(make).clone()
    }
}

/// The public key's base64 without its first characters.
fn public(pem: &str, skip: usize) -> String {
    let public = openssl(&["pkey", "-pubout"], pem);
    let lines = public.lines().filter(|line| !line.starts_with('-'));
    lines.collect::<String>()[skip..].to_owned()
}

fn openssl(arguments: &[&str], input: &str) -> String {
    use std::io::Write as _;
    let mut child = Command::new(package("openssl", "openssl"))
        .args(arguments)
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "openssl {arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The DNS as far as a signer's record goes.
struct Dns(String, Signer);

impl ResolverCache<Box<str>, Txt> for Dns {
    fn get<Q>(&self, name: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        let own: Box<str> = self.0.clone().into();
        let asked = Borrow::<Q>::borrow(&own) == name;
        asked.then(|| DomainKey::parse(self.1.record.as_bytes()).unwrap().into())
    }

    fn remove<Q>(&self, _: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        None
    }

    fn insert(&self, _: Box<str>, _: Txt, _: Instant) {}
}

/// What is to be said of each signature of a mail: `pass`, or why not.
pub async fn verdicts(raw: &[u8], signer: &Signer) -> Vec<String> {
    support::certificates::install_provider();
    let message = AuthenticatedMessage::parse(raw).unwrap();
    let dns = Dns(
        format!("lotse._domainkey.{}.", signer.domain),
        signer.clone(),
    );
    let verifier = MessageAuthenticator::new_system_conf().unwrap();
    let found = verifier
        .verify_dkim(Parameters::new(&message).with_txt_cache(&dns))
        .await;
    found
        .iter()
        .map(|output| match output.result() {
            DkimResult::Pass => "pass".to_owned(),
            other => format!("{other:?}"),
        })
        .collect()
}
