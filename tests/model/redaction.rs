//! What is personal is found in German texts, and gone once it is blacked out.

use chrono::NaiveDate;
use entities::redaction::{Kind, Known, black, find};
use proptest::prelude::*;

fn known() -> Known {
    Known {
        names: vec![
            "Sabine Kowalke".to_owned(),
            "Jürgen Müller-Lüdenscheidt".to_owned(),
            "Dr. Ayşe Yıldırım".to_owned(),
        ],
        numbers: vec!["KN-7001".to_owned()],
        today: NaiveDate::from_ymd_opt(2026, 11, 28).unwrap(),
    }
}

fn found(text: &str) -> Vec<(Kind, String)> {
    let all = find(text, &known());
    all.into_iter().map(|one| (one.kind, one.text)).collect()
}

/// A text with what must be found in it.
#[rustfmt::skip]
const TABLE: &[(&str, &[(Kind, &str)])] = &[
    // Names, as people write them.
    ("Frau Kowalke hat angerufen.", &[(Kind::Name, "Kowalke")]),
    ("Sabine Kowalkes Antrag", &[(Kind::Name, "Sabine Kowalkes")]),
    ("Kowalke, Sabine", &[(Kind::Name, "Kowalke, Sabine")]),
    ("Antrag von Juergen Mueller-Luedenscheidt", &[(Kind::Name, "Juergen Mueller-Luedenscheidt")]),
    ("Rückfrage an Müller", &[(Kind::Name, "Müller")]),
    ("Ayse Yildirim fragt", &[(Kind::Name, "Ayse Yildirim")]),
    ("bescheid_kowalke_neu.pdf", &[(Kind::Name, "kowalke")]),
    ("Herr Dr. Thomas Anders bittet um Rückruf", &[(Kind::Name, "Dr. Thomas Anders")]),
    ("für Herrn von Weizsäcker", &[(Kind::Name, "von Weizsäcker")]),
    ("Familie Öztürk wartet", &[(Kind::Name, "Öztürk")]),
    ("Der Müllerbursche und die kleine li", &[]),
    // Mail addresses.
    ("an s.kowalke@pankow.example.", &[(Kind::MailAddress, "s.kowalke@pankow.example")]),
    ("jürgen+kita@jugend-amt.example", &[(Kind::MailAddress, "jürgen+kita@jugend-amt.example")]),
    // Telephone numbers.
    ("Tel. 030 90227-5050", &[(Kind::Phone, "030 90227-5050")]),
    ("mobil 0170/1234567", &[(Kind::Phone, "0170/1234567")]),
    ("+49 (30) 90 22 75 050", &[(Kind::Phone, "+49 (30) 90 22 75 050")]),
    ("Durchwahl: 5050", &[(Kind::Phone, "5050")]),
    ("am 01.12.2026 um 07.30 Uhr", &[]),
    ("Version 10.0.1234567", &[]),
    ("Ticket 2026-011418-3", &[]),
    // Postal addresses.
    ("Breite Straße 24a, 13187 Berlin", &[(Kind::PostalAddress, "Breite Straße 24a, 13187 Berlin")]),
    ("wohnt Lindenallee 7", &[(Kind::PostalAddress, "Lindenallee 7")]),
    ("Hauptstr. 5", &[(Kind::PostalAddress, "Hauptstr. 5")]),
    ("13187 Berlin", &[(Kind::PostalAddress, "13187 Berlin")]),
    ("Es sind 12345 Datensätze.", &[]),
    // Numbers of cases.
    ("Aktenzeichen: JugA 3-51/2026", &[(Kind::CaseNumber, "JugA 3-51/2026")]),
    ("Az. 51-4711", &[(Kind::CaseNumber, "51-4711")]),
    ("Gutscheinnummer 2026118", &[(Kind::CaseNumber, "2026118")]),
    ("zu UV 1234/26 fehlt", &[(Kind::CaseNumber, "UV 1234/26")]),
    ("Steuer-ID 12 345 678 901", &[(Kind::CaseNumber, "12 345 678 901")]),
    ("65 170839 J 003", &[(Kind::CaseNumber, "65 170839 J 003")]),
    ("Fehler KN-4102, Maske 3/4", &[]),
    ("dort KN-7001, nicht KN-70012", &[(Kind::CaseNumber, "KN-7001")]),
    // Birth dates.
    ("geb. 3.5.2026", &[(Kind::BirthDate, "3.5.2026")]),
    ("geboren am 03. Mai 2019", &[(Kind::BirthDate, "03. Mai 2019")]),
    ("Geburtsdatum: 2019-05-03", &[(Kind::BirthDate, "2019-05-03")]),
    ("Kind, *12.11.2026", &[(Kind::BirthDate, "12.11.2026")]),
    ("am 07.03.19 angelegt", &[(Kind::BirthDate, "07.03.19")]),
    ("14. März 1984", &[(Kind::BirthDate, "14. März 1984")]),
    ("Änderungsdatum nach 16.11., Stand 20.11.2026", &[]),
    ("Frist 30.11.2026", &[]),
    ("Release 7.4.1 vom 12.10.2026", &[]),
    ("31.02.2019", &[]),
    // Account numbers.
    ("IBAN DE89 3704 0044 0532 0130 00 bei der Bank", &[(Kind::Iban, "DE89 3704 0044 0532 0130 00")]),
    ("de89370400440532013000", &[(Kind::Iban, "de89370400440532013000")]),
    ("NL91 ABNA 0417 1643 00", &[(Kind::Iban, "NL91 ABNA 0417 1643 00")]),
];

#[test]
fn what_is_personal_is_found_and_what_is_not_is_left() {
    for (text, expected) in TABLE {
        let expected: Vec<(Kind, String)> = expected
            .iter()
            .map(|(kind, text)| (*kind, (*text).to_owned()))
            .collect();
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn an_enquiry_without_persons_passes() {
    let text = "Bescheiddruck bricht ab, sobald der Geschwisterbonus gesetzt ist. Meldung KN-4102.\n\
                Antrag mit Änderungsdatum nach 16.11. öffnen, Bonus setzen, drucken. Gelingt in 3 von 3 Fällen.\n\
                12 Familien, Frist 30.11.";
    assert_eq!(found(text), []);
}

#[test]
fn what_is_blacked_out_leaves_neither_text_nor_length() {
    let text = "Frau Kowalke, IBAN DE89 3704 0044 0532 0130 00, meldet Fehler KN-4102.";
    let black_all = black(text, &known(), |_| true);
    assert_eq!(black_all, "Frau █████, IBAN █████, meldet Fehler KN-4102.");
    let black_names = black(text, &known(), |one| one.kind == Kind::Name);
    assert!(black_names.contains("DE89 3704 0044 0532 0130 00"));
}

#[test]
fn a_wrong_account_number_is_none() {
    let kinds = |text| {
        find(text, &Known::default())
            .into_iter()
            .map(|one| one.kind)
    };
    assert!(kinds("DE89 3704 0044 0532 0130 00").any(|kind| kind == Kind::Iban));
    assert!(!kinds("DE89 3704 0044 0532 0130 01").any(|kind| kind == Kind::Iban));
    assert!(!kinds("XX89 3704 0044 0532 0130 00").any(|kind| kind == Kind::Iban));
}

/// Texts made of what is personal, of what is not, and of noise between them.
fn texts() -> impl Strategy<Value = String> {
    let pieces: Vec<String> = TABLE.iter().map(|(text, _)| (*text).to_owned()).collect();
    let piece = prop_oneof![
        prop::sample::select(pieces),
        "[ -~äöüÄÖÜß0-9.,/@█\n]{0,30}",
        "\\PC{0,12}",
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #[test]
    fn findings_stand_in_order_and_say_what_stands_there(text in texts()) {
        let all = find(&text, &known());
        for one in &all {
            prop_assert_eq!(&text[one.from..one.to], one.text.as_str());
            prop_assert!(one.from < one.to);
        }
        for pair in all.windows(2) {
            prop_assert!(pair[0].to <= pair[1].from);
        }
    }

    #[test]
    fn nothing_known_is_left_once_all_is_black(text in texts()) {
        let mut left = text;
        for _ in 0..3 {
            left = black(&left, &known(), |_| true);
        }
        prop_assert_eq!(find(&left, &known()), vec![]);
        prop_assert!(!left.contains("Kowalke"));
        prop_assert!(!left.contains("DE89 3704 0044 0532 0130 00"));
    }

    #[test]
    fn an_account_number_is_found_in_any_grouping(groups in prop::collection::vec(any::<bool>(), 22)) {
        let number = "DE89370400440532013000";
        let mut written = String::new();
        for (at, (c, gap)) in number.chars().zip(groups).enumerate() {
            written.push(c);
            // Nobody writes the two letters apart.
            if gap && at > 0 {
                written.push(' ');
            }
        }
        let text = format!("Konto: {} .", written.trim_end());
        let all = find(&text, &Known::default());
        prop_assert!(all.iter().any(|one| one.kind == Kind::Iban), "{}", text);
    }
}
