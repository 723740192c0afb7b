//! Buttons that write Markdown, for those who do not know it by heart. They come with the script that presses them.

use maud::{Markup, html};

use super::links::DIALOG;
use crate::web::cx::Cx;
use crate::web::parts::icon;

/// What a button does with the marked text.
enum Does {
    /// Puts it between two marks.
    Wraps(&'static str, &'static str),
    /// Begins each of its lines with a mark; `1.` counts.
    Begins(&'static str),
    /// Puts marks on lines of their own before and after it.
    Frames(&'static str, &'static str),
}

/// Sign, words, key and work of each button, as they follow.
const TOOLS: [(&str, &str, Option<&str>, Does); 7] = [
    ("text", "editor-heading", None, Does::Begins("## ")),
    (
        "bold",
        "editor-bold",
        Some("ctrl+b"),
        Does::Wraps("**", "**"),
    ),
    ("list", "editor-list", None, Does::Begins("- ")),
    ("check", "editor-steps", None, Does::Begins("1. ")),
    ("copy", "editor-code", None, Does::Wraps("`", "`")),
    (
        "warn",
        "editor-callout",
        None,
        Does::Frames("> [!NOTE]", ""),
    ),
    (
        "lock",
        "editor-internal",
        None,
        Does::Frames(":::intern", ":::"),
    ),
];

/// The bar over the text; hidden until a script can press its buttons.
pub fn toolbar(cx: &Cx) -> Markup {
    let table = cx.t("editor-table-cells");
    html! {
        div class="edbar" role="toolbar" aria-label=(cx.t("editor-tools")) aria-controls="body" hidden {
            @for (sign, words, key, does) in &TOOLS {
                @let (wraps, begins, frames) = match does {
                    Does::Wraps(before, after) => (Some(format!("{before}|{after}")), None, None),
                    Does::Begins(mark) => (None, Some(*mark), None),
                    Does::Frames(before, after) => (None, None, Some(format!("{before}|{after}"))),
                };
                button class="iconbtn" type="button" aria-label=(cx.t(words)) title=(cx.t(words))
                    data-wraps=[wraps] data-begins=[begins] data-frames=[frames]
                    data-key=[key] aria-keyshortcuts=[key.map(|_| "Control+B")] { (icon(sign)) }
            }
            button class="iconbtn" type="button" aria-label=(cx.t("editor-table")) title=(cx.t("editor-table"))
                data-puts=(table) { (icon("table")) }
            button class="iconbtn" type="button" aria-label=(cx.t("editor-image")) title=(cx.t("editor-image"))
                data-picks="uploads" { (icon("image")) }
            button class="iconbtn" type="button" aria-label=(cx.t("editor-link")) title=(cx.t("editor-link"))
                data-dialog=(DIALOG) aria-haspopup="dialog" { (icon("link")) }
            span class="right small muted" { (cx.t("article-body-hint")) }
        }
    }
}
