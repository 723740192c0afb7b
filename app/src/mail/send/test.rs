//! One mail to see whether sending works, with the same settings as every other.

use anyhow::Context as _;
use entities::mailbox::{self, Mailbox};

use super::letter;
use crate::desk::Desk;
use crate::mail::address;
use crate::mail::compose::{Outgoing, Purpose, compose};
use crate::mail::page::By;
use crate::mail::post::{Post, Route};
use crate::mail::posts;

/// Sends a test mail from the mailbox of a name, or the first one, to an address; the error is the server's.
pub async fn send_test(desk: &Desk, name: Option<&str>, to: &str) -> anyhow::Result<String> {
    let mailbox = match name {
        Some(name) => mailbox::intake::by_name(&desk.db, name)
            .await?
            .with_context(|| format!("there is no mailbox “{name}”"))?,
        None => mailbox::intake::first(&desk.db)
            .await?
            .context("no mailbox is in use")?,
    };
    let post = send_test_from(desk, &mailbox, to).await?;
    Ok(match &post {
        Post::Smtp(_) => format!("Handed over to the mail server for {to}."),
        Post::Folder(folder) => format!(
            "No mail server is set (smtp.host); written into {}.",
            folder.display()
        ),
    })
}

/// Sends a test mail from a mailbox, over its server and with its signature; gives the way it went.
///
/// # Errors
/// The server's words, or what is wrong with a setting.
pub async fn send_test_from(desk: &Desk, mailbox: &Mailbox, to: &str) -> anyhow::Result<Post> {
    let to = address::parse(to)?;
    let words = desk.config.locale;
    let text = words.t("mail-test-text");
    let outgoing = Outgoing {
        message_id: format!(
            "{}@{}",
            entities::new_id().simple(),
            desk.config.mail.domain
        ),
        date: desk.db.clock().now(),
        from: letter::sender(desk, mailbox),
        to: vec![to.clone()],
        cc: Vec::new(),
        reply_to: Vec::new(),
        subject: words.t("mail-test-subject"),
        html: letter::html_part(mailbox, &text, words, &By::Desk(&|_| true)),
        text,
        in_reply_to: None,
        references: Vec::new(),
        attachments: Vec::new(),
        purpose: Purpose::Personal,
    };
    let raw = posts::signed(desk, mailbox, compose(&outgoing)?)?;
    let route = Route {
        from: Some(letter::envelope_sender(mailbox)),
        to: vec![to.address],
    };
    let post = posts::post_of(desk, mailbox)?;
    post.hand_over(&route, &outgoing.message_id, &raw).await?;
    Ok(post)
}
