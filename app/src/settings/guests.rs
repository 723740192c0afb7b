//! Who of each vendor may use the portal: the list of vendors, and the page of one, where the unit lets its people in and out.

use entities::guest::list::{Vendor, of, vendors};
use entities::guest::{self, ChangeGuest, House, Invite};
use entities::{DeskError, Uuid};
use maud::{Markup, html};
use poem::handler;

use super::area::Area;
use super::organisation::kind_words;
use super::wide::{self, Back, Wide};
use crate::error::Result;
use crate::guests::{ActForm, Asked, Ground, InviteForm, Open, sheet};
use crate::web::cx::Cx;
use crate::web::form::{Form, Query};
use crate::web::parts::{column, column_of_numbers};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;

const AREA: Area = Area::Guests;

/// `GET /settings/guests`
#[handler]
pub async fn list(cx: Cx) -> Result<Markup> {
    let vendors = vendors(&cx.db, &cx.actor).await?;
    let content = html! {
        p class="sheet__body muted" { (cx.t("guests-lead")) }
        @if vendors.is_empty() { p class="sheet__body" { (cx.t("guests-no-vendors")) } }
        @else { (table(&cx, &vendors)) }
    };
    let sheet = Wide {
        area: AREA,
        back: Back::None,
        title: AREA.words(&cx),
        head: html! {},
        content,
        foot: html! {},
    };
    wide::page(&cx, sheet).await
}

fn table(cx: &Cx, vendors: &[Vendor]) -> Markup {
    let number = |n: i64| cx.locale.number(n);
    html! {
        table class="grid grid--plain" {
            caption class="sr" { (AREA.words(cx)) }
            thead { tr {
                (column(&cx.t("settings-name"))) (column(&cx.t("settings-organisation-kind")))
                (column_of_numbers(&cx.t("guests-count-in"))) (column_of_numbers(&cx.t("guests-count-coordinators")))
                (column_of_numbers(&cx.t("guests-count-invited")))
            } }
            tbody {
                @for vendor in vendors {
                    tr {
                        td { a class="subject" href=(AREA.entry(vendor.id)) { (vendor.name) } }
                        td { (kind_words(cx, vendor.kind)) }
                        td class="n" { (number(vendor.people)) }
                        td class="n" { (number(vendor.coordinators)) }
                        td class="n" { (number(vendor.invited)) }
                    }
                }
            }
        }
    }
}

/// `GET /settings/guests/:key`
#[handler]
pub async fn show(cx: Cx, permit: Permitted<Invite>, Query(asked): Query<Asked>) -> Result<Markup> {
    let open = Open::after(cx.locale, asked);
    page(&cx, permit.on(), open).await
}

/// `POST /settings/guests/:key`: invites somebody.
#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<Invite>,
    Form(form): Form<InviteForm>,
) -> Result<Swap> {
    let house = permit.on().clone();
    let faults = match form.read(cx.locale) {
        Err(faults) => faults,
        Ok(typed) => match guest::invite(&cx.db, permit.into_permit(), typed).await {
            Ok(()) => return Ok(done(&cx, &house, "invited")),
            Err(DeskError::Rejected(why)) => InviteForm::refused(cx.locale, why),
            Err(error) => return Err(error.into()),
        },
    };
    let open = Open::typed(form, faults);
    Ok(super::invalid(&cx, page(&cx, &house, open).await?))
}

/// `POST /settings/guests/:key/:sub`: does something with one of them.
#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<ChangeGuest>,
    Sub(id): Sub,
    Form(form): Form<ActForm>,
) -> Result<Swap> {
    let house = permit.on().clone();
    let people = of(&cx.db, &house).await?;
    if !people.iter().any(|one| one.id == id) {
        return Err(DeskError::Hidden.into());
    }
    match guest::change(&cx.db, permit.into_permit(), id, form.read()?).await {
        Ok(()) => Ok(done(&cx, &house, &form.act)),
        Err(DeskError::Rejected(why)) => {
            let open = Open::refused(cx.locale, why);
            Ok(super::invalid(&cx, page(&cx, &house, open).await?))
        }
        Err(error) => Err(error.into()),
    }
}

fn done(cx: &Cx, house: &House, what: &str) -> Swap {
    Swap::go_to(cx.asks, AREA.entry(house.id).with("done", what))
}

async fn page(cx: &Cx, house: &House, open: Open) -> Result<Markup> {
    let people = of(&cx.db, house).await?;
    let act = |id: Uuid| AREA.act(house.id, &id.to_string());
    let ground = Ground {
        locale: cx.locale,
        now: &cx.now,
        csrf: &cx.session.csrf,
        here: AREA.entry(house.id),
        of: &act,
        me: None,
    };
    let title = [("name", house.name.as_str().into())];
    let sheet = Wide {
        area: AREA,
        back: Back::To(AREA),
        title: cx.locale.t_with("guests-of", &title),
        head: html! {},
        content: sheet(&ground, &people, &open),
        foot: html! {},
    };
    wide::page(cx, sheet).await
}
