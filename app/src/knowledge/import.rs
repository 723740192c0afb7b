//! Bringing in articles from elsewhere: folders of Markdown and HTML, and lines of JSON.

pub mod console;
pub mod report;

mod block;
mod callout;
mod categories;
pub(crate) mod charset;
mod draft;
mod drafts;
mod element;
mod escape;
mod facts;
mod files;
pub(super) mod front;
mod head;
mod html;
mod inline;
mod line;
mod original;
mod ready;
mod run;
mod source;
mod table;
mod target;
mod write;
mod xhtml;

pub use run::{Wanted, import};
pub use source::{MOST_BYTES, read};

/// A page of HTML as the Markdown of an article, and what was dropped or changed; its addresses are those of the page.
pub fn markdown_of(page: &str) -> (String, report::Remarks) {
    let read = html::read(page, None);
    (write::markdown(&read.blocks), read.remarks)
}
