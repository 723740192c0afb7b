//! The check of an identity provider: asked now, told line by line.

use entities::Uuid;
use entities::provider::{self, Provider, Update};
use maud::{Markup, html};
use poem::handler;

use super::area::Area;
use super::page::entry;
use super::provider::items;
use crate::error::Result;
use crate::sign_on::check::{Finding, check};
use crate::web::cx::Cx;
use crate::web::form::csrf;
use crate::web::parts::{Look, Tone, button_link, icon, icon_small, notice, submit};
use crate::web::permitted::{Permitted, Sub};

const AREA: Area = Area::Providers;

/// What the form of a provider says about the check, with the way there.
pub fn invitation(cx: &Cx, id: Uuid) -> Markup {
    html! {
        section class="stack" aria-labelledby="check-title" {
            h2 id="check-title" { (cx.t("provider-check")) }
            p { (cx.t("provider-check-more")) }
            div class="cluster" { (button_link(Look::Secondary, &cx.t("provider-check-go"), &AREA.act(id, "check"), None)) }
        }
    }
}

/// `GET /settings/providers/:sub/check`
#[handler]
pub async fn show(cx: Cx, Sub(id): Sub) -> Result<Markup> {
    let provider = provider::find(&cx.db, &cx.actor, id).await?;
    page(
        &cx,
        &provider,
        html! { p { (cx.t("provider-check-more")) } },
    )
    .await
}

/// `POST /settings/providers/:sub/check`: a request to the provider, so only on demand.
#[handler]
pub async fn create(cx: Cx, _permit: Permitted<Update>, Sub(id): Sub) -> Result<Markup> {
    let provider = provider::find(&cx.db, &cx.actor, id).await?;
    let desk = &cx.desk;
    let found = check(&desk.sign_on, &cx.db, &desk.config, &provider, cx.locale).await;
    let told = html! {
        (verdict(&cx, &found))
        ul class="plain stack" role="list" { @for one in &found { li { (line(&cx, one)) } } }
    };
    page(&cx, &provider, told).await
}

async fn page(cx: &Cx, provider: &Provider, told: Markup) -> Result<Markup> {
    let name = [("name", provider.name.as_str().into())];
    let title = cx.locale.t_with("provider-check-title", &name);
    let sheet = html! {
        section class="sheet" aria-labelledby="settings-title" {
            div class="sheet__head" {
                a class="back" href=(AREA.entry(provider.id)) { (icon_small("left")) (provider.name) }
                h1 id="settings-title" class="h2" { (title) }
            }
            div class="scroll" {
                div class="form" {
                    (told)
                    form method="post" action=(AREA.act(provider.id, "check")) {
                        (csrf(&cx.session.csrf))
                        (submit(Look::Secondary, &cx.t("provider-check-do")))
                    }
                }
            }
        }
    };
    entry(
        cx,
        AREA,
        &title,
        &items(cx, Some(provider.id)).await?,
        sheet,
    )
    .await
}

fn verdict(cx: &Cx, found: &[Finding]) -> Markup {
    let has = |tone| found.iter().any(|one| one.tone == tone);
    let (tone, key) = if has(Tone::Error) {
        (Tone::Error, "provider-check-bad")
    } else if has(Tone::Warn) {
        (Tone::Warn, "provider-check-fair")
    } else {
        (Tone::Ok, "provider-check-good")
    };
    notice(tone, &cx.t(key), &html! {})
}

fn line(cx: &Cx, one: &Finding) -> Markup {
    let (sign, mark) = match one.tone {
        Tone::Error => ("warn", "provider-check-mark-error"),
        Tone::Warn => ("warn", "provider-check-mark-warn"),
        Tone::Ok | Tone::Info => ("check", "provider-check-mark-ok"),
    };
    html! {
        (icon(sign)) " " strong { (cx.t(mark)) } " " (one.words)
        @if !one.detail.is_empty() { br; code class="small" { (one.detail) } }
    }
}
