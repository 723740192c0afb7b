//! Words that the demo's unit uses for the same thing.

use entities::permit::Desk;
use entities::synonym::{self, SynonymFacts};
use entities::{Db, Permit};

const GROUPS: [&[&str]; 3] = [
    &["Kita", "Kindertagesstätte", "Kindergarten"],
    &["Abschlagszahlung", "Vorauszahlung"],
    &["Serienbrief", "Rundschreiben"],
];

/// Makes them.
pub async fn build(db: &Db) -> anyhow::Result<()> {
    for words in GROUPS {
        let facts = SynonymFacts {
            words: words.join("\n"),
        };
        let permit = Permit::ask(&super::database::importer(), Desk)?;
        db.change(permit, synonym::Create { facts, once: None })
            .await?;
    }
    Ok(())
}
