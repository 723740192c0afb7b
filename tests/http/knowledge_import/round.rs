//! What goes out comes in again the same: export, import into a desk without articles, export once more.

use std::collections::BTreeMap;
use std::path::Path;

use entities::article::{Audience, Content, Filing};
use lotse::knowledge::export::{KnowledgeExport, export};
use lotse::knowledge::import::console::KnowledgeImport;
use support::desk::{Persona, TestDesk, content};
use support::process::documentation;

use super::{all, imported, of, versions};

/// Every file of a folder by its path.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).unwrap().display().to_string();
            found.insert(name, std::fs::read(&path).unwrap());
        }
    }
    found
}

async fn exported(desk: &TestDesk) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let asked = KnowledgeExport {
        folder: folder.path().to_owned(),
        newest: false,
    };
    export(desk, asked).await.unwrap();
    folder
}

#[track_caller]
fn must_be_equal(one: &Path, other: &Path) {
    let (one, other) = (files(one), files(other));
    assert_eq!(
        one.keys().collect::<Vec<_>>(),
        other.keys().collect::<Vec<_>>()
    );
    for (name, bytes) in &one {
        let (a, b) = (
            String::from_utf8_lossy(bytes),
            String::from_utf8_lossy(&other[name]),
        );
        assert!(bytes == &other[name], "{name}:\n{a}\n---\n{b}");
    }
}

/// People, a service and a vendor that both desks know.
async fn surroundings(desk: &TestDesk) -> (Persona, Persona, entities::Uuid, entities::Uuid) {
    let mira = desk.author("Mira Kessler").await;
    let marek = desk.reviewer("Marek Lindner").await;
    let team = desk.team("Team KITA").await;
    let service = desk.service("KITA-Netz", team).await;
    let vendor = desk.vendor("Nordlicht", "nordlicht.example").await;
    (mira, marek, service, vendor)
}

#[tokio::test]
async fn articles_of_every_state_come_back_the_same() {
    let desk = TestDesk::new().await;
    let (mira, marek, service, vendor) = surroundings(&desk).await;
    let first = desk
        .published(&mira, &marek, "Bescheid: \"drucken\" & senden")
        .await;
    let stored = desk
        .db
        .put_blob(b"\x89PNG\r\n\x1a\n..".to_vec())
        .await
        .unwrap();
    let file = |name: &str| entities::article::File {
        name: name.to_owned(),
        content_type: "image/png".to_owned(),
        size_bytes: stored.size_bytes,
        sha256: stored.sha256.clone(),
    };
    let id = first.row.id;
    let rich = Content {
        summary: String::new(),
        body: format!(
            "![Maske](files/Maske%201.png) [mehr](/knowledge/{id}#s-schritte)\n\n:::intern\n[hier](#Schritte)\n:::\n\n\
             | a | b |\n|---|---|\n| `x` | <y> |\n\n[z]: /knowledge/{id} \"t\"\n[z] [weg](/knowledge/{})",
            entities::new_id()
        ),
        keywords: vec!["Druck".to_owned(), "a: b".to_owned()],
        audience: Audience::Vendors,
        vendor_ids: vec![vendor],
        files: vec![file("Maske 1.png"), file("daneben.png")],
        ..content("Bescheid: \"drucken\" & senden")
    };
    let filing = Filing {
        service_ids: vec![service],
        owner_id: Some(mira.id),
        ..Filing::default()
    };
    desk.begin_article(&mira, rich, filing).await.unwrap();
    let renamed = desk.published(&mira, &marek, "Wird neu").await.row.id;
    desk.write(&mira, renamed, content("Ist neu"))
        .await
        .unwrap();
    let retired = desk.published(&mira, &marek, "Galt früher").await;
    let actor = marek.actor().await;
    let permit = entities::Permit::ask(&actor, retired).unwrap();
    desk.db
        .change(permit, entities::article::Retire)
        .await
        .unwrap();

    let out = exported(&desk).await;
    assert_eq!(
        files(out.path()).len(),
        4 + 2,
        "{:?}",
        files(out.path()).keys()
    );
    let other = TestDesk::new().await;
    surroundings(&other).await;
    let asked = KnowledgeImport {
        publish: true,
        ..of(out.path())
    };
    let report = imported(&other, asked.clone()).await;
    assert_eq!(report["created"], 4, "{report:#}");
    must_be_equal(out.path(), exported(&other).await.path());
    assert_eq!(imported(&other, asked).await["unchanged"], 4);
    assert_eq!(versions(&other).await, 4);
    other.must_verify().await;

    // Where they were written they are known, and nothing is written over.
    let back = imported(&desk, of(out.path())).await;
    assert_eq!(
        (&back["created"], &back["updated"]),
        (&0.into(), &0.into()),
        "{back:#}"
    );
    assert_eq!(all(&desk).await.len(), 4);
}

#[tokio::test]
async fn real_documentation_comes_back_the_same() {
    let folder = documentation("/usr/share/doc/debian-edu-doc-de", "debian-edu-doc-de");
    let desk = TestDesk::new().await;
    imported(&desk, of(&folder)).await;
    let out = exported(&desk).await;
    let other = TestDesk::new().await;
    imported(&other, of(out.path())).await;
    must_be_equal(out.path(), exported(&other).await.path());
}
