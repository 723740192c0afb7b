//! What goes out comes in again the same: export, import into a desk without articles, export once more.

use std::collections::BTreeMap;
use std::path::Path;

use entities::article::{Audience, Content, Filing, State, translation};
use entities::{Permit, Uuid};
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

/// People, a service with its releases, and a vendor that both desks know.
struct Known {
    mira: Persona,
    marek: Persona,
    service: Uuid,
    releases: Vec<Uuid>,
    vendor: Uuid,
}

async fn surroundings(desk: &TestDesk) -> Known {
    let team = desk.team("Team KITA").await;
    let service = desk.service("KITA-Netz", team).await;
    let module = desk.module("Bescheid", service).await;
    Known {
        mira: desk.author("Mira Kessler").await,
        marek: desk.reviewer("Marek Lindner").await,
        service,
        releases: vec![
            desk.release(service, "7.4.2").await,
            desk.release(module, "2026: \"Herbst\"").await,
        ],
        vendor: desk.vendor("Nordlicht", "nordlicht.example").await,
    }
}

/// What a file says before its text under that name.
fn fact(folder: &Path, file: &str, name: &str) -> Option<String> {
    let text = std::fs::read_to_string(folder.join(file)).unwrap();
    let said = text.lines().find_map(|line| line.strip_prefix(name));
    said.map(|said| said.trim_start_matches(": ").to_owned())
}

#[tokio::test]
async fn articles_of_every_state_come_back_the_same() {
    let desk = TestDesk::new().await;
    let Known {
        mira,
        marek,
        service,
        releases,
        vendor,
    } = surroundings(&desk).await;
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
        note: "Maske \"neu\": getauscht".to_owned(),
        audience: Audience::Vendors,
        vendor_ids: vec![vendor],
        files: vec![file("Maske 1.png"), file("daneben.png")],
        ..content("Bescheid: \"drucken\" & senden")
    };
    let filing = Filing {
        service_ids: vec![service],
        release_ids: releases,
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
    let permit = Permit::ask(&actor, retired).unwrap();
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

/// An original that has moved on, its translation, and an article that two people look through.
async fn translated(desk: &TestDesk) -> Known {
    let known = surroundings(desk).await;
    let (mira, marek) = (&known.mira, &known.marek);
    let original = desk.published(mira, marek, "Kennwort ändern").await;
    let id = original.row.id;
    let again = async |body: &str| {
        let next = Content {
            body: body.to_owned(),
            ..content("Kennwort ändern")
        };
        desk.write(mira, id, next).await.unwrap();
        desk.send_to_review(mira, id).await.unwrap();
        desk.publish(marek, id).await.unwrap();
    };
    again("Neu öffnen").await;
    let filing = Filing {
        language: entities::language::Language::En,
        original_id: Some(id),
        original_version: Some(2),
        ..desk.filing(mira).await
    };
    let translation = content("Change your password");
    let translation = desk.begin_article(mira, translation, filing).await.unwrap();
    let translation = translation.row.id;
    desk.send_to_review(mira, translation).await.unwrap();
    desk.publish(marek, translation).await.unwrap();
    again("Noch einmal anders öffnen").await;
    let filing = Filing {
        second_review: true,
        ..desk.filing(mira).await
    };
    let twice = content("Rechte vergeben");
    let twice = desk.begin_article(mira, twice, filing).await.unwrap();
    desk.send_to_review(mira, twice.row.id).await.unwrap();
    known
}

#[tokio::test]
async fn translations_and_what_two_people_look_through_come_back_the_same() {
    let desk = TestDesk::new().await;
    translated(&desk).await;
    let out = exported(&desk).await;
    let said = |name: &str| fact(out.path(), "change-your-password.md", name);
    assert_eq!(
        (said("translation_of"), said("translation_of_version")),
        (
            Some("\"kennwort-andern.md\"".to_owned()),
            Some("\"2\"".to_owned())
        ),
        "{:?}",
        files(out.path()).keys()
    );
    // Years lie between the two desks, and what is known keeps its days.
    let other = TestDesk::new().await;
    other.pass(chrono::Duration::days(20));
    let known = surroundings(&other).await;
    let asked = KnowledgeImport {
        publish: true,
        ..of(out.path())
    };
    let report = imported(&other, asked.clone()).await;
    assert_eq!(report["created"], 3, "{report:#}");
    must_be_equal(out.path(), exported(&other).await.path());
    // It is as far behind as it was.
    let actor = known.mira.actor().await;
    let whose = entities::article::recheck::Whose::All;
    let behind = translation::list(&other.db, &actor, whose, 10).await;
    let behind = behind.unwrap();
    assert_eq!(behind.len(), 1, "{behind:?}");
    assert_eq!((behind[0].follows, behind[0].published), (Some(2), 3));
    assert_eq!(imported(&other, asked).await["unchanged"], 3);
    other.must_verify().await;
}

#[tokio::test]
async fn what_another_desk_does_not_know_is_reported_and_the_rest_comes_in() {
    let desk = TestDesk::new().await;
    let known = translated(&desk).await;
    let filing = Filing {
        service_ids: vec![known.service],
        release_ids: known.releases,
        ..desk.filing(&known.mira).await
    };
    let valid = content("Gilt ab 7.4.2");
    desk.begin_article(&known.mira, valid, filing)
        .await
        .unwrap();
    let out = exported(&desk).await;

    let other = TestDesk::new().await;
    let report = imported(&other, of(out.path())).await;
    assert_eq!(
        (&report["created"], &report["refused"]),
        (&4.into(), &0.into()),
        "{report:#}"
    );
    let entries = report["articles"].as_array().unwrap();
    let entry = |title: &str| {
        entries
            .iter()
            .find(|entry| entry["title"] == title)
            .unwrap()
    };
    let valid = entry("Gilt ab 7.4.2");
    let remarks = &valid["remarks"];
    assert_eq!(
        remarks["unknown_release"]["details"],
        serde_json::json!(["KITA-Netz › Bescheid: 2026: \"Herbst\"", "KITA-Netz: 7.4.2"]),
        "{remarks:#}"
    );
    assert_eq!(super::remarked(valid, "unknown_service"), 1);
    assert_eq!(super::remarked(valid, "unknown_owner"), 1);
    // A translation alone is an article like others.
    let alone = TestDesk::new().await;
    let translation = of(&out.path().join("change-your-password.md"));
    let report = imported(&alone, translation).await;
    assert_eq!(report["created"], 1, "{report:#}");
    assert_eq!(
        super::remarked(&report["articles"][0], "unknown_original"),
        1
    );
}

#[tokio::test]
async fn what_two_people_look_through_stays_in_review_whoever_brings_it_in() {
    let desk = TestDesk::new().await;
    let known = surroundings(&desk).await;
    let folder = tempfile::tempdir().unwrap();
    let page = format!(
        "---\ntitle: Rechte vergeben\nsummary: Wer darf was.\nsecond_review: true\nowner: {}\ncategory: Rechte\n---\nText",
        known.mira.email
    );
    std::fs::write(folder.path().join("rechte.md"), page).unwrap();
    let asked = KnowledgeImport {
        publish: true,
        ..of(folder.path())
    };
    let dry = KnowledgeImport {
        dry_run: true,
        ..asked.clone()
    };
    let would = imported(&desk, dry).await;
    assert_eq!(super::remarked(&would["articles"][0], "left_in_review"), 1);
    let report = imported(&desk, asked.clone()).await;
    assert_eq!(report["created"], 1, "{report:#}");
    assert_eq!(super::remarked(&report["articles"][0], "left_in_review"), 1);
    let article = super::titled(&desk, "Rechte vergeben").await;
    assert_eq!(
        (article.row.state, article.row.published),
        (State::InReview, None)
    );
    assert_eq!(imported(&desk, asked).await["unchanged"], 1);
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
