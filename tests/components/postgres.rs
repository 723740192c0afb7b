//! PostgreSQL gives each test a database of its own.

use sea_orm::{ConnectionTrait, Database, Statement};
use support::postgres::Postgres;

async fn execute(url: &str, statement: &str) {
    let connection = Database::connect(url).await.unwrap();
    connection.execute_unprepared(statement).await.unwrap();
    connection.close().await.unwrap();
}

async fn count(url: &str, query: &str) -> i64 {
    let connection = Database::connect(url).await.unwrap();
    let statement = Statement::from_string(connection.get_database_backend(), query);
    let row = connection.query_one_raw(statement).await.unwrap().unwrap();
    let count = row.try_get_by_index(0).unwrap();
    connection.close().await.unwrap();
    count
}

#[tokio::test]
async fn two_databases_do_not_see_each_other() {
    let postgres = Postgres::shared();
    let one = postgres.create_database().await;
    let other = postgres.create_database().await;
    execute(&one, "CREATE TABLE thing (id int)").await;
    let tables = "SELECT count(*) FROM pg_tables WHERE tablename = 'thing'";
    assert_eq!(count(&one, tables).await, 1);
    assert_eq!(count(&other, tables).await, 0);
}

#[tokio::test]
async fn a_copy_holds_what_its_template_holds() {
    let postgres = Postgres::shared();
    let fill = async |url: String| {
        execute(&url, "CREATE TABLE thing (id int)").await;
        execute(&url, "INSERT INTO thing VALUES (1), (2)").await;
    };
    postgres.template("filled", fill).await;
    postgres.template("filled", fill).await;
    let copy = postgres.create_from_template("filled").await;
    let again = postgres.create_from_template("filled").await;
    execute(&copy, "DELETE FROM thing").await;
    assert_eq!(count(&copy, "SELECT count(*) FROM thing").await, 0);
    assert_eq!(count(&again, "SELECT count(*) FROM thing").await, 2);
}

#[tokio::test]
async fn a_dropped_database_is_gone() {
    let postgres = Postgres::shared();
    let url = postgres.create_database().await;
    let later = postgres.create_database().await;
    postgres.drop_database(&url).await;
    assert!(Database::connect(&url).await.is_err());
    postgres.drop_database_later(&later);
    postgres.create_database().await;
    assert!(Database::connect(&later).await.is_err());
}
