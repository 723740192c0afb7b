//! The stream of one open page: names of events only, pages fetch what they show themselves.

use std::collections::HashSet;
use std::time::Duration;

use entities::{Uuid, notice, ticket};
use futures_util::{Stream, StreamExt as _};
use poem::handler;
use poem::web::sse::{Event, SSE};
use tokio::sync::broadcast::error::RecvError;

use crate::web::cx::Cx;

/// A stream ends after this time; the page connects again, and whoever has signed out meanwhile does not.
const LONGEST: Duration = Duration::from_secs(5 * 60);
/// Changes that come in quick succession are told together.
const GATHER: Duration = Duration::from_millis(150);

/// `GET /events`: `ticket-ID` for every visible ticket that changes, then `tickets`; `notices` when others are unread.
#[handler]
pub async fn stream(cx: Cx) -> SSE {
    SSE::new(events(cx)).keep_alive(Duration::from_secs(25))
}

fn events(cx: Cx) -> impl Stream<Item = Event> {
    let changed = cx.desk.live.listen();
    let hub = cx.desk.live.clone();
    let end = async move {
        tokio::select! {
            () = hub.ended() => {}
            () = tokio::time::sleep(LONGEST) => {}
        }
    };
    let events = futures_util::stream::unfold(
        (cx, changed, Vec::<Event>::new(), None),
        |(cx, mut changed, mut queue, mut unread)| async move {
            loop {
                if let Some(event) = queue.pop() {
                    return Some((event, (cx, changed, queue, unread)));
                }
                let mut ids = HashSet::new();
                match changed.recv().await {
                    Ok(id) => ids.insert(id),
                    Err(RecvError::Lagged(_)) => {
                        queue.push(Event::message("").event_type("tickets"));
                        continue;
                    }
                    Err(RecvError::Closed) => return None,
                };
                tokio::time::sleep(GATHER).await;
                while let Ok(id) = changed.try_recv() {
                    ids.insert(id);
                }
                match notice::unread(&cx.db, &cx.actor).await {
                    Ok(n) if unread.replace(n) == Some(n) => {}
                    Ok(_) => queue.push(Event::message("").event_type("notices")),
                    Err(error) => tracing::warn!(%error, "notices cannot be counted"),
                }
                let ids: Vec<Uuid> = ids.into_iter().collect();
                match ticket::show::numbers_of(&cx.db, &cx.actor, &ids).await {
                    Ok(visible) => {
                        queue.extend(
                            visible
                                .first()
                                .map(|_| Event::message("").event_type("tickets")),
                        );
                        queue.extend(visible.iter().map(|(id, _)| {
                            Event::message("").event_type(format!("ticket-{}", id.simple()))
                        }));
                    }
                    Err(error) => tracing::warn!(%error, "live changes cannot be read"),
                }
            }
        },
    );
    events.take_until(Box::pin(end))
}
