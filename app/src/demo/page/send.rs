//! Sends a ready mail, or one of one's own, as a requester.

use entities::{DeskError, mailbox};
use poem::handler;
use serde::Deserialize;

use super::{Typed, drop_in, page};
use crate::demo::mails::{Envelope, Extra, TEST_MAILS, raw_mail};
use crate::demo::people::people;
use crate::error::{Error, Result};
use crate::web::cx::Cx;
use crate::web::form::Form;
use crate::web::swap::Swap;
use crate::web::url;

/// A ready mail's place, or the fields of one's own.
#[derive(Deserialize)]
pub struct MailForm {
    ready: Option<usize>,
    #[serde(default)]
    sender: String,
    #[serde(default)]
    mailbox: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    body: String,
}

/// `POST /demo/mail`
#[handler]
pub async fn create(cx: Cx, Form(form): Form<MailForm>) -> Result<Swap> {
    let host = &cx.desk.config.mail.domain;
    let message_id = format!("{}@requesters.{host}", entities::new_id().simple());
    let envelope = |to| Envelope {
        to,
        sent_at: cx.now.at.timestamp(),
        message_id: &message_id,
        answers: &[],
    };
    let requesters = people().requesters;
    let unknown = || Error::Request("no such mail or sender".to_owned());
    let mailbox = match form.mailbox.parse() {
        Ok(id) => mailbox::intake::by_id(&cx.db, id).await?,
        Err(_) => mailbox::intake::first(&cx.db).await?,
    };
    let mailbox = mailbox.ok_or(DeskError::Hidden)?;
    let raw = if let Some(place) = form.ready {
        let mail = TEST_MAILS.get(place).ok_or_else(unknown)?;
        mail.raw(&requesters, envelope(&mailbox.address))
    } else {
        let typed = checked(&cx, form);
        if !typed.faults.is_empty() {
            let page = page(&cx, "", &typed).await?;
            return Ok(Swap::invalid(cx.asks, page.clone(), page));
        }
        let place: usize = typed.sender.parse().map_err(|_| unknown())?;
        let sender = requesters.get(place).ok_or_else(unknown)?;
        let envelope = envelope(&mailbox.address);
        raw_mail(
            sender,
            envelope,
            &typed.subject,
            &typed.body,
            Extra::Nothing,
        )
    };
    let raw = raw.map_err(|_| Error::Broken("a mail could not be written"))?;
    let id = drop_in(&cx.desk, mailbox.id, raw).await?;
    Ok(Swap::go_to(cx.asks, url::demo_mail().with("sent", id)))
}

fn checked(cx: &Cx, form: MailForm) -> Typed {
    let mut faults = Vec::new();
    if form.subject.trim().is_empty() {
        faults.push(("subject".to_owned(), cx.t("demo-mail-no-subject")));
    }
    if form.body.trim().is_empty() {
        faults.push(("body".to_owned(), cx.t("demo-mail-no-body")));
    }
    Typed {
        sender: form.sender,
        mailbox: form.mailbox,
        subject: form.subject,
        body: form.body,
        faults,
    }
}
