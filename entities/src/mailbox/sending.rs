//! How a mailbox sends: by which server, as whom, how much in an hour, and with which signature.

use super::{ImapTls, Model};
use crate::setting::{self, Field};

/// What can be set about sending; empty means as the whole desk does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sending {
    /// None: the server of the configuration.
    pub host: Option<String>,
    pub port: Option<i32>,
    /// The same three ways as for IMAP.
    pub tls: ImapTls,
    pub user: Option<String>,
    /// Made by [`crate::secret::seal`].
    pub sealed_password: Option<String>,
    /// Where bounces go; none for the mailbox's own address.
    pub envelope_sender: Option<String>,
    /// Mails that may leave within an hour; none for no limit.
    pub hourly_limit: Option<i32>,
    /// Without an HTML part that says the same.
    pub plain_only: bool,
    pub dkim: Dkim,
}

/// The signature under every mail; complete or not at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dkim {
    /// None: the domain of the mailbox's address.
    pub domain: Option<String>,
    /// None: mails are not signed.
    pub selector: Option<String>,
    /// A private key in PEM, made by [`crate::secret::seal`].
    pub sealed_key: Option<String>,
}

impl Default for Sending {
    fn default() -> Self {
        Sending {
            host: None,
            port: None,
            tls: ImapTls::StartTls,
            user: None,
            sealed_password: None,
            envelope_sender: None,
            hourly_limit: None,
            plain_only: false,
            dkim: Dkim::default(),
        }
    }
}

impl Sending {
    pub(super) fn checked(self) -> Self {
        let sender = setting::optional(self.envelope_sender);
        let domain = setting::optional(self.dkim.domain);
        Sending {
            host: setting::optional(self.host),
            port: self.port.filter(|p| (1..=65_535).contains(p)),
            user: setting::optional(self.user),
            envelope_sender: sender.map(|address| crate::text::address(&address)),
            hourly_limit: self.hourly_limit.filter(|most| *most > 0),
            dkim: Dkim {
                domain: domain.map(|domain| domain.to_lowercase()),
                selector: setting::optional(self.dkim.selector),
                sealed_key: self.dkim.sealed_key,
            },
            ..self
        }
    }

    pub(super) fn fields(&self) -> Vec<Field> {
        vec![
            Field::open("smtp_host", &self.host),
            Field::open("smtp_port", self.port),
            Field::open("smtp_tls", self.tls),
            Field::open("smtp_user", &self.user),
            Field::private("smtp_password", &self.sealed_password),
            Field::open("envelope_sender", &self.envelope_sender),
            Field::open("hourly_limit", self.hourly_limit),
            Field::open("plain_only", self.plain_only),
            Field::open("dkim_domain", &self.dkim.domain),
            Field::open("dkim_selector", &self.dkim.selector),
            Field::private("dkim_key", &self.dkim.sealed_key),
        ]
    }
}

impl Model {
    /// How this mailbox sends.
    pub fn sending(&self) -> Sending {
        Sending {
            host: self.smtp_host.clone(),
            port: self.smtp_port,
            tls: self.smtp_tls,
            user: self.smtp_user.clone(),
            sealed_password: self.smtp_password.clone(),
            envelope_sender: self.envelope_sender.clone(),
            hourly_limit: self.hourly_limit,
            plain_only: self.plain_only,
            dkim: Dkim {
                domain: self.dkim_domain.clone(),
                selector: self.dkim_selector.clone(),
                sealed_key: self.dkim_key.clone(),
            },
        }
    }

    pub(super) fn take_sending(&mut self, sending: &Sending) {
        self.smtp_host.clone_from(&sending.host);
        self.smtp_port = sending.port;
        self.smtp_tls = sending.tls;
        self.smtp_user.clone_from(&sending.user);
        self.smtp_password.clone_from(&sending.sealed_password);
        self.envelope_sender.clone_from(&sending.envelope_sender);
        self.hourly_limit = sending.hourly_limit;
        self.plain_only = sending.plain_only;
        self.dkim_domain.clone_from(&sending.dkim.domain);
        self.dkim_selector.clone_from(&sending.dkim.selector);
        self.dkim_key.clone_from(&sending.dkim.sealed_key);
    }

    /// The domain and selector mails of this mailbox are signed under, none when they are not.
    pub fn signed_as(&self) -> Option<(String, String)> {
        let selector = self.dkim_selector.clone()?;
        let own = || {
            self.address
                .rsplit_once('@')
                .map(|(_, domain)| domain.to_owned())
        };
        Some((self.dkim_domain.clone().or_else(own)?, selector))
    }
}
