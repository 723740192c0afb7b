//! Proof of the portal: a different word in everything a vendor could be shown by mistake, and three vendors who look
//! everywhere. A route, an effect or a mail that is not named here fails, so that no later way out goes unseen.

mod articles;
mod crawl;
mod plant;
mod ways_out;
mod work;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use lotse::jobs::indexing;
use plant::World;

/// Tickets full of words.
fn tickets() -> usize {
    match std::env::var_os("LOTSE_TEST_LONG") {
        Some(_) => 1000,
        None => 50,
    }
}

/// The vendors who look.
pub const VENDORS: usize = 3;

/// Beside them, whoever comes by: a reader of the open site who belongs to nobody.
pub const VISITOR: usize = VENDORS;

/// Each planted word: where it stands, who may read it now, and who could at some time.
#[derive(Debug, Default)]
pub struct Words {
    planted: BTreeMap<String, Word>,
}

#[derive(Debug)]
struct Word {
    at: String,
    now: BTreeSet<usize>,
    ever: BTreeSet<usize>,
}

impl Words {
    /// A new word that these vendors may read.
    pub fn plant(&mut self, at: &str, readers: &[usize]) -> String {
        let word = format!("kanarie{:06}x", self.planted.len());
        let readers: BTreeSet<usize> = readers.iter().copied().collect();
        self.planted.insert(
            word.clone(),
            Word {
                at: at.to_owned(),
                now: readers.clone(),
                ever: readers,
            },
        );
        word
    }

    /// One more may read it.
    pub fn allow(&mut self, word: &str, reader: usize) {
        let word = self.planted.get_mut(word).unwrap();
        word.now.insert(reader);
        word.ever.insert(reader);
    }

    /// Nobody may read these any more.
    pub fn forbid(&mut self, words: &[String]) {
        for word in words {
            self.planted.get_mut(word).unwrap().now.clear();
        }
    }

    /// The planted words in a text that this vendor may not read, each with where it was planted.
    pub fn strange(&self, text: &str, reader: usize, when: When) -> Vec<String> {
        let text = text.to_lowercase();
        let mut strange = Vec::new();
        for (at, _) in text.match_indices("kanarie") {
            let word = text.get(at..at + 14).unwrap_or(&text[at..]);
            let may = self.planted.get(word).is_some_and(|word| match when {
                When::Now => word.now.contains(&reader),
                When::Ever => word.ever.contains(&reader),
            });
            if !may {
                let of = self.planted.get(word).map_or("?", |word| word.at.as_str());
                strange.push(format!("{word} ({of})"));
            }
        }
        strange
    }

    /// Every word.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.planted.keys().map(String::as_str)
    }

    /// Words this vendor may read now.
    pub fn of(&self, reader: usize) -> BTreeSet<&str> {
        let own = self.planted.iter().filter(|(_, w)| w.now.contains(&reader));
        own.map(|(word, _)| word.as_str()).collect()
    }
}

/// A page shows what may be read now; a mail was sent when it could be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Now,
    Ever,
}

/// Numbers that look random and are the same each time, or others by `LOTSE_TEST_SEED`.
pub struct Dice(u64);

impl Dice {
    fn new() -> Dice {
        let seed = std::env::var("LOTSE_TEST_SEED").ok();
        Dice(
            seed.and_then(|seed| seed.parse().ok())
                .unwrap_or(0x0001_075e),
        )
    }

    /// A number below that one.
    pub fn below(&mut self, most: u64) -> u64 {
        // Xorshift64*, by Sebastiano Vigna.
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % most
    }

    /// True so many times out of a hundred.
    pub fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_vendor_reads_a_word_that_is_not_theirs() {
    let world = plant::world(tickets(), Dice::new()).await;
    world.desk.send_everything().await;
    indexing::run_due(&world.desk).await.unwrap();
    let world = Arc::new(world);
    all_at_once(&world, look_everywhere).await;
    crawl::site(&world).await;
    crawl::mails(&world).await;
    // What is withdrawn is gone, for all three at once.
    let mut world = Arc::into_inner(world).unwrap();
    world.withdraw_everything().await;
    indexing::run_due(&world.desk).await.unwrap();
    all_at_once(&Arc::new(world), look_once_more).await;
}

async fn look_everywhere(world: Arc<World>, reader: usize) {
    let read = crawl::everything(&world, reader).await;
    // The proof is worth nothing when the vendors see nothing.
    let own = world.words.of(reader);
    let found = own.iter().filter(|word| read.contains(**word)).count();
    assert!(found * 10 > own.len() * 9, "{found} of {}", own.len());
    crawl::errors(&world, reader).await;
    crawl::desk_routes(&world, reader).await;
    crawl::articles_of_others(&world, reader).await;
    crawl::search(&world, reader, crawl::Shared::Still).await;
}

async fn look_once_more(world: Arc<World>, reader: usize) {
    crawl::everything(&world, reader).await;
    crawl::errors(&world, reader).await;
    crawl::search(&world, reader, crawl::Shared::NoMore).await;
}

/// Each vendor in a browser of their own at the same time.
async fn all_at_once<L>(world: &Arc<World>, look: impl Fn(Arc<World>, usize) -> L)
where
    L: Future<Output = ()> + Send + 'static,
{
    let looking = (0..VENDORS).map(|reader| tokio::spawn(look(world.clone(), reader)));
    for looking in looking.collect::<Vec<_>>() {
        looking.await.unwrap();
    }
}
