//! The ways out of the desk: the configuration's server, and those of mailboxes with a server of their own.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use entities::mailbox::{ImapTls, Mailbox, Sending};
use entities::{Uuid, secret};

use super::dkim::{self, Key};
use super::post::{Post, Refused, Server};
use crate::config::SmtpTls;
use crate::desk::Desk;

/// Made once and used for many mails; connections are kept until a mailbox's settings change.
#[derive(Clone, Debug)]
pub struct Posts {
    shared: Post,
    own: Arc<Mutex<HashMap<Uuid, (Sending, Post)>>>,
}

impl Posts {
    /// # Errors
    /// When the configuration's certificates cannot be read.
    pub fn new(desk: &Desk) -> anyhow::Result<Posts> {
        Ok(Posts {
            shared: Post::new(&desk.config)?,
            own: Arc::default(),
        })
    }

    /// The way mails of this mailbox go.
    ///
    /// # Errors
    /// `ForNow` when the stored password cannot be opened or the certificates cannot be read.
    pub fn of(&self, desk: &Desk, mailbox: &Mailbox) -> Result<Post, Refused> {
        let sending = mailbox.sending();
        if sending.host.is_none() {
            return Ok(self.shared.clone());
        }
        let mut own = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, post)) = own.get(&mailbox.id).filter(|(same, _)| *same == sending) {
            return Ok(post.clone());
        }
        let post = post_of(desk, mailbox)?;
        own.insert(mailbox.id, (sending, post.clone()));
        Ok(post)
    }
}

/// A fresh way out for this mailbox, its own or the configuration's.
///
/// # Errors
/// As [`Posts::of`].
pub fn post_of(desk: &Desk, mailbox: &Mailbox) -> Result<Post, Refused> {
    let config = &desk.config;
    let for_now = |error: anyhow::Error| Refused::ForNow(format!("{error:#}"));
    let Some(host) = &mailbox.smtp_host else {
        return Post::new(config).map_err(for_now);
    };
    let tls = match mailbox.smtp_tls {
        ImapTls::Implicit => SmtpTls::Implicit,
        ImapTls::StartTls => SmtpTls::Starttls,
        ImapTls::None => SmtpTls::None,
    };
    let usual = match tls {
        SmtpTls::Implicit => 465,
        SmtpTls::Starttls => 587,
        SmtpTls::None => 25,
    };
    let password = opened(desk, mailbox.smtp_password.as_deref())?;
    let server = Server {
        host,
        port: mailbox
            .smtp_port
            .and_then(|p| u16::try_from(p).ok())
            .unwrap_or(usual),
        tls,
        user: mailbox.smtp_user.as_deref().unwrap_or_default(),
        password: &password,
    };
    Post::to(&server, &config.smtp).map_err(for_now)
}

/// The mail with the mailbox's signature, if it signs. A mail that should be signed never leaves without.
///
/// # Errors
/// `ForNow` when the stored key cannot be opened or cannot sign: correcting it lets the mail go.
pub fn signed(desk: &Desk, mailbox: &Mailbox, raw: Vec<u8>) -> Result<Vec<u8>, Refused> {
    let Some((domain, selector)) = mailbox.signed_as() else {
        return Ok(raw);
    };
    let pem = opened(desk, mailbox.dkim_key.as_deref())?;
    let for_now = |bad: dkim::BadKey| Refused::ForNow(bad.to_string());
    let key = Key::parse(&pem).map_err(for_now)?;
    let now = desk.db.clock().now();
    dkim::sign(&raw, &key, (&domain, &selector), now).map_err(for_now)
}

fn opened(desk: &Desk, sealed: Option<&str>) -> Result<String, Refused> {
    match sealed {
        None => Ok(String::new()),
        Some(sealed) => secret::open(desk.db.key(), sealed).ok_or_else(|| {
            Refused::ForNow("a stored secret cannot be opened; enter it again".to_owned())
        }),
    }
}
