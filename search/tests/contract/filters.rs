//! Filters of any shape say the same in an index as of the documents themselves, so that permission holds.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use search::answer::Total;
use search::document::Scope;
use search::{Document, Facet, Filter, Request};

use crate::desk::{self, asked};

const ATTRIBUTES: [&str; 3] = ["team", "audience", "field.Ü \"x\""];
const VALUES: [&str; 5] = ["a", "b", "\"b\" OR \"c\"", "ä\\", "kita gutschein"];
const WORDS: [&str; 6] = [
    "Bescheid",
    "Zahlung",
    "Abschlagszahlung",
    "Drucker",
    "Häuser",
    "Kanarienvogel",
];

fn tag() -> impl Strategy<Value = (String, String)> {
    let attribute = proptest::sample::select(ATTRIBUTES.to_vec());
    let value = proptest::sample::select(VALUES.to_vec());
    (attribute, value).prop_map(|(attribute, value)| (attribute.to_owned(), value.to_owned()))
}

fn document() -> impl Strategy<Value = Document> {
    let words = proptest::collection::vec(proptest::sample::select(WORDS.to_vec()), 0..6);
    let tags = proptest::collection::vec(tag(), 0..5);
    (words, tags, 0_i64..100, any::<bool>()).prop_map(|(words, tags, at, solved)| {
        let mut document = desk::ticket(1, "Vorgang", &words.join(" "));
        document.tags = tags;
        document.at = at;
        document.solved = solved;
        document
    })
}

fn filter() -> impl Strategy<Value = Filter> {
    let leaf = prop_oneof![
        tag().prop_map(|(attribute, value)| Filter::is(attribute, value)),
        (tag(), tag())
            .prop_map(|((attribute, one), (_, other))| Filter::one_of(attribute, [one, other])),
        (0_i64..100).prop_map(|at| Filter::Before { at }),
        (0_i64..100).prop_map(|at| Filter::After { at }),
        any::<bool>().prop_map(|solved| Filter::is("solved", solved.to_string())),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Filter::All),
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Filter::Any),
            inner.prop_map(|one| Filter::Not(Box::new(one))),
        ]
    })
}

#[test]
fn an_index_lets_through_what_the_filter_does() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut runner = TestRunner::new(Config {
        cases: 12,
        failure_persistence: None,
        ..Config::default()
    });
    let documents = proptest::collection::vec(document(), 1..40);
    let filters = proptest::collection::vec((filter(), filter(), tag()), 12);
    runner
        .run(&(documents, filters), |(mut documents, filters)| {
            for (number, document) in (1_u128..).zip(&mut documents) {
                document.key.id = uuid::Uuid::from_u128(number);
            }
            runtime.block_on(async {
                let engines = desk::engines().await;
                for running in &engines {
                    // In two steps, so that there is more than one segment.
                    for part in documents.chunks(15) {
                        running
                            .engine
                            .apply(part.iter().cloned().map(desk::put).collect())
                            .await
                            .unwrap();
                    }
                    for (permission, narrowed, chosen) in &filters {
                        compare(running, &documents, permission, narrowed, chosen).await;
                    }
                }
            });
            Ok(())
        })
        .unwrap();
}

async fn compare(
    running: &desk::Running,
    documents: &[Document],
    permission: &Filter,
    narrowed: &Filter,
    (attribute, value): &(String, String),
) {
    let seen: Vec<_> = documents
        .iter()
        .filter(|one| permission.holds(one) && narrowed.holds(one))
        .collect();
    let choice = Filter::is(attribute, value);
    let request = Request {
        permission: permission.clone(),
        filter: narrowed.clone(),
        facets: vec![
            Facet {
                attribute: attribute.clone(),
                chosen: vec![value.clone()],
            },
            Facet::of("solved"),
        ],
        scopes: vec![Scope::Notes],
        limit: 100,
        ..asked("")
    };
    let answer = running.answer(request).await;
    let hits: BTreeSet<_> = answer.hits.iter().map(|hit| hit.key).collect();
    let expected: BTreeSet<_> = seen
        .iter()
        .filter(|one| choice.holds(one))
        .map(|one| one.key)
        .collect();
    assert_eq!(
        hits, expected,
        "{}: {permission:?} {narrowed:?}",
        running.name
    );
    if let Total::Exactly(total) = answer.total {
        assert_eq!(total, expected.len() as u64, "{}", running.name);
    }
    let mut counts = BTreeMap::new();
    for one in &seen {
        let own: BTreeSet<_> = one
            .tags
            .iter()
            .filter(|(name, _)| name == attribute)
            .map(|(_, value)| value)
            .collect();
        for value in own {
            *counts.entry(value.clone()).or_insert(0) += 1;
        }
    }
    assert_eq!(
        answer.facets[attribute], counts,
        "{}: {permission:?}",
        running.name
    );
    let solved: u64 = answer.facets["solved"].values().sum();
    assert_eq!(solved, expected.len() as u64, "{}", running.name);

    // The same with words: nothing that may not be seen is ever among the hits, and marks stand on characters.
    for word in WORDS {
        let request = Request {
            permission: permission.clone(),
            limit: 100,
            ..asked(word)
        };
        for hit in running.answer(request).await.hits {
            let found = documents.iter().find(|one| one.key == hit.key).unwrap();
            assert!(permission.holds(found), "{}: {permission:?}", running.name);
            for highlight in hit.highlights {
                let mut end = 0;
                for range in highlight.ranges {
                    assert!(
                        range.start >= end
                            && highlight
                                .text
                                .get(range.clone())
                                .is_some_and(|text| !text.is_empty())
                    );
                    end = range.end;
                }
            }
        }
    }
}
