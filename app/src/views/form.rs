//! The form of a view: its name, where it is kept, and what it selects in words.

use entities::Rejected;
use entities::view::{self, Shelf, View};
use maud::{Markup, html};
use serde::Deserialize;
use validator::Validate;

use crate::error::Result;
use crate::settings::form::{self, Faults};
use crate::tickets::list_chips;
use crate::tickets::list_fields::ListFields;
use crate::tickets::list_query::ListQuery;
use crate::tickets::list_view::known_only;
use crate::web::cx::Cx;
use crate::web::parts::{Choice, Field};

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ViewForm {
    #[validate(custom(function = "form::needed"))]
    pub name: String,
    /// The key of a shelf.
    pub shelf: String,
    /// The list to be kept, as it stands in the address of a ticket.
    pub list: String,
    pub once: Option<String>,
}

impl ViewForm {
    /// Fields that can have faults by themselves.
    pub const ORDER: &'static [&'static str] = &["name"];

    /// The form of a view there is.
    pub fn of(view: &View) -> ViewForm {
        ViewForm {
            name: view.name.clone(),
            shelf: view.shelf().key(),
            ..ViewForm::default()
        }
    }

    /// Where it is to be kept; one's own shelf when nothing was chosen.
    pub fn shelf(&self, cx: &Cx) -> Option<Shelf> {
        Shelf::from_key(&self.shelf).or_else(|| cx.actor.person_id().map(Shelf::Person))
    }
}

/// The field a state of the model is shown at.
pub fn place(why: Rejected) -> &'static str {
    match why {
        Rejected::ShelfNotYours => "shelf",
        other => form::place(other, "name", "shelf"),
    }
}

/// Name and shelf, with what was typed and its faults.
pub async fn fields(cx: &Cx, form: &ViewForm, faults: &Faults) -> Result<Markup> {
    let shelves = view::shelves(&cx.db, &cx.actor).await?;
    let choices: Vec<Choice> = shelves
        .into_iter()
        .map(|(shelf, name)| Choice::new(shelf.key(), shelf_words(cx, shelf, name.as_deref())))
        .collect();
    Ok(html! {
        (form::text(
            cx,
            Field::new("name", &cx.t("view-name")).hint(&cx.t("view-name-hint")).fault(faults.of("name")).first(),
            "text",
            &form.name,
        ))
        @if choices.len() > 1 {
            (form::select(
                cx,
                Field::new("shelf", &cx.t("view-shelf")).hint(&cx.t("view-shelf-hint")).fault(faults.of("shelf")),
                &choices,
                &form.shelf,
            ))
        } @else if let Some(fault) = faults.of("shelf") {
            p class="error" id="shelf" { (fault) }
        }
    })
}

/// What a shelf is called.
pub fn shelf_words(cx: &Cx, shelf: Shelf, team: Option<&str>) -> String {
    match (shelf, team) {
        (Shelf::Person(_), _) => cx.t("view-shelf-own"),
        (Shelf::Team(_), Some(name)) => cx
            .locale
            .t_with("view-shelf-team", &[("name", name.into())]),
        (Shelf::Team(_), None) => cx.t("fact-team"),
        (Shelf::Everybody, _) => cx.t("view-shelf-everybody"),
    }
}

/// What a list selects, in words, as far as the reader may know it.
pub async fn selected(cx: &Cx, query: ListQuery) -> Result<Markup> {
    let (query, _) = known_only(cx, query).await?;
    let names = query.names(cx).await?;
    let fields = ListFields::read(cx, &query, &[]).await?;
    let asked = list_chips::asked(cx, &query, &names, &fields);
    Ok(html! {
        div class="field" {
            span class="label" { (cx.t("view-selects")) }
            @if asked.is_empty() { p { (cx.t("view-selects-all")) } }
            @else {
                p class="cluster" { @for one in &asked { span class="chip chip--said" { (one.field) " " b { (one.value) } } } }
            }
        }
    })
}
