//! The dynamic fields in the panel of facts: what is filled, what is needed, and the rest behind one line.

use std::collections::HashSet;

use entities::Uuid;
use entities::field::read::Sheet;
use entities::field::{Field, Kind, Moment, Value, Words};
use entities::ticket::Ticket;
use maud::{Markup, html};

use super::field::{edit_url, is_editable};
use super::list_from::From;
use crate::fields::control::shown;
use crate::fields::words::{label, said};
use crate::web::cx::Cx;
use crate::web::form;
use crate::web::parts::{Look, button, foreign, icon_small};
use crate::web::url;

/// How many fields there are, and how many hold something.
pub fn tally(cx: &Cx, sheet: &Sheet) -> Markup {
    let args = [
        ("filled", sheet.values.len().into()),
        ("count", sheet.fields.len().into()),
    ];
    html! {
        @if !sheet.fields.is_empty() { span class="tally" { (cx.locale.t_with("fields-filled", &args)) } }
    }
}

/// The rows of one group; those without a group belong to the classification.
pub fn rows(cx: &Cx, ticket: &Ticket, sheet: &Sheet, group: &Words, from: &From) -> Markup {
    let needed: HashSet<Uuid> = needed(cx, sheet).iter().map(|f| f.row.id).collect();
    let own: Vec<&Field> = sheet
        .fields
        .iter()
        .filter(|f| f.settings.group.de == group.de)
        .collect();
    let (open, empty): (Vec<&Field>, Vec<&Field>) = own
        .into_iter()
        .partition(|f| sheet.values.contains_key(&f.row.id) || needed.contains(&f.row.id));
    let row = |field: &Field| {
        row(
            cx,
            ticket,
            sheet,
            field,
            needed.contains(&field.row.id),
            from,
        )
    };
    let args = [("count", empty.len().into())];
    html! {
        @if !open.is_empty() { dl class="factlist" { @for field in &open { (row(field)) } } }
        @if !empty.is_empty() {
            details class="factmore" {
                summary { span { (cx.locale.t_with("fields-empty", &args)) } }
                dl class="factlist" { @for field in &empty { (row(field)) } }
            }
        }
    }
}

/// The groups beside the classification, in the order of their first fields.
pub fn groups(sheet: &Sheet) -> Vec<Words> {
    let mut groups: Vec<Words> = Vec::new();
    for field in &sheet.fields {
        let group = &field.settings.group;
        if !group.is_empty() && !groups.iter().any(|g| g.de == group.de) {
            groups.push(group.clone());
        }
    }
    groups
}

/// A group with a heading of its own.
pub fn group(cx: &Cx, ticket: &Ticket, sheet: &Sheet, group: &Words, from: &From) -> Markup {
    html! {
        details open {
            summary { h2 { (said(cx.locale, group)) } }
            div class="facts__in" { (rows(cx, ticket, sheet, group, from)) }
        }
    }
}

/// The fields that will be needed at some moment and are empty.
pub fn needed<'a>(cx: &Cx, sheet: &'a Sheet) -> Vec<&'a Field> {
    let mut all: Vec<&Field> = Vec::new();
    for moment in Moment::ALL {
        for field in sheet.missing(moment, &cx.actor) {
            if !all.iter().any(|f| f.row.id == field.row.id) {
                all.push(field);
            }
        }
    }
    all.sort_by_key(|f| (f.row.position, f.row.id));
    all
}

/// The way to the next needed field by one key, and to what stood in the last ticket of the person.
pub fn ways(cx: &Cx, ticket: &Ticket, sheet: &Sheet, from: &From) -> Markup {
    let needed = needed(cx, sheet);
    let next = needed.iter().find(|f| is_editable(cx, ticket, f));
    let same = from.keep(url::ticket_part(&ticket.number, "same"));
    let may = sheet.fields.iter().any(|f| is_editable(cx, ticket, f));
    html! {
        @if next.is_some() || (may && ticket.requester_id.is_some()) {
            div class="cluster fieldways" {
                @if let Some(field) = next {
                    @let edit = edit_url(ticket, field, from);
                    @let args = [("count", needed.len().into())];
                    a class="kern-btn kern-btn--tertiary" href=(edit) hx-get=(edit) hx-target={ "#" (row_id(field)) " > dd" } hx-swap="innerHTML"
                        hx-sync="#facts:replace" data-key="e" aria-keyshortcuts="e" {
                        span class="kern-label" { (cx.locale.t_with("fields-next", &args)) } kbd aria-hidden="true" { "E" }
                    }
                }
                @if may && ticket.requester_id.is_some() && sheet.values.len() < sheet.fields.len() {
                    form action=(same) method="post" hx-post=(same) hx-swap="none" {
                        (form::csrf(&cx.session.csrf))
                        (button(Look::Tertiary, &cx.t("fields-same"), "same", "1"))
                    }
                }
            }
        }
    }
}

fn row_id(field: &Field) -> String {
    format!("fact-field-{}", field.row.key)
}

fn row(
    cx: &Cx,
    ticket: &Ticket,
    sheet: &Sheet,
    field: &Field,
    is_needed: bool,
    from: &From,
) -> Markup {
    let name = label(cx.locale, field);
    let value = sheet.values.get(&field.row.id);
    let words = match value {
        Some(value) => html! { (foreign(&shown(cx, field, value, &sheet.words))) },
        None if is_needed => html! { span class="need" { (cx.t("field-needed")) } },
        None => html! { span class="edit--empty" { (cx.t("fact-none")) } },
    };
    let change = cx
        .locale
        .t_with("fact-change", &[("fact", name.as_str().into())]);
    let target = value.and_then(|value| target(field, value, sheet));
    let edit = edit_url(ticket, field, from);
    html! {
        div class={ "fact" @if field.row.kind == Kind::LongText { " fact--long" } } id=(row_id(field)) {
            dt { (name) }
            dd {
                @if !is_editable(cx, ticket, field) {
                    @match &target {
                        Some(target) => a href=(target) rel="noopener noreferrer" { (words) },
                        None => (words),
                    }
                } @else if let Some(target) = &target {
                    span class="edit edit--link" {
                        a href=(target) rel="noopener noreferrer" { (words) }
                        a class="iconbtn" href=(edit) hx-get=(edit) hx-target="closest dd" hx-swap="innerHTML" hx-sync="#facts:replace"
                            aria-label=(change) title=(change) { (icon_small("edit")) }
                    }
                } @else {
                    a class="edit" href=(edit) hx-get=(edit) hx-target="closest dd" hx-swap="innerHTML" hx-sync="#facts:replace" {
                        span class="sr" { (change) " " }
                        (words) (icon_small("edit"))
                    }
                }
            }
        }
    }
}

/// Where a value leads: a ticket of this desk, or the case elsewhere.
fn target(field: &Field, value: &Value, sheet: &Sheet) -> Option<String> {
    match (field.row.kind, value) {
        (Kind::Ticket, Value::Reference(id)) => {
            let number = &sheet.words.get(id)?.de;
            Some(url::ticket(number).to_string())
        }
        (Kind::External, Value::Text(text)) => {
            let link = field.settings.limits.link.as_deref()?;
            Some(link.replace("{value}", &url::encoded(text)))
        }
        _ => None,
    }
}
