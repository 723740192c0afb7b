//! What a list of tickets is called.

use super::list_query::ListQuery;
use crate::web::cx::Cx;

/// The name of the view a query is, or the plain word for tickets.
pub fn list_name(cx: &Cx, query: &ListQuery) -> String {
    let plain = ListQuery {
        sort: String::new(),
        ..query.first_page()
    };
    let view = |change: &dyn Fn(&mut ListQuery)| {
        let mut view = ListQuery::default();
        change(&mut view);
        view == plain
    };
    if view(&|_| {}) {
        cx.t("view-all-open")
    } else if view(&|q| q.owner = "me".into()) {
        cx.t("view-mine")
    } else if view(&|q| {
        q.owner = "nobody".into();
        q.state = vec!["new".into()];
    }) {
        cx.t("view-new-unassigned")
    } else if view(&|q| {
        q.owner = "me".into();
        q.reminder = "today".into();
    }) {
        cx.t("view-reminders")
    } else if view(&|q| q.state = vec!["vendor".into()]) {
        cx.t("view-at-vendor")
    } else if view(&|q| q.watched = "me".into()) {
        cx.t("view-watched")
    } else {
        cx.t("nav-tickets")
    }
}
