//! The folder of the embedded engine: who writes, who reads, and what is said when something is wrong with it.

use std::path::{Path, PathBuf};

use search::{Change, Embedded, Engine, Error, Facet};

use crate::desk::{self, ARTICLE, VOUCHER, asked};

async fn filled(folder: &Path) -> Engine {
    let engine = Engine::Embedded(Embedded::open(folder).await.unwrap());
    engine
        .apply(desk::all().into_iter().map(desk::put).collect())
        .await
        .unwrap();
    engine
}

async fn first(engine: &Engine, typed: &str) -> Option<String> {
    let answer = engine.search(asked(typed)).await.unwrap();
    answer.hits.into_iter().next().map(|hit| hit.reference)
}

fn index(folder: &Path) -> PathBuf {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.is_dir())
        .unwrap()
}

#[tokio::test]
async fn one_process_writes_and_others_read_what_it_writes() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(
        Embedded::read(folder.path()).await,
        Err(Error::Missing(_))
    ));
    let writer = filled(folder.path()).await;
    assert!(matches!(
        Embedded::open(folder.path()).await,
        Err(Error::Locked(_))
    ));
    let reader = Engine::Embedded(Embedded::read(folder.path()).await.unwrap());
    assert_eq!(
        first(&reader, "Geschwisterbonus").await.as_deref(),
        Some(VOUCHER)
    );
    assert!(matches!(
        reader.apply(vec![Change::Delete(desk::all()[0].key)]).await,
        Err(Error::Locked(_))
    ));
    writer
        .apply(vec![desk::put(desk::ticket(
            99,
            "Quastenflosser",
            "taucht auf",
        ))])
        .await
        .unwrap();
    assert_eq!(
        first(&reader, "Quastenflosser").await.as_deref(),
        Some("2026-000099-3")
    );
    writer
        .set_synonyms(vec![vec!["Fisch".into(), "Quastenflosser".into()]])
        .await
        .unwrap();
    assert_eq!(
        first(&reader, "Fisch").await.as_deref(),
        Some("2026-000099-3")
    );
}

#[tokio::test]
async fn a_reader_rebuilds_and_the_writer_follows() {
    let folder = tempfile::tempdir().unwrap();
    let writer = filled(folder.path()).await;
    let reader = Engine::Embedded(Embedded::read(folder.path()).await.unwrap());
    let mut building = reader.rebuild().await.unwrap();
    assert!(matches!(writer.rebuild().await, Err(Error::Rebuilding(_))));
    building.put(desk::all()).await.unwrap();
    writer
        .apply(vec![desk::put(desk::ticket(
            99,
            "Quastenflosser",
            "taucht auf",
        ))])
        .await
        .unwrap();
    building.finish().await.unwrap();
    for engine in [&writer, &reader] {
        assert_eq!(
            first(engine, "Quastenflosser").await.as_deref(),
            Some("2026-000099-3")
        );
        assert_eq!(engine.stats().await.unwrap().index, "index-2");
    }
    writer
        .apply(vec![desk::put(desk::ticket(100, "Nautilus", "taucht ab"))])
        .await
        .unwrap();
    assert_eq!(
        first(&reader, "Nautilus").await.as_deref(),
        Some("2026-000100-3")
    );
    let left: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().path().is_dir())
        .collect();
    assert_eq!(left.len(), 1);
}

#[tokio::test]
async fn a_whole_build_is_of_few_parts_and_is_searched_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let engine = filled(folder.path()).await;
    let mut building = engine.rebuild().await.unwrap();
    building.put(desk::all()).await.unwrap();
    for from in 0..8 {
        let some = (1..=250).map(|number| from * 250 + number + 100_000);
        let some = some.map(|number| desk::ticket(number, "Zahllauf", "endete zu früh"));
        building.put(some.collect()).await.unwrap();
    }
    let looking = async {
        let mut looks = 0;
        while engine.stats().await.unwrap().rebuilding {
            let found = first(&engine, "Geschwisterbonus").await;
            assert_eq!(found.as_deref(), Some(VOUCHER));
            looks += 1;
        }
        looks
    };
    let writing = async {
        let late = desk::ticket(99, "Quastenflosser", "taucht auf");
        engine.apply(vec![desk::put(late)]).await
    };
    let (finished, written, looks) = tokio::join!(building.finish(), writing, looking);
    finished.unwrap();
    written.unwrap();
    assert!(looks > 0);
    let found = first(&engine, "Quastenflosser").await;
    assert_eq!(found.as_deref(), Some("2026-000099-3"));
    let documents = desk::all().len() as u64 + 8 * 250 + 1;
    assert_eq!(engine.stats().await.unwrap().documents, documents);
    // One of everything, and one of what was changed meanwhile.
    let files = std::fs::read_dir(index(folder.path())).unwrap();
    let stores = files
        .filter(|entry| entry.as_ref().unwrap().path().extension() == Some("store".as_ref()))
        .count();
    assert!(stores <= 2, "{stores}");
}

#[tokio::test]
async fn a_rebuild_that_is_given_up_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let engine = filled(folder.path()).await;
    let mut building = engine.rebuild().await.unwrap();
    building
        .put(vec![desk::ticket(1, "Anderes", "")])
        .await
        .unwrap();
    drop(building);
    assert_eq!(
        first(&engine, "Geschwisterbonus").await.as_deref(),
        Some(VOUCHER)
    );
    assert_eq!(first(&engine, "Anderes").await, None);
    let mut again = engine.rebuild().await.unwrap();
    again.put(desk::all()).await.unwrap();
    again.finish().await.unwrap();
    assert_eq!(
        first(&engine, "Serien druck").await.as_deref(),
        Some(ARTICLE)
    );
}

#[tokio::test]
async fn what_was_applied_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    drop(filled(folder.path()).await);
    let again = Engine::Embedded(Embedded::open(folder.path()).await.unwrap());
    assert_eq!(
        first(&again, "Geschwisterbonus").await.as_deref(),
        Some(VOUCHER)
    );
    assert_eq!(again.stats().await.unwrap().documents, 4);
}

#[tokio::test]
async fn an_index_of_another_format_says_so() {
    let folder = tempfile::tempdir().unwrap();
    drop(filled(folder.path()).await);
    std::fs::write(
        folder.path().join("current"),
        r#"{"format":0,"index":"index-1"}"#,
    )
    .unwrap();
    let error = Embedded::open(folder.path()).await.unwrap_err();
    assert!(matches!(error, Error::Format { found: 0, .. }), "{error}");
    assert!(error.needs_rebuild());
    let engine = Engine::Embedded(Embedded::anew(folder.path()).await.unwrap());
    assert_eq!(engine.stats().await.unwrap().documents, 0);
}

#[tokio::test]
async fn a_damaged_index_says_so_and_can_be_built_anew() {
    for damage in [
        (|folder: &Path| std::fs::write(folder.join("current"), "{").unwrap()) as fn(&Path),
        |folder| std::fs::write(index(folder).join("meta.json"), "{").unwrap(),
        |folder| std::fs::remove_file(index(folder).join("meta.json")).unwrap(),
        |folder| std::fs::remove_dir_all(index(folder)).unwrap(),
        |folder| spoil(&index(folder), |_| Vec::new()),
        |folder| spoil(&index(folder), |bytes| bytes[..bytes.len() / 2].to_vec()),
    ] {
        let folder = tempfile::tempdir().unwrap();
        drop(filled(folder.path()).await);
        damage(folder.path());
        let error = Embedded::open(folder.path()).await.unwrap_err();
        assert!(matches!(error, Error::Damaged { .. }), "{error:?}");
        let engine = Engine::Embedded(Embedded::anew(folder.path()).await.unwrap());
        engine
            .apply(desk::all().into_iter().map(desk::put).collect())
            .await
            .unwrap();
        assert_eq!(
            first(&engine, "Geschwisterbonus").await.as_deref(),
            Some(VOUCHER)
        );
    }
}

/// Rewrites the files that hold what was indexed.
fn spoil(index: &Path, how: impl Fn(&[u8]) -> Vec<u8>) {
    for entry in std::fs::read_dir(index).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| {
            ["term", "idx", "store", "fast", "pos"]
                .iter()
                .any(|one| ending == *one)
        }) {
            let bytes = std::fs::read(&path).unwrap();
            std::fs::write(&path, how(&bytes)).unwrap();
        }
    }
}

#[tokio::test]
async fn damage_that_shows_later_is_an_error_and_no_panic() {
    let folder = tempfile::tempdir().unwrap();
    drop(filled(folder.path()).await);
    spoil(&index(folder.path()), |bytes| {
        // What stands at the end says how the rest is read.
        let body = bytes.len().saturating_sub(300).min(bytes.len() / 2);
        let mut out = bytes.to_vec();
        out[..body].fill(0xa5);
        out
    });
    let Ok(engine) = Embedded::open(folder.path()).await else {
        return;
    };
    let engine = Engine::Embedded(engine);
    let mut failed = 0;
    for typed in ["Bescheid", "\"alte Anschrift\"", "Geschwisterbouns", ""] {
        let request = search::Request {
            facets: vec![Facet::of("team")],
            ..asked(typed)
        };
        match engine.search(request).await {
            Ok(_) => {}
            Err(error) => {
                assert!(error.needs_rebuild(), "{error:?}");
                failed += 1;
            }
        }
    }
    assert!(failed > 0);
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let error = Embedded::open(&file.join("index")).await.unwrap_err();
    assert!(matches!(error, Error::Io { .. }), "{error:?}");
    let error = Embedded::open(Path::new("/proc/index")).await.unwrap_err();
    assert!(
        matches!(error, Error::Io { .. } | Error::ReadOnly(_)),
        "{error:?}"
    );
}
