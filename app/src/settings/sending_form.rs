//! The fields of how a mailbox sends, and the facts they stand for.

use entities::mailbox::{Dkim, ImapTls, Mailbox, Sending};
use entities::secret;
use serde::Deserialize;
use validator::Validate;

use super::form::{self, Faults};
use crate::mail::dkim::{BadKey, Key};
use crate::web::cx::Cx;

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct SendingForm {
    #[validate(custom(function = "form::line"))]
    pub smtp_host: String,
    pub smtp_tls: String,
    #[validate(custom(function = "form::port"))]
    pub smtp_port: String,
    #[validate(custom(function = "form::line"))]
    pub smtp_user: String,
    pub smtp_password: String,
    #[validate(custom(function = "form::address"))]
    pub envelope_sender: String,
    #[validate(custom(function = "form::hourly_limit"))]
    pub hourly_limit: String,
    pub plain_only: String,
    #[validate(custom(function = "form::domain"))]
    pub dkim_domain: String,
    #[validate(custom(function = "form::selector"))]
    pub dkim_selector: String,
    pub dkim_key: String,
}

impl SendingForm {
    /// Fields that can have faults by themselves, as they follow on the page.
    pub const ORDER: &'static [&'static str] = &[
        "smtp_host",
        "smtp_port",
        "smtp_user",
        "envelope_sender",
        "hourly_limit",
        "dkim_domain",
        "dkim_selector",
    ];

    pub fn of(mailbox: &Mailbox) -> Self {
        let sending = mailbox.sending();
        let text = |text: Option<String>| text.unwrap_or_default();
        let number = |number: Option<i32>| number.map(|n| n.to_string()).unwrap_or_default();
        SendingForm {
            smtp_host: text(sending.host),
            smtp_tls: form::stored_name(sending.tls),
            smtp_port: number(sending.port),
            smtp_user: text(sending.user),
            smtp_password: String::new(),
            envelope_sender: text(sending.envelope_sender),
            hourly_limit: number(sending.hourly_limit),
            plain_only: if sending.plain_only { "1" } else { "" }.to_owned(),
            dkim_domain: text(sending.dkim.domain),
            dkim_selector: text(sending.dkim.selector),
            dkim_key: String::new(),
        }
    }

    /// What a field alone does not show: a signature needs a name and a key that can sign.
    pub fn check(&self, cx: &Cx, before: &Mailbox) -> Result<(), Faults> {
        Faults::check(cx, self, Self::ORDER)?;
        let fault = |field: &str, key: &str| Err(Faults::of_field(field, cx.t(key)));
        let (selector, key) = (self.dkim_selector.trim(), self.dkim_key.trim());
        if key.is_empty() {
            return match !selector.is_empty() && before.dkim_key.is_none() {
                true => fault("dkim_key", "sending-fault-no-key"),
                false => Ok(()),
            };
        }
        if selector.is_empty() {
            return fault("dkim_selector", "sending-fault-no-selector");
        }
        match Key::parse(key) {
            Ok(_) => Ok(()),
            Err(BadKey::NotPem) => fault("dkim_key", "sending-fault-not-pem"),
            Err(BadKey::Unfit | BadKey::Signing) => fault("dkim_key", "sending-fault-unfit-key"),
        }
    }

    /// The facts; to be asked after the form was found without faults.
    pub fn facts(&self, cx: &Cx, before: &Mailbox) -> Sending {
        let seal = |text: &str| Some(secret::seal(cx.db.key(), text));
        let same_server = before.smtp_host.as_deref().unwrap_or_default() == self.smtp_host.trim();
        let sealed_password = match self.smtp_password.is_empty() {
            false => seal(&self.smtp_password),
            // A password must not be sent to a server it was not typed for.
            true => before.smtp_password.clone().filter(|_| same_server),
        };
        let sealed_key = match self.dkim_key.trim() {
            "" => before.dkim_key.clone(),
            key => seal(key),
        };
        let signs = !self.dkim_selector.trim().is_empty();
        Sending {
            host: Some(self.smtp_host.clone()),
            port: self.smtp_port.trim().parse().ok(),
            tls: form::stored(&self.smtp_tls).unwrap_or(ImapTls::StartTls),
            user: Some(self.smtp_user.clone()),
            sealed_password,
            envelope_sender: Some(self.envelope_sender.clone()),
            hourly_limit: self.hourly_limit.trim().parse().ok(),
            plain_only: !self.plain_only.is_empty(),
            dkim: Dkim {
                domain: Some(self.dkim_domain.trim_start_matches('@').to_owned()),
                selector: Some(self.dkim_selector.clone()),
                // Without a name nothing is signed, so nothing is kept.
                sealed_key: sealed_key.filter(|_| signs),
            },
        }
    }
}
