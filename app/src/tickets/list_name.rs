//! What a list of tickets is called.

use entities::ticket::check::Check;
use entities::{DeskError, Uuid, view};

use super::list_query::ListQuery;
use crate::checks;
use crate::error::Result;
use crate::web::cx::Cx;

/// The name of the view a query is, or the plain word for tickets.
pub fn list_name(cx: &Cx, query: &ListQuery) -> String {
    let plain = query.filter_alone();
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
    } else if let Some(check) = Check::ALL.into_iter().find(|c| checks::query(*c) == plain) {
        cx.t(checks::key(check))
    } else {
        cx.t("nav-tickets")
    }
}

/// The same, or the name of the view it begins with.
pub async fn list_or_view_name(cx: &Cx, query: &ListQuery) -> Result<String> {
    let Ok(id) = Uuid::try_parse(&query.view) else {
        return Ok(list_name(cx, query));
    };
    match view::find(&cx.db, &cx.actor, id).await {
        Ok(view) => Ok(view.name),
        Err(DeskError::Hidden) => Ok(list_name(cx, query)),
        Err(other) => Err(other.into()),
    }
}
