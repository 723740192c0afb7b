//! Answers a mail of ours as its recipient, with the headers a mail program sets.

use entities::{DeskError, mailbox};
use poem::handler;
use serde::Deserialize;

use super::{Typed, drop_in, outgoing, page};
use crate::demo::mails::{Envelope, Extra, raw_mail};
use crate::demo::people::people;
use crate::error::{Error, Result};
use crate::web::cx::Cx;
use crate::web::form::Form;
use crate::web::swap::Swap;
use crate::web::url;

/// Which mail is answered, and how.
#[derive(Deserialize)]
pub struct AnswerForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    body: String,
}

/// `POST /demo/answer`
#[handler]
pub async fn create(cx: Cx, Form(form): Form<AnswerForm>) -> Result<Swap> {
    let answered = outgoing::find(&cx.desk, &form.name).await;
    let answered = answered.ok_or(DeskError::Hidden)?.mail;
    if form.body.trim().is_empty() {
        let faults = vec![("body".to_owned(), cx.t("demo-mail-no-body"))];
        let typed = Typed {
            faults,
            ..Typed::default()
        };
        let page = page(&cx, "", &typed).await?;
        return Ok(Swap::invalid(cx.asks, page.clone(), page));
    }
    let to: Vec<String> = answered
        .answer_to()
        .iter()
        .map(|one| one.address.clone())
        .collect();
    let mailbox = mailbox::intake::by_address(&cx.db, to.clone()).await?;
    let mailbox = match mailbox {
        Some(mailbox) => mailbox,
        None => {
            let first = mailbox::intake::first(&cx.db).await?;
            first.ok_or(DeskError::Hidden)?
        }
    };
    let recipient = answered.to.first().map(|one| one.address.as_str());
    let people = people();
    let everybody = people.requesters.iter().chain(&people.vendors);
    let sender = everybody
        .into_iter()
        .find(|one| Some(one.address.as_str()) == recipient)
        .ok_or_else(|| Error::Request("nobody of the demo got this mail".to_owned()))?;
    let message_id = format!(
        "{}@requesters.{}",
        entities::new_id().simple(),
        cx.desk.config.mail.domain
    );
    let mut answers = answered.references.clone();
    answers.extend(answered.message_id.clone());
    let envelope = Envelope {
        to: to.first().map_or(mailbox.address.as_str(), String::as_str),
        sent_at: cx.now.at.timestamp(),
        message_id: &message_id,
        answers: &answers,
    };
    let subject = answered.subject.unwrap_or_default();
    let subject = format!("AW: {}", subject.trim_start_matches("Re: "));
    let body = format!("{}\n\n{}", form.body.trim_end(), quoted(&answered.text));
    let raw = raw_mail(sender, envelope, &subject, &body, Extra::Nothing)
        .map_err(|_| Error::Broken("a mail could not be written"))?;
    let id = drop_in(&cx.desk, mailbox.id, raw).await?;
    Ok(Swap::go_to(cx.asks, url::demo_mail().with("sent", id)))
}

fn quoted(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("> {line}")).collect();
    lines.join("\n")
}
