//! Letters made here, merged, and read again.

#![allow(clippy::unwrap_used)]

use lopdf::Stream;

use super::*;

/// A letter whose pages say these words; size and fonts are said above them, as some programs do.
fn letter(pages: &[&str], picture: &[u8]) -> Vec<u8> {
    let mut letter = Document::with_version("1.5");
    let tree = letter.new_object_id();
    let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Courier" };
    let font = letter.add_object(font);
    let shade = letter.add_object(Stream::new(Dictionary::new(), b"shade".to_vec()));
    let drawn = dictionary! { "Type" => "XObject", "Subtype" => "Image", "SMask" => shade };
    let drawn = letter.add_object(Stream::new(drawn, picture.to_vec()));
    let resources = letter.add_object(dictionary! {
        "Font" => dictionary! { "F1" => font },
        "XObject" => dictionary! { "Head" => drawn },
    });
    let kids: Vec<Object> = pages
        .iter()
        .map(|words| {
            let content = format!("BT /F1 12 Tf 100 600 Td ({words}) Tj ET");
            let content = letter.add_object(Stream::new(Dictionary::new(), content.into_bytes()));
            let page = dictionary! {
                "Type" => "Page", "Parent" => tree, "Contents" => content, "StructParents" => 0,
            };
            letter.add_object(page).into()
        })
        .collect();
    let count = i64::try_from(kids.len()).unwrap();
    let size: Vec<Object> = [0, 0, 595, 842].map(Object::from).into();
    let above = dictionary! {
        "Type" => "Pages", "Kids" => kids, "Count" => count, "MediaBox" => size, "Resources" => resources,
    };
    letter.set_object(tree, above);
    let catalog = letter.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    letter.trailer.set("Root", catalog);
    let mut out = Vec::new();
    letter.save_to(&mut out).unwrap();
    out
}

fn merged(letters: &[(&str, Vec<u8>)]) -> Document {
    let mut all = Merged::default();
    for (name, pdf) in letters {
        all.add(name, pdf).unwrap();
    }
    let head = Head {
        title: "Bestätigung".to_owned(),
        language: "de".to_owned(),
    };
    let mut out = Vec::new();
    all.write(&head, &mut out).unwrap();
    Document::load_mem(&out).unwrap()
}

#[test]
fn pages_follow_each_other_with_the_size_and_the_fonts_that_were_said_above_them() {
    let whole = merged(&[
        ("2026-1", letter(&["Kowalke", "Anlage"], b"crest")),
        ("2026-2", letter(&["Meier"], b"crest")),
    ]);
    let pages = whole.get_pages();
    assert_eq!(pages.len(), 3);
    for (number, words) in [(1, "Kowalke"), (2, "Anlage"), (3, "Meier")] {
        let said = whole.extract_text(&[number]).unwrap();
        assert!(said.contains(words), "{number}: {said}");
        let page = whole.get_dictionary(pages[&number]).unwrap();
        assert!(page.has(b"MediaBox") && page.has(b"Resources"));
        assert!(!page.has(b"StructParents"));
    }
}

#[test]
fn the_same_picture_stands_in_it_once_and_another_beside_it() {
    let pictures = |whole: &Document| {
        let all = whole.objects.values();
        let is_picture = |one: &&Object| one.type_name().is_ok_and(|kind| kind == b"XObject");
        all.filter(is_picture).count()
    };
    let one = letter(&["Kowalke"], b"crest");
    let same = merged(&[("1", one.clone()), ("2", letter(&["Meier"], b"crest"))]);
    assert_eq!(pictures(&same), 1);
    let other = merged(&[("1", one), ("2", letter(&["Meier"], b"anchor"))]);
    assert_eq!(pictures(&other), 2);
}

#[test]
fn each_letter_has_a_bookmark_at_its_first_page() {
    let whole = merged(&[
        ("2026-1 Grüße", letter(&["Kowalke", "Anlage"], b"x")),
        ("2026-2", letter(&["Meier"], b"x")),
    ]);
    let pages = whole.get_pages();
    let outlines = whole.catalog().unwrap().get(b"Outlines").unwrap();
    let outlines = whole.get_dictionary(outlines.as_reference().unwrap());
    let at = |of: &Dictionary, key: &[u8]| {
        let id = of.get(key).unwrap().as_reference().unwrap();
        whole.get_dictionary(id).unwrap().clone()
    };
    let first = at(outlines.unwrap(), b"First");
    let second = at(&first, b"Next");
    for (mark, title, page) in [(first, "2026-1 Grüße", 1), (second, "2026-2", 3)] {
        let said = lopdf::decode_text_string(mark.get(b"Title").unwrap()).unwrap();
        assert_eq!(said, title);
        let dest = mark.get(b"Dest").unwrap().as_array().unwrap();
        assert_eq!(dest[0].as_reference().unwrap(), pages[&page]);
    }
}

#[test]
fn what_is_no_pdf_or_has_no_page_is_refused() {
    assert!(Merged::default().add("2026-1", b"%PDF-1.7 broken").is_err());
    let none = Merged::default().add("2026-1", &letter(&[], b"x"));
    assert!(none.unwrap_err().to_string().contains("no page"));
}
