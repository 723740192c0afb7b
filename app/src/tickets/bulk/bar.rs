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
    Button::new("field", Verb::Field, "bulk-field", "", None).rarer(),
    Button::new("reminder", Verb::Reminder, "fact-reminder", "", None).rarer(),
    Button::new("hang", Verb::Hang, "bulk-hang", "", None).rarer(),
    Button::new("serial", Verb::Serial, "serial", "", None).rarer(),
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
    /// Stands behind the others where there are many.
    is_rare: bool,
}

/// Buttons that have room in one row.
const ROOM: usize = 6;

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
            is_rare: false,
        }
    }

    const fn rarer(mut self) -> Button {
        self.is_rare = true;
        self
    }

    fn is_for(&self, cx: &Cx) -> bool {
        let mut needs = self.verb.needs().iter();
        needs.any(|permission| cx.actor.may_somewhere(*permission))
    }

    fn render(&self, cx: &Cx) -> Markup {
        html! {
            button type="submit" name="do" value=(self.name) data-key=[self.key] aria-keyshortcuts=[self.key] {
                @if !self.icon.is_empty() { (icon_small(self.icon)) }
                span { (cx.t(self.words)) }
                @if let Some(key) = self.key { kbd aria-hidden="true" { (key.to_uppercase()) } }
            }
        }
    }
}

/// The bar. With scripts it appears with the first chosen row; without them it is always there.
pub fn bulk_bar(cx: &Cx, sheet: &Sheet) -> Markup {
    let may: Vec<&Button> = BUTTONS.iter().filter(|b| b.is_for(cx)).collect();
    let has_room = may.len() <= ROOM;
    let (beside, behind): (Vec<&Button>, Vec<&Button>) =
        may.into_iter().partition(|b| has_room || !b.is_rare);
    let has_more = sheet.page.next.is_some() || !sheet.query.after.is_empty();
    html! {
        @if !(beside.is_empty() && behind.is_empty()) {
            div class="bulk" data-bulk data-none role="region" aria-label=(cx.t("bulk-region")) {
                strong class="num bulk__count" { span data-count { "0" } " " (cx.t("bulk-chosen")) }
                @if has_more {
                    label class="bulk__all" {
                        input class="check" type="checkbox" name="all" value="1";
                        span title=(cx.t("bulk-all-more")) { (cx.t("bulk-all")) " " span class="num" { (counted(cx, sheet.count)) } }
                    }
                }
                span class="right" {}
                @for button in beside { (button.render(cx)) }
                @if !behind.is_empty() {
                    details class="menu" {
                        summary { (icon_small("more")) span { (cx.t("bulk-more")) } }
                        div class="pop menu__list menu__list--up" { @for button in behind { (button.render(cx)) } }
                    }
                }
                @let words = cx.t("bulk-none");
                button type="button" class="bulk__x" data-clear aria-label=(words) title=(words) { (icon("x")) }
            }
        }
    }
}
