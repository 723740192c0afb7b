//! Templates as Word writes them, and as somebody with bad intentions does.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::documents::package::{MOST_UNPACKED, TYPES};

const MAIN: &str = "word/document.xml";

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn types(kind: &str) -> String {
    format!(
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Override PartName=\"/{MAIN}\" ContentType=\"application/vnd.openxmlformats-officedocument.{kind}.main+xml\"/></Types>"
    )
}

fn document(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"{}\"><w:body>{body}<w:sectPr/></w:body></w:document>",
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    )
}

fn with(body: &str, more: &[(&str, &str)]) -> Result<Docx, Fault> {
    let (types, document) = (types("wordprocessingml.document"), document(body));
    let mut parts = vec![(TYPES, types.as_str()), (MAIN, document.as_str())];
    parts.extend_from_slice(more);
    Docx::read(&archive(&parts))
}

fn value(name: &str) -> Option<String> {
    match name {
        "name" => Some("Frau Kowalke & Söhne".to_owned()),
        "address" => Some("Amt\nStraße 1\u{0}".to_owned()),
        "kind" => Some("incident".to_owned()),
        "number" => Some("L-1".to_owned()),
        _ => None,
    }
}

fn filled(body: &str) -> (String, Filled) {
    let filled = with(body, &[]).unwrap().filled(value).unwrap();
    let parts = unpacked(&filled.bytes).unwrap();
    let (_, main) = parts.iter().find(|(name, _)| name == MAIN).unwrap();
    let main = std::str::from_utf8(main).unwrap();
    let body = main.split_once("<w:body>").unwrap().1;
    let (body, _) = body.split_once("<w:sectPr>").unwrap();
    (body.to_owned(), filled)
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn a_place_that_word_has_split_over_runs_is_filled_in_the_look_of_its_first() {
    let (body, told) = filled(
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>An {</w:t></w:r><w:proofErr w:type=\"x\"/><w:r><w:t>{na</w:t></w:r>\
         <w:hyperlink><w:r><w:t>me}</w:t></w:r></w:hyperlink><w:r><w:t>}!</w:t></w:r></w:p>",
    );
    assert_eq!(
        body,
        "<w:p><w:r><w:rPr><w:b></w:b></w:rPr><w:t xml:space=\"preserve\">An Frau Kowalke &amp; Söhne</w:t></w:r>\
         <w:proofErr w:type=\"x\"></w:proofErr><w:r></w:r><w:hyperlink><w:r></w:r></w:hyperlink>\
         <w:r><w:t xml:space=\"preserve\">!</w:t></w:r></w:p>"
    );
    let places = [("name".to_owned(), "Frau Kowalke & Söhne".to_owned())];
    assert_eq!(told.places, places);
    assert!(told.open.is_empty());
}

#[test]
fn lines_of_a_value_are_lines_and_what_no_xml_holds_is_left_out() {
    let (body, _) = filled(&paragraph("{{address}}"));
    assert_eq!(
        body,
        "<w:p><w:r><w:t xml:space=\"preserve\">Amt</w:t><w:br/><w:t xml:space=\"preserve\">Straße 1</w:t></w:r></w:p>"
    );
}

#[test]
fn what_nothing_fills_stays_and_is_named_once() {
    let (body, told) = filled(&(paragraph("{{due}} {{due|bald}} {{due}}") + &paragraph("ohne")));
    assert!(body.contains("{{due}} bald {{due}}") && body.contains("<w:t>ohne</w:t>"));
    assert_eq!(told.open, ["due"]);
}

#[test]
fn a_passage_over_paragraphs_and_tables_goes_with_its_marks() {
    let table = format!(
        "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>",
        paragraph("Zelle")
    );
    let body: String = [
        paragraph("vorher"),
        paragraph("{{if kind=change}}"),
        paragraph("weg"),
        table,
        paragraph("{{else}}"),
        paragraph("bleibt {{number}}"),
        paragraph("{{end}}"),
        paragraph("nachher"),
    ]
    .concat();
    let (body, _) = filled(&body);
    let kept = [
        paragraph("vorher"),
        "<w:p><w:r><w:t xml:space=\"preserve\">bleibt L-1</w:t></w:r></w:p>".to_owned(),
        paragraph("nachher"),
    ];
    assert_eq!(body, kept.concat());
}

#[test]
fn what_stands_in_a_passage_that_goes_is_asked_for_nothing() {
    let cell = paragraph("{{due}}");
    let table = format!("<w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>");
    let body = paragraph("{{if due}}") + &table + &paragraph("{{end}}") + &paragraph("{{number}}");
    let (_, told) = filled(&body);
    assert!(told.open.is_empty());
    assert_eq!(told.places, [("number".to_owned(), "L-1".to_owned())]);
}

#[test]
fn a_cell_keeps_a_paragraph() {
    let cell = paragraph("{{if due}}bis {{due}}{{end}}");
    let (body, _) = filled(&format!("<w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>"));
    assert_eq!(
        body,
        "<w:tbl><w:tr><w:tc><w:p><w:r></w:r></w:p></w:tc></w:tr></w:tbl>"
    );
}

#[test]
fn stops_of_tabulators_are_no_text() {
    let body = "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr>\
                <w:r><w:t>{{if due}}a</w:t><w:tab/><w:t>b{{end}}c</w:t></w:r></w:p>";
    let (body, _) = filled(body);
    assert_eq!(
        body,
        "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"></w:tab></w:tabs></w:pPr>\
         <w:r><w:t xml:space=\"preserve\">c</w:t></w:r></w:p>"
    );
}

#[test]
fn a_template_becomes_a_document() {
    let (types, document) = (types("wordprocessingml.template"), document(""));
    let parts = [(TYPES, types.as_str()), (MAIN, document.as_str())];
    let filled = Docx::read(&archive(&parts)).unwrap().filled(value).unwrap();
    let parts = unpacked(&filled.bytes).unwrap();
    assert!(String::from_utf8_lossy(&parts[0].1).contains("document.main+xml"));
}

#[test]
fn what_cannot_be_filled_is_refused() {
    let fault = |text: &str| with(&paragraph(text), &[]).unwrap_err();
    assert_eq!(fault("{{Titel}}"), Fault::Unknown("Titel".to_owned()));
    assert_eq!(
        fault("{{if kind=x}}{{end}}"),
        Fault::NeverSo("x".to_owned())
    );
    assert_eq!(fault("{{if due}}"), Fault::Unbalanced);
    // A passage does not begin in a cell and end outside of it.
    let cell = paragraph("{{if due}}");
    let table = format!("<w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>");
    let body = table + &paragraph("{{end}}");
    assert_eq!(with(&body, &[]).unwrap_err(), Fault::Unbalanced);
    let named = with(&paragraph("{{field.release}}"), &[]).unwrap();
    assert_eq!(named.fields(), ["release"]);
}

#[test]
fn what_reaches_out_or_runs_is_refused() {
    let fault = |more: &[(&str, &str)]| with("", more).unwrap_err();
    assert_eq!(fault(&[("word/vbaProject.bin", "x")]), Fault::Macro);
    assert_eq!(fault(&[("word/embeddings/a.bin", "x")]), Fault::Embedded);
    let rels = |kind: &str, target: &str| {
        format!(
            "<Relationships><Relationship Id=\"r1\" Type=\"http://x/relationships/{kind}\" Target=\"{target}\" TargetMode=\"External\"/></Relationships>"
        )
    };
    let name = "word/_rels/document.xml.rels";
    let image = rels("image", "https://x.example/a.png");
    assert_eq!(
        fault(&[(name, &image)]),
        Fault::External("https://x.example/a.png".to_owned())
    );
    let template = rels("attachedTemplate", "file:///x.dotm");
    assert!(matches!(fault(&[(name, &template)]), Fault::External(_)));
    let file = rels("hyperlink", "file:///etc/passwd");
    assert!(matches!(fault(&[(name, &file)]), Fault::External(_)));
    let click = rels("hyperlink", "https://x.example/");
    assert!(with("", &[(name, &click)]).is_ok());
    let settings = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><x/>";
    assert_eq!(
        fault(&[("word/settings.xml", settings)]),
        Fault::Dtd("word/settings.xml".to_owned())
    );
    let code = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText> INCLUDE</w:instrText></w:r>\
                <w:r><w:instrText>TEXT \"file:///x\"</w:instrText><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
    assert_eq!(
        with(code, &[]).unwrap_err(),
        Fault::Code("INCLUDETEXT".to_owned())
    );
    let page = code
        .replace("INCLUDE", "PAGE \"LINK\" ")
        .replace("TEXT", "");
    assert!(with(&page, &[]).is_ok());
}

/// A field that fetches, named in some way.
fn field(code: &str) -> String {
    format!(
        "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/>{code}<w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
    )
}

#[test]
fn a_field_that_fetches_is_known_however_it_is_written() {
    let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    for body in [
        field("<w:instrText>INCLUDEPICTURE\"http://x/\"</w:instrText>"),
        field("<w:instrText>includepicture\\d \"http://x/\"</w:instrText>"),
        field(
            "<w:instrText>INCLUDE<!-- a -->PIC</w:instrText><w:instrText>&#84;URE x</w:instrText>",
        ),
        field(&format!(
            "<x:instrText xmlns:x=\"{word}\">INCLUDEPICTURE x</x:instrText>"
        )),
        format!("<w:p><x:fldSimple xmlns:x=\"{word}\" x:instr=\" &#x49;NCLUDEPICTURE x\"/></w:p>"),
    ] {
        let fault = with(&body, &[]).unwrap_err();
        assert_eq!(fault, Fault::Code("INCLUDEPICTURE".to_owned()), "{body}");
    }
    // Behind what another field computes stands no name of a field.
    let text = field(&format!(
        "<w:instrText>IF </w:instrText>{}<w:instrText> \"LINK a\"</w:instrText>",
        field("")
    ));
    assert!(with(&text, &[]).is_ok());
}

#[test]
fn a_part_is_looked_through_whatever_it_says_it_is() {
    let fetches = document(&field("<w:instrText>DDEAUTO c x</w:instrText>"));
    for name in ["word/glossary/document.xml", "word/other.bin"] {
        let fault = with("", &[(name, &fetches)]).unwrap_err();
        assert_eq!(fault, Fault::Code("DDEAUTO".to_owned()), "{name}");
    }
    let counts = document(&field("<w:instrText>PAGE</w:instrText>"));
    assert!(with("", &[("word/glossary/document.xml", &counts)]).is_ok());
    let other = "<?xml version=\"1.0\" encoding=\"UTF-7\"?><x/>";
    for name in ["word/settings.xml", "word/other.bin"] {
        let fault = with("", &[(name, other)]).unwrap_err();
        assert_eq!(fault, Fault::Damaged(name.to_owned()));
    }
    let twice = with("", &[("Word/Document.xml", &fetches)]).unwrap_err();
    assert_eq!(twice, Fault::Damaged("Word/Document.xml".to_owned()));
    let other = with("", &[("word\\document.xml", &fetches)]).unwrap_err();
    assert_eq!(other, Fault::Damaged("word\\document.xml".to_owned()));
    let rows = "<s><mailMerge><connectString val=\"DSN=x\"/></mailMerge></s>";
    assert!(matches!(
        with("", &[("word/settings.xml", rows)]).unwrap_err(),
        Fault::External(_)
    ));
    let inside = "<Relationships><Relationship Type=\"x/image\" Target=\"http://x.example/a.png\"/></Relationships>";
    assert!(matches!(
        with("", &[("word/_rels/document.xml.rels", inside)]).unwrap_err(),
        Fault::External(_)
    ));
}

#[test]
fn what_takes_far_more_room_than_its_letters_is_refused() {
    let many = "<w:r/>".repeat(MOST_EVENTS / 2);
    assert_eq!(with(&many, &[]).unwrap_err(), Fault::TooLarge);
    let deep = "<w:p>".repeat(600) + &"</w:p>".repeat(600);
    assert_eq!(with(&deep, &[]).unwrap_err(), Fault::TooLarge);
    // Spread over many parts it is not less.
    let some =
        document(&("<w:r/>".repeat(MOST_EVENTS / 8) + &field("<w:instrText>PAGE</w:instrText>")));
    let names: Vec<String> = (0..4).map(|at| format!("word/{at}.xml")).collect();
    let parts: Vec<(&str, &str)> = names
        .iter()
        .map(|name| (name.as_str(), some.as_str()))
        .collect();
    assert_eq!(with("", &parts).unwrap_err(), Fault::TooLarge);
}

#[test]
fn what_fills_a_template_is_told_without_making_it() {
    let docx = with(&paragraph("{{name}} bis {{due}}"), &[]).unwrap();
    let (made, tried) = (docx.filled(value).unwrap(), docx.tried(value).unwrap());
    assert_eq!((tried.places, tried.open), (made.places, made.open));
    assert!(tried.bytes.is_empty());
}

#[test]
fn what_is_no_docx_or_too_large_is_refused() {
    assert_eq!(Docx::read(b"%PDF-1.7").unwrap_err(), Fault::NotADocx);
    assert_eq!(Docx::read(&archive(&[])).unwrap_err(), Fault::NotADocx);
    let much = "a".repeat(MOST_UNPACKED as usize + 1);
    assert_eq!(
        with("", &[("word/media/a.txt", &much)]).unwrap_err(),
        Fault::TooLarge
    );
    let broken = with("<w:p>", &[]).unwrap_err();
    assert_eq!(broken, Fault::Damaged(MAIN.to_owned()));
}

#[test]
fn a_part_that_only_its_ending_tells_is_filled_as_well() {
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"XML\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/>\
         <Override PartName=\"/word/document.xml\" \
         ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let head = "word/header1.xml";
    let parts = |text: &str| {
        let (main, said) = (document(&paragraph("Text")), document(&paragraph(text)));
        archive(&[(TYPES, types), (MAIN, main.as_str()), (head, said.as_str())])
    };
    let filled = Docx::read(&parts("Zu {{number}}")).unwrap().filled(value);
    let parts_of = unpacked(&filled.unwrap().bytes).unwrap();
    let (_, said) = parts_of.iter().find(|(name, _)| name == head).unwrap();
    assert!(std::str::from_utf8(said).unwrap().contains("Zu L-1"));
    let unknown = Docx::read(&parts("{{Titel}}")).unwrap_err();
    assert_eq!(unknown, Fault::Unknown("Titel".to_owned()));
}
