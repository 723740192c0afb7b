//! A new ticket from a message: the form with what is known of it, and what sending it does.

use entities::field::{change, read};
use entities::permit::Desk;
use entities::person::search;
use entities::setting::Choice as Known;
use entities::text::beginning;
use entities::ticket::classify::Place;
use entities::ticket::open::AfterOpen;
use entities::ticket::show::names;
use entities::ticket::split::Part;
use entities::ticket::thread::ThreadEntry;
use entities::ticket::{Direction, Kind, OpenSplit, Priority, SplitOff, Ticket, show, thread};
use entities::{DeskError, Permit, Rejected, Uuid, new_id, service};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::move_message::is_alone;
use super::pick::page;
use crate::error::{Result, rejected};
use crate::web::cx::Cx;
use crate::web::form::{self, Form};
use crate::web::parts::{
    Choice, Field, Input, Look, button_link, error_summary, foreign, kind_choices, moment, name,
    named, priority_choices, submit,
};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;
use crate::web::url;

/// How much of the message the form shows.
const MOST_CHARS: usize = 600;

/// What stands in the form.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SplitForm {
    title: String,
    requester: String,
    service_id: String,
    kind: String,
    priority: String,
    /// `mine` or `team`.
    outcome: String,
    /// `move` or `copy`.
    part: String,
    once: String,
}

/// The message with what the form offers around it.
struct Split {
    ticket: Ticket,
    entry: ThreadEntry,
    /// Who could be asking: of the message, of the ticket.
    people: Vec<(Uuid, String)>,
    services: Vec<Known>,
    is_alone: bool,
}

impl Split {
    async fn read(cx: &Cx, ticket: &Ticket, id: Uuid) -> Result<Split> {
        let entry = thread::entry(&cx.db, ticket, id).await?;
        let mut people = Vec::new();
        let wrote = entry.message.direction == Direction::In;
        if let (true, Some(id), Some(name)) = (wrote, entry.message.author_id, &entry.author) {
            people.push((id, name.clone()));
        }
        let of_ticket = names(&cx.db, ticket).await?.requester;
        if let (Some(id), Some(name)) = (ticket.requester_id, of_ticket)
            && people.iter().all(|(known, _)| *known != id)
        {
            people.push((id, name));
        }
        Ok(Split {
            services: service::list::choices(&cx.db).await?,
            is_alone: is_alone(cx, ticket, id).await?,
            ticket: ticket.clone(),
            entry,
            people,
        })
    }

    /// The form as it opens.
    fn fresh(&self) -> SplitForm {
        let subject = self.entry.message.subject.as_deref().unwrap_or_default();
        let title = match subject.trim() {
            "" => &self.ticket.title,
            subject => subject,
        };
        SplitForm {
            title: title.to_owned(),
            requester: self
                .people
                .first()
                .map(|(id, _)| id.to_string())
                .unwrap_or_default(),
            service_id: self
                .ticket
                .service_id
                .map(|id| id.to_string())
                .unwrap_or_default(),
            kind: name(self.ticket.kind),
            priority: name(self.ticket.priority),
            outcome: "mine".to_owned(),
            part: "copy".to_owned(),
            once: String::new(),
        }
    }
}

/// `GET /tickets/:key/messages/:sub/split`.
#[handler]
pub async fn new(cx: Cx, permit: Permitted<SplitOff>, Sub(id): Sub) -> Result<Markup> {
    let split = Split::read(&cx, permit.on(), id).await?;
    let form = split_form(&cx, &split, &split.fresh(), &[]);
    page(&cx, &split.ticket, &cx.t("split-title"), &form).await
}

/// `POST /tickets/:key/messages/:sub/split`.
#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<SplitOff>,
    Sub(id): Sub,
    Form(typed): Form<SplitForm>,
) -> Result<Swap> {
    let split = Split::read(&cx, permit.on(), id).await?;
    let opens: Permit<OpenSplit> = Permit::ask(&cx.actor, Desk)?;
    let open = match wanted(&cx, &split, &typed).await? {
        Ok(open) => open,
        Err(faults) => return again(&cx, &split, &typed, &faults).await,
    };
    let off = SplitOff {
        message: split.entry.message.clone(),
        seen: split.ticket.version,
        part: open.part,
        new_id: open.new_id,
    };
    let done = cx
        .db
        .change_both((permit.into_permit(), off), move |_| (opens, open))
        .await;
    let opened = match done {
        Ok((_, opened)) => opened.subject.id,
        Err(DeskError::AlreadyDone(id)) => id,
        Err(DeskError::Rejected(why)) => {
            let field = match why {
                Rejected::EmptyTitle => "split-subject",
                _ => "split-copy",
            };
            let faults = [(field.to_owned(), rejected(cx.locale, why))];
            return again(&cx, &split, &typed, &faults).await;
        }
        Err(error) => return Err(error.into()),
    };
    // Where it went may be out of one's sight.
    let to = match show::by_id(&cx.db, &cx.actor, opened).await {
        Ok(opened) => url::ticket(&opened.number),
        Err(DeskError::Hidden) => url::ticket(&split.ticket.number),
        Err(error) => return Err(error.into()),
    };
    Ok(Swap::go_to(cx.asks, to))
}

/// The command behind the form, or every fault: field and sentence.
async fn wanted(
    cx: &Cx,
    split: &Split,
    typed: &SplitForm,
) -> Result<Result<OpenSplit, Vec<(String, String)>>> {
    let ticket = &split.ticket;
    let mut faults = Vec::new();
    let mut fault = |field: &str, key: &str| faults.push((field.to_owned(), cx.t(key)));
    if typed.title.trim().is_empty() {
        fault("split-subject", "rejected-empty-title");
    }
    if typed.title.chars().any(char::is_control) {
        fault("split-subject", "composer-subject-fault");
    }
    let service_id = Uuid::try_parse(&typed.service_id).ok();
    let service_id = service_id.filter(|id| split.services.iter().any(|known| known.id == *id));
    if service_id.is_none() && !typed.service_id.is_empty() {
        fault("split-service", "rejected-retired");
    }
    if !faults.is_empty() {
        return Ok(Err(faults));
    }
    let asked = Uuid::try_parse(&typed.requester).ok();
    let requester_id = asked.filter(|id| split.people.iter().any(|(known, _)| known == id));
    let (organisation_id, district_id) = match requester_id {
        Some(id) if Some(id) != ticket.requester_id => {
            let found = search::by_id(&cx.db, &cx.actor, id).await?;
            let of = found.map(|found| (found.organisation_id, found.district_id));
            of.unwrap_or_default()
        }
        Some(_) => (ticket.organisation_id, ticket.district_id),
        None => (None, ticket.district_id),
    };
    let team_id = match service_id {
        Some(id) => service::list::responsible_team(&cx.db, id).await?,
        None => ticket.team_id,
    };
    let held = read::sheet(&cx.db, &cx.actor, ticket).await?.values;
    let held = held.into_iter().map(|(id, value)| (id, Some(value)));
    let fields = change::prepare(&cx.db, &cx.actor, None, held.collect()).await?;
    Ok(Ok(OpenSplit {
        new_id: new_id(),
        from_id: ticket.id,
        message: split.entry.message.clone(),
        files: split.entry.files.clone(),
        part: match typed.part.as_str() {
            "move" if !split.is_alone => Part::Move,
            _ => Part::Copy,
        },
        title: typed.title.clone(),
        kind: named(&typed.kind).unwrap_or(Kind::Incident),
        priority: named(&typed.priority).unwrap_or(Priority::Normal),
        place: Place {
            service_id,
            team_id,
        },
        requester_id,
        organisation_id,
        district_id,
        mailbox_id: ticket.mailbox_id,
        // What stood in the other ticket comes along where such a ticket takes it.
        fields: fields.optional(),
        then: match typed.outcome.as_str() {
            "team" => AfterOpen::HandToTeam,
            _ => AfterOpen::Mine,
        },
        once: Uuid::try_parse(&typed.once)
            .ok()
            .map(|key| key.simple().to_string()),
    }))
}

/// The form once more, with what is wrong.
async fn again(
    cx: &Cx,
    split: &Split,
    typed: &SplitForm,
    faults: &[(String, String)],
) -> Result<Swap> {
    let form = split_form(cx, split, typed, faults);
    let fragment = html! { hx-partial hx-target="#split-form" hx-swap="outerHTML" { (form) } };
    let page = page(cx, &split.ticket, &cx.t("split-title"), &form).await?;
    Ok(Swap::invalid(cx.asks, fragment, page))
}

/// The form `#split-form`.
fn split_form(cx: &Cx, split: &Split, typed: &SplitForm, faults: &[(String, String)]) -> Markup {
    let message = &split.entry.message;
    let number = |key: &str| {
        let number = split.ticket.number.as_str().into();
        cx.locale.t_with(key, &[("number", number)])
    };
    let part = format!("messages/{}/split", message.id);
    let action = url::ticket_part(&split.ticket.number, &part);
    let files = split.entry.files.iter().filter(|file| !file.inline).count();
    let files = cx.locale.t_with("split-files", &[("count", files.into())]);
    html! {
        form id="split-form" class="factform actform" action=(action) method="post" hx-post=(action) hx-swap="none" {
            (form::csrf(&cx.session.csrf))
            @match typed.once.as_str() {
                "" => { (form::once()) }
                once => { input type="hidden" name="once" value=(once); }
            }
            (error_summary(cx.locale, faults))
            p { (number("split-intro")) }
            blockquote class="quoted" {
                p class="small muted" {
                    @if let Some(author) = &split.entry.author { (foreign(author)) " · " }
                    (moment(cx.locale, &cx.now, message.created_at))
                }
                p class="plaintext" { (foreign(&beginning(&message.body, MOST_CHARS))) }
                @if split.entry.files.iter().any(|file| !file.inline) { p class="small muted" { (files) } }
            }
            (case_fields(cx, split, typed, faults))
            fieldset class="field" id="split-copy" {
                legend class="label" { (number("split-part")) }
                @if split.is_alone { p { (cx.t("split-only")) } }
                @else {
                    (radio("part", "copy", typed.part != "move", &cx.t("split-copy")))
                    (radio("part", "move", typed.part == "move", &cx.t("split-move")))
                }
            }
            fieldset class="field" {
                legend class="label" { (cx.t("phone-then")) }
                (radio("outcome", "mine", typed.outcome != "team", &cx.t("phone-outcome-mine")))
                (radio("outcome", "team", typed.outcome == "team", &cx.t("phone-outcome-team")))
            }
            div class="cluster" {
                (submit(Look::Primary, &cx.t("split-save")))
                (button_link(Look::Tertiary, &cx.t("merge-cancel"), &url::ticket(&split.ticket.number), None))
            }
        }
    }
}

fn radio(name: &str, value: &str, checked: bool, words: &str) -> Markup {
    html! {
        label class="tick" { input type="radio" name=(name) value=(value) checked[checked]; span { (words) } }
    }
}

/// What sort of case it is, and whose.
fn case_fields(cx: &Cx, split: &Split, typed: &SplitForm, faults: &[(String, String)]) -> Markup {
    let fault = |field: &str| {
        let found = faults.iter().find(|(of, _)| of == field);
        found.map(|(_, sentence)| sentence.as_str())
    };
    let none = || Choice::new("", cx.t("phone-none"));
    let people = split.people.iter();
    let people = people.map(|(id, name)| Choice::new(id, name.clone()));
    let people: Vec<Choice> = people.chain([none()]).collect();
    let services = split.services.iter();
    let services = services.map(|known| Choice::new(known.id, known.name.clone()));
    let services: Vec<Choice> = std::iter::once(none()).chain(services).collect();
    let (kinds, priorities) = (kind_choices(cx.locale), priority_choices(cx.locale));
    let select = |choices, value| Input::Select { choices, value };
    let line = Input::Line {
        kind: "text",
        value: &typed.title,
        autocomplete: Some("off"),
    };
    html! {
        (Field::new("split-subject", &cx.t("phone-subject")).name("title").first().fault(fault("split-subject")).render(cx.locale, line))
        (Field::new("split-requester", &cx.t("split-requester")).name("requester").render(cx.locale, select(&people, &typed.requester)))
        (Field::new("split-service", &cx.t("phone-service")).name("service_id").optional().fault(fault("split-service"))
            .render(cx.locale, select(&services, &typed.service_id)))
        (Field::new("split-kind", &cx.t("phone-kind")).name("kind").render(cx.locale, select(&kinds, &typed.kind)))
        (Field::new("split-priority", &cx.t("phone-priority")).name("priority").render(cx.locale, select(&priorities, &typed.priority)))
    }
}
