//! The menu at a list's head that takes it out as a file.

use entities::Permission;
use entities::policy::Scope;
use maud::{Markup, html};

use crate::tickets::list_query::ListQuery;
use crate::web::cx::Cx;
use crate::web::form;
use crate::web::parts::icon;

/// The menu, for those who may.
pub fn export_menu(cx: &Cx, query: &ListQuery) -> Markup {
    if !cx.actor.may_somewhere(Permission::ExportTickets) {
        return html! {};
    }
    let words = cx.t("export-menu");
    let scopes = cx.actor.scopes(Permission::ExportTickets);
    // What one reads and what one may carry away can differ.
    let is_narrow = !scopes.contains(&Scope::Everything);
    html! {
        details class="menu" {
            summary class="iconbtn" aria-label=(words) title=(words) { (icon("download")) }
            // A whole answer, never a fragment: what comes back is a file.
            form class="menu__list pop" action=(query.first_page().action("export")) method="post" {
                (form::csrf(&cx.session.csrf))
                label class="tick field" {
                    input type="checkbox" name="columns" value="all";
                    span { (cx.t("export-all-columns")) }
                }
                button type="submit" name="format" value="csv" { (icon("download")) (cx.t("export-csv")) }
                button type="submit" name="format" value="xlsx" { (icon("download")) (cx.t("export-xlsx")) }
                @if is_narrow { p class="hint field" { (cx.t("export-narrow")) } }
            }
        }
    }
}
