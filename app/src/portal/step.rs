//! The vendor takes the repair a step further.

use entities::portal::{Case, Repair, Side};
use entities::{DeskError, Rejected};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::show::{Open, page};
use super::words;
use crate::error::{Error, Result, rejected};
use crate::web::form::{self, Form};
use crate::web::parts::{Look, button, name, named};
use crate::web::permitted::Key;
use crate::web::portal_cx::PortalCx;
use crate::web::swap::Swap;
use crate::web::url;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct StepForm {
    to: String,
}

/// `POST /portal/tickets/:key/steps`
#[handler]
pub async fn create(cx: PortalCx, Key(number): Key, Form(typed): Form<StepForm>) -> Result<Swap> {
    let Some(to) = named::<Repair>(&typed.to) else {
        // Whoever does not see it is not told what its forms hold.
        cx.vendor.case(&number).await?;
        return Err(Error::Request("no step".to_owned()));
    };
    match cx.vendor.step(&number, to).await {
        Ok(()) => Ok(Swap::go_to(
            cx.asks,
            url::shared(&number).with("done", "stepped"),
        )),
        Err(DeskError::Rejected(why @ (Rejected::NotYourStep | Rejected::ChangedMeanwhile))) => {
            let open = Open {
                step_fault: Some(rejected(cx.locale, why)),
                ..Open::default()
            };
            let page = page(&cx, &number, open).await?;
            Ok(Swap::invalid(cx.asks, page.clone(), page))
        }
        Err(error) => Err(Error::from(error)),
    }
}

/// The steps that are the vendor's now; nothing when it is the desk's turn.
pub fn steps(cx: &PortalCx, case: &Case) -> Markup {
    let next = case.repair.next(Side::Vendor);
    let offered = next
        .iter()
        .filter_map(|to| Some((name(*to), words::step(cx.locale, *to)?)));
    html! {
        @if !next.is_empty() {
            form class="facts__in stack" method="post" action=(url::shared_part(&case.number, "steps")) aria-labelledby="steps-title" {
                (form::csrf(cx.csrf()))
                h2 id="steps-title" class="facts__h" { (cx.t("portal-next-step")) }
                @for (name, words) in offered { (button(Look::Primary, &words, "to", &name)) }
            }
        }
    }
}
