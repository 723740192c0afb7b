//! Filters of incoming mail: the list in their order, and the pages of one.

use entities::mail_filter::{self, MailFilter, MailFilterFacts};
use entities::setting::Noun as _;
use entities::{DeskError, Permission, Rejected, Uuid, mailbox};
use maud::{Markup, html};
use poem::handler;

use super::area::Area;
use super::filter_fields::{condition_words, conditions, effect_fields, trying};
use super::filter_form::FilterForm;
use super::form::{self, Faults};
use super::noun::NounForm;
use super::page::{self, Asked, Find, Item};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::{Field, Pager, column, kind_words, moment, priority_words};

const AREA: Area = Area::Filters;

/// How many of the mails a filter has left alone stand on its page.
const MOST_IGNORED: u64 = 20;

impl NounForm for FilterForm {
    type Noun = MailFilter;

    const AREA: Area = AREA;
    const ORDER: &'static [&'static str] = FilterForm::ORDER;

    async fn empty(cx: &Cx) -> Result<Self> {
        Ok(FilterForm {
            position: mail_filter::next_position(&cx.db).await?.to_string(),
            ..FilterForm::default()
        })
    }

    fn of(_: &Cx, filter: &MailFilter) -> Self {
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
