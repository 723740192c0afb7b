//! Changing one dynamic field of a ticket in place.

use entities::field::{self, Fault, Field, Right, read};
use entities::ticket::{SetFields, Ticket};
use entities::{DeskError, Rejected, Uuid};
use maud::Markup;
use poem::handler;

use super::fact_form::{Editable, asked, changed, refused, went_through};
use super::list_from::From;
use crate::error::{Result, rejected};
use crate::fields::control::{Control, Naming};
use crate::fields::typed::{self, Entry, Typed};
use crate::fields::words;
use crate::web::cx::Cx;
use crate::web::form::{Form, Query};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;
use crate::web::url;

/// A field as something a form changes in place.
pub struct FieldFact<'a>(pub &'a Field);

impl Editable for FieldFact<'_> {
    fn part(&self) -> String {
        format!("fields/{}", self.0.row.id)
    }

    fn label(&self, cx: &Cx) -> String {
        words::label(cx.locale, self.0)
    }

    fn style(&self) -> &'static str {
        "field"
    }
}

/// The name of the control.
const VALUE: &str = "value";

/// A field with what the ticket holds around it.
struct Open {
    field: Field,
    sheet: read::Sheet,
}

impl Open {
    /// Finds a field of a ticket the reader has found, as one they may fill.
    async fn read(cx: &Cx, ticket: &Ticket, id: Uuid) -> Result<Open> {
        let field = read::with_options(&cx.db, &[id]).await?.pop();
        let field = field.filter(|f| f.is_visible(&cx.actor));
        let field = field.ok_or(DeskError::Hidden)?;
        let sheet = read::sheet(&cx.db, &cx.actor, ticket).await?;
        if !sheet.fields.iter().any(|f| f.row.id == id) {
            return Err(DeskError::Hidden.into());
        }
        if field.right(&cx.actor) != Right::Write {
            return Err(DeskError::Forbidden.into());
        }
        Ok(Open { field, sheet })
    }

    fn entry(&self, cx: &Cx) -> Entry {
        let value = self.sheet.values.get(&self.field.row.id);
        typed::entry(cx, &self.field, value, &self.sheet.words)
    }

    fn control(&self, cx: &Cx, ticket: &Ticket, entry: &Entry, fault: Option<&str>) -> Markup {
        let control = Control {
            field: &self.field,
            name: VALUE,
            entry,
            fault,
            case: &self.sheet.case,
            beside: &self.sheet.values,
            hits: url::field_options(self.field.row.id).with("ticket", &ticket.number),
            naming: Naming::Beside,
            needed: false,
        };
        control.render(cx)
    }
}

/// `GET /tickets/:key/fields/:sub/edit`.
#[handler]
pub async fn edit(
    cx: Cx,
    permit: Permitted<SetFields>,
    Sub(id): Sub,
    Query(from): Query<From>,
) -> Result<Markup> {
    let ticket = permit.on();
    let open = Open::read(&cx, ticket, id).await?;
    let control = open.control(&cx, ticket, &open.entry(&cx), None);
    Ok(asked(&cx, ticket, &from, &FieldFact(&open.field), &control))
}

/// `POST /tickets/:key/fields/:sub`.
#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<SetFields>,
    Sub(id): Sub,
    Query(from): Query<From>,
    Form(typed): Form<Typed>,
) -> Result<Swap> {
    let ticket = permit.on().clone();
    let open = Open::read(&cx, &ticket, id).await?;
    let entry = typed.entry(VALUE).unwrap_or_default();
    let refuse = |fault: &str| {
        let control = open.control(&cx, &ticket, &entry, Some(fault));
        refused(&cx, &ticket, &from, &FieldFact(&open.field), &control, "")
    };
    let (case, beside) = (&open.sheet.case, &open.sheet.values);
    let value = match typed::value(&cx, &open.field, &entry, case, beside).await? {
        Ok(value) => value,
        Err(fault) => return Ok(refuse(&words::fault(cx.locale, &open.field, fault))),
    };
    let wanted = vec![(id, value)];
    let sets = field::change::prepare(&cx.db, &cx.actor, Some(ticket.id), wanted).await?;
    match cx.db.change(permit.into_permit(), SetFields { sets }).await {
        Err(DeskError::Rejected(Rejected::NothingToDo)) => changed(&cx, &ticket, &from).await,
        Err(DeskError::Rejected(why)) => Ok(refuse(&told(&cx, &open.field, why))),
        result => {
            went_through(result)?;
            changed(&cx, &ticket, &from).await
        }
    }
}

/// Why a value was refused, in words about its field.
pub fn told(cx: &Cx, field: &Field, why: Rejected) -> String {
    match why {
        Rejected::Field { fault, .. } => words::fault(cx.locale, field, fault),
        why => rejected(cx.locale, why),
    }
}

/// What is wrong with a needed field that is empty.
pub fn missing(cx: &Cx, field: &Field) -> String {
    words::fault(cx.locale, field, Fault::Missing)
}

/// Whether the reader may change it on this ticket.
pub fn is_editable(cx: &Cx, ticket: &Ticket, field: &Field) -> bool {
    cx.may(entities::Permission::Classify, ticket.place())
        && field.right(&cx.actor) == Right::Write
        && field.row.retired_at.is_none()
}

/// The address of a field's form.
pub fn edit_url(ticket: &Ticket, field: &Field, from: &From) -> url::Url {
    let part = format!("{}/edit", FieldFact(field).part());
    from.keep(url::ticket_part(&ticket.number, part))
}
