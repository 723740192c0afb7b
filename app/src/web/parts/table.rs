//! Column heads of a table; a sortable one is a link, so that sorting has an address.

use maud::{Markup, html};

use super::icon::icon_small;
use crate::web::url::Url;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Ascending,
    Descending,
}

/// How a column takes part in the sorting of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// The rows are in this column's order.
    By(Direction),
    /// Another column rules.
    Other,
}

/// A column that cannot be sorted by.
pub fn column(words: &str) -> Markup {
    html! { th scope="col" { (words) } }
}

/// A column of numbers, which stand at its end.
pub fn column_of_numbers(words: &str) -> Markup {
    html! { th scope="col" class="n" { (words) } }
}

/// A column to sort by; `url` leads to the list in the other direction or in this column's order.
pub fn column_sorted(words: &str, sort: Sort, url: &Url) -> Markup {
    let aria = match sort {
        Sort::By(Direction::Ascending) => Some("ascending"),
        Sort::By(Direction::Descending) => Some("descending"),
        Sort::Other => None,
    };
    html! {
        th scope="col" aria-sort=[aria] {
            a href=(url) {
                (words)
                @match sort {
                    Sort::By(Direction::Ascending) => { (icon_small("up")) }
                    Sort::By(Direction::Descending) => { (icon_small("down")) }
                    Sort::Other => {}
                }
            }
        }
    }
}
