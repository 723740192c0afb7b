//! The portal's pages know the portal's views alone: nothing of the desk can slip into them.

use super::tree;

/// What pages of the portal may name of the model: the views, and what an error is.
const OF_THE_MODEL: &[&str] = &["DeskError", "Rejected", "Uuid", "portal"];

/// What they may use of the pages: what draws and what carries, and words for what the views hold.
const OF_THE_PAGES: &[&str] = &[
    "crate::error",
    "crate::guests",
    "crate::locale",
    "crate::site",
    "crate::tickets::shares::words",
    "crate::web::bytes",
    "crate::web::form",
    "crate::web::layout::Stage",
    "crate::web::markdown",
    "crate::web::parts",
    "crate::web::permitted::Key",
    "crate::web::permitted::Sub",
    "crate::web::permitted::{Key, Sub}",
    "crate::web::portal_bar",
    "crate::web::portal_cx",
    "crate::web::routing",
    "crate::web::swap",
    "crate::web::upload",
    "crate::web::url",
];

/// The names that follow a path's first two colons, those in braces too.
fn named<'a>(text: &'a str, root: &str) -> Vec<&'a str> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(root) {
        let rest = &text[at + root.len()..];
        if text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        match rest.strip_prefix('{') {
            None => found.push(word(rest)),
            Some(inner) => {
                let (mut depth, mut start) = (0, true);
                for (i, c) in inner.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => start = true,
                        c if start && !c.is_whitespace() => {
                            found.push(word(&inner[i..]));
                            start = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    found
}

fn word(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_'));
    &text[..end.unwrap_or(text.len())]
}

#[test]
fn pages_of_the_portal_use_its_views_and_nothing_else_of_the_model() {
    let mut files = tree::files("app/src/portal", &["rs"]);
    assert!(files.len() > 5);
    files.extend(
        tree::files("app/src", &["rs"])
            .into_iter()
            .filter(|file| file.path == "app/src/portal.rs"),
    );
    for file in files {
        for name in named(&file.text, "entities::") {
            assert!(
                OF_THE_MODEL.contains(&name),
                "{}: entities::{name}",
                file.path
            );
        }
        for line in file.text.lines() {
            let Some(at) = line.find("crate::") else {
                continue;
            };
            let path = &line[at..];
            let known = OF_THE_PAGES.iter().any(|known| path.starts_with(known));
            assert!(known, "{}: {line}", file.path);
        }
        for word in ["sea_orm", "Db", "Actor", ".cx.", "blobs"] {
            let mut words = file
                .text
                .split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'));
            assert!(!words.any(|w| w == word), "{}: {word}", file.path);
        }
    }
}

/// What pages of the site may name of the model: what is published for whoever reads.
const OF_THE_SITE: &[&str] = &["DeskError", "Uuid", "site"];

#[test]
fn pages_of_the_site_show_what_is_published_and_know_nothing_else_of_the_model() {
    let mut files = tree::files("app/src/site", &["rs"]);
    assert!(files.len() > 2);
    let around = ["app/src/site.rs", "app/src/web/site_cx.rs"];
    let all = tree::files("app/src", &["rs"]).into_iter();
    files.extend(all.filter(|file| around.contains(&file.path.as_str())));
    for file in files {
        for name in named(&file.text, "entities::") {
            let path = &file.path;
            assert!(OF_THE_SITE.contains(&name), "{path}: entities::{name}");
        }
    }
}

#[test]
fn names_are_found_in_braces_too() {
    let text =
        "use entities::portal::{self, Case};\nuse entities::{DeskError, ticket::{a, b}, Uuid};";
    assert_eq!(
        named(text, "entities::"),
        ["portal", "DeskError", "ticket", "Uuid"]
    );
}
