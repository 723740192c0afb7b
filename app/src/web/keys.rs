//! The keys that act, and the dialog that lists them.

use maud::{Markup, html};

use std::collections::{BTreeMap, HashSet};

use super::layout::Reach;
use super::parts::icon;
use super::url;
use crate::locale::Locale;

/// The dialog that lists the keys; `?` opens it.
pub(super) fn keys_dialog(locale: Locale, reach: Reach<'_>, own: &str) -> Markup {
    html! {
        dialog id="keys" class="dialog" aria-labelledby="keys-title" {
            header class="dialog__head" {
                h2 id="keys-title" { (locale.t("keys-title")) }
                button class="iconbtn" type="button" data-close aria-label=(locale.t("dialog-close")) { (icon("x")) }
            }
            div class="dialog__body" {
                (keys(locale, reach, &OwnKeys::read(own), |words| html! { h3 { (words) } }))
                p { a href=(url::own_keys()) { (locale.t("own-keys-title")) } }
            }
        }
    }
}

/// Every key that acts for this person, by the place where it does, under headings of the level that fits there.
pub fn keys(locale: Locale, reach: Reach<'_>, own: &OwnKeys, headed: fn(&str) -> Markup) -> Markup {
    let acts = |words: &str| reach == Reach::DeskAndSettings || words != "keys-settings";
    html! {
        @for (heading, rows) in KEYS {
            section {
                (headed(&locale.t(heading)))
                dl class="keys" {
                    @for (pressed, words) in rows.iter().filter(|(_, words)| acts(words)) { div { dt { kbd { (cap(locale, own.of(pressed))) } } dd { (locale.t(words)) } } }
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

/// Which keys somebody has put in the place of the desk's own, by those.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnKeys(BTreeMap<String, String>);

/// A key that can be put elsewhere, and the words of everything it does.
pub type Binding = (&'static str, Vec<&'static str>);

/// Everything that one key or two in a row do, each key once, in the order of the list.
pub fn bindings() -> Vec<Binding> {
    let mut all: Vec<Binding> = Vec::new();
    for (pressed, words) in KEYS.iter().flat_map(|(_, rows)| rows.iter()) {
        if !is_own(pressed) {
            continue;
        }
        match all.iter_mut().find(|(key, _)| key == pressed) {
            Some((_, of)) => of.push(words),
            None => all.push((pressed, vec![words])),
        }
    }
    all
}

/// The same under the headings of the list, each key where it stands first.
pub fn bindings_by_place() -> Vec<(&'static str, Vec<Binding>)> {
    let mut all = bindings();
    let places = KEYS.iter().map(|(heading, rows)| {
        let is_here = |(key, _): &mut Binding| rows.iter().any(|(pressed, _)| pressed == key);
        (*heading, all.extract_if(.., is_here).collect::<Vec<_>>())
    });
    places.filter(|(_, here)| !here.is_empty()).collect()
}

/// Opens a list where somebody writes; it is a letter of the text and stays what it is.
const MENTION: &str = "@";

/// Whether it is one key, or two in a row, that somebody may put elsewhere.
fn is_own(pressed: &str) -> bool {
    pressed != MENTION && pressed.split(' ').all(|key| key.chars().count() == 1)
}

/// Why keys are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Neither one key nor two in a row.
    NotAKey,
    /// It does something else, as the key of that binding.
    Taken(&'static str),
}

impl OwnKeys {
    /// Reads what `written` wrote; what is damaged or no key any more is left out.
    pub fn read(text: &str) -> OwnKeys {
        let read: BTreeMap<String, String> = serde_json::from_str(text).unwrap_or_default();
        let known = |desk: &String| bindings().iter().any(|(key, _)| key == desk);
        let kept = read
            .into_iter()
            .filter(|(desk, own)| known(desk) && is_own(own));
        OwnKeys(kept.collect())
    }

    /// As the page and the database hold it; nothing when the keys are the desk's.
    pub fn written(&self) -> Option<String> {
        let text = serde_json::to_string(&self.0).ok();
        text.filter(|_| !self.0.is_empty())
    }

    /// The key by which the desk's one acts.
    pub fn of<'a>(&'a self, desk: &'a str) -> &'a str {
        self.0.get(desk).map_or(desk, String::as_str)
    }

    /// Takes what was typed for the desk's keys. Each must be free: no other has it, and none begins with it.
    ///
    /// # Errors
    /// The desk's keys for which something else was typed, each with why.
    pub fn chosen(
        typed: impl Fn(&'static str) -> String,
    ) -> Result<OwnKeys, Vec<(&'static str, Refused)>> {
        let all: Vec<(&'static str, String)> = bindings()
            .into_iter()
            .map(|(desk, _)| {
                let text = typed(desk).to_lowercase();
                let keys: Vec<&str> = text.split_whitespace().collect();
                (desk, keys.join(" "))
            })
            .collect();
        let mut refused = Vec::new();
        for (desk, own) in &all {
            let is_two_at_most =
                own.split(' ').count() <= 2 && own.chars().all(|c| !c.is_control());
            if !is_own(own) || !is_two_at_most {
                refused.push((*desk, Refused::NotAKey));
                continue;
            }
            let begins = |one: &str, other: &str| other.split(' ').next() == Some(one);
            let clash = |(of, other): &&(&'static str, String)| {
                of != desk && (other == own || begins(own, other) || begins(other, own))
            };
            // Whoever moved onto another's key is told, not whoever had it.
            if own != desk
                && let Some((of, _)) = all.iter().find(clash)
            {
                refused.push((*desk, Refused::Taken(of)));
            }
        }
        if !refused.is_empty() {
            return Err(refused);
        }
        let differing = all.into_iter().filter(|(desk, own)| desk != own);
        Ok(OwnKeys(
            differing
                .map(|(desk, own)| (desk.to_owned(), own))
                .collect(),
        ))
    }
}

/// Every key that acts somewhere, as elements name it.
pub fn known() -> HashSet<String> {
    let all = KEYS.iter().flat_map(|(_, rows)| rows.iter());
    all.map(|(pressed, _)| pressed.to_lowercase().replace("ctrl ", "ctrl+"))
        .collect()
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
            ("p", "keys-priority"),
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
            ("h", "keys-vendor"),
            ("i", "keys-to-me"),
            ("a", "keys-owner"),
            ("s", "keys-state"),
            ("p", "keys-priority"),
            ("d", "keys-reminder"),
            ("w", "keys-watch"),
            ("z", "keys-timer"),
            ("l", "keys-link"),
            ("v", "keys-article"),
            ("e", "keys-needed"),
            ("Ctrl Enter", "keys-send"),
            ("Ctrl Shift Enter", "composer-send-next"),
        ],
    ),
    (
        "keys-in-article",
        &[("w", "keys-watch-article"), ("Ctrl b", "keys-bold")],
    ),
    (
        "keys-in-fields",
        &[
            (MENTION, "keys-mention"),
            ("::", "keys-block"),
            ("Esc", "keys-cancel"),
        ],
    ),
];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn choose(changed: &[(&str, &str)]) -> Result<OwnKeys, Vec<(&'static str, Refused)>> {
        OwnKeys::chosen(|desk| {
            let found = changed.iter().find(|(of, _)| *of == desk);
            found.map_or(desk, |(_, own)| own).to_owned()
        })
    }

    #[test]
    fn keys_are_put_elsewhere_and_two_can_change_places() {
        assert_eq!(choose(&[]).unwrap(), OwnKeys::default());
        let own = choose(&[("r", " Q "), ("j", "k"), ("k", "j"), ("g s", "y")]).unwrap();
        assert_eq!((own.of("r"), own.of("j"), own.of("k")), ("q", "k", "j"));
        assert_eq!((own.of("g s"), own.of("g t")), ("y", "g t"));
        assert_eq!(OwnKeys::read(&own.written().unwrap()), own);
        assert_eq!(OwnKeys::default().written(), None);
    }

    #[test]
    fn every_key_stands_once_under_a_heading() {
        let places = bindings_by_place();
        let keys: Vec<&str> = places
            .iter()
            .flat_map(|(_, here)| here.iter().map(|(key, _)| *key))
            .collect();
        let all: Vec<&str> = bindings().iter().map(|(key, _)| *key).collect();
        assert_eq!(keys, all);
        assert!(places.iter().all(|(_, here)| !here.is_empty()));
    }

    #[test]
    fn a_key_that_does_something_else_is_refused_and_named() {
        let refused = |changed: &[(&str, &str)]| choose(changed).unwrap_err();
        assert_eq!(refused(&[("r", "m")]), [("r", Refused::Taken("m"))]);
        assert_eq!(refused(&[("r", "g")]), [("r", Refused::Taken("g s"))]);
        assert_eq!(refused(&[("g s", "r x")]), [("g s", Refused::Taken("r"))]);
        for bad in ["", "ab", "a b c", "a\u{7}"] {
            assert_eq!(refused(&[("r", bad)]), [("r", Refused::NotAKey)], "{bad}");
        }
    }

    #[test]
    fn what_is_damaged_or_gone_is_left_out() {
        for text in ["", "[]", "{\"zz\":\"q\"}", "{\"r\":\"Enter\"}"] {
            assert_eq!(OwnKeys::read(text), OwnKeys::default(), "{text}");
        }
        assert_eq!(OwnKeys::read("{\"zz\":\"q\",\"r\":\"q\"}").of("r"), "q");
    }
}
