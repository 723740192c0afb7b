//! Migrations keep the rows that are there, run once, and refuse a schema of the future.

use migration::{Migrator, Standing, bring_up, standing};
use sea_orm::FromQueryResult;
use sea_orm_migration::MigratorTrait as _;
use support::desk::Database;

#[derive(FromQueryResult)]
struct Column {
    name: String,
    kind: String,
}

async fn columns(database: &Database, table: &str) -> Vec<Column> {
    let sql = if database.is_postgres() {
        "SELECT column_name::text AS name, data_type::text AS kind FROM information_schema.columns \
         WHERE table_schema = 'public' AND table_name = $1"
    } else {
        "SELECT name, lower(type) AS kind FROM pragma_table_info($1)"
    };
    database.rows(sql, vec![table.into()]).await
}

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

/// Something that fits a column.
fn literal(kind: &str) -> &'static str {
    let known = [
        ("uuid", "'01920000-0000-7000-8000-000000000001'"),
        ("bool", "true"),
        ("timestamp", "'2026-11-22 09:00:00+00:00'"),
        ("date", "'2026-11-22'"),
        ("blob", "x'00'"),
        ("bytea", "'\\x00'"),
        ("int", "1"),
        ("char", "'x'"),
        ("text", "'x'"),
        ("json", "'{}'"),
    ];
    let found = known.iter().find(|(part, _)| kind.contains(part));
    found.unwrap_or_else(|| panic!("no value for {kind}")).1
}

async fn add_row(database: &Database, table: &str) {
    let columns = columns(database, table).await;
    let names: Vec<_> = columns.iter().map(|c| format!("\"{}\"", c.name)).collect();
    let values: Vec<_> = columns.iter().map(|c| literal(&c.kind)).collect();
    let sql = format!(
        "INSERT INTO \"{table}\" ({}) VALUES ({})",
        names.join(", "),
        values.join(", ")
    );
    database.execute(&sql, vec![]).await;
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
                    add_row(&database, &table).await;
                }
                filled.push(table);
            }
        }
    }
    assert!(filled.len() > 20, "{filled:?}");
    assert_eq!(standing(database.url()).await.unwrap(), Standing::Current);
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
    add_row(&database, "team").await;
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
