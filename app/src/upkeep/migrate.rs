//! `lotse migrate`: brings the schema up to date and says what that meant.

use anyhow::Context as _;
use migration::Standing;

use crate::config::Config;

/// One sentence for the terminal.
pub async fn migrate(config: &Config) -> anyhow::Result<String> {
    std::fs::create_dir_all(&config.data_dir)
        .with_context(|| format!("data_dir {}", config.data_dir.display()))?;
    let url = &config.database.url;
    let before = migration::standing(url).await.context("database.url")?;
    migration::bring_up(url).await.context("database.url")?;
    Ok(match before {
        Standing::Current => "The schema is up to date.".to_owned(),
        Standing::Behind(1) => "One change was applied; the schema is up to date.".to_owned(),
        Standing::Behind(changes) => {
            format!("{changes} changes were applied; the schema is up to date.")
        }
        Standing::Newer => "The schema is newer than this program.".to_owned(),
    })
}
