//! Words that mean the same, as an administrator keeps them: who looks for one finds the others too.

pub mod list;

mod facts;

use sea_orm::entity::prelude::*;

pub use Model as Synonyms;
pub use facts::SynonymFacts;
pub use list::{elsewhere, find, groups, list};

use crate::text::fold;

pub type Create = crate::setting::Create<Model>;
pub type Update = crate::setting::Update<Model>;
pub type Retire = crate::setting::Retire<Model>;
pub type Restore = crate::setting::Restore<Model>;

/// The most words of a group; with two it begins.
pub const MOST_WORDS: usize = 20;
/// The most letters of a word or short phrase.
pub const MOST_LETTERS: usize = 60;
/// The most groups in use.
pub const MOST_GROUPS: usize = 500;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "synonym")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// One a line, as they were typed.
    pub words: String,
    pub created_at: DateTimeUtc,
    pub retired_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// The words of the group.
    pub fn words(&self) -> Vec<String> {
        words(&self.words)
    }
}

/// A word of a group in use, folded: none stands in two of them.
pub(crate) mod word {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "synonym_word")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub word: String,
        pub synonym_id: Uuid,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// The words and short phrases of a text, one a line or between commas; each once, whatever its case and accents.
pub fn words(text: &str) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    let pieces = text.split([',', ';']).flat_map(str::lines);
    let pieces = pieces.map(|piece| {
        let words: Vec<&str> = piece.split_whitespace().collect();
        words.join(" ").replace(char::is_control, "")
    });
    pieces
        .filter(|piece| !piece.is_empty())
        .filter(|piece| {
            let folded = fold(piece);
            let is_new = !known.contains(&folded);
            known.push(folded);
            is_new
        })
        .collect()
}

/// Whether an index reads a word there.
pub fn is_word(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}
