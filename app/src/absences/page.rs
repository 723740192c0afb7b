//! Somebody's absences: entering one, changing it, ending it; for oneself, or for a colleague by a lead.

use entities::absence::{Absence, Absentee, CancelAbsence, ChangeAbsence, EnterAbsence, list};
use entities::person::deputy;
use entities::{DeskError, Rejected, Uuid};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::form::{AbsenceForm, At};
use super::lines;
use crate::error::Result;
use crate::settings::form::{Faults, TITLE};
use crate::web::cx::Cx;
use crate::web::form::{Form, Query};
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{Look, Tone, button_link, icon_small, notice};
use crate::web::permitted::{Permitted, Readers, Sub};
use crate::web::swap::Swap;
use crate::web::url::{self, Url};

/// What was done just before.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

/// `GET /account/absences`, `GET /absences/of/:key`
#[handler]
pub async fn show(
    cx: Cx,
    _: Readers,
    permit: Permitted<EnterAbsence>,
    Query(asked): Query<Asked>,
) -> Result<Markup> {
    let told = match asked.done.as_str() {
        "saved" => Some("absence-saved"),
        "ended" => Some("absence-ended"),
        _ => None,
    };
    let form = AbsenceForm::empty(&cx);
    let sheet = Sheet {
        absentee: permit.on(),
        open: None,
        told,
    };
    sheet.page(&cx, &form, &Faults::default()).await
}

/// `POST /account/absences`, `POST /absences/of/:key`
#[handler]
pub async fn create(
    cx: Cx,
    _: Readers,
    permit: Permitted<EnterAbsence>,
    Form(form): Form<AbsenceForm>,
) -> Result<Swap> {
    let absentee = permit.on().clone();
    let faults = match form.read(&cx) {
        Err(faults) => faults,
        Ok(facts) => {
            let once = form.once.clone();
            let command = EnterAbsence { facts, once };
            match cx.db.change(permit.into_permit(), command).await {
                Ok(_) | Err(DeskError::AlreadyDone(_)) => return Ok(done(&cx, &absentee, "saved")),
                Err(DeskError::Rejected(why)) => AbsenceForm::refused(&cx, why),
                Err(error) => return Err(error.into()),
            }
        }
    };
    let sheet = Sheet::new(&absentee, None);
    refused(&cx, sheet.page(&cx, &form, &faults).await?)
}

/// `GET /account/absences/:sub`, `GET /absences/of/:key/:sub`
#[handler]
pub async fn edit(
    cx: Cx,
    _: Readers,
    permit: Permitted<ChangeAbsence>,
    Sub(id): Sub,
) -> Result<Markup> {
    let absence = list::one(&cx.db, &cx.actor, permit.on(), id).await?;
    let form = AbsenceForm::of(&absence);
    let sheet = Sheet::new(permit.on(), Some(id));
    sheet.page(&cx, &form, &Faults::default()).await
}

/// `POST /account/absences/:sub`, `POST /absences/of/:key/:sub`
#[handler]
pub async fn update(
    cx: Cx,
    _: Readers,
    permit: Permitted<ChangeAbsence>,
    Sub(id): Sub,
    Form(form): Form<AbsenceForm>,
) -> Result<Swap> {
    let absentee = permit.on().clone();
    list::one(&cx.db, &cx.actor, &absentee, id).await?;
    let faults = match form.read(&cx) {
        Err(faults) => faults,
        Ok(facts) => {
            let command = ChangeAbsence { id, facts };
            match cx.db.change(permit.into_permit(), command).await {
                Ok(_) | Err(DeskError::AlreadyDone(_)) => return Ok(done(&cx, &absentee, "saved")),
                Err(DeskError::Rejected(why)) => AbsenceForm::refused(&cx, why),
                Err(error) => return Err(error.into()),
            }
        }
    };
    let sheet = Sheet::new(&absentee, Some(id));
    refused(&cx, sheet.page(&cx, &form, &faults).await?)
}

/// `POST /account/absences/:sub/end`, `POST /absences/of/:key/:sub/end`
#[handler]
pub async fn remove(
    cx: Cx,
    _: Readers,
    permit: Permitted<CancelAbsence>,
    Sub(id): Sub,
) -> Result<Swap> {
    let absentee = permit.on().clone();
    let command = CancelAbsence { id };
    match cx.db.change(permit.into_permit(), command).await {
        // It is over, which is what was asked for.
        Ok(_) | Err(DeskError::Rejected(Rejected::AbsenceOver)) => {
            Ok(done(&cx, &absentee, "ended"))
        }
        Err(error) => Err(error.into()),
    }
}

fn done(cx: &Cx, absentee: &Absentee, what: &str) -> Swap {
    Swap::go_to(cx.asks, url::absences_of(absentee).with("done", what))
}

fn refused(cx: &Cx, page: Markup) -> Result<Swap> {
    Ok(Swap::invalid(cx.asks, page.clone(), page))
}

/// What stands on the page beside the form.
struct Sheet<'a> {
    absentee: &'a Absentee,
    /// The absence that is being changed.
    open: Option<Uuid>,
    told: Option<&'static str>,
}

impl<'a> Sheet<'a> {
    fn new(absentee: &'a Absentee, open: Option<Uuid>) -> Sheet<'a> {
        Sheet {
            absentee,
            open,
            told: None,
        }
    }

    async fn page(&self, cx: &Cx, form: &AbsenceForm, faults: &Faults) -> Result<Markup> {
        let absentee = self.absentee;
        let all = list::of(&cx.db, &cx.actor, absentee).await?;
        let named = lines::names(cx, &all).await?;
        let (action, submit) = match self.open {
            Some(id) => (url::absence(absentee, id), "absence-change"),
            None => (url::absences_of(absentee), "absence-enter"),
        };
        let at = At {
            absentee,
            action,
            submit,
            faults,
        };
        let form = form.render(cx, &at).await?;
        let anyway = anyway(cx, absentee).await?;
        let name = [("name", absentee.name.as_str().into())];
        let title = match absentee.is_own() {
            true => cx.t("absence-own"),
            false => cx.locale.t_with("absence-of", &name),
        };
        let (back, words) = back(cx, absentee);
        let heading = match self.open {
            Some(_) => "absence-change-title",
            None => "absence-new-title",
        };
        let content = html! {
            div class="sheet" {
                div class="sheet__head" {
                    a class="back" href=(back) { (icon_small("left")) (words) }
                    h1 id=(TITLE) class="h2" { (title) }
                    span class="right cluster" {
                        @if absentee.is_own() {
                            (button_link(Look::Tertiary, &cx.t("away-all"), &url::absences(), None))
                            (button_link(Look::Tertiary, &cx.t("absence-calendar"), &url::absence_calendar(), None))
                        }
                        (button_link(Look::Secondary, &cx.t("hand-over"), &url::hand_over(absentee.person_id), None))
                    }
                }
                div class="scroll" tabindex="0" role="region" aria-labelledby=(TITLE) {
                    @if let Some(told) = self.told { div class="sheet__told" { (notice(Tone::Ok, &cx.t(told), &html! {})) } }
                    @if !anyway.0.is_empty() { div class="sheet__told" { (anyway) } }
                    (lines::lines(cx, absentee, &others(&all, self.open), &named))
                    section aria-labelledby="absence-form-title" {
                        h2 id="absence-form-title" class="sheet__body" { (cx.t(heading)) }
                        (form)
                    }
                }
            }
        };
        let frame = cx.frame(Area::None).await?;
        Ok(frame.page(&title, Stage::Plain, &content))
    }
}

/// Those beside the one that is being changed.
fn others(all: &[Absence], open: Option<Uuid>) -> Vec<&Absence> {
    let others = all.iter().filter(|one| Some(one.row.id) != open);
    others.collect()
}

fn back(cx: &Cx, absentee: &Absentee) -> (Url, String) {
    match absentee.is_own() {
        true => (url::account(), cx.t("account-title")),
        false => (url::absences(), cx.t("absences-title")),
    }
}

/// Who stands in where an absence names nobody; only one's own is known to everybody.
async fn anyway(cx: &Cx, absentee: &Absentee) -> Result<Markup> {
    if !absentee.is_own() {
        return Ok(html! {});
    }
    let standing = deputy::own(&cx.db, &cx.actor).await?;
    let words = match standing {
        None => cx.t("absence-nobody-anyway"),
        Some(one) => {
            let name = entities::person::names(&cx.db, &[one.deputy_id])
                .await?
                .pop();
            let args = [
                ("name", name.map(|n| n.name).unwrap_or_default().into()),
                ("day", cx.locale.day(one.to_on, &cx.now).into()),
            ];
            cx.locale.t_with("absence-somebody-anyway", &args)
        }
    };
    let link = html! { a href=(url::deputy()) { (cx.t("absence-anyway-change")) } };
    Ok(notice(Tone::Info, &words, &link))
}
