//! The statement on accessibility, and whom to tell of a barrier.

use entities::mailbox;
use maud::{Markup, html};
use poem::handler;

use crate::error::Result;
use crate::locale::Locale;
use crate::web::cx::Visitor;
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::url;

/// `GET /help/accessibility`
#[handler]
pub async fn show(visitor: Visitor) -> Result<Markup> {
    let address = mailbox::list::public_address(&visitor.desk.db).await?;
    let locale = visitor.locale;
    let title = locale.t("accessibility-title");
    let body = statement(locale, address.as_deref());
    let Some(cx) = visitor.signed_in() else {
        let content = html! { section class="login__card" { h1 { (title) } (body) } };
        let frame = visitor.frame();
        return Ok(frame.visitor_page(&title, Some(url::accessibility()), &content));
    };
    let content = html! {
        div class="sheet" {
            div class="sheet__head" { h1 id="accessibility-title" { (title) } }
            div class="scroll form" tabindex="0" role="region" aria-labelledby="accessibility-title" { (body) }
        }
    };
    let frame = cx.frame(Area::None).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}

fn statement(locale: Locale, address: Option<&str>) -> Markup {
    html! {
        p { (locale.t("accessibility-aim")) }
        section {
            h2 { (locale.t("accessibility-checked-title")) }
            p { (locale.t("accessibility-checked")) }
        }
        section {
            h2 { (locale.t("accessibility-barriers-title")) }
            p { (locale.t("accessibility-barriers")) }
        }
        section {
            h2 { (locale.t("accessibility-report-title")) }
            @match address {
                Some(address) => {
                    p { (locale.t("accessibility-report")) " " a href={ "mailto:" (address) } { (address) } }
                }
                None => { p { (locale.t("accessibility-report-nobody")) } }
            }
        }
    }
}
