//! The page of the demo that plays the requesters: their mails go through the real intake.

pub mod answer;
pub mod outgoing;
pub mod send;

use entities::setting::Choice as Named;
use entities::ticket::{Ticket, show as tickets};
use entities::{inbound, mailbox};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::mails::TEST_MAILS;
use super::people::{People, people};
use super::unit::ORGANISATIONS;
use crate::desk::Desk;
use crate::error::Result;
use crate::mail::deliver;
use crate::web::cx::Cx;
use crate::web::form::{self, Query};
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{Choice, Field, Input, Look, Tone, notice, submit};
use crate::web::routing::Routes;
use crate::web::url;

/// Requesters one can write as.
const WRITERS: usize = 12;

/// Registered only when the desk is run as a demo.
pub fn routes(r: Routes) -> Routes {
    r.get("/demo/mail", show)
        .post("/demo/mail", send::create)
        .post("/demo/answer", answer::create)
}

/// The mail that was sent just now.
#[derive(Debug, Default, Deserialize)]
pub struct SentQuery {
    #[serde(default)]
    sent: String,
}

/// `GET /demo/mail`
#[handler]
pub async fn show(cx: Cx, Query(query): Query<SentQuery>) -> Result<Markup> {
    page(&cx, &query.sent, &Typed::default()).await
}

/// What stands in the form for a mail of one's own.
#[derive(Debug, Default)]
pub struct Typed {
    pub sender: String,
    pub mailbox: String,
    pub subject: String,
    pub body: String,
    /// Field and sentence.
    pub faults: Vec<(String, String)>,
}

impl Typed {
    fn fault(&self, field: &str) -> Option<&str> {
        let found = self.faults.iter().find(|(id, _)| id == field);
        found.map(|(_, sentence)| sentence.as_str())
    }
}

/// The page, with what became of the mail sent before.
pub async fn page(cx: &Cx, sent: &str, typed: &Typed) -> Result<Markup> {
    let title = cx.t("demo-mail-title");
    let people = people();
    let mailboxes = mailbox::choices(&cx.db).await?;
    let answers = outgoing::latest(&cx.desk).await;
    let content = html! {
        section class="sheet" aria-labelledby="demo-title" {
            div class="sheet__head" { h1 id="demo-title" class="h2" { (title) } }
            div class="scroll demo" tabindex="0" role="group" aria-labelledby="demo-title" {
                p class="lead" { (cx.t("demo-mail-lead")) }
                (became(cx, sent).await?)
                h2 { (cx.t("demo-mail-ready")) }
                (ready_mails(cx, &people))
                h2 { (cx.t("demo-mail-own")) }
                (own_mail_form(cx, &people, &mailboxes, typed))
                h2 { (cx.t("demo-mail-answers")) }
                (outgoing::list(cx, &answers))
            }
        }
    };
    let frame = cx.frame(Area::None).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}

/// What the intake made of a mail.
async fn became(cx: &Cx, sent: &str) -> Result<Markup> {
    let Ok(id) = sent.parse() else {
        return Ok(Markup::default());
    };
    let Some(message) = inbound::copies::become_message(&cx.db, id).await? else {
        let more = html! { (cx.t("demo-mail-waits-more")) };
        return Ok(notice(Tone::Warn, &cx.t("demo-mail-waits"), &more));
    };
    let ticket: Ticket = tickets::by_id(&cx.db, &cx.actor, message.ticket_id).await?;
    let more = html! {
        a href=(url::ticket(&ticket.number)) { (ticket.number) " " (ticket.title) }
    };
    Ok(notice(Tone::Ok, &cx.t("demo-mail-arrived"), &more))
}

fn ready_mails(cx: &Cx, people: &People) -> Markup {
    html! {
        ul class="plain" id="ready-mails" {
            @for (place, mail) in TEST_MAILS.iter().enumerate() {
                li {
                    form class="spread" action=(url::demo_mail()) method="post" {
                        (form::csrf(&cx.session.csrf))
                        input type="hidden" name="ready" value=(place);
                        span {
                            strong { (mail.subject) }
                            @if let Some(sender) = people.requesters.get(mail.sender) {
                                br;
                                span class="small muted" { (sender.name()) ", " (ORGANISATIONS[sender.organisation].name) }
                            }
                        }
                        (submit(Look::Secondary, &cx.t("demo-mail-send")))
                    }
                }
            }
        }
    }
}

fn own_mail_form(cx: &Cx, people: &People, mailboxes: &[Named], typed: &Typed) -> Markup {
    let writers: Vec<Choice> = people.requesters[..WRITERS]
        .iter()
        .enumerate()
        .map(|(place, one)| Choice {
            value: place.to_string(),
            label: format!("{}, {}", one.name(), ORGANISATIONS[one.organisation].name),
        })
        .collect();
    let boxes: Vec<Choice> = mailboxes
        .iter()
        .map(|one| Choice {
            value: one.id.to_string(),
            label: one.name.clone(),
        })
        .collect();
    let select = |choices, value| Input::Select { choices, value };
    let subject = Input::Line {
        kind: "text",
        value: &typed.subject,
        autocomplete: None,
    };
    let body = Input::Area {
        value: &typed.body,
        rows: 6,
    };
    html! {
        form id="own-mail-form" action=(url::demo_mail()) method="post" novalidate {
            (form::csrf(&cx.session.csrf))
            (Field::new("sender", &cx.t("demo-mail-sender")).render(cx.locale, select(&writers, &typed.sender)))
            (Field::new("mailbox", &cx.t("demo-mail-mailbox")).render(cx.locale, select(&boxes, &typed.mailbox)))
            (Field::new("subject", &cx.t("demo-mail-subject")).fault(typed.fault("subject")).render(cx.locale, subject))
            (Field::new("body", &cx.t("demo-mail-body")).fault(typed.fault("body")).render(cx.locale, body))
            (submit(Look::Primary, &cx.t("demo-mail-send")))
        }
    }
}

/// Puts raw bytes into the pipeline, as a mail server would; the id of the mail.
pub async fn drop_in(
    desk: &Desk,
    mailbox_id: entities::Uuid,
    raw: Vec<u8>,
) -> Result<entities::Uuid> {
    Ok(deliver::accept(desk, mailbox_id, raw).await?)
}
