//! What a form says of the draft that is kept of it.

use entities::Instant;
use maud::{Markup, html};

use super::cx::Cx;
use super::parts::icon_small;

/// When the draft was kept, `#draft-saved`.
pub fn draft_saved(cx: &Cx, at: Option<Instant>) -> Markup {
    html! {
        span class="saved" id="draft-saved" role="status" {
            @if let Some(at) = at {
                @let time = cx.locale.time_of_day(cx.now.local(at).time());
                (icon_small("check")) (cx.locale.t_with("composer-saved", &[("time", time.into())]))
            }
        }
    }
}
