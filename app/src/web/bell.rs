//! The bell in the head of every page, with how many notices its reader has not read.

use entities::notice::MOST_COUNTED;
use maud::{Markup, html};

use super::parts::icon;
use super::url;
use crate::locale::Locale;

/// The bell `#bell`; without a count where nobody has counted.
pub fn bell(locale: Locale, unread: Option<i64>) -> Markup {
    let most = MOST_COUNTED as i64 - 1;
    let (words, dot) = match unread {
        None | Some(0) => (locale.t("nav-notices"), None),
        Some(n) if n > most => (
            locale.t_with("nav-notices-many", &[("count", most.into())]),
            Some(format!("{most}+")),
        ),
        Some(n) => (
            locale.t_with("nav-notices-unread", &[("count", n.into())]),
            Some(n.to_string()),
        ),
    };
    html! {
        div id="bell" hx-get=(url::bell()) hx-trigger="notices from:#events" hx-swap="outerMorph" {
            a class="tool" href=(url::notices()) aria-label=(words) title=(words) {
                (icon("bell"))
                @if let Some(dot) = dot { span class="tool__dot num" { (dot) } }
            }
        }
    }
}
