//! What a page is made of: counted in its source and in the article that came of it, by the same eyes.

use scraper::{ElementRef, Html};

/// So many of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub headings: usize,
    pub items: usize,
    /// Terms of definition lists with what they mean.
    pub definitions: usize,
    pub cells: usize,
    pub images: usize,
    /// Links within the collection.
    pub links: usize,
    /// Letters and digits.
    pub letters: usize,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.headings += other.headings;
        self.items += other.items;
        self.definitions += other.definitions;
        self.cells += other.cells;
        self.images += other.images;
        self.links += other.links;
        self.letters += other.letters;
    }
}

/// Of a page as it was written, without what DocBook leads through its pages by.
pub fn of_page(page: &str) -> Counts {
    let page = Html::parse_document(page);
    let is_part = |element: ElementRef<'_>| {
        let mut classes = element.value().classes();
        let is_nav = classes.any(|class| matches!(class, "navheader" | "navfooter"));
        !is_nav && element.value().name() != "head"
    };
    let is_within = |to: &str| !to.contains(':');
    count(page.root_element(), &is_part, &is_within)
}

/// Of an article as it is shown.
pub fn of_article(html: &str) -> Counts {
    let article = Html::parse_fragment(html);
    let is_part = |element: ElementRef<'_>| element.value().classes().all(|c| c != "anchor");
    let is_within = |to: &str| to.starts_with("/knowledge/") || to.starts_with('#');
    count(article.root_element(), &is_part, &is_within)
}

fn count(
    root: ElementRef<'_>,
    is_part: &dyn Fn(ElementRef<'_>) -> bool,
    is_within: &dyn Fn(&str) -> bool,
) -> Counts {
    let mut counts = Counts::default();
    let mut open = vec![root];
    while let Some(element) = open.pop() {
        if !is_part(element) {
            continue;
        }
        match element.value().name() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => counts.headings += 1,
            "li" => counts.items += 1,
            "dt" => counts.definitions += 1,
            "td" | "th" => counts.cells += 1,
            "img" => counts.images += 1,
            "a" if element.attr("href").is_some_and(is_within) => counts.links += 1,
            _ => {}
        }
        for node in element.children() {
            match ElementRef::wrap(node) {
                Some(inner) => open.push(inner),
                None => {
                    let text = node.value().as_text();
                    let letters = text.map(|text| text.chars().filter(|c| c.is_alphanumeric()));
                    counts.letters += letters.map_or(0, Iterator::count);
                }
            }
        }
    }
    counts
}
