//! Dynamic fields: the list with their use, and the form of one with its preview.

use entities::Rejected;
use entities::field::list as fields;
use entities::field::{Create, Field, Restore, Retire, Update};
use maud::{Markup, html};
use poem::handler;

use super::area::Area;
use super::field_differing as differing;
use super::field_form::{FieldForm, place};
use super::field_options::told;
use super::field_preview::preview as shown;
use super::field_sheet::sheets;
use super::form::{self, Faults, Outcome};
use super::noun;
use super::page::{self, Asked, Find, Item};
use super::sheet::{self, State};
use crate::error::Result;
use crate::fields::words::{self, label};
use crate::web::cx::Cx;
use crate::web::form::{Form, Query};
use crate::web::parts::{Pager, Tone, column, notice};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;

const AREA: Area = Area::Fields;

fn needed(cx: &Cx, field: &Field) -> String {
    let all = field.settings.required.iter();
    let said: Vec<String> = all.map(|m| words::moment(cx.locale, *m)).collect();
    said.join(", ")
}

#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let rows = fields::list(&cx.db, &cx.actor, asked.show()).await?;
    let table = html! {
        table class="grid grid--plain" {
            caption class="sr" { (AREA.words(&cx)) }
            thead { tr {
                (column(&cx.t("settings-name"))) (column(&cx.t("field-kind"))) (column(&cx.t("field-key")))
                (column(&cx.t("field-required"))) (column(&cx.t("field-use")))
            } }
            tbody {
                @for row in &rows {
                    @let field = &row.field;
                    tr class=[field.row.retired_at.map(|_| "is-retired")] {
                        td {
                            a class="subject" href=(AREA.entry(field.row.id)) { (label(cx.locale, field)) }
                            @if field.row.retired_at.is_some() { " (" (cx.t("settings-retired-mark")) ")" }
                        }
                        td { (words::kind(cx.locale, field.row.kind)) }
                        td { code { (field.row.key) } }
                        td { (needed(&cx, field)) }
                        td class="n" { (cx.locale.number(row.used)) @if row.used >= fields::MOST_COUNTED { "+" } }
                    }
                }
            }
        }
    };
    page::list(&cx, AREA, &asked, Find::Nothing, table, Pager::default()).await
}

/// The page with this form.
async fn show(
    cx: &Cx,
    open: Option<&Field>,
    form: &FieldForm,
    faults: &Faults,
    told: Markup,
) -> Result<Markup> {
    let id = open.map(|f| f.row.id);
    let rows = fields::list(&cx.db, &cx.actor, Asked::default().show()).await?;
    let items: Vec<Item> = rows
        .iter()
        .map(|row| Item {
            url: AREA.entry(row.field.row.id),
            name: label(cx.locale, &row.field),
            more: words::kind(cx.locale, row.field.row.kind),
            current: page::current(row.field.row.id, id),
        })
        .collect();
    let facts = form.read(cx, open).await?.facts;
    let title = match form.label_de.trim() {
        "" => AREA.new_words(cx),
        label => label.to_owned(),
    };
    let sheets = sheets(cx, open, form, faults, told, &facts).await?;
    page::entry(cx, AREA, &title, &items, sheets).await
}

async fn refuse(cx: &Cx, open: Option<&Field>, form: &FieldForm, faults: &Faults) -> Result<Swap> {
    let page = show(cx, open, form, faults, html! {}).await?;
    Ok(super::invalid(cx, page))
}

#[handler]
pub async fn new(cx: Cx, _permit: Permitted<Create>) -> Result<Markup> {
    let form = FieldForm::empty(fields::next_position(&cx.db).await?);
    show(&cx, None, &form, &Faults::default(), html! {}).await
}

#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<Create>,
    Form(form): Form<FieldForm>,
) -> Result<Swap> {
    let read = form.read(&cx, None).await?;
    if !read.faults.is_empty() {
        return refuse(&cx, None, &form, &read.faults).await;
    }
    let command = Create {
        facts: read.facts,
        once: form.once.clone(),
    };
    match form::outcome(cx.db.change(permit.into_permit(), command).await)? {
        Outcome::Done(id) => Ok(noun::done(&cx, AREA, id, "created")),
        Outcome::Rejected(why) => {
            let faults = Faults::rejected(&cx, place(why), why);
            refuse(&cx, None, &form, &faults).await
        }
    }
}

#[handler]
pub async fn edit(cx: Cx, Sub(id): Sub, Query(asked): Query<Asked>) -> Result<Markup> {
    let field = fields::find(&cx.db, &cx.actor, id).await?;
    let done = html! {
        (sheet::told(&cx, &asked.done, State::of(Some(&field))))
        @if asked.done == "saved" && field.row.kind.has_options() {
            (notice(Tone::Info, &told(&cx, &field.options, &field.options), &html! {}))
        }
    };
    let form = FieldForm::of(&cx, &field).await?;
    show(&cx, Some(&field), &form, &Faults::default(), done).await
}

#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<Update>,
    Sub(id): Sub,
    Form(form): Form<FieldForm>,
) -> Result<Swap> {
    let before = fields::find(&cx.db, &cx.actor, id).await?;
    let mut form = form;
    form.key.clone_from(&before.row.key);
    let read = form.read(&cx, Some(&before)).await?;
    if !read.faults.is_empty() {
        return refuse(&cx, Some(&before), &form, &read.faults).await;
    }
    let facts = read.facts;
    match form::outcome(
        cx.db
            .change(permit.into_permit(), Update { id, facts })
            .await,
    )? {
        Outcome::Done(id) => Ok(noun::done(&cx, AREA, id, "saved")),
        Outcome::Rejected(why) => {
            let faults = Faults::rejected(&cx, place(why), why);
            if why != Rejected::ChangedMeanwhile {
                return refuse(&cx, Some(&before), &form, &faults).await;
            }
            // What was typed stays; saving again is a decision made with open eyes.
            let saved = fields::find(&cx.db, &cx.actor, id).await?;
            form.version = saved.row.version.to_string();
            let now = FieldForm::of(&cx, &saved).await?;
            let page = show(
                &cx,
                Some(&saved),
                &form,
                &faults,
                differing::told(&cx, &form, &now),
            )
            .await?;
            Ok(super::invalid(&cx, page))
        }
    }
}

/// `POST /settings/fields/new/preview`.
#[handler]
pub async fn preview_new(
    cx: Cx,
    _permit: Permitted<Create>,
    Form(form): Form<FieldForm>,
) -> Result<Swap> {
    previewed(&cx, None, &form).await
}

/// `POST /settings/fields/:sub/preview`.
#[handler]
pub async fn preview(
    cx: Cx,
    _permit: Permitted<Update>,
    Sub(id): Sub,
    Form(form): Form<FieldForm>,
) -> Result<Swap> {
    let field = fields::find(&cx.db, &cx.actor, id).await?;
    previewed(&cx, Some(&field), &form).await
}

async fn previewed(cx: &Cx, open: Option<&Field>, form: &FieldForm) -> Result<Swap> {
    let facts = form.read(cx, open).await?.facts;
    let back = open.map_or_else(|| AREA.new_url(), |f| AREA.entry(f.row.id));
    Ok(Swap::or_go_to(cx.asks, back).morph("field-preview", shown(cx, open, form, &facts)))
}

#[handler]
pub async fn retire(cx: Cx, permit: Permitted<Retire>, Sub(id): Sub) -> Result<Swap> {
    noun::retire(&cx, AREA, permit.into_permit(), id).await
}

#[handler]
pub async fn restore(cx: Cx, permit: Permitted<Restore>, Sub(id): Sub) -> Result<Swap> {
    noun::restore(&cx, AREA, permit.into_permit(), id).await
}
