//! Whatever a page holds, reading it ends, says the same each time, and never makes headings, items or cells of its own.

use lotse::knowledge::import::markdown_of;
use lotse::locale::Locale;
use lotse::web::markdown::article::{Anchors, render};
use proptest::prelude::*;

use super::counts::{of_article, of_page};

/// Elements, some of which belong nowhere.
const TAGS: [&str; 34] = [
    "p",
    "div",
    "h1",
    "h2",
    "h4",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "tr",
    "td",
    "th",
    "thead",
    "tbody",
    "pre",
    "code",
    "b",
    "em",
    "a href='b.html'",
    "a id=x",
    "blockquote",
    "img src='a.png' alt='A*'",
    "br",
    "hr",
    "sup",
    "div class=note",
    "script",
    "td colspan=3",
    "td rowspan=2",
    "span hidden",
    "title",
];

/// Something of a page: elements that belong somewhere and elements that do not, and letters that mean something in Markdown.
fn part() -> impl Strategy<Value = String> {
    let opened = prop::sample::select(&TAGS[..]).prop_map(|tag| format!("<{tag}>"));
    let closed = prop::sample::select(&TAGS[..]).prop_map(|tag| {
        let name = tag.split(' ').next().unwrap_or_default();
        format!("</{name}>")
    });
    prop_oneof![
        3 => opened,
        2 => closed,
        3 => "[a-zäß*_`#>|~!&;:.()\\[\\]<\\\\ \n0-9+=-]{0,12}",
        1 => any::<String>(),
    ]
}

fn page() -> impl Strategy<Value = String> {
    prop::collection::vec(part(), 0..60).prop_map(|parts| parts.concat())
}

fn shown(markdown: &str) -> String {
    let rendered = render(Locale::De, markdown, Anchors::None, &Default::default());
    rendered.html.into_string()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn reading_a_page_ends_and_says_the_same_again(page in page()) {
        let (markdown, remarks) = markdown_of(&page);
        prop_assert_eq!(&markdown_of(&page), &(markdown.clone(), remarks));
        shown(&markdown);
    }

    #[test]
    fn what_a_page_says_stands_in_the_article(page in page()) {
        let (markdown, remarks) = markdown_of(&page);
        let told = serde_json::to_value(&remarks).unwrap();
        let is_cut = ["too_deep", "scripts", "hidden"].iter().any(|what| told.get(what).is_some());
        let (before, after) = (of_page(&page), of_article(&shown(&markdown)));
        let of = |what: &str| usize::try_from(told[what]["count"].as_u64().unwrap_or(0)).unwrap();
        if !is_cut {
            let gone = of("heading_is_title") + of("empty_headings") + of("headings_in_cells")
                + of("callout_headings");
            prop_assert_eq!(after.headings + gone, before.headings, "{}", markdown);
        }
    }
}

#[test]
fn pages_without_an_end_are_read_to_their_end() {
    for page in [
        "<div>".repeat(1_000),
        "<ul><li>".repeat(500),
        "<b>".repeat(300),
        "<table><tr><td>".repeat(200),
        "<blockquote>".repeat(500) + "x",
        "<a href=x>".repeat(200),
        "&".repeat(20_000),
        "*".repeat(5_000),
        "<td colspan=1000000000>x".repeat(50),
        String::from("\u{0}\u{feff}<p>x"),
    ] {
        let page = format!("<html><body><p>Anfang {page}");
        let (markdown, _) = markdown_of(&page);
        assert!(markdown.contains("Anfang"), "{}", &page[..60]);
        shown(&markdown);
    }
}
