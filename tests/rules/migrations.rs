//! Migrations keep the rows that are there, run once, and refuse a schema of the future.

use migration::{Migrator, Standing, bring_up, standing};
use sea_orm::FromQueryResult;
use sea_orm_migration::MigratorTrait as _;
use support::desk::Database;

#[derive(FromQueryResult)]
struct Table {
    name: String,
}

async fn tables(database: &Database) -> Vec<String> {
    let sql = if database.is_postgres() {
        "SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1"
    } else {
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY 1"
    };
    let rows: Vec<Table> = database.rows(sql, vec![]).await;
    rows.into_iter()
        .map(|row| row.name)
        .filter(|name| name != "seaql_migrations")
        .collect()
}

#[tokio::test]
async fn every_migration_keeps_the_rows_that_are_there() {
    let folder = support::process::scratch("migrations");
    let database = Database::empty(folder.path()).await;
    let mut filled: Vec<String> = Vec::new();
    for migration in Migrator::migrations() {
        Migrator::up(database.connection().await, Some(1))
            .await
            .unwrap_or_else(|error| panic!("{}: {error}", migration.name()));
        for table in &filled {
            let sql = format!("SELECT count(*) FROM \"{table}\"");
            let rows = database.number(&sql, vec![]).await;
            assert_eq!(rows, 1, "{} lost rows of {table}", migration.name());
        }
        for table in tables(&database).await {
            if !filled.contains(&table) {
                let sql = format!("SELECT count(*) FROM \"{table}\"");
                // A migration may fill a new table with what it knows of the old ones.
                if database.number(&sql, vec![]).await == 0 {
                    database.add_row(&table).await;
                }
                filled.push(table);
            }
        }
    }
    assert!(filled.len() > 20, "{filled:?}");
    assert_eq!(standing(database.url()).await.unwrap(), Standing::Current);
}

#[tokio::test]
async fn keywords_of_articles_that_are_there_are_folded_as_the_model_folds_them() {
    let folder = support::process::scratch("migrations");
    let database = Database::empty(folder.path()).await;
    let all = Migrator::migrations();
    let before = all
        .iter()
        .take_while(|m| !m.name().ends_with("around_articles"));
    let before = u32::try_from(before.count()).unwrap();
    Migrator::up(database.connection().await, Some(before))
        .await
        .unwrap();
    for table in ["article", "article_version"] {
        database.add_row(table).await;
    }
    let keywords = "Café  Ärger\nSTRASSE ß\n \ncafe arger";
    for (sql, values) in [
        ("UPDATE article SET newest = 1, published = 1", vec![]),
        (
            "UPDATE article_version SET article_id = (SELECT id FROM article), number = 1, keywords = $1",
            vec![keywords.into()],
        ),
    ] {
        assert_eq!(database.execute(sql, values).await, 1);
    }
    Migrator::up(database.connection().await, None)
        .await
        .unwrap();
    let sql = "SELECT word AS name FROM article_keyword ORDER BY word";
    let words: Vec<Table> = database.rows(sql, vec![]).await;
    let words: Vec<String> = words.into_iter().map(|word| word.name).collect();
    let folded = |word: &str| entities::text::fold(word);
    assert_eq!(words, [folded("Café  Ärger"), folded("STRASSE ß")]);
}

#[tokio::test]
async fn bringing_up_twice_changes_nothing() {
    let folder = support::process::scratch("migrations");
    let database = Database::empty(folder.path()).await;
    let all = Migrator::migrations().len();
    assert_eq!(
        standing(database.url()).await.unwrap(),
        Standing::Behind(all)
    );
    bring_up(database.url()).await.unwrap();
    database.add_row("team").await;
    let before = tables(&database).await;
    bring_up(database.url()).await.unwrap();
    assert_eq!(tables(&database).await, before);
    let teams = "SELECT count(*) FROM team";
    assert_eq!(database.number(teams, vec![]).await, 1);
}

#[tokio::test]
async fn two_programs_that_start_at_once_bring_one_schema_up() {
    let server = support::postgres::Postgres::shared();
    let url = server.create_database().await;
    let (one, other) = tokio::join!(bring_up(&url), bring_up(&url));
    let mut applied = [one.unwrap(), other.unwrap()];
    applied.sort_unstable();
    assert_eq!(applied, [0, Migrator::migrations().len()]);
    server.drop_database(&url).await;
}

#[tokio::test]
async fn a_schema_of_the_future_is_refused() {
    let folder = support::process::scratch("migrations");
    let database = Database::empty(folder.path()).await;
    bring_up(database.url()).await.unwrap();
    let future =
        "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29990101_000001_future', 0)";
    database.execute(future, vec![]).await;
    assert_eq!(standing(database.url()).await.unwrap(), Standing::Newer);
    let refused = bring_up(database.url()).await.unwrap_err().to_string();
    assert!(refused.contains("newer than this program"), "{refused}");
}
