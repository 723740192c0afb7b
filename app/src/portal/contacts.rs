//! Whom the vendor may ask at the desk.

use maud::{Markup, html};
use poem::handler;

use super::plan::cases;
use crate::error::Result;
use crate::web::layout::Stage;
use crate::web::parts::{column, empty, face_beside_name};
use crate::web::portal_bar::PortalPage;
use crate::web::portal_cx::PortalCx;

/// `GET /portal/contacts`
#[handler]
pub async fn list(cx: PortalCx) -> Result<Markup> {
    let contacts = cx.vendor.contacts().await?;
    let frame = cx.frame(PortalPage::Contacts).await?;
    let title = cx.t("portal-contacts");
    let content = html! {
        div class="sheet" {
            div class="sheet__head" { h1 id="contacts-title" class="h2" { (title) } }
            @if contacts.is_empty() {
                (empty("contacts-empty", &cx.t("portal-contacts-empty-title"), &cx.t("portal-contacts-empty-text"), &html! {}))
            } @else {
                div class="scroll" tabindex="0" role="region" aria-labelledby="contacts-title" {
                    p class="sheet__body small muted" { (cx.t("portal-contacts-lead")) }
                    table class="grid grid--plain" {
                        caption class="sr" { (title) }
                        thead { tr { (column(&cx.t("settings-name"))) (column(&cx.t("portal-tickets"))) } }
                        tbody {
                            @for contact in &contacts {
                                tr {
                                    td { span class="cluster" { (face_beside_name(&contact.name)) (contact.name) } }
                                    td { (cases(&contact.cases)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    Ok(frame.page(&title, Stage::Plain, &content))
}
