//! The view a list begins with: opened for its reader, and compared with what stands in the address.

use entities::view::{self, ListColumn, View};
use entities::{DeskError, Uuid, history};
use maud::{Markup, html};

use super::list_fields::{ListFields, asked_options};
use super::list_query::{ListQuery, OWN};
use super::list_questions::asked_key;
use crate::error::Result;
use crate::fields::typed::PREFIX;
use crate::views::edit::{about, may_change};
use crate::web::cx::Cx;
use crate::web::form;
use crate::web::parts::{Look, Tone, button_link, icon, notice, submit};
use crate::web::url;

/// A view as it is open.
#[derive(Debug)]
pub struct Opened {
    pub view: View,
    /// What it keeps, as far as the reader may know it.
    pub kept: ListQuery,
    /// It asks for a field that is retired or that the reader may not know.
    pub lacks_field: bool,
}

impl Opened {
    /// Whether the list is no longer the one that is kept.
    pub fn is_changed(&self, query: &ListQuery) -> bool {
        query.first_page().normal() != self.kept
    }
}

/// The list of a query and the view it begins with. A view alone stands for what it keeps; with more in the
/// address that is the list, and a view that is not there for the reader is left out.
///
/// # Errors
/// `Hidden` when the address is that of a view which is not there for the reader.
pub async fn open(cx: &Cx, query: ListQuery) -> Result<(ListQuery, Option<Opened>)> {
    let without = |query: ListQuery| ListQuery {
        view: String::new(),
        own: String::new(),
        ..query
    };
    if query.view.is_empty() {
        return Ok((without(query), None));
    }
    let found = match Uuid::try_parse(&query.view) {
        Ok(id) => view::find(&cx.db, &cx.actor, id).await,
        Err(_) => Err(DeskError::Hidden),
    };
    let view = match found {
        Ok(view) => view,
        Err(DeskError::Hidden) if !query.own.is_empty() => return Ok((without(query), None)),
        Err(other) => return Err(other.into()),
    };
    let (kept, lacks_field) = known_only(cx, ListQuery::of_view(&view)).await?;
    let query = if query.own.is_empty() {
        ListQuery {
            after: query.after,
            back: query.back,
            left: query.left,
            to: query.to,
            ..kept.clone()
        }
    } else {
        ListQuery {
            own: OWN.to_owned(),
            ..query
        }
    };
    let opened = Opened {
        view,
        kept,
        lacks_field,
    };
    Ok((query, Some(opened)))
}

/// Without fields that are retired or that the reader may not know, so that not even their keys are told.
pub async fn known_only(cx: &Cx, mut query: ListQuery) -> Result<(ListQuery, bool)> {
    let sorted = query.sort.trim_start_matches('-').strip_prefix(PREFIX);
    let columns = query.columns();
    let has_column = columns.iter().any(|c| matches!(c, ListColumn::Field(_)));
    if query.field.is_empty() && sorted.is_none() && !has_column {
        return Ok((query, false));
    }
    let fields = entities::field::read::definitions(&cx.db).await?;
    let known = |key: &str| {
        let mut fields = fields.iter();
        fields.any(|f| f.row.key == key && f.row.retired_at.is_none() && f.is_visible(&cx.actor))
    };
    let before = (query.field.len(), columns.len(), query.sort.len());
    if sorted.is_some_and(|key| !known(key)) {
        query.sort.clear();
    }
    query
        .field
        .retain(|text| asked_key(text).is_some_and(known));
    let columns = columns.into_iter().filter(|column| match column {
        ListColumn::Field(key) => known(key),
        _ => true,
    });
    query.column = columns.map(|column| column.name()).collect();
    let lacks = before != (query.field.len(), query.column.len(), query.sort.len());
    Ok((query.normal(), lacks))
}

/// The names of what a list asks for and that was retired since.
pub async fn gone(cx: &Cx, query: &ListQuery, fields: &ListFields) -> Result<Vec<String>> {
    let mut names = history::retired(&cx.db, &query.ids()).await?;
    names.extend(asked_options(cx, query, fields));
    Ok(names)
}

/// What is to be said above the rows: the view was changed, is retired, or asks for what is gone.
pub fn list_told(cx: &Cx, query: &ListQuery, opened: Option<&Opened>, gone: &[String]) -> Markup {
    let is_open = query.plain_filter(cx).active() == Some(true);
    let is_retired = opened.is_some_and(|o| o.view.retired_at.is_some());
    html! {
        @if is_retired {
            div class="sheet__note" { (notice(Tone::Info, &cx.t("view-is-retired"), &html! { (cx.t("view-is-retired-more")) })) }
        }
        @if opened.is_some_and(|o| o.lacks_field) {
            div class="sheet__note" { (notice(Tone::Warn, &cx.t("view-lacks-field"), &html! {})) }
        }
        @if !gone.is_empty() {
            @let names = gone.join(", ");
            div class="sheet__note" { (notice(Tone::Warn, &cx.locale.t_with("view-gone", &[("names", names.into())]), &html! { (cx.t("view-gone-more")) })) }
        }
        @if !query.group.is_empty() && !is_open {
            div class="sheet__note" { (notice(Tone::Info, &cx.t("list-group-open-only"), &html! {})) }
        }
        @if let Some(opened) = opened.filter(|o| o.is_changed(query)) { (changed(cx, query, opened)) }
    }
}

fn changed(cx: &Cx, query: &ListQuery, opened: &Opened) -> Markup {
    let view = &opened.view;
    let may = view.retired_at.is_none() && may_change(cx, view);
    let words = cx
        .locale
        .t_with("view-changed", &[("name", view.name.as_str().into())]);
    html! {
        div class="sheet__note" id="view-changed" {
            form class="cluster" action=(url::view_part(view.id, "filter")) method="post" {
                (form::csrf(&cx.session.csrf))
                input type="hidden" name="list" value=(query.encoded());
                span { (words) }
                @if may { (submit(Look::Secondary, &cx.t("view-keep-change"))) }
                (button_link(Look::Tertiary, &cx.t("view-save-new"), &url::new_view().with("list", query.encoded()), None))
                (button_link(Look::Tertiary, &cx.t("view-back"), &url::tickets().with("view", view.id), None))
            }
        }
    }
}

/// The link that saves what is shown; an unchanged view has nothing to save, and is cared for instead.
pub fn save_link(cx: &Cx, query: &ListQuery, opened: Option<&Opened>) -> Markup {
    html! {
        @match opened {
            None => a class="kern-btn kern-btn--tertiary" href=(url::new_view().with("list", query.encoded())) {
                (icon("star")) span class="kern-label" { (cx.t("view-save")) }
            },
            Some(opened) => {
                @let words = cx.t(about(may_change(cx, &opened.view)));
                a class="iconbtn" href=(url::view(opened.view.id)) aria-label=(words) title=(words) { (icon("star")) }
            },
        }
    }
}
