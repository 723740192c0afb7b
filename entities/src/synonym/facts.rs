//! What can be set about words that mean the same, and how that becomes their rows.

use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::{Entity, MOST_LETTERS, MOST_WORDS, Model, is_word, words};
use crate::clock::Instant;
use crate::error::{Rejected, Result};
use crate::history::SubjectKind;
use crate::ledger::Batch;
use crate::policy::Permission;
use crate::setting::{self, Facts, Field, Noun, SettingEvent};

/// The content of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SynonymFacts {
    /// Words and short phrases, one a line or between commas.
    pub words: String,
}

impl Facts for SynonymFacts {
    fn checked(self) -> Result<Self, Rejected> {
        let words = words(&self.words);
        let is_long = |word: &String| word.chars().count() > MOST_LETTERS;
        if !(2..=MOST_WORDS).contains(&words.len())
            || words.iter().any(is_long)
            || !words.iter().all(|word| is_word(word))
        {
            return Err(Rejected::NoWords);
        }
        Ok(SynonymFacts {
            words: words.join("\n"),
        })
    }

    fn fields(&self) -> Vec<Field> {
        vec![Field::open("words", words(&self.words))]
    }
}

#[allow(private_interfaces)]
impl Noun for Model {
    type Facts = SynonymFacts;

    const KIND: SubjectKind = SubjectKind::Synonym;

    const MANAGE: Permission = Permission::ManageServices;

    fn id(&self) -> Uuid {
        self.id
    }

    fn retired_at(&mut self) -> &mut Option<Instant> {
        &mut self.retired_at
    }

    fn is_retired(&self) -> bool {
        self.retired_at.is_some()
    }

    fn blank(id: Uuid, now: Instant) -> Self {
        Model {
            id,
            words: String::new(),
            created_at: now,
            retired_at: None,
        }
    }

    fn facts(&self) -> SynonymFacts {
        SynonymFacts {
            words: self.words.clone(),
        }
    }

    fn take(&mut self, facts: &SynonymFacts) {
        self.words.clone_from(&facts.words);
    }

    async fn lock(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        setting::rows::<Entity>(tx, ids).await
    }

    fn write(&self, _: &[SettingEvent<SynonymFacts>], batch: &mut Batch) {
        batch.synonyms.push(self.clone());
    }
}
