//! LibreOffice makes PDF of what was filled, and nothing else while it does.

use lotse::documents::pdf;
use lotse::reading::{self, Kind};
use support::desk::letter;
use support::process::package;

#[tokio::test]
async fn libreoffice_makes_a_pdf_of_a_letter() {
    let program = package("soffice", "libreoffice-writer-nogui");
    let docx = letter(&[
        "# Servicedesk",
        "Guten Tag Frau Kowalke, der Zahllauf geht wieder.",
    ]);
    let pdf = pdf::made(&program, &docx).await.unwrap();
    let text = reading::text(Kind::Pdf, &pdf).unwrap();
    assert!(text.contains("der Zahllauf geht wieder"), "{text}");
}

#[tokio::test]
async fn many_at_once_follow_each_other() {
    let program = package("soffice", "libreoffice-writer-nogui");
    let docx = letter(&["Eins nach dem anderen."]);
    let (one, other) = tokio::join!(pdf::made(&program, &docx), pdf::made(&program, &docx));
    assert!(one.unwrap().starts_with(b"%PDF-"));
    assert!(other.unwrap().starts_with(b"%PDF-"));
}

#[tokio::test]
async fn what_is_no_document_becomes_no_pdf() {
    let program = package("soffice", "libreoffice-writer-nogui");
    assert!(pdf::made(&program, b"PK\x03\x04 kaputt").await.is_err());
}

#[tokio::test]
async fn ten_letters_become_pdf_in_one_run_and_a_broken_one_refuses_itself_alone() {
    let program = package("soffice", "libreoffice-writer-nogui");
    let mut documents: Vec<Vec<u8>> = (1..=9)
        .map(|number| letter(&[format!("Brief Nummer {number}.").as_str()]))
        .collect();
    documents.insert(4, b"PK\x03\x04 kaputt".to_vec());
    let mut made = pdf::each_made(&program, &documents).await;
    assert!(made.remove(4).is_err());
    for (number, pdf) in (1..=9).zip(made) {
        let text = reading::text(Kind::Pdf, &pdf.unwrap()).unwrap();
        assert!(text.contains(&format!("Brief Nummer {number}.")), "{text}");
    }
}
