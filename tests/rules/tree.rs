//! The files of the repository that rules are held against.

use std::path::{Path, PathBuf};

pub struct File {
    /// Relative to the repository, with slashes.
    pub path: String,
    pub text: String,
}

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// All files below `folder` with one of the endings, in order of their paths.
pub fn files(folder: &str, endings: &[&str]) -> Vec<File> {
    let root = root();
    let mut found = Vec::new();
    walk(&root.join(folder), &mut |path| {
        if path
            .extension()
            .is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted))
        {
            let relative = path
                .strip_prefix(&root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            found.push(File {
                path: relative,
                text: std::fs::read_to_string(path).unwrap(),
            });
        }
    });
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(!found.is_empty(), "nothing below {folder}");
    found
}

/// Every Rust file of the workspace.
pub fn rust() -> Vec<File> {
    ["app", "assets", "entities", "migration", "search", "tests"]
        .iter()
        .flat_map(|folder| files(folder, &["rs"]))
        .collect()
}

fn walk(folder: &Path, visit: &mut impl FnMut(&Path)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if name != "target" && name != "node_modules" && !name.starts_with('.') {
                walk(&path, visit);
            }
        } else {
            visit(&path);
        }
    }
}

/// The texts in double quotes of a line of Rust, without escapes resolved.
pub fn literals(line: &str) -> Vec<&str> {
    let bytes = line.as_bytes();
    let mut out = Vec::new();
    let mut start = None;
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], start) {
            (b'\\', Some(_)) => at += 1,
            (b'"', None)
                if at > 0 && bytes[at - 1] == b'\'' && bytes.get(at + 1) == Some(&b'\'') => {}
            (b'"', None) => start = Some(at + 1),
            (b'"', Some(from)) => {
                out.push(&line[from..at]);
                start = None;
            }
            (b'/', None) if bytes.get(at + 1) == Some(&b'/') => break,
            _ => {}
        }
        at += 1;
    }
    out
}

#[test]
fn literals_are_found() {
    assert_eq!(literals(r#"a("x", 'y', "z\"q"); // "no""#), ["x", "z\\\"q"]);
    assert_eq!(literals(r#"find('"') + "https://a""#), ["https://a"]);
}
