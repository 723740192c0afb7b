//! What there is to import: the pages of a folder or the lines of a file, each with its text and what stands beside it.

use std::collections::VecDeque;
use std::io::BufRead as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde_json::{Map, Value};

use super::charset::decode;
use super::front::{self, Facts};
use super::xhtml::is_bottomless;

/// The most bytes of a page, a line or a file.
pub const MOST_BYTES: u64 = 20 * 1024 * 1024;
/// The most pages of one import.
const MOST_PAGES: usize = 100_000;

/// Why a page is not read.
const BOTTOMLESS: &str = "nests its elements more deeply than any page does";

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Html,
    Markdown,
}

/// A page that was read.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its path within the source, or what its line calls it.
    pub id: String,
    pub kind: Kind,
    pub text: String,
    pub facts: Facts,
    /// In what it was written, when that was not UTF-8.
    pub charset: Option<&'static str>,
}

/// All that is to be imported.
#[derive(Debug)]
pub struct Source {
    /// The name it goes by, unless another is given.
    pub name: String,
    /// Where pages and files lie; nothing outside of it is read.
    pub root: PathBuf,
    /// Whether links may lead out of there.
    pub follows: bool,
    pub pages: Vec<Page>,
    /// What could not be read: what it is called, and why.
    pub refused: Vec<(String, String)>,
    /// What was not looked at, and why.
    pub passed: Vec<String>,
}

/// Reads a folder, a page or a file of lines.
pub fn read(path: &Path, follows: bool) -> anyhow::Result<Source> {
    let shown = path.display();
    let whole = path
        .canonicalize()
        .with_context(|| format!("cannot read {shown}"))?;
    let is_folder = whole.is_dir();
    let named = if is_folder {
        whole.file_name()
    } else {
        whole.file_stem()
    };
    let name = named.map(|name| name.to_string_lossy().into_owned());
    let root = match (is_folder, whole.parent()) {
        (false, Some(parent)) => parent.to_path_buf(),
        _ => whole.clone(),
    };
    let mut source = Source {
        name: name.unwrap_or_else(|| "import".to_owned()),
        root,
        follows,
        pages: vec![],
        refused: vec![],
        passed: vec![],
    };
    match ending(&whole).as_str() {
        _ if is_folder => source.folder()?,
        "jsonl" | "ndjson" => source.lines(&whole)?,
        ending => {
            anyhow::ensure!(
                kind(ending).is_some(),
                "{shown}: is neither a folder nor a file that ends in .html, .md or .jsonl"
            );
            source.page(&whole);
        }
    }
    Ok(source)
}

fn ending(path: &Path) -> String {
    let ending = path.extension().unwrap_or_default();
    ending.to_string_lossy().to_ascii_lowercase()
}

fn kind(ending: &str) -> Option<Kind> {
    match ending {
        "html" | "htm" | "xhtml" => Some(Kind::Html),
        "md" | "markdown" => Some(Kind::Markdown),
        _ => None,
    }
}

impl Source {
    fn folder(&mut self) -> anyhow::Result<()> {
        let mut open = VecDeque::from([self.root.clone()]);
        let mut pages = Vec::new();
        while let Some(folder) = open.pop_front() {
            let entries = std::fs::read_dir(&folder)
                .with_context(|| format!("cannot read {}", folder.display()))?;
            for entry in entries {
                let entry = entry?;
                let (path, name) = (entry.path(), entry.file_name());
                let kind_of = entry.file_type()?;
                if name.to_string_lossy().starts_with('.') {
                    continue;
                }
                if kind_of.is_symlink() && path.is_dir() {
                    // It could lead into itself.
                    let shown = self.id(&path);
                    self.passed
                        .push(format!("{shown}: a link to a folder is not followed"));
                } else if path.is_dir() {
                    open.push_back(path);
                } else if kind(&ending(&path)).is_some() {
                    pages.push(path);
                }
            }
        }
        anyhow::ensure!(
            pages.len() <= MOST_PAGES,
            "{}: holds {} pages, more than the {MOST_PAGES} of one import",
            self.root.display(),
            pages.len()
        );
        pages.sort();
        pages.iter().for_each(|path| self.page(path));
        Ok(())
    }

    /// The path within the source, with slashes.
    fn id(&self, path: &Path) -> String {
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        let parts = inside
            .components()
            .map(|part| part.as_os_str().to_string_lossy());
        parts.collect::<Vec<_>>().join("/")
    }

    fn page(&mut self, path: &Path) {
        let id = self.id(path);
        let bytes = match within(&self.root, path, self.follows) {
            Ok(bytes) => bytes,
            Err(why) => return self.refused.push((id, why)),
        };
        let Some(kind) = kind(&ending(path)) else {
            return;
        };
        let (text, charset) = decode(&bytes);
        if kind == Kind::Html && is_bottomless(&text) {
            return self.refused.push((id, BOTTOMLESS.to_owned()));
        }
        let (facts, text) = match kind {
            Kind::Html => (Facts::new(), text),
            Kind::Markdown => {
                let (facts, text) = front::split(&text);
                (facts, text.to_owned())
            }
        };
        self.pages.push(Page {
            id,
            kind,
            text,
            facts,
            charset,
        });
    }

    fn lines(&mut self, path: &Path) -> anyhow::Result<()> {
        let shown = || format!("cannot read {}", path.display());
        let mut reader = std::io::BufReader::new(std::fs::File::open(path).with_context(shown)?);
        for number in 1.. {
            let mut line = Vec::new();
            let mut some = std::io::Read::take(&mut reader, MOST_BYTES + 1);
            if some.read_until(b'\n', &mut line).with_context(shown)? == 0 {
                break;
            }
            let named = format!("line {number}");
            if line.len() as u64 > MOST_BYTES {
                reader.skip_until(b'\n').with_context(shown)?;
                self.refused.push((named, too_large()));
                continue;
            }
            if line.trim_ascii().is_empty() {
                continue;
            }
            match of_line(&line) {
                Ok(page) => self.pages.push(page),
                Err(why) => self.refused.push((named, why)),
            }
        }
        Ok(())
    }
}

fn of_line(line: &[u8]) -> Result<Page, String> {
    let object: Map<String, Value> =
        serde_json::from_slice(line).map_err(|error| format!("is no JSON object: {error}"))?;
    let mut facts = Facts::new();
    let plain = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    };
    for (name, value) in &object {
        let values = match value {
            Value::Array(values) => values.iter().filter_map(plain).collect(),
            one => plain(one).into_iter().collect(),
        };
        facts.insert(name.to_lowercase(), values);
    }
    let mut text = |name: &str| {
        facts
            .remove(name)
            .and_then(|values| values.into_iter().next())
    };
    let (kind, text) = match (text("html"), text("markdown")) {
        (Some(html), _) => (Kind::Html, html),
        (None, Some(markdown)) => (Kind::Markdown, markdown),
        (None, None) => return Err("has neither “html” nor “markdown”".to_owned()),
    };
    if kind == Kind::Html && is_bottomless(&text) {
        return Err(BOTTOMLESS.to_owned());
    }
    let id = facts
        .remove("id")
        .and_then(|values| values.into_iter().next());
    Ok(Page {
        id: id.filter(|id| !id.trim().is_empty()).ok_or("has no “id”")?,
        kind,
        text: text.replace("\r\n", "\n"),
        facts,
        charset: None,
    })
}

/// The bytes of a file that lies within a folder, links out of it included when they are followed; why not, when they
/// cannot be had.
pub fn within(root: &Path, path: &Path, follows: bool) -> Result<Vec<u8>, String> {
    let real = path.canonicalize().map_err(|error| error.to_string())?;
    if !follows && !real.starts_with(root) {
        return Err(
            "lies outside of what is imported; --follow-links reads it all the same".to_owned(),
        );
    }
    let size = std::fs::metadata(&real).map_err(|error| error.to_string())?;
    if !size.is_file() {
        return Err("is no file".to_owned());
    }
    if size.len() > MOST_BYTES {
        return Err(too_large());
    }
    std::fs::read(&real).map_err(|error| error.to_string())
}

fn too_large() -> String {
    format!("is larger than {} MB", MOST_BYTES / 1024 / 1024)
}
