//! A desk is backed up while people work, comes back elsewhere, and its history still holds.

use std::path::Path;

use entities::Permit;
use entities::blob::Place;
use entities::ticket::WriteNote;
use lotse::config::Config;
use lotse::desk::Desk;
use lotse::jobs;
use lotse::upkeep::{backup, restore, verify};
use support::desk::{Database, TestDesk};

/// The same settings for an empty place.
fn elsewhere(desk: &TestDesk, folder: &Path, database: &Database) -> Config {
    let mut config = desk.config.as_ref().clone();
    config.data_dir = folder.to_owned();
    config.files = Place::Folder(folder.join("blobs"));
    config.database.url = database.url().to_owned();
    config.history.key_file = folder.join("history.key");
    config.history.anchor_log = Some(folder.join("anchors.log"));
    config
}

async fn note(desk: &TestDesk, on: entities::Uuid, actor: &entities::Actor, body: &str) {
    let ticket = desk.read(on).await;
    let permit = Permit::ask(actor, ticket).unwrap();
    let note = WriteNote {
        body: body.to_owned(),
        files: vec![],
        once: None,
    };
    desk.db.change(permit, note).await.unwrap();
}

#[tokio::test]
async fn a_backup_comes_back_whole_in_an_empty_place_only() {
    let log_folder = tempfile::tempdir().unwrap();
    let log = log_folder.path().join("anchors.log");
    let desk = TestDesk::with(&[("LOTSE_HISTORY_ANCHOR_LOG", log.to_str().unwrap())]).await;
    let annika = desk.agent("Annika Brandt").await;
    let ticket = desk.ticket("Zahllauf bricht ab").await;
    let file = desk
        .db
        .put_blob(b"Protokoll des Laufs".to_vec())
        .await
        .unwrap();
    note(&desk, ticket.id, &annika.actor().await, "Erste Notiz").await;
    jobs::clock::anchor(&desk).await.unwrap();

    // Annika goes on working while the backup is made.
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("backup");
    let actor = annika.actor().await;
    let work = async {
        for n in 0..20 {
            note(&desk, ticket.id, &actor, &format!("Notiz {n}")).await;
        }
        jobs::clock::anchor(&desk).await.unwrap();
    };
    let (written, ()) = tokio::join!(backup::backup(&desk.config, &target), work);
    assert_eq!(written.unwrap().files, 1);
    let again = backup::backup(&desk.config, &target).await.unwrap_err();
    assert!(again.to_string().contains("is not empty"), "{again}");

    let place = tempfile::tempdir().unwrap();
    let database = Database::empty(place.path()).await;
    let config = elsewhere(&desk, place.path(), &database);
    let verified = restore::restore(config.clone(), &target).await.unwrap();
    assert!(
        verified.events >= 3 && verified.anchors >= 1,
        "{verified:?}"
    );
    let restored = Desk::open_existing(config.clone()).await.unwrap();
    assert_eq!(
        restored.db.blobs().get(&file.sha256).await.unwrap(),
        b"Protokoll des Laufs"
    );
    assert!(verify::verify(&restored).await.unwrap().is_ok());

    let refused = restore::restore(config, &target).await.unwrap_err();
    assert!(
        refused.to_string().contains("only into an empty place"),
        "{refused}"
    );
    assert!(
        verify::verify(&restored).await.unwrap().is_ok(),
        "a refused restore changes nothing"
    );
}

#[tokio::test]
async fn a_backup_with_a_damaged_file_is_not_restored_in_silence() {
    let desk = TestDesk::new().await;
    let file = desk.db.put_blob(b"Protokoll".to_vec()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("backup");
    backup::backup(&desk.config, &target).await.unwrap();
    let (a, b) = file.sha256.split_at(2);
    std::fs::write(target.join("blobs").join(a).join(b), b"etwas anderes").unwrap();

    let place = tempfile::tempdir().unwrap();
    let database = Database::empty(place.path()).await;
    let refused = restore::restore(elsewhere(&desk, place.path(), &database), &target)
        .await
        .unwrap_err();
    assert!(
        refused.to_string().contains("the file is damaged"),
        "{refused}"
    );
}

#[tokio::test]
async fn verifying_a_desk_that_is_not_there_names_the_file() {
    let desk = TestDesk::new().await;
    let place = tempfile::tempdir().unwrap();
    let database = Database::empty(place.path()).await;
    let mut config = elsewhere(&desk, place.path(), &database);
    config.database.url = format!("sqlite://{}", place.path().join("missing.sqlite").display());
    let error = Desk::open_existing(config).await.unwrap_err();
    assert!(error.to_string().contains("missing.sqlite"), "{error}");
}
