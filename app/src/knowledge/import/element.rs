//! Elements of a page: which of them stand below one another, lead through pages, or are not seen.

use scraper::ElementRef;

/// How DocBook and Sphinx call what only leads through their pages.
pub const NAVIGATION: [&str; 5] = [
    "navheader",
    "navfooter",
    "headerlink",
    "sphinxsidebar",
    "breadcrumbs",
];

/// Whether no reader sees it.
pub fn is_hidden(element: ElementRef<'_>) -> bool {
    let style = element.attr("style").unwrap_or_default();
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    element.attr("hidden").is_some() || style.to_ascii_lowercase().contains("display:none")
}

/// Whether an element stands below others rather than beside them.
pub fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "ol"
            | "p"
            | "plaintext"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "ul"
            | "xmp"
    )
}

/// Whether blocks lie in an element that should only hold a line, as pages of people do.
pub fn holds_blocks(element: ElementRef<'_>) -> bool {
    let mut inner = element.descendants().skip(1).filter_map(ElementRef::wrap);
    inner.any(|inner| is_block(inner.value().name()))
}

/// The language of code, as pages name it for what colours it.
pub fn language(element: ElementRef<'_>) -> String {
    let inner = element.children().filter_map(ElementRef::wrap);
    let classes = [element].into_iter().chain(inner);
    let named = classes
        .flat_map(|part| part.value().classes())
        .find_map(|class| {
            let name = class
                .strip_prefix("language-")
                .or(class.strip_prefix("lang-"))?;
            let is_name = |c: char| c.is_ascii_alphanumeric() || "+#-.".contains(c);
            name.chars().all(is_name).then(|| name.to_owned())
        });
    named.unwrap_or_default()
}
