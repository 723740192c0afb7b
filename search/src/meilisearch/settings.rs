//! How an index is searched, the same on every server.

use std::collections::BTreeSet;

use meilisearch_sdk::settings::{
    FacetingSettings, LocalizedAttributes, MinWordSizeForTypos, PaginationSetting, Settings,
    TypoToleranceSettings,
};

use super::wire::{OPEN, SCOPED};
use crate::request::Request;

/// `fields` are the attributes of fields that some may not read.
pub(super) fn settings(fields: &BTreeSet<String>) -> Settings {
    let searched = OPEN
        .into_iter()
        .chain(SCOPED)
        .map(str::to_owned)
        .chain(fields.iter().cloned());
    Settings::new()
        .with_searchable_attributes(searched)
        .with_filterable_attributes(["tags", "at"])
        .with_sortable_attributes(["at"])
        // Sorting comes first where it is asked for; of what fits alike the solved and the latest come first.
        .with_ranking_rules([
            "sort",
            "words",
            "typo",
            "proximity",
            "attribute",
            "exactness",
            "solved:desc",
            "at:desc",
        ])
        .with_localized_attributes([LocalizedAttributes {
            locales: vec!["deu".to_owned(), "eng".to_owned()],
            attribute_patterns: vec!["*".to_owned()],
        }])
        .with_typo_tolerance(TypoToleranceSettings {
            enabled: Some(true),
            disable_on_attributes: Some(vec!["numbers".to_owned()]),
            disable_on_words: Some(Vec::new()),
            min_word_size_for_typos: Some(MinWordSizeForTypos {
                one_typo: Some(5),
                two_typos: Some(9),
            }),
            disable_on_numbers: Some(true),
        })
        .with_faceting(FacetingSettings {
            max_values_per_facet: 1_000,
            sort_facet_values_by: None,
        })
        .with_pagination(PaginationSetting {
            max_total_hits: Request::DEEPEST + Request::MOST,
        })
}
