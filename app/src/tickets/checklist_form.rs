//! Writing lines into a ticket's checklist: by hand or from a template, changing one, moving and removing it.

use entities::checklist::{self, MOST_LETTERS};
use entities::person::list::agents;
use entities::ticket::checklist::{Line, LineFacts, of, sees};
use entities::ticket::{AddLines, ChangeLine, MoveLine, RemoveLine, Ticket};
use entities::{DeskError, Permit, Rejected, Uuid};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::checklist::line_url;
use super::fact_form::{refreshed, went_through};
use super::facts::facts_still;
use super::list_from::From;
use super::pick::page;
use crate::error::{Error, Result, rejected};
use crate::settings::form::{date, id_text, options};
use crate::web::cx::Cx;
use crate::web::form::{self, Form, Query, once};
use crate::web::parts::{Choice, Field, Input, Look, button, icon_button, submit};
use crate::web::permitted::{Permitted, Seen, Sub};
use crate::web::swap::Swap;
use crate::web::url;

const TEXT: &str = "line-text";
const WHO: &str = "line-responsible";
const DUE: &str = "line-due";

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct LineForm {
    text: String,
    responsible: String,
    due: String,
    /// The version that was seen.
    seen: i32,
    /// What else to do with the line: `up`, `down` or `remove`.
    act: String,
    once: Option<String>,
}

/// What is wrong with it: the field and a sentence.
type Fault = (&'static str, String);

impl LineForm {
    fn of(line: &Line) -> LineForm {
        LineForm {
            text: line.text.clone(),
            responsible: id_text(line.responsible_id),
            due: line.due_on.map(|day| day.to_string()).unwrap_or_default(),
            seen: line.version,
            ..LineForm::default()
        }
    }

    async fn facts(&self, cx: &Cx, ticket: &Ticket) -> Result<Result<LineFacts, Fault>> {
        let text = self.text.trim();
        if text.is_empty() {
            return Ok(Err((TEXT, cx.t("checklist-fault-empty"))));
        }
        if text.chars().count() > MOST_LETTERS {
            return Ok(Err((TEXT, cx.t("checklist-fault-long"))));
        }
        let responsible_id = match self.responsible.as_str() {
            "" => None,
            id => Some(Uuid::try_parse(id).map_err(|_| Error::Request("no id".into()))?),
        };
        if let Some(id) = responsible_id
            && !sees(&cx.db, ticket, id).await?
        {
            return Ok(Err((WHO, cx.t("checklist-fault-sees"))));
        }
        let due_on = match self.due.trim() {
            "" => None,
            typed => match date(typed) {
                Some(day) => Some(day),
                None => return Ok(Err((DUE, cx.t("settings-fault-day")))),
            },
        };
        Ok(Ok(LineFacts {
            text: text.to_owned(),
            responsible_id,
            due_on,
        }))
    }

    async fn fields(&self, cx: &Cx, fault: Option<&Fault>) -> Result<Markup> {
        let fault = |of: &str| {
            fault
                .filter(|(id, _)| *id == of)
                .map(|(_, why)| why.as_str())
        };
        let people = agents(&cx.db).await?;
        let people = options(cx, "checklist-nobody", &people, &self.responsible);
        let line = |kind| Input::Line {
            kind,
            value: if kind == "date" {
                &self.due
            } else {
                &self.text
            },
            autocomplete: Some("off"),
        };
        let who = Input::Select {
            choices: &people,
            value: &self.responsible,
        };
        Ok(html! {
            (Field::new(TEXT, &cx.t("checklist-line")).name("text").first().fault(fault(TEXT)).render(cx.locale, line("text")))
            (Field::new(WHO, &cx.t("checklist-responsible")).name("responsible").optional().fault(fault(WHO)).render(cx.locale, who))
            (Field::new(DUE, &cx.t("checklist-due-on")).name("due").optional().fault(fault(DUE)).render(cx.locale, line("date")))
        })
    }
}

fn cancel(cx: &Cx, ticket: &Ticket, from: &From) -> Markup {
    let back = from.keep(url::ticket(&ticket.number));
    let again = from.keep(url::ticket_part(&ticket.number, "facts"));
    html! {
        a class="kern-btn kern-btn--tertiary" href=(back) hx-get=(again) hx-target="#facts" hx-swap="outerHTML" data-cancel {
            span class="kern-label" { (cx.t("fact-cancel")) }
        }
    }
}

/// The forms `#line-form` for new lines: one by hand, or all of a template.
async fn new_form(
    cx: &Cx,
    ticket: &Ticket,
    from: &From,
    form: &LineForm,
    fault: Option<&Fault>,
) -> Result<Markup> {
    let by_hand = from.keep(url::ticket_part(&ticket.number, "checklist"));
    let of_template = from.keep(url::ticket_part(&ticket.number, "checklist/template"));
    let templates = checklist::offered(&cx.db, ticket.service_id).await?;
    let choices: Vec<Choice> = templates
        .iter()
        .map(|one| Choice::new(one.id, one.name.clone()))
        .collect();
    let template = Input::Select {
        choices: &choices,
        value: "",
    };
    let label = cx.t("checklist-template");
    Ok(html! {
        div id="line-form" class="checkforms" {
            @if !choices.is_empty() {
                form class="factform" action=(of_template) method="post" hx-post=(of_template) hx-swap="none" {
                    (form::csrf(&cx.session.csrf)) (once())
                    (Field::new("line-template", &label).name("template").render(cx.locale, template))
                    (submit(Look::Secondary, &cx.t("checklist-take")))
                }
            }
            form class="factform" action=(by_hand) method="post" hx-post=(by_hand) hx-swap="none" {
                (form::csrf(&cx.session.csrf)) (once())
                (form.fields(cx, fault).await?)
                div class="cluster" { (submit(Look::Primary, &cx.t("checklist-add-line"))) (cancel(cx, ticket, from)) }
            }
        }
    })
}

/// The form `#line-form` of a line there is.
async fn edit_form(
    cx: &Cx,
    ticket: &Ticket,
    from: &From,
    (lines, line): (&[Line], &Line),
    form: &LineForm,
    fault: Option<&Fault>,
) -> Result<Markup> {
    let action = from.keep(line_url(ticket, line, ""));
    let at = lines.iter().position(|one| one.id == line.id);
    let act = |value: &str, icon_name: &str, words: &str| {
        html! {
            form action=(action) method="post" hx-post=(action) hx-swap="none" {
                (form::csrf(&cx.session.csrf))
                input type="hidden" name="act" value=(value);
                (icon_button(icon_name, &cx.t(words)))
            }
        }
    };
    Ok(html! {
        div id="line-form" class="checkforms" {
            form class="factform" action=(action) method="post" hx-post=(action) hx-swap="none" {
                (form::csrf(&cx.session.csrf))
                input type="hidden" name="seen" value=(form.seen);
                (form.fields(cx, fault).await?)
                div class="cluster" { (button(Look::Primary, &cx.t("fact-save"), "act", "")) (cancel(cx, ticket, from)) }
            }
            div class="cluster" {
                @if at.is_some_and(|at| at > 0) { (act("up", "up", "checklist-up")) }
                @if at.is_some_and(|at| at + 1 < lines.len()) { (act("down", "down", "checklist-down")) }
                (act("remove", "trash", "checklist-remove"))
            }
        }
    })
}

/// The form again with what was typed and what is wrong.
async fn refused(cx: &Cx, ticket: &Ticket, form: Markup) -> Result<Swap> {
    let fragment = html! { hx-partial hx-target="#line-form" hx-swap="outerHTML" { (form) } };
    let page = page(cx, ticket, &cx.t("checklist"), &form).await?;
    Ok(Swap::invalid(cx.asks, fragment, page))
}

async fn asked(cx: &Cx, ticket: &Ticket, form: Markup) -> Result<Markup> {
    Ok(match cx.wants_fragment() {
        true => html! { (form) (facts_still()) },
        false => page(cx, ticket, &cx.t("checklist"), &form).await?,
    })
}

/// `GET /tickets/:key/checklist/new`.
#[handler]
pub async fn new(cx: Cx, Seen(ticket): Seen<Ticket>, Query(from): Query<From>) -> Result<Markup> {
    let form = new_form(&cx, &ticket, &from, &LineForm::default(), None).await?;
    asked(&cx, &ticket, form).await
}

/// `POST /tickets/:key/checklist`: one line by hand.
#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<AddLines>,
    Query(from): Query<From>,
    Form(form): Form<LineForm>,
) -> Result<Swap> {
    let ticket = permit.on().clone();
    let fault = match form.facts(&cx, &ticket).await? {
        Err(fault) => fault,
        Ok(facts) => {
            let command = AddLines {
                template_id: None,
                lines: vec![facts],
                once: form.once.clone(),
            };
            match cx.db.change(permit.into_permit(), command).await {
                Ok(_) | Err(DeskError::AlreadyDone(_)) => {
                    return refreshed(&cx, &ticket, &from).await;
                }
                Err(DeskError::Rejected(why)) => (TEXT, rejected(cx.locale, why)),
                Err(other) => return Err(other.into()),
            }
        }
    };
    let form = new_form(&cx, &ticket, &from, &form, Some(&fault)).await?;
    refused(&cx, &ticket, form).await
}

/// The template that was chosen.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct TemplateForm {
    template: String,
    once: Option<String>,
}

/// `POST /tickets/:key/checklist/template`: all steps of a template. A step whose person does not see the ticket, or has
/// left, is nobody's.
#[handler]
pub async fn take(
    cx: Cx,
    permit: Permitted<AddLines>,
    Query(from): Query<From>,
    Form(form): Form<TemplateForm>,
) -> Result<Swap> {
    let ticket = permit.on().clone();
    let offered = checklist::offered(&cx.db, ticket.service_id).await?;
    let chosen = Uuid::try_parse(&form.template).ok();
    let template = offered.into_iter().find(|one| Some(one.id) == chosen);
    let template = template.ok_or(DeskError::Rejected(Rejected::Retired))?;
    let mut lines = Vec::new();
    for step in template.steps() {
        let mut facts = LineFacts::of_step(&step, ticket.owner_id, cx.now.today());
        if let Some(id) = facts.responsible_id
            && !sees(&cx.db, &ticket, id).await?
        {
            facts.responsible_id = None;
        }
        lines.push(facts);
    }
    let command = AddLines {
        template_id: Some(template.id),
        lines,
        once: form.once,
    };
    match cx.db.change(permit.into_permit(), command).await {
        Ok(_) | Err(DeskError::AlreadyDone(_)) => refreshed(&cx, &ticket, &from).await,
        Err(other) => Err(other.into()),
    }
}

async fn line(cx: &Cx, ticket: &Ticket, id: Uuid) -> Result<(Vec<Line>, Line)> {
    let lines = of(&cx.db, ticket).await?;
    let line = lines.iter().find(|line| line.id == id).cloned();
    Ok((lines, line.ok_or(DeskError::Hidden)?))
}

/// `GET /tickets/:key/checklist/:sub/edit`.
#[handler]
pub async fn edit(
    cx: Cx,
    Seen(ticket): Seen<Ticket>,
    Sub(id): Sub,
    Query(from): Query<From>,
) -> Result<Markup> {
    let (lines, line) = line(&cx, &ticket, id).await?;
    let form = LineForm::of(&line);
    let form = edit_form(&cx, &ticket, &from, (&lines, &line), &form, None).await?;
    asked(&cx, &ticket, form).await
}

/// `POST /tickets/:key/checklist/:sub`: says something else in it, moves or removes it.
#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<ChangeLine>,
    Sub(id): Sub,
    Query(from): Query<From>,
    Form(form): Form<LineForm>,
) -> Result<Swap> {
    let ticket = permit.on().clone();
    let (lines, line) = line(&cx, &ticket, id).await?;
    let at = lines
        .iter()
        .position(|one| one.id == id)
        .unwrap_or_default();
    let neighbour = match form.act.as_str() {
        "up" => at.checked_sub(1).and_then(|at| lines.get(at)),
        "down" => lines.get(at + 1),
        _ => None,
    };
    if let Some(other) = neighbour {
        let command = MoveLine {
            line_id: id,
            over_id: other.id,
        };
        let permit = Permit::<MoveLine>::ask(&cx.actor, ticket.clone())?;
        went_through(cx.db.change(permit, command).await)?;
        return refreshed(&cx, &ticket, &from).await;
    }
    if form.act == "remove" {
        let permit = Permit::<RemoveLine>::ask(&cx.actor, ticket.clone())?;
        went_through(cx.db.change(permit, RemoveLine { line_id: id }).await)?;
        return refreshed(&cx, &ticket, &from).await;
    }
    if !form.act.is_empty() {
        return refreshed(&cx, &ticket, &from).await;
    }
    let fault = match form.facts(&cx, &ticket).await? {
        Err(fault) => fault,
        Ok(to) => {
            let command = ChangeLine {
                line_id: id,
                seen: form.seen,
                to,
            };
            match cx.db.change(permit.into_permit(), command).await {
                Ok(_) => return refreshed(&cx, &ticket, &from).await,
                Err(DeskError::Rejected(why)) => (TEXT, rejected(cx.locale, why)),
                Err(other) => return Err(other.into()),
            }
        }
    };
    // Whoever saves again has seen what the other wrote by then.
    let form = LineForm {
        seen: line.version,
        ..form
    };
    let form = edit_form(&cx, &ticket, &from, (&lines, &line), &form, Some(&fault)).await?;
    refused(&cx, &ticket, form).await
}
