//! The bar for chosen rows: what can be done to all of them, each by its key.

use entities::bulk::Verb;
use maud::{Markup, html};

use crate::tickets::list::counted;
use crate::tickets::list_sheet::Sheet;
use crate::web::cx::Cx;
use crate::web::parts::{icon, icon_small};

/// What a button of the bar begins; `me` is an assignment already said.
pub(super) const BUTTONS: [Button; 9] = [
    Button::new("me", Verb::Assign, "bulk-to-me", "user", Some("i")),
    Button::new("assign", Verb::Assign, "bulk-assign", "user", Some("a")),
    Button::new("state", Verb::State, "bulk-state", "check", Some("s")),
    Button::new("classify", Verb::Classify, "bulk-classify", "", None),
    Button::new("priority", Verb::Priority, "fact-priority", "", Some("p")),
    Button::new("field", Verb::Field, "bulk-field", "", None),
    Button::new("reminder", Verb::Reminder, "fact-reminder", "", None),
    Button::new("hang", Verb::Hang, "bulk-hang", "", None),
    Button::new("serial", Verb::Serial, "serial", "", None),
];

/// One verb of the bar.
#[derive(Clone, Copy, Debug)]
pub(super) struct Button {
    pub name: &'static str,
    pub verb: Verb,
    words: &'static str,
    /// Nothing where the bar has no room for one.
    icon: &'static str,
    key: Option<&'static str>,
}

impl Button {
    const fn new(
        name: &'static str,
        verb: Verb,
        words: &'static str,
        icon: &'static str,
        key: Option<&'static str>,
    ) -> Button {
        Button {
            name,
            verb,
            words,
            icon,
            key,
        }
    }

    fn is_for(&self, cx: &Cx) -> bool {
        let mut needs = self.verb.needs().iter();
        needs.any(|permission| cx.actor.may_somewhere(*permission))
    }
}

/// The bar. With scripts it appears with the first chosen row; without them it is always there.
pub fn bulk_bar(cx: &Cx, sheet: &Sheet) -> Markup {
    let may: Vec<&Button> = BUTTONS.iter().filter(|b| b.is_for(cx)).collect();
    let has_more = sheet.page.next.is_some() || !sheet.query.after.is_empty();
    html! {
        @if !may.is_empty() {
            div class="bulk" data-bulk data-none role="region" aria-label=(cx.t("bulk-region")) {
                strong class="num bulk__count" { span data-count { "0" } " " (cx.t("bulk-chosen")) }
                @if has_more {
                    label class="bulk__all" {
                        input class="check" type="checkbox" name="all" value="1";
                        span title=(cx.t("bulk-all-more")) { (cx.t("bulk-all")) " " span class="num" { (counted(cx, sheet.count)) } }
                    }
                }
                span class="right" {}
                @for button in may {
                    button type="submit" name="do" value=(button.name) data-key=[button.key] aria-keyshortcuts=[button.key] {
                        @if !button.icon.is_empty() { (icon_small(button.icon)) }
                        span { (cx.t(button.words)) }
                        @if let Some(key) = button.key { kbd aria-hidden="true" { (key.to_uppercase()) } }
                    }
                }
                @let words = cx.t("bulk-none");
                button type="button" class="bulk__x" data-clear aria-label=(words) title=(words) { (icon("x")) }
            }
        }
    }
}
