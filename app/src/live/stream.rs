//! The stream of one open page: names of events only, pages fetch what they show themselves.

use std::collections::{BTreeSet, HashSet, VecDeque};
use std::time::Duration;

use entities::live::News;
use entities::{Uuid, notice, ticket};
use futures_util::{Stream, StreamExt as _};
use poem::handler;
use poem::web::sse::{Event, SSE};
use serde::Deserialize;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::time::Instant;

use super::Mark;
use crate::web::cx::Cx;
use crate::web::form::Query;

/// A stream ends after this time; the page connects again, and whoever has signed out meanwhile does not.
const LONGEST: Duration = Duration::from_secs(5 * 60);
/// Changes that come in quick succession are told together.
const GATHER: Duration = Duration::from_millis(150);
/// Whole lists are told no more often than this, however much happens: each page that shows one fetches it anew.
const LISTS: Duration = Duration::from_secs(1);

/// What pages fetch anew when more happened than could be told.
const ALL: [&str; 3] = ["notices", "present", "tickets"];

/// What the page knows that asks.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// A [`Mark`]; empty: all up to now.
    since: String,
}

/// `GET /events?since=`: `ticket-ID` for every visible ticket that changes, then `tickets`; `present-ID` for every one that
/// others come to, leave or write in, then `present`; `notices` when others are unread.
#[handler]
pub async fn stream(cx: Cx, Query(asked): Query<Asked>) -> SSE {
    let known = asked.since.parse().unwrap_or(cx.knows);
    SSE::new(events(cx, known)).keep_alive(Duration::from_secs(25))
}

fn events(cx: Cx, known: Mark) -> impl Stream<Item = Event> {
    let hub = cx.desk.live.clone();
    let end = async move {
        tokio::select! {
            () = hub.ended() => {}
            () = tokio::time::sleep(LONGEST) => {}
        }
    };
    let (changed, since) = cx.desk.live.listen_since(known);
    let told = Told {
        changed,
        cx,
        queue: VecDeque::new(),
        lists: match since {
            Some(_) => BTreeSet::new(),
            None => BTreeSet::from(ALL),
        },
        missed: since.unwrap_or_default(),
        lists_after: Instant::now(),
        unread: None,
    };
    let events = futures_util::stream::unfold(told, |mut told| async move {
        let event = told.next().await?;
        Some((event, told))
    });
    events.take_until(Box::pin(end))
}

/// What one open page was told and will be.
struct Told {
    cx: Cx,
    changed: Receiver<News>,
    queue: VecDeque<Event>,
    /// Events for whole lists that wait until [`Told::lists_after`].
    lists: BTreeSet<&'static str>,
    lists_after: Instant,
    /// What happened before the page began to listen.
    missed: HashSet<News>,
    unread: Option<i64>,
}

impl Told {
    /// The next event; none when nothing will be told any more.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.queue.pop_front() {
                return Some(event);
            }
            if !self.missed.is_empty() {
                let missed = std::mem::take(&mut self.missed);
                self.tell(missed).await;
                continue;
            }
            let received = tokio::select! {
                received = self.changed.recv() => received,
                () = tokio::time::sleep_until(self.lists_after), if !self.lists.is_empty() => {
                    self.queue.extend(std::mem::take(&mut self.lists).into_iter().map(event));
                    self.lists_after = Instant::now() + LISTS;
                    continue;
                }
            };
            match received {
                Ok(one) => self.gather(one).await,
                Err(RecvError::Lagged(_)) => self.lists.extend(ALL),
                Err(RecvError::Closed) => return None,
            }
        }
    }

    /// Takes what comes right after it along.
    async fn gather(&mut self, one: News) {
        tokio::time::sleep(GATHER).await;
        let mut news = HashSet::from([one]);
        if take_rest(&mut self.changed, &mut news) {
            self.lists.extend(ALL);
        }
        self.tell(news).await;
    }

    async fn tell(&mut self, news: HashSet<News>) {
        let (subjects, tickets) = apart(news);
        if !tickets.is_empty() {
            self.name(&tickets, "present", "present").await;
        }
        if subjects.is_empty() {
            return;
        }
        self.name(&subjects, "ticket", "tickets").await;
        match notice::unread(&self.cx.db, &self.cx.actor).await {
            Ok(n) if self.unread.replace(n) == Some(n) => {}
            Ok(_) => self.queue.push_back(event("notices")),
            Err(error) => tracing::warn!(%error, "notices cannot be counted"),
        }
    }

    /// An event for each of these tickets that the reader sees, and soon one for all of them.
    async fn name(&mut self, ids: &[Uuid], of_one: &str, of_all: &'static str) {
        match ticket::show::numbers_of(&self.cx.db, &self.cx.actor, ids).await {
            Ok(visible) => {
                let each = visible.iter();
                let each = each.map(|(id, _)| event(format!("{of_one}-{}", id.simple())));
                self.queue.extend(each);
                self.lists.extend(visible.first().map(|_| of_all));
            }
            Err(error) => tracing::warn!(%error, "live changes cannot be read"),
        }
    }
}

/// Takes what has come since; whether more came than was kept.
fn take_rest(changed: &mut Receiver<News>, news: &mut HashSet<News>) -> bool {
    let mut has_missed = false;
    loop {
        match changed.try_recv() {
            Ok(one) => {
                news.insert(one);
            }
            Err(TryRecvError::Lagged(_)) => has_missed = true,
            Err(TryRecvError::Empty | TryRecvError::Closed) => return has_missed,
        }
    }
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn that_more_came_than_was_kept_is_not_overlooked() {
        let (sender, mut changed) = tokio::sync::broadcast::channel(2);
        let mut news = HashSet::new();
        let ids: Vec<Uuid> = (0..3).map(|_| entities::new_id()).collect();
        sender.send(News::Changed(ids[0])).unwrap();
        assert!(!take_rest(&mut changed, &mut news));
        for id in &ids {
            sender.send(News::Changed(*id)).unwrap();
        }
        news.clear();
        assert!(take_rest(&mut changed, &mut news));
        let kept: HashSet<News> = ids[1..].iter().map(|id| News::Changed(*id)).collect();
        assert_eq!(news, kept);
    }
}
