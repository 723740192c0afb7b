//! Icons and state glyphs out of the sprite; always decoration, the words stand beside them.

use maud::{Markup, html};

/// An icon of the 20 grid, for example `icon("search")`.
pub fn icon(name: &str) -> Markup {
    svg("i", "0 0 20 20", "i", name)
}

/// The same, at the size of small text.
pub fn icon_small(name: &str) -> Markup {
    svg("i i--s", "0 0 20 20", "i", name)
}

/// A glyph of the 16 grid for states, priorities and deadlines, for example `glyph("open")`.
pub fn glyph(name: &str) -> Markup {
    svg("g", "0 0 16 16", "g", name)
}

fn svg(class: &str, view_box: &str, family: &str, name: &str) -> Markup {
    html! {
        svg class=(class) viewBox=(view_box) aria-hidden="true" focusable="false" {
            use href={ (assets::url("icons.svg")) "#" (family) "-" (name) } {}
        }
    }
}
