//! Absences as lines: days, who stands in, who said so, and the ways to change and end them.

use std::collections::HashMap;

use chrono::NaiveDate;
use entities::Uuid;
use entities::absence::{Absence, Absentee, Source};
use entities::{person, service};
use maud::{Markup, html};

use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::csrf;
use crate::web::parts::{Look, button_link, column, submit};
use crate::web::url;

/// Names of people and services.
pub type Named = HashMap<Uuid, String>;

/// Whom and what absences name.
pub async fn names(cx: &Cx, all: &[Absence]) -> Result<Named> {
    let of_services = all.iter().flat_map(|one| &one.services);
    let people = all.iter().flat_map(|one| {
        let row = &one.row;
        row.deputy_id.into_iter().chain(row.entered_by_id)
    });
    let people: Vec<Uuid> = people.chain(of_services.map(|s| s.deputy_id)).collect();
    let mut named = person::names_by_id(&cx.db, &people).await?;
    let services = service::choices(&cx.db).await?;
    named.extend(services.into_iter().map(|s| (s.id, s.name)));
    Ok(named)
}

/// "heute – Fr, 04.12."
pub fn days(cx: &Cx, from: NaiveDate, to: NaiveDate) -> String {
    let (first, last) = (
        cx.locale.dated_day(from, &cx.now),
        cx.locale.dated_day(to, &cx.now),
    );
    match from == to {
        true => first,
        false => format!("{first} – {last}"),
    }
}

/// The table; a sentence where there is nothing.
pub fn lines(cx: &Cx, absentee: &Absentee, all: &[&Absence], named: &Named) -> Markup {
    html! {
        @if all.is_empty() {
            p class="sheet__body muted" { (cx.t("absence-none")) }
        } @else {
            table class="grid grid--plain" {
                caption class="sr" { (cx.t("absences-title")) }
                thead { tr {
                    (column(&cx.t("absence-days"))) (column(&cx.t("absence-stands-in"))) (column(&cx.t("absence-act")))
                } }
                tbody { @for absence in all { (line(cx, absentee, absence, named)) } }
            }
        }
    }
}

fn line(cx: &Cx, absentee: &Absentee, absence: &Absence, named: &Named) -> Markup {
    let row = &absence.row;
    let name = |id: &Uuid| named.get(id).cloned().unwrap_or_default();
    let said = days(cx, row.from_on, row.to_on);
    let has_begun = row.from_on <= cx.now.today();
    let end = match has_begun {
        true => "absence-back",
        false => "absence-cancel",
    };
    html! {
        tr {
            td {
                (said)
                @if let Some(by) = by(cx, absence, named) { br; span class="small muted" { (by) } }
            }
            td {
                @match &row.deputy_id {
                    Some(id) => (name(id)),
                    None => (cx.t("absence-anyway")),
                }
                @for one in &absence.services {
                    br; span class="small muted" { (name(&one.service_id)) ": " (name(&one.deputy_id)) }
                }
            }
            td {
                div class="cluster" {
                    (button_link(Look::Tertiary, &cx.t("absence-change"), &url::absence(absentee, row.id), None))
                    form action=(url::end_absence(absentee, row.id)) method="post" {
                        (csrf(&cx.session.csrf))
                        (submit(Look::Tertiary, &cx.t(end)))
                    }
                }
            }
        }
    }
}

/// Where it is known from, unless the person said so.
fn by(cx: &Cx, absence: &Absence, named: &Named) -> Option<String> {
    match absence.row.source {
        Source::Oneself => None,
        Source::Feed => Some(cx.t("absence-by-calendar")),
        Source::Other => {
            let name = named.get(&absence.row.entered_by_id?)?;
            let args = [("name", name.as_str().into())];
            Some(cx.locale.t_with("absence-by", &args))
        }
    }
}
