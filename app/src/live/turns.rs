//! The moments at which one page is told of whole lists: other pages have others, so that fifty of them do not fetch at once.

use std::time::Duration;

use rand::Rng as _;
use tokio::time::Instant;

/// Moments that lie as far apart as is wanted, from one that is chosen by chance.
pub(super) struct Turns {
    first: Instant,
    apart: Duration,
}

impl Turns {
    pub(super) fn new(apart: Duration) -> Turns {
        Turns {
            first: Instant::now() + rand::rng().random_range(Duration::ZERO..apart),
            apart,
        }
    }

    /// The first one that is to come.
    pub(super) fn next(&self, now: Instant) -> Instant {
        let gone = now.saturating_duration_since(self.first);
        let turns = gone.as_millis().div_ceil(self.apart.as_millis());
        self.first + self.apart * u32::try_from(turns).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_moments_of_its_own_that_lie_as_far_apart_as_is_wanted() {
        let apart = Duration::from_millis(1500);
        let turns = Turns::new(apart);
        let first = turns.next(Instant::now());
        assert!(first <= Instant::now() + apart);
        for turn in 0..4 {
            let after = first + apart * turn + Duration::from_millis(1);
            assert_eq!(turns.next(after), first + apart * (turn + 1));
        }
    }
}
