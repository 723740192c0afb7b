//! How what was typed is taken apart.

use proptest::prelude::*;
use search::Typed;

#[test]
fn words_phrases_excluded_and_operators_are_told_apart() {
    let typed = Typed::parse(
        "abschlag „zahlung fehlt“ -test -\"alter bescheid\" Service:kita state:\"in arbeit\" -district: http://a KN-4102",
        &["service", "state", "district"],
    );
    assert_eq!(typed.words, ["abschlag", "http://a", "KN-4102"]);
    assert_eq!(typed.phrases, ["zahlung fehlt"]);
    assert_eq!(typed.excluded, ["test", "alter bescheid"]);
    let operators: Vec<_> = typed
        .operators
        .iter()
        .map(|one| (one.name.as_str(), one.value.as_str(), one.excluded))
        .collect();
    assert_eq!(
        operators,
        [
            ("service", "kita", false),
            ("state", "in arbeit", false),
            ("district", "", true)
        ]
    );
}

#[test]
fn a_quote_that_is_not_closed_reaches_to_the_end() {
    assert_eq!(Typed::parse("a \"b c", &[]).phrases, ["b c"]);
    assert_eq!(
        Typed::parse("service:\"b c", &["service"]).operators[0].value,
        "b c"
    );
    assert!(Typed::parse("\"\" \" \" - -- :", &["service"]).is_empty());
}

#[test]
fn a_colon_makes_an_operator_of_known_names_alone() {
    let typed = Typed::parse(
        "9:30 Fehler:KN-4102 Ort:\"alter Markt\" -Stand:9",
        &["service"],
    );
    assert_eq!(typed.words, ["9:30", "Fehler:KN-4102", "Ort"]);
    assert_eq!(typed.phrases, ["alter Markt"]);
    assert_eq!(typed.excluded, ["Stand:9"]);
    assert!(typed.operators.is_empty());
}

#[test]
fn hyphens_inside_words_exclude_nothing() {
    let typed = Typed::parse("Kita-Gutschein 2026-011418-3 a - b", &[]);
    assert_eq!(typed.words, ["Kita-Gutschein", "2026-011418-3", "a", "b"]);
    assert!(typed.excluded.is_empty());
}

proptest! {
    #[test]
    fn nothing_that_is_typed_breaks_it(typed in "(?s).{0,300}") {
        let parsed = Typed::parse(&typed, &["service", "from"]);
        for operator in &parsed.operators {
            prop_assert!(typed.get(operator.at.clone()).is_some());
        }
        prop_assert!(parsed.words.len() <= Typed::MOST_WORDS);
    }

    #[test]
    fn nothing_made_of_its_own_signs_breaks_it(typed in "[-\"„“: a-cservi\u{0}\u{202e}🙂]{0,80}") {
        let parsed = Typed::parse(&typed, &["service", "a"]);
        for operator in &parsed.operators {
            prop_assert!(typed.get(operator.at.clone()).is_some());
        }
        for word in parsed.words.iter().chain(&parsed.phrases).chain(&parsed.excluded) {
            prop_assert!(!word.chars().any(char::is_control));
        }
    }
}
