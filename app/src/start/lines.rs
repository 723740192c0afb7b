//! Lines of checklists that the reader has to do by today.

use entities::ticket::checklist::Due;
use maud::{Markup, html};

use crate::tickets::checklist::due_mark;
use crate::web::cx::Cx;
use crate::web::parts::foreign;
use crate::web::url;

/// The sheet `#my-lines`; nothing when nothing is due.
pub fn lines(cx: &Cx, lines: &[Due]) -> Markup {
    html! {
        @if !lines.is_empty() {
            section id="my-lines" class="sheet" aria-labelledby="my-lines-title" {
                div class="sheet__head" {
                    h2 id="my-lines-title" { (cx.t("start-lines")) }
                    span class="tally" { (cx.locale.number(lines.len() as i64)) }
                }
                ul class="linklist" role="list" {
                    @for line in lines {
                        li {
                            a href=(url::ticket(&line.number).at("facts-checklist")) {
                                span class="checkbox-sign" aria-hidden="true" {}
                                span { (line.text) }
                                (due_mark(cx, line.due_on))
                                span class="sub" { span class="no" { (line.number) } " " (foreign(&line.title)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
