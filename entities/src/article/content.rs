//! What a version says, and what of it the history keeps.

use serde_json::json;
use uuid::Uuid;

use super::Audience;
use super::file::{self, File};
use super::version;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::history;

/// The most characters of a title.
pub const MOST_TITLE: usize = 200;
/// The most characters of a summary: it stands in lists and in what searching finds.
pub const MOST_SUMMARY: usize = 300;
/// The most characters of a text: whole manuals of others fit.
pub const MOST_BODY: usize = 400_000;
/// The most keywords, and the most characters of one.
const MOST_KEYWORDS: usize = 50;
/// A version without files.
const NO_FILES: &str = "[]";

/// What an author writes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    pub title: String,
    pub summary: String,
    /// Markdown.
    pub body: String,
    pub keywords: Vec<String>,
    pub audience: Audience,
    /// Sorted; none unless it is for vendors.
    pub vendor_ids: Vec<Uuid>,
    /// Sorted by name.
    pub files: Vec<File>,
    /// What was changed.
    pub note: String,
}

impl Content {
    /// The content as it is stored: trimmed, without doubles.
    pub(super) fn checked(self) -> Result<Content, Rejected> {
        let title = line(&self.title);
        if title.is_empty() {
            return Err(Rejected::EmptyTitle);
        }
        let (summary, note) = (line(&self.summary), line(&self.note));
        let mut keywords: Vec<String> = self.keywords.iter().map(|word| line(word)).collect();
        keywords.retain(|word| !word.is_empty());
        let mut known = Vec::new();
        keywords.retain(|word| {
            let folded = crate::text::fold(word);
            let is_new = !known.contains(&folded);
            known.push(folded);
            is_new
        });
        let body = self.body.replace("\r\n", "\n").replace('\0', "");
        let is_long = |text: &str, most: usize| text.chars().count() > most;
        if is_long(&title, MOST_TITLE)
            || is_long(&summary, MOST_SUMMARY)
            || is_long(&note, MOST_SUMMARY)
            || is_long(&body, MOST_BODY)
            || keywords.len() > MOST_KEYWORDS
            || keywords.iter().any(|word| is_long(word, MOST_KEYWORDS))
        {
            return Err(Rejected::TooLong);
        }
        let mut vendor_ids = self.vendor_ids;
        if self.audience != Audience::Vendors {
            vendor_ids.clear();
        } else if vendor_ids.is_empty() {
            return Err(Rejected::NoAudience);
        }
        vendor_ids.sort_unstable();
        vendor_ids.dedup();
        Ok(Content {
            title,
            summary,
            body: body.trim_end().to_owned(),
            keywords,
            audience: self.audience,
            vendor_ids,
            files: file::checked(self.files)?,
            note,
        })
    }

    /// Leaves out keywords that are too many or too long to be any; how many.
    pub fn shorten_keywords(&mut self) -> usize {
        let before = self.keywords.len();
        self.keywords
            .retain(|word| word.chars().count() <= MOST_KEYWORDS);
        self.keywords.truncate(MOST_KEYWORDS);
        before - self.keywords.len()
    }

    /// Whether both say the same; why somebody wrote them aside.
    pub(super) fn says(&self, other: &Content) -> bool {
        let bare = |content: &Content| Content {
            note: String::new(),
            ..content.clone()
        };
        bare(self) == bare(other)
    }

    /// As the version with that number of an article that gets its id from its subject.
    pub(super) fn version(
        self,
        number: i32,
        author_id: Option<Uuid>,
        at: Instant,
    ) -> version::Model {
        version::Model {
            article_id: Uuid::nil(),
            number,
            title: self.title,
            summary: self.summary,
            body: self.body,
            keywords: self.keywords.join("\n"),
            audience: self.audience,
            vendor_ids: json!(self.vendor_ids).to_string(),
            files: json!(self.files).to_string(),
            note: self.note,
            author_id,
            written_at: at,
            restored_from: None,
            published_by: None,
            published_at: None,
            salt: history::salt(),
        }
    }
}

impl version::Model {
    /// The digest of all that it says.
    pub(super) fn digest(&self) -> String {
        let mut said = vec![
            &self.title,
            &self.summary,
            &self.body,
            &self.keywords,
            &self.vendor_ids,
            &self.note,
        ];
        // Versions from before there were files keep their digest.
        if self.files != NO_FILES {
            said.push(&self.files);
        }
        history::digest(&self.salt, &json!(said).to_string())
    }

    /// What it is found by.
    pub(super) fn found_by(&self) -> String {
        crate::text::fold(&format!(
            "{} {} {}",
            self.title, self.summary, self.keywords
        ))
    }
}

/// A text of one line.
fn line(text: &str) -> String {
    text.trim().replace(char::is_control, " ")
}
