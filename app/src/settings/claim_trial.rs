//! Trying claim rules on claims that somebody pasted: what would be given and taken, and why. Nothing is kept of it.

use std::collections::{BTreeSet, HashMap};

use entities::claim_rule::judge::{Change, Judged, pasted};
use entities::claim_rule::{self, Create, Gift, list::gift_names};
use entities::identity::{self, Arrival};
use entities::provider::{self, Provider};
use entities::{DeskError, Rejected, person};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::area::Area;
use super::claim_rule::{condition, gift_words, provider_select};
use super::form::{self, Faults};
use super::wide::{self, Back, Wide};
use crate::error::Result;
use crate::sign_on::claims_of;
use crate::web::cx::Cx;
use crate::web::form::{Form, csrf};
use crate::web::parts::{Field, Input, Look, Tone, column, icon_small, notice, submit};
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;

const AREA: Area = Area::ClaimRules;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct TrialForm {
    provider: String,
    claims: String,
}

/// What the rules say to some claims, and to whom.
struct Verdict {
    judged: Vec<Judged>,
    /// None when nobody here is meant.
    person: Option<(String, Change)>,
    names: HashMap<Gift, String>,
}

/// `GET /settings/claim-rules/new/try`
#[handler]
pub async fn show(cx: Cx, _permit: Permitted<Create>) -> Result<Markup> {
    let providers = provider::active(&cx.db).await?;
    let form = TrialForm {
        provider: providers
            .first()
            .map(|p| p.id.to_string())
            .unwrap_or_default(),
        ..TrialForm::default()
    };
    page(&cx, &providers, &form, &Faults::default(), html! {}).await
}

/// `POST /settings/claim-rules/new/try`
#[handler]
pub async fn create(
    cx: Cx,
    _permit: Permitted<Create>,
    Form(form): Form<TrialForm>,
) -> Result<Swap> {
    let providers = provider::active(&cx.db).await?;
    let chosen = form::id(&form.provider);
    let Some(provider) = providers.iter().find(|p| Some(p.id) == chosen) else {
        let faults = Faults::of_field("provider", cx.t("settings-fault-empty"));
        let page = page(&cx, &providers, &form, &faults, html! {}).await?;
        return Ok(super::invalid(&cx, page));
    };
    let claims = match pasted(&form.claims) {
        Ok(claims) => claims,
        Err(DeskError::Rejected(Rejected::NotClaims)) => {
            let faults = Faults::rejected(&cx, "claims", Rejected::NotClaims);
            let page = page(&cx, &providers, &form, &faults, html! {}).await?;
            return Ok(super::invalid(&cx, page));
        }
        Err(error) => return Err(error.into()),
    };
    let verdict = ask(&cx, provider, &claims).await?;
    let told = told(&cx, &verdict);
    Ok(Swap::page(
        page(&cx, &providers, &form, &Faults::default(), told).await?,
    ))
}

async fn ask(cx: &Cx, provider: &Provider, claims: &Map<String, Value>) -> Result<Verdict> {
    let judged = claim_rule::judge(&cx.db, provider.id, claims).await?;
    let names = gift_names(&cx.db).await?;
    let person = match identity::expect(&cx.db, provider, &claims_of(claims)).await? {
        Arrival::Person(id) => {
            let change = claim_rule::preview(&cx.db, provider.id, &judged, id).await?;
            let person = person::find(&cx.db, &cx.actor, id).await?;
            Some((person.row.name, change))
        }
        _ => None,
    };
    Ok(Verdict {
        judged,
        person,
        names,
    })
}

fn told(cx: &Cx, verdict: &Verdict) -> Markup {
    html! {
        section class="stack" aria-labelledby="verdict-title" {
            h2 id="verdict-title" { (cx.t("claim-trial-verdict")) }
            @match &verdict.person {
                Some((name, change)) => {
                    p { (cx.locale.t_with("claim-trial-person", &[("name", name.as_str().into())])) }
                    (gifts(cx, verdict, "claim-trial-give", &change.give))
                    (gifts(cx, verdict, "claim-trial-take", &change.take))
                    (gifts(cx, verdict, "claim-trial-stay", &change.stay))
                }
                None => { (notice(Tone::Info, &cx.t("claim-trial-nobody"), &html! {})) }
            }
            (rules(cx, verdict))
        }
    }
}

fn gifts(cx: &Cx, verdict: &Verdict, key: &str, gifts: &BTreeSet<Gift>) -> Markup {
    html! {
        p {
            strong { (cx.t(key)) } " "
            @if gifts.is_empty() { (cx.t("claim-trial-nothing")) }
            @for (index, gift) in gifts.iter().enumerate() {
                @if index > 0 { ", " }
                (gift_words(cx, gift.gives, verdict.names.get(gift).map(String::as_str)))
            }
        }
    }
}

fn rules(cx: &Cx, verdict: &Verdict) -> Markup {
    html! {
        @if verdict.judged.is_empty() { p class="muted" { (cx.t("claim-trial-no-rules")) } }
        @else {
            div class="tablebox" tabindex="0" role="region" aria-labelledby="verdict-title" {
                table class="grid grid--plain" {
                    thead { tr {
                        (column(&cx.t("settings-name"))) (column(&cx.t("claim-rule-condition")))
                        (column(&cx.t("claim-trial-found"))) (column(&cx.t("claim-trial-holds")))
                    } }
                    tbody {
                        @for one in &verdict.judged {
                            tr {
                                td { a class="subject" href=(AREA.entry(one.rule.id)) { (one.rule.name) } }
                                td { (condition(cx, &one.rule)) }
                                td {
                                    @if one.found.is_empty() { (cx.t("claim-trial-empty")) }
                                    @for value in &one.found { q { (value) } " " }
                                }
                                td {
                                    @if one.holds {
                                        (icon_small("check")) " " (gift_words(cx, one.rule.gives, one.gift_name.as_deref()))
                                    } @else { (cx.t("claim-trial-no")) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

async fn page(
    cx: &Cx,
    providers: &[Provider],
    form: &TrialForm,
    faults: &Faults,
    told: Markup,
) -> Result<Markup> {
    let content = html! {
        div class="form" {
            (faults.summary(cx))
            (told)
            form class="stack" method="post" action=(AREA.new_act("try")) novalidate {
                (csrf(&cx.session.csrf))
                (provider_select(cx, providers, &form.provider, faults))
                (Field::new("claims", &cx.t("claim-trial-claims"))
                    .hint(&cx.t("claim-trial-claims-hint"))
                    .fault(faults.of("claims"))
                    .render(cx.locale, Input::Area { value: &form.claims, rows: 10 }))
                div class="cluster" { (submit(Look::Primary, &cx.t("claim-trial-do"))) }
            }
        }
    };
    let sheet = Wide {
        area: AREA,
        back: Back::To(AREA),
        title: cx.t("claim-trial"),
        head: html! {},
        content,
        foot: html! {},
    };
    wide::page(cx, sheet).await
}
