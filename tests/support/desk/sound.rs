//! What holds for every page and every fragment: checked on each answer any test receives.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html};

use super::page::{selector, words_of};

/// Everything that is wrong with a page or a fragment.
pub(super) fn faults(html: &Html, is_whole: bool) -> Vec<String> {
    let mut faults = Vec::new();
    let ids = ids(html, &mut faults);
    inline(html, &mut faults);
    tokens(html, &mut faults);
    names(html, &mut faults);
    if is_whole {
        frame(html, &mut faults);
        fields(html, &mut faults);
        references(html, &ids, &mut faults);
    }
    faults
}

fn ids(html: &Html, faults: &mut Vec<String>) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for element in html.select(&selector("[id]")) {
        let id = element.attr("id").unwrap_or_default();
        if id.is_empty() || id.contains(char::is_whitespace) {
            faults.push(format!("{} has a bad id", tag(element)));
        }
        if !ids.insert(id.to_owned()) {
            faults.push(format!("the id {id} is there twice"));
        }
    }
    ids
}

/// The content security policy forbids what is written inline, so it would silently do nothing.
fn inline(html: &Html, faults: &mut Vec<String>) {
    for element in html.select(&selector("*")) {
        for (name, _) in element.value().attrs() {
            if name == "style" || name.starts_with("on") {
                faults.push(format!("{} has {name}=", tag(element)));
            }
        }
    }
    for element in html.select(&selector("style, script:not([src])")) {
        faults.push(format!("{} is written inline", tag(element)));
    }
    for element in html.select(&selector("[href^='javascript:']")) {
        faults.push(format!("{} is a script", tag(element)));
    }
}

fn tokens(html: &Html, faults: &mut Vec<String>) {
    let is_signed_in = html.select(&selector("input[name=csrf]")).next().is_some();
    for form in html.select(&selector("form")) {
        let posts = form
            .attr("method")
            .is_some_and(|method| method.eq_ignore_ascii_case("post"));
        let first = form
            .select(&selector("input, select, textarea, button"))
            .next();
        let begins = first.is_some_and(|first| first.attr("name") == Some("csrf"));
        if posts && is_signed_in && !begins {
            faults.push(format!("{} does not begin with its token", tag(form)));
        }
        if !posts && form.select(&selector("[name=csrf]")).next().is_some() {
            faults.push(format!("{} would show its token in the address", tag(form)));
        }
    }
}

/// What can be pressed says what it does.
fn names(html: &Html, faults: &mut Vec<String>) {
    for element in html.select(&selector("a[href], button, summary, [role=button]")) {
        let inside = selector("img[alt], [aria-label], title");
        let is_named = !words_of(element).is_empty()
            || ["aria-label", "aria-labelledby", "title"]
                .iter()
                .any(|name| {
                    element
                        .attr(name)
                        .is_some_and(|text| !text.trim().is_empty())
                })
            || element.select(&inside).next().is_some();
        if !is_named {
            faults.push(format!("{} has no name", tag(element)));
        }
    }
    for image in html.select(&selector("img:not([alt])")) {
        faults.push(format!("{} has no alt", tag(image)));
    }
}

fn frame(html: &Html, faults: &mut Vec<String>) {
    let headings = html.select(&selector("h1")).count();
    if headings != 1 {
        faults.push(format!("{headings} headings of the first level"));
    }
    let root = html.root_element();
    if root.attr("lang").is_none_or(str::is_empty) {
        faults.push("no language".to_owned());
    }
    let title = html.select(&selector("head > title")).next().map(words_of);
    if title.is_none_or(|title| title.is_empty()) {
        faults.push("no title".to_owned());
    }
    if html.select(&selector("main")).count() != 1 {
        faults.push("not one main".to_owned());
    }
}

fn fields(html: &Html, faults: &mut Vec<String>) {
    let labelled: BTreeSet<&str> = html
        .select(&selector("label[for]"))
        .filter(|label| !words_of(*label).is_empty())
        .filter_map(|label| label.attr("for"))
        .collect();
    for field in html.select(&selector("input, select, textarea")) {
        let kind = field.attr("type").unwrap_or("text");
        if matches!(kind, "hidden" | "submit" | "button" | "reset") {
            continue;
        }
        let inside = field
            .ancestors()
            .filter_map(ElementRef::wrap)
            .any(|above| above.value().name() == "label" && !words_of(above).is_empty());
        let is_labelled = inside
            || field.attr("id").is_some_and(|id| labelled.contains(id))
            || field
                .attr("aria-label")
                .is_some_and(|label| !label.trim().is_empty())
            || field.attr("aria-labelledby").is_some();
        if !is_labelled {
            faults.push(format!("{} has no label", tag(field)));
        }
    }
}

fn references(html: &Html, ids: &BTreeSet<String>, faults: &mut Vec<String>) {
    for name in ["for", "aria-labelledby", "aria-describedby", "form", "list"] {
        for element in html.select(&selector(&format!("[{name}]"))) {
            let value = element.attr(name).unwrap_or_default();
            for id in value.split_whitespace().filter(|id| !ids.contains(*id)) {
                faults.push(format!(
                    "{} {name} names {id}, which is not there",
                    tag(element)
                ));
            }
        }
    }
    for link in html.select(&selector("a[href^='#']")) {
        let id = &link.attr("href").unwrap_or_default()[1..];
        // What follows is a passage, which browsers find by its words.
        let id = id.split_once(":~:").map_or(id, |(id, _)| id);
        if !id.is_empty() && !ids.contains(id) {
            faults.push(format!("{} leads nowhere", tag(link)));
        }
    }
}

fn tag(element: ElementRef<'_>) -> String {
    let attributes: Vec<String> = element
        .value()
        .attrs()
        .take(5)
        .map(|(name, value)| format!("{name}={value:?}"))
        .collect();
    format!("<{} {}>", element.value().name(), attributes.join(" "))
}
