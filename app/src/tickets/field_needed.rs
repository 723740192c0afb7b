//! Fields that are needed before something may happen: asked for in the form of that something.

use entities::field::rules::Case;
use entities::field::{self, Field, Moment, Value, Values, read};
use entities::ticket::Ticket;
use entities::{Rejected, Uuid};
use maud::{Markup, html};

use super::field::{missing, told};
use crate::error::Result;
use crate::fields::control::{Control, Naming};
use crate::fields::typed::{self, Entry, Typed, name};
use crate::web::cx::Cx;
use crate::web::url;

/// The needed fields of a form, with what came for them.
#[derive(Debug)]
pub struct Needed {
    fields: Vec<Asked>,
    case: Case,
    beside: Values,
}

#[derive(Debug)]
struct Asked {
    field: Field,
    entry: Entry,
    fault: Option<String>,
}

impl Needed {
    /// What the form brought for fields, and what is needed at the moment and still empty.
    pub async fn read(
        cx: &Cx,
        ticket: &Ticket,
        case: Case,
        moment: Option<Moment>,
        typed: &Typed,
    ) -> Result<Needed> {
        let sheet = read::sheet_for(&cx.db, &cx.actor, ticket.id, case).await?;
        let missing: Vec<Uuid> = match moment {
            Some(moment) => {
                let missing = sheet.missing(moment, &cx.actor);
                missing.iter().map(|f| f.row.id).collect()
            }
            None => vec![],
        };
        let came = sheet
            .fields
            .iter()
            .filter(|f| typed.entry(&name(f)).is_some());
        let mut ids: Vec<Uuid> = came.map(|f| f.row.id).collect();
        ids.extend(missing.iter().copied());
        ids.sort_unstable();
        ids.dedup();
        let fields = read::with_options(&cx.db, &ids).await?;
        Ok(Needed {
            fields: fields
                .into_iter()
                .map(|field| Asked {
                    entry: typed.entry(&name(&field)).unwrap_or_default(),
                    field,
                    fault: None,
                })
                .collect(),
            case: sheet.case,
            beside: sheet.values,
        })
    }

    /// Whether the form has any.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The values the form stands for; what is wrong stays with its field.
    pub async fn values(&mut self, cx: &Cx) -> Result<Option<Vec<(Uuid, Option<Value>)>>> {
        let mut beside = self.beside.clone();
        let mut values = Vec::new();
        let mut fine = true;
        for asked in &mut self.fields {
            let field = &asked.field;
            match typed::value(cx, field, &asked.entry, &self.case, &beside).await? {
                Ok(Some(value)) => {
                    beside.insert(field.row.id, value.clone());
                    values.push((field.row.id, Some(value)));
                }
                Ok(None) => {}
                Err(fault) => {
                    fine = false;
                    asked.fault = Some(crate::fields::words::fault(cx.locale, field, fault));
                }
            }
        }
        self.beside = beside;
        Ok(fine.then_some(values))
    }

    /// The values ready to be set.
    pub async fn sets(
        cx: &Cx,
        ticket: &Ticket,
        values: Vec<(Uuid, Option<Value>)>,
    ) -> Result<field::change::Sets> {
        Ok(field::change::prepare(&cx.db, &cx.actor, Some(ticket.id), values).await?)
    }

    /// Puts what the model refused to the field it is about, or to every one that is empty.
    pub fn refuse(&mut self, cx: &Cx, why: Rejected) {
        for asked in &mut self.fields {
            let is_empty = asked.entry.values.iter().all(|v| v.trim().is_empty())
                && asked.entry.text.trim().is_empty();
            match why {
                Rejected::Field { id, .. } if id == asked.field.row.id => {
                    asked.fault = Some(told(cx, &asked.field, why));
                }
                Rejected::FieldsMissing if is_empty => {
                    asked.fault = Some(missing(cx, &asked.field));
                }
                _ => {}
            }
        }
    }

    /// The controls.
    pub fn render(&self, cx: &Cx, ticket: &Ticket) -> Markup {
        html! {
            @for asked in &self.fields {
                (Control {
                    field: &asked.field,
                    name: &name(&asked.field),
                    entry: &asked.entry,
                    fault: asked.fault.as_deref(),
                    case: &self.case,
                    beside: &self.beside,
                    hits: url::field_options(asked.field.row.id).with("ticket", &ticket.number),
                    naming: Naming::Label,
                    needed: true,
                }.render(cx))
            }
        }
    }
}

/// Why something was refused; what is missing is named.
pub async fn words(cx: &Cx, ticket: &Ticket, why: Rejected, moment: Moment) -> Result<String> {
    if why != Rejected::FieldsMissing {
        return Ok(crate::error::rejected(cx.locale, why));
    }
    let sheet = read::sheet(&cx.db, &cx.actor, ticket).await?;
    let names: Vec<String> = sheet
        .missing(moment, &cx.actor)
        .iter()
        .map(|field| crate::fields::words::label(cx.locale, field))
        .collect();
    let args = [("fields", names.join(", ").into())];
    Ok(cx.locale.t_with("fields-missing-in", &args))
}
