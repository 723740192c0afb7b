//! What is found by which words.

use search::{Change, Embedded, Engine, Filter, Match, Order, Request, Typed};

use crate::desk::{self, ARTICLE, LETTERS, PAYMENTS, VOUCHER, asked};

#[tokio::test]
async fn numbers_are_found_however_they_are_typed() {
    for running in desk::filled().await {
        for typed in [
            "2026-011418-3",
            "#2026-011418-3",
            "2026-011418",
            "2026-11418",
            "11418",
            "#011418",
        ] {
            running.first(typed, VOUCHER).await;
        }
        running.first("KN-4102", VOUCHER).await;
    }
}

#[tokio::test]
async fn numbers_are_never_taken_for_mistyped() {
    for running in desk::filled().await {
        for typed in ["11419", "41021", "14102"] {
            assert!(
                running.finds(asked(typed)).await.is_empty(),
                "{}: {typed}",
                running.name
            );
        }
    }
}

#[tokio::test]
async fn words_are_found_mistyped_inflected_and_without_umlauts() {
    for running in desk::filled().await {
        running.first("Geschwisterbouns", VOUCHER).await;
        running.first("geschwisterbonus", VOUCHER).await;
        running.first("Aenderungsdatum", VOUCHER).await;
        running.first("Bescheide Briefkopf", LETTERS).await;
    }
    let embedded = desk::filled().await.remove(0);
    for typed in [
        "Haus Strasse",
        "Häusern",
        "haeuser",
        "Massenschriben",
        "Änderungsdatums",
    ] {
        assert!(!embedded.finds(asked(typed)).await.is_empty(), "{typed}");
    }
    embedded.first("Haus Strasse", ARTICLE).await;
}

#[tokio::test]
async fn compounds_are_found_by_their_parts_and_parts_by_their_compound() {
    for running in desk::filled().await {
        running.first("Abschlag Zahlung", PAYMENTS).await;
        running.first("Brief Serie", LETTERS).await;
        running.first("Abschlagszahlung", PAYMENTS).await;
        running.first("Seriendruck", ARTICLE).await;
    }
    let embedded = desk::filled().await.remove(0);
    embedded.first("Serien Briefe", LETTERS).await;
    embedded.first("Zahlung Abschläge", PAYMENTS).await;
}

#[tokio::test]
async fn the_last_word_may_be_unfinished_and_mistyped_at_that() {
    for running in desk::filled().await {
        running.first("zahll", PAYMENTS).await;
        running.first("Kita Guts", VOUCHER).await;
        running.first("Geschwisterbu", VOUCHER).await;
        let whole = Request {
            prefix_last: false,
            ..asked("Geschwi")
        };
        assert!(running.finds(whole).await.is_empty(), "{}", running.name);
    }
}

#[tokio::test]
async fn typos_can_be_refused() {
    for running in desk::filled().await {
        let strict = Request {
            typos: false,
            ..asked("Geschwisterbouns")
        };
        assert!(running.finds(strict).await.is_empty(), "{}", running.name);
    }
}

#[tokio::test]
async fn phrases_stand_as_they_were_typed_and_excluded_words_do_not() {
    for running in desk::filled().await {
        assert_eq!(
            running.finds(asked("\"alte Anschrift\"")).await,
            [LETTERS],
            "{}",
            running.name
        );
        assert!(
            running.finds(asked("\"Anschrift alte\"")).await.is_empty(),
            "{}",
            running.name
        );
        assert_eq!(
            running.finds(asked("Bescheid -Briefkopf")).await,
            [VOUCHER],
            "{}",
            running.name
        );
        assert_eq!(
            running.finds(asked("Bescheid -\"alte Anschrift\"")).await,
            [VOUCHER],
            "{}",
            running.name
        );
        let without = running.finds(asked("-Bescheid")).await;
        assert!(
            !without.contains(&LETTERS.to_owned()) && without.contains(&ARTICLE.to_owned()),
            "{}",
            running.name
        );
    }
}

#[tokio::test]
async fn documents_with_fewer_words_follow_where_few_have_all() {
    for running in desk::filled().await {
        let answer = running.answer(asked("Bescheid Geschwisterbonus")).await;
        let found: Vec<_> = answer
            .hits
            .iter()
            .map(|hit| hit.reference.as_str())
            .collect();
        assert_eq!(found[0], VOUCHER, "{}", running.name);
        let answer = running.answer(asked("Zahllauf Quastenflosser")).await;
        assert_eq!(
            answer.hits.first().map(|hit| hit.reference.as_str()),
            Some(PAYMENTS),
            "{}",
            running.name
        );
        assert!(answer.relaxed, "{}", running.name);
    }
}

#[tokio::test]
async fn what_says_nothing_is_passed_over() {
    for running in desk::filled().await {
        running.first("wie kann ich den Zahllauf", PAYMENTS).await;
        // Alone it is a word like others.
        assert!(
            !running.finds(asked("der")).await.is_empty(),
            "{}",
            running.name
        );
    }
}

#[tokio::test]
async fn synonyms_outlast_a_rebuild() {
    for running in desk::filled().await {
        let group = vec!["Kita".to_owned(), "Kindertagesstätte".to_owned()];
        running.engine.set_synonyms(vec![group]).await.unwrap();
        let mut building = running.engine.rebuild().await.unwrap();
        building.put(desk::all()).await.unwrap();
        building.finish().await.unwrap();
        running.first("Kindertagesstätte Gutschein", VOUCHER).await;
    }
}

#[tokio::test]
async fn synonyms_hold_until_they_are_set_anew() {
    for running in desk::filled().await {
        let groups = vec![
            vec!["Kita".to_owned(), "Kindertagesstätte".to_owned()],
            vec!["Rundschreiben".to_owned(), "Serien Briefe".to_owned()],
        ];
        running.engine.set_synonyms(groups).await.unwrap();
        running.first("Kindertagesstätte Gutschein", VOUCHER).await;
        running.engine.set_synonyms(Vec::new()).await.unwrap();
        let found = running.answer(asked("Kindertagesstätte")).await;
        assert!(found.hits.is_empty(), "{}", running.name);
    }
}

#[tokio::test]
async fn without_words_the_newest_come_first() {
    for running in desk::filled().await {
        let found = running.finds(asked("")).await;
        assert_eq!(
            found.first().map(String::as_str),
            Some(PAYMENTS),
            "{}",
            running.name
        );
        assert_eq!(
            found.last().map(String::as_str),
            Some(LETTERS),
            "{}",
            running.name
        );
        let newest = Request {
            order: Order::Newest,
            ..asked("Bescheid")
        };
        assert_eq!(
            running.finds(newest).await,
            [VOUCHER, LETTERS],
            "{}",
            running.name
        );
    }
}

#[tokio::test]
async fn pages_follow_one_another() {
    for running in desk::filled().await {
        let mut seen = Vec::new();
        for offset in 0..5 {
            let page = Request {
                offset,
                limit: 1,
                ..asked("")
            };
            let answer = running.answer(page).await;
            assert!(answer.total.number() <= 4, "{}", running.name);
            seen.extend(answer.hits.into_iter().map(|hit| hit.key));
        }
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 4, "{}", running.name);
    }
}

#[tokio::test]
async fn a_whole_text_finds_what_is_like_it() {
    for running in desk::filled().await {
        let text = "Guten Tag, seit gestern bricht bei uns der Druck von Bescheiden zum Kita-Gutschein ab. Es erscheint \
                    ein Fehler, wenn das Geschwisterkind einen Bonus hat. Mit freundlichen Grüßen";
        let like = Request {
            matching: Match::Some,
            prefix_last: false,
            ..Request::of(Typed::text(text))
        };
        assert_eq!(
            running.finds(like).await.first().map(String::as_str),
            Some(VOUCHER),
            "{}",
            running.name
        );
    }
}

#[tokio::test]
async fn a_text_of_any_length_is_answered_by_what_tells_most_in_it() {
    for running in desk::filled().await {
        let words: String = (0..20_000)
            .map(|number| format!("Füllwort{number} "))
            .collect();
        let like = Request {
            matching: Match::Some,
            ..Request::of(Typed::text(&format!("Briefkopf Hausanschrift {words}")))
        };
        let found = running.finds(like).await;
        assert!(
            running.name != "embedded" || found == [LETTERS],
            "{found:?}"
        );
    }
}

#[tokio::test]
async fn what_was_put_again_or_deleted_is_found_as_it_is_now() {
    for running in desk::filled().await {
        let mut changed = desk::all().remove(1);
        changed.title = "Zahllauf Dezember vollständig".to_owned();
        changed.stamp = 2;
        let gone = desk::all().remove(2).key;
        let changes = vec![
            desk::put(changed.clone()),
            Change::Delete(gone),
            Change::Delete(gone),
        ];
        running.engine.apply(changes).await.unwrap();
        running.first("Dezember", PAYMENTS).await;
        assert!(
            running.finds(asked("November")).await.is_empty(),
            "{}",
            running.name
        );
        assert!(
            running.finds(asked("Briefkopf")).await.is_empty(),
            "{}",
            running.name
        );
        let stamps = running.engine.stamps().await.unwrap();
        assert_eq!(stamps.len(), 3, "{}", running.name);
        assert!(stamps.contains(&(changed.key, 2)), "{}", running.name);
        assert_eq!(
            running.engine.stats().await.unwrap().documents,
            3,
            "{}",
            running.name
        );
    }
}

#[tokio::test]
async fn a_rebuild_answers_at_once_and_misses_nothing_that_was_applied_meanwhile() {
    for running in desk::filled().await {
        let mut building = running.engine.rebuild().await.unwrap();
        let mut all = desk::all();
        let old = all.remove(0);
        let mut newer = old.clone();
        newer.title = "Kita-Gutschein: gelöst mit Fassung 7.4.2".to_owned();
        newer.stamp = 9;
        running
            .engine
            .apply(vec![desk::put(newer.clone()), Change::Delete(all[1].key)])
            .await
            .unwrap();
        assert!(
            running.engine.stats().await.unwrap().rebuilding,
            "{}",
            running.name
        );
        // The rows were read before they changed.
        building.put(vec![old]).await.unwrap();
        building.put(all).await.unwrap();
        running.first("Serien druck", ARTICLE).await;
        building.finish().await.unwrap();
        running.first("Fassung 7.4.2", VOUCHER).await;
        assert!(
            running.finds(asked("Briefkopf")).await.is_empty(),
            "{}",
            running.name
        );
        assert_eq!(
            running.engine.stats().await.unwrap().documents,
            3,
            "{}",
            running.name
        );
        assert!(
            !running.engine.stats().await.unwrap().rebuilding,
            "{}",
            running.name
        );
        running
            .engine
            .apply(vec![Change::Delete(newer.key)])
            .await
            .unwrap();
        assert!(
            running.finds(asked("Fassung")).await.is_empty(),
            "{}",
            running.name
        );
    }
}

#[tokio::test]
async fn anything_that_is_typed_is_answered() {
    let long = "Bescheid ".repeat(1_200);
    let awkward = [
        "",
        "   ",
        "\"",
        "\"\"\"",
        "-",
        "--",
        "- -\"",
        "der die das",
        "service:",
        "service:kita",
        "-service:\"a",
        "a.*(b|c)[",
        "\u{0}\u{1}\u{2}\u{3}\u{4}",
        "\u{4}de\u{4}Bescheid",
        "🙂🙂 👩‍👩‍👧",
        "\u{202e}txet",
        "שלום עולם",
        "中文搜索",
        "team = 'x' OR 1=1",
        long.as_str(),
        "ⅷ ﬁ ǆ İ",
    ];
    for running in desk::filled().await {
        for typed in awkward {
            running.answer(asked(typed)).await;
            let nothing = Request {
                permission: Filter::nothing(),
                ..asked(typed)
            };
            assert!(
                running.answer(nothing).await.hits.is_empty(),
                "{}: {typed}",
                running.name
            );
        }
    }
}

#[tokio::test]
async fn an_empty_index_answers() {
    let folder = tempfile::tempdir().unwrap();
    let engine = Engine::Embedded(Embedded::open(folder.path()).await.unwrap());
    let answer = engine.search(asked("Bescheid")).await.unwrap();
    assert!(answer.hits.is_empty() && answer.total.number() == 0);
    assert!(engine.stamps().await.unwrap().is_empty());
}
