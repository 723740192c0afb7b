//! One shared ticket: what was asked and said, the vendor's fields, and the next step.

use entities::portal::Case;
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::answer::{Draft, composer};
use super::fields::{self, Typed, facts};
use super::{list, thread, words};
use crate::error::Result;
use crate::web::form::Query;
use crate::web::layout::Stage;
use crate::web::parts::{Tone, Words, icon_small, notice};
use crate::web::permitted::Key;
use crate::web::portal_bar::PortalPage;
use crate::web::portal_cx::PortalCx;
use crate::web::url;

/// What was done just before.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub done: String,
}

/// What is on the page besides the ticket itself.
#[derive(Debug, Default)]
pub struct Open {
    pub done: String,
    pub draft: Draft,
    /// What was typed into the vendor's fields when it was not accepted.
    pub typed: Option<Typed>,
    /// Why a step was not taken.
    pub step_fault: Option<String>,
}

/// `GET /portal/tickets/:key`
#[handler]
pub async fn show(cx: PortalCx, Key(number): Key, Query(asked): Query<Asked>) -> Result<Markup> {
    let open = Open {
        done: asked.done,
        ..Open::default()
    };
    page(&cx, &number, open).await
}

/// The whole page.
pub async fn page(cx: &PortalCx, number: &str, open: Open) -> Result<Markup> {
    let case = cx.vendor.case(number).await?;
    let beside = list::beside(cx, &case.number).await?;
    let frame = cx.frame(PortalPage::Tickets).await?;
    let typed = match open.typed {
        Some(typed) => typed,
        None => fields::Typed::of(cx, &case),
    };
    let content = html! {
        (beside)
        div class="sheet" {
            (head(cx, &case))
            @if let Some(fault) = &open.step_fault {
                div class="sheet__told" { (notice(Tone::Error, fault, &html! {})) }
            } @else if let Some(key) = done_words(&open.done) {
                div class="sheet__told" { (notice(Tone::Ok, &cx.t(key), &html! {})) }
            }
            div class="scroll" tabindex="0" role="region" aria-label=(cx.t("portal-thread")) { (thread::thread(cx, &case)) }
            (composer(cx, &case, &open.draft))
        }
        (facts(cx, &case, &typed))
    };
    Ok(frame.page(&case.title, Stage::Shared, &content))
}

fn done_words(done: &str) -> Option<&'static str> {
    match done {
        "answered" => Some("portal-done-answered"),
        "filled" => Some("portal-done-filled"),
        "stepped" => Some("portal-done-stepped"),
        _ => None,
    }
}

fn head(cx: &PortalCx, case: &Case) -> Markup {
    let release = case.enquiry.as_ref().map(|enquiry| enquiry.release.trim());
    let own = case.vendor_number.as_deref().map(|number| {
        cx.locale
            .t_with("portal-your-number", &[("number", number.into())])
    });
    html! {
        header class="ticket__head" {
            a class="back only-s" href=(url::portal()) { (icon_small("left")) (cx.t("portal-tickets")) }
            h1 {
                span class="no" { (case.number) @if let Some(own) = own { " · " (own) } }
                (case.title)
            }
            div class="cluster" {
                (words::state_box(cx.locale, case.repair))
                @if let Some(service) = &case.service { span class="tag" { (service) } }
                @if let Some(release) = release.filter(|release| !release.is_empty()) {
                    span class="tag tag--line" { (cx.locale.t_with("portal-release", &[("release", release.into())])) }
                }
                span class="right" { (words::clock(cx, case.clock, Words::Full)) }
            }
        }
    }
}
