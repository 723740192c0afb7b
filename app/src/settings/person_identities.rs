//! By which providers a person comes in: what ties them to the provider's word, tied and cut by hand.

use entities::identity::{self, Link, OfPerson, Told, Unlink};
use entities::person::{self, Person};
use entities::provider::{self, Provider};
use entities::session::vouched;
use entities::{DeskError, Rejected, Uuid};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::area::Area;
use super::form::{self, Faults};
use super::person_access;
use crate::account::sign_ins::Asked;
use crate::error::{Result, rejected};
use crate::web::cx::Cx;
use crate::web::form::{Form, csrf};
use crate::web::parts::{Choice, Field, Look, Tone, button, column, moment, notice, submit};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;

const AREA: Area = Area::People;

/// What a provider calls the person, as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct LinkForm {
    provider: String,
    subject: String,
}

/// Which tie to cut.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct CutForm {
    identity: String,
}

/// What stands in the section beside what is tied.
#[derive(Debug, Default)]
pub struct Open {
    form: LinkForm,
    faults: Faults,
    /// Why a tie was not cut.
    refused: Option<String>,
}

/// `POST /settings/people/:sub/identities`
#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<Link>,
    Sub(id): Sub,
    Form(typed): Form<LinkForm>,
) -> Result<Swap> {
    let person = person::find(&cx.db, &cx.actor, id).await?;
    let providers = provider::active(&cx.db).await?;
    let faults = match typed.read(&cx, &providers) {
        Err(faults) => faults,
        Ok(told) => {
            let link = Link {
                person_id: id,
                told,
            };
            match cx.db.change(permit.into_permit(), link).await {
                Ok(_) | Err(DeskError::AlreadyDone(_)) => return Ok(back(&cx, id)),
                Err(DeskError::Rejected(why)) => Faults::rejected(&cx, place(why), why),
                Err(error) => return Err(error.into()),
            }
        }
    };
    let open = Open {
        form: typed,
        faults,
        refused: None,
    };
    refuse(&cx, &person, open).await
}

/// `POST /settings/people/:sub/identities/cut`: sessions that the provider vouched for end with it.
#[handler]
pub async fn remove(
    cx: Cx,
    permit: Permitted<Unlink>,
    Sub(id): Sub,
    Form(typed): Form<CutForm>,
) -> Result<Swap> {
    let person = person::find(&cx.db, &cx.actor, id).await?;
    let asked = form::id(&typed.identity);
    let Some(tied) = person.identities.iter().find(|i| Some(i.id) == asked) else {
        return Ok(back(&cx, id));
    };
    let cut = Unlink {
        person_id: id,
        identity_id: tied.id,
    };
    match cx.db.change(permit.into_permit(), cut).await {
        Ok(_) | Err(DeskError::Rejected(Rejected::NothingToDo)) => {}
        Err(DeskError::Rejected(why)) => {
            let open = Open {
                refused: Some(rejected(cx.locale, why)),
                ..Open::default()
            };
            return refuse(&cx, &person, open).await;
        }
        Err(error) => return Err(error.into()),
    }
    vouched::end(&cx.db, tied.provider_id, None, Some(id)).await?;
    Ok(back(&cx, id))
}

fn back(cx: &Cx, id: Uuid) -> Swap {
    Swap::go_to(cx.asks, AREA.act(id, "access"))
}

async fn refuse(cx: &Cx, person: &Person, open: Open) -> Result<Swap> {
    let page = person_access::page(cx, person, &Asked::default(), &open).await?;
    Ok(super::invalid(cx, page))
}

fn place(why: Rejected) -> &'static str {
    match why {
        Rejected::Retired => "provider",
        _ => "subject",
    }
}

impl LinkForm {
    fn read(&self, cx: &Cx, providers: &[Provider]) -> Result<Told, Faults> {
        let mut faults = Faults::default();
        let chosen = form::id(&self.provider);
        let provider = providers.iter().find(|p| Some(p.id) == chosen);
        if provider.is_none() {
            faults.add("provider", cx.t("identity-no-provider"));
        }
        let subject = self.subject.trim();
        if subject.is_empty() {
            faults.add("subject", cx.t("settings-fault-empty"));
        }
        match provider.filter(|_| !subject.is_empty()) {
            None => Err(faults),
            Some(provider) => Ok(Told {
                provider_id: provider.id,
                issuer: provider.issuer.clone(),
                subject: subject.to_owned(),
            }),
        }
    }
}

/// The section of the page; nothing where no provider is known.
pub async fn section(cx: &Cx, person: &Person, open: &Open) -> Result<Markup> {
    let id = person.row.id;
    let tied = identity::of(&cx.db, &cx.actor, id).await?;
    let providers = provider::active(&cx.db).await?;
    if tied.is_empty() && providers.is_empty() {
        return Ok(html! {});
    }
    Ok(html! {
        section aria-labelledby="identities-title" {
            div class="sheet__body stack" {
                h2 id="identities-title" { (cx.t("identities-title")) }
                p class="small muted" { (cx.t("identities-more")) }
                @if let Some(why) = &open.refused { (notice(Tone::Error, why, &html! {})) }
                @if tied.is_empty() { p class="muted" { (cx.t("identities-none")) } }
            }
            @if !tied.is_empty() { (table(cx, id, &tied)) }
            @if person.row.retired_at.is_none() && !providers.is_empty() { (link_form(cx, id, &providers, open)) }
        }
    })
}

fn table(cx: &Cx, id: Uuid, tied: &[OfPerson]) -> Markup {
    html! {
        form method="post" action=(AREA.act(id, "identities/cut")) {
            (csrf(&cx.session.csrf))
            table class="grid grid--plain" aria-labelledby="identities-title" {
                thead { tr {
                    (column(&cx.t("identity-provider"))) (column(&cx.t("identity-subject"))) (column(&cx.t("identity-since"))) (column(&cx.t("token-act")))
                } }
                tbody {
                    @for one in tied {
                        tr {
                            td {
                                (one.provider) @if one.is_retired { " (" (cx.t("settings-retired-mark")) ")" }
                                br; span class="small muted" { (one.issuer) }
                            }
                            td class="words" { code { (one.subject) } }
                            td { (moment(cx.locale, &cx.now, one.linked_at)) }
                            td { (button(Look::Tertiary, &cx.t("identity-cut"), "identity", &one.id.to_string())) }
                        }
                    }
                }
            }
        }
    }
}

fn link_form(cx: &Cx, id: Uuid, providers: &[Provider], open: &Open) -> Markup {
    let mut choices = vec![Choice::new("", cx.t("deputy-choose"))];
    let named = |p: &Provider| Choice::new(p.id, format!("{} · {}", p.name, p.issuer));
    choices.extend(providers.iter().map(named));
    let value = match providers {
        // Where there is one, it is the one.
        [only] if open.form.provider.is_empty() => only.id.to_string(),
        _ => open.form.provider.clone(),
    };
    let faults = &open.faults;
    let (provider, subject, hint) = (
        cx.t("identity-provider"),
        cx.t("identity-subject"),
        cx.t("identity-subject-hint"),
    );
    html! {
        form id="identity-form" class="form" method="post" action=(AREA.act(id, "identities")) novalidate {
            (csrf(&cx.session.csrf))
            h3 { (cx.t("identity-link")) }
            (faults.summary(cx))
            (form::select(cx, Field::new("provider", &provider).fault(faults.of("provider")), &choices, &value))
            (form::text(cx, Field::new("subject", &subject).hint(&hint).fault(faults.of("subject")), "text", &open.form.subject))
            p { (submit(Look::Secondary, &cx.t("identity-link-do"))) }
        }
    }
}
