//! Who stands in for oneself while one is away, and for whom one stands in.

use entities::person::SetDeputy;
use entities::person::deputy::{self, Absent, Model};
use entities::ticket::counts;
use entities::ticket::filter::{Filter, OwnerIs};
use entities::{DeskError, Permission};
use maud::{Markup, html};
use poem::handler;

use super::deputy_form::{self, At, DeputyForm, Whose};
use crate::error::Result;
use crate::settings::form::Faults;
use crate::tickets::list::MOST_COUNTED;
use crate::tickets::list_query::ListQuery;
use crate::web::cx::Cx;
use crate::web::form::Form;
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{Tone, icon_small, notice};
use crate::web::permitted::{Permitted, Readers};
use crate::web::swap::Swap;
use crate::web::url;

/// `GET /account/deputy`
#[handler]
pub async fn show(cx: Cx, _: Readers) -> Result<Markup> {
    let now = deputy::own(&cx.db, &cx.actor).await?;
    let form = DeputyForm::of(&cx, now.as_ref());
    page(&cx, &form, now.as_ref(), &Faults::default()).await
}

/// `POST /account/deputy`
#[handler]
pub async fn update(
    cx: Cx,
    _: Readers,
    permit: Permitted<SetDeputy>,
    Form(form): Form<DeputyForm>,
) -> Result<Swap> {
    let faults = match form.read(&cx, Whose::Own) {
        Err(faults) => faults,
        Ok(to) => match cx.db.change(permit.into_permit(), SetDeputy { to }).await {
            Ok(_) | Err(DeskError::AlreadyDone(_)) => {
                return Ok(Swap::go_to(cx.asks, url::deputy()));
            }
            Err(DeskError::Rejected(why)) => DeputyForm::refused(&cx, why),
            Err(error) => return Err(error.into()),
        },
    };
    let now = deputy::own(&cx.db, &cx.actor).await?;
    let page = page(&cx, &form, now.as_ref(), &faults).await?;
    Ok(Swap::invalid(cx.asks, page.clone(), page))
}

async fn page(cx: &Cx, form: &DeputyForm, now: Option<&Model>, faults: &Faults) -> Result<Markup> {
    let at = At {
        whose: Whose::Own,
        person_id: cx.session.person_id,
        action: url::deputy(),
        is_set: now.is_some(),
        faults,
    };
    let by = deputy_form::said_by(cx, now).await?;
    let form = form.render(cx, &at).await?;
    let title = cx.t("deputy");
    let content = html! {
        div class="sheet" {
            div class="sheet__head" {
                a class="back" href=(url::account()) { (icon_small("left")) (cx.t("account-title")) }
                h1 id="settings-title" class="h2" { (title) }
            }
            div class="scroll" tabindex="0" role="region" aria-labelledby="settings-title" {
                @if let Some(by) = by { div class="sheet__told" { (notice(Tone::Info, &by, &html! {})) } }
                (form)
            }
        }
    };
    let frame = cx.frame(Area::None).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}

/// Whom the reader stands in for today, at the side of every page.
pub async fn banner(cx: &Cx) -> Result<Markup> {
    let mut lines = Vec::new();
    for absent in deputy::absent(&cx.db, &cx.actor).await? {
        let query = ListQuery {
            owner: vec![absent.person_id.to_string()],
            ..ListQuery::default()
        };
        let theirs = Filter {
            owners: vec![OwnerIs::Person(absent.person_id)],
            ..Filter::default()
        };
        let open = counts::count(&cx.db, &cx.actor, &theirs, MOST_COUNTED).await?;
        lines.push((absent, query.url(), open));
    }
    let said = |absent: &Absent| {
        let args = [
            ("name", absent.name.as_str().into()),
            ("day", cx.locale.day(absent.to_on, &cx.now).into()),
        ];
        cx.locale.t_with("deputy-banner", &args)
    };
    Ok(html! {
        @for (absent, url, open) in &lines {
            section class="deputy" aria-label=(cx.t("deputy-title")) {
                b { (cx.t("deputy-title")) }
                p { (said(absent)) " " a href=(url) { (cx.locale.t_with("deputy-tickets", &[("count", (*open).into())])) } }
            }
        }
    })
}

/// Whether the reader may name a deputy.
pub fn may(cx: &Cx) -> bool {
    cx.actor.may_somewhere(Permission::ReadTickets)
}
