//! Each fixture reads as the JSON beside it says.

use std::path::PathBuf;

use serde_json::Value;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("mail/fixtures")
}

pub fn all() -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<_> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "eml"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(path).unwrap())
        })
        .collect();
    found.sort();
    found
}

fn read_as_json(raw: &[u8]) -> Value {
    let mail = lotse::mail::read::read(raw).unwrap();
    serde_json::from_str(&lotse::mail::inspect::json(&mail).unwrap()).unwrap()
}

#[test]
fn every_fixture_reads_as_expected() {
    let all = all();
    assert!(all.len() >= 80, "only {} fixtures", all.len());
    let mut wrong = Vec::new();
    for (name, raw) in all {
        let expected = std::fs::read(folder().join(format!("{name}.json"))).unwrap_or_default();
        let expected: Value = serde_json::from_slice(&expected).unwrap_or_default();
        let found = read_as_json(&raw);
        if found != expected {
            let found = serde_json::to_string_pretty(&found).unwrap();
            wrong.push(format!("{name} reads as\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
