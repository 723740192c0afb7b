//! Watching a view or a service: what a list stands for, the button in its head, and what a view holds for its watcher.

use std::sync::Arc;

use entities::session::Session;
use entities::session::preference::Preference;
use entities::setting::Show;
use entities::ticket::filter::Filter;
use entities::view::View;
use entities::watching::{self, Thing};
use entities::{Actor, DeskError, Permission, Uuid, service, view};
use maud::{Markup, html};

use crate::desk::Desk;
use crate::error::Result;
use crate::locale::Now;
use crate::tickets::list_name::shipped;
use crate::tickets::list_query::ListQuery;
use crate::tickets::list_view::{Opened, known_only};
use crate::web::cx::{Asks, Cx};
use crate::web::form;
use crate::web::parts::icon_small;
use crate::web::url::{self, Url};

/// The shipped view of what one watches: whoever watches a ticket is told of it anyway.
const WATCHED: &str = "view-watched";

/// What a list stands for that can be watched: a kept view as it is kept, one that every desk has, or one service.
pub fn thing(query: &ListQuery, opened: Option<&Opened>) -> Option<Thing> {
    if let Some(opened) = opened {
        let is_kept = opened.view.retired_at.is_none() && !opened.is_changed(query);
        return is_kept.then(|| Thing::View(opened.view.id.to_string()));
    }
    let plain = query.filter_alone();
    let mut shipped = shipped().into_iter();
    if let Some((key, _)) = shipped.find(|(key, of)| *key != WATCHED && *of == plain) {
        return Some(Thing::View(key.to_owned()));
    }
    let id = plain
        .service
        .first()
        .and_then(|id| Uuid::try_parse(id).ok())?;
    (plain == of_service(id)).then_some(Thing::Service(id))
}

/// The list of a service.
pub fn of_service(id: Uuid) -> ListQuery {
    ListQuery {
        service: vec![id.to_string()],
        ..ListQuery::default()
    }
}

/// A thing that was found for its reader.
pub struct Found {
    pub thing: Thing,
    pub name: String,
    /// The list it stands for.
    pub url: Url,
}

/// Finds a thing for the reader by the words of a form.
///
/// # Errors
/// `Hidden` when there is no such view or service in use for them.
pub async fn find(cx: &Cx, thing: Thing) -> Result<Found> {
    let (name, url) = match &thing {
        Thing::Service(id) => {
            let all = service::list::ways_of(&cx.db, Show::Active).await?;
            let found = all.into_iter().find(|one| one.id == *id);
            let name = found.ok_or(DeskError::Hidden)?.name;
            (name, of_service(*id).url())
        }
        Thing::View(key) => match kept(cx, key).await? {
            Some(view) => (view.name.clone(), url::tickets().with("view", view.id)),
            None => {
                let of = shipped().into_iter().find(|(known, _)| known == key);
                let (words, query) = of.ok_or(DeskError::Hidden)?;
                (cx.t(words), query.url())
            }
        },
    };
    Ok(Found { thing, name, url })
}

/// The view of a key, when it is one that is kept and in use.
async fn kept(cx: &Cx, key: &str) -> Result<Option<View>> {
    let Ok(id) = Uuid::try_parse(key) else {
        return Ok(None);
    };
    let view = view::find(&cx.db, &cx.actor, id).await?;
    match view.retired_at {
        Some(_) => Err(DeskError::Hidden.into()),
        None => Ok(Some(view)),
    }
}

/// A thing and whether the reader watches it; none for who watches nothing.
pub async fn watching(
    cx: &Cx,
    query: &ListQuery,
    opened: Option<&Opened>,
) -> Result<Option<(Thing, bool)>> {
    let thing = thing(query, opened).filter(|_| cx.actor.may_somewhere(Permission::Watch));
    let Some(thing) = thing else { return Ok(None) };
    let is_watched = watching::is_watched(&cx.db, &cx.actor, &thing).await?;
    Ok(Some((thing, is_watched)))
}

/// The words of a form that name a thing.
pub fn words(thing: &Thing) -> (&'static str, String) {
    match thing {
        Thing::Service(id) => ("service", id.to_string()),
        Thing::View(key) => ("view", key.clone()),
    }
}

/// The button `#list-watch` in the head of a list.
pub fn watch_button(cx: &Cx, thing: &Thing, is_watched: bool) -> Markup {
    let (kind, key) = words(thing);
    let action = match is_watched {
        true => url::end_watching(),
        false => url::watched(),
    };
    let label = match (thing, is_watched) {
        (Thing::View(_), false) => "watch-view",
        (Thing::Service(_), false) => "watch-service",
        (_, true) => "watch-end",
    };
    html! {
        form id="list-watch" action=(action) method="post" hx-post=(action) hx-swap="none" {
            (form::csrf(&cx.session.csrf))
            input type="hidden" name="kind" value=(kind);
            input type="hidden" name="key" value=(key);
            input type="hidden" name="from" value="list";
            button class="kern-btn kern-btn--tertiary" id="list-watch-button" type="submit" {
                (icon_small("eye")) span class="kern-label" { (cx.t(label)) }
            }
        }
    }
}

/// The list of a watched view as its watcher would be shown it now, and the edition of the view; none when it is not there
/// for them any more.
pub async fn shown_to(desk: &Desk, actor: &Actor, key: &str) -> Result<Option<Filter>> {
    let cx = reader(desk, actor);
    let query = match kept(&cx, key).await {
        Ok(Some(view)) => known_only(&cx, ListQuery::of_view(&view)).await?.0,
        Ok(None) => match shipped().into_iter().find(|(known, _)| *known == key) {
            Some((_, query)) => query,
            None => return Ok(None),
        },
        Err(crate::error::Error::Desk(DeskError::Hidden)) => return Ok(None),
        Err(error) => return Err(error),
    };
    Ok(Some(query.filter(&cx).await?))
}

/// What a person would be shown, when no request of theirs is there to ask.
fn reader(desk: &Desk, actor: &Actor) -> Cx {
    let session = Session {
        actor: actor.clone(),
        person_id: actor.person_id().unwrap_or_default(),
        name: String::new(),
        salutation: None,
        email: None,
        csrf: String::new(),
        token_hash: vec![],
        preference: Preference::default(),
        told: None,
    };
    Cx {
        desk: desk.clone(),
        db: desk.db.clone(),
        actor: actor.clone(),
        session: Arc::new(session),
        locale: desk.config.locale,
        now: Now::new(desk.db.clock().now(), desk.config.time_zone),
        asks: Asks::Page,
        knows: desk.live.mark(),
    }
}
