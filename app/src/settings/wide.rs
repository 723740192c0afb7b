//! A sheet of the settings as wide as the page, for tables with a filter and for long reading.

use maud::{Markup, html};

use super::area::Area;
use super::page::adminnav;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::layout::Stage;
use crate::web::nav;
use crate::web::parts::icon_small;

/// Where a page leads back to; none on the area's own page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Back {
    None,
    To(Area),
}

/// What stands on the sheet.
pub struct Wide {
    pub area: Area,
    pub back: Back,
    pub title: String,
    /// Beside the heading.
    pub head: Markup,
    pub content: Markup,
    /// Below what scrolls.
    pub foot: Markup,
}

/// The whole page.
pub async fn page(cx: &Cx, sheet: Wide) -> Result<Markup> {
    let content = html! {
        (adminnav(cx, sheet.area))
        section class="sheet" aria-labelledby="settings-title" {
            div class="sheet__head" {
                @if let Back::To(area) = sheet.back { a class="back" href=(area.url()) { (icon_small("left")) (area.words(cx)) } }
                h1 id="settings-title" class="h2" { (sheet.title) }
                (sheet.head)
            }
            div class="scroll" tabindex="0" role="group" aria-labelledby="settings-title" { (sheet.content) }
            (sheet.foot)
        }
    };
    let frame = cx.frame(nav::Area::Settings).await?;
    Ok(frame.page(&sheet.title, Stage::Settings, &content))
}
