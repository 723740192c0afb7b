//! Several machines on one database: an index in a data folder is for one of them.

use std::time::Duration;

use entities::machine;
use lotse::config::{Config, Sources};
use lotse::desk::Desk;
use lotse::machines::{join, work};
use support::postgres::Postgres;
use tokio_util::sync::CancellationToken;

/// A machine with a data folder of its own.
async fn machine(url: &str, folder: &std::path::Path, more: &[(&str, &str)]) -> Desk {
    let mut sources = Sources::default();
    let key = folder.with_file_name("history.key");
    let own = [
        ("LOTSE_DATA_DIR", folder.to_str().unwrap()),
        ("LOTSE_DATABASE_URL", url),
        ("LOTSE_HISTORY_KEY_FILE", key.to_str().unwrap()),
        ("LOTSE_MAIL_DOMAIN", "desk.example"),
    ];
    let all = own.iter().chain(more);
    sources.add_variables(all.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    Desk::open(Config::from_sources(&sources).unwrap())
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_machine_with_an_index_of_its_own_is_refused() {
    support::certificates::install_provider();
    let url = Postgres::shared().create_database().await;
    let folder = tempfile::tempdir().unwrap();
    let patience = Duration::from_secs(30);
    let first = machine(&url, &folder.path().join("a"), &[]).await;
    join(&first, patience).await.unwrap();
    let stop = CancellationToken::new();
    let serving = tokio::spawn(work(first.clone(), stop.clone()));
    // A second process of the same machine may.
    let again = machine(&url, &folder.path().join("a"), &[]).await;
    join(&again, patience).await.unwrap();
    let second = machine(&url, &folder.path().join("b"), &[]).await;
    let refused = join(&second, patience).await.unwrap_err().to_string();
    assert!(
        refused.contains("several machines need Meilisearch"),
        "{refused}"
    );
    let meilisearch = [
        ("LOTSE_SEARCH_ENGINE", "meilisearch"),
        ("LOTSE_SEARCH_URL", "http://127.0.0.1:9"),
    ];
    let third = machine(&url, &folder.path().join("c"), &meilisearch).await;
    let refused = join(&third, patience).await.unwrap_err().to_string();
    assert!(
        refused.contains("several machines need Meilisearch"),
        "{refused}"
    );
    stop.cancel();
    serving.await.unwrap();
    join(&second, patience).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_that_died_is_not_waited_for_long() {
    support::certificates::install_provider();
    let url = Postgres::shared().create_database().await;
    let folder = tempfile::tempdir().unwrap();
    let dead = machine(&url, &folder.path().join("a"), &[]).await;
    join(&dead, Duration::ZERO).await.unwrap();
    let next = machine(&url, &folder.path().join("b"), &[]).await;
    join(&next, Duration::from_secs(1)).await.unwrap();
    assert_eq!(machine::all(&next.db).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn machines_that_share_a_search_server_serve_one_desk() {
    support::certificates::install_provider();
    let url = Postgres::shared().create_database().await;
    let folder = tempfile::tempdir().unwrap();
    let meilisearch = [
        ("LOTSE_SEARCH_ENGINE", "meilisearch"),
        ("LOTSE_SEARCH_URL", "http://127.0.0.1:9"),
    ];
    for name in ["a", "b"] {
        let desk = machine(&url, &folder.path().join(name), &meilisearch).await;
        join(&desk, Duration::ZERO).await.unwrap();
    }
}
