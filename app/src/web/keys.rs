//! The keys that act, and the dialog that lists them.

use maud::{Markup, html};

use super::layout::Reach;
use super::parts::icon;
use crate::locale::Locale;

/// The dialog that lists the keys; `?` opens it.
pub(super) fn keys_dialog(locale: Locale, reach: Reach<'_>) -> Markup {
    html! {
        dialog id="keys" class="dialog" aria-labelledby="keys-title" {
            header class="dialog__head" {
                h2 id="keys-title" { (locale.t("keys-title")) }
                button class="iconbtn" type="button" data-close aria-label=(locale.t("dialog-close")) { (icon("x")) }
            }
            div class="dialog__body" { (keys(locale, reach, |words| html! { h3 { (words) } })) }
        }
    }
}

/// Every key that acts for this person, by the place where it does, under headings of the level that fits there.
pub fn keys(locale: Locale, reach: Reach<'_>, headed: fn(&str) -> Markup) -> Markup {
    let acts = |words: &str| reach == Reach::DeskAndSettings || words != "keys-settings";
    html! {
        @for (heading, rows) in KEYS {
            section {
                (headed(&locale.t(heading)))
                dl class="keys" {
                    @for (pressed, words) in rows.iter().filter(|(_, words)| acts(words)) { div { dt { kbd { (cap(locale, pressed)) } } dd { (locale.t(words)) } } }
                }
            }
        }
    }
}

/// Keys as the reader's keyboard names them.
fn cap(locale: Locale, pressed: &str) -> String {
    let names = pressed.split(' ').map(|key| match key {
        "Ctrl" => locale.t("key-ctrl"),
        "Shift" => locale.t("key-shift"),
        other => other.to_owned(),
    });
    names.collect::<Vec<_>>().join(" ")
}

type Keys = (&'static str, &'static [(&'static str, &'static str)]);

const KEYS: &[Keys] = &[
    (
        "keys-everywhere",
        &[
            ("/", "keys-search"),
            ("Ctrl k", "keys-palette"),
            ("?", "keys-help"),
            ("g s", "keys-start"),
            ("g t", "keys-tickets"),
            ("g w", "keys-knowledge"),
            ("g v", "keys-settings"),
            ("c", "keys-new-ticket"),
        ],
    ),
    ("keys-on-start", &[("n", "keys-next-ticket")]),
    (
        "keys-in-list",
        &[
            ("j", "keys-down"),
            ("k", "keys-up"),
            ("Enter", "keys-open"),
            ("x", "keys-choose"),
            ("i", "keys-to-me"),
            ("a", "keys-owner"),
            ("s", "keys-state"),
            ("f", "keys-filter"),
            ("Esc", "keys-choose-none"),
        ],
    ),
    (
        "keys-in-ticket",
        &[
            ("j", "keys-ticket-next"),
            ("k", "keys-ticket-previous"),
            ("r", "keys-reply"),
            ("m", "keys-note"),
            ("i", "keys-to-me"),
            ("a", "keys-owner"),
            ("s", "keys-state"),
            ("d", "keys-reminder"),
            ("w", "keys-watch"),
            ("l", "keys-link"),
            ("v", "keys-article"),
            ("e", "keys-needed"),
            ("Ctrl Enter", "keys-send"),
            ("Ctrl Shift Enter", "composer-send-next"),
        ],
    ),
];
