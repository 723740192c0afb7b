//! Templates of documents as a test speaks of them.

use entities::Uuid;
use entities::article::File;
use entities::document_template::{DocumentTemplate, DocumentTemplateFacts};
use entities::language::Language;
use lotse::demo::documents::docx;
use lotse::documents::docx::TYPE;
use lotse::reading::{self, Kind};

use super::TestDesk;

/// A DOCX with these paragraphs.
pub fn letter(paragraphs: &[&str]) -> Vec<u8> {
    docx(paragraphs).unwrap()
}

/// What is written in a DOCX.
pub fn written_in(bytes: &[u8]) -> String {
    reading::text(Kind::Office, bytes).unwrap()
}

/// What is written in a PDF.
pub fn said_in_pdf(bytes: &[u8]) -> String {
    reading::text(Kind::Pdf, bytes).unwrap()
}

/// How many pages a PDF has.
pub fn pages_of_pdf(bytes: &[u8]) -> usize {
    lopdf::Document::load_mem(bytes).unwrap().get_pages().len()
}

impl TestDesk {
    /// A template for all tickets, in German, with a file nobody has approved or brought.
    pub async fn template_facts(&self, name: &str, paragraphs: &[&str]) -> DocumentTemplateFacts {
        let stored = self.db.put_blob(letter(paragraphs)).await.unwrap();
        DocumentTemplateFacts {
            name: name.to_owned(),
            language: Language::De,
            file: Some(File {
                name: format!("{name}.docx"),
                content_type: TYPE.to_owned(),
                size_bytes: stored.size_bytes,
                sha256: stored.sha256,
            }),
            author_id: None,
            approved: None,
            approved_by: None,
            team_id: None,
            service_ids: vec![],
        }
    }

    /// A template that is used, as an import brings it.
    pub async fn template(&self, name: &str, paragraphs: &[&str]) -> Uuid {
        let facts = self.template_facts(name, paragraphs).await;
        let approved = facts.file.clone();
        self.create::<DocumentTemplate>(DocumentTemplateFacts { approved, ..facts })
            .await
    }
}
