//! What was new a moment ago, for pages that were made before it and listen after it.

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::str::FromStr;
use std::time::{Duration, Instant};

use entities::live::News;

/// A page listens within seconds; for one that comes later everything may be new.
const LONGEST: Duration = Duration::from_secs(60);
/// The most that is kept.
const MOST: usize = 4096;

/// Up to where a process had heard what is new.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    process: u32,
    number: u64,
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}.{}", self.process, self.number)
    }
}

impl FromStr for Mark {
    type Err = ();

    fn from_str(text: &str) -> Result<Mark, ()> {
        let (process, number) = text.split_once('.').ok_or(())?;
        Ok(Mark {
            process: u32::from_str_radix(process, 16).map_err(|_| ())?,
            number: number.parse().map_err(|_| ())?,
        })
    }
}

/// What one process heard.
#[derive(Debug)]
pub(super) struct Past {
    /// Pages may come to another process than the one that made them.
    process: u32,
    /// How many came before the first that is kept.
    before: u64,
    kept: VecDeque<(Instant, News)>,
}

impl Default for Past {
    fn default() -> Past {
        let [.., a, b, c, d] = entities::new_id().into_bytes();
        Past {
            process: u32::from_be_bytes([a, b, c, d]),
            before: 0,
            kept: VecDeque::new(),
        }
    }
}

impl Past {
    pub(super) fn mark(&self) -> Mark {
        Mark {
            process: self.process,
            number: self.before + self.kept.len() as u64,
        }
    }

    pub(super) fn keep(&mut self, news: News) {
        let now = Instant::now();
        let is_old = |(at, _): &(Instant, News)| now.duration_since(*at) > LONGEST;
        while self.kept.len() >= MOST || self.kept.front().is_some_and(is_old) {
            self.kept.pop_front();
            self.before += 1;
        }
        self.kept.push_back((now, news));
    }

    /// What came since; none where that is not known.
    pub(super) fn since(&self, mark: Mark) -> Option<HashSet<News>> {
        let known = mark.number.checked_sub(self.before)?;
        let known = usize::try_from(known).ok()?;
        if mark.process != self.process || known > self.kept.len() {
            return None;
        }
        let since = self.kept.iter().skip(known);
        Some(since.map(|(_, news)| *news).collect())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn some(count: usize) -> Vec<News> {
        let mut ids = Vec::new();
        ids.resize_with(count, || News::Changed(entities::new_id()));
        ids
    }

    #[test]
    fn what_came_after_a_page_was_made_is_known_for_a_while() {
        let mut past = Past::default();
        let news = some(3);
        past.keep(news[0]);
        let mark = past.mark();
        assert_eq!(past.since(mark), Some(HashSet::new()));
        past.keep(news[1]);
        past.keep(news[2]);
        past.keep(news[1]);
        let since: HashSet<News> = news[1..].iter().copied().collect();
        assert_eq!(past.since(mark), Some(since));
        assert_eq!(past.since(past.mark()), Some(HashSet::new()));
    }

    #[test]
    fn of_what_is_not_kept_or_came_to_another_process_nothing_is_known() {
        let mut past = Past::default();
        let mark = past.mark();
        let later = Mark {
            number: mark.number + 1,
            ..mark
        };
        assert_eq!(past.since(later), None);
        for news in some(MOST + 1) {
            past.keep(news);
        }
        assert_eq!(past.since(mark), None);
        assert!(past.since(later).is_some());
        let other = Past::default();
        assert_eq!(other.since(past.mark()), None);
    }

    #[test]
    fn a_mark_is_read_as_it_is_written() {
        let mark = Past::default().mark();
        assert_eq!(mark.to_string().parse(), Ok(mark));
        for wrong in ["", "1", "x.1", "1.x", "1.-1", "123456789.1"] {
            assert_eq!(wrong.parse::<Mark>(), Err(()), "{wrong}");
        }
    }
}
