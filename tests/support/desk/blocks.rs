//! Text blocks as a test speaks of them.

use entities::Uuid;
use entities::text_block::{BlockKind, Notice, TextBlock, TextBlockFacts, Wording};

use super::TestDesk;

/// What a block says in German, and in English too; nobody has written or approved it.
pub fn block(name: &str, kind: BlockKind, text: &str) -> TextBlockFacts {
    TextBlockFacts {
        name: name.to_owned(),
        kind,
        wording: Wording {
            notice: Notice {
                de: text.to_owned(),
                en: String::new(),
            },
            ..Wording::default()
        },
        ..TextBlockFacts::default()
    }
}

impl TestDesk {
    /// A text block that is offered, as an import brings it.
    pub async fn offer(&self, facts: TextBlockFacts) -> Uuid {
        let approved = Some(facts.wording.clone());
        self.create::<TextBlock>(TextBlockFacts { approved, ..facts })
            .await
    }
}
