//! Categories of the knowledge base: the tree, and the form of one.

use entities::category::{self, Category, CategoryFacts};
use entities::{DeskError, Rejected, Uuid};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;
use validator::Validate;

use super::area::Area;
use super::form::{self, Faults};
use super::noun::NounForm;
use super::page::{self, Asked, Find, Item};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::{Field, Pager, column};
use crate::web::url;

const AREA: Area = Area::Categories;

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct CategoryForm {
    #[validate(custom(function = "form::needed"))]
    name: String,
    parent: String,
    once: Option<String>,
}

impl NounForm for CategoryForm {
    type Noun = Category;

    const AREA: Area = AREA;
    const ORDER: &'static [&'static str] = &["name"];

    fn of(_: &Cx, category: &Category) -> Self {
        CategoryForm {
            name: category.name.clone(),
            parent: form::id_text(category.parent_id),
            once: None,
        }
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn once(&self) -> Option<String> {
        self.once.clone()
    }

    fn facts(&self, _: &Cx, _: Option<&Category>) -> CategoryFacts {
        CategoryFacts {
            name: self.name.clone(),
            parent_id: form::id(&self.parent),
        }
    }

    fn place(why: Rejected) -> &'static str {
        form::place(why, "name", "parent")
    }

    async fn find(cx: &Cx, id: Uuid) -> Result<Category, DeskError> {
        category::find(&cx.db, &cx.actor, id).await
    }

    async fn items(cx: &Cx, open: Option<&Category>) -> Result<Vec<Item>> {
        let rows = category::list(&cx.db, &cx.actor, Asked::default().show()).await?;
        let item = |row: category::Row| Item {
            url: AREA.entry(row.category.id),
            current: page::current(row.category.id, open.map(|open| open.id)),
            name: format!("{}{}", "– ".repeat(row.depth), row.category.name),
            more: String::new(),
        };
        Ok(rows.into_iter().map(item).collect())
    }

    async fn fields(&self, cx: &Cx, open: Option<&Category>, faults: &Faults) -> Result<Markup> {
        let mut parents = category::choices(&cx.db).await?;
        parents.retain(|choice| Some(choice.id) != open.map(|open| open.id));
        Ok(html! {
            (form::text(cx, Field::new("name", &cx.t("settings-name")).fault(faults.of("name")), "text", &self.name))
            (form::select(
                cx,
                Field::new("parent", &cx.t("category-parent")).optional().fault(faults.of("parent")),
                &form::options(cx, "category-top", &parents, &self.parent),
                &self.parent,
            ))
        })
    }

    async fn told(cx: &Cx, category: &Category) -> Result<Markup> {
        let articles = url::knowledge().with("category", category.id);
        Ok(html! { p { a href=(articles) { (cx.t("category-articles")) } } })
    }
}

#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let rows = category::list(&cx.db, &cx.actor, asked.show()).await?;
    let table = html! {
        table class="grid grid--plain" {
            caption class="sr" { (AREA.words(&cx)) }
            thead { tr { (column(&cx.t("settings-name"))) } }
            tbody {
                @for row in &rows {
                    tr class=[row.category.retired_at.map(|_| "is-retired")] {
                        td {
                            @for _ in 0..row.depth { span class="muted" aria-hidden="true" { "– " } }
                            a class="subject" href=(AREA.entry(row.category.id)) { (row.category.name) }
                            @if row.category.retired_at.is_some() { " (" (cx.t("settings-retired-mark")) ")" }
                        }
                    }
                }
            }
        }
    };
    page::list(&cx, AREA, &asked, Find::Nothing, table, Pager::default()).await
}
