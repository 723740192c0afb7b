//! People of the vendor: whoever coordinates lets them in and out.

use entities::{DeskError, Uuid};
use maud::{Markup, html};
use poem::handler;

use crate::error::Result;
use crate::guests::{ActForm, Asked, Ground, InviteForm, Open, sheet};
use crate::web::form::{Form, Query};
use crate::web::layout::Stage;
use crate::web::permitted::Sub;
use crate::web::portal_bar::PortalPage;
use crate::web::portal_cx::PortalCx;
use crate::web::swap::Swap;
use crate::web::url::{self, Url};

fn here() -> Url {
    url::portal_part("people")
}

/// `GET /portal/people`
#[handler]
pub async fn list(cx: PortalCx, Query(asked): Query<Asked>) -> Result<Markup> {
    page(&cx, Open::after(cx.locale, asked)).await
}

/// `POST /portal/people`
#[handler]
pub async fn create(cx: PortalCx, Form(form): Form<InviteForm>) -> Result<Swap> {
    let faults = match form.read(cx.locale) {
        Err(faults) => faults,
        Ok(typed) => match cx.vendor.invite(typed).await {
            Ok(()) => return Ok(Swap::go_to(cx.asks, here().with("done", "invited"))),
            Err(DeskError::Rejected(why)) => InviteForm::refused(cx.locale, why),
            Err(error) => return Err(error.into()),
        },
    };
    invalid(&cx, Open::typed(form, faults)).await
}

/// `POST /portal/people/:sub`
#[handler]
pub async fn update(cx: PortalCx, Sub(id): Sub, Form(form): Form<ActForm>) -> Result<Swap> {
    match cx.vendor.change(id, form.read()?).await {
        // Whoever let themselves out has no way back to this page.
        Ok(()) if cx.vendor.is_me(id) => Ok(Swap::go_to(cx.asks, url::portal())),
        Ok(()) => Ok(Swap::go_to(cx.asks, here().with("done", &form.act))),
        Err(DeskError::Rejected(why)) => invalid(&cx, Open::refused(cx.locale, why)).await,
        Err(error) => Err(error.into()),
    }
}

async fn invalid(cx: &PortalCx, open: Open) -> Result<Swap> {
    let page = page(cx, open).await?;
    Ok(Swap::invalid(cx.asks, page.clone(), page))
}

async fn page(cx: &PortalCx, open: Open) -> Result<Markup> {
    let people = cx.vendor.people().await?;
    let frame = cx.frame(PortalPage::People).await?;
    let title = cx.t("guests-people");
    let of = |id: Uuid| url::portal_part(format!("people/{id}"));
    let ground = Ground {
        locale: cx.locale,
        now: &cx.now,
        csrf: cx.csrf(),
        here: here(),
        of: &of,
        me: people
            .iter()
            .map(|one| one.id)
            .find(|id| cx.vendor.is_me(*id)),
    };
    let content = html! {
        section class="sheet" aria-labelledby="people-title" {
            div class="sheet__head" { h1 id="people-title" class="h2" { (title) } }
            div class="scroll" tabindex="0" role="group" aria-labelledby="people-title" { (sheet(&ground, &people, &open)) }
        }
    };
    Ok(frame.page(&title, Stage::Plain, &content))
}
