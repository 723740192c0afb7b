//! What is said of a mailing: its subject, its service, its people, and what becomes of their tickets.

use entities::bulk::Leave;
use entities::mailing::{self, MOST, MOST_LINES, Wanted};
use entities::setting::Choice as Offered;
use entities::ticket::ClosingReason;
use entities::{Permission, Uuid, organisation, service};
use maud::{Markup, html};
use serde::Deserialize;

use crate::error::Result;
use crate::fields::words::label;
use crate::web::cx::Cx;
use crate::web::parts::{Choice, Field, Input, name, named, reason_choices};

/// The longest subject, in characters.
const MOST_TITLE: usize = 200;

/// The most that is read of people, in characters.
const MOST_CHARS: usize = 400_000;

/// The form as it came. What can be mistyped is text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct MailingForm {
    pub title: String,
    pub service: String,
    pub organisation: String,
    pub lines: String,
    pub then: String,
    pub reason: String,
    /// The form's own key: pressed twice, it is sent once.
    pub once: String,
}

/// Field and sentence.
pub type Faults = Vec<(String, String)>;

impl MailingForm {
    /// An empty one that proposes what is usual.
    pub fn fresh(cx: &Cx, organisation: &str) -> MailingForm {
        let then = thens(cx).into_iter().next();
        MailingForm {
            organisation: organisation.to_owned(),
            then: then.map(|choice| choice.value).unwrap_or_default(),
            reason: name(ClosingReason::NoAction),
            ..MailingForm::default()
        }
    }

    /// As it was said.
    pub fn of(wanted: Wanted) -> MailingForm {
        let (then, reason) = match wanted.leave {
            Leave::Closed(reason) => ("closed", reason),
            Leave::Waiting => ("waiting", ClosingReason::NoAction),
            Leave::AsItIs => ("open", ClosingReason::NoAction),
        };
        MailingForm {
            title: wanted.title,
            service: wanted.service_id.to_string(),
            organisation: wanted
                .organisation_id
                .map(|id| id.to_string())
                .unwrap_or_default(),
            lines: wanted.lines,
            then: then.to_owned(),
            reason: name(reason),
            once: String::new(),
        }
    }

    /// What it says, or every fault.
    pub async fn wanted(&self, cx: &Cx) -> Result<Result<Wanted, Faults>> {
        let mut faults = Faults::new();
        let mut fault = |field: &str, words: String| faults.push((field.to_owned(), words));
        let title = self.title.trim();
        if title.is_empty() {
            fault("title", cx.t("rejected-empty-title"));
        } else if title.chars().any(char::is_control) {
            fault("title", cx.t("composer-subject-fault"));
        } else if title.chars().count() > MOST_TITLE {
            fault("title", cx.t("rejected-too-long"));
        }
        let services = service::list::choices(&cx.db).await?;
        let service_id = one_of(&self.service, &services);
        match service_id {
            None => fault("service", cx.t("bulk-service-missing")),
            Some(id) => {
                let lacking = mailing::lacking(&cx.db, &cx.actor, id).await?;
                let lacking: Vec<String> = lacking.iter().map(|f| label(cx.locale, f)).collect();
                if !lacking.is_empty() {
                    let fields = [("fields", lacking.join(", ").into())];
                    fault(
                        "service",
                        cx.locale.t_with("mailing-fields-needed", &fields),
                    );
                }
            }
        }
        let organisation_id = one_of(&self.organisation, &organisations(cx).await?);
        if organisation_id.is_none() && !self.organisation.is_empty() {
            let partners = organisation::list::partners(&cx.db).await?;
            let why = match one_of(&self.organisation, &partners) {
                Some(_) => "mailing-organisation-partner",
                None => "rejected-retired",
            };
            fault("organisation", cx.t(why));
        }
        let lines = self.lines.replace("\r\n", "\n");
        if lines.trim().is_empty() && self.organisation.is_empty() {
            fault("lines", cx.t("mailing-nobody"));
        } else if lines.lines().count() > MOST_LINES || lines.chars().count() > MOST_CHARS {
            let most = [("count", MOST_LINES.into())];
            fault("lines", cx.locale.t_with("mailing-too-much", &most));
        }
        let may = |permission| cx.actor.may_somewhere(permission);
        let leave = match self.then.as_str() {
            "closed" if may(Permission::CloseTickets) => match named(&self.reason) {
                Some(reason) => Leave::Closed(reason),
                None => {
                    fault("reason", cx.t("rejected-reason-missing"));
                    Leave::AsItIs
                }
            },
            "waiting" if may(Permission::SetState) => Leave::Waiting,
            _ => Leave::AsItIs,
        };
        Ok(match (service_id, faults.is_empty()) {
            (Some(service_id), true) => Ok(Wanted {
                title: title.to_owned(),
                service_id,
                organisation_id,
                lines,
                leave,
            }),
            _ => Err(faults),
        })
    }

    /// The controls with what was typed.
    pub async fn controls(&self, cx: &Cx, faults: &Faults) -> Result<Markup> {
        let of = |field: &str| {
            let found = faults.iter().find(|(name, _)| name == field);
            found.map(|(_, words)| words.as_str())
        };
        let services = options(cx, "bulk-choose", service::list::choices(&cx.db).await?);
        let organisations = options(cx, "mailing-no-organisation", organisations(cx).await?);
        let thens = thens(cx);
        let hint = [("count", MOST.into())];
        let hint = cx.locale.t_with("mailing-lines-hint", &hint);
        let select = |field: Field<'_>, choices: &[Choice], value: &str| {
            field.render(cx.locale, Input::Select { choices, value })
        };
        let title = Input::Line {
            kind: "text",
            value: &self.title,
            autocomplete: Some("off"),
        };
        let lines = Input::Area {
            value: &self.lines,
            rows: 10,
        };
        Ok(html! {
            (Field::new("title", &cx.t("mailing-subject")).hint(&cx.t("mailing-subject-hint")).fault(of("title")).render(cx.locale, title))
            (select(Field::new("service", &cx.t("fact-service")).fault(of("service")), &services, &self.service))
            (Field::new("lines", &cx.t("mailing-lines")).hint(&hint).fault(of("lines")).optional().render(cx.locale, lines))
            (select(
                Field::new("organisation", &cx.t("mailing-organisation")).hint(&cx.t("mailing-organisation-hint")).optional().fault(of("organisation")),
                &organisations,
                &self.organisation,
            ))
            (select(Field::new("then", &cx.t("mailing-then")).hint(&cx.t("mailing-then-hint")).fault(of("then")), &thens, &self.then))
            @if cx.actor.may_somewhere(Permission::CloseTickets) {
                (select(Field::new("reason", &cx.t("mailing-reason")).optional().fault(of("reason")), &reason_choices(cx.locale), &self.reason))
            }
        })
    }
}

fn one_of(typed: &str, offered: &[Offered]) -> Option<Uuid> {
    let id = Uuid::try_parse(typed).ok()?;
    offered.iter().any(|one| one.id == id).then_some(id)
}

fn options(cx: &Cx, none: &str, offered: Vec<Offered>) -> Vec<Choice> {
    let none = Choice::new("", cx.t(none));
    let all = offered.into_iter().map(|one| Choice::new(one.id, one.name));
    std::iter::once(none).chain(all).collect()
}

/// Organisations whose people can be written to: vendors and other partners never.
async fn organisations(cx: &Cx) -> Result<Vec<Offered>> {
    let mut all = organisation::choices(&cx.db).await?;
    let partners = organisation::list::partners(&cx.db).await?;
    all.retain(|one| !partners.iter().any(|partner| partner.id == one.id));
    Ok(all)
}

/// What can become of the tickets, the usual first.
fn thens(cx: &Cx) -> Vec<Choice> {
    let may = |permission| cx.actor.may_somewhere(permission);
    let mut all = vec![];
    if may(Permission::CloseTickets) {
        all.push(Choice::new("closed", cx.t("mailing-then-closed")));
    }
    if may(Permission::SetState) {
        all.push(Choice::new("waiting", cx.t("mailing-then-waiting")));
    }
    all.push(Choice::new("open", cx.t("mailing-then-open")));
    all
}
