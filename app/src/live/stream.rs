//! The stream of one open page: names of events only, pages fetch what they show themselves.

use std::collections::HashSet;
use std::time::Duration;

use entities::live::News;
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

/// `GET /events`: `ticket-ID` for every visible ticket that changes, then `tickets`; `present-ID` for every one that
/// others come to, leave or write in, then `present`; `notices` when others are unread.
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
                let mut news = HashSet::new();
                match changed.recv().await {
                    Ok(one) => news.insert(one),
                    Err(RecvError::Lagged(_)) => {
                        queue.extend([event("present"), event("tickets")]);
                        continue;
                    }
                    Err(RecvError::Closed) => return None,
                };
                tokio::time::sleep(GATHER).await;
                while let Ok(one) = changed.try_recv() {
                    news.insert(one);
                }
                let (subjects, tickets) = apart(news);
                if !tickets.is_empty() {
                    queue.extend(named(&cx, &tickets, "present", "present").await);
                }
                if subjects.is_empty() {
                    continue;
                }
                match notice::unread(&cx.db, &cx.actor).await {
                    Ok(n) if unread.replace(n) == Some(n) => {}
                    Ok(_) => queue.push(event("notices")),
                    Err(error) => tracing::warn!(%error, "notices cannot be counted"),
                }
                queue.extend(named(&cx, &subjects, "ticket", "tickets").await);
            }
        },
    );
    events.take_until(Box::pin(end))
}

/// What changed, and in which tickets others are than before.
fn apart(news: HashSet<News>) -> (Vec<Uuid>, Vec<Uuid>) {
    let (mut subjects, mut tickets) = (vec![], vec![]);
    for one in news {
        match one {
            News::Changed(id) => subjects.push(id),
            News::Presence(id) => tickets.push(id),
        }
    }
    (subjects, tickets)
}

fn event(name: impl Into<String>) -> Event {
    Event::message("").event_type(name)
}

/// An event for each of these tickets that the reader sees and, read last from the queue's end, one for all of them.
async fn named(cx: &Cx, ids: &[Uuid], of_one: &str, of_all: &str) -> Vec<Event> {
    let visible = match ticket::show::numbers_of(&cx.db, &cx.actor, ids).await {
        Ok(visible) => visible,
        Err(error) => {
            tracing::warn!(%error, "live changes cannot be read");
            return vec![];
        }
    };
    let mut events: Vec<Event> = visible.first().map(|_| event(of_all)).into_iter().collect();
    let each = visible
        .iter()
        .map(|(id, _)| event(format!("{of_one}-{}", id.simple())));
    events.extend(each);
    events
}
