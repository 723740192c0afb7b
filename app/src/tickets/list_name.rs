//! What a list of tickets is called, and the views that every desk has.

use entities::ticket::check::Check;
use entities::ticket::filter::{DueIs, RepairIs};
use entities::{DeskError, Uuid, view};

use super::list_query::{ListQuery, ME, NOBODY};
use crate::checks;
use crate::error::Result;
use crate::web::cx::Cx;

/// The shipped views in the order of the navigation: their words and what they select.
pub fn shipped() -> [(&'static str, ListQuery); 7] {
    let mine = || ListQuery {
        owner: vec![ME.into()],
        ..ListQuery::default()
    };
    [
        ("view-mine", mine()),
        (
            "view-new-unassigned",
            ListQuery {
                state: vec!["new".into()],
                owner: vec![NOBODY.into()],
                ..ListQuery::default()
            },
        ),
        (
            "view-due-today",
            ListQuery {
                due: [DueIs::Overdue, DueIs::Today]
                    .map(|due| due.name().into())
                    .into(),
                ..mine()
            },
        ),
        (
            "view-reminders",
            ListQuery {
                reminder: "today".into(),
                ..mine()
            },
        ),
        (
            "view-at-vendor",
            ListQuery {
                repair: RepairIs::WithVendor.name().into(),
                ..ListQuery::default()
            },
        ),
        (
            "view-watched",
            ListQuery {
                watched: ME.into(),
                ..ListQuery::default()
            },
        ),
        ("view-all-open", ListQuery::default()),
    ]
}

/// The name of the view a query is, or the plain word for tickets.
pub fn list_name(cx: &Cx, query: &ListQuery) -> String {
    let plain = query.filter_alone();
    if let Some((words, _)) = shipped().into_iter().find(|(_, view)| *view == plain) {
        return cx.t(words);
    }
    let check = Check::ALL
        .into_iter()
        .find(|c| checks::query(*c).normal() == plain);
    cx.t(check.map_or("nav-tickets", checks::key))
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
