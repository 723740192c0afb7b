//! Whether an article helped its readers outside of the desk: one answer a person, and one a visitor of whom nothing is kept.

use chrono::Duration;
use sea_orm::EntityTrait;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Site;
use crate::actor::{Actor, Rule};
use crate::article::feedback::{self, AnswerOutside, GiveFeedback, Reader};
use crate::article::{self, visitor};
use crate::error::{Rejected, Result};
use crate::permit::Permit;
use crate::{random, sign_in};

/// So many answers are taken from one network address within an hour.
const MOST: u32 = 30;
const WINDOW: Duration = Duration::hours(1);

/// What a reader says, or said before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The version that was before their eyes.
    pub version: i32,
    pub helped: bool,
    /// In their words; of people who have signed in.
    pub word: String,
}

/// Where a reader sits.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seat<'a> {
    /// The random word that their browser keeps, when it does.
    pub word: Option<&'a str>,
    /// The network address: it is counted and not kept.
    pub address: &'a str,
}

/// A random word for a browser to keep.
///
/// # Errors
/// The machine's, when it has no randomness.
pub fn word() -> Result<String> {
    random::word()
}

impl Site {
    /// Whether the desk knows who reads.
    pub fn knows_the_reader(&self) -> bool {
        self.person.is_some()
    }

    /// What the reader said of an article that was found for them.
    pub async fn said(&self, article_id: Uuid, word: Option<&str>) -> Result<Option<Answer>> {
        if let Some(me) = self.person {
            let row = feedback::Entity::find_by_id((article_id, me));
            let row = row.one(self.db.reader()).await?;
            return Ok(row.map(|row| Answer {
                version: row.version,
                helped: row.helped,
                word: row.word,
            }));
        }
        let Some(word) = word else {
            return Ok(None);
        };
        let row = visitor::Entity::find_by_id((article_id, visitor_of(article_id, word)));
        let row = row.one(self.db.reader()).await?;
        Ok(row.map(|row| Answer {
            version: row.version,
            helped: row.helped,
            word: String::new(),
        }))
    }

    /// Takes an answer; the same again changes nothing. A visitor without a word is one of their own each time.
    ///
    /// # Errors
    /// `Hidden` when there is no such article for these readers, `ChangedMeanwhile` when it is about an older version,
    /// `TooLong`, and `TooManyAnswers` when too many came from there.
    pub async fn answer(&self, key: &str, answer: Answer, seat: Seat<'_>) -> Result<()> {
        let id = self.row(key).await?.id;
        let said = self.said(id, seat.word).await?;
        let is_same = said.is_some_and(|said| {
            (said.version, said.helped) == (answer.version, answer.helped)
                && (self.person.is_none() || said.word == answer.word.trim())
        });
        if is_same {
            return Ok(());
        }
        let reader = match self.person {
            Some(me) => Reader::Person(me),
            None => {
                self.count(seat.address).await?;
                let word = seat.word.map_or_else(word, |word| Ok(word.to_owned()))?;
                Reader::Visitor(visitor_of(id, &word))
            }
        };
        let actor = Actor::System(Rule::Site);
        let article = article::find(&self.db, &actor, id).await?;
        let permit = Permit::ask(&actor, article)?;
        let said = GiveFeedback {
            version: answer.version,
            helped: answer.helped,
            word: answer.word,
        };
        let command = AnswerOutside { reader, said };
        self.db.change(permit, command).await?;
        Ok(())
    }

    async fn count(&self, address: &str) -> Result<()> {
        let until = sign_in::count_stranger(&self.db, "answers", address, MOST, WINDOW).await?;
        match until {
            Some(_) => Err(Rejected::TooManyAnswers.into()),
            None => Ok(()),
        }
    }
}

/// What an answer is kept under.
fn visitor_of(article_id: Uuid, word: &str) -> String {
    hex::encode(Sha256::digest(format!("{article_id}\n{word}").as_bytes()))
}
