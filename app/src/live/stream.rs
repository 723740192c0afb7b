//! The stream of one open page: names of events only, pages fetch what they show themselves.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::time::Duration;

use entities::live::News;
use entities::ticket::sight::{Sight, seen};
use entities::{Uuid, notice};
use futures_util::{Stream, StreamExt as _};
use poem::handler;
use poem::web::sse::{Event, SSE};
use rand::Rng as _;
use serde::Deserialize;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::time::Instant;

use super::turns::Turns;
use super::{Mark, Piece};
use crate::web::cx::Cx;
use crate::web::form::Query;

/// A stream ends after this time; the page connects again, and whoever has signed out meanwhile does not.
const LONGEST: Duration = Duration::from_secs(5 * 60);
/// Changes that come in quick succession are told together …
const GATHER: Duration = Duration::from_millis(100);
/// … at the latest after this; each page takes a time between both, so that not all ask the database at once.
const GATHERED: Duration = Duration::from_millis(250);
/// Whole lists are told no more often than this, however much happens: each page that shows one fetches it anew.
const LISTS: Duration = Duration::from_millis(1200);

const NOTICES: &str = "notices";
/// More happened than could be told: a page asks anew for all it shows.
const ANEW: &str = "anew";

/// What the page knows that asks.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// A [`Mark`]; empty: all up to now.
    since: String,
}

/// `GET /events?since=`: `ticket-ID` for every visible ticket that changes, then `tickets`; `present-ID` for every one that
/// others come to, leave or write in, then `present`; `notices` when others are unread; `anew` when nobody knows what was
/// missed.
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
    let turns = Turns::new(LISTS);
    let told = Told {
        changed,
        cx,
        queue: VecDeque::new(),
        gather: rand::rng().random_range(GATHER..GATHERED),
        lists: match since {
            Some(_) => BTreeSet::new(),
            None => BTreeSet::from([ANEW]),
        },
        turn: turns.next(Instant::now()),
        turns,
        missed: since
            .into_iter()
            .flatten()
            .map(|news| (news, Sight::default()))
            .collect(),
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
    changed: Receiver<Piece>,
    queue: VecDeque<Event>,
    gather: Duration,
    /// Events for whole lists that wait until [`Told::turn`].
    lists: BTreeSet<&'static str>,
    turns: Turns,
    turn: Instant,
    /// What happened before the page began to listen.
    missed: HashMap<News, Sight>,
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
                () = tokio::time::sleep_until(self.turn), if !self.lists.is_empty() => {
                    self.tell_lists().await;
                    continue;
                }
            };
            match received {
                Ok(one) => self.gather(one).await,
                Err(RecvError::Lagged(_)) => self.tell_soon(ANEW),
                Err(RecvError::Closed) => return None,
            }
        }
    }

    /// Takes what comes right after it along.
    async fn gather(&mut self, one: Piece) {
        tokio::time::sleep(self.gather).await;
        let mut news = HashMap::from([(one.news, one.sight)]);
        if take_rest(&mut self.changed, &mut news) {
            self.tell_soon(ANEW);
        }
        self.tell(news).await;
    }

    async fn tell(&mut self, news: HashMap<News, Sight>) {
        let (subjects, tickets) = apart(news);
        if !tickets.is_empty() {
            self.name(&tickets, "present", "present").await;
        }
        if subjects.is_empty() {
            return;
        }
        self.name(&subjects, "ticket", "tickets").await;
        self.tell_soon(NOTICES);
    }

    /// Whole lists that changed; notices only when others are unread.
    async fn tell_lists(&mut self) {
        let mut lists = std::mem::take(&mut self.lists);
        if lists.contains(ANEW) {
            self.queue.push_back(event(ANEW));
            return;
        }
        if lists.contains(NOTICES) && !self.are_others_unread().await {
            lists.remove(NOTICES);
        }
        self.queue.extend(lists.into_iter().map(event));
    }

    async fn are_others_unread(&mut self) -> bool {
        match notice::unread(&self.cx.db, &self.cx.actor).await {
            Ok(unread) => self.unread.replace(unread) != Some(unread),
            Err(error) => {
                tracing::warn!(%error, "notices cannot be counted");
                false
            }
        }
    }

    fn tell_soon(&mut self, list: &'static str) {
        if self.lists.is_empty() {
            self.turn = self.turns.next(Instant::now());
        }
        self.lists.insert(list);
    }

    /// An event for each of these tickets that the reader sees, and soon one for all of them.
    async fn name(&mut self, tickets: &[(Uuid, Sight)], of_one: &str, of_all: &'static str) {
        match seen(&self.cx.db, &self.cx.actor, tickets).await {
            Ok(visible) => {
                let each = visible.iter();
                let each = each.map(|id| event(format!("{of_one}-{}", id.simple())));
                self.queue.extend(each);
                if !visible.is_empty() {
                    self.tell_soon(of_all);
                }
            }
            Err(error) => tracing::warn!(%error, "live changes cannot be read"),
        }
    }
}

/// Takes what has come since; whether more came than was kept.
fn take_rest(changed: &mut Receiver<Piece>, news: &mut HashMap<News, Sight>) -> bool {
    let mut has_missed = false;
    loop {
        match changed.try_recv() {
            // The later one of two was read, if at all, after both.
            Ok(one) => {
                news.insert(one.news, one.sight);
            }
            Err(TryRecvError::Lagged(_)) => has_missed = true,
            Err(TryRecvError::Empty | TryRecvError::Closed) => return has_missed,
        }
    }
}

type Tickets = Vec<(Uuid, Sight)>;

/// What changed, and in which tickets others are than before.
fn apart(news: HashMap<News, Sight>) -> (Tickets, Tickets) {
    let (mut subjects, mut tickets) = (vec![], vec![]);
    for (one, sight) in news {
        match one {
            News::Changed(id) => subjects.push((id, sight)),
            News::Presence(id) => tickets.push((id, sight)),
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

    use std::collections::HashSet;

    use super::*;

    #[test]
    fn that_more_came_than_was_kept_is_not_overlooked() {
        let (sender, mut changed) = tokio::sync::broadcast::channel(2);
        let mut news = HashMap::new();
        let ids: Vec<Uuid> = (0..3).map(|_| entities::new_id()).collect();
        sender.send(News::Changed(ids[0]).into()).unwrap();
        assert!(!take_rest(&mut changed, &mut news));
        for id in &ids {
            sender.send(News::Changed(*id).into()).unwrap();
        }
        news.clear();
        assert!(take_rest(&mut changed, &mut news));
        let kept: HashSet<News> = ids[1..].iter().map(|id| News::Changed(*id)).collect();
        assert_eq!(news.into_keys().collect::<HashSet<News>>(), kept);
    }
}
