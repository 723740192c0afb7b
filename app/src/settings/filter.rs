//! Filters of incoming mail: the list in their order, the form of one, and trying it.

use entities::mail_filter::{
    self, Condition, Create, How, MailFilter, MailFilterFacts, Part, Restore, Retire, Update,
};
use entities::setting::{Choice as Chosen, Noun as _};
use entities::{DeskError, Permission, Rejected, Uuid, mailbox, service, team};
use maud::{Markup, html};
use poem::handler;

use super::area::Area;
use super::filter_form::{FilterForm, Row};
use super::filter_trial::filter_trial;
use super::form::{self, Faults};
use super::noun::{self, NounForm};
use super::page::{self, Asked, Find, Item};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{Form, Query};
use crate::web::parts::{
    Choice, Field, Pager, column, icon_small, kind_choices, kind_words, moment, priority_choices,
    priority_words,
};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;

const AREA: Area = Area::Filters;

/// How many of the mails a filter has left alone stand on its page.
const MOST_IGNORED: u64 = 20;

impl NounForm for FilterForm {
    type Noun = MailFilter;

    const AREA: Area = AREA;
    const ORDER: &'static [&'static str] = FilterForm::ORDER;

    fn empty() -> Self {
        Self::default()
    }

    fn of(filter: &MailFilter) -> Self {
        Self::of_facts(&filter.facts())
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn once(&self) -> Option<String> {
        self.once.clone()
    }

    fn check(&self, cx: &Cx) -> Result<(), Faults> {
        let mut faults = Faults::of_fields(cx, self, Self::ORDER);
        self.check_conditions(cx, &mut faults);
        self.check_effects(cx, &mut faults);
        faults.none()
    }

    fn facts(&self, _: &Cx, before: Option<&MailFilter>) -> MailFilterFacts {
        self.facts_after(before)
    }

    fn place(why: Rejected) -> &'static str {
        match why {
            Rejected::NothingToDo => "part-0",
            other => form::place(other, "name", "service"),
        }
    }

    async fn find(cx: &Cx, id: Uuid) -> Result<MailFilter, DeskError> {
        mail_filter::find(&cx.db, &cx.actor, id).await
    }

    async fn items(cx: &Cx, open: Option<&MailFilter>) -> Result<Vec<Item>> {
        let rows = mail_filter::list(&cx.db, &cx.actor, Asked::default().show()).await?;
        let item = |row: mail_filter::Row| Item {
            url: AREA.entry(row.filter.id),
            current: page::current(row.filter.id, open.map(|open| open.id)),
            more: effects(cx, &row).join(" · "),
            name: row.filter.name,
        };
        Ok(rows.into_iter().map(item).collect())
    }

    async fn fields(&self, cx: &Cx, open: Option<&MailFilter>, faults: &Faults) -> Result<Markup> {
        let mailboxes = mailbox::choices(&cx.db).await?;
        Ok(html! {
            (form::text(
                cx,
                Field::new("name", &cx.t("settings-name")).hint(&cx.t("filter-name-hint")).fault(faults.of("name")),
                "text",
                &self.name,
            ))
            (form::text(
                cx,
                Field::new("position", &cx.t("filter-position")).hint(&cx.t("filter-position-hint")).fault(faults.of("position")),
                "number",
                &self.position,
            ))
            (form::select(
                cx,
                Field::new("mailbox", &cx.t("filter-mailbox")).optional(),
                &form::options(cx, "filter-mailbox-all", &mailboxes, &self.mailbox),
                &self.mailbox,
            ))
            (conditions(cx, self, faults))
            (effect_fields(cx, self, faults).await?)
            (trying(cx, self, open))
            @if let Some(filter) = open { (left_alone(cx, filter).await?) }
        })
    }
}

/// A select or an input of a row, with its label.
fn cell(id: &str, class: &str, label: &str, fault: Option<&str>, control: &Markup) -> Markup {
    html! {
        div class={ "field " (class) } {
            label for=(id) { (label) }
            (control)
            @if let Some(fault) = fault { p class="error" id={ (id) "-fault" } { (icon_small("warn")) (fault) } }
        }
    }
}

fn conditions(cx: &Cx, form: &FilterForm, faults: &Faults) -> Markup {
    html! {
        section class="stack" aria-labelledby="conditions-title" {
            div {
                h2 id="conditions-title" { (cx.t("filter-conditions")) }
                p class="hint" { (cx.t("filter-conditions-hint")) }
            }
            @for (index, row) in form.rows().iter().enumerate() { (condition(cx, index, row, faults)) }
        }
    }
}

fn condition(cx: &Cx, index: usize, row: &Row, faults: &Faults) -> Markup {
    let number = index + 1;
    let id = |name: &str| format!("{name}-{index}");
    let (part, header, how, value) = (id("part"), id("header"), id("how"), id("value"));
    let select = |id: &str, name: &str, choices: &[Choice], value: &str| {
        let fault = faults.of(id);
        html! {
            select class="input" id=(id) name=(name) aria-invalid=[fault.map(|_| "true")] aria-describedby=[fault.map(|_| format!("{id}-fault"))] {
                @for choice in choices { option value=(choice.value) selected[choice.value == value] { (choice.label) } }
            }
        }
    };
    let input = |id: &str, name: &str, value: &str| {
        let fault = faults.of(id);
        html! {
            input class="input" id=(id) name=(name) type="text" value=(value) autocomplete="off"
                aria-invalid=[fault.map(|_| "true")] aria-describedby=[fault.map(|_| format!("{id}-fault"))];
        }
    };
    html! {
        fieldset class="condition" {
            legend class="sr" { (cx.locale.t_with("filter-condition", &[("number", number.into())])) }
            (cell(&part, "condition__part", &cx.t("filter-part"), faults.of(&part), &select(&part, "part", &parts(cx), &row.part)))
            (cell(&header, "condition__header", &cx.t("filter-header"), faults.of(&header), &input(&header, "header", &row.header)))
            (cell(&how, "condition__how", &cx.t("filter-how"), faults.of(&how), &select(&how, "how", &hows(cx), &row.how)))
            (cell(&value, "condition__value", &cx.t("filter-value"), faults.of(&value), &input(&value, "value", &row.value)))
        }
    }
}

const PARTS: [&str; 10] = [
    "sender",
    "sender_domain",
    "recipient",
    "subject",
    "body",
    "header",
    "at_least",
    "at_most",
    "automatic",
    "not_automatic",
];

fn part_words(cx: &Cx, part: &str) -> String {
    cx.t(match part {
        "sender" => "filter-part-sender",
        "sender_domain" => "filter-part-domain",
        "recipient" => "filter-part-recipient",
        "subject" => "filter-part-subject",
        "body" => "filter-part-body",
        "header" => "filter-part-header",
        "at_least" => "filter-part-at-least",
        "at_most" => "filter-part-at-most",
        "automatic" => "filter-part-automatic",
        "not_automatic" => "filter-part-not-automatic",
        _ => "filter-part-none",
    })
}

fn parts(cx: &Cx) -> Vec<Choice> {
    let none = std::iter::once("");
    none.chain(PARTS)
        .map(|part| Choice::new(part, part_words(cx, part)))
        .collect()
}

fn how_words(cx: &Cx, how: How) -> String {
    cx.t(match how {
        How::Contains => "filter-how-contains",
        How::Is => "filter-how-is",
        How::Matches => "filter-how-matches",
    })
}

fn hows(cx: &Cx) -> Vec<Choice> {
    [How::Contains, How::Is, How::Matches]
        .map(|how| Choice::new(form::stored_name(how), how_words(cx, how)))
        .to_vec()
}

/// A condition as a short sentence.
fn condition_words(cx: &Cx, condition: &Condition) -> String {
    match condition {
        Condition::AtLeast { kb } => format!("{} {kb} kB", cx.t("filter-size-from")),
        Condition::AtMost { kb } => format!("{} {kb} kB", cx.t("filter-size-to")),
        Condition::Automatic => part_words(cx, "automatic"),
        Condition::NotAutomatic => part_words(cx, "not_automatic"),
        Condition::Text { part, how, value } => {
            let part = match part {
                Part::Header(name) => name.clone(),
                other => part_words(cx, &form::stored_name(other)),
            };
            format!("{part} {} „{value}“", how_words(cx, *how))
        }
    }
}

async fn effect_fields(cx: &Cx, form: &FilterForm, faults: &Faults) -> Result<Markup> {
    let services = service::choices(&cx.db).await?;
    let teams = team::choices(&cx.db).await?;
    let unchanged = |choices: Vec<Choice>| {
        let first = std::iter::once(Choice::new("", cx.t("filter-unchanged")));
        first.chain(choices).collect::<Vec<_>>()
    };
    let pick = |id: &str, label: &str, offered: &[Chosen], value: &str| {
        let options = form::options(cx, "filter-unchanged", offered, value);
        let label = cx.t(label);
        let field = Field::new(id, &label).optional().fault(faults.of(id));
        form::select(cx, field, &options, value)
    };
    let plain = |id: &str, label: &str, choices: Vec<Choice>, value: &str| {
        let label = cx.t(label);
        form::select(
            cx,
            Field::new(id, &label).optional(),
            &unchanged(choices),
            value,
        )
    };
    Ok(html! {
        section class="stack" aria-labelledby="effects-title" {
            div {
                h2 id="effects-title" { (cx.t("filter-effects")) }
                p class="hint" { (cx.t("filter-effects-hint")) }
            }
            (pick("service", "fact-service", &services, &form.service))
            (pick("team", "fact-team", &teams, &form.team))
            (plain("priority", "fact-priority", priority_choices(cx.locale), &form.priority))
            (plain("kind", "fact-kind", kind_choices(cx.locale), &form.kind))
            label class="tick" {
                input type="checkbox" name="no_answer" value="1" checked[!form.no_answer.is_empty()];
                span { (cx.t("filter-no-answer")) }
            }
            div class="field" {
                label class="tick" {
                    input type="checkbox" name="ignore" value="1" checked[!form.ignore.is_empty()] aria-describedby="ignore-hint";
                    span { (cx.t("filter-ignore")) }
                }
                p class="hint" id="ignore-hint" { (cx.t("filter-ignore-hint")) }
            }
        }
    })
}

/// The button that tries what stands in the form, and what came of it.
fn trying(cx: &Cx, form: &FilterForm, open: Option<&MailFilter>) -> Markup {
    let action = match open {
        Some(filter) => AREA.act(filter.id, "try"),
        None => AREA.new_act("try"),
    };
    html! {
        section class="stack" aria-labelledby="try-title" {
            div {
                h2 id="try-title" { (cx.t("filter-try-title")) }
                p class="hint" { (cx.t("filter-try-hint")) }
            }
            div {
                button class="kern-btn kern-btn--secondary" type="submit" formaction=(action) {
                    span class="kern-label" { (cx.t("filter-try")) }
                }
            }
            @if let Some(trial) = &form.trial { (filter_trial(cx, trial)) }
        }
    }
}

/// The last mails this filter has left alone, with the way to take one in after all.
async fn left_alone(cx: &Cx, filter: &MailFilter) -> Result<Markup> {
    if !filter.ignore {
        return Ok(html! {});
    }
    let mails = mail_filter::ignored(&cx.db, &cx.actor, filter.id, MOST_IGNORED).await?;
    let may_settle = cx.actor.may_somewhere(Permission::SettleMail);
    Ok(html! {
        section class="stack" aria-labelledby="ignored-title" {
            h2 id="ignored-title" { (cx.t("filter-ignored")) }
            @if mails.is_empty() { p class="muted" { (cx.t("filter-ignored-none")) } }
            @for mail in &mails {
                p {
                    @let subject = mail.subject.clone().unwrap_or_else(|| cx.t("mail-no-subject"));
                    @if may_settle { a href=(Area::Inbound.entry(mail.id)) { (subject) } } @else { (subject) }
                    " " (mail.sender.as_deref().unwrap_or_default()) " " (moment(cx.locale, &cx.now, mail.received_at))
                }
            }
            @if may_settle && !mails.is_empty() { p class="hint" { (cx.t("filter-again-hint")) } }
        }
    })
}

/// What a filter does, in a few words each.
fn effects(cx: &Cx, row: &mail_filter::Row) -> Vec<String> {
    let filter = &row.filter;
    let said = [
        row.service_name.clone(),
        row.team_name.clone(),
        filter.priority.map(|p| priority_words(cx.locale, p)),
        filter.kind.map(|k| kind_words(cx.locale, k)),
        filter.no_answer.then(|| cx.t("filter-does-no-answer")),
        filter.ignore.then(|| cx.t("filter-does-ignore")),
    ];
    said.into_iter().flatten().collect()
}

#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let rows = mail_filter::list(&cx.db, &cx.actor, asked.show()).await?;
    let table = html! {
        @if rows.is_empty() { p class="form muted" { (cx.t("filter-none")) } } @else {
            table class="grid grid--plain" {
                caption class="sr" { (AREA.words(&cx)) }
                thead {
                    tr {
                        (column(&cx.t("filter-position"))) (column(&cx.t("settings-name"))) (column(&cx.t("filter-mailbox")))
                        (column(&cx.t("filter-conditions"))) (column(&cx.t("filter-effects")))
                    }
                }
                tbody {
                    @for row in &rows {
                        tr class=[row.filter.retired_at.map(|_| "is-retired")] {
                            td class="num" { (row.filter.position) }
                            td {
                                a class="subject" href=(AREA.entry(row.filter.id)) { (row.filter.name) }
                                @if row.filter.retired_at.is_some() { " (" (cx.t("settings-retired-mark")) ")" }
                            }
                            td { (row.mailbox_name.clone().unwrap_or_else(|| cx.t("filter-mailbox-all"))) }
                            td { @for condition in row.filter.conditions() { p { (condition_words(&cx, &condition)) } } }
                            td { @for effect in effects(&cx, row) { p { (effect) } } }
                        }
                    }
                }
            }
        }
    };
    page::list(&cx, AREA, &asked, Find::Nothing, table, Pager::default()).await
}

#[handler]
pub async fn new(cx: Cx, _permit: Permitted<Create>) -> Result<Markup> {
    let form = FilterForm {
        position: mail_filter::next_position(&cx.db).await?.to_string(),
        ..FilterForm::default()
    };
    noun::show(&cx, None, &form, &Faults::default(), html! {}).await
}

#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<Create>,
    Form(form): Form<FilterForm>,
) -> Result<Swap> {
    noun::create(&cx, permit.into_permit(), form).await
}

#[handler]
pub async fn edit(cx: Cx, Sub(id): Sub, Query(asked): Query<Asked>) -> Result<Markup> {
    noun::edit::<FilterForm>(&cx, id, &asked).await
}

#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<Update>,
    Sub(id): Sub,
    Form(form): Form<FilterForm>,
) -> Result<Swap> {
    noun::update(&cx, permit.into_permit(), id, form).await
}

#[handler]
pub async fn retire(cx: Cx, permit: Permitted<Retire>, Sub(id): Sub) -> Result<Swap> {
    noun::retire(&cx, AREA, permit.into_permit(), id).await
}

#[handler]
pub async fn restore(cx: Cx, permit: Permitted<Restore>, Sub(id): Sub) -> Result<Swap> {
    noun::restore(&cx, AREA, permit.into_permit(), id).await
}
