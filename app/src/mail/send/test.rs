//! One mail to see whether sending works, with the same settings as every other.

use anyhow::Context as _;
use entities::mailbox;

use super::letter;
use crate::desk::Desk;
use crate::mail::address;
use crate::mail::compose::{Outgoing, Purpose, compose};
use crate::mail::post::{Post, Route};

/// Sends a test mail to an address; the error is the server's.
pub async fn send_test(desk: &Desk, to: &str) -> anyhow::Result<String> {
    let to = address::parse(to)?;
    let mailbox = mailbox::intake::first(&desk.db)
        .await?
        .context("no mailbox is in use")?;
    let words = desk.config.locale;
    let text = words.t("mail-test-text");
    let outgoing = Outgoing {
        message_id: format!(
            "{}@{}",
            entities::new_id().simple(),
            desk.config.mail.domain
        ),
        date: desk.db.clock().now(),
        from: letter::sender(desk, &mailbox),
        to: vec![to.clone()],
        cc: Vec::new(),
        reply_to: Vec::new(),
        subject: words.t("mail-test-subject"),
        html: Some(letter::page(&text)),
        text,
        in_reply_to: None,
        references: Vec::new(),
        attachments: Vec::new(),
        purpose: Purpose::Personal,
    };
    let raw = compose(&outgoing)?;
    let route = Route {
        from: Some(mailbox.address),
        to: vec![to.address.clone()],
    };
    let post = Post::new(&desk.config)?;
    post.hand_over(&route, &outgoing.message_id, &raw).await?;
    Ok(match &post {
        Post::Smtp(_) => format!("Handed over to the mail server for {}.", to.address),
        Post::Folder(folder) => format!(
            "No mail server is set (smtp.host); written into {}.",
            folder.display()
        ),
    })
}
