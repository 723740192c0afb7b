//! Articles that were written elsewhere come in, and go out again, without loss that nobody is told of.

mod counts;
mod manuals;
mod pages;
mod random;
mod round;

use std::path::Path;

use entities::article::{self, Article, version};
use entities::{Actor, Rule};
use lotse::knowledge::import::console::{KnowledgeImport, import};
use serde_json::Value;
use support::desk::TestDesk;

/// The report of an import.
pub async fn imported(desk: &TestDesk, asked: KnowledgeImport) -> Value {
    let asked = KnowledgeImport {
        json: true,
        ..asked
    };
    let told = import(desk, asked).await.unwrap();
    serde_json::from_str(&told).unwrap()
}

/// An import of that place, of which nothing else is wanted.
pub fn of(path: &Path) -> KnowledgeImport {
    KnowledgeImport {
        path: path.to_owned(),
        ..KnowledgeImport::default()
    }
}

/// How often something was remarked of one article.
pub fn remarked(entry: &Value, what: &str) -> usize {
    let count = entry["remarks"][what]["count"].as_u64();
    usize::try_from(count.unwrap_or(0)).unwrap()
}

/// The article with that title.
pub async fn titled(desk: &TestDesk, title: &str) -> Article {
    let all = all(desk).await;
    let mut found = all.into_iter().filter(|article| article.row.title == title);
    found
        .next()
        .unwrap_or_else(|| panic!("no article “{title}”"))
}

/// All articles there are.
pub async fn all(desk: &TestDesk) -> Vec<Article> {
    let console = Actor::System(Rule::Console);
    article::to_export(&desk.db, &console, None, 10_000)
        .await
        .unwrap()
}

/// The text of the newest version.
pub async fn body(desk: &TestDesk, article: &Article) -> String {
    let newest = version::of(&desk.db, article, article.row.newest).await;
    newest.unwrap().body
}

pub async fn versions(desk: &TestDesk) -> i64 {
    let sql = "SELECT count(*) FROM article_version";
    desk.database().number(sql, vec![]).await
}
