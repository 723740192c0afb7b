//! The dialog of the command palette; what it lists comes while somebody types, and from the keys of the page.

use maud::{Markup, html};

use super::parts::icon;
use super::url;
use crate::locale::Locale;

/// The dialog; `Ctrl K` opens it.
pub(super) fn dialog(locale: Locale) -> Markup {
    html! {
        dialog id="palette" class="palette" aria-label=(locale.t("palette-title")) {
            div class="palette__q" {
                (icon("search"))
                input id="palette-words" type="text" name="q" role="combobox" aria-expanded="false" aria-controls="palette-list"
                    aria-autocomplete="list" aria-label=(locale.t("palette-words")) placeholder=(locale.t("palette-words")) autocomplete="off" autofocus
                    maxlength="200" hx-get=(url::palette()) hx-trigger="input changed delay:120ms, open" hx-target="#palette-hits" hx-swap="innerHTML" hx-sync="this:replace";
                button class="iconbtn" type="button" data-close { kbd { "Esc" } " " span class="sr" { (locale.t("dialog-close")) } }
            }
            div class="palette__list" id="palette-list" role="listbox" aria-label=(locale.t("search-hits")) {
                div id="palette-here" role="group" aria-label=(locale.t("palette-here")) hidden { span aria-hidden="true" { (locale.t("palette-here")) } }
                div id="palette-hits" role="presentation" {}
            }
            p class="palette__foot" aria-hidden="true" {
                span { kbd { "↑" } " " kbd { "↓" } " " (locale.t("palette-choose")) }
                span { kbd { "Enter" } " " (locale.t("palette-go")) }
                span { kbd { "#" } " " (locale.t("palette-number")) }
                span { kbd { "@" } " " (locale.t("palette-person")) }
            }
        }
    }
}
