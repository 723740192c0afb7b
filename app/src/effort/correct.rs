//! Correcting one's own booking: the history keeps what it said before; nothing is deleted.

use entities::effort::{Correct, Effort};
use entities::{DeskError, Rejected};
use maud::{Markup, html};
use poem::handler;

use super::form::{EffortForm, Faults, refusal, seen};
use super::own::week_url;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{self, Form};
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{Look, button, error_summary, icon_small, submit};
use crate::web::permitted::{Permitted, Seen};
use crate::web::swap::Swap;
use crate::web::url;

async fn page(cx: &Cx, effort: &Effort, form: &EffortForm, faults: &Faults) -> Result<Markup> {
    let title = cx.t("effort-correct");
    let back = week_url(cx, effort.day);
    let content = html! {
        section class="sheet" aria-labelledby="effort-title" {
            div class="sheet__head" {
                a class="back" href=(back) { (icon_small("left")) (cx.t("effort-own")) }
                h1 id="effort-title" class="h2" { (title) }
            }
            form class="form" action=(url::effort_of(effort.id.simple())) method="post" {
                (form::csrf(&cx.session.csrf))
                (error_summary(cx.locale, faults))
                p class="hint" { (cx.t("effort-correct-hint")) }
                (form.fields(cx, faults, true).await?)
                div class="cluster" {
                    (submit(Look::Primary, &cx.t("effort-correct-save")))
                    @if effort.minutes > 0 { (button(Look::Tertiary, &cx.t("effort-cancel"), "act", "cancel")) }
                }
            }
        }
    };
    let frame = cx.frame(Area::None).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}

/// `GET /effort/:key`.
#[handler]
pub async fn edit(cx: Cx, Seen(effort): Seen<Effort>) -> Result<Markup> {
    page(&cx, &effort, &EffortForm::of(&effort), &vec![]).await
}

/// `POST /effort/:key`.
#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<Correct>,
    Form(form): Form<EffortForm>,
) -> Result<Swap> {
    let effort = permit.on().clone();
    let form = match form.act.as_str() {
        "cancel" => EffortForm {
            minutes: "0".to_owned(),
            ..form
        },
        _ => form,
    };
    let faults = match form.read(&cx, 0) {
        Err(faults) => faults,
        Ok(_) if form.seen != seen(&effort) => refusal(&cx, Rejected::ChangedMeanwhile),
        Ok(booking) => {
            let command = Correct {
                seen: effort.entry(),
                minutes: booking.minutes,
                day: booking.day,
                activity_id: booking.activity_id,
                remark: booking.remark,
            };
            let back = week_url(&cx, booking.day);
            match cx.db.change(permit.into_permit(), command).await {
                Ok(_) | Err(DeskError::Rejected(Rejected::NothingToDo)) => {
                    return Ok(Swap::go_to(cx.asks, back));
                }
                Err(DeskError::Rejected(why)) => refusal(&cx, why),
                Err(other) => return Err(other.into()),
            }
        }
    };
    let form = EffortForm {
        seen: seen(&effort),
        ..form
    };
    let page = page(&cx, &effort, &form, &faults).await?;
    Ok(Swap::invalid(cx.asks, page.clone(), page))
}
