//! The number under which a vendor keeps a ticket; the vendor's mails are recognised by it.

use entities::organisation::list::vendors;
use entities::ticket::vendor_number::{Named, VendorNumber, of};
use entities::ticket::{SetVendorNumber, Ticket};
use entities::{DeskError, Rejected, Uuid};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::fact_form::{asked, changed, choices, refused, went_through};
use super::facts::Fact;
use super::list_from::From;
use crate::error::{Error, Result, rejected};
use crate::web::cx::Cx;
use crate::web::form::{Form, Query};
use crate::web::permitted::{Permitted, Seen};
use crate::web::swap::Swap;

/// The form.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NumberForm {
    vendor: String,
    number: String,
}

/// The numbers as the panel shows them.
pub fn numbers(named: &[Named]) -> Markup {
    html! {
        span class="stack" { @for one in named { span { (one.organisation) " " b { (one.number) } } } }
    }
}

async fn fields(cx: &Cx, form: &NumberForm, fault: Option<&str>) -> Result<Markup> {
    let vendors = choices(cx.t("fact-none"), vendors(&cx.db).await?);
    let described = match fault {
        Some(_) => "vendor-number-hint fact-fault",
        None => "vendor-number-hint",
    };
    Ok(html! {
        label class="field" {
            span { (cx.t("vendor-number-vendor")) }
            select class="input" name="vendor" autofocus {
                @for vendor in &vendors { option value=(vendor.value) selected[vendor.value == form.vendor] { (vendor.label) } }
            }
        }
        label class="field" {
            span { (cx.t("vendor-number-number")) }
            input class="input" type="text" name="number" autocomplete="off" value=(form.number)
                aria-describedby=(described) aria-invalid=[fault.map(|_| "true")];
        }
        p class="small muted" id="vendor-number-hint" { (cx.t("vendor-number-hint")) }
    })
}

/// `GET /tickets/:key/vendor-number/edit`.
#[handler]
pub async fn edit(cx: Cx, Seen(ticket): Seen<Ticket>, Query(from): Query<From>) -> Result<Markup> {
    let form = match of(&cx.db, &ticket).await?.into_iter().next() {
        Some(first) => NumberForm {
            vendor: first.organisation_id.to_string(),
            number: first.number,
        },
        None => NumberForm::default(),
    };
    let fields = fields(&cx, &form, None).await?;
    Ok(asked(&cx, &ticket, &from, &Fact::VendorNumber, &fields))
}

/// `POST /tickets/:key/vendor-number`.
#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<SetVendorNumber>,
    Query(from): Query<From>,
    Form(form): Form<NumberForm>,
) -> Result<Swap> {
    let ticket = permit.on().clone();
    let number = match form.number.trim() {
        "" => Ok(None),
        typed => VendorNumber::parse(typed).map(Some),
    };
    let done = match number {
        Err(why) => Err(DeskError::Rejected(why)),
        Ok(None) if form.vendor.is_empty() => return changed(&cx, &ticket, &from).await,
        Ok(_) if form.vendor.is_empty() => Err(DeskError::Rejected(Rejected::NotAVendor)),
        Ok(number) => {
            let organisation_id =
                Uuid::try_parse(&form.vendor).map_err(|_| Error::Request("no id".into()))?;
            let command = SetVendorNumber {
                organisation_id,
                number,
            };
            cx.db.change(permit.into_permit(), command).await
        }
    };
    match done {
        Err(DeskError::Rejected(why)) if why != Rejected::NothingToDo => {
            let fault = match why {
                Rejected::NotAVendor => cx.t("vendor-number-choose"),
                why => rejected(cx.locale, why),
            };
            let fields = fields(&cx, &form, Some(&fault)).await?;
            Ok(refused(
                &cx,
                &ticket,
                &from,
                &Fact::VendorNumber,
                &fields,
                &fault,
            ))
        }
        result => {
            went_through(result)?;
            changed(&cx, &ticket, &from).await
        }
    }
}
