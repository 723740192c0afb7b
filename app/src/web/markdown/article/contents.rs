//! What an article contains: its headings, each a link to its place.

use maud::{Markup, html};

use super::Heading;
use crate::locale::Locale;

/// The headings that are shown, or nothing.
pub fn contents(locale: Locale, headings: &[Heading]) -> Markup {
    let shown: Vec<&Heading> = headings.iter().filter(|h| h.level <= 3).collect();
    html! {
        @if !shown.is_empty() {
            nav class="facts__in pad-t" aria-labelledby="article-contents" {
                h2 id="article-contents" class="facts__h" { (locale.t("article-contents")) }
                ul class="toc" role="list" {
                    @for heading in shown {
                        li { a href={ "#" (heading.id) } data-depth=(heading.level - 2) { (heading.text) } }
                    }
                }
            }
        }
    }
}
