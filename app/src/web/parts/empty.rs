//! What stands where a list has nothing to show: what is so, and what one can do.

use maud::{Markup, html};

/// `heading_id` is what the surrounding section names as its label.
pub fn empty(heading_id: &str, heading: &str, text: &str, actions: &Markup) -> Markup {
    html! {
        div class="empty" {
            h2 id=(heading_id) class="strong" { (heading) }
            p { (text) }
            @if !actions.0.is_empty() { p class="cluster" { (actions) } }
        }
    }
}
