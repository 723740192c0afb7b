//! What the reader of a mail found besides its words: pictures on the net, seals, machines.

use serde::{Deserialize, Serialize};

/// Stored with a mail whose HTML was reduced when it came in; older mails have none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MailFacts {
    /// Pictures on the net that were not loaded, without tracking pixels.
    #[serde(skip_serializing_if = "is_none")]
    pub remote_images: u32,
    /// Pictures that only tell their sender that the mail was read.
    #[serde(skip_serializing_if = "is_none")]
    pub pixels: u32,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pixel_hosts: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed: Option<Seal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encrypted: Option<Seal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub machine: Option<Machine>,
}

fn is_none(number: &u32) -> bool {
    *number == 0
}

/// The standard a mail is signed or encrypted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seal {
    Smime,
    Pgp,
}

/// What kind of machine wrote a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Machine {
    /// Somebody is away.
    Absence,
    /// A mail server reports on a delivery.
    Report,
    /// Any other.
    Other,
}
