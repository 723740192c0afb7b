//! Links to the neighbouring pages of a list that is paged by key, so there are no page numbers.

use maud::{Markup, html};

use super::button::{Look, button_link};
use super::icon::icon;
use crate::locale::Locale;
use crate::web::url::Url;

/// Where the neighbours are; `None` at either end.
#[derive(Debug, Clone, Default)]
pub struct Pager {
    pub first: Option<Url>,
    pub previous: Option<Url>,
    pub next: Option<Url>,
}

/// Nothing at all when everything fits on one page.
pub fn pager(locale: Locale, pages: &Pager) -> Markup {
    let is_needed = pages.first.is_some() || pages.previous.is_some() || pages.next.is_some();
    html! {
        @if is_needed {
            nav class="pager cluster" aria-label=(locale.t("pager-label")) {
                @if let Some(url) = &pages.first { (button_link(Look::Tertiary, &locale.t("pager-first"), url, None)) }
                @if let Some(url) = &pages.previous {
                    (button_link(Look::Secondary, &locale.t("pager-previous"), url, Some("left")))
                }
                @if let Some(url) = &pages.next {
                    a class="kern-btn kern-btn--secondary" href=(url) rel="next" {
                        span class="kern-label" { (locale.t("pager-next")) }
                        (icon("right"))
                    }
                }
            }
        }
    }
}
