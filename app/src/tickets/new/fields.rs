//! The dynamic fields of the form for a call: those of its kind and service, with what was typed into them.

use std::collections::BTreeMap;

use entities::field::{Field, Moment, Values, read, rules};
use entities::permit::Desk;
use entities::ticket::Open;
use entities::{Uuid, field};
use maud::{Markup, html};
use poem::handler;

use super::fragment::{case_selects, phone_fields};
use super::state::{Phone, place};
use super::taken::Taken;
use crate::error::Result;
use crate::fields::control::{Control, Naming};
use crate::fields::hits;
use crate::fields::typed::{self, Entry, name};
use crate::tickets::field_same::last;
use crate::web::cx::Cx;
use crate::web::form::Form;
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;
use crate::web::url;

/// The fields as the form shows them.
#[derive(Clone, Debug)]
pub struct Fields {
    pub shown: Vec<Field>,
    pub case: rules::Case,
    /// What the options of one field know of the others.
    pub beside: Values,
    /// Begun with, or typed, by key.
    pub entries: BTreeMap<String, Entry>,
}

impl Fields {
    /// The fields such a call has; what was not typed yet begins with its default.
    pub async fn read(cx: &Cx, taken: &Taken) -> Result<Fields> {
        let service_id = Uuid::try_parse(&taken.service_id).ok();
        let case = hits::case(cx, &taken.kind, service_id).await?;
        let sheet = read::blank(&cx.db, &cx.actor, case).await?;
        let mut entries = BTreeMap::new();
        let mut beside = Values::new();
        let presets: Values = sheet
            .fields
            .iter()
            .filter_map(|f| Some((f.row.id, f.preset(&sheet.case, None)?.clone())))
            .collect();
        let all: Vec<&field::Value> = presets.values().collect();
        let words = read::words(&cx.db, &cx.actor, &all).await?;
        for field in &sheet.fields {
            let entry = match taken.fields.get(&field.row.key) {
                Some(entry) => entry.clone(),
                None => typed::entry(cx, field, presets.get(&field.row.id), &words),
            };
            if let Ok(Some(value)) = typed::value(cx, field, &entry, &sheet.case, &beside).await? {
                beside.insert(field.row.id, value);
            }
            entries.insert(field.row.key.clone(), entry);
        }
        Ok(Fields {
            shown: sheet.fields,
            case: sheet.case,
            beside,
            entries,
        })
    }

    /// The values the form stands for, or the faults by control.
    pub async fn values(
        &self,
        cx: &Cx,
    ) -> Result<Result<Vec<(Uuid, Option<field::Value>)>, Vec<(String, String)>>> {
        let mut values = Vec::new();
        let mut faults = Vec::new();
        let say = |field: &Field, fault| {
            (
                name(field),
                crate::fields::words::fault(cx.locale, field, fault),
            )
        };
        let none = Entry::default();
        for field in &self.shown {
            let entry = self.entries.get(&field.row.key).unwrap_or(&none);
            match typed::value(cx, field, entry, &self.case, &self.beside).await? {
                Ok(Some(value)) => match field.check(&value, None, &self.case, &self.beside) {
                    Ok(()) => values.push((field.row.id, Some(value))),
                    Err(fault) => faults.push(say(field, fault)),
                },
                Ok(None) if field.settings.required.contains(&Moment::Create) => {
                    faults.push(say(field, field::Fault::Missing));
                }
                Ok(None) => {}
                Err(fault) => faults.push(say(field, fault)),
            }
        }
        Ok(if faults.is_empty() {
            Ok(values)
        } else {
            Err(faults)
        })
    }

    /// The controls.
    pub fn render(&self, cx: &Cx, phone: &Phone) -> Markup {
        let none = Entry::default();
        html! {
            @for field in &self.shown {
                @let name = name(field);
                div class={ @if is_wide(field) { "span4" } @else { "span2" } } {
                    (Control {
                        field,
                        name: &name,
                        entry: self.entries.get(&field.row.key).unwrap_or(&none),
                        fault: phone.fault(&name),
                        case: &self.case,
                        beside: &self.beside,
                        hits: url::field_options(field.row.id),
                        naming: Naming::Label,
                        needed: field.settings.required.contains(&Moment::Create),
                    }.render(cx))
                }
            }
        }
    }
}

fn is_wide(field: &Field) -> bool {
    use entities::field::Kind;
    matches!(field.row.kind, Kind::LongText | Kind::Choices)
}

/// `POST /tickets/new/fields`: the fields anew, when kind or service changed.
#[handler]
pub async fn update(cx: Cx, may: Permitted<Open>, Form(taken): Form<typed::Typed>) -> Result<Swap> {
    let Desk = may.on();
    let phone = Phone::with(&cx, Taken::of_form(taken).settled()).await?;
    Ok(Swap::or_go_to(cx.asks, url::new_ticket()).morph("phone-fields", phone_fields(&cx, &phone)))
}

/// `POST /tickets/new/same`: as in the last ticket of the person on the phone.
#[handler]
pub async fn same(cx: Cx, may: Permitted<Open>, Form(taken): Form<typed::Typed>) -> Result<Swap> {
    let Desk = may.on();
    let taken = as_last(&cx, Taken::of_form(taken).settled()).await?;
    let once = taken.once();
    entities::draft::save(&cx.db, place(&cx)?, &taken.to_draft(), once.as_deref()).await?;
    let phone = Phone::with(&cx, taken).await?;
    Ok(Swap::or_go_to(cx.asks, url::new_ticket())
        .morph("phone-case", case_selects(&cx, &phone))
        .morph("phone-fields", phone_fields(&cx, &phone)))
}

/// The form with service, kind and values of the last ticket of whoever is on the phone.
async fn as_last(cx: &Cx, mut taken: Taken) -> Result<Taken> {
    let Ok(person) = Uuid::try_parse(&taken.person_id) else {
        return Ok(taken);
    };
    let Some((ticket, sheet)) = last(cx, person, None).await? else {
        return Ok(taken);
    };
    taken.service_id = ticket
        .service_id
        .map(|id| id.to_string())
        .unwrap_or_default();
    taken.kind = crate::web::parts::name(ticket.kind);
    for field in &sheet.fields {
        if let Some(value) = sheet.values.get(&field.row.id) {
            let entry = typed::entry(cx, field, Some(value), &sheet.words);
            taken.fields.insert(field.row.key.clone(), entry);
        }
    }
    Ok(taken)
}
