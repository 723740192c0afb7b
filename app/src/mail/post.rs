//! Hands finished mails over: to an SMTP server, or to a folder when none is set.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use lettre::address::Envelope;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};

use crate::config::{Config, Smtp, SmtpTls};

/// Answers that concern our sign-in, not the mail: RFC 4954 and neighbours.
const SIGN_IN_CODES: [u16; 6] = [454, 500, 530, 534, 535, 538];

/// The way out.
#[derive(Clone, Debug)]
pub enum Post {
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>),
    /// Every mail becomes a file `MESSAGE-ID.eml`.
    Folder(PathBuf),
}

/// Why a mail did not leave.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Trying again may help.
    #[error("{0}")]
    ForNow(String),
    #[error("{0}")]
    ForGood(String),
}

/// Who sends and who receives, as the servers see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// None for mails nothing may answer to: the sender is `<>`.
    pub from: Option<String>,
    pub to: Vec<String>,
}

/// A mail server and who we are there; without a user nobody signs in.
pub struct Server<'a> {
    pub host: &'a str,
    pub port: u16,
    pub tls: SmtpTls,
    pub user: &'a str,
    pub password: &'a str,
}

impl Post {
    /// The way the configuration names; made once and used for many mails.
    pub fn new(config: &Config) -> anyhow::Result<Post> {
        let smtp = &config.smtp;
        let Some(host) = &smtp.host else {
            return Ok(Post::Folder(config.outgoing_dir()));
        };
        let server = Server {
            host,
            port: smtp.port,
            tls: smtp.tls,
            user: &smtp.user,
            password: &smtp.password,
        };
        Post::to(&server, smtp)
    }

    /// The way to one server; name, certificates and patience are the configuration's.
    pub fn to(server: &Server<'_>, smtp: &Smtp) -> anyhow::Result<Post> {
        let parameters = || parameters(server.host, smtp.ca_file.as_deref());
        let tls = match server.tls {
            SmtpTls::None => Tls::None,
            SmtpTls::Starttls => Tls::Required(parameters()?),
            SmtpTls::Implicit => Tls::Wrapper(parameters()?),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(server.host)
            .port(server.port)
            .timeout(Some(Duration::from_secs(smtp.timeout_s)))
            .tls(tls);
        if let Some(name) = &smtp.hello_name {
            builder = builder.hello_name(ClientId::Domain(name.clone()));
        }
        if !server.user.is_empty() {
            let (user, password) = (server.user.to_owned(), server.password.to_owned());
            builder = builder.credentials(Credentials::new(user, password));
        }
        Ok(Post::Smtp(Box::new(builder.build())))
    }

    /// Hands one mail over; the name is its Message-ID.
    pub async fn hand_over(&self, route: &Route, name: &str, raw: &[u8]) -> Result<(), Refused> {
        match self {
            Post::Folder(folder) => write(folder, name, raw)
                .await
                .map_err(|e| Refused::ForNow(format!("{}: {e}", folder.display()))),
            Post::Smtp(transport) => {
                let envelope = envelope(route)?;
                let sent = transport.send_raw(&envelope, raw).await;
                sent.map(drop).map_err(|error| refusal(&error))
            }
        }
    }
}

fn parameters(host: &str, ca_file: Option<&Path>) -> anyhow::Result<TlsParameters> {
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(file) = ca_file {
        let named = || format!("smtp.ca_file {}", file.display());
        let pem = std::fs::read(file).with_context(named)?;
        builder = builder.add_root_certificate(Certificate::from_pem(&pem).with_context(named)?);
    }
    builder.build().context("smtp.tls")
}

fn envelope(route: &Route) -> Result<Envelope, Refused> {
    let address = |text: &String| {
        text.parse::<Address>()
            .map_err(|_| Refused::ForGood(format!("not a mail address: {text}")))
    };
    let from = route.from.as_ref().map(address).transpose()?;
    let to = route
        .to
        .iter()
        .map(address)
        .collect::<Result<Vec<_>, _>>()?;
    Envelope::new(from, to).map_err(|e| Refused::ForGood(e.to_string()))
}

fn refusal(error: &lettre::transport::smtp::Error) -> Refused {
    let words = chain(error);
    let about_us = error
        .status()
        .is_some_and(|code| SIGN_IN_CODES.contains(&u16::from(code)));
    if error.is_permanent() && !about_us {
        Refused::ForGood(words)
    } else {
        Refused::ForNow(words)
    }
}

/// An error with its causes, as one line.
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let cause_words = cause.to_string();
        if !words.contains(&cause_words) {
            words.push_str(": ");
            words.push_str(&cause_words);
        }
        next = cause.source();
    }
    words
}

/// A reader of the folder never sees half a mail.
async fn write(folder: &Path, name: &str, raw: &[u8]) -> std::io::Result<()> {
    let safe: String = name
        .chars()
        .map(|c| match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '@' | '-' | '_' => c,
            _ => '_',
        })
        .collect();
    tokio::fs::create_dir_all(folder).await?;
    let part = folder.join(format!(".{safe}.part"));
    tokio::fs::write(&part, raw).await?;
    tokio::fs::rename(&part, folder.join(format!("{safe}.eml"))).await
}
