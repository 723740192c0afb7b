//! What is new for one's teams, and the button that takes the oldest.

use entities::ticket::list::Row;
use maud::{Markup, html};

use crate::web::cx::Cx;
use crate::web::form;
use crate::web::parts::{Look, foreign, state_sign, submit, time_ago};
use crate::web::url;

/// The sheet `#new`.
pub fn new(cx: &Cx, all: i64, rows: &[Row]) -> Markup {
    html! {
        section id="new" class="sheet" aria-labelledby="new-title" {
            div class="sheet__head" {
                h2 id="new-title" { (cx.t("start-new")) }
                span class="tally" { (cx.locale.number(all)) }
                @if !rows.is_empty() {
                    form class="right" action=(url::take_oldest()) method="post" {
                        (form::csrf(&cx.session.csrf))
                        (submit(Look::Tertiary, &cx.t("start-take-oldest")))
                    }
                }
            }
            @if rows.is_empty() {
                p class="sheet__body muted" { (cx.t("start-new-empty")) }
            } @else {
                ul class="linklist" role="list" { @for row in rows { li { (line(cx, row)) } } }
            }
        }
    }
}

fn line(cx: &Cx, row: &Row) -> Markup {
    let district = row.district_name.as_deref();
    let service = row.service_name.as_deref();
    let about: Vec<&str> = [district, service].into_iter().flatten().collect();
    html! {
        a href=(url::ticket(&row.number)) {
            (state_sign(cx.locale, row.state, row.waiting_for))
            span { (foreign(&row.title)) }
            span class="tally" { (time_ago(cx.locale, &cx.now, row.created_at)) }
            span class="sub" {
                @if about.is_empty() { (cx.t("start-service-open")) } @else { (about.join(" · ")) }
            }
        }
    }
}
