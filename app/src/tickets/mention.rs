//! Naming colleagues in a note: the list that opens behind an `@`, and how a name is shown.

use std::fmt::Write as _;

use entities::ticket::{Ticket, WriteNote, mention};
use entities::{DeskError, Permission, Uuid};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::composer::written::Written;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::markdown;
use crate::web::parts::marks;
use crate::web::permitted::Seen;

/// How many people the list offers.
const MOST: usize = 8;

/// What was typed behind the `@`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    typed: String,
}

/// `GET /tickets/:key/mentions?typed=`: the options of the list. Who may not see the ticket is told apart and cannot be chosen.
#[handler]
pub async fn list(
    cx: Cx,
    Seen(ticket): Seen<Ticket>,
    Query(asked): Query<Typed>,
) -> Result<Markup> {
    if !cx.may(Permission::Note, ticket.place()) {
        return Err(DeskError::Forbidden.into());
    }
    let typed = asked.typed.trim();
    let found = mention::candidates(&cx.db, &cx.actor, &ticket, typed, MOST).await?;
    Ok(html! {
        @for one in &found {
            li class={ "opt-row" @if !one.may_see { " is-off" } } role="option" id={ "mention-" (one.id.simple()) } aria-selected="false"
                aria-disabled=[(!one.may_see).then_some("true")] data-value=(one.id) data-text=(one.name) {
                span { (marks(&one.name, &::search::ranges(&one.name, typed))) } span {}
                @if !one.may_see { small { (cx.t("mention-cannot-see")) } }
            }
        }
        @if found.is_empty() {
            li class="opt-row muted small" role="option" aria-disabled="true" aria-selected="false" { (cx.t("mention-nobody")) }
        }
    })
}

/// The note of a form as the command that tells whoever is named in it.
pub async fn telling(cx: &Cx, written: &Written, note: WriteNote) -> Result<mention::WriteNoteTo> {
    let people = mention::named_in(&cx.db, &note.body, &chosen(&written.mentions)).await?;
    Ok(mention::WriteNoteTo { note, people })
}

/// Who was chosen from the list, as the form remembers them.
fn chosen(mentions: &str) -> Vec<Uuid> {
    let ids = mentions.split(',').take(mention::MOST);
    ids.filter_map(|id| Uuid::try_parse(id.trim()).ok())
        .collect()
}

/// The sentence about somebody who may not see the ticket.
pub async fn blind(cx: &Cx, person: Uuid) -> Result<String> {
    let names = entities::person::names_by_id(&cx.db, &[person]).await?;
    let name = names.get(&person).cloned().unwrap_or_default();
    Ok(cx
        .locale
        .t_with("mention-refused", &[("name", name.into())]))
}

/// What the composer of a note carries along: whom the list chose, and the list itself.
pub fn list_of_note(cx: &Cx, ticket: &Ticket, written: &Written) -> Markup {
    let there = super::composer::fragment::part(&ticket.number, "mentions");
    html! {
        input type="hidden" name="mentions" value=(written.mentions.trim());
        ul class="pop opts combo__list mentions" id="mentions" role="listbox" aria-label=(cx.t("mention-list")) data-mentions=(there) hidden {}
        span id="mentions-hint" class="sr" { (cx.t("mention-hint")) }
    }
}

/// A note with the names of those who were told of it standing out.
pub fn text_of_note(body: &str, named: &[String]) -> Markup {
    let mut body = body.to_owned();
    let mut longest_first: Vec<&String> = named.iter().collect();
    longest_first.sort_by_key(|name| std::cmp::Reverse(name.len()));
    for name in longest_first {
        body = strong(&body, name);
    }
    markdown::render(&body)
}

/// Marks a name behind an `@`, where the name ends there.
fn strong(body: &str, name: &str) -> String {
    let named = format!("@{name}");
    let mut out = String::with_capacity(body.len() + 8);
    let mut rest = body;
    while let Some(at) = rest.find(&named) {
        let (before, behind) = (&rest[..at], &rest[at + named.len()..]);
        let is_part = before.ends_with(|c: char| c.is_alphanumeric() || c == '*')
            || behind.starts_with(|c: char| c.is_alphanumeric() || c == '-');
        out.push_str(before);
        let _ = match is_part {
            true => write!(out, "{named}"),
            false => write!(out, "**{named}**"),
        };
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_out_where_they_stand_whole() {
        let named = ["Jonas Weber".to_owned(), "Jonas Weber-Lang".to_owned()];
        let shown = text_of_note("@Jonas Weber, @Jonas Weber-Lang und @Jonas Webers", &named);
        assert_eq!(
            shown.into_string().trim(),
            "<p><strong>@Jonas Weber</strong>, <strong>@Jonas Weber-Lang</strong> und @Jonas Webers</p>"
        );
    }
}
