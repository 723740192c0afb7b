//! Who watches articles, what articles are known by to each other, and which re-checks nobody was told of yet.

use sea_orm_migration::sea_orm::prelude::Uuid;
use sea_orm_migration::sea_orm::{ConnectionTrait as _, FromQueryResult, Statement};
use sea_orm_migration::{prelude::*, schema::*};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What is known of one article so far.
#[derive(FromQueryResult)]
struct Known {
    id: Uuid,
    body: String,
    keywords: String,
}

/// Articles that are read at once.
const AT_ONCE: usize = 200;

/// The most articles one leads to.
const MOST_LINKS: usize = 200;

/// Before the ids of articles in links.
const LEADS: [&str; 3] = ["/knowledge/", "/help/articles/", "/portal/knowledge/"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("article_watch")
                .col(uuid("article_id"))
                .col(uuid("person_id"))
                .col(timestamp_with_time_zone("since"))
                .primary_key(Index::create().col("article_id").col("person_id"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("article_link")
                .col(uuid("article_id"))
                .col(uuid("to_id"))
                .primary_key(Index::create().col("article_id").col("to_id"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("article_keyword")
                .col(string("word"))
                .col(uuid("article_id"))
                .primary_key(Index::create().col("word").col("article_id"))
                .to_owned(),
        )
        .await?;
        let told = Table::alter()
            .table("article_recheck")
            .add_column(timestamp_with_time_zone_null("told_at"))
            .to_owned();
        m.alter_table(told).await?;
        for sql in [
            "CREATE INDEX article_link_to ON article_link (to_id, article_id)",
            "CREATE INDEX article_keyword_of ON article_keyword (article_id)",
            "DROP INDEX article_service_of",
            "CREATE INDEX article_service_of ON article_service (service_id, article_id)",
            // What is on the list by now is no news.
            "UPDATE article_recheck SET told_at = since",
            "CREATE INDEX article_recheck_untold ON article_recheck (since, article_id) WHERE told_at IS NULL",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        fill(m.get_connection()).await
    }
}

/// Links and keywords of the versions that articles are known by.
async fn fill(c: &SchemaManagerConnection<'_>) -> Result<(), DbErr> {
    let backend = c.get_database_backend();
    let mut after = Uuid::nil();
    loop {
        let sql = format!(
            "SELECT a.id, v.body, v.keywords FROM article a JOIN article_version v ON v.article_id = a.id \
             AND v.number = COALESCE(a.published, a.newest) WHERE a.id > $1 ORDER BY a.id LIMIT {AT_ONCE}"
        );
        let statement = Statement::from_sql_and_values(backend, sql, [after.into()]);
        let rows = Known::find_by_statement(statement).all(c).await?;
        let Some(last) = rows.last() else {
            return Ok(());
        };
        after = last.id;
        for row in &rows {
            let to = links(&row.body).into_iter().filter(|to| *to != row.id);
            for to in to.take(MOST_LINKS) {
                let sql = "INSERT INTO article_link (article_id, to_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
                let values = [row.id.into(), to.into()];
                c.execute_raw(Statement::from_sql_and_values(backend, sql, values))
                    .await?;
            }
            let words = row.keywords.lines().map(fold);
            for word in words.filter(|word| !word.is_empty()) {
                let sql = "INSERT INTO article_keyword (word, article_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
                let values = [word.into(), row.id.into()];
                c.execute_raw(Statement::from_sql_and_values(backend, sql, values))
                    .await?;
            }
        }
    }
}

/// The articles a text leads to, each once.
fn links(text: &str) -> Vec<Uuid> {
    let mut found = Vec::new();
    for lead in LEADS {
        for (at, _) in text.match_indices(lead) {
            let id = text.get(at + lead.len()..at + lead.len() + 36);
            let id = id.and_then(|id| Uuid::try_parse(id).ok());
            found.extend(id.filter(|id| !found.contains(id)));
        }
    }
    found
}

/// A keyword as it is compared, as the model folded it when this was written.
fn fold(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::with_capacity(words.len());
    for c in words.nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'ß' | 'ẞ' => out.push_str("ss"),
            'ı' => out.push('i'),
            'ł' | 'Ł' => out.push('l'),
            'ø' | 'Ø' => out.push('o'),
            'æ' | 'Æ' => out.push_str("ae"),
            'đ' | 'Đ' => out.push('d'),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}
