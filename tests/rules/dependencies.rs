//! One library has one home, and the four inner crates know nothing of one another.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

use super::tree;

/// Direct dependencies (not those of tests) of every crate of the workspace.
fn dependencies() -> Vec<(String, Vec<String>)> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
        .current_dir(tree::root())
        .output();
    let metadata: Value = serde_json::from_slice(&output.unwrap().stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    packages
        .iter()
        .map(|package| {
            let wanted = package["dependencies"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|one| one["kind"].is_null());
            let names = wanted
                .map(|one| one["name"].as_str().unwrap().to_owned())
                .collect();
            (package["name"].as_str().unwrap().to_owned(), names)
        })
        .collect()
}

/// The crate of the tests looks at everything from outside, so it is not asked.
fn homes_of(prefix: &str) -> Vec<String> {
    let crates = dependencies()
        .into_iter()
        .filter(|(name, _)| name != "desk-tests");
    crates
        .filter(|(_, names)| names.iter().any(|name| name.starts_with(prefix)))
        .map(|(name, _)| name)
        .collect()
}

#[test]
fn a_library_has_one_home() {
    assert_eq!(homes_of("sea-orm"), ["entities", "migration"]);
    for library in [
        "poem",
        "maud",
        "lettre",
        "mail-parser",
        "calcard",
        "clap",
        "figment",
        "fluent-templates",
        // What people wrote becomes HTML in `web/markdown` alone.
        "pulldown-cmark",
        "ammonia",
        "similar",
        "typst",
        "lopdf",
    ] {
        assert_eq!(homes_of(library), ["lotse"], "{library}");
    }
    // Patterns of mail filters, and of fields.
    let homes: BTreeSet<_> = homes_of("regex").into_iter().collect();
    assert_eq!(homes, ["entities", "lotse"].map(String::from).into());
    for library in ["tantivy", "charabia", "meilisearch-sdk"] {
        assert!(
            homes_of(library).iter().all(|home| home == "search"),
            "{library}"
        );
    }
}

#[test]
fn the_inner_crates_do_not_know_one_another() {
    let inner = ["entities", "migration", "search", "assets"];
    for (name, names) in dependencies()
        .into_iter()
        .filter(|(name, _)| inner.contains(&name.as_str()))
    {
        let known: Vec<_> = names
            .iter()
            .filter(|other| inner.contains(&other.as_str()) || *other == "lotse")
            .collect();
        assert!(known.is_empty(), "{name} knows {known:?}");
    }
}
