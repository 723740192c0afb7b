//! What is shown of a hit, what is counted beside it, and that neither tells what is hidden.

use std::collections::BTreeMap;

use search::answer::Part;
use search::document::Scope;
use search::{Facet, Filter, Request};

use crate::desk::{self, ARTICLE, IBAN, VOUCHER, asked, facets, of_team};

fn marked(text: &str, ranges: &[std::ops::Range<usize>]) -> Vec<String> {
    ranges
        .iter()
        .map(|range| text[range.clone()].to_owned())
        .collect()
}

#[tokio::test]
async fn what_matched_is_marked_in_the_title_and_the_best_other_place() {
    for running in desk::filled().await {
        let answer = running.answer(asked("Bescheid Geschwisterbonus")).await;
        let hit = &answer.hits[0];
        let title = &hit.highlights[0];
        assert_eq!(title.part, Part::Title, "{}", running.name);
        assert_eq!(title.text, hit.title, "{}", running.name);
        assert_eq!(
            marked(&title.text, &title.ranges),
            ["Bescheid"],
            "{}",
            running.name
        );
        let text = &hit.highlights[1];
        assert_eq!(text.part, Part::Passage(Scope::Open), "{}", running.name);
        assert!(
            marked(&text.text, &text.ranges)
                .concat()
                .contains("Geschwister"),
            "{}",
            running.name
        );
    }
}

#[tokio::test]
async fn parts_of_compounds_are_marked_alone() {
    for running in desk::filled().await {
        let answer = running.answer(asked("Zahlung")).await;
        let all: Vec<_> = answer.hits[0]
            .highlights
            .iter()
            .flat_map(|one| marked(&one.text, &one.ranges))
            .collect();
        assert!(
            all.iter().any(|text| text.eq_ignore_ascii_case("zahlung")),
            "{}: {all:?}",
            running.name
        );
    }
}

#[tokio::test]
async fn a_crop_is_short_and_says_what_it_leaves_out() {
    let running = desk::embedded().await;
    let text = format!(
        "{} Nadel {}",
        "Heu und Stroh ".repeat(500),
        "Stroh und Heu ".repeat(500)
    );
    running
        .engine
        .apply(vec![desk::put(desk::ticket(1, "Heuhaufen", &text))])
        .await
        .unwrap();
    let answer = running.answer(asked("Nadel")).await;
    let highlight = &answer.hits[0].highlights[0];
    assert!(highlight.text.len() < 300, "{}", highlight.text);
    assert_eq!(highlight.cut, (true, true));
    assert_eq!(marked(&highlight.text, &highlight.ranges), ["Nadel"]);
}

#[tokio::test]
async fn where_nothing_is_marked_the_beginning_is_shown() {
    for running in desk::filled().await {
        let answer = running
            .answer(Request {
                filter: Filter::is("kind", "article"),
                ..asked("")
            })
            .await;
        let hit = &answer.hits[0];
        assert_eq!(
            (hit.reference.as_str(), hit.source_id.as_deref()),
            (ARTICLE, Some("import/7")),
            "{}",
            running.name
        );
        assert!(
            hit.highlights[0].text.starts_with("Anleitung"),
            "{}: {:?}",
            running.name,
            hit.highlights
        );
        assert!(hit.highlights[0].ranges.is_empty(), "{}", running.name);
    }
}

#[tokio::test]
async fn mistyped_words_are_said() {
    let running = desk::filled().await.remove(0);
    let answer = running.answer(asked("Geschwisterbouns Bescheid")).await;
    assert_eq!(
        answer.corrected,
        [("Geschwisterbouns".to_owned(), "Geschwisterbonus".to_owned())]
    );
    assert!(
        running
            .answer(asked("Geschwisterbonus"))
            .await
            .corrected
            .is_empty()
    );
}

/// Words that stand in one scope each.
fn canaries() -> [(&'static str, Scope); 4] {
    [
        ("Kanarienvogel", Scope::Notes),
        ("Ostendorp", Scope::People),
        ("Wellensittich", Scope::Files),
        ("Flamingo", Scope::Field(IBAN)),
    ]
}

#[tokio::test]
async fn passages_are_found_by_those_who_may_read_them_and_by_nobody_else() {
    for running in desk::filled().await {
        for (word, scope) in canaries() {
            let others = canaries()
                .map(|(_, other)| other)
                .into_iter()
                .filter(|other| *other != scope);
            let others: Vec<_> = others.chain([Scope::Field(uuid::Uuid::nil())]).collect();
            // As it stands, begun, mistyped, in a phrase.
            let mistyped = format!("{}x", &word[..word.len() - 1]);
            for typed in [word, &word[..6], &mistyped, &format!("\"{word}\"")] {
                for scopes in [Vec::new(), others.clone()] {
                    let hidden = Request {
                        scopes,
                        facets: facets(&["team"]),
                        ..asked(typed)
                    };
                    let answer = running.answer(hidden).await;
                    assert!(answer.hits.is_empty(), "{}: {typed}", running.name);
                    assert_eq!(answer.total.number(), 0, "{}: {typed}", running.name);
                    assert!(
                        answer.facets["team"].is_empty(),
                        "{}: {typed}",
                        running.name
                    );
                    assert!(answer.corrected.is_empty(), "{}: {typed}", running.name);
                }
                let open = Request {
                    scopes: vec![scope],
                    ..asked(typed)
                };
                assert_eq!(
                    running.finds(open).await,
                    [VOUCHER],
                    "{}: {typed}",
                    running.name
                );
            }
        }
    }
}

#[tokio::test]
async fn hidden_passages_are_not_shown_and_exclude_nothing() {
    for running in desk::filled().await {
        let answer = running
            .answer(asked("Bescheid Kanarienvogel Flamingo"))
            .await;
        let shown = format!("{:?}", answer.hits);
        for (word, _) in canaries() {
            assert!(!shown.contains(word), "{}: {word}", running.name);
            let without = asked(&format!("Geschwisterbonus -{word}"));
            assert_eq!(
                running.finds(without).await,
                [VOUCHER],
                "{}: {word}",
                running.name
            );
        }
        let all = Request {
            scopes: vec![Scope::Notes],
            ..asked("Geschwisterbonus -Kanarienvogel")
        };
        assert!(
            !running.finds(all).await.contains(&VOUCHER.to_owned()),
            "{}",
            running.name
        );
    }
}

#[tokio::test]
async fn a_choice_narrows_everything_but_its_own_counts() {
    for running in desk::filled().await {
        let request = Request {
            facets: vec![
                Facet {
                    attribute: "service".into(),
                    chosen: vec!["kita".into()],
                },
                Facet::of("team"),
                Facet::of("kind"),
            ],
            ..asked("")
        };
        let answer = running.answer(request).await;
        assert_eq!(answer.hits.len(), 2, "{}", running.name);
        let counts = |pairs: &[(&str, u64)]| -> BTreeMap<String, u64> {
            pairs
                .iter()
                .map(|(value, count)| ((*value).to_owned(), *count))
                .collect()
        };
        assert_eq!(
            answer.facets["service"],
            counts(&[("kita", 2), ("uvg", 1), ("zahlungen", 1)]),
            "{}",
            running.name
        );
        assert_eq!(
            answer.facets["team"],
            counts(&[("applications", 1)]),
            "{}",
            running.name
        );
        assert_eq!(
            answer.facets["kind"],
            counts(&[("article", 1), ("ticket", 1)]),
            "{}",
            running.name
        );
    }
}

#[tokio::test]
async fn counts_know_nothing_of_what_the_actor_may_not_see() {
    for running in desk::filled().await {
        let request = Request {
            permission: of_team("payments"),
            facets: facets(&["service", "team"]),
            ..asked("")
        };
        let answer = running.answer(request).await;
        assert_eq!(answer.hits.len(), 1, "{}", running.name);
        assert_eq!(
            answer.facets["service"].keys().collect::<Vec<_>>(),
            ["zahlungen"],
            "{}",
            running.name
        );
        assert_eq!(
            answer.facets["team"].keys().collect::<Vec<_>>(),
            ["payments"],
            "{}",
            running.name
        );
    }
}

#[tokio::test]
async fn names_with_quotes_are_values_and_nothing_else() {
    for running in desk::filled().await {
        let team = "Team \"Briefe\" \\ Post";
        let answer = running
            .answer(Request {
                filter: of_team(team),
                facets: facets(&["team"]),
                ..asked("")
            })
            .await;
        assert_eq!(answer.hits.len(), 1, "{}", running.name);
        assert_eq!(
            answer.facets["team"].get(team),
            Some(&1),
            "{}",
            running.name
        );
        for injection in [
            "x\" OR team = \"payments",
            "' OR '1'='1",
            "payments\u{0}",
            "x\\",
            "PAYMENTS",
            "payments ",
        ] {
            let request = Request {
                permission: of_team(injection),
                ..asked("")
            };
            assert!(
                running.finds(request).await.is_empty(),
                "{}: {injection}",
                running.name
            );
        }
    }
}
