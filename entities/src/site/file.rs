//! Files of articles for their readers: those that the text names outside of the passages that stay in the house.

use super::Site;
use crate::article;
use crate::error::{DeskError, Result};

/// A file that the readers of an article may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File(article::File);

impl File {
    /// Unique among those of its article.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    pub fn content_type(&self) -> &str {
        &self.0.content_type
    }

    pub fn size_bytes(&self) -> i64 {
        self.0.size_bytes
    }

    /// What its bytes are called, in hexadecimal digits.
    pub fn digest(&self) -> &str {
        &self.0.sha256
    }

    /// What says in its address that it names these very bytes.
    pub fn mark(&self) -> &str {
        self.0.mark()
    }

    /// Whether that is what an address says.
    pub fn is_marked(&self, mark: &str) -> bool {
        self.0.is_marked(mark)
    }
}

/// Those of the files that a text without its internal passages names.
pub(super) fn given(files: Vec<article::File>, outside: &str) -> Vec<File> {
    let named = article::named(outside);
    let given = files.into_iter().filter(|file| named.contains(&file.name));
    given.map(File).collect()
}

impl Site {
    /// A file of an article, by its name.
    ///
    /// # Errors
    /// `Hidden` when the article has none for these readers.
    pub async fn file(&self, key: &str, name: &str) -> Result<File> {
        let row = self.row(key).await?;
        let files = row.given(&article::outside(&row.body));
        let found = files.into_iter().find(|file| file.name() == name);
        found.ok_or(DeskError::Hidden)
    }

    /// The bytes of a file that was found here.
    ///
    /// # Errors
    /// The file store's.
    pub async fn bytes(&self, file: &File) -> Result<Vec<u8>> {
        file.0.bytes(&self.db).await
    }
}
