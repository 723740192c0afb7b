//! A ticket made by hand of a mail that the intake could not take in.

use entities::field::defaults;
use entities::field::rules::Case;
use entities::inbound::list::{self, Row};
use entities::inbound::{BecomeTicket, InboundMail};
use entities::permit::Desk;
use entities::person::{self, CreateCaller, PersonFacts, Sender};
use entities::setting::Choice as Chosen;
use entities::ticket::classify::Place;
use entities::ticket::message::{Address, NewFile, NewMessage, ThreadedBy};
use entities::ticket::open::AfterOpen;
use entities::ticket::{Audience, Channel, Direction, Kind, Open, Priority, Ticket};
use entities::{Actor, DeskError, Permit, Rejected, Rule, Uuid, mailbox, service};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;
use validator::Validate;

use super::area::Area;
use super::form::{self, Faults};
use super::inbound_mail::{self, Understood, understood};
use crate::error::Result;
use crate::mail::answer::bare_subject;
use crate::web::cx::Cx;
use crate::web::form::{Form, csrf};
use crate::web::parts::{Field, Look, submit};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;
use crate::web::url;

const AREA: Area = Area::Inbound;

/// What a person says of the new ticket.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct TicketForm {
    #[validate(custom(function = "form::needed"))]
    title: String,
    #[validate(custom(function = "form::line"))]
    name: String,
    #[validate(custom(function = "form::address"))]
    email: String,
    service: String,
}

impl TicketForm {
    const ORDER: &'static [&'static str] = &["title", "name", "email"];

    /// Filled with what was understood.
    pub fn of(cx: &Cx, understood: &Understood, service_id: Option<Uuid>) -> TicketForm {
        let service = form::id_text(service_id);
        let no_subject = || cx.t("mail-no-subject");
        let Understood::Mail(mail) = understood else {
            return TicketForm {
                title: no_subject(),
                service,
                ..TicketForm::default()
            };
        };
        let bare = bare_subject(mail.subject.as_deref().unwrap_or_default());
        let from = mail.from.as_ref();
        TicketForm {
            title: match bare.is_empty() {
                true => no_subject(),
                false => bare.chars().take(200).collect(),
            },
            name: from.and_then(|f| f.name.clone()).unwrap_or_default(),
            email: from.map(|f| f.address.clone()).unwrap_or_default(),
            service,
        }
    }
}

/// The form below a mail.
pub fn form(cx: &Cx, id: Uuid, form: &TicketForm, services: &[Chosen], faults: &Faults) -> Markup {
    let choices = form::options(cx, "settings-none", services, &form.service);
    html! {
        form method="post" action=(AREA.act(id, "ticket")) class="formpart" novalidate {
            (csrf(&cx.session.csrf))
            h2 { (cx.t("inbound-make-ticket")) }
            (form::text(cx, Field::new("title", &cx.t("inbound-title")).fault(faults.of("title")), "text", &form.title))
            (form::text(
                cx,
                Field::new("email", &cx.t("inbound-requester-email")).hint(&cx.t("inbound-requester-hint")).optional().fault(faults.of("email")),
                "email",
                &form.email,
            ))
            (form::text(cx, Field::new("name", &cx.t("inbound-requester-name")).optional().fault(faults.of("name")), "text", &form.name))
            (form::select(cx, Field::new("service", &cx.t("inbound-service")).optional(), &choices, &form.service))
            (submit(Look::Primary, &cx.t("settings-mail-ticket")))
        }
    }
}

/// `POST /settings/inbound/:sub/ticket`.
#[handler]
pub async fn create(
    cx: Cx,
    opening: Permitted<Open>,
    settling: Permitted<BecomeTicket>,
    Sub(id): Sub,
    Form(form): Form<TicketForm>,
) -> Result<Swap> {
    let row = list::find(&cx.db, &cx.actor, id).await?;
    if let Err(faults) = Faults::check(&cx, &form, TicketForm::ORDER) {
        return refuse(&cx, &row, form, &faults).await;
    }
    let requester = match requester(&cx, &form).await {
        Ok(requester) => requester,
        Err(DeskError::Rejected(why)) => {
            let faults = Faults::rejected(&cx, "email", why);
            return refuse(&cx, &row, form, &faults).await;
        }
        Err(error) => return Err(error.into()),
    };
    let command = open(&cx, &row.mail, &form, requester).await?;
    let ticket: Ticket = match cx.db.change(opening.into_permit(), command).await {
        Ok(done) => done.subject,
        // Pressed twice, or the note below was never made.
        Err(DeskError::AlreadyDone(id)) => {
            entities::ticket::show::by_id(&cx.db, &cx.actor, id).await?
        }
        Err(error) => return Err(error.into()),
    };
    let note = BecomeTicket {
        id,
        ticket_id: ticket.id,
    };
    cx.db.change(settling.into_permit(), note).await?;
    Ok(Swap::go_to(cx.asks, url::ticket(ticket.number)))
}

async fn refuse(cx: &Cx, row: &Row, form: TicketForm, faults: &Faults) -> Result<Swap> {
    let page = inbound_mail::page(cx, row, Some(form), "", faults).await?;
    Ok(super::invalid(cx, page))
}

/// The person of the address, made when unknown.
async fn requester(cx: &Cx, form: &TicketForm) -> entities::Result<Option<Sender>> {
    let email = form.email.trim();
    if email.is_empty() {
        return Ok(None);
    }
    if let Some(person) = person::by_email(&cx.db, email).await? {
        return Ok(Some(Sender::of(&cx.db, person).await?));
    }
    let name = match form.name.trim() {
        "" => email,
        name => name,
    };
    let command = CreateCaller {
        facts: PersonFacts {
            name: name.to_owned(),
            email: Some(email.to_owned()),
            ..PersonFacts::default()
        },
        once: None,
    };
    let permit = Permit::ask(&cx.actor, Desk)?;
    let person = match cx.db.change(permit, command).await {
        Ok(done) => done.subject.row,
        // The intake was faster with another mail.
        Err(DeskError::Rejected(Rejected::AddressTaken)) => person::by_email(&cx.db, email)
            .await?
            .ok_or(DeskError::Conflict)?,
        Err(error) => return Err(error),
    };
    Ok(Some(Sender::of(&cx.db, person).await?))
}

async fn open(
    cx: &Cx,
    mail: &InboundMail,
    form: &TicketForm,
    requester: Option<Sender>,
) -> Result<Open> {
    let service_id = form::id(&form.service);
    let team_of_service = match service_id {
        Some(id) => service::list::responsible_team(&cx.db, id).await?,
        None => None,
    };
    let mailbox = mailbox::intake::by_id(&cx.db, mail.mailbox_id).await?;
    let (person, organisation, district) = match requester {
        Some(s) => (Some(s.person), s.organisation, s.district),
        None => (None, None, None),
    };
    let case = Case {
        kind: Kind::Incident,
        place: Place {
            service_id,
            team_id: team_of_service.or(mailbox.and_then(|m| m.team_id)),
        },
        parent_service_id: match service_id {
            Some(id) => service::list::parent(&cx.db, id).await?,
            None => None,
        },
    };
    // As the intake would have begun it.
    let intake = Actor::System(Rule::MailIntake);
    let fields = defaults::sets(&cx.db, &intake, &case, Some(mail.mailbox_id)).await?;
    Ok(Open {
        title: form.title.clone(),
        kind: case.kind,
        priority: Priority::Normal,
        place: case.place,
        requester_id: person.as_ref().map(|p| p.id),
        organisation_id: organisation.map(|o| o.id),
        district_id: district.map(|d| d.id),
        mailbox_id: Some(mail.mailbox_id),
        fields: fields.optional(),
        first: message(cx, mail, person).await?,
        then: AfterOpen::HandToTeam,
        once: Some(format!("mail {}", mail.id)),
    })
}

/// The mail as far as it was understood, and its original as a file.
async fn message(cx: &Cx, mail: &InboundMail, author: Option<person::Model>) -> Result<NewMessage> {
    let mut files = vec![NewFile {
        name: "mail.eml".to_owned(),
        content_type: "message/rfc822".to_owned(),
        size_bytes: mail.size_bytes,
        sha256: mail.sha256.clone(),
        inline: false,
        content_id: None,
    }];
    let (text, subject) = match understood(cx, &mail.sha256).await {
        Understood::Mail(read) => {
            for file in read.attachments {
                let blob = cx.db.put_blob(file.bytes).await?;
                files.push(NewFile {
                    name: file.name,
                    content_type: file.media_type,
                    size_bytes: blob.size_bytes,
                    sha256: blob.sha256,
                    inline: false,
                    content_id: None,
                });
            }
            (read.text, read.subject)
        }
        Understood::Bytes(text) => (text, None),
        Understood::Away => (String::new(), None),
    };
    let body = match text.trim().is_empty() {
        true => cx.t("settings-mail-by-hand-empty"),
        false => text,
    };
    let mut message = NewMessage {
        id: mail.id,
        author_id: author.as_ref().map(|p| p.id),
        subject,
        raw_sha256: Some(mail.sha256.clone()),
        threaded_by: Some(ThreadedBy::ByHand),
        files,
        ..NewMessage::text(Audience::Requester, Direction::In, Channel::Mail, body)
    };
    message.addresses.from = author.and_then(|p| {
        Some(Address {
            name: Some(p.name),
            address: p.email?,
        })
    });
    Ok(message)
}
