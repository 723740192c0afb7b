//! Files of an article: part of what a version says. Their bytes lie in the file store by digest, so a version that is
//! older than the removal of one still shows it.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::version;
use crate::db::Db;
use crate::error::{Rejected, Result};

/// The most files of one article.
pub const MOST_FILES: usize = 500;
/// The most characters of a name.
const MOST_NAME: usize = 150;
/// The beginning of a digest that says an address names these very bytes.
const MARK: usize = 16;

/// A file as a version names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Unique among those of its version, without a path.
    pub name: String,
    pub content_type: String,
    pub size_bytes: i64,
    pub sha256: String,
}

impl File {
    /// What says in its address that it names these very bytes.
    pub fn mark(&self) -> &str {
        self.sha256.get(..MARK).unwrap_or_default()
    }

    /// Whether that is what an address says.
    pub fn is_marked(&self, mark: &str) -> bool {
        mark.len() >= MARK && self.sha256.starts_with(mark)
    }

    /// Its bytes.
    ///
    /// # Errors
    /// The file store's.
    pub async fn bytes(&self, db: &Db) -> Result<Vec<u8>> {
        db.blobs().get(&self.sha256).await
    }
}

/// Files as they are stored: by name, of two with the same name the later one.
pub(crate) fn checked(files: Vec<File>) -> Result<Vec<File>, Rejected> {
    let mut kept: Vec<File> = Vec::with_capacity(files.len());
    for file in files.into_iter().rev() {
        let is_fair = !file.name.is_empty()
            && file.name.chars().count() <= MOST_NAME
            && !file.name.contains(['/', '\\'])
            && !file.name.contains(char::is_control);
        if !is_fair {
            return Err(Rejected::NotAFileName);
        }
        if kept.iter().all(|other| other.name != file.name) {
            kept.push(file);
        }
    }
    if kept.len() > MOST_FILES {
        return Err(Rejected::TooManyFiles);
    }
    kept.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(kept)
}

/// How the text of an article begins the address of one of its files.
pub const FILES: &str = "files/";

/// The files that a text names, as their addresses stand in it and without their percent signs.
pub fn named(text: &str) -> HashSet<String> {
    let mut found = HashSet::new();
    for (at, _) in text.match_indices(FILES) {
        let before = text[..at].chars().next_back();
        // Within another address it is no file of the article.
        if before.is_some_and(|c| c.is_alphanumeric() || "/-_.~%".contains(c)) {
            continue;
        }
        let name = address(&text[at + FILES.len()..], before == Some('<'));
        found.insert(decoded(name));
        found.insert(name.to_owned());
    }
    found
}

/// The rest of an address, up to where Markdown ends it.
fn address(text: &str, is_bracketed: bool) -> &str {
    let mut depth = 0_u32;
    let ends = |c: char| match c {
        '\n' | '\r' => true,
        '>' => is_bracketed,
        _ if is_bracketed => false,
        '(' => {
            depth += 1;
            false
        }
        ')' if depth == 0 => true,
        ')' => {
            depth -= 1;
            false
        }
        c => c.is_whitespace() || matches!(c, '"' | '`' | '<' | '>' | ']'),
    };
    let end = text.find(ends).unwrap_or(text.len());
    &text[..end]
}

/// The name that was encoded; what is none stays as it is.
pub fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        let hex = more.get(..2).filter(|_| *first == b'%');
        let byte = hex
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = byte.map_or(more, |_| &more[2..]);
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

impl version::Model {
    /// The files it names; none when the stored form is damaged.
    pub fn files(&self) -> Vec<File> {
        serde_json::from_str(&self.files).unwrap_or_default()
    }

    /// The file it calls that.
    pub fn file(&self, name: &str) -> Option<File> {
        self.files().into_iter().find(|file| file.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        let mut names: Vec<String> = named(text).into_iter().collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn files_are_named_by_links_and_images_as_they_are_written() {
        let text = "![Maske](files/Maske%201.png) [Liste](files/liste.pdf \"Titel\") <files/a b.txt>\n[x]: files/c.png\n(files/d(1).png)";
        let all = names(text);
        for name in ["Maske 1.png", "liste.pdf", "a b.txt", "c.png", "d(1).png"] {
            assert!(all.contains(&name.to_owned()), "{name}: {all:?}");
        }
    }

    #[test]
    fn a_longer_name_is_not_the_shorter_one() {
        assert_eq!(names("[x](files/geheim.png.pdf)"), ["geheim.png.pdf"]);
        assert_eq!(names("[x](/knowledge/1/files/geheim.png)"), [""; 0]);
    }
}
