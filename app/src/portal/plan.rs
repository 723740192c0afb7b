//! The release plan: what goes live when, of the services the vendor is concerned with.

use entities::portal::Release;
use maud::{Markup, html};
use poem::handler;

use crate::error::Result;
use crate::web::layout::Stage;
use crate::web::parts::{column, empty};
use crate::web::portal_bar::PortalPage;
use crate::web::portal_cx::PortalCx;
use crate::web::url;

/// `GET /portal/releases`
#[handler]
pub async fn list(cx: PortalCx) -> Result<Markup> {
    let plan = cx.vendor.plan().await?;
    let frame = cx.frame(PortalPage::Plan).await?;
    let title = cx.t("portal-plan");
    let content = html! {
        div class="sheet" {
            div class="sheet__head" { h1 id="plan-title" class="h2" { (title) } }
            @if plan.is_empty() {
                (empty("plan-empty", &cx.t("portal-plan-empty-title"), &cx.t("portal-plan-empty-text"), &html! {}))
            } @else {
                div class="scroll" tabindex="0" role="region" aria-labelledby="plan-title" { (table(&cx, &plan)) }
            }
        }
    };
    Ok(frame.page(&title, Stage::Plain, &content))
}

fn table(cx: &PortalCx, plan: &[Release]) -> Markup {
    html! {
        table class="grid grid--plain" {
            caption class="sr" { (cx.t("portal-plan")) }
            thead { tr {
                (column(&cx.t("release-service"))) (column(&cx.t("release-name")))
                (column(&cx.t("release-live-on"))) (column(&cx.t("portal-plan-cases")))
            } }
            tbody {
                @for release in plan {
                    tr {
                        td { (release.service) }
                        td class="strong" { (release.name) }
                        td { @match release.live_on { Some(day) => (cx.locale.date(day)), None => (cx.t("release-day-open")) } }
                        td { (cases(&release.cases)) }
                    }
                }
            }
        }
    }
}

/// Links to shared tickets.
pub fn cases(cases: &[(String, String)]) -> Markup {
    html! {
        ul class="plain" role="list" {
            @for (number, title) in cases { li { a href=(url::shared(number)) { span class="no" { (number) } " " (title) } } }
        }
    }
}
