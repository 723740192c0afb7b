//! What unsaved changes of roles would do: whose tickets come and go, with a few of them. Nothing is kept of it.

use entities::role::effect::{Amount, Effect, Shift, effect};
use entities::role::{self, Role, Update};
use entities::setting::Show;
use maud::{Markup, html};
use poem::handler;

use super::area::Area;
use super::role::{Asked, part};
use super::role_matrix::told;
use super::role_stage::Stage;
use super::role_words::{self, Names};
use super::wide::{self, Back, Wide};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{Query, csrf};
use crate::web::parts::{Look, Tone, button_link, column, notice, submit};
use crate::web::permitted::Permitted;
use crate::web::url;

const AREA: Area = Area::Roles;

/// `GET /settings/roles/effect?set=…`
#[handler]
pub async fn show(
    cx: Cx,
    _permit: Permitted<Update>,
    Query(asked): Query<Asked>,
) -> Result<Markup> {
    let rows = role::every(&cx.db, &cx.actor, Show::Active).await?;
    let roles: Vec<&Role> = rows.iter().map(|row| &row.role).collect();
    let stage = Stage::of(&asked.set).renewed(&roles);
    let effect = effect(&cx.db, &cx.actor, &stage.by_role()).await?;
    let names = Names::read(&cx).await?;
    let back = stage.at(AREA.url().with("only", &asked.only));
    let count = [("count", stage.len().into())];
    let content = html! {
        div class="sheet__body stack" {
            ul class="plainlist" {
                @for staged in stage.all() {
                    @if let Some(role) = roles.iter().find(|role| role.row.id == staged.role_id) {
                        li { (told(&cx, &names, role, staged)) }
                    }
                }
            }
            (summary(&cx, &effect))
        }
        @if !effect.shifts.is_empty() { (table(&cx, &effect.shifts)) }
        form class="sheet__body cluster" method="post" action=(part("save")) {
            (csrf(&cx.session.csrf))
            (asked.hidden(&stage))
            @if !stage.is_empty() { (submit(Look::Primary, &cx.locale.t_with("roles-save", &count))) }
            (button_link(Look::Tertiary, &cx.t("roles-effect-back"), &back, None))
        }
    };
    let sheet = Wide {
        area: AREA,
        back: Back::To(AREA),
        title: cx.t("roles-effect"),
        head: html! {},
        content,
        foot: html! {},
    };
    wide::page(&cx, sheet).await
}

fn summary(cx: &Cx, effect: &Effect) -> Markup {
    let said = |key: &str, n: usize| cx.locale.t_with(key, &[("count", n.into())]);
    let mut touched: Vec<_> = effect.shifts.iter().map(|shift| shift.person_id).collect();
    touched.sort_unstable();
    touched.dedup();
    html! {
        p {
            (said("roles-effect-people", effect.people)) " "
            @match touched.len() {
                0 => { (cx.t("roles-effect-nothing")) }
                n => { (said("roles-effect-touched", n)) }
            }
        }
        @if effect.uncounted > 0 {
            (notice(Tone::Warn, &said("roles-effect-uncounted", effect.uncounted), &html! {}))
        }
        p class="small muted" { (cx.t("roles-effect-how")) }
    }
}

fn table(cx: &Cx, shifts: &[Shift]) -> Markup {
    html! {
        table class="grid grid--plain" {
            caption class="sr" { (cx.t("roles-effect")) }
            thead {
                tr {
                    (column(&cx.t("roles-effect-person"))) (column(&cx.t("roles-right")))
                    (column(&cx.t("roles-effect-comes"))) (column(&cx.t("roles-effect-goes")))
                }
            }
            tbody {
                @for shift in shifts {
                    tr {
                        td { a class="subject" href=(part("sight").with("person", shift.person_id)) { (shift.name) } }
                        td { (role_words::permission(cx, shift.permission)) }
                        td class="words" { (amount(cx, &shift.comes)) }
                        td class="words" { (amount(cx, &shift.goes)) }
                    }
                }
            }
        }
    }
}

fn amount(cx: &Cx, amount: &Amount) -> Markup {
    let args = [("open", amount.open.into()), ("all", amount.all.into())];
    html! {
        @if amount.all == 0 { span class="muted" { (cx.t("roles-effect-none")) } }
        @else {
            strong { (cx.locale.t_with("roles-effect-amount", &args)) }
            @for (number, title) in &amount.examples {
                br; a href=(url::ticket(number)) { (number) } " " span class="small" { (title) }
            }
        }
    }
}
