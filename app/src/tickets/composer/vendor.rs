//! To which vendor a message goes, and by which way.

use maud::{Markup, html};

use super::state::Composer;
use super::written::{SHARE, TO};
use crate::web::cx::Cx;
use crate::web::parts::{Choice, Field, Input, foreign, icon_small};
use crate::web::url;

/// The vendor, and the mail that goes along; a way to share where nobody is shared with.
pub fn vendor_fields(cx: &Cx, composer: &Composer) -> Markup {
    let written = &composer.written;
    let share = url::ticket_part(&composer.ticket.number, "shares/new");
    html! {
        @match composer.shares.as_slice() {
            [] => {
                p class="composer__to" {
                    (icon_small("factory")) (cx.t("shares-none")) " "
                    a href=(share) hx-get=(share) hx-target="#ticket-content" hx-swap="innerHTML show:top" { (cx.t("share-heading")) }
                }
            }
            shares => {
                div class="composer__fields composer__fields--vendor" {
                    @if let [only] = shares {
                        p class="composer__to" { (cx.t("composer-to")) " " span class="tag" { (foreign(&only.organisation)) } }
                        input type="hidden" name="share" value=(only.share.id);
                    } @else {
                        @let label = cx.t("share-vendor");
                        @let choices: Vec<Choice> = shares.iter().map(|row| Choice::new(row.share.id, row.organisation.clone())).collect();
                        (Field::new(SHARE, &label).name("share").fault(composer.fault(SHARE))
                            .render(cx.locale, Input::Select { choices: &choices, value: &written.share }))
                    }
                    @let label = cx.t("share-to");
                    label class="tick" {
                        input type="checkbox" name="by_mail" value="1" checked[!written.by_mail.is_empty()];
                        span { (cx.t("share-by-mail")) }
                    }
                    (Field::new(TO, &label).name("to").optional().fault(composer.fault(TO))
                        .render(cx.locale, Input::Line { kind: "text", value: &written.to, autocomplete: Some("off") }))
                }
            }
        }
    }
}
