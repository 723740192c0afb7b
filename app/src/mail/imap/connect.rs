//! The way to an IMAP server: TLS from the first byte, after STARTTLS, or none; then the sign-in.

use std::sync::Arc;
use std::time::Duration;

use async_imap::{Client, Session};
use entities::mailbox::{ImapTls, Mailbox};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::Failed;
use crate::config::Config;
use crate::mail::post::chain;

/// How long the server may take for each step.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// An encrypted connection or a plain one.
pub(super) trait Stream:
    AsyncRead + AsyncWrite + Unpin + Send + Sync + std::fmt::Debug
{
}

impl<T: AsyncRead + AsyncWrite + Unpin + Send + Sync + std::fmt::Debug> Stream for T {}

pub(super) type Connection = Session<Box<dyn Stream>>;

/// What the server can do.
#[derive(Debug, Clone, Copy)]
pub(super) struct Abilities {
    pub idle: bool,
    pub moving: bool,
    pub uid_plus: bool,
}

/// Waits for a step, but not for ever.
pub(super) async fn patiently<T>(
    mailbox: &Mailbox,
    step: impl Future<Output = T>,
) -> Result<T, Failed> {
    tokio::time::timeout(PATIENCE, step)
        .await
        .map_err(|_| Failed::Slow(place(mailbox)))
}

fn place(mailbox: &Mailbox) -> String {
    format!(
        "{}:{}",
        mailbox.imap_host.as_deref().unwrap_or_default(),
        port(mailbox)
    )
}

fn port(mailbox: &Mailbox) -> u16 {
    let usual = match mailbox.imap_tls {
        ImapTls::Implicit => 993,
        ImapTls::StartTls | ImapTls::None => 143,
    };
    mailbox
        .imap_port
        .and_then(|port| u16::try_from(port).ok())
        .unwrap_or(usual)
}

/// Connects and signs in.
pub(super) async fn sign_in(
    config: &Config,
    mailbox: &Mailbox,
    password: &str,
) -> Result<Connection, Failed> {
    let host = mailbox.imap_host.clone().unwrap_or_default();
    let connecting = TcpStream::connect((host.as_str(), port(mailbox)));
    let plain = patiently(mailbox, connecting)
        .await?
        .map_err(|e| Failed::Connect(place(mailbox), e))?;
    let client = match mailbox.imap_tls {
        ImapTls::None => greeted(mailbox, Box::new(plain)).await?,
        ImapTls::Implicit => {
            let encrypted = encrypt(config, mailbox, &host, plain).await?;
            greeted(mailbox, encrypted).await?
        }
        ImapTls::StartTls => {
            let mut client = Client::new(plain);
            patiently(mailbox, client.read_response())
                .await?
                .map_err(|e| Failed::Connect(place(mailbox), e))?;
            patiently(mailbox, client.run_command_and_check_ok("STARTTLS", None))
                .await?
                .map_err(|e| Failed::Tls(e.to_string()))?;
            // What came in the clear after that is thrown away with the old client.
            let encrypted = encrypt(config, mailbox, &host, client.into_inner()).await?;
            Client::new(encrypted)
        }
    };
    let user = mailbox.imap_user.as_deref().unwrap_or(&mailbox.address);
    patiently(mailbox, client.login(user, password))
        .await?
        .map_err(|(error, _)| match error {
            async_imap::error::Error::No(words) => Failed::SignIn(words),
            other => Failed::Server(other),
        })
}

async fn greeted(
    mailbox: &Mailbox,
    stream: Box<dyn Stream>,
) -> Result<Client<Box<dyn Stream>>, Failed> {
    let mut client = Client::new(stream);
    patiently(mailbox, client.read_response())
        .await?
        .map_err(|e| Failed::Connect(place(mailbox), e))?;
    Ok(client)
}

async fn encrypt(
    config: &Config,
    mailbox: &Mailbox,
    host: &str,
    plain: TcpStream,
) -> Result<Box<dyn Stream>, Failed> {
    let name = ServerName::try_from(host.to_owned()).map_err(|e| Failed::Tls(e.to_string()))?;
    let connector = TlsConnector::from(Arc::new(trust(config)?));
    let encrypted = patiently(mailbox, connector.connect(name, plain))
        .await?
        .map_err(|e| Failed::Tls(chain(&e)))?;
    Ok(Box::new(encrypted))
}

/// The system's authorities and the in-house one.
fn trust(config: &Config) -> Result<ClientConfig, Failed> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(file) = &config.mail.ca_file {
        let named = |e: &dyn std::error::Error| {
            Failed::Tls(format!("mail.ca_file {}: {}", file.display(), chain(e)))
        };
        for certificate in CertificateDer::pem_file_iter(file).map_err(|e| named(&e))? {
            let certificate = certificate.map_err(|e| named(&e))?;
            roots.add(certificate).map_err(|e| named(&e))?;
        }
    }
    Ok(ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth())
}

/// Asks the server what it can do.
pub(super) async fn abilities(session: &mut Connection) -> Result<Abilities, Failed> {
    let known = session.capabilities().await?;
    Ok(Abilities {
        idle: known.has_str("IDLE"),
        moving: known.has_str("MOVE"),
        uid_plus: known.has_str("UIDPLUS"),
    })
}
