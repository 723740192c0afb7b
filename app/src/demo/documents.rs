//! The standard documents of the demo's unit: small letters as DOCX, looked at by two.

use std::io::{Cursor, Write as _};

use entities::article::File;
use entities::document_template::{DocumentTemplate, DocumentTemplateFacts};
use entities::language::Language;
use entities::permit::Desk;
use entities::{Db, Permit};
use quick_xml::escape::escape;
use zip::write::SimpleFileOptions;

use super::database::{Unit, importer};
use crate::documents::docx;

/// A letter by its name and its paragraphs.
type Letter = (&'static str, &'static [&'static str]);

const LETTERS: [Letter; 2] = [
    (
        "Eingangsbestätigung",
        &[
            "# Servicedesk Jugendhilfe",
            "{{address}}",
            "{{if organisation}}",
            "{{organisation}}",
            "{{end}}",
            "Berlin, den {{today}}",
            "# Ihr Anliegen {{number}}: {{title}}",
            "{{dear}},",
            "wir haben Ihr Anliegen erhalten und bearbeiten es unter der Nummer {{number}}.",
            "{{if due}}",
            "Sie hören spätestens am {{due}} wieder von uns.",
            "{{else}}",
            "Sie hören spätestens am {{workday+10}} wieder von uns.",
            "{{end}}",
            "Mit freundlichen Grüßen",
            "{{agent}}",
        ],
    ),
    (
        "Mitteilung an die Leitung",
        &[
            "# Mitteilung",
            "Berlin, den {{today}}",
            "Verfahren: {{service|ohne Verfahren}}",
            "Vorgang: {{number}}, {{title}}",
            "{{description}}",
            "Bearbeitet von {{agent}}{{if team}}, {{team}}{{end}}",
        ],
    ),
];

/// A DOCX with these paragraphs; what begins with `# ` is in bold.
///
/// # Errors
/// When it cannot be packed.
pub fn docx(paragraphs: &[&str]) -> anyhow::Result<Vec<u8>> {
    let mut body = String::new();
    for text in paragraphs {
        let (look, text) = match text.strip_prefix("# ") {
            Some(text) => ("<w:rPr><w:b/><w:sz w:val=\"28\"/></w:rPr>", text),
            None => ("", *text),
        };
        body.push_str("<w:p><w:pPr><w:spacing w:after=\"160\"/></w:pPr><w:r>");
        body.push_str(look);
        body.push_str("<w:t xml:space=\"preserve\">");
        body.push_str(&escape(text));
        body.push_str("</w:t></w:r></w:p>");
    }
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}\
         <w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1417\" w:right=\"1417\" w:bottom=\"1134\" w:left=\"1417\" \
         w:header=\"708\" w:footer=\"708\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    );
    let types = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{}.main+xml\"/></Types>",
        docx::TYPE
    );
    let relations = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
         </Relationships>";
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("[Content_Types].xml", types.as_str()),
        ("_rels/.rels", relations),
        ("word/document.xml", document.as_str()),
    ] {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Brings the templates in, the last of them still to be approved.
pub async fn build(db: &Db, unit: &Unit) -> anyhow::Result<()> {
    let last = LETTERS.len() - 1;
    for (at, (name, paragraphs)) in LETTERS.into_iter().enumerate() {
        let stored = db.put_blob(docx(paragraphs)?).await?;
        let file = File {
            name: format!("{name}.docx"),
            content_type: docx::TYPE.to_owned(),
            size_bytes: stored.size_bytes,
            sha256: stored.sha256,
        };
        let is_used = at != last;
        let approver = unit.agents.get(1).map(|agent| agent.id);
        let facts = DocumentTemplateFacts {
            name: name.to_owned(),
            language: Language::De,
            approved: is_used.then(|| file.clone()),
            file: Some(file),
            author_id: unit.agents.first().map(|agent| agent.id),
            approved_by: approver.filter(|_| is_used),
            team_id: None,
            service_ids: vec![],
        };
        let permit = Permit::ask(&importer(), Desk)?;
        let create = entities::setting::Create::<DocumentTemplate> { facts, once: None };
        db.change(permit, create).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::documents::docx::Docx;

    #[test]
    fn the_letters_of_the_demo_can_be_filled() {
        for (name, paragraphs) in LETTERS {
            let read = Docx::read(&docx(paragraphs).unwrap());
            assert!(read.is_ok(), "{name}: {read:?}");
        }
    }
}
